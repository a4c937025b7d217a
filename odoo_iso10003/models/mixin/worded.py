# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class Worded(models.AbstractModel):
    """A record that names itself where it refuses something, and asks in dialogs."""

    _name = "iso10003.worded"
    _description = "Record that names itself"

    # the kind of error that it refuses with
    _refuses_by = UserError

    def _refusal(self, why, kind=None):
        """Return the error that names the record and says why it stays as it is.

        :param why: a sentence in the reader's language; it begins with a small letter
        :param kind: ``ValidationError`` where a value cannot be true; that of the model
            when not given
        """
        return (kind or self._refuses_by)(f"{self._get_refused_name()}: {why}")

    def _get_refused_name(self):
        """Return how a refusal names the record, to somebody who knows its file."""
        raise NotImplementedError

    def _selection_label(self, name, value=None):
        """Return how a value of a selection is called; the present one if not given."""
        labels = dict(self._fields[name]._description_selection(self.env))
        value = self[name] if value is None else value
        return labels.get(value, value or "")

    def _open_dialog(self, model, title, **context):
        """Return the action that opens the form of a dialog.

        :param context: of the dialog, such as ``default_…`` of its fields
        """
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": context,
        }
