# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...models.party.party import BY_MANDATE


class PartyChange(models.TransientModel):
    """The one dialog for changes of a party: a document shown, or the end of a part."""

    _name = "iso10003.party.change"
    _description = "Change of a party"
    _inherit = ["iso10003.withheld"]

    party_id = fields.Many2one("iso10003.party", required=True, ondelete="cascade")
    kind = fields.Selection(
        lambda self: self._get_kinds(), "What changed", required=True
    )
    date = fields.Date(
        "Day", default=lambda self: self._get_company_day(), required=True, deed=True
    )
    # who follows
    successor_id = fields.Many2one("res.partner", "Who follows")
    # the document of who follows, or the missing one
    document = fields.Binary()
    document_name = fields.Char("Name of the file")
    mandate_kind = fields.Selection(
        lambda self: (
            self.env["iso10003.party"]
            ._fields["mandate_kind"]
            ._description_selection(self.env)
        ),
        "Rests on",
    )
    document_date = fields.Date("Document of", deed=True)
    reason = fields.Text(help="Kept on record; it can be erased if it names people.")
    needs_reason = fields.Boolean(compute="_compute_wanted")
    may_be_followed = fields.Boolean(compute="_compute_wanted")
    wants_document = fields.Boolean(compute="_compute_wanted")

    @api.model
    def _get_kinds(self):
        ends = self.env["iso10003.party"]._fields["end_kind"]
        return [
            ("shown", self.env._("The document was shown")),
            *ends._description_selection(self.env),
        ]

    @api.constrains("party_id")
    def _check_may_change(self):
        """The dialog shows its file and party: not to who may not change them."""
        for change in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            change.party_id._check_may_change()

    @api.depends("kind", "party_id", "successor_id")
    def _compute_wanted(self):
        for change in self:
            party, kind = change.party_id, change.kind
            change.needs_reason = kind != "shown"
            change.may_be_followed = bool(kind) and kind not in ("shown", "majority")
            change.wants_document = kind == "shown" or bool(
                change.successor_id
                and (kind in ("death", "assignment") or party.capacity in BY_MANDATE)
            )

    def action_confirm(self):
        """Do the deed; the party itself checks whether it may be done."""
        self.ensure_one()
        if self.kind == "shown":
            self.party_id.action_show_mandate(
                self.document,
                self.document_name,
                self.mandate_kind,
                self.document_date,
            )
        else:
            self.party_id.action_end(
                self.kind, self.reason, self.date, self._prepare_successor()
            )
        return {"type": "ir.actions.act_window_close"}

    def _prepare_successor(self):
        if not (self.may_be_followed and self.successor_id):
            return None
        successor = {"partner_id": self.successor_id.id, "date_from": self.date}
        if self.wants_document:
            successor |= {
                "mandate": self.document,
                "mandate_name": self.document_name,
                "mandate_kind": self.mandate_kind,
                "mandate_date": self.document_date,
            }
        return successor
