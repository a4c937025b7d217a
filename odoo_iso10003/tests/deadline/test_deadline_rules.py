# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from unittest.mock import patch

from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from ...core import clock
from ...models.policy import job_forecast
from ...wizard.policy import policy_forecast
from .deadline_common import TODAY
from .test_deadline_course import DeadlineCase


@tagged("-at_install", "post_install")
class TestDeadlineRules(DeadlineCase):
    """Rules of a draft are tried on the spot; those of a version do not change."""

    # ------------------------------------------------------------
    # Bad input is told at once
    # ------------------------------------------------------------

    def test_a_rule_that_could_never_run(self):
        with self.assertRaisesRegex(ValidationError, "starts it and meets it at once"):
            self._draft(self._rule(end_event="notice_received"))

    def test_a_rule_that_starts_at_nothing(self):
        with self.assertRaisesRegex(ValidationError, "from which event"):
            self._draft(self._rule(start_event=False))

    def test_a_combined_limit_without_parts(self):
        with self.assertRaisesRegex(ValidationError, "at least one"):
            self._draft(self._rule(start_event=False, combine="earliest"))

    def test_a_cycle_of_balances(self):
        policy = self._draft(self._rule("a"), self._rule("b"), self._rule("c"))
        a, b, c = policy.rule_ids
        a.balance_rule_id = b
        b.balance_rule_id = c
        with self.assertRaisesRegex(ValidationError, "depends on it"):
            c.balance_rule_id = a
        with self.assertRaisesRegex(ValidationError, "depends on it"):
            c.balance_rule_id = c

    def test_a_balance_of_another_version(self):
        other = self._draft(self._rule("other")).rule_ids
        mine = self._draft(self._rule("mine")).rule_ids
        with self.assertRaisesRegex(ValidationError, "another version"):
            mine.balance_rule_id = other

    def test_a_calendar_without_working_time(self):
        idle = self.env["resource.calendar"].create(
            {"name": "Never", "attendance_ids": [Command.clear()]}
        )
        idle.attendance_ids.unlink()
        with self.assertRaisesRegex(ValidationError, "no working day"):
            self._draft(self._rule(unit="working_day", calendar_id=idle.id))
        with self.assertRaisesRegex(ValidationError, "no working day"):
            self._draft(self._rule(roll="next", calendar_id=idle.id))

    def test_times_out_of_the_calendar(self):
        with self.assertRaises(ValidationError):
            self._draft(self._rule(quantity=clock.MOST + 1))
        with self.assertRaises(ValidationError):
            self._draft(self._rule(quantity=99_999, unit="month"))

    @mute_logger("odoo.sql_db")
    def test_times_below_zero_and_without_unit(self):
        for values in (
            {"quantity": -1},
            {"extension_quantity": 5},
            {"cap_quantity": 5},
            {"abroad_quantity": 5},
            {"amount_from": 10, "amount_to": 5},
        ):
            with self.subTest(**values), self.assertRaises(CheckViolation):
                with self.env.cr.savepoint():
                    self._draft(self._rule(**values))
                    self.env.flush_all()

    @mute_logger("odoo.sql_db")
    def test_a_level_that_reaches_nobody(self):
        for values in (
            {"kind": "activity", "role": False},
            {"kind": "mail"},
            {"role": "user"},
        ):
            with self.subTest(**values), self.assertRaises(CheckViolation):
                with self.env.cr.savepoint():
                    self._draft(self._rule(escalation_ids=[Command.create(values)]))
                    self.env.flush_all()

    def test_a_letter_for_other_records(self):
        letter = self.env["mail.template"].create(
            {"name": "Other", "model_id": self.env["ir.model"]._get_id("res.partner")}
        )
        with self.assertRaisesRegex(ValidationError, "not made for the kind of file"):
            self._draft(self._rule(template_id=letter.id))

    def test_dates_at_the_ends_of_the_calendar_do_not_stop_anybody(self):
        self._enforce(self._rule())
        dispute = self._file_with_notice()
        for day in (date(1, 1, 1), date(9999, 12, 31)):
            with self.assertRaisesRegex(ValidationError, "cannot be true"):
                self._record(dispute, notice_date=day)
            # as it stood there before that was asked
            self.env.cr.execute(
                "UPDATE iso10003_dispute SET notice_date = %s WHERE id = %s",
                [day, dispute.id],
            )
            dispute.invalidate_recordset()
        with self._at(2026, 3, 24, 8):
            self._sweep()

    def test_a_zone_that_does_not_exist(self):
        self._enforce(self._rule(actor="complainant"))
        self.env.cr.execute(
            "UPDATE res_partner SET tz = 'Mars/Olympus' WHERE id = %s",
            [self.customer.id],
        )
        self.customer.invalidate_recordset()
        self.assertEqual(self._file_with_notice().deadline_ids.zone, "Asia/Tehran")

    # ------------------------------------------------------------
    # The preview
    # ------------------------------------------------------------

    def test_the_form_shows_date_and_reasons_while_one_types(self):
        policy = self._draft()
        rules = self.env["iso10003.deadline.rule"].with_user(self.manager)
        with Form(rules.with_context(default_policy_id=policy.id)) as form:
            form.name, form.code = "Appeal", "appeal"
            form.start_event = "result_served"
            form.preview_start = date(2026, 4, 4)
            form.quantity, form.unit = 20, "day"
            self.assertEqual(form.preview_due, date(2026, 4, 24))
            # a Friday
            form.roll = "next"
            self.assertEqual(form.preview_due, date(2026, 4, 25))
            self.assertIn("is no working day", form.preview_why)
            form.exclude_action = True
            self.assertEqual(form.preview_due, date(2026, 4, 25))
            self.assertNotIn("is no working day", form.preview_why)
            form.abroad_quantity, form.abroad_unit = 2, "month"
            form.preview_abroad = True
            self.assertEqual(form.preview_due.month, 6)
            form.preview_start = False
            self.assertFalse(form.preview_due)

    def test_the_preview_says_what_is_wrong(self):
        idle = self.env["resource.calendar"].create({"name": "Never"})
        idle.attendance_ids.unlink()
        rule = self._draft(self._rule(active=False, unit="working_day")).rule_ids
        rule.write({"calendar_id": idle.id})
        rule.preview_start = TODAY
        self.assertFalse(rule.preview_due)
        self.assertIn("no working day", rule.preview_why)

    def test_each_reason_and_each_error_has_its_sentence(self):
        words = self.env["iso10003.clock"]
        for code, names in clock.STEPS.items():
            with self.subTest(step=code):
                sentence = words._describe_step(code, dict.fromkeys(names, "…"))
                self.assertTrue(sentence)
        for code, names in clock.ERRORS.items():
            with self.subTest(error=code):
                packed = {"code": code, "values": dict.fromkeys(names, "…")}
                self.assertTrue(words._explain_problem(packed))

    # ------------------------------------------------------------
    # A version does not change
    # ------------------------------------------------------------

    def test_levels_say_in_words_when_they_fire(self):
        for offset, unit, english, persian in (
            (-1, "day", "1 day before", "۱ روز پیش از"),
            (-36, "hour", "1 day 12 hours before", "۱ روز ۱۲ ساعت پیش از"),
            (0, "day", "At the limit", "در پایان مهلت"),
            (3, "day", "3 days after", "۳ روز پس از"),
        ):
            level = self.env["iso10003.escalation"].new(
                {"offset": offset, "offset_unit": unit, "kind": "notify"}
            )
            self.assertIn(english, level.display_name)
            self.assertIn(persian, level.with_context(lang="fa_IR").display_name)

    def test_an_approved_version_s_rules_are_fixed_by_every_way(self):
        policy = self._enforce(
            self._rule(escalation_ids=[Command.create({"offset": -1, "role": "owner"})])
        ).with_user(self.manager)
        rule, level = policy.rule_ids, policy.rule_ids.escalation_ids
        draft = self._draft(self._rule("mine"))
        ways = {
            "write": lambda: rule.write({"quantity": 9}),
            "archive": rule.action_archive,
            "unlink": rule.unlink,
            "create": lambda: rule.create(
                {**self._rule("new"), "policy_id": policy.id}
            ),
            "move in": lambda: draft.rule_ids.write({"policy_id": policy.id}),
            "move out": lambda: rule.write({"policy_id": draft.id}),
            "through the policy": lambda: policy.write(
                {"rule_ids": [Command.update(rule.id, {"quantity": 9})]}
            ),
            "add through the policy": lambda: policy.write(
                {"rule_ids": [Command.create(self._rule("new"))]}
            ),
            "remove through the policy": lambda: policy.write(
                {"rule_ids": [Command.delete(rule.id)]}
            ),
            "import": lambda: self._load(rule, {"quantity": "9"}),
            "translation": lambda: rule.update_field_translations(
                "name", {"fa_IR": "چیز دیگر"}
            ),
            "web_save": lambda: rule.web_save({"quantity": 9}, {}),
            "categories": lambda: rule.write(
                {
                    "category_ids": [
                        Command.link(self.env.ref("odoo_iso10003.category_warranty").id)
                    ]
                }
            ),
            "level": lambda: level.write({"offset": -9}),
            "level gone": level.unlink,
            "new level": lambda: level.create({"rule_id": rule.id, "role": "owner"}),
            "pack": lambda: (
                self.env["iso10003.rule.pack"]
                .with_user(self.manager)
                .create({"name": "Mine", "rule_ids": [Command.create(self._rule("p"))]})
                ._install_into(policy)
            ),
        }
        for way, go in ways.items():
            with self.subTest(way=way), self.assertRaisesRegex(UserError, "approved"):
                with self.env.cr.savepoint():
                    go()
        self.assertEqual(rule.quantity, 3)

    def _load(self, rule, values):
        """Import as the import dialog does, and raise what it says."""
        xmlid = rule.sudo()._BaseModel__ensure_xml_id()
        result = rule.load(["id", *values], [[next(iter(xmlid))[1], *values.values()]])
        if errors := result["messages"]:
            raise UserError(errors[0]["message"])

    def test_who_changed_a_rule_does_not_approve(self):
        policy = self._draft(self._rule())
        policy.rule_ids.with_user(self.chief).quantity = 5
        with self.assertRaisesRegex(UserError, "wrote what is to be approved"):
            policy.with_user(self.chief).action_approve()

    def test_the_approval_seals_the_rules(self):
        sealed = []
        for quantity in (3, 4):
            policy = self._draft(self._rule(quantity=quantity))
            policy.with_user(self.chief).action_approve()
            row = self.env["iso10003.register"].search(
                [("file", "=", policy._register_file()), ("event", "=", "approved")]
            )
            sealed.append(row.data["rules_sha256"])
        self.assertNotEqual(*sealed)

    def test_handlers_do_not_write_rules(self):
        policy = self._draft(self._rule())
        with self.assertRaises(AccessError):
            policy.rule_ids.with_user(self.handler).quantity = 9

    def test_a_new_version_has_the_rules_of_the_last(self):
        policy = self._draft(
            self._rule(
                "a", escalation_ids=[Command.create({"offset": -1, "role": "owner"})]
            ),
            self._rule("b"),
            self._rule(
                "both",
                start_event=False,
                combine="latest",
                part_ids=[Command.create(self._rule("part", end_event=False))],
            ),
            self._rule("off", active=False),
        )
        a, b = policy.rule_ids[:2]
        b.balance_rule_id = a
        policy.with_user(self.chief).action_approve()
        copied = self.env["iso10003.policy"].browse(
            policy.action_new_version()["res_id"]
        )
        self.assertEqual(copied.rule_ids.mapped("code"), ["a", "b", "both", "off"])
        self.assertEqual(copied.rule_ids[0].escalation_ids.offset, -1)
        self.assertEqual(copied.rule_ids[1].balance_rule_id, copied.rule_ids[0])
        self.assertEqual(copied.rule_ids[2].part_ids.policy_id, copied)
        self.assertFalse(copied.rule_ids[3].active)

    # ------------------------------------------------------------
    # What would change
    # ------------------------------------------------------------

    def test_what_a_version_would_change(self):
        mediator = self.env["res.partner"].create({"name": "Mediator"})
        ours = {"provider_ids": [Command.link(mediator.id)]}
        self._enforce(self._rule(quantity=20))
        for acknowledged in (date(2026, 3, 4), date(2026, 3, 9), False):
            self._file_with_notice(
                acknowledged_date=acknowledged, provider_id=mediator.id
            )
        self._file_with_notice(
            date(2026, 3, 8), complainant_type="other", provider_id=mediator.id
        )
        draft = self._draft(
            self._rule(quantity=3, **ours),
            self._rule("other", complainant_type="other", **ours),
            self._rule("state", start_event="entered_notice", **ours),
        )
        with self._at(2026, 3, 10, 8):
            action = draft.action_forecast()
        forecast = self.env[action["res_model"]].browse(action["res_id"])
        counts = ("met_count", "late_count", "lapsed_count", "running_count")
        self.assertEqual(
            [[line[name] for name in counts] for line in forecast.line_ids],
            [[1, 1, 1, 1], [0, 0, 0, 1], [0, 0, 0, 0]],
        )
        # under the version that they started with, two were met in time
        self.assertEqual(forecast.line_ids[0].former_met_count, 2)
        # and nothing of it happened
        self.assertFalse(
            self.env["iso10003.deadline"].search([("rule_id.policy_id", "=", draft.id)])
        )

    def test_what_takes_longer_is_counted_in_the_background(self):
        self._enforce(self._rule(quantity=20))
        for _number in range(3):
            self._file_with_notice(acknowledged_date=date(2026, 3, 4))
        draft = self._draft(self._rule(quantity=3), self._rule("other", quantity=1))
        with self._at(2026, 3, 10, 8):
            at_once = draft.action_forecast()
            with patch.object(policy_forecast, "AT_ONCE", 1):
                action = draft.with_user(self.manager).action_forecast()
            job = self.env["iso10003.job"].browse(action["res_id"]).sudo()
            self.assertEqual((job.kind, job.state), ("forecast", "waiting"))
            with (
                patch.object(job_forecast, "BATCH", 2),
                patch.object(
                    self.registry["ir.cron"], "_commit_progress", lambda *_a, **_k: 1
                ),
            ):
                job._cron_work()
            self.assertEqual((job.state, job.error), ("done", False))
            action = job.with_user(self.manager).action_show_forecast()

        def read(action):
            forecast = self.env[action["res_model"]].browse(action["res_id"])
            counts = policy_forecast.COUNTS
            return [[line[name] for name in counts] for line in forecast.line_ids]

        self.assertEqual(read(action), read(at_once))
        self.assertTrue(read(action))
        with self.assertRaises(AccessError):
            job.with_user(self.handler).action_show_forecast()

    def test_open_files_count_however_old_and_closed_ones_of_the_period(self):
        old, closed = self._file_with_notice(), self._file_with_notice()
        self._record(closed, informed_date=TODAY)
        closed.action_close("discontinued", "The customer called.")
        action = self._draft(self._rule()).action_forecast()
        forecast = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(forecast.since, date(2025, 3, 2))
        found = self.env["iso10003.dispute"].search(forecast._get_file_domain())
        self.assertLessEqual(old | closed, found)
        forecast.since = date(2026, 3, 9)
        found = self.env["iso10003.dispute"].search(forecast._get_file_domain())
        self.assertIn(old, found)
        self.assertNotIn(closed, found)

    def test_only_managers_see_what_would_change(self):
        draft = self._draft(self._rule())
        with self.assertRaises(AccessError):
            draft.with_user(self.handler).action_forecast()

    # ------------------------------------------------------------
    # Packs
    # ------------------------------------------------------------

    def test_a_pack_is_installed_into_a_draft_switched_off(self):
        pack = self.env["iso10003.rule.pack"].create(
            {
                "name": "Somewhere",
                "rule_ids": [
                    Command.create(self._rule("x", is_example=True, active=False)),
                    Command.create(self._rule("y", is_example=True, active=False)),
                ],
            }
        )
        x, y = pack.with_context(active_test=False).rule_ids
        y.balance_rule_id = x
        policy = self._draft(self._rule("x"))
        action = policy.action_choose_packs()
        pack.with_user(self.manager).with_context(**action["context"]).action_install()
        installed = policy.with_context(active_test=False).rule_ids
        self.assertEqual(sorted(installed.mapped("code")), ["x", "y"])
        copied = installed.filtered(lambda rule: rule.code == "y")
        self.assertFalse(copied.active)
        self.assertTrue(copied.is_example)
        with self.assertRaisesRegex(UserError, "already"):
            pack.with_user(self.manager).with_context(
                **action["context"]
            ).action_install()

    def test_the_shipped_packs(self):
        packs = self.env["iso10003.rule.pack"].search([])
        rules = packs.with_context(active_test=False).rule_ids
        self.assertTrue(packs)
        for rule in rules:
            with self.subTest(rule=rule.code):
                self.assertFalse(rule.active)
                self.assertTrue(rule.is_example)
                self.assertTrue(rule.legal_basis and rule.checked_date)
                # what an organization sets itself is to be read nowhere
                house = rule.pack_id == self.env.ref("odoo_iso10003.rule_pack_house")
                self.assertTrue(house or rule.legal_url)
        policy = self._draft()
        with self._at(2026, 12, 1, 8):  # after they were checked
            packs.with_user(self.manager).with_context(
                install_into=policy.id
            ).action_install()
        installed = policy.with_context(active_test=False).rule_ids
        self.assertEqual(len(installed), len(rules))
        installed.action_unarchive()  # each of them can be counted
        self.assertTrue(all(installed.mapped("active")))
