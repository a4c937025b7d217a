# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core import docket
from .amendment import AMENDED


class ReferralRules(models.Model):
    """Who may handle and review a referral, and what may still be written of it."""

    _inherit = "iso10003.referral"

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("dispute_id", "scope_reason")
    def _check_scope_reason(self):
        for referral in self:
            if not referral.dispute_id and not (referral.scope_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "Referral %(number)s belongs to no dispute: say why it is "
                        "outside ISO 10003.",
                        number=referral.name,
                    )
                )

    @api.constrains("counsel_id", "reviewer_id")
    def _check_privy(self):
        """Who gets a privileged matter must be one of those who may see it."""
        for referral in self:
            for user in referral.counsel_id | referral.reviewer_id:
                if not referral._is_privy(user):
                    raise ValidationError(
                        self.env._(
                            "Referral %(number)s is privileged, and %(user)s is "
                            "neither counsel nor dispute manager of %(company)s. "
                            "Choose somebody else.",
                            number=referral.name,
                            user=user.name,
                            company=referral.company_id.name,
                        )
                    )

    def _is_privy(self, user):
        groups = "odoo_iso10003.group_counsel,odoo_iso10003.group_manager"
        return user.has_groups(groups) and self.company_id in user.company_ids

    # ------------------------------------------------------------
    # Writing, copying, deleting
    # ------------------------------------------------------------

    # what was approved, and changes by an amendment only; amount: see _check_approved
    _approved_fields = frozenset({"side", "currency_id", *AMENDED})
    # what is written for the approval, beside the sheet and the parties
    _authored_fields = _approved_fields | {"amount"}

    def write(self, vals):
        self._check_not_ended(vals)
        rewritten = self._changing(self._approved_fields | {"amount"}, vals)
        rewritten.filtered(lambda referral: referral.state != "draft")._check_approved(
            vals
        )
        amounts = [
            (referral, referral._seal_amount(referral.amount))
            for referral in self._changing({"amount"}, vals)
            if referral.state != "draft"
        ]
        authored = self._changing(self._authored_fields, vals)
        result = super().write(vals)
        authored._note_writer()
        for referral, former in amounts:
            referral._register_event(
                "claim", {"from": former, "to": referral._seal_amount(referral.amount)}
            )
        return result

    def _changing(self, names, vals):
        """Return the records of which these values would change one of the fields."""
        names = names & vals.keys()
        return self.filtered(
            lambda referral: any(
                referral._would_change(name, vals[name]) for name in names
            )
        )

    def _check_not_ended(self, vals):
        """An ended referral is read-only; people may still talk about it."""
        changed = {name for name in vals if not self._is_written_after_end(name)}
        for referral in self:
            if changed and referral.state in docket.ENDS:
                raise referral._refusal(
                    self.env._(
                        "it has ended and does not change any more. A dispute "
                        "manager can reopen it, with a reason."
                    )
                )

    @api.model
    def _is_written_after_end(self, name):
        return name.startswith(("message_", "activity_")) or name in (
            "cost_ids",
            "provision_ids",
            "duty_done_date",
        )

    def _check_approved(self, vals):
        """What was approved does not change behind the approver's back."""
        for referral in self:
            approved = self._approved_fields - referral._get_counted_fields()
            rewritten = referral._changing(approved, vals)
            amount = referral._changing({"amount"}, vals)
            if rewritten or (amount and referral.state == "approved"):
                raise referral._refusal(
                    self.env._(
                        "it was approved as it is. Propose an amendment to change "
                        "what was approved, or send it back to draft before it is "
                        "filed."
                    )
                )
            if amount:
                referral._check_tier(vals["amount"])

    def _get_counted_fields(self):
        """Return what a rule of the policy counts: that goes with the rule."""
        if self._find_counting_deadline("limitation_date"):
            return {"limitation_date", "limitation_rule"}
        return set()

    def _note_writer(self):
        """Note who changes what is to be approved: they do not approve it."""
        writer = self.env.user
        self.filtered(
            lambda referral: writer not in referral.drafter_id | referral.writer_ids
        )._guarded_write({"writer_ids": [fields.Command.link(writer.id)]})

    def copy_data(self, default=None):
        raise UserError(
            self.env._(
                "A referral cannot be duplicated: open the next instance from it, or "
                "a new one from its dispute."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for referral in self:
            raise referral._refusal(
                self.env._(
                    "it stays on record. If it was opened by mistake, withdraw it."
                )
            )
