# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import csv
import io
from datetime import datetime

from odoo.tests import new_test_user
from odoo.tools import file_open, file_path, html2plaintext

from ..common import ADDON, DisputeCase
from .complaints_file import COLUMNS, DISPUTED, ROWS, read_complaints

# docs/import.md has the same table for people
MAPPING = {
    "complaint_id": "id",
    "date_received": "complaint_date",
    "issue": "name",
    "product": "category_id",
    "submitted_via": "channel_id",
    "consumer_disputed?": "tag_ids",
    "sub_product": "description",
    "sub_issue": "description",
    "consumer_complaint_narrative": "description",
    "company_public_response": "description",
    "company": "description",
    "company_response_to_consumer": "description",
}
DESCRIBED = [column for column in COLUMNS if MAPPING.get(column) == "description"]

# what the import dialog sends, but for the date format, which the user chooses
WEB_CLIENT_OPTIONS = {
    "import_skip_records": [],
    "import_set_empty_fields": [],
    "fallback_values": {},
    "name_create_enabled_fields": {},
    "encoding": "",
    "separator": "",
    "quoting": '"',
    "date_format": "",
    "datetime_format": "",
    "float_thousand_separator": ",",
    "float_decimal_separator": ".",
    "advanced": True,
    "has_headers": True,
    "keep_matches": False,
    "limit": 2000,
    "sheets": [],
    "sheet": "",
    "skip": 0,
    "tracking_disable": True,
}
US_DATES = "%m/%d/%Y"


