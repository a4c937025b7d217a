# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""An escalation goes up the line, and a file to who may lead it."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .test_alarm_effects import DISPUTE, REFERRAL, STARTS, SWEEP, AlarmEffects


@tagged("-at_install", "post_install")
class TestUpTheLine(AlarmEffects):
    def _told(self, case):
        return case.deadline_ids.alarm_ids.filtered("escalation_id").user_id

    def test_a_vacant_role_goes_up_the_line_and_says_so(self):
        for kind in STARTS:
            for role in ("evaluator", "team_leader"):
                with self.subTest(kind=kind, role=role):
                    case = self._case(kind, self._level("activity", role=role))
                    self._let_it_lapse()
                    self.assertEqual(self._told(case), self.manager)
                    label = {"evaluator": "Evaluator", "team_leader": "Leader"}[role]
                    task = case.activity_ids.filtered(
                        lambda one: one.user_id == self.manager
                    )
                    self.assertIn(f"The role “{label}", task.note)
                    self.assertIn("is vacant, so", task.note)
                    [row] = case.register_ids.filtered(
                        lambda one: one.event == "escalated"
                    )
                    self.assertIn("is vacant, so", row.summary)
                    self.assertNotIn(self.manager.name, str(row.data))
        digests = self.env["mail.mail"].search(
            [
                ("recipient_ids", "=", self.manager.partner_id.id),
                ("subject", "like", "Deadlines"),
            ]
        )
        self.assertTrue(digests)
        for digest in digests:
            self.assertIn("is vacant, so", digest.body_html)

    def test_who_is_late_hears_of_it_only_as_the_owner(self):
        for kind in STARTS:
            with self.subTest(kind=kind):
                case = self._case(
                    kind,
                    self._level("activity", role="owner"),
                    self._level("activity", role="manager", offset=1),
                )
                self.company.dispute_manager_id = case.user_id
                case._hand_over(self.manager)
                self.company.dispute_manager_id = self.manager
                self._let_it_lapse()
                owner, above = case.deadline_ids.alarm_ids.filtered(
                    "escalation_id"
                ).sorted("at")
                self.assertEqual(owner.user_id, self.manager)
                self.assertFalse(owner.vacant)
                self.assertEqual(above.user_id, self.chief)  # the sponsor
                self.assertTrue(above.vacant)

    def test_a_person_by_name_who_owns_the_file_falls_out_too(self):
        case = self._case(
            DISPUTE, self._level("activity", role="user", user_id=self.handler.id)
        )
        self._let_it_lapse()
        self.assertEqual(self._told(case), self.manager)

    def test_where_there_is_nobody_else_it_ends_with_the_owner(self):
        case = self._case(DISPUTE, self._level("activity", role="manager"))
        group = self.env.ref("odoo_iso10003.group_manager")
        case._hand_over(self.manager)
        others = (group.all_user_ids - self.manager).filtered("active")
        others.sudo().active = False
        self._let_it_lapse()
        self.assertEqual(self._told(case), self.manager)


@tagged("-at_install", "post_install")
class TestHandOver(AlarmEffects):
    def test_nobody_is_made_owner_who_may_not_lead(self):
        dispute = self._open_dispute(self._new_ticket())
        archived = self._new_user("gone", "odoo_iso10003.group_handler", active=False)
        for user in (self.employee, self.auditor, self.counsel, self.portal, archived):
            with (
                self.subTest(user=user.login),
                self.assertRaisesRegex(ValidationError, "may not lead it"),
            ):
                dispute.with_user(self.manager).user_id = user
        for user in (self.stranger, self.evaluator, self.manager):
            dispute.with_user(self.manager).user_id = user
            self.assertEqual(dispute.sudo().user_id, user)

    def test_each_kind_is_handed_over_in_its_own_field(self):
        dispute = self._case(DISPUTE)
        dispute._hand_over(self.stranger)
        self.assertEqual(dispute.user_id, self.stranger)
        referral = self._case(REFERRAL)
        referral._hand_over(self.second_counsel)
        self.assertEqual(referral.counsel_id, self.second_counsel)
        with self.assertRaises(ValidationError):
            referral._hand_over(self.handler)

    @mute_logger(SWEEP)
    def test_who_may_not_lead_is_passed_over_on_the_way_up(self):
        for kind in STARTS:
            with self.subTest(kind=kind):
                case = self._case(
                    kind,
                    self._level("reassign", role="user", user_id=self.auditor.id),
                )
                self._let_it_lapse()
                self.assertFalse(self._failed(case))
                self.assertEqual(case.user_id, self.manager)
