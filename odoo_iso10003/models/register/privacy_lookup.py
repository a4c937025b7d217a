# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL, email_normalize

NOTE = "iso10003.register.note"


class PrivacyLookupWizard(models.TransientModel):
    """A privacy lookup finds the texts of the register that name the person too."""

    _inherit = "privacy.lookup.wizard"

    def _get_query(self):
        words = {self.name.strip(), self.email.strip(), email_normalize(self.email)}
        return SQL(
            """%s
            UNION ALL
            SELECT %s AS res_model_id, id AS res_id, True AS is_active
              FROM iso10003_register_note
             WHERE text ILIKE ANY(%s)""",
            super()._get_query(),
            self.env["ir.model"]._get_id(NOTE),
            [f"%{_literal(word)}%" for word in words if word],
        )


def _literal(word):
    """Return a word that ILIKE takes for itself."""
    return word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


class PrivacyLookupLine(models.TransientModel):
    _inherit = "privacy.lookup.wizard.line"

    def action_unlink(self):
        """A text of the register is erased with a reason, and not just deleted."""
        if self.res_model == NOTE:
            return self.action_erase_texts()
        return super().action_unlink()

    def action_unlink_all(self):
        texts = self.filtered(lambda line: line.res_model == NOTE)
        result = super(PrivacyLookupLine, self - texts).action_unlink_all()
        pending = texts.filtered(lambda line: not line.is_unlinked)
        return pending.action_erase_texts() if pending else result

    def action_erase_texts(self):
        """Ask why the texts that these lines found are to be erased."""
        notes = self.env[NOTE].browse(self.mapped("res_id")).exists()
        action = notes.register_id.action_ask_erasure()
        return {
            **action,
            "context": {**action["context"], "privacy_line_ids": self.ids},
        }

    def _note_erased(self):
        for line in self:
            line.execution_details = self.env._(
                "Erased: %(model)s #%(number)s",
                model=line.res_model_id.name,
                number=line.res_id,
            )
            line.is_unlinked = True
