# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io

from freezegun import freeze_time
from pypdf import PdfReader

from odoo.exceptions import AccessError, UserError

from ..common import DisputeCase
from .competence_common import ADDON, CompetencePeople


class TestCompetencePrivacy(CompetencePeople, DisputeCase):
    """Whose training one sees and prints: the own, and that of the people one has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "fa_IR"):
            cls.env["res.lang"]._activate_lang(lang)
        cls._set_up_competence()
        cls.course = cls._new_course(name="Resolving fairly", duration=6)
        with freeze_time("2031-03-10 15:00:00"):
            session = cls._new_session(cls.course)
            cls.own = cls._seat(
                session, cls.employees[cls.handler], state="attended", score=85
            )
            cls.other = cls._seat(
                session,
                cls.employees[cls.evaluator],
                state="attended",
                score=40,
                reason="Left early",
            )
            session.action_record_results()
        cls.both = cls.own | cls.other

    def test_employees_see_the_own_training_and_those_in_charge_all(self):
        lead = self._new_employee(self.stranger)
        self.employees[self.evaluator].parent_id = lead
        for user, rows in (
            (self.handler, self.own),
            (self.evaluator, self.other),
            (self.stranger, self.other),
            (self.employee, self.own.browse()),
            (self.counsel, self.own.browse()),
            (self.officer, self.both),
            (self.manager, self.both),
            (self.auditor, self.both),
        ):
            with self.subTest(user=user.login):
                Attendance = self.env["iso10003.training.attendance"].with_user(user)
                found = Attendance.search([("id", "in", self.both.ids)])
                self.assertEqual(found, rows)
        with self.assertRaises(AccessError):
            self.other.with_user(self.handler).read(["score"])

    def test_outsiders_hold_certifications_that_others_do_not_see(self):
        held = self._certify_contact(self.stranger.partner_id)
        Certification = self.env["iso10003.contact.certification"]
        for user, seen in ((self.stranger, True), (self.handler, False)):
            found = Certification.with_user(user).search([("id", "=", held.id)])
            self.assertEqual(bool(found), seen)
        with self.assertRaises(AccessError):
            held.with_user(self.stranger).valid_to = "2050-01-01"

    # ------------------------------------------------------------
    # On paper
    # ------------------------------------------------------------

    @freeze_time("2031-11-23 08:05:00")
    def _print(self, report, records, user, lang="en_US"):
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(user)
            .with_context(lang=lang, force_report_rendering=True, tz="UTC")
            ._render_qweb_pdf(f"{ADDON}.{report}", records.ids)
        )
        pages = PdfReader(io.BytesIO(content)).pages
        text = " ".join(" ".join(page.extract_text().split()) for page in pages)
        return text.replace("\u202f", " ")

    def test_the_own_certificate_says_what_was_passed_and_until_when(self):
        text = self._print("training_certificate", self.own, self.handler)
        for words in (
            self.employees[self.handler].name,
            "Resolving fairly",
            "March 10, 2031",
            "March 9, 2032",
            "Fair resolution",
            "85 of 100",
            self.own.certificate_number,
        ):
            self.assertIn(words, text)
        self.assertNotIn("Internal", text)

    def test_a_persian_certificate_has_persian_dates(self):
        # as HTML: the order of mixed lines is lost in the text of a PDF
        html, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.manager)
            .with_context(lang="fa_IR")
            ._render_qweb_html(
                f"{ADDON}.training_certificate",
                self.own.ids,
                data={"report_type": "pdf"},
            )
        )
        self.assertIn("۱۹ اسفند ۱۴۰۹", html.decode())

    def test_there_is_no_certificate_for_who_failed_nor_for_others(self):
        with self.assertRaisesRegex(UserError, "did not pass"):
            self._print("training_certificate", self.other, self.manager)
        with self.assertRaises(AccessError):
            self._print("training_certificate", self.own, self.evaluator)

    def _dialog(self, user, **values):
        return (
            self.env["iso10003.training.register"]
            .with_user(user)
            .create({"date_from": "2031-01-01", "date_to": "2031-12-31", **values})
        )

    def test_the_register_lists_who_was_trained_in_a_period(self):
        dialog = self._dialog(self.auditor)
        dialog.action_print()
        text = self._print("training_register", dialog, self.auditor)
        for person in (self.handler, self.evaluator):
            self.assertIn(person.name.split()[0], text)
        for words in ("Passed", "Failed", "Left early", "03/09/2032", "6 hours"):
            self.assertIn(words, text)
        # numbered, with who failed and what follows
        self.assertRegex(text, "DR-REG-01-[0-9]{8}")
        self.assertIn("Not trained again yet", text)
        with self.assertRaisesRegex(UserError, "no training"):
            self._dialog(self.auditor, date_to="2031-02-01").action_print()

    def test_the_register_shows_who_needs_what_and_what_is_planned(self):
        self._need("evaluator", skill=self.judging)
        self._need("handler")
        for code, user in (("evaluator", self.evaluator), ("handler", self.handler)):
            self.env["iso10003.role.holder"].create(
                {
                    "role_id": self.roles[code].id,
                    "employee_id": self.employees[user].id,
                    "date_from": "2020-01-01",
                }
            )
        self.env.flush_all()
        dialog = self._dialog(self.auditor)
        text = self._print("training_register", dialog, self.auditor)
        matrix = text.partition("Competence in the roles")[2]
        self.assertIn("Judging merits", matrix)
        gaps = matrix.partition("What is missing, and what is planned")[2]
        self.assertRegex(gaps, "Judging merits .*Missing Not planned")
        # who may see nobody else's competence prints none
        text = self._print(
            "training_register", self._dialog(self.handler), self.handler
        )
        self.assertNotIn("Judging merits", text)

    def test_the_register_is_of_one_person_or_of_whom_one_sees(self):
        person = self.employees[self.evaluator]
        dialog = self._dialog(self.manager, employee_ids=[(6, 0, person.ids)])
        text = self._print("training_register", dialog, self.manager)
        self.assertIn("iso_evaluator", text)
        self.assertNotIn("iso_handler", text)
        dialog = self._dialog(self.handler)
        text = self._print("training_register", dialog, self.handler)
        self.assertNotIn("iso_evaluator", text)
        with self.assertRaises(AccessError):
            self._print("training_register", dialog, self.evaluator)
