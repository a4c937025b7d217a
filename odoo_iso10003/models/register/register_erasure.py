# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...core import chain


class RegisterErasure(models.Model):
    """Erasing the free text of rows: the text and its salt go, the chain stays whole.

    A row says which texts were erased, by whom and why. A text that is gone without
    such a row was taken away past it, and verification names its row as broken.
    """

    _inherit = "iso10003.register"

    def action_ask_erasure(self):
        """Return the dialog that asks why the texts of these rows are to be erased."""
        self._check_may_erase()
        rows = self._find_with_text()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Erase texts"),
            "res_model": "iso10003.register.erase",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_register_ids": rows.ids},
        }

    def action_erase_texts(self, reason):
        """Erase the texts of these rows for good.

        :param reason: why; it is kept on record as a text of its own
        :raises AccessError: for who is no dispute manager
        :raises UserError: without a reason, or where a text has to be kept
        """
        self._check_may_erase()
        if not self._is_said(reason):
            raise UserError(self.env._("Give the reason; it is kept on record."))
        self._find_with_text()._erase_texts(reason)
        return True

    def _erase_texts(self, reason):
        """Erase the texts of these rows, for who was let in before."""
        self._check_not_kept()
        for _file, of_file in self.grouped("file").items():
            numbers = sorted(of_file.mapped("sequence"))
            record = of_file._get_file_record()
            record._register_event(chain.ERASED, {"rows": numbers}, reason)
        self._delete_texts()

    def _check_may_erase(self):
        self.check_access("read")
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._("Only dispute managers erase texts of the register.")
            )

    def _find_with_text(self):
        notes = self.env["iso10003.register.note"].search(
            [("register_id", "in", self.ids)]
        )
        if not notes:
            raise UserError(self.env._("None of these rows has a text to erase."))
        return notes.register_id

    def _check_not_kept(self):
        """Refuse what must not be erased, by name."""
        if kept := self._find_kept():
            raise UserError(
                self.env._("These texts have to be kept:")
                + "".join(
                    f"\n• {row.file}, {row.sequence}: {why}"
                    for row, why in kept.items()
                )
            )

    def _find_kept(self):
        """Return ``{row: why}`` for rows whose text must stay, such as under a hold."""
        return {}

    def _get_file_record(self):
        """Return the record whose file these rows, of one file, belong to."""
        model, number = self[0].file.split(",")
        # its name and company go into the row, whoever may read it
        return self.env[model].sudo().browse(int(number))

    def _delete_texts(self):
        # the rights of users do not reach the texts; who may was asked above
        self.env.cr.execute(
            SQL(
                "DELETE FROM iso10003_register_note WHERE register_id IN %s",
                tuple(self.ids),
            )
        )
        self.env["iso10003.register.note"].invalidate_model()
        self.invalidate_recordset(["note"])

    # ------------------------------------------------------------
    # How it reads
    # ------------------------------------------------------------

    def _compute_note(self):
        super()._compute_note()
        without = self.filtered(
            lambda row: not row.note and "note_sha256" in (row.data or {})
        )
        if not without:
            return
        erased = without._find_erased()
        for row in without:
            if (row.file, row.sequence) in erased:
                row.note = self.env._("(erased)")

    def _find_erased(self):
        """Return ``(file, sequence)`` of the texts that later rows say were erased."""
        rows = self.search(
            [("file", "in", self.mapped("file")), ("event", "=", chain.ERASED)]
        )
        return {
            (row.file, number) for row in rows for number in row.data.get("rows", ())
        }

    def _describe_erased(self, data):
        return self.env._(
            "Texts of the rows %(numbers)s",
            numbers=", ".join(map(self._tell_number, data.get("rows", ()))),
        )
