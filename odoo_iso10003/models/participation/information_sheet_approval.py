# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .information_sheet import BLOCKS, KEY


class InformationSheetApproval(models.Model):
    """How a sheet is approved, by somebody who did not write it, and frozen then."""

    _inherit = "iso10003.information.sheet"

    def action_approve(self):
        """Approve these drafts, as somebody who wrote on none of them.

        What ships for all companies is approved for one's own: it gets its own sheet.

        :raises UserError: when somebody approves their own words, or a block is empty
        """
        for sheet in self:
            sheet._check_may_approve()
            own = sheet if sheet.company_id else sheet._adapt_to_approve()
            own._approve()
        return True

    def action_approve_all(self):
        """Approve all drafts of the company that one wrote nothing of.

        In the languages that are in use; what others have to approve stays a draft.

        :raises UserError: when there is none
        """
        self._check_may_approve()
        drafts = self._get_effective(
            self.env.company,
            [("state", "=", "draft"), ("language_id.active", "=", True)],
        ).filtered(lambda one: self.env.user not in one.writer_ids)
        if not drafts:
            raise UserError(
                self.env._(
                    "There is no draft that you could approve. What you wrote "
                    "yourself, somebody else approves."
                )
            )
        return drafts.action_approve()

    def _check_may_approve(self):
        self.check_access("read")
        user = self.env.user
        if not (
            user.has_group("odoo_iso10003.group_manager")
            or user.has_group("odoo_iso10003.group_sponsor")
        ):
            raise AccessError(
                self.env._(
                    "Information sheets are approved by dispute managers and top "
                    "management."
                )
            )
        for sheet in self.filtered(lambda one: user in one.writer_ids):
            raise sheet._refusal(
                self.env._("you wrote on this version. Somebody else approves it.")
            )

    def _adapt_to_approve(self):
        # top management approves and writes none; the copy is as it ships
        shipped = self.sudo()
        return self.browse(shipped.action_adapt()["res_id"])

    def _approve(self):
        if self.state != "draft":
            raise self._refusal(
                self.env._(
                    "it is no draft (%(state)s).",
                    state=self._selection_label("state"),
                )
            )
        self._check_complete()
        sheet = self.sudo()  # checked above, and by nothing but this deed
        sheet._replace_former()
        sheet._guarded_write(
            {
                "state": "approved",
                "approver_id": self.env.uid,
                "approved_date": fields.Datetime.now(),
                "sha256": self._digest(),
            }
        )
        self.env["iso10003.register"]._append(
            [(sheet.company_id, "configured", sheet._prepare_approval(), None)]
        )

    def _check_complete(self):
        for name in BLOCKS:
            if not (self[name] or "").strip():
                label = self._fields[name]._description_string(self.env)
                raise self._refusal(
                    self.env._("fill in “%(block)s” first.", block=label)
                )

    def _replace_former(self):
        """The version approved before holds no more; this one stands in its place."""
        former = self.search(
            [
                ("state", "=", "approved"),
                *[(name, "=", self[name].id) for name in ("company_id", *KEY)],
            ]
        )
        if not former:
            return
        shipped = former.replaces_id
        former._guarded_write({"state": "replaced", "replaces_id": False})
        former.flush_recordset()  # one is approved at a time
        self._guarded_write({"replaces_id": shipped.id})

    def _prepare_approval(self):
        return {
            "model": self._name,
            "row": self.id,
            "changes": {
                "state": {"from": "draft", "to": "approved"},
                "sha256": {"from": None, "to": self.sha256},
            },
        }
