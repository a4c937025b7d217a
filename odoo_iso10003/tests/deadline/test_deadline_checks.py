# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What limits say to audit questions."""

from datetime import timedelta

from ..conformity.conformity_common import ANY, NOW, OPEN, TODAY, CheckCase, days

QUESTIONS = {5, 26, 27, 72}


class TestDeadlineChecks(CheckCase):
    def _new_rule(self, start="notice_received", end="acknowledged", **vals):
        draft = self.env["iso10003.policy"].create(
            {"name": "Limits", "company_id": self.shop.id}
        )
        return self.env["iso10003.deadline.rule"].create(
            {
                "name": "Limit",
                "code": "limit",
                "policy_id": draft.id,
                "start_event": start,
                "end_event": end,
                **vals,
            }
        )

    def _new_deadline(self, rule, state, due, late_reason=None):
        """Return a limit as the clock left it, whatever the clock is now."""
        dispute = self._new_file(**OPEN)
        self.env.flush_all()
        self.env.cr.execute(
            """INSERT INTO iso10003_deadline
               (rule_id, file_id, company_id, actor, state, due, late_reason)
               VALUES (%s, %s, %s, %s, %s, %s, %s) RETURNING id""",
            [
                rule.id,
                dispute.file_ids.id,
                self.shop.id,
                rule.actor,
                state,
                NOW + timedelta(days=due),
                late_reason,
            ],
        )
        self.env.invalidate_all()
        return self.env["iso10003.deadline"].browse(self.env.cr.fetchone())

    def test_news_in_time(self):
        rule = self._new_rule()
        theirs = self._new_rule(actor="provider")
        other = self._new_rule("result_noted", "carried_out")
        self._new_deadline(rule, "running", 5)
        self._new_deadline(rule, "cancelled", -5)
        self._new_deadline(rule, "met_late", -500)
        self._new_deadline(theirs, "met_late", -5)
        self._new_deadline(other, "met_late", -5)
        self._assert_unchecked(self._result(5))
        self._new_deadline(rule, "met", -5)
        self._assert_holds(self._result(5), 1)
        late = self._new_deadline(rule, "met_late", -5)
        late |= self._new_deadline(rule, "running", -1)
        late |= self._new_deadline(rule, "lapsed", -9)
        self._assert_fails(self._result(5), late, 4)

    def test_delays_explained(self):
        rule = self._new_rule()
        self._new_deadline(rule, "met", -5)
        self._assert_unchecked(self._result(27))
        late = self._new_deadline(rule, "met_late", -5, "workload")
        # a reason that nobody was told explains nothing to them
        self._assert_fails(self._result(27), late, 1)
        letter = self._tell(late, "internal", "delay", -6)
        self._assert_fails(self._result(27), late, 1)
        self._set_columns(letter, audience="parties", state="draft")
        self._assert_fails(self._result(27), late, 1)
        self._set_columns(letter, state="sent")
        self._set_columns(late, start=NOW - timedelta(days=20))
        self._assert_holds(self._result(27), 1)
        # of a delay before it began, and with another matter while it ran
        self._set_columns(letter, sent_date=days(-21))
        self._assert_fails(self._result(27), late, 1)
        self._set_columns(letter, sent_date=days(-6), kind="other")
        self._assert_fails(self._result(27), late, 1)
        # what came late tells of it
        self._set_columns(letter, sent_date=days(-4))
        self._assert_holds(self._result(27), 1)
        silent = self._new_deadline(rule, "lapsed", -5)
        self._assert_fails(self._result(27), silent, 2)

    def test_delays_that_nobody_waits_for_take_a_reason(self):
        """27: nor is a letter asked for under versions from before."""
        inside = self._new_rule("result_noted", "carried_out")
        before = self._new_rule()
        self.env.cr.execute(
            "DELETE FROM iso10003_policy_gate WHERE policy_id = %s",
            [before.policy_id.id],
        )
        self._new_deadline(inside, "met_late", -5, "workload")
        self._new_deadline(before, "met_late", -5, "workload")
        self._assert_holds(self._result(27), 2)
        silent = self._new_deadline(inside, "running", -1)
        self._assert_fails(self._result(27), silent, 3)

    def _tell(self, late, audience, kind, day):
        """Return a letter as it was sent, past all rules."""
        english = self.env.ref("base.lang_en")
        self.env.cr.execute(
            """INSERT INTO iso10003_letter (file_id, company_id, kind, state, audience,
                                            language_id, channel, sent_date, digest)
               VALUES (%s, %s, %s, 'sent', %s, %s, 'post', %s, 'x') RETURNING id""",
            [late.file_id.id, self.shop.id, kind, audience, english.id, days(day)],
        )
        self.env.invalidate_all()
        return self.env["iso10003.letter"].browse(self.env.cr.fetchone())

    def _set_by_a_body(self, state, kind="reply"):
        """Return a limit of five days ago that a body set us."""
        deadline = self._new_deadline(self._new_rule(), state, -5)
        self._set_columns(deadline, given_kind=kind)
        return deadline

    def test_submissions(self):
        self._new_deadline(self._new_rule(), "lapsed", -5)
        self._set_by_a_body("lapsed", "fee")
        self._assert_unchecked(self._result(72))
        self._set_by_a_body("met")
        self._assert_holds(self._result(72), 1)
        late = self._set_by_a_body("lapsed", "deficiency")
        late |= self._set_by_a_body("met_late", "other")
        self._assert_fails(self._result(72), late, 3, ANY)
        self.env.cr.execute(
            "DELETE FROM iso10003_policy_gate WHERE code = 'proceedings_ended'"
        )
        self.env.invalidate_all()
        self._assert_unchecked(self._result(72))
        self.assertEqual(self._result(72).left_out, 3)

    def test_limits_of_each_state(self):
        rules = self.env["iso10003.deadline.rule"]
        ends = {
            "recourse_told": "referral",
            "acknowledged": "notice",
            "position_sent": "evaluation",
            "result_noted": "resolution",
            "carried_out": "implementation",
        }
        drafts = self.env["iso10003.policy"].with_user(self.lead)
        draft = drafts.with_company(self.shop).create({"name": "With limits"})
        for number, end in enumerate(ends):
            rules |= rules.create(
                {
                    "name": end,
                    "code": end,
                    "policy_id": draft.id,
                    "start_event": "opened",
                    "end_event": end,
                    "sequence": number,
                }
            )
        draft = draft.with_user(self.env.user)
        draft.action_approve()
        draft._put_in_force(TODAY)
        self._assert_limits("yes", 6, self.env["iso10003.policy"])
        self._set_columns(rules[2], active=False)
        self._assert_limits("no", 4, draft)
        self._set_columns(draft, state="superseded", valid_to=TODAY)
        self._assert_unchecked(self._result(26))

    def _assert_limits(self, verdict, value, failing):
        result = self._result(26)
        self.assertEqual((result.verdict, result.value), (verdict, float(value)))
        self.assertEqual(result.failing_ids, tuple(failing.ids))
        self.assertEqual(result.threshold, 6.0)
