# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...core import flow
from ..mixin.checks import Rule, compare

# files closed longer ago are history, and not looked at any more
ASSESSED_MONTHS = 12
# "promptly", in calendar days, where no deadline rule says otherwise
PROMPT_DAYS = 14
# a notice is entered within a working day, which a weekend may stretch
ENTRY_DAYS = 3


class DisputeChecks(models.Model):
    """What assessments ask of the dispute files: all that are open, and a year's.

    Each check is a rule; all of them are asked in one pass over the files.
    """

    _inherit = "iso10003.dispute"

    @api.model
    def _get_assessed_domain(self):
        since = fields.Datetime.now() - relativedelta(months=ASSESSED_MONTHS)
        return Domain("state", "!=", flow.CLOSED) | Domain("closed_date", ">=", since)

    @api.model
    def _beyond(self, state):
        """Return the files that have left ``state`` on the way forward."""
        later = flow.STATES[flow.STATES.index(state) + 1 : -1]
        # whoever closes the last state on the way forward has left that too
        closed_from = later or [state]
        return self._get_assessed_domain() & (
            Domain("state", "in", later)
            | Domain("state", "=", flow.CLOSED)
            & Domain("closed_from", "in", closed_from)
            & Domain("outcome", "not in", flow.EARLY_ENDS if not later else [])
        )

    @api.model
    def _closed(self):
        return self._get_assessed_domain() & Domain("state", "=", flow.CLOSED)

    @api.model
    def _empty(self, *names):
        """Return the files that lack one of these."""
        return Domain.OR(Domain(name, "=", False) for name in names)

    # ------------------------------------------------------------
    # Scope, principles
    # ------------------------------------------------------------

    def _check_exclusions_told(self, company):
        """2: does each file out of scope say why, and was the complainant told?"""
        return Rule(
            self._get_assessed_domain() & Domain("scope_decision", "=", "out_of_scope"),
            self._empty("scope_reason")
            | Domain("state", "=", flow.CLOSED) & self._empty("informed_date"),
        )

    def _check_from_a_complaint(self, company):
        """3: did a complaint come before the dispute, unless a notice came first?"""
        return Rule(
            self._get_assessed_domain() & Domain("direct_notice", "=", False),
            self._empty("ticket_id")
            | compare("ticket_id.complaint_date", ">", "opened_date"),
        )

    def _check_owned(self, company):
        """8: has each open file an owner who still works here?"""
        return Rule(
            Domain("state", "!=", flow.CLOSED),
            self._empty("user_id") | Domain("user_id.active", "=", False),
        )

    def _check_evaluator_independent(self, company):
        """21: did nobody evaluate whose complaint handling was at issue?"""
        return Rule(
            self._get_assessed_domain() & Domain("evaluator_id", "!=", False),
            Domain("independence_override", "=", False)
            & (
                compare("evaluator_id", "=", "complaint_handler_id")
                | compare("evaluator_id", "=", "ticket_id.user_id")
            ),
        )

    # ------------------------------------------------------------
    # 7.1 to 7.4
    # ------------------------------------------------------------

    def _check_policy_version(self, company):
        """59: does each file follow the version in force when it was opened?"""
        return Rule(
            self._get_assessed_domain(),
            self._empty("policy_id")
            # dates of a version are those of the place, the file's are of UTC
            | compare("policy_id.valid_from", ">", "opened_date", days=1)
            | compare("opened_date", ">", "policy_id.valid_to", days=2),
        )

    def _check_complaint_exhausted(self, company):
        """60: had the organization's own handling come to its end?"""
        return Rule(
            self._beyond("referral") & Domain("direct_notice", "=", False),
            self._empty("deadlock")
            | Domain("deadlock", "!=", "time_out") & self._empty("final_answer_date"),
        )

    def _check_recourse_prompt(self, company):
        """61: was the complainant told of ways outside soon after our answer?"""
        return Rule(
            self._get_assessed_domain() & Domain("final_answer_date", "!=", False),
            self._empty("recourse_date")
            | compare("recourse_date", ">", "final_answer_date", days=PROMPT_DAYS),
        )

    def _check_refusals_explained(self, company):
        """62: where we did not take part, was the complainant told of other ways?"""
        return Rule(
            self._closed()
            & Domain(
                "outcome", "in", ["not_pursued", "out_of_jurisdiction", "time_barred"]
            ),
            self._empty("informed_date") | self._empty("recourse_date"),
        )

    def _check_notice_entered(self, company):
        """63: was a notice from outside entered within a working day?"""
        return Rule(
            self._get_assessed_domain()
            & Domain("direct_notice", "=", True)
            & Domain("notice_date", "!=", False),
            compare("opened_date", ">", "notice_date", days=ENTRY_DAYS + 1),
        )

    def _check_notice_acknowledged(self, company):
        """64: was each notice acknowledged, and not before it came?"""
        return Rule(
            self._beyond("notice"),
            self._empty("notice_date", "acknowledged_date")
            | compare("acknowledged_date", "<", "notice_date"),
        )

    def _check_evaluated(self, company):
        """66: was the dispute evaluated before a position was taken?"""
        return Rule(
            self._beyond("evaluation"),
            self._empty("evaluator_id", "severity", "findings"),
        )

    def _check_position_sent(self, company):
        """68: did our position go out before the resolution began?"""
        return Rule(self._beyond("position"), self._empty("response_date"))

    # ------------------------------------------------------------
    # 7.5 to 7.7, 8.2
    # ------------------------------------------------------------

    def _check_recommendations_answered(self, company):
        """75: was the complainant told what we make of a recommendation?"""
        return Rule(
            self._closed() & Domain("outcome", "=like", "recommendation_%"),
            self._empty("informed_date", "outcome_date"),
        )

    def _check_carried_out(self, company):
        """79: was everything done that the result demands?"""
        duties = [
            outcome
            for outcome in flow.RESULTS
            if outcome not in flow.RESULTS_WITHOUT_DUTY
        ]
        return Rule(
            self._closed() & Domain("outcome", "in", duties),
            self._empty("implemented_date")
            | compare("implemented_date", "<", "outcome_date"),
        )

    def _check_closed_complete(self, company):
        """82: has each closed file its result, and what was learned?"""
        return Rule(
            self._closed() & Domain("outcome", "not in", flow.EARLY_ENDS),
            self._empty("outcome", "outcome_date", "informed_date", "lessons"),
        )

    def _check_closure_told(self, company):
        """83: was the complainant told that and how the file ended?"""
        return Rule(
            self._closed() & Domain("outcome", "not in", ["merged", "duplicate"]),
            self._empty("informed_date"),
        )

    def _check_classified(self, company):
        """88: is each file beyond the notice classified?"""
        return Rule(self._beyond("notice"), self._empty("category_id"))

    def _check_lessons_drawn(self, company):
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
                ],
            ),
            self._empty("lessons"),
        )

    def _check_answer_names_recourse(self, company):
        """108: was recourse told with the final answer to the complaint?"""
        return Rule(
            self._get_assessed_domain() & Domain("final_answer_date", "!=", False),
            self._empty("recourse_date"),
        )

    def _check_file_complete(self, company):
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
            | Domain("scope_decision", "=", "undecided")
            | Domain.OR(
                self._beyond(state) & self._empty(*names)
                for state, names in far.items()
            ),
        )
