# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import models

from ...core import exhibit, press

# of one file, to be made into pages
EXHIBIT_SECONDS = 10
# bytes of all files appended to one print
MAX_APPENDED = 100 * 1024 * 1024


class Exhibited(models.AbstractModel):
    """A printed report that is followed by the pages of documents."""

    _name = "iso10003.exhibited"
    _description = "Printed report with documents"
    _inherit = ["iso10003.printed"]

    def _list_exhibits(self, documents, appends, partner=None):
        """Return the documents with their numbers, and what is appended of them.

        :param partner: who gets the print, where that is known
        :return: dictionaries with ``number``, ``document``, ``pages`` and ``address``
            of the file if it is appended, and ``code`` and ``why`` (the same in words)
            if it is not
        """
        files = documents._get_stored_files()
        restrictions = documents.env["iso10003.restriction"]
        restricted = restrictions._filter_restricted(documents, partner)
        room = MAX_APPENDED
        exhibits = []
        with press.job(self.env["ir.actions.report"]._iso10003_limits()) as printing:
            for document in documents:
                file = files.get(document, documents.env["ir.attachment"])
                fact = {
                    "number": document.exhibit_number,
                    "document": document,
                    "pages": 0,
                    "code": "",
                    "why": "",
                }
                try:
                    if document in restricted:
                        raise exhibit.ExhibitError("restricted")
                    content = self._read_file(document, file, room, appends)
                    fact["pages"] = printing.count_pages(content, EXHIBIT_SECONDS)
                    fact["address"] = f"/web/content/{file.id}"
                    room -= file.file_size
                except exhibit.ExhibitError as error:
                    fact["code"] = error.code
                except press.PressError:
                    fact["code"] = "large"
                fact["why"] = self._describe_refusal(documents.env, fact["code"])
                exhibits.append(fact)
        return exhibits

    def _read_file(self, document, file, room, appends):
        """Return a file that may be appended.

        :param room: for how many bytes there is room left
        :raises ExhibitError: it is not appended
        """
        if not appends:
            raise exhibit.ExhibitError("engine")
        if file.file_size > min(room, exhibit.MAX_BYTES):
            raise exhibit.ExhibitError("large")
        content = file.raw or b""
        # who compares the pages with the hash must find what was put on file
        if hashlib.sha256(content).hexdigest() != document.sha256:
            raise exhibit.ExhibitError("changed")
        return content

    def _describe_refusal(self, env, code):
        """Return in words why the pages of a file do not follow."""
        return {
            "": "",
            "kind": env._(
                "Not appended: neither a PDF nor a picture (PNG, JPEG, GIF, BMP)."
            ),
            "encrypted": env._("Not appended: the PDF is encrypted."),
            "broken": env._("Not appended: the file is damaged and cannot be read."),
            "large": env._("Not appended: the file is too large."),
            "changed": env._(
                "Not appended: what is stored is not the file of this hash."
            ),
            "engine": env._("Not appended to this view or print."),
            "restricted": env._("Not appended: an order or a term forbids it."),
        }[code]