class ImportCase(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.importer = new_test_user(
            cls.env,
            login="iso_importer",
            groups=f"helpdesk_mgmt.group_helpdesk_user,{ADDON}.group_handler",
            company_id=cls.company.id,
        )
        cls.administrator = cls._new_user(
            "administrator", "helpdesk_mgmt.group_helpdesk_manager"
        )
        cls.rows = read_complaints()
        cls._prepare_choices("category", {row["product"] for row in cls.rows})
        cls._prepare_choices("channel", {row["submitted_via"] for row in cls.rows})
        cls._prepare_choices("tag", {"Yes", "No"})

    @classmethod
    def _prepare_choices(cls, kind, names):
        """Let an administrator make the choices that the file names."""
        choices = cls.env[f"helpdesk.ticket.{kind}"].with_user(cls.administrator)
        missing = names - set(choices.search([]).mapped("name"))
        choices.create([{"name": name} for name in sorted(missing)])

    @classmethod
    def _wizard(cls, content, file_name="complaints.csv"):
        return (
            cls.env["base_import.import"]
            .with_user(cls.importer)
            .with_context(tracking_disable=True)
            .create(
                {
                    "res_model": "helpdesk.ticket",
                    "file": content,
                    "file_name": file_name,
                    "file_type": "text/csv",
                }
            )
        )

    @classmethod
    def _import(cls, rows, dryrun=False, **options):
        """Import rows as the import dialog does."""
        wizard = cls._wizard(cls._as_csv(rows))
        preview = wizard.parse_preview(dict(WEB_CLIENT_OPTIONS))
        chosen = {**preview["options"], "date_format": US_DATES, **options}
        fields = [MAPPING.get(column, False) for column in preview["headers"]]
        return wizard.execute_import(fields, preview["headers"], chosen, dryrun)

    @classmethod
    def _as_csv(cls, rows):
        file = io.StringIO(newline="")
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
        return file.getvalue().encode()

    def _imported(self, row):
        return self.env.ref(f"__import__.{row['complaint_id']}")

    def _state_of_database(self):
        """Return all that an import may leave behind."""
        self.env.flush_all()
        self.env.invalidate_all()
        tickets = self.env["helpdesk.ticket"].with_context(active_test=False)
        counted = (
            "ir.model.data",
            "mail.message",
            "mail.followers",
            "helpdesk.ticket.category",
            "helpdesk.ticket.channel",
            "helpdesk.ticket.tag",
            "iso10003.dispute",
            "iso10003.register",
        )
        return {
            "tickets": tickets.search([], order="id").read(
                [
                    "number",
                    "name",
                    "description",
                    "complaint_date",
                    "category_id",
                    "channel_id",
                    "tag_ids",
                    "stage_id",
                    "user_id",
                    "message_ids",
                ],
                load=None,
            ),
            "next number": self.env.ref(
                "helpdesk_mgmt.helpdesk_ticket_sequence"
            ).number_next_actual,
            **{model: self.env[model].sudo().search_count([]) for model in counted},
        }


class TestImportOfRealComplaints(ImportCase):
    """1,000 complaints through the import dialog.

    They are real ones of the US Consumer Complaint Database when the file lies at
    ``../shared/data/cfpb_complaints.csv`` beside the checkout or where the variable
    ``ISO10003_COMPLAINTS`` says; else rows of the same shape are made up. See
    ``complaints_file.py``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.result = cls._import(cls.rows)
        cls.tickets = cls.env["helpdesk.ticket"].browse(cls.result["ids"])

    def _disputed(self):
        """Find the complaints whose answer was rejected, as a handler does."""
        return (
            self.env["helpdesk.ticket"]
            .with_user(self.importer)
            .search([("id", "in", self.tickets.ids), ("tag_ids.name", "=", "Yes")])
        )

    def test_every_row_becomes_a_complaint(self):
        self.assertEqual(self.result["messages"], [])
        self.assertEqual(len(self.tickets), ROWS)
        self.assertEqual(len(set(self.tickets.mapped("number"))), ROWS)
        for row in self.rows:
            ticket = self._imported(row)
            day = datetime.strptime(row["date_received"], US_DATES).date()
            self.assertEqual(ticket.complaint_date, day)
            self.assertEqual(ticket.name, row["issue"])
            self.assertEqual(ticket.category_id.name, row["product"])
            self.assertEqual(ticket.channel_id.name, row["submitted_via"])
            self.assertEqual(ticket.tag_ids.name, row["consumer_disputed?"])
            text = " ".join(html2plaintext(ticket.description).split())
            told = " ".join(row[column] for column in DESCRIBED if row[column])
            self.assertEqual(text, " ".join(told.split()))

    def test_the_rejected_answers_become_disputes_in_one_batch(self):
        disputed = self._disputed()
        self.assertEqual(len(disputed), DISPUTED)
        few = self.env["helpdesk.ticket"].with_user(self.importer)
        few = few.search([("id", "in", self.tickets.ids), ("tag_ids.name", "=", "No")])
        few[:1].action_open_dispute()  # what is cached once is not counted
        queries_for_few = self._count_queries(few[1:6].action_open_dispute)
        queries = self._count_queries(disputed.action_open_dispute)
        # Odoo inserts 100 records at a time: disputes, files, messages and followers
        chunks = 4 * (DISPUTED // 100)
        self.assertLessEqual(queries, queries_for_few + chunks)
        disputes = disputed.dispute_ids
        self.assertEqual(len(disputes), DISPUTED)
        self.assertEqual(set(disputes.mapped("state")), {"referral"})
        self.assertEqual(len(set(disputes.mapped("name"))), DISPUTED)
        self.assertEqual(disputes.mapped("register_ids.event"), ["opened"] * DISPUTED)
        self.assertEqual(disputes.mapped("subject"), disputed.mapped("name"))

    def _count_queries(self, method):
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        method()
        self.env.cr.flush()
        return self.env.cr.sql_log_count - before

    def test_importing_twice_changes_nothing(self):
        self._disputed().action_open_dispute()
        before = self._state_of_database()
        result = self._import(self.rows)
        self.assertEqual(result["messages"], [])
        self.assertEqual(result["ids"], self.tickets.ids)
        self.assertEqual(self._state_of_database(), before)
        opened = self._disputed()._open_disputes()
        self.assertEqual(len(opened), DISPUTED)
        self.assertEqual(self._state_of_database(), before)


class TestImportOfBrokenRows(ImportCase):
    """A bad row is named by row and column, and nothing of its file is kept."""

    BAD_CELLS = (
        ("date_received", "", "complaint_date", "Received on", "a value is needed"),
        ("date_received", "31/12/2013", "complaint_date", "complaint_date", "31/12"),
        ("product", "Bananas", "category_id", "Category", "'Bananas'"),
        ("submitted_via", "Pigeon", "channel_id", "Channel", "'Pigeon'"),
        ("issue", "", "name", "Title", "a value is needed"),
        ("issue", "Hello <b>world</b>", "name", "Title", "contains HTML"),
        ("issue", "<img src=x onerror=alert(1)>", "name", "Title", "contains HTML"),
        ("issue", "x" * 10_000, "name", "Title", "10000 characters"),
    )

    def _rows_with(self, number, column, value, rows=30):
        """Return some rows of which one, counted from 1, has a bad cell."""
        broken = [dict(row) for row in self.rows[:rows]]
        broken[number - 1][column] = value
        return broken

    def _assert_refused(self, result, row, field, *words):
        self.assertFalse(result.get("ids"))
        self.assertEqual(len(result["messages"]), 1, result["messages"])
        [problem] = result["messages"]
        self.assertEqual(problem["type"], "error")
        self.assertEqual(problem.get("field", field), field)
        for word in (f"{row}", *words):
            self.assertIn(word, problem["message"])

    def test_a_bad_row_is_named_and_nothing_is_written(self):
        before = self._state_of_database()
        for column, value, field, label, words in self.BAD_CELLS:
            for dryrun in (True, False):
                with self.subTest(column=column, value=value[:40], dryrun=dryrun):
                    rows = self._rows_with(17, column, value)
                    result = self._import(rows, dryrun=dryrun)
                    self._assert_refused(result, 17, field, label, words)
                    self.assertEqual(self._state_of_database(), before)

    def test_load_itself_refuses(self):
        """Whoever calls load() by RPC meets the same rules as the dialog."""
        before = self._state_of_database()
        tickets = self.env["helpdesk.ticket"].with_user(self.importer)
        product = self.rows[0]["product"]
        fields = ["id", "complaint_date", "name", "description", "category_id"]
        good = ["rpc_1", "2013-08-30", "A title", "What happened", product]
        for place, value, words in (
            (1, "", "Row 2, column “Received on”: a value is needed."),
            (1, "yesterday", "Row 2, column “Received on”: "),
            (2, "<p>Hello</p>", "Row 2, column “Title”: "),
            (2, "x" * 10_000, "Row 2, column “Title”: "),
            (3, "", "Row 2, column “Description”: a value is needed."),
            (4, "Bananas", "Row 2, column “Category”: "),
        ):
            with self.subTest(words=words, value=value[:40]):
                bad = [*good]
                bad[0], bad[place] = "rpc_2", value
                result = tickets.load(fields, [good, bad])
                self._assert_refused(result, 2, fields[place], words)
                self.assertEqual(self._state_of_database(), before)

    def test_all_bad_rows_are_named_at_once(self):
        rows = self._rows_with(3, "issue", "")
        rows[8]["product"] = "Bananas"
        rows[20]["date_received"] = ""
        result = self._import(rows)
        self.assertEqual(
            [message["message"].split(":")[0] for message in result["messages"]],
            [
                "Row 3, column “Title”",
                "Row 9, column “Category”",
                "Row 21, column “Received on”",
            ],
        )

    def test_a_bad_row_of_a_later_batch_stops_the_first_one(self):
        before = self._state_of_database()
        rows = self._rows_with(28, "product", "Bananas")
        result = self._import(rows, limit=10)
        self._assert_refused(result, 28, "category_id", "Category", "'Bananas'")
        self.assertEqual(self._state_of_database(), before)

    def test_a_good_file_goes_in_batch_by_batch(self):
        first = self._import(self.rows[:30], limit=20)
        self.assertEqual((len(first["ids"]), first["nextrow"]), (20, 20))
        rest = self._import(self.rows[:30], limit=20, skip=first["nextrow"])
        self.assertEqual((len(rest["ids"]), rest["nextrow"]), (10, 0))

    def test_a_test_run_writes_nothing(self):
        before = self._state_of_database()
        result = self._import(self.rows[:30], dryrun=True)
        self.assertEqual(result["messages"], [])
        after = self._state_of_database()
        after["next number"] = before["next number"]  # PostgreSQL gives them once
        self.assertEqual(after, before)

    def test_a_row_may_refer_to_a_row_above(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.importer)
        result = tickets.load(
            ["id", "complaint_date", "name", "description", "duplicate_id/id"],
            [
                ["first", "2013-08-30", "Broken", "It broke.", ""],
                ["again", "2013-08-31", "Broken again", "It broke again.", "first"],
            ],
        )
        self.assertEqual(result["messages"], [])
        first, again = tickets.browse(result["ids"])
        self.assertEqual(again.duplicate_id, first)

    def test_a_title_may_compare_numbers(self):
        tickets = self.env["helpdesk.ticket"].with_user(self.importer)
        title = "Charged 5 < 7 days, and 9 > 3; A&B Co."
        result = tickets.load(["name", "description"], [[title, "See title."]])
        self.assertEqual(result["messages"], [])
        self.assertEqual(tickets.browse(result["ids"]).name, title)


class TestImportOfWords(ImportCase):
    """Every word of a complaint comes in, and nobody is taken for somebody else."""

    FIELDS = ["id", "name", "description", "complaint_date", "partner_id"]

    def _load(self, *rows, fields=None):
        tickets = self.env["helpdesk.ticket"].with_user(self.importer)
        return tickets.load(fields or self.FIELDS, [list(row) for row in rows])

    def _row(self, number, description="It broke.", partner="", name="A title"):
        return (f"w_{number}", name, description, "2013-08-30", partner)

    def test_words_in_brackets_and_lines_are_kept(self):
        told = "From <roya@example.com>: I paid <all of it> in March\n2 a<b\n\nRoya"
        result = self._load(self._row(1, told))
        self.assertEqual(result["messages"], [])
        [ticket] = self.env["helpdesk.ticket"].browse(result["ids"])
        self.assertEqual(html2plaintext(ticket.description).split(), told.split())
        self.assertEqual(ticket.description.count("<br"), 1)
        self.assertEqual(ticket.description.count("<p>"), 2)

    def test_markup_stays_markup(self):
        result = self._load(self._row(1, "<p>It <b>broke</b>.</p>"))
        [ticket] = self.env["helpdesk.ticket"].browse(result["ids"])
        self.assertEqual(ticket.description, "<p>It <b>broke</b>.</p>")

    def test_an_address_in_a_title_is_no_html(self):
        title = "Complaint of Roya <roya@example.com>"
        result = self._load(self._row(1, name=title))
        self.assertEqual(result["messages"], [])
        [ticket] = self.env["helpdesk.ticket"].browse(result["ids"])
        self.assertEqual(ticket.name, title)

    def test_namesakes_are_refused_by_row(self):
        partners = self.env["res.partner"].create(
            [
                {"name": "Sam Namesake", "email": "sam.one@example.com"},
                {"name": "Sam Namesake", "email": "sam.two@example.com"},
            ]
        )
        before = self._state_of_database()
        result = self._load(self._row(1), self._row(2, partner="Sam Namesake"))
        [problem] = result["messages"]
        self.assertFalse(result["ids"])
        self.assertEqual((problem["type"], problem["field"]), ("error", "partner_id"))
        self.assertIn("Row 2", problem["message"])
        self.assertIn("Sam Namesake", problem["message"])
        self.assertEqual(self._state_of_database(), before)
        # with an address, each is who they are
        fields = [*self.FIELDS, "partner_email"]
        result = self._load(
            (*self._row(1, partner="Sam Namesake"), "Sam.Two@example.com"),
            (*self._row(2, partner="Sam Namesake"), "sam.one@example.com"),
            (*self._row(3, partner="Sam Namesake <sam.two@example.com>"), ""),
            (*self._row(4, partner="sam.one@example.com"), ""),
            fields=fields,
        )
        self.assertEqual(result["messages"], [])
        tickets = self.env["helpdesk.ticket"].browse(result["ids"])
        one, two = partners
        self.assertEqual(
            [ticket.partner_id for ticket in tickets], [two, one, two, one]
        )

    def test_an_address_of_neither_namesake_decides_nothing(self):
        self.env["res.partner"].create([{"name": "Sam Namesake"}] * 2)
        result = self._load(
            (*self._row(1, partner="Sam Namesake"), "sam.three@example.com"),
            fields=[*self.FIELDS, "partner_email"],
        )
        self.assertFalse(result["ids"])

    def test_contacts_are_looked_up_at_once(self):
        partners = self.env["res.partner"].create(
            [{"name": f"P {i}", "email": f"p{i}@example.com"} for i in range(20)]
        )
        tickets = self.env["helpdesk.ticket"].with_user(self.importer)
        rows = [[partner.name, partner.email] for partner in partners]
        paths = [["partner_id"], ["partner_email"]]
        tickets._find_people(paths, rows[:1])  # what is kept at hand from now on
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        found = tickets._find_people(paths, rows)
        self.assertLessEqual(self.env.cr.sql_log_count - before, 2)
        self.assertEqual(len(found), 40)

    def test_one_id_in_two_rows_is_refused(self):
        result = self._load(self._row(1), self._row(2), self._row(2))
        self.assertFalse(result["ids"])
        [problem] = result["messages"]
        self.assertEqual(problem["message"], "Row 3, column “id”: already in row 2.")
        result = self._load(self._row(1), ("__import__.w_1", *self._row(2)[1:]))
        self.assertFalse(result["ids"])

    def test_an_id_that_is_none_is_refused_by_row(self):
        for bad in ("2013 17", "2013/17", "2013\t17"):
            with self.subTest(bad):
                result = self._load(self._row(1), (bad, *self._row(2)[1:]))
                self.assertFalse(result["ids"])
                [problem] = result["messages"]
                self.assertIn("Row 2, column “id”: ", problem["message"])
                self.assertIn(bad, problem["message"])


class TestComplaintsByMail(DisputeCase):
    def test_every_word_of_a_mail_is_kept(self):
        told = "From <roya@example.com>: I paid <all of it>\n2 a<b"
        for kind, body in (
            ("plain", told),
            ("html", f"<p>{told.replace('<', '&lt;').replace('>', '&gt;')}</p>"),
        ):
            with self.subTest(kind):
                mail = (
                    "From: Roya <roya@example.com>\nTo: x@example.com\n"
                    "Subject: Complaint of Roya <roya@example.com>\n"
                    f"Message-Id: <{kind}@example.com>\n"
                    f"Content-Type: text/{kind}; charset=utf-8\n\n{body}\n"
                )
                number = self.env["mail.thread"].message_process(
                    "helpdesk.ticket", mail, custom_values={"team_id": self.team.id}
                )
                ticket = self.env["helpdesk.ticket"].browse(number)
                self.assertEqual(ticket.name, "Complaint of Roya <roya@example.com>")
                words = html2plaintext(ticket.description).split()
                self.assertEqual(words, told.split())


class TestImportTemplate(ImportCase):
    def test_the_shipped_template_imports_as_it_is(self):
        [template] = self.env["helpdesk.ticket"].get_import_templates()
        path = template["template"].removeprefix("/")
        file_path(path)  # it is where the dialog looks for it
        with file_open(path, "rb") as file:
            wizard = self._wizard(file.read())
        preview = wizard.parse_preview(dict(WEB_CLIENT_OPTIONS))
        headers = preview["headers"]
        # the dialog knows each column by itself
        fields = ["/".join(preview["matches"][i]) for i in range(len(headers))]
        self.assertEqual(fields, headers)
        result = wizard.execute_import(fields, headers, preview["options"])
        self.assertEqual(result["messages"], [])
        ticket = self.env["helpdesk.ticket"].browse(result["ids"])
        self.assertEqual(ticket, self.env.ref("__import__.complaint_1001"))
        self.assertEqual(str(ticket.complaint_date), "2026-09-14")
        self.assertEqual(ticket.partner_email, "customer@example.com")
