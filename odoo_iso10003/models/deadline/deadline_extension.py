# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class DeadlineExtension(models.Model):
    """One extension of a deadline: how much, why, who allowed it, who was told."""

    _name = "iso10003.deadline.extension"
    _description = "Extension of a deadline"
    _order = "id"

    deadline_id = fields.Many2one(
        "iso10003.deadline",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    company_id = fields.Many2one(related="deadline_id.company_id")
    quantity = fields.Integer(
        "Longer by", required=True, readonly=True, least=1, most=36500
    )
    unit = fields.Selection(
        lambda self: self.env["iso10003.deadline.rule"]._units(),
        required=True,
        readonly=True,
    )
    reason = fields.Char(required=True, readonly=True)
    approver_id = fields.Many2one(
        "res.users", "Allowed by", required=True, readonly=True, ondelete="restrict"
    )
    notice_date = fields.Date("Complainant told on", readonly=True, deed=True)

    _deadline_idx = models.Index("(deadline_id)")
    _longer = models.Constraint(
        "CHECK (quantity > 0)", "An extension makes a deadline longer."
    )


class DeadlineExtending(models.Model):
    """A deadline is extended by a manager, as far as its rule allows."""

    _inherit = "iso10003.deadline"

    extensions_left = fields.Integer(compute="_compute_extensions_left")

    @api.depends("extension_ids", "rule_id", "state")
    def _compute_extensions_left(self):
        for deadline in self:
            rule = deadline.rule_id.sudo()  # what the rule allows is in the policy
            allowed = rule.extension_max if rule.extension_quantity else 0
            deadline.extensions_left = max(0, allowed - len(deadline.extension_ids))

    def action_extend(self, reason, notice_date=None):
        """Extend by what the rule allows, as a dispute manager.

        :param notice_date: when the complainant was told of it
        :raises UserError: when the rule allows no (further) extension, or wants a
            notice that was not given
        """
        self.ensure_one()
        self.extension_ids._check_given("notice_date", notice_date)
        self._check_extendable(reason, notice_date)
        rule = self.rule_id.sudo()  # what it allows is in the policy
        former = self.due_date
        # the rights of users on extensions are to read them
        self.env["iso10003.deadline.extension"].sudo().create(
            {
                "deadline_id": self.id,
                "quantity": rule.extension_quantity,
                "unit": rule.extension_unit,
                "reason": reason,
                "approver_id": self.env.uid,
                "notice_date": notice_date,
            }
        )
        extended = self.sudo()  # checked above; a manager decided it
        extended._recount()
        extended._follow_due()
        extended._note_in_register(
            "deadline_extended",
            {
                "from": former.isoformat() if former else None,
                "quantity": rule.extension_quantity,
                "unit": rule.extension_unit,
                "told": str(notice_date) if notice_date else None,
            },
            reason,
        )
        return True

    def _check_extendable(self, reason, notice_date):
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._(
                    "“%(deadline)s”: only a dispute manager extends a deadline.",
                    deadline=self.display_name,
                )
            )
        self._check_may_lead()
        self._lock_running()
        self._need_reason(reason)
        if not self.extensions_left:
            raise self._refusal(
                self.env._("the rule allows no extension, or no further one.")
            )
        rule = self.rule_id.sudo()  # what it wants is in the policy
        if rule.extension_needs_notice and not notice_date:
            raise self._refusal(
                self.env._(
                    "the complainant must be told of the extension: give the date on "
                    "which that was done."
                )
            )

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _lock_running(self):
        """Take the deadline for oneself, while it still runs."""
        for deadline in self:
            deadline._get_file()._lock()
            deadline.invalidate_recordset(["state"])
            if deadline.state not in (*self.RUNNING, "lapsed"):
                raise deadline._refusal(self.env._("it does not run any more."))

    def _need_reason(self, reason):
        if not (reason or "").strip():
            raise self._refusal(self.env._("a reason is needed; it is kept on record."))

    def _refusal(self, why):
        return UserError(
            self.env._(
                "%(file)s, deadline “%(deadline)s”: %(why)s",
                file=self._get_file().display_name,
                deadline=self.display_name,
                why=why,
            )
        )
