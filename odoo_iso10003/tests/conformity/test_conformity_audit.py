# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Internal audit: independence, sample, answers, findings, closing."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.service import model as service
from odoo.tools import mute_logger

from ...core import sampling
from ..common import ADDON
from .conformity_common import AuditCase


class TestIndependence(AuditCase):
    def test_nobody_audits_own_files(self):
        self._new_file(user_id=self.inspector.id)
        file = self._new_file(user_id=self.inspector.id)
        with self.assertRaisesRegex(
            ValidationError, f"cannot audit .*{file.name}.*no part in what is audited"
        ):
            self._start_programme("7.6")

    def test_nor_files_evaluated_or_complaints_handled(self):
        for name in ("evaluator_id", "complaint_handler_id"):
            with self.subTest(name):
                person = self._new_user(name, f"{ADDON}.group_auditor")
                file = self._new_file(**{name: person.id})
                with self.assertRaisesRegex(ValidationError, file.name):
                    self._start_programme("7.6", lead_id=person.id)

    def test_nor_files_worked_on_in_passing(self):
        file = self._new_file()
        boss = self._new_user(
            "boss",
            f"{ADDON}.group_manager,{ADDON}.group_auditor",
            company_ids=[Command.set((self.company | self.shop).ids)],
        )
        file.with_user(boss).action_reopen("The kettle leaks again.")
        with self.assertRaisesRegex(ValidationError, file.name):
            self._start_programme("7.6", lead_id=boss.id)

    def test_nor_files_of_the_own_team(self):
        self.shop_team.user_ids = self.inspector
        audit = self._new_audit("7.6")  # a team without disputes is no matter
        audit.programme_id.with_user(self.inspector).action_end()
        self._new_file(team_id=self.shop_team.id)
        with self.assertRaisesRegex(ValidationError, "belongs to “Shop complaints”"):
            self._start_programme("7.6")

    def test_nor_files_of_the_own_department(self):
        sales, quality = self.env["hr.department"].create(
            [
                {"name": "After sales", "company_id": self.shop.id},
                {"name": "Quality", "company_id": self.shop.id},
            ]
        )
        colleague, mine = self.env["hr.employee"].create(
            [
                {
                    "name": user.name,
                    "user_id": user.id,
                    "company_id": self.shop.id,
                    "department_id": sales.id,
                }
                for user in (self.lead, self.inspector)
            ]
        )
        self._new_file(user_id=self.lead.id)
        with self.assertRaisesRegex(ValidationError, "own department, “After sales”"):
            self._start_programme("7.6")
        mine.department_id = quality
        self._start_programme("7.6")
        self.assertEqual(colleague.department_id, sales)

    def test_nor_without_the_certifications_of_an_auditor(self):
        role = self.env["iso10003.role"].search(
            [("company_id", "=", self.shop.id), ("code", "=", "auditor")]
        )
        self.assertTrue(role.requirement_ids)
        role.with_user(self.lead).action_require()
        with self.assertRaisesRegex(UserError, "iso_inspector"):
            self._start_programme("7.6")

    def test_nor_the_own_policy(self):
        self._set_columns(self.policy, author_id=self.inspector.id)
        with self.assertRaisesRegex(ValidationError, "wrote or approved"):
            self._start_programme("7.6")

    def test_nor_where_one_is_audited(self):
        audit = self._new_audit("7.6")
        with self.assertRaisesRegex(ValidationError, "is audited in it"):
            audit.auditee_user_ids = self.inspector

    def test_refused_by_rpc_too(self):
        audit = self._new_audit("7.6")
        file = self._new_file(user_id=self.handler.id)
        for vals in (
            {"auditor_user_ids": [Command.link(self.handler.id)]},
            {"user_id": self.handler.id},
        ):
            with self.assertRaisesRegex(ValidationError, file.name):
                self._call(self.lead, audit, "write", vals)
        with self.assertRaisesRegex(ValidationError, file.name):
            service.call_kw(
                self.env["mgmtsystem.audit"]
                .with_user(self.lead)
                .with_company(self.shop),
                "create",
                (
                    {
                        "name": "Mine",
                        "dispute_audit": True,
                        "company_id": self.shop.id,
                        "auditor_user_ids": [Command.link(self.handler.id)],
                    },
                ),
                {},
            )

    def test_long_lists_of_files_are_cut(self):
        files = [self._new_file(user_id=self.inspector.id) for _number in range(7)]
        with self.assertRaisesRegex(ValidationError, "and 2 more"):
            self._start_programme("7.6")
        self.assertEqual(len(files), 7)

    def test_other_audits_are_nobody_business(self):
        self._new_file(user_id=self.handler.id)
        audit = self.env["mgmtsystem.audit"].create(
            {"name": "Stock", "user_id": self.handler.id, "company_id": self.shop.id}
        )
        audit.button_close()
        self.assertEqual(audit.state, "done")


