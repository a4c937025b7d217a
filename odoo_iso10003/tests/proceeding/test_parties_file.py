# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import lxml.html

from odoo.exceptions import AccessError

from .document_common import DocumentCase

REPORT = "odoo_iso10003.parties_file"
# in whatever is written inside: no print for parties has it
PLANTED = "Zarbolmasal"


class TestPartiesFile(DocumentCase):
    """What of a file its parties have in hand, and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fa_IR")
        cls._lead_to(cls.dispute, "resolution")
        cls._put_on_file("The contract", audience="parties")
        cls._propose(cls.dispute)

    def _text(self, user=None, lang="en_US"):
        reports = self.env["ir.actions.report"].with_user(user or self.handler)
        reports = reports.with_context(lang=lang)
        html, _kind = reports._render_qweb_html(REPORT, self.dispute.ids)
        page = lxml.html.document_fromstring(html.decode())
        return " ".join(page.text_content().split())

    def _plant(self):
        """Write the word wherever somebody may write what is not for parties."""
        self.dispute.with_context(tracking_disable=True).write(
            {
                "findings": f"<p>{PLANTED}</p>",
                "lessons": PLANTED,
                "cause": PLANTED,
                "scope_reason": PLANTED,
            }
        )
        for number, values in enumerate(
            (
                {"audience": "internal"},
                {"audience": "privileged", "user": self.manager},
                {"audience": "parties", "without_prejudice": True},
            )
        ):
            self._put_on_file(f"{PLANTED} {number}", f"{number}".encode(), **values)
        letters = self.env["iso10003.letter"].with_user(self.handler)
        for values in (
            {"audience": "internal", "partner_ids": self.manager.partner_id.ids},
            {"audience": "parties", "without_prejudice": True},
        ):
            letter = letters.create(
                {
                    "file_id": self.file.id,
                    "subject": f"{PLANTED} letter",
                    "body": f"<p>{PLANTED}</p>",
                    **values,
                }
            )
            letter.action_send()
            self.assertEqual(letter.state, "sent")
        self.env["iso10003.attempt"].with_user(self.handler).create(
            {
                "party_id": self.dispute.party_ids[:1].id,
                "channel": "phone",
                "result": "no_answer",
                "note": PLANTED,
            }
        )
        hearing = self.env["iso10003.hearing"].with_user(self.handler)
        hearing = hearing.create(
            {
                "proceeding_id": self.dispute.proceeding_ids[:1].id,
                "start": "2031-01-01 09:00:00",
                "summary": f"<p>{PLANTED}</p>",
                "orders": PLANTED,
            }
        )
        self.assertTrue(hearing)
        self.dispute.env["iso10003.cost"].create(
            {"file_id": self.file.id, "name": f"{PLANTED} cost", "amount": 80}
        )
        self.dispute.action_hold(PLANTED)
        self.dispute.message_post(body=PLANTED, subtype_xmlid="mail.mt_note")

    def test_it_tells_what_the_parties_know(self):
        text = self._text()
        for words in (
            self.dispute.name,
            self.customer.name,
            "The contract",
            "We contest",
            "The terms say so.",
            "Mediation",
            "Timeline",
        ):
            self.assertIn(words, text)
        for inside in (
            "Audience",
            "Approved by",
            "Who got it",
            "What happened: the register",
            "Internal",
        ):
            self.assertNotIn(inside, text)

    def test_nothing_that_is_inside_or_marked_is_in_it(self):
        self._plant()
        for user in (self.handler, self.manager):
            self.assertNotIn(PLANTED, self._text(user))
        # the file of the organization has it
        reports = self.env["ir.actions.report"].with_user(self.manager)
        html, _kind = reports._render_qweb_html(
            "odoo_iso10003.dispute_file", self.dispute.ids
        )
        for words in (PLANTED, f"{PLANTED} cost"):
            self.assertIn(words, html.decode())

    def test_of_limits_it_has_those_that_were_told(self):
        limits = self.env["iso10003.deadline"]
        started = limits._start_without_rule(
            self.dispute.with_user(self.handler),
            "reply",
            self.dispute._get_company_day(),
            name="Reply to the body",
        )
        limits._start_without_rule(
            self.dispute.with_user(self.handler),
            "other",
            self.dispute._get_company_day(),
            name=PLANTED,
        )
        self.assertTrue(started._filter_told_outside())
        text = self._text()
        self.assertIn("Last day", text)
        self.assertIn("Reply to the body", text)
        self.assertNotIn(PLANTED, text)

    def test_who_does_not_lead_the_file_hands_nothing_out(self):
        for user in (self.stranger, self.auditor):
            with self.assertRaises(AccessError):
                self._text(user)

    def test_persian(self):
        self.assertIn("روند زمانی", self._text(lang="fa_IR"))
