# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import docket


class ReferralWanted(models.Model):
    """What each step of a referral wants on record first.

    A method ``_wanted_to_<step>`` returns the list; the form shows the one of the
    next step, and the door refuses a step while something of its list is missing.
    """

    _inherit = "iso10003.referral"

    checklist = fields.Json("What is still wanted", compute="_compute_checklist")

    @api.depends_context("uid", "lang")
    def _compute_checklist(self):
        for referral in self:
            step = docket.AHEAD.get(referral.state)
            referral.checklist = referral._list_wanted(step) if step else []

    def _list_wanted(self, step):
        """Return what ``step`` wants: ``[{"code", "name", "met", …}]``."""
        self.ensure_one()
        wanted = getattr(self, f"_wanted_to_{step}", None)
        return [
            {
                "code": code,
                "name": name,
                "met": bool(met),
                "clause": "",
                "advice": "",
                "severity": "block",
            }
            for code, name, met in (wanted() if wanted else [])
        ]

    def _wanted_to_approve(self):
        wanted = [
            ("authority", self.env._("The authority"), self.authority_id),
            (
                "basis",
                self.env._("The basis, with the law or clause"),
                self._is_based(),
            ),
            (
                "reason",
                self.env._("The reason why an authority is needed"),
                (self.reason or "").strip(),
            ),
            ("counsel", self.env._("The counsel in charge"), self.counsel_id),
            (
                "reviewer",
                self.env._("A reviewer who does not handle it"),
                self.reviewer_id,
            ),
        ]
        if self.side != "complainant":
            wanted.append(
                (
                    "limitation",
                    self.env._("The limitation date, with the rule that gives it"),
                    self.limitation_date and (self.limitation_rule or "").strip(),
                )
            )
            if self._is_above_limit(self.amount):
                wanted.append(
                    (
                        "estimate",
                        self.env._("A settle-or-litigate sheet of today's knowledge"),
                        self._present_estimate(),
                    )
                )
        return wanted

    def _is_based(self):
        return self.basis and (self.legal_basis or "").strip()

    def _wanted_to_file(self):
        return [
            ("filed_date", self.env._("The date of filing"), self.filed_date),
            ("filing_number", self.env._("The filing number"), self.filing_number),
        ]

    def _wanted_to_note_filing(self):
        return [
            ("authority", self.env._("The authority"), self.authority_id),
            ("counsel", self.env._("The counsel in charge"), self.counsel_id),
            (
                "reviewer",
                self.env._("A reviewer who does not handle it"),
                self.reviewer_id,
            ),
            *self._wanted_to_file(),
        ]

    def _wanted_to_take_up(self):
        return [
            ("docket_number", self.env._("The docket number"), self.docket_number),
        ]

    def _wanted_to_decide(self):
        wanted = [
            ("docket_number", self.env._("The docket number"), self.docket_number),
            (
                "decision_date",
                self.env._("The date of the decision"),
                self.decision_date,
            ),
            ("result", self.env._("The result"), self.result),
            (
                "appealable",
                self.env._("Whether the decision may be appealed"),
                self.appealable,
            ),
            (
                "duty",
                self.env._("Whom it obliges, to what and until when"),
                self._is_duty_stated(),
            ),
        ]
        return wanted

    def _is_duty_stated(self):
        if self.duty_party == "nobody":
            return True
        return self.duty_party and self.duty_summary and self.duty_date

    def _wanted_to_enforce(self):
        return [
            (
                "enforced_date",
                self.env._("The date of enforcement"),
                self.enforced_date,
            ),
            *self._wanted_to_end(),
        ]

    def _wanted_to_close(self):
        return self._wanted_to_end()

    def _wanted_to_end(self):
        return [
            (
                "appeal",
                self.env._("The right of appeal used, waived or noted as lapsed"),
                self.appealable != "yes" or self.appeal_decision,
            ),
            (
                "instances",
                self.env._("The instances that follow from it ended"),
                not self._open_children(),
            ),
        ]

    def _wanted_to_settle(self):
        return [
            (
                "settled_date",
                self.env._("The date of the settlement"),
                self.settled_date,
            ),
            (
                "duty",
                self.env._("Whom it obliges, to what and until when"),
                self._is_duty_stated(),
            ),
            (
                "instances",
                self.env._("The instances that follow from it ended"),
                not self._open_children(),
            ),
        ]