class TestSample(AuditCase):
    def _fill(self, count):
        return [
            self._new_file(severity="2" if number == 0 else "1")
            for number in range(count)
        ]

    def test_root_of_the_files_and_all_major_ones(self):
        files = self._fill(8)
        audit = self._new_audit("7.6")
        audit.action_draw_sample()
        self.assertEqual(len(audit.sample_ids), 5)
        self.assertEqual(audit.sample_population, 8)
        self.assertIn(files[0], audit.sample_ids.filtered("major").dispute_id)
        self.assertTrue(audit.sample_seed)
        self.assertEqual(audit.sample_ids.mapped("sequence"), [1, 2, 3, 4, 5])
        message = audit.action_verify_sample()["params"]
        self.assertEqual(message["type"], "success")

    def test_an_agreed_seed_draws_what_anybody_can_draw_again(self):
        files = self._fill(12)
        audit = self._new_audit("7.6")
        audit.sample_seed = "drawn in the meeting of 3 May"
        audit.action_draw_sample()
        frame = [
            sampling.File(
                file.name, "closed,settled_facilitated", number == 0, "closed"
            )
            for number, file in enumerate(files)
        ]
        frame.reverse()
        # behind the agreed words stands chance that was fixed before
        self.assertTrue(audit.sample_seed.startswith("drawn in the meeting of 3 May:"))
        self.assertEqual(
            audit.sample_ids.dispute_id.mapped("name"),
            [file.key for file in sampling.draw(frame, audit.sample_seed)],
        )

    def test_the_lot_is_cast_once(self):
        self._fill(6)
        audit = self._new_audit("7.6")
        audit.action_draw_sample()
        with self.assertRaisesRegex(UserError, "stays as it is"):
            audit.action_draw_sample()
        for name, value, words in (
            ("sample_seed", "mine", "stays as it is"),
            ("sample_date", False, "cannot be written"),
            ("sample_frame", [], "cannot be written"),
        ):
            with self.assertRaisesRegex(UserError, words):
                self._call(self.inspector, audit, "write", {name: value})
        with self.assertRaises(UserError):
            audit.sample_ids[0].sudo().unlink()
        with self.assertRaises(UserError):
            audit.sample_ids[0].write({"dispute_id": self._new_file().id})
        with self.assertRaises(UserError):
            audit.sample_ids[0].write({"major": True})

    def test_nobody_makes_up_a_sample(self):
        """Neither the frame nor the files of a sample come from whoever audits."""
        self._fill(6)
        audit = self._new_audit("7.6")
        file = self._new_file()
        for vals in (
            {"sample_date": "2026-03-21 08:00:00"},
            {"sample_frame": [[file.name, "closed", True]]},
            {"sample_population": 1},
            {"sample_ids": [Command.create({"dispute_id": file.id})]},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                self._call(self.inspector, audit, "write", vals)
        with self.assertRaises(AccessError):
            self.env["iso10003.audit.sample"].with_user(self.inspector).create(
                {"audit_id": audit.id, "dispute_id": file.id}
            )
        self.assertFalse(audit.sample_date or audit.sample_ids)

    def test_a_frame_that_is_none_is_told_and_no_crash(self):
        self._fill(6)
        audit = self._new_audit("7.6")
        audit.action_draw_sample()
        for frame in (None, "[]", "[1]", '{"a": 1}', '"x"', "[[1]]"):
            with self.subTest(frame):
                self._set_columns(audit, sample_frame=frame)
                self.assertEqual(
                    audit.action_verify_sample()["params"]["type"], "danger"
                )

    def test_a_tampered_frame_is_noticed(self):
        self._fill(30)
        audit = self._new_audit("7.6")
        audit.action_draw_sample()
        self._set_columns(audit, sample_seed="another")
        self.assertEqual(audit.action_verify_sample()["params"]["type"], "danger")

    def test_nothing_to_draw_from(self):
        audit = self._new_audit("7.6")
        audit.write({"sample_from": "2026-03-21", "sample_to": "2026-04-20"})
        self.env["res.lang"]._activate_lang("fa_IR")
        for lang, dates in (
            ("en_US", "between March 21, 2026 and April 20, 2026"),
            ("fa_IR", "۱ فروردین ۱۴۰۵"),
        ):
            with self.assertRaisesRegex(UserError, dates):
                audit.with_context(lang=lang).action_draw_sample()
        self.assertFalse(audit.sample_date)
        self.assertFalse(audit.sample_seed)

    def test_a_file_opens_where_it_stands(self):
        self._new_file(state="evaluation", outcome=None, closed_date=None)
        audit = self._new_audit("7.6")
        audit.action_draw_sample()
        action = audit.sample_ids.action_open_file()
        view = self.env.ref(f"{ADDON}.dispute_view_form_at_evaluation")
        self.assertEqual(action["views"], [(view.id, "form")])
        arch = self.env["iso10003.dispute"].get_view(view.id)["arch"]
        self.assertIn('name="evaluation"', arch)
        self.assertIn('autofocus="autofocus"', arch)

    def test_a_finding_in_a_file_says_what_it_is(self):
        self._fill(1)
        audit = self._new_audit("7.6")
        audit.action_draw_sample()
        with self.assertRaisesRegex(UserError, "say what was found"):
            audit.sample_ids.result = "finding"


class TestChecklist(AuditCase):
    def _prepared(self, *numbers):
        audit = self._new_audit(*numbers)
        audit.action_prepare_checklist()
        return audit

    def test_questions_of_its_clauses_with_what_records_say(self):
        self._new_file(implemented_date=None)
        audit = self._prepared("7.6")
        self.assertEqual(
            audit.line_ids.requirement_id.mapped("code"), ["79", "80", "81"]
        )
        self.assertEqual(set(audit.line_ids.mapped("grade")), {"unchecked"})
        line = audit.line_ids[0]
        self.assertEqual((line.auto_verdict, line.failing_count), ("no", 1))
        audit.action_prepare_checklist()
        self.assertEqual(len(audit.line_ids), 3)

    def test_the_boolean_stays_true_to_the_grade(self):
        line = self._prepared("7.6").line_ids[1]
        self.assertFalse(line.is_conformed)
        line.reason = "Nothing was late"  # of which records say nothing
        for grade, conformed in (("conform", True), ("partly", False), ("not", False)):
            line.grade = grade
            self.assertEqual(line.is_conformed, conformed)
        line.write({"is_conformed": True})
        self.assertEqual(line.grade, "conform")
        line.write({"is_conformed": False})
        self.assertEqual(line.grade, "not")
        line.write({"grade": "na", "reason": "No provider"})
        line.write({"is_conformed": False})
        self.assertEqual(line.grade, "na")

    def test_grades_take_reasons(self):
        self._new_file(implemented_date=None)
        line = self._prepared("7.6").line_ids[0]
        with self.assertRaisesRegex(ValidationError, "say less"):
            line.grade = "conform"
        with self.assertRaisesRegex(ValidationError, "why it does not apply"):
            line.grade = "na"
        line.write({"grade": "conform", "reason": "Paid in cash, receipt seen"})

    def test_an_audit_without_clauses_asks_nothing(self):
        audit = self._new_audit("7.6")
        audit.clause_ids = False
        with self.assertRaisesRegex(UserError, "names no clauses"):
            audit.action_prepare_checklist()

    def test_it_closes_when_all_is_answered_and_followed(self):
        audit = self._new_audit("7.6")
        with self.assertRaisesRegex(UserError, "no question was asked"):
            audit.button_close()
        audit.action_prepare_checklist()
        with self.assertRaisesRegex(UserError, "not checked: questions 79, 80, 81"):
            audit.button_close()
        audit.line_ids.write({"grade": "conform", "reason": "Seen in five files"})
        audit.line_ids[1].write({"grade": "not", "reason": False})
        with self.assertRaisesRegex(UserError, "without nonconformity .*80"):
            self._call(self.inspector, audit, "write", {"state": "done"})
        with self.assertRaisesRegex(UserError, "graded without evidence.*80"):
            audit.button_close()
        audit.line_ids[1].evidence = "Three receipts are missing"
        self.assertEqual(audit.state, "open")
        audit.line_ids[1].action_raise_nonconformity()
        found = audit.line_ids[1].nonconformity_id
        # the report goes out before anything is done about what was found
        self.assertFalse(found.action_ids)
        self._call(self.inspector, audit, "write", {"state": "done"})
        self.assertTrue(audit.closing_date)
        for attempt in (
            lambda: audit.line_ids[0].write({"grade": "not"}),
            lambda: audit.write({"name": "Other"}),
            lambda: audit.write({"state": "open"}),
            lambda: audit.sudo().unlink(),
        ):
            with self.assertRaisesRegex(UserError, "is closed"):
                attempt()
        row = self.env["iso10003.register"].search(
            [
                ("file", "=", audit.programme_id._register_file()),
                ("event", "=", "audit_closed"),
            ]
        )
        self.assertEqual(row.data["findings"], 1)

    def test_what_was_seen_stays_with_a_closed_audit(self):
        audit = self._prepared("7.6")
        letter, loose = (
            self.env["ir.attachment"]
            .with_user(self.inspector)
            .create(
                [
                    {"name": name, "raw": b"As seen", "res_model": model}
                    for name, model in (
                        ("Letter", "mgmtsystem.verification.line"),
                        ("Picture", False),
                    )
                ]
            )
        )
        audit.line_ids.write({"grade": "conform", "reason": "Seen in five files"})
        audit.line_ids[0].evidence_ids = letter | loose
        remark = audit.line_ids.create({"name": "A remark", "audit_id": audit.id})
        letter.raw = b"As seen today"
        audit.button_close()
        for attempt in (
            lambda: letter.write({"raw": b"Something else"}),
            lambda: loose.write({"raw": b"Something else"}),
            lambda: letter.unlink(),
            lambda: loose.sudo().unlink(),
            lambda: remark.unlink(),
        ):
            with self.assertRaisesRegex(UserError, "is closed"):
                attempt()

    def test_nobody_gets_around_the_rules(self):
        audit = self._prepared("7.6")
        other = self.env["mgmtsystem.audit"].create({"name": "Stock"})
        for attempt in (
            lambda: audit.write({"dispute_audit": False}),
            lambda: audit.write({"programme_id": False, "state": "done"}),
            lambda: audit.line_ids[0].unlink(),
            lambda: audit.write({"line_ids": [Command.clear()]}),
            lambda: audit.line_ids[0].sudo().write({"audit_id": other.id}),
            lambda: audit.line_ids[0].write({"requirement_id": False}),
            lambda: audit.line_ids[0].write({"auto_verdict": "yes"}),
        ):
            with self.assertRaises(UserError):
                attempt()
        self.assertEqual(len(audit.line_ids), 3)

    def test_a_finding_becomes_a_nonconformity_linked_both_ways(self):
        audit = self._prepared("7.6")
        line = audit.line_ids[0]
        with self.assertRaisesRegex(UserError, "is no finding"):
            line.action_raise_nonconformity()
        line.write({"grade": "not", "evidence": "Three receipts are missing"})
        action = line.action_raise_nonconformity()
        found = self.env["mgmtsystem.nonconformity"].browse(action["res_id"])
        self.assertEqual(found.verification_line_ids, line.sudo())
        self.assertIn(found, audit.nonconformity_ids)
        self.assertIn(audit.sudo(), found.audit_ids)
        self.assertIn("Three receipts are missing", found.description)
        self.assertEqual(
            found.origin_ids,
            self.env.ref("mgmtsystem_nonconformity.nc_origin_internal_audit"),
        )
        self.assertEqual(line.action_raise_nonconformity()["res_id"], found.id)
        self.assertEqual(
            found.with_user(self.inspector).action_view_origin()["res_id"], audit.id
        )

    def test_whoever_finds_does_not_put_right(self):
        self.shop.dispute_manager_id = self.lead
        self.lead.lang = "en_US"
        line = self._prepared("7.6").line_ids[0]
        line.grade = "not"
        line.action_raise_nonconformity()
        found = line.nonconformity_id
        self.assertEqual(found.responsible_user_id, self.lead)
        self.assertEqual(found.manager_user_id, self.lead)
        self.assertEqual(found.user_id, self.inspector)
        self.assertEqual(found.activity_ids.user_id, self.lead)
        line.action_raise_nonconformity()
        self.assertEqual(len(found.activity_ids), 1)

    def test_lines_of_other_audits_keep_what_they_had(self):
        audit = self.env["mgmtsystem.audit"].create(
            {"name": "Stock", "company_id": self.shop.id}
        )
        line = self.env["mgmtsystem.verification.line"].create(
            {"name": "Is it tidy?", "audit_id": audit.id, "is_conformed": True}
        )
        self.assertTrue(line.is_conformed)
        self.assertFalse(line.grade)
        line.is_conformed = False
        self.assertFalse(line.grade)
        audit.write({"state": "done"})
        line.comments = "Still open to change"
        audit.write({"state": "open"})
        self.assertEqual(audit.state, "open")

    def test_auditors_change_no_audit_but_their_own(self):
        audit = self._prepared("7.6")
        other = self._new_user(
            "other_auditor",
            f"{ADDON}.group_auditor",
            company_id=self.shop.id,
            company_ids=[Command.set(self.shop.ids)],
        )
        line = audit.line_ids[0].with_user(other)
        self.assertEqual(line.grade, "unchecked")
        for attempt in (
            lambda: line.write({"grade": "not"}),
            lambda: audit.with_user(other).write({"name": "Mine"}),
            lambda: audit.with_user(other).action_draw_sample(),
            lambda: audit.with_user(other).button_close(),
        ):
            with self.assertRaises(AccessError):
                attempt()


class TestReminders(AuditCase):
    def _remind(self):
        with self.enter_registry_test_mode():
            self.env.ref(f"{ADDON}.cron_escalate").method_direct_trigger()

    def test_auditors_are_reminded_once_a_step_whenever_somebody_looks(self):
        audit = self._new_audit("7.6").sudo()
        activities = audit.activity_ids
        audit.date = fields.Datetime.now() + timedelta(days=40)
        self._remind()

        def remind_at(left):
            nonlocal activities
            with freeze_time(audit.date - timedelta(days=left)):
                self._remind()
            new = audit.activity_ids - activities
            activities |= new
            return new

        self.assertFalse(remind_at(20))
        # the days 14 to 11 were missed
        first = remind_at(10)
        self.assertEqual(first.user_id, self.inspector)
        self.assertIn("Prepare the audit", first.summary)
        self.assertFalse(remind_at(9))
        self.assertTrue(remind_at(7))
        self.assertFalse(remind_at(2))
        late = remind_at(-3)
        self.assertIn("late", late.summary)
        self.assertFalse(remind_at(-9))

    def test_an_audit_that_was_moved_is_another_day_to_be_reminded_of(self):
        audit = self._new_audit("7.6")
        audit.date = fields.Datetime.now() + timedelta(days=5)
        self._remind()
        first = audit.activity_ids
        audit.date = fields.Datetime.now() + timedelta(days=30)
        self._remind()
        self.assertEqual(audit.activity_ids, first)
        audit.date = fields.Datetime.now() + timedelta(days=12)
        self._remind()
        self.assertEqual(len(audit.activity_ids), 1)
        self.assertNotEqual(audit.activity_ids, first)

    def test_an_audit_that_fails_silences_no_other(self):
        first, second = self._start_programme("7.6").audit_ids[:2]
        (first | second).write({"date": fields.Datetime.now() + timedelta(days=5)})
        model = self.env.registry["mgmtsystem.audit"]
        remind = model._remind

        def fail(audits, reminder):
            if first in audits:
                raise RuntimeError("out of order")
            return remind(audits, reminder)

        with (
            patch.object(model, "_remind", fail),
            mute_logger("odoo.addons.odoo_iso10003.models.deadline.alarm_sweep"),
        ):
            self._remind()
        self.assertEqual(first.activity_ids.mapped("summary"), ["Reminder failed"])
        self.assertTrue(second.activity_ids)

    def test_closed_and_foreign_audits_are_left_alone(self):
        foreign = self.env["mgmtsystem.audit"].create(
            {
                "name": "Stock",
                "date": fields.Datetime.now() + timedelta(days=2),
                "user_id": self.handler.id,
            }
        )
        self._remind()
        self.assertFalse(foreign.activity_ids)
