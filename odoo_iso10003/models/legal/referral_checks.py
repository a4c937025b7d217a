# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...core import docket
from ..mixin.checks import Rule, compare
from ..mixin.segregated import told_in

# referrals that ended longer ago are history, and not looked at any more
ASSESSED_MONTHS = 12
# instances that somebody may only ask for in time
REVIEWING = ("appeal", "cassation", "annulment")


class ReferralChecks(models.Model):
    """What assessments ask of legal referrals: all that are open, and a year's.

    Only those in the scope of ISO 10003 are asked; other matters of the legal
    department are no business of an assessment.
    """

    _inherit = "iso10003.referral"

    @api.model
    def _get_assessed_domain(self):
        since = fields.Datetime.now() - relativedelta(months=ASSESSED_MONTHS)
        return Domain("in_iso10003_scope", "=", True) & (
            Domain("state", "in", docket.OPEN_STATES)
            | Domain("state_date", ">=", since)
        )

    @api.model
    def _reached(self, state):
        """Return the referrals that have come as far as ``state``, ended or not."""
        reached = docket.OPEN_STATES[docket.OPEN_STATES.index(state) :]
        return Domain("state", "in", reached) | Domain("ended_from", "in", reached)

    @api.model
    def _empty(self, *names):
        """Return the referrals that lack one of these."""
        return Domain.OR(Domain(name, "=", False) for name in names)

    def _audit_referrals_approved(self, company):
        """96: is what we refer reasoned, approved and tied to a dispute?

        Where the complainant went, it was not for us to reason or approve. Who had two
        parts, and said why, approved no better than that.
        """
        return Rule(
            self._get_assessed_domain()
            & self._reached("approved")
            & Domain("side", "!=", "complainant"),
            self._empty("dispute_id", "basis", "legal_basis", "reason", "approver_id")
            | told_in(self),
        )

    def _audit_referrals_reviewed(self, company):
        """97: is the next review of each open referral still ahead?"""
        return Rule(
            self._get_assessed_domain()
            & self._reached("approved")
            & Domain("state", "in", docket.OPEN_STATES),
            self._empty("review_due_date") | Domain("review_overdue", "=", True),
        )

    # ------------------------------------------------------------
    # What is on record
    # ------------------------------------------------------------

    def _audit_referrals_recorded(self, company):
        """98: are number, hearings, service, limit, result and cost on record?"""
        return Rule(
            self._get_assessed_domain() & self._reached("filed"),
            self._empty("filed_date", "filing_number")
            | self._reached("pending") & self._empty("docket_number")
            | self._reached("decided") & self._decision_unrecorded()
            | self._hearing_unrecorded(),
        )

    @api.model
    def _decision_unrecorded(self):
        # a cost of nothing cannot be noted, and who is taken there may have none
        return (
            self._empty("served_date", "decision_date", "result", "appealable")
            | Domain("side", "!=", "complainant") & self._empty("cost_ids")
            | Domain("appealable", "=", "yes") & self._service_unrecorded()
        )

    @api.model
    def _service_unrecorded(self):
        """Return the decisions of which nobody knows until when one may appeal."""
        over = Domain("state", "in", ["enforced", "closed"])
        served = Domain("decision_served_date", "!=", False)
        return over & self._empty("decision_served_date") | served & self._empty(
            "appeal_until"
        )

    @api.model
    def _hearing_unrecorded(self):
        """Return the referrals with a hearing that is over, and nobody said how."""
        return Domain(
            "hearing_ids",
            "any",
            Domain("state", "=", "planned")
            & Domain("stop", "<", fields.Datetime.now()),
        )

    # ------------------------------------------------------------
    # Rights
    # ------------------------------------------------------------

    def _audit_rights_kept(self, company):
        """99: was each right of appeal decided about, and used in time?"""
        right, let_go = self._decided_about()
        instance, too_late = self._asked_for()
        return Rule(
            self._get_assessed_domain() & (right | instance),
            right & let_go | instance & too_late,
        )

    @api.model
    def _decided_about(self):
        """Return which rights of appeal were decided or ran out, and which of them
        were let go.
        """
        decided = Domain("appeal_decision", "!=", False)
        return (
            Domain("appealable", "=", "yes")
            & (decided | self._ran_out("appeal_until", ["decided"])),
            self._empty("appeal_decision")
            | Domain("appeal_decision", "=", "lapsed")
            | compare("appeal_decided_date", ">", "appeal_until"),
        )

    @api.model
    def _asked_for(self):
        """Return which reviews we asked for or should have, and which too late."""
        filed = Domain("filed_date", "!=", False)
        return (
            Domain("kind", "in", REVIEWING)
            & Domain("side", "!=", "complainant")
            & Domain("limitation_date", "!=", False)
            & (filed | self._ran_out("limitation_date", docket.BEFORE_FILING)),
            self._empty("filed_date") | compare("filed_date", ">", "limitation_date"),
        )

    @api.model
    def _ran_out(self, limit, states):
        """Return the referrals still in ``states`` after the day ``limit`` names.

        Who settled or withdrew before that day has lost nothing.
        """
        return Domain(limit, "<", fields.Date.context_today(self)) & (
            Domain("state", "in", states) | compare("state_date", ">=", limit, days=1)
        )
