# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class DeadlineSilence(models.Model):
    """What silence means: a missed limit may count as refusal, acceptance and so on."""

    _inherit = "iso10003.deadline"

    def _mind_silence(self):
        """Where silence has a meaning, ask the owner to draw the consequence.

        Nobody but a person ends a file: the register has what silence means, and
        the owner a task to act on it.
        """
        meaningful = self.filtered(lambda deadline: deadline.on_lapse != "nothing")
        quietly = self.env["mail.activity"].with_context(
            mail_activity_quick_update=True
        )
        quietly.create(
            [deadline._prepare_silence_activity() for deadline in meaningful]
        )

    def _prepare_silence_activity(self):
        file = self._get_file()
        owner = file._get_leader()
        reader = self.with_context(lang=owner.lang)
        meanings = reader.rule_id._fields["on_lapse"]._description_selection(reader.env)
        # kept at hand, unlike env.ref(), which looks each time whether it is there
        to_do = self.env["ir.model.data"]._xmlid_to_res_id(
            "mail.mail_activity_data_todo"
        )
        return {
            "res_model_id": self.env["ir.model"]._get_id(file._name),
            "res_id": file.id,
            "activity_type_id": to_do,
            "user_id": owner.id,
            "summary": reader.env._(
                "%(deadline)s: missed. %(meaning)s.",
                deadline=reader.display_name,
                meaning=dict(meanings)[self.on_lapse],
            ),
            "date_deadline": fields.Date.today(),
        }
