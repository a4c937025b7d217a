# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class HearingParticipant(models.Model):
    """Somebody who is called to a hearing, and whether they came."""

    _name = "iso10003.hearing.participant"
    _description = "Participant of a hearing"
    _inherit = [
        "iso10003.guarded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "hearing_id, sequence, id"
    _part_event = "participant"
    _part_path = "hearing_id"

    hearing_id = fields.Many2one(
        "iso10003.hearing",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    company_id = fields.Many2one(related="hearing_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        required=True,
        ondelete="restrict",
        sealed=True,
    )
    role = fields.Selection(
        [
            ("counsel", "Our counsel"),
            ("representative", "Our representative"),
            ("other_party", "Other party"),
            ("other_counsel", "Lawyer of the other party"),
            ("witness", "Witness"),
            ("expert", "Expert"),
            ("interpreter", "Interpreter"),
            ("resolver", "Who hears it"),
        ],
        required=True,
        default="representative",
        sealed=True,
    )
    confirmed = fields.Selection(
        [("asked", "No answer yet"), ("yes", "Comes"), ("no", "Does not come")],
        "Answer",
        required=True,
        default="asked",
        sealed=True,
    )
    attended = fields.Selection([("yes", "Came"), ("no", "Stayed away")], sealed=True)

    _once = models.UniqueIndex(
        "(hearing_id, partner_id)", "This person takes part in the hearing already."
    )

    def _get_registered_file(self):
        return self.hearing_id._get_subject()

    @api.model_create_multi
    def create(self, vals_list):
        participants = super().create(vals_list)
        participants.hearing_id.filtered("event_id")._sync_event()
        return participants

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self.hearing_id._sync_event()
        return result

    def unlink(self):
        hearings = self.hearing_id
        result = super().unlink()
        hearings._sync_event()
        return result
