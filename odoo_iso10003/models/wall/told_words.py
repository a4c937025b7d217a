# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class ToldWords(models.AbstractModel):
    """What a note says by itself is in the language of who reads it, not who wrote it.

    Its text stays as it was written; its subtype is translated.
    """

    _inherit = "iso10003.told"

    def _creation_message(self):
        return ""  # its subtype says it

    def _message_create(self, values_list):
        """Let an empty note, as Odoo takes of a creation, say so by its subtype."""
        note = self.env["ir.model.data"]._xmlid_to_res_id("mail.mt_note")
        created = self.env["ir.model.data"]._xmlid_to_res_id("odoo_iso10003.mt_created")
        said = ("body", "attachment_ids", "tracking_value_ids")
        return super()._message_create(
            [
                {**values, "subtype_id": created}
                if values.get("subtype_id") == note
                and not any(values.get(name) for name in said)
                else values
                for values in values_list
            ]
        )

    def _note(self, subtype, body=""):
        """Note on the record what a subtype of ours says.

        :param subtype: its name, without the addon
        :param body: what is added: a number, or words of people
        """
        subtype = self.env.ref(f"odoo_iso10003.{subtype}")
        # a note is nobody's to change, so its subtype is given by the system
        self._message_log(body=body).sudo().subtype_id = subtype
