# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

from pypdf import PdfWriter

from ..common import DisputeCase


def new_pdf(*widths):
    """Return a PDF whose pages are known by their widths."""
    content, writer = io.BytesIO(), PdfWriter()
    for width in widths:
        writer.add_blank_page(width, 300)
    writer.write(content)
    return content.getvalue()


class DocumentCase(DisputeCase):
    """A dispute and its documents, put on file by its handler."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute()
        cls.file = cls.dispute.file_ids

    @classmethod
    def _put_on_file(cls, name, content=b"What was agreed", user=None, **values):
        documents = cls.env["iso10003.document"].with_user(user or cls.handler)
        return documents.create(
            {
                "file_id": cls.file.id,
                "name": name,
                "content": base64.b64encode(content),
                **values,
            }
        )
