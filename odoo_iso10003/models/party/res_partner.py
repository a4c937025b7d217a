# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    deceased_date = fields.Date(
        "Died on",
        groups="odoo_iso10003.group_reader",
        copy=False,
        deed=True,
        help="Nothing is written to them any more.",
    )

    def _find_preserving(self):
        """Who takes part in a file that holds its records is held with it."""
        # who takes part is asked for the file, and for nobody else
        parties = self.env["iso10003.party"].sudo()
        held = {}
        for party in parties.search([("partner_id", "in", self.ids)]):
            for holder in party._find_preserving().values():
                held[party.partner_id] = holder
        return held

    @api.constrains("active")
    def _check_active_while_held(self):
        self.filtered(lambda partner: not partner.active)._refuse_preserved()

    def write(self, vals):
        died = self.browse()
        if vals.get("deceased_date"):
            # asked for whoever writes
            died = self.filtered(lambda partner: not partner.sudo().deceased_date)
        result = super().write(vals)
        died._tell_owners_of_death()
        return result

    def _tell_owners_of_death(self):
        """Give who leads a file in which they take part the task to see to it, once."""
        if not self:
            return
        parties = self.env["iso10003.party"].sudo()  # whoever may read the files
        case_files = parties.search(
            [("partner_id", "in", self.ids), ("end_kind", "=", False)]
        )
        for file in case_files.file_id:
            case = file._get_case()
            owner = file.user_id if file.user_id.active else case._get_stand_in()
            if owner and case._may_change_parties():
                case.activity_schedule(
                    "mail.mail_activity_data_todo",
                    date_deadline=case._get_company_day(),
                    user_id=owner.id,
                    summary=case.with_context(lang=owner.lang).env._(
                        "A party has died: note it in the file, and who follows"
                    ),
                )

    def _filter_never_told(self):
        """Nobody who has died is written to."""
        # asked for whoever writes
        died = self.filtered(lambda partner: partner.sudo().deceased_date)
        return super()._filter_never_told() | died
