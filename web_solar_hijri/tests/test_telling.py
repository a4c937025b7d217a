# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import datetime

from lxml import etree, html

from odoo.tests import freeze_time, new_test_user
from odoo.tools import format_date

from .. import writing
from .common import SolarCase

MOMENT = datetime.datetime(2026, 11, 29, 10, 0, 5)


class TestWriting(SolarCase):
    """How a date is written, whoever reads it."""

    def test_patterns(self):
        for pattern, persian, english in (
            (writing.NUMERIC, "۱۴۰۵/۰۹/۰۸", "1405/09/08"),
            ("short", "۱۴۰۵/۰۹/۰۸", "1405/09/08"),
            ("long", "۸ آذر ۱۴۰۵", "8 Azar 1405"),
            ("full", "یکشنبه ۸ آذر ۱۴۰۵", "Sunday 8 Azar 1405"),
            ("d 'd' LLLL yy", "۸ d آذر ۰۵", "8 d Azar 05"),
        ):
            with self.subTest(pattern=pattern):
                date = MOMENT.date()
                self.assertEqual(writing.write(date, "fa_IR", pattern), persian)
                self.assertEqual(writing.write(date, "en_US", pattern), english)

    def test_moments(self):
        self.assertEqual(writing.write(MOMENT, "fa_IR", "short"), "۱۴۰۵/۰۹/۰۸ ۱۰:۰۰")
        self.assertEqual(
            writing.write(MOMENT, "fa_IR", "medium"), "۸ آذر ۱۴۰۵، ۱۰:۰۰:۰۵"
        )
        self.assertEqual(
            writing.write(MOMENT, "fa_IR", "yyyy/MM/dd HH:mm"), "۱۴۰۵/۰۹/۰۸ ۱۰:۰۰"
        )

    def test_what_is_not_solar(self):
        for date, pattern in (
            (datetime.date(2026, 11, 29), "MMMM yyyy"),
            (datetime.date(2026, 11, 29), "yyyy"),
            (datetime.date(1921, 3, 20), "short"),
            (datetime.date(2121, 3, 21), "short"),
            (datetime.date(9999, 12, 31), "long"),
            (datetime.date(600, 1, 1), "long"),
        ):
            with self.subTest(date=date, pattern=pattern):
                self.assertIsNone(writing.write(date, "fa_IR", pattern))

    def test_the_bounds_of_the_calendar(self):
        self.assertEqual(
            writing.write(datetime.date(1921, 3, 21), "fa_IR"), "۱۳۰۰/۰۱/۰۱"
        )
        self.assertEqual(
            writing.write(datetime.date(2121, 3, 20), "fa_IR"), "۱۴۹۹/۱۲/۲۹"
        )
        self.assertEqual(
            writing.write(datetime.date(2025, 3, 20), "fa_IR"), "۱۴۰۳/۱۲/۳۰"
        )


