# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import api, fields, models

from ...core import sampling
from ..mixin.people_date import format_people_number

CHANGED = "odoo_iso10003.activity_document_changed"


class Rehashed(models.AbstractModel):
    """Papers of which a sample is hashed anew each night (4.12).

    Whether what is stored is what was put on file; a changed one is told at once.
    """

    _name = "iso10003.rehashed"
    _description = "Papers that are hashed anew"

    differs_date = fields.Date(
        "Found changed on",
        readonly=True,
        copy=False,
        index="btree_not_null",
        guarded=True,
        sealed=True,
        deed=True,
        help="What is stored was not the file of its SHA-256 on that day.",
    )

    @api.model
    def _draw_sample(self, company, seed):
        """Return about √n documents of a company; those found changed in any case."""
        documents = self.search([("company_id", "=", company.id)])
        changed = documents.filtered("differs_date")
        lots = [
            sampling.File(str(one), major=one in changed.ids) for one in documents.ids
        ]
        drawn = sampling.draw(lots, seed) if lots else []
        return self.browse(int(one.key) for one in drawn)

    def _hash_anew(self):
        """Note which of these are not what was put on file, and which are again.

        :return: the changed ones
        """
        stored = self._get_stored_files()
        changed = self.filtered(lambda one: one._differs(stored.get(one)))
        (changed - self.filtered("differs_date"))._note_differing(stored)
        whole = (self - changed).filtered("differs_date")
        if whole:
            before = whole._read_sealed(["differs_date"])
            whole._guarded_write({"differs_date": False})
            whole._register_changes(whole._find_sealed_changes(before))
        return changed

    def _differs(self, stored):
        if not stored and self._is_disposed():
            return False
        content = stored.raw if stored else b""
        return hashlib.sha256(content or b"").hexdigest() != self.sha256

    def _is_disposed(self):
        """Return whether what it said was destroyed by decision."""
        matter = self.file_id._get_case()._get_matter()
        return "disposed_date" in matter._fields and bool(matter.disposed_date)

    def _note_differing(self, stored):
        """Keep it on record, and give a task to who answers for disputes."""
        for document in self:
            file = stored.get(document)
            content = (file.raw or b"") if file else b""
            case = document.file_id._get_case()
            before = document._read_sealed(["differs_date"])
            document._guarded_write({"differs_date": self._get_company_day()})
            document._register_changes(
                document._find_sealed_changes(before),
                found=hashlib.sha256(content).hexdigest() if content else None,
            )
            manager = document.company_id._get_any_manager()
            told = case.with_context(lang=manager.lang).env
            case.activity_schedule(
                CHANGED,
                date_deadline=case._get_company_day(),
                user_id=manager.id,
                summary=told._(
                    "Document No. %(number)s is not what was put on file: restore it "
                    "from a backup",
                    number=format_people_number(told, document.id),
                ),
            )
