# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...core import flow
from ..mixin.checks import Rule, compare
from ..mixin.segregated import told_in
from .days_checks import ASSESSED_MONTHS, PROMPT_DAYS


class DisputeChecks(models.Model):
    """What assessments ask of the dispute files: all that are open, and a year's.

    Each check is a rule; all of them are asked in one pass over the files.
    """

    _inherit = "iso10003.dispute"

    # These are asked of each file by nearly each check, so they look at dates, which
    # are compared at once, before they look at words: who is open has no closed_date.

    @api.model
    def _get_assessed_domain(self):
        return Domain("closed_date", "=", False) | self._closed()

    @api.model
    def _closed(self):
        since = fields.Datetime.today() - relativedelta(months=ASSESSED_MONTHS)
        return Domain("closed_date", ">=", since)

    @api.model
    def _beyond(self, state):
        """Return the files that have left ``state`` on the way forward."""
        later = flow.STATES[flow.STATES.index(state) + 1 : -1]
        if not later:  # whoever closes the last state has left that too
            return (
                self._closed()
                & Domain("closed_from", "=", state)
                & Domain("outcome", "not in", flow.EARLY_ENDS)
            )
        is_open = Domain("closed_date", "=", False)
        return (is_open & self._one_of("state", later)) | (
            self._closed() & self._one_of("closed_from", later)
        )

    @api.model
    def _one_of(self, name, states):
        """Return the files in one of these open states, naming as few as can be."""
        others = [state for state in flow.OPEN_STATES if state not in states]
        if len(others) < len(states):
            return Domain(name, "not in", others)
        return Domain(name, "in", states)

    @api.model
    def _empty(self, *names):
        """Return the files that lack one of these."""
        return Domain.OR(Domain(name, "=", False) for name in names)

    @api.model
    def _lacks_mandate(self):
        """Return the files in which somebody acts and no document shows it."""
        missing = Domain("party_ids", "any", [("mandate_missing", "=", True)])
        return Domain("file_ids", "any", missing)

    @api.model
    def _unshown(self, event):
        """Return the files on which no deed shows that this has happened.

        Neither a date, nor one that rests on somebody's word alone, counts. Of files
        from before letters, which had dates only, that is not asked.
        """
        name = self._get_deed_dates()[event]
        return self._empty(name) | Domain(self._get_bare_domain(event))

    @api.model
    def _asked(self, gate):
        """Return the files whose version has a gate; older ones are not asked."""
        return self._under(Domain("code", "=", gate) & Domain("severity", "!=", "off"))

    @api.model
    def _under(self, gates):
        """Return the files whose version has one of these gates, however strict.

        A list of versions is looked up, where a path would join them to each file.
        """
        versions = self.env["iso10003.policy.gate"]._search(gates)
        return Domain("policy_id", "in", versions.subselect("policy_id"))

    # ------------------------------------------------------------
    # Scope, principles
    # ------------------------------------------------------------

    def _audit_method_by_criteria(self, company):
        """16: was the method of each file chosen from the catalogue, by criteria?

        Of files under versions from before there was a catalogue, nobody asks.
        """
        chosen = self._beyond("position") & Domain("method", "!=", False)
        known = self._under(Domain("code", "=", "people_enough"))
        return Rule(chosen & known, self._empty("method_id"), chosen & ~known)

    def _audit_exclusions_told(self, company):
        """2: does each file out of scope say why, and was the complainant told?"""
        return Rule(
            self._get_assessed_domain() & Domain("scope_decision", "=", "out_of_scope"),
            self._empty("scope_reason") | self._closed() & self._empty("informed_date"),
        )

    def _audit_line_drawn(self, company):
        """3: was it decided, with its reason, that the case is one of ISO 10003?"""
        return Rule(
            self._beyond("referral"),
            Domain("scope_decision", "=", "undecided") | self._empty("scope_reason"),
        )

    def _audit_owned(self, company):
        """8: has each open file an owner who still works here?"""
        gone = self.env["res.users"].search([("active", "=", False)])
        return Rule(
            Domain("closed_date", "=", False),
            self._empty("user_id") | Domain("user_id", "in", gone.ids),
        )

    def _audit_evaluator_independent(self, company):
        """21: had nobody two parts of a file that exclude each other?

        Who evaluates had not handled the complaint; what was told with a reason is
        on record, and no more than that.
        """
        told = told_in(self)
        return Rule(
            self._get_assessed_domain() & (Domain("evaluator_id", "!=", False) | told),
            told
            | Domain("independence_override", "=", False)
            & (
                compare("evaluator_id", "=", "complaint_handler_id")
                | Domain.custom(to_sql=_handled_before)
            ),
        )

    # ------------------------------------------------------------
    # 7.1 to 7.4
    # ------------------------------------------------------------

    def _audit_policy_version(self, company):
        """59: does each file follow the version in force when it was opened?"""
        versions = self.env["iso10003.policy"].search([("company_id", "=", company.id)])
        return Rule(
            self._get_assessed_domain(),
            self._empty("policy_id")
            | Domain.OR(
                Domain("policy_id", "=", version.id)
                & self._opened_outside(version.valid_from, version.valid_to)
                for version in versions
            ),
        )

    @api.model
    def _opened_outside(self, valid_from, valid_to):
        """Return the files opened before or after a version was in force.

        Its days are those of the place, the instants of files are of UTC.
        """
        if not valid_from:
            return Domain.TRUE
        outside = Domain("opened_date", "<", valid_from - relativedelta(days=1))
        if valid_to:
            outside |= Domain("opened_date", ">", valid_to + relativedelta(days=2))
        return outside

    def _audit_complaint_exhausted(self, company):
        """60: had the organization's own handling come to its end?"""
        return Rule(
            self._beyond("referral") & Domain("direct_notice", "=", False),
            self._empty("deadlock")
            | Domain("deadlock", "!=", "time_out") & self._unshown("final_answer"),
        )

    def _audit_recourse_prompt(self, company):
        """61: was the complainant told of ways outside soon after our answer?"""
        return Rule(
            self._get_assessed_domain() & Domain("final_answer_date", "!=", False),
            self._unshown("recourse_told")
            | compare("recourse_date", ">", "final_answer_date", days=PROMPT_DAYS),
        )

    def _audit_refusals_explained(self, company):
        """62: where we did not take part, was the complainant told of other ways?"""
        return Rule(
            self._closed()
            & Domain(
                "outcome",
                "in",
                [
                    "declined_by_us",
                    "not_pursued",
                    "out_of_jurisdiction",
                    "time_barred",
                ],
            ),
            self._empty("informed_date") | self._empty("recourse_date"),
        )

    def _audit_evaluated(self, company):
        """66: was the dispute evaluated on a sheet before a position was taken?

        Of files under versions from before there were sheets, by their findings.
        """
        submitted = Domain("state", "=", "submitted")
        outside = submitted & Domain("outside_name", "!=", False)
        return Rule(
            self._beyond("evaluation"),
            self._empty("severity", "findings")
            | (
                self._empty("evaluator_id")
                & Domain("evaluation_ids", "not any", outside)
            )
            | (
                self._asked("evaluation_submitted")
                & Domain("evaluation_ids", "not any", submitted)
            ),
        )

    def _audit_records_held(self, company):
        """67: are the records of each open file held since its notice?

        Of files whose notice was not recorded as such, nobody asks: they are of before.
        """
        return Rule(
            self._get_assessed_domain() & Domain("begun_by", "!=", False),
            Domain("closed_date", "=", False) & Domain("preserved", "!=", True),
        )

    def _audit_representative_settles(self, company):
        """69: may who speaks for us settle, or do they reach somebody who may?"""
        sent = Domain("state", "=", "sent")
        return Rule(
            self._beyond("position") & Domain("position_ids", "any", sent),
            Domain("position_ids", "any", sent & Domain("may_settle", "=", False)),
        )

    # ------------------------------------------------------------
    # 7.5 to 7.7, 8.2
    # ------------------------------------------------------------

    def _audit_carried_out(self, company):
        """79: was everything done that the result demands?"""
        duties = [
            outcome
            for outcome in flow.RESULTS
            if outcome not in flow.RESULTS_WITHOUT_DUTY
        ]
        return Rule(
            self._closed() & Domain("outcome", "in", duties),
            self._empty("implemented_date"),
        )

    def _audit_closed_complete(self, company):
        """82: has each closed file its result, and what was learned?"""
        return Rule(
            self._closed() & Domain("outcome", "not in", flow.EARLY_ENDS),
            self._empty("outcome", "outcome_date", "informed_date", "lessons"),
        )

    def _audit_closure_told(self, company):
        """83: was the complainant told that and how the file ended?"""
        return Rule(
            self._closed() & Domain("outcome", "not in", ["merged", "duplicate"]),
            self._unshown("informed"),
        )

    def _audit_classified(self, company):
        """88: is each file beyond the notice classified?"""
        return Rule(self._beyond("notice"), self._empty("category_id"))

    def _audit_lessons_drawn(self, company):
        """89: was something learned where the result went against us?"""
        return Rule(
            self._closed()
            & Domain(
                "outcome",
                "in",
                [
                    "decision_for_complainant",
                    "decision_partly",
                    "recommendation_accepted",
                    "recommendation_in_part",
                ],
            ),
            self._empty("lessons"),
        )

    def _audit_answer_names_recourse(self, company):
        """108: did the final answer tell of recourse, or something before it?"""
        return Rule(
            self._get_assessed_domain() & Domain("final_answer_date", "!=", False),
            self._empty("recourse_date")
            | compare("recourse_date", ">", "final_answer_date"),
        )

    def _audit_unheard_sent_back(self, company):
        """65: was it sent back to us, where we had never heard of the complaint?

        What is outside the scope, or ended for it never belonged there, is not asked.
        """
        return Rule(
            self._get_assessed_domain()
            & Domain("direct_notice", "=", True)
            & Domain("notice_date", "!=", False)
            & Domain("scope_decision", "!=", "out_of_scope"),
            Domain("referred_back_date", "=", False),
        )

    def _audit_file_complete(self, company):
        """111: is each file filled in as far as it has come?"""
        far = {
            "notice": ("category_id", "notice_date"),
            "evaluation": ("severity", "evaluator_id", "findings"),
            "position": ("response_date",),
            "implementation": ("outcome_date", "informed_date"),
        }
        return Rule(
            self._beyond("referral"),
            self._empty("ticket_id", "partner_id", "policy_id")
            | self._lacks_mandate()
            | Domain("scope_decision", "=", "undecided")
            | Domain.OR(
                self._beyond(state) & self._empty(*names)
                for state, names in far.items()
            ),
        )


def _handled_before(_model, alias, _query):
    """Return whether who evaluates had handled the complaint, asked of all at once."""
    return SQL(
        "(%s, %s) IN (SELECT ticket_id, user_id FROM iso10003_ticket_handler_rel)",
        SQL.identifier(alias, "ticket_id"),
        SQL.identifier(alias, "evaluator_id"),
    )