@freeze_time("2026-11-29 10:00:05")
class TestPages(SolarCase):
    """Fields in QWeb templates: pages, the portal, reports."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rate = cls.env["res.currency.rate"].create(
            {"name": "2026-11-29", "currency_id": cls.env.ref("base.EUR").id}
        )
        cls.cron = cls.env.ref("base.autovacuum_job")
        cls.cron.nextcall = MOMENT

    def render(self, user, field, options="{}", **context):
        record = self.rate if field == "name" else self.cron
        template = etree.fromstring(
            f'<i t-field="record.{field}" t-options="{options}"/>'
        )
        qweb = self.as_user(user, "ir.qweb").with_context(**context)
        # sudo: any date would do; these are of records that are always there
        page = qweb._render(template, {"record": record.with_env(qweb.env).sudo()})
        return html.fromstring(page).text_content()

    def test_in_the_calendar_of_who_reads(self):
        persian, english = self.persian, self.english
        for field, options, solar, stock in (
            ("name", "{}", "۱۴۰۵/۰۹/۰۸", "11/29/2026"),
            ("name", "{'format': 'd MMMM'}", "۸ آذر", "29 November"),
            ("name", "{'format': 'MMMM y'}", "نوامبر ۲۰۲۶", "November 2026"),
            ("nextcall", "{}", "۱۴۰۵/۰۹/۰۸ ۱۳:۳۰:۰۵", None),
            ("nextcall", "{'hide_seconds': True}", "۱۴۰۵/۰۹/۰۸ ۱۳:۳۰", None),
            ("nextcall", "{'date_only': True}", "۱۴۰۵/۰۹/۰۸", "11/29/2026"),
            ("nextcall", "{'time_only': True}", "۱۳:۳۰:۰۵", None),
            ("nextcall", "{'format': 'd MMMM y'}", "۸ آذر ۱۴۰۵", "29 November 2026"),
            ("nextcall", "{'tz_name': 'UTC'}", "۱۴۰۵/۰۹/۰۸ ۱۰:۰۰:۰۵", None),
            ("nextcall", "{'widget': 'date'}", "۱۴۰۵/۰۹/۰۸", "11/29/2026"),
        ):
            with self.subTest(field=field, options=options):
                self.assertEqual(self.render(persian, field, options), solar)
                if stock:
                    self.assertEqual(self.render(english, field, options), stock)

    def test_how_long_ago(self):
        self.cron.nextcall = MOMENT - datetime.timedelta(days=3)
        relative = "{'widget': 'relative'}"
        self.assertEqual(self.render(self.persian, "nextcall", relative), "۳ روز پیش")
        self.assertEqual(self.render(self.english, "nextcall", relative), "3 days ago")

    def test_the_page_has_a_language_and_the_reader_a_choice(self):
        self.assertEqual(self.render(self.persian, "name", lang="en_US"), "11/29/2026")
        self.persian.calendar_system = "gregorian"
        self.assertEqual(self.render(self.persian, "name"), "2026/11/29")
        self.english.calendar_system = "solar"
        self.assertEqual(self.render(self.english, "name"), "1405/09/08")

    def test_a_customer_reads_by_the_language_of_the_portal(self):
        customer = new_test_user(
            self.env, "customer", "base.group_portal", lang="fa_IR", tz="Asia/Tehran"
        )
        self.assertEqual(self.render(customer, "name"), "۱۴۰۵/۰۹/۰۸")
        self.assertEqual(self.render(customer, "nextcall"), "۱۴۰۵/۰۹/۰۸ ۱۳:۳۰:۰۵")

    def test_a_visitor_reads_by_the_language_of_the_page(self):
        visitor = self.env.ref("base.public_user")
        self.assertEqual(self.render(visitor, "name", lang="fa_IR"), "۱۴۰۵/۰۹/۰۸")
        self.assertEqual(self.render(visitor, "name", lang="en_US"), "11/29/2026")

    def test_what_is_edited_in_the_page_is_as_odoo_reads_it(self):
        shown = self.render(self.persian, "name", inherit_branding=True)
        self.assertEqual(shown, "2026/11/29")

    def test_a_report_is_of_its_language_and_not_of_who_prints_it(self):
        self.env["ir.ui.view"].create(
            {
                "name": "letter",
                "key": "web_solar_hijri.test_letter",
                "type": "qweb",
                "arch": '<t t-name="web_solar_hijri.test_letter">'
                '<i t-field="rate.name"/></t>',
            }
        )
        self.english.calendar_system = "solar"
        for lang, written in (("fa_IR", "۱۴۰۵/۰۹/۰۸"), ("en_US", "11/29/2026")):
            with self.subTest(lang=lang):
                report = self.as_user(self.english, "ir.actions.report")
                report = report.sudo().with_context(lang=lang)
                page = report._render_template(
                    "web_solar_hijri.test_letter",
                    {"rate": self.rate.with_env(report.env)},
                )
                self.assertIn(written, page.decode())

    def test_other_callers_of_format_date_get_what_odoo_gives(self):
        env = self.as_user(self.persian, "res.users").env
        self.assertEqual(format_date(env, MOMENT.date()), "2026/11/29")


@freeze_time("2026-11-29 10:00:05")
class TestMails(SolarCase):
    """Mails, in the calendar of who receives them and not of who writes."""

    def setUp(self):
        super().setUp()
        self.contact = self.env["res.partner"].create({"name": "X"})
        for user in self.persian + self.english:
            user.write({"notification_type": "email", "email": f"{user.login}@x.test"})

    def assign(self, writer, reader):
        """Have one give the other an activity; return the mail about it."""
        before = self.env["mail.mail"].search([])
        self.as_user(writer, "res.partner").browse(self.contact.id).activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=datetime.date(2026, 12, 5),
            summary="Call",
            user_id=reader.id,
        )
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(len(mail), 1)
        return html.fromstring(mail.body_html).text_content()

    def test_an_activity_is_due_in_the_calendar_of_who_does_it(self):
        mail = self.assign(self.english, self.persian)
        self.assertEqual(mail.count("۱۴۰۵/۰۹/۱۴"), 2, mail)
        self.assertNotIn("2026/12/05", mail)
        mail = self.assign(self.persian, self.english)
        self.assertEqual(mail.count("12/05/2026"), 2, mail)
        self.assertNotIn("1405", mail)

    def test_what_the_reader_chose_counts_and_not_what_the_writer_did(self):
        self.english.calendar_system = "solar"
        self.persian.calendar_system = "gregorian"
        self.assertIn("1405/09/14", self.assign(self.persian, self.english))
        self.assertIn("2026/12/05", self.assign(self.english, self.persian))

    def test_what_a_caller_sends_in_the_place_of_our_marks_is_none(self):
        contact = self.as_user(self.persian, "res.partner").browse(self.contact.id)
        for sent in ("2026-12-05", "abc", 0.5, [], {"a": 1}, True):
            with self.subTest(sent=sent):
                told = contact.with_context(
                    calendar_deadline=sent, calendar_reader=sent
                )
                self.assertTrue(
                    told.message_notify(
                        body="x",
                        partner_ids=self.english.partner_id.ids,
                        subtitles=["y"],
                    )
                )
                self.assertEqual(
                    told.env["res.users"].reads_solar("fa_IR"),
                    contact.env["res.users"]
                    .with_context(calendar_reader=False)
                    .reads_solar("fa_IR"),
                )

    def test_a_template_writes_in_its_language(self):
        template = self.env["mail.template"].create(
            {
                "name": "x",
                "model_id": self.env["ir.model"]._get_id("res.partner"),
                "lang": "{{ object.lang }}",
                "subject": "{{ format_date(object.create_date) }}",
                "body_html": """<p>
                    <t t-out="format_date('2026-11-29')"/>|
                    <t t-out="format_date('2026-11-29', 'long')"/>|
                    <t t-out="format_datetime('2026-11-29 10:00:05', 'Asia/Tehran')"/>|
                    <t t-out="format_time(
                        datetime.datetime(2026, 11, 29, 10), 'UTC', 'HH:mm'
                    )"/>|
                    <t t-out="format_date('2026-11-29', lang_code='en_US')"/>|
                    <i t-field="object.create_date" t-options="{'date_only': True}"/>
                </p>""",
            }
        )
        self.env.cr.execute(
            "UPDATE res_partner SET create_date = %s, lang = 'fa_IR' WHERE id = %s",
            [MOMENT, self.contact.id],
        )
        self.contact.invalidate_recordset()
        self.english.calendar_system = "gregorian"
        self.assertEqual(
            self.rendered(template),
            [
                "۱۴۰۵/۰۹/۰۸",
                "۸ آذر ۱۴۰۵",
                "۱۴۰۵/۰۹/۰۸ ۱۳:۳۰:۰۵",
                "۱۰:۰۰",
                "11/29/2026",
                "۱۴۰۵/۰۹/۰۸",
            ],
        )
        subject = template._render_field("subject", self.contact.ids, compute_lang=True)
        self.assertEqual(subject[self.contact.id], "۱۴۰۵/۰۹/۰۸")
        self.contact.lang = "en_US"
        self.assertEqual(
            self.rendered(template)[:2], ["11/29/2026", "November 29, 2026"]
        )

    def rendered(self, template):
        # sudo: who may write templates is of no interest here
        template = template.with_user(self.english).sudo()
        body = template._render_field("body_html", self.contact.ids, compute_lang=True)[
            self.contact.id
        ]
        return [
            part.strip() for part in html.fromstring(body).text_content().split("|")
        ]

    def test_a_change_is_told_in_the_language_of_the_mail(self):
        field = self.env["ir.model.fields"]._get("mail.activity", "date_deadline")
        moment = self.env["ir.model.fields"]._get("res.partner", "create_date")
        message = self.contact.message_post(body="x")
        self.env["mail.tracking.value"].create(
            [
                {
                    "field_id": field.id,
                    "mail_message_id": message.id,
                    "new_value_datetime": "2026-11-29 00:00:00",
                },
                {
                    "field_id": moment.id,
                    "mail_message_id": message.id,
                    "new_value_datetime": MOMENT,
                },
            ]
        )
        for lang, date, time in (
            ("fa_IR", "۱۴۰۵/۰۹/۰۸", "۱۴۰۵/۰۹/۰۸ ۱۰:۰۰:۰۵ UTC"),
            ("en_US", "2026-11-29", "2026-11-29 10:00:05Z"),
        ):
            with self.subTest(lang=lang):
                values = self.contact._notify_by_email_prepare_rendering_context(
                    message, force_email_lang=lang
                )
                told = {new for _field, _old, new in values["tracking_values"]}
                self.assertEqual(told, {date, time})

    def test_the_web_client_gets_what_it_reads(self):
        message = self.contact.message_post(body="x")
        tracking = self.env["mail.tracking.value"].create(
            {
                "field_id": self.env["ir.model.fields"]
                ._get("mail.activity", "date_deadline")
                .id,
                "mail_message_id": message.id,
                "new_value_datetime": "2026-11-29 00:00:00",
            }
        )
        tracking = tracking.with_user(self.persian).sudo().with_context(lang="fa_IR")
        self.assertEqual(tracking._format_display_value("date"), ["2026-11-29"])
