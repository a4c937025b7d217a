# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools.i18n import format_list

from ...core import proceeding as course


class Beside(models.AbstractModel):
    """A proceeding beside others about the same claims (7.5).

    That two bodies have the same claim in hand can happen, and is kept as it happened:
    both say so until one is stayed or has ended “pending elsewhere”, or an approver
    says why both go on.
    """

    _name = "iso10003.beside"
    _description = "Proceeding beside others"

    remarks = fields.Text("What to know about it", compute="_compute_remarks")
    beside_reason = fields.Text(
        "Why both go on", readonly=True, copy=False, guarded=True, sealed="digest"
    )
    beside_by_id = fields.Many2one(
        "res.users",
        "Said by",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        ondelete="restrict",
    )

    @api.depends(
        "beside_reason",
        "dispute_id.proceeding_ids.state",
        "dispute_id.proceeding_ids.claim_ids",
    )
    @api.depends_context("lang")
    def _compute_remarks(self):
        for one in self:
            one.remarks = "\n".join(one._list_remarks())

    def _list_remarks(self):
        """Return in sentences what is to be known about it."""
        if self.beside_reason or not (others := self._find_beside()):
            return []
        return [
            self.env._(
                "A claim of it is pending twice, here and in %(others)s. Stay one of "
                "them or end it “pending elsewhere”, or let a dispute manager say why "
                "both go on.",
                others=format_list(self.env, others.mapped("name")),
            )
        ]

    def _find_beside(self):
        """Return the others that run about one of the claims that this one has."""
        if self.state not in course.IN_HAND:
            return self.browse()
        # what else the file has, who reads it may know
        others = self.sudo().dispute_id.proceeding_ids - self.sudo()
        running = others.filtered(
            lambda one: one.state in course.IN_HAND and one.claim_ids & self.claim_ids
        )
        return running.with_env(self.env)

    def action_explain_beside(self, reason=None):
        """Say why a claim goes on before two bodies at once, as a dispute manager.

        :param reason: kept in the register
        :raises UserError: when nothing is pending twice, or somebody else says it
        """
        self.ensure_one()
        self._check_expected_state()
        self._lock()
        self._need_reason(reason)
        if not self.dispute_id._user_is_manager():
            raise self._refusal(self.env._("only a dispute manager says why."))
        others = self._find_beside()
        if not others:
            raise self._refusal(self.env._("none of its claims is pending twice."))
        self._guarded_write({"beside_reason": reason, "beside_by_id": self.env.uid})
        self._register_event(
            "proceeding_beside", {"others": others.mapped("name")}, reason
        )
        return True

    def _forget_beside(self):
        """What was said of others holds while it runs beside them."""
        if self.beside_reason:
            self._guarded_write({"beside_reason": False, "beside_by_id": False})
