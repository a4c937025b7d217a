# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

import lxml.html
from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase

from ...models.mixin.people_date import format_people_duration
from ..common import ADDON, DisputeCase

REPORT = f"{ADDON}.dispute_file"


class TestDisputeFile(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "fa_IR"):
            cls.env["res.lang"]._activate_lang(lang)
        # well after today, when the first policy came into force
        with freeze_time("2031-11-01 09:00:00"):
            cls.dispute = cls._open_dispute()
            cls.dispute.write(
                {"amount_claimed": 1250, "remedy_sought": "دستگاه سالم بدهید."}
            )
        with freeze_time("2031-11-03 12:30:00"):
            cls._lead_to(cls.dispute, "evaluation")
        with freeze_time("2031-11-04 12:30:00"):
            cls.dispute.action_step_back("The wrong notice was acknowledged.")
            cls._record(cls.dispute, acknowledged_date=False)
        with freeze_time("2031-11-09 08:00:00"):
            cls._lead_to(cls.dispute, "evaluation")

    def _reports(self, user, lang="en_US"):
        return self.env["ir.actions.report"].with_user(user).with_context(lang=lang)

    @freeze_time("2031-11-23 08:05:00")
    def _print(self, user, lang="en_US", disputes=None):
        """Print as ``user`` does, in the time zone of Tehran."""
        content, _kind = (
            self._reports(user, lang)
            .with_context(force_report_rendering=True, tz="Asia/Tehran")
            ._render_qweb_pdf(REPORT, (disputes or self.dispute).ids)
        )
        reader = PdfReader(io.BytesIO(content))
        text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
        return reader, text.replace("\u202f", " ")

    def _html(self, user, disputes=None):
        """Return what either engine makes the PDF from."""
        html, _kind = self._reports(user)._render_qweb_html(
            REPORT, (disputes or self.dispute).ids, data={"report_type": "pdf"}
        )
        return lxml.html.document_fromstring(html.decode())

    def _rows(self, html, heading):
        """Return the rows of the table under ``heading``, as lists of words."""
        (table,) = html.xpath(
            f"//h2[contains(., '{heading}')]/following-sibling::table[1]"
        )
        return [
            [" ".join(cell.text_content().split()) for cell in row.xpath("th|td")]
            for row in table.xpath(".//tr")
        ]

    def _head(self):
        return self.env["iso10003.register.head"].search(
            [("file", "=", self.dispute._register_file())]
        )

    def test_counsel_and_managers_can_print_it(self):
        for user in (self.counsel, self.manager):
            with self.subTest(user.login):
                self.assertIn(self._head().hash, self._html(user).text_content())

    def test_who_leads_and_who_audits_can_print_it(self):
        for user in (self.handler, self.auditor):
            with self.subTest(user.login):
                reader, text = self._print(user)
                for words in (
                    self.dispute.name,
                    "The washing machine broke",
                    "It broke on the fifth day.",
                    self.customer.name,
                    "1,250.00",
                    "A consumer's complaint about a product",
                    "7.4.1 Evaluation",
                    "An evaluator who did not handle the complaint",
                    "The wrong notice was acknowledged.",
                    "The register of this file is whole.",
                    self._head().hash,
                    f"--head {self._head().sequence}:{self._head().hash}",
                    self.dispute.policy_id.name,
                    f"Printed on November 23, 2031 11:35 AM by {user.name}",
                ):
                    self.assertIn(words, text)
                for number, page in enumerate(reader.pages, 1):
                    on_page = " ".join(page.extract_text().split())
                    self.assertIn(f"Page {number} of {len(reader.pages)}", on_page)
                    self.assertIn(f"Dispute file {self.dispute.name}", on_page)

    def test_persian(self):
        for user in (self.handler, self.auditor):
            with self.subTest(user.login):
                reader, text = self._print(user, "fa_IR")
                self.assertEqual(reader.trailer["/Root"]["/Lang"], "fa-IR")
                self.assertIn("Vazirmatn", str(self._fonts(reader)))
                self.assertIn("دستگاه سالم بدهید", text)
                self.assertIn(self._head().hash, text)
                # 1 November 9:00 UTC in Tehran; the reader of the PDF turns some
                # Persian numbers around
                for words in ("آبان", "۱۴۱۰", "۱۲", "۳۰"):
                    self.assertTrue(words in text or words[::-1] in text, words)
                self.assertNotIn("November", text)

    def _fonts(self, reader):
        return {
            font.get_object()["/BaseFont"]
            for page in reader.pages
            for font in page["/Resources"]["/Font"].values()
        }

    def test_the_reader_does_not_change_the_file(self):
        rows = len(self.dispute.register_ids)
        self._print(self.auditor)
        self.assertEqual(len(self.dispute.register_ids), rows)

    @freeze_time("2031-11-09 08:30:00")
    def test_course(self):
        rows = self._rows(self._html(self.handler), "Course of the file")
        first = "November 1, 2031 9:00 AM"
        second = "November 3, 2031 12:30 PM"
        rows = [[cell.replace("\u202f", " ") for cell in row] for row in rows]
        self.assertEqual(
            rows[1:],
            [
                ["7.2 Referral", first, "1", "2 days 3 hours"],
                ["7.3 Notice", second, "2", "4 days 19 hours"],
                ["7.4.1 Evaluation", second, "2", "1 day"],
                ["7.4.2 Position", "Not reached"],
                ["7.5 Resolution", "Not reached"],
                ["7.6 Implementation", "Not reached"],
                ["7.7 Closed", "Not reached"],
            ],
        )

    def test_gates(self):
        self.dispute.severity = "1"
        met = {
            "not_referred_back",
            "severity_assessed",
            "no_blocking_deadline",
            "people_competent",
        }
        rows = self._rows(self._html(self.auditor), "What this state wants")
        self.assertEqual(
            rows[1:],
            [
                [
                    clause,
                    gate.name,
                    "Met" if gate.code in met else "Open",
                ]
                for gate in self.dispute._get_asked_gates()
                for clause in [gate.clause]
            ],
        )

    def test_a_closed_file_wants_nothing(self):
        with freeze_time("2031-11-10 08:00:00"):
            self._lead_to(self.dispute, "closed")
        html = self._html(self.handler)
        self.assertNotIn("What this state wants", html.text_content())
        self.assertIn(
            ["Outcome", "Settled with a facilitator"], self._rows(html, "Result")
        )

    def test_register(self):
        rows = self._rows(self._html(self.handler), "What happened")
        entries = self.dispute.register_ids.sorted("sequence")
        self.assertEqual(
            [(row[0], row[3], row[4]) for row in rows[1:]],
            [(str(e.sequence), e.actor_name, e.hash[:12]) for e in entries],
        )
        self.assertIn("The wrong notice was acknowledged.", str(rows))

    def test_a_broken_register_is_told(self):
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE iso10003_register DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE iso10003_register SET actor = 0 WHERE file = %s AND sequence = 2",
            [self.dispute._register_file()],
        )
        for user in (self.handler, self.auditor):
            with self.subTest(user.login):
                text = self._html(user).text_content()
                self.assertIn("The register of this file is broken.", text)
                self.assertIn("row 2 was changed", text)
                self.assertNotIn("is whole", text)

    def test_files_are_printed_one_after_the_other(self):
        other = self._open_dispute(self._new_ticket(name="The kettle leaks"))
        both = self.dispute | other
        for kind in ("header", "article", "footer"):
            found = self._html(self.handler, both).find_class(kind)
            self.assertEqual(len(found), 2, kind)
        reader, text = self._print(self.handler, disputes=both)
        self.assertEqual(text.count(" 1 of "), 2)
        self.assertIn("The kettle leaks", text)

    def test_who_may_not_read_the_file_cannot_print_it(self):
        for user in (self.stranger, self.employee, self.agent, self.portal):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self._print(user)

    def test_who_may_not_read_the_register_cannot_print_it(self):
        """A rule that shows a file to its complainant shows no register."""
        self.env["ir.model.access"].create(
            {
                "name": "portal reads disputes",
                "model_id": self.env["ir.model"]._get_id("iso10003.dispute"),
                "group_id": self.env.ref("base.group_portal").id,
                "perm_read": True,
            }
        )
        self.assertEqual(self.dispute.with_user(self.portal).subject, self.ticket.name)
        with self.assertRaises(AccessError):
            self._html(self.portal)

    def test_it_is_in_the_print_menu_of_who_may(self):
        report = self.env.ref(f"{ADDON}.dispute_file_report")
        takes_part = self._new_user("guest", f"{ADDON}.group_reader")
        for user, offered in [
            (self.handler, True),
            (self.manager, True),
            (self.counsel, True),
            (self.auditor, True),
            (takes_part, False),
        ]:
            with self.subTest(user.login):
                bindings = (
                    self.env["ir.actions.actions"]
                    .with_user(user)
                    .get_bindings("iso10003.dispute")
                )
                offers = [action["id"] for action in bindings.get("report", [])]
                self.assertEqual(report.id in offers, offered)

    def test_the_findings_stay_inside(self):
        """The file goes to outsiders; what we think of our chances does not."""
        self.dispute.findings = "<p>We would lose this.</p>"
        self.dispute.lessons = "We should have known."
        text = self._html(self.manager).text_content()
        self.assertNotIn("We would lose this", text)
        self.assertNotIn("We should have known", text)


class TestPeopleDuration(TransactionCase):
    def test_duration(self):
        for lang in ("en_US", "fa_IR"):
            self.env["res.lang"]._activate_lang(lang)
        hour, day = 3600, 24 * 3600
        for seconds, english, persian in [
            (0, "0 minutes", "۰ دقیقه"),
            (59, "0 minutes", "۰ دقیقه"),
            (59 * 60 + 59, "59 minutes", "۵۹ دقیقه"),
            (hour, "1 hour", "۱ ساعت"),
            (day - 1, "23 hours", "۲۳ ساعت"),
            (day, "1 day", "۱ روز"),
            (400 * day + 2 * hour, "400 days 2 hours", "۴۰۰ روز ۲ ساعت"),
        ]:
            with self.subTest(seconds):
                self.assertEqual(
                    format_people_duration(self.env, seconds, "en_US"), english
                )
                self.assertEqual(
                    format_people_duration(self.env, seconds, "fa_IR"), persian
                )
