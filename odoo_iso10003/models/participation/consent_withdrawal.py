# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ConsentWithdrawal(models.Model):
    """How somebody withdraws: a deed that says what stops by it, and what goes on."""

    _inherit = "iso10003.consent"

    def action_ask_withdrawal(self):
        """Ask why somebody withdraws, and what that stops."""
        self.ensure_one()
        self._check_may_note()
        self._check_given_still()
        return self._open_dialog(
            "iso10003.consent.withdraw",
            self.env._("Withdrawal of consent"),
            default_consent_id=self.id,
        )

    def action_withdraw(
        self, reason, effect=None, date=None, document=None, name=None, mistake=False
    ):
        """Note that somebody withdrew, or that the consent was noted by mistake.

        :param reason: kept in the register
        :param effect: what stops by it, and what goes on, in words
        :param date: on which they withdrew; today when not given
        :param document: by which they did, in base64, if there is one
        :param mistake: there was no such consent; nothing is withdrawn
        """
        self.ensure_one()
        self._check_may_note()
        self._check_given_still()
        self._check_said(reason, effect, mistake)
        day = self._check_withdrawal_day(date)
        digest = self._digest_document(document)
        self.dispute_id._lock()
        if mistake:
            self._guarded_write({"state": "mistake"})
        else:
            self._write_withdrawal(day, effect)
            self._guarded_write(
                {
                    "withdrawal": document,
                    "withdrawal_name": name,
                    "withdrawal_sha256": digest,
                }
            )
        self.dispute_id._register_event(
            "consent_withdrawn",
            {
                "consent": self.id,
                "mistake": bool(mistake),
                "date": day.isoformat(),
                "sha256": digest or None,
            },
            reason,
        )
        self.dispute_id._follow_consents()
        if not mistake:
            self.dispute_id._tell_withdrawn(self)
        return True

    def _check_said(self, reason, effect, mistake):
        if not self._is_said(reason):
            raise self._refusal(self.env._("a reason is needed; it is kept on record."))
        if not mistake and not self._is_said(effect):
            raise self._refusal(
                self.env._("say what stops by the withdrawal, and what goes on.")
            )

    def _write_withdrawal(self, day, effect):
        """End all that the party agreed to: who withdraws takes part no more."""
        given = self.dispute_id.consent_ids.filtered(
            lambda one: one.state == "given" and one.party_id == self.party_id
        )
        given._guarded_write(
            {
                "state": "withdrawn",
                "withdrawn_date": day,
                "withdrawal_effect": effect,
            }
        )

    def _check_given_still(self):
        for consent in self:
            if consent.state != "given":
                raise consent._refusal(
                    self.env._(
                        "it does not hold any more (%(state)s).",
                        state=consent._selection_label("state"),
                    )
                )

    def _check_withdrawal_day(self, date):
        self._check_given("withdrawn_date", date)
        day = fields.Date.to_date(date) or self._get_company_day()
        if day < self._get_company_day(self.date):
            raise self._refusal(
                self.env._("nobody withdraws before they agreed. Mend the day.")
            )
        return day
