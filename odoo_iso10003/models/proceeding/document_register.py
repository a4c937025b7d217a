# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..register.register import keep_rows
from ..register.register_changes import SHOWN_DIGITS

DOCUMENT = "iso10003.document"
# what rows have that are older than this model, and the class of a marked paper
FORMER_MODEL, FORMER_MARK = "iso10003.referral.document", "without_prejudice"
EVENTS = [
    ("document", "Document"),
    ("mark_lifted", "Mark lifted"),
    ("disclosure", "Document sent or received"),
    ("restriction", "Restriction on disclosure"),
    ("restriction_ended", "Restriction ended"),
    ("bundle", "Bundle"),
    ("bundle_issued", "Bundle issued"),
    ("disposal", "Disposal"),
    ("disposed_of", "Disposed of"),
]


class DocumentRegister(models.Model):
    """What the register keeps of documents, bundles and disposals, and how it reads."""

    _inherit = "iso10003.register"

    event = fields.Selection(
        selection_add=EVENTS, ondelete=dict.fromkeys(dict(EVENTS), keep_rows)
    )

    def _get_changed_model(self):
        model = super()._get_changed_model()
        return DOCUMENT if model == FORMER_MODEL else model

    def _list_changes_in_words(self):
        told = super()._list_changes_in_words()
        data = self.data if isinstance(self.data, dict) else {}
        moved = (data.get("changes") or {}).get("confidentiality")
        if data.get("model") != FORMER_MODEL or not moved:
            return told
        words = self._tell_move(
            self._tell_class(moved.get("from")), self._tell_class(moved.get("to"))
        )
        return self._tell_in_turn(filter(None, [words, told]))

    def _tell_class(self, code, marked=False):
        """Return the audience of a paper, and that it is marked."""
        label = self._label(DOCUMENT, "audience", code)
        if marked or code == FORMER_MARK:
            mark = self.env._("Without prejudice")
            return mark if code == FORMER_MARK else f"{label}, {mark}"
        return label

    def _describe_document(self, data):
        sha256 = (data.get("sha256") or "")[:SHOWN_DIGITS]
        return self._tell_part(
            data,
            self._tell_class(data.get("class"), data.get("marked")),
            sha256 and f"SHA-256 {sha256}",
        )

    def _tell_document(self, number):
        """Return how a document is told in a row: by its number on file alone."""
        return self.env._("Document No. %(number)s", number=self._tell_number(number))

    def _describe_mark_lifted(self, data):
        return self._tell_in_turn(
            [
                self._tell_document(data.get("document")),
                self._label(f"{DOCUMENT}.lift", "ground", data.get("ground")),
            ]
        )

    def _describe_disclosure(self, data):
        values = data.get("values") or {}
        partner = values.get("partner_id")
        return self._tell_part(
            data,
            self._tell_document(data.get("document")),
            self._label("iso10003.disclosure", "direction", values.get("direction")),
            self._tell_record("res.partner", partner) if partner else "",
            self._tell_day(values.get("date")) if values.get("date") else "",
        )

    def _describe_restriction(self, data):
        values = data.get("values") or {}
        until = values.get("date_until")
        return self._tell_part(
            data,
            self._label("iso10003.restriction", "source", values.get("source")),
            until and self._tell_day(until),
        )

    def _describe_restriction_ended(self, data):
        return self.env._(
            "Restriction No. %(number)s",
            number=self._tell_number(data.get("restriction")),
        )

    def _describe_bundle(self, data):
        values = data.get("values") or {}
        return self._tell_part(
            data, self._label("iso10003.bundle", "reader", values.get("reader"))
        )

    def _describe_bundle_issued(self, data):
        return self.env._(
            "%(reader)s, version %(version)s: %(count)s documents on %(pages)s pages, "
            "SHA-256 %(digest)s",
            reader=self._label("iso10003.bundle", "reader", data.get("reader")),
            version=self._tell_number(data.get("version")),
            count=self._tell_number(len(data.get("documents") or ())),
            pages=self._tell_number(data.get("pages")),
            digest=(data.get("sha256") or "")[:SHOWN_DIGITS],
        )

    def _describe_disposal(self, data):
        return self._tell_part(data)

    def _describe_disposed_of(self, data):
        return self.env._(
            "%(files)s files, %(texts)s texts and %(messages)s messages destroyed",
            files=self._tell_number(len(data.get("files") or ())),
            texts=self._tell_number(data.get("count")),
            messages=self._tell_number(data.get("messages")),
        )
