# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import lxml.html

from .document_common import DocumentCase

REPORT = "odoo_iso10003.dispute_file"


class TestRecorded(DocumentCase):
    """The printed file tells the story, and what it should hold and does not."""

    def _states(self, dispute=None):
        dispute = (dispute or self.dispute).with_user(self.handler)
        dispute.invalidate_recordset()
        codes = dispute._get_contents()
        lines = dispute._list_contents()
        return dict(zip(codes, [state for _what, state, _told in lines], strict=True))

    def _text(self, user=None, dispute=None):
        reports = self.env["ir.actions.report"].with_user(user or self.handler)
        html, _kind = reports._render_qweb_html(REPORT, (dispute or self.dispute).ids)
        page = lxml.html.document_fromstring(html.decode())
        return " ".join(page.text_content().split())

    def test_each_item_is_found_missing_or_not_wanted(self):
        self.customer.sudo().email = "roya@example.com"
        states = self._states()
        self.assertEqual(states["parties"], "present")
        for code in ("decision", "disclosed", "performance", "oral", "follow_up"):
            self.assertEqual(states[code], "na", code)
        self.dispute.category_id = self.env.ref("odoo_iso10003.category_product")
        self._lead_to(self.dispute, "evaluation")
        states = self._states()
        for code in ("subject", "evidence"):
            self.assertEqual(states[code], "missing", code)
        self._put_on_file(
            "Invoice", kind_id=self.env.ref("odoo_iso10003.document_kind_order").id
        )
        states = self._states()
        for code in ("subject", "evidence", "received"):
            self.assertEqual(states[code], "present", code)

    def test_a_closed_file_is_asked_for_its_decision_and_what_was_told(self):
        self._lead_to(self.dispute, "closed")
        states = self._states()
        self.assertEqual(states["decision"], "present")
        # a bare date shows no letter
        self.assertIn(states["disclosed"], ("present", "missing"))
        self.assertNotEqual(states["disclosed"], "na")

    def test_the_print_has_documents_letters_limits_and_the_list(self):
        self._put_on_file("The contract", audience="parties")
        marked = self._put_on_file(
            "The offer", b"Offer", audience="parties", without_prejudice=True
        )
        self._put_on_file("Opinion", b"x", user=self.manager, audience="privileged")
        self.env["iso10003.disclosure"].with_user(self.handler).create(
            {"document_id": marked.id, "partner_id": self.customer.id}
        )
        text = self._text()
        for words in (
            "The contract",
            "The offer",
            "Without prejudice",
            f"Sent to {self.customer.name}",
            "What such a file has to hold",
            "All other evidence, and notes of talks Present 2 on record",
            "Not applicable",
        ):
            self.assertIn(words, text)
        # who may not read it has no print of it
        self.assertNotIn("Opinion", text)
        self.assertIn("Opinion", self._text(self.manager))
