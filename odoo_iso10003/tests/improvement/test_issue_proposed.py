# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError

from .improvement_common import LATE, ImprovementCase


class TestProposed(ImprovementCase):
    def test_a_cause_of_enough_files_is_proposed_and_the_manager_told(self):
        cause = self._new_cause()
        files = self._new_file(LATE, cause_id=cause.id) | self._new_file(
            cause_id=cause.id
        )
        self.assertFalse(self._look().filtered("cause_id"))
        files |= self._new_file("<p>Nothing else</p>", cause_id=cause.id)
        found = self._look().filtered("cause_id")
        self.assertEqual(found.cause_id, cause)
        self.assertEqual(found.state, "proposed")
        self.assertEqual(found.candidate_ids, files)
        self.assertFalse(files.issue_id, "nobody has decided yet")
        task = found.activity_ids
        self.assertEqual(task.user_id, self.company._get_any_manager())
        self.assertIn(cause.name, task.summary)
        # the next night finds nothing new
        self.assertFalse(self._look())

    def test_files_that_tell_of_the_same_are_proposed_with_their_words(self):
        files = self._new_file() | self._new_file() | self._new_file()
        late = self._new_file(LATE)
        found = self._look()
        self.assertEqual(len(found), 1)
        self.assertLessEqual(files, found.candidate_ids)
        self.assertNotIn(late, found.candidate_ids)
        self.assertIn("cracked", found.words)
        self.assertEqual(found.found_by, "words")

    def test_files_of_long_ago_do_not_count(self):
        cause = self._new_cause()
        files = [self._new_file(cause_id=cause.id) for _n in range(3)]
        files[0].sudo()._guarded_write(
            {"opened_date": fields.Datetime.add(fields.Datetime.now(), months=-7)}
        )
        self.assertFalse(self._look().filtered("cause_id"))

    def test_what_is_accepted_has_the_files_and_takes_new_ones_as_proposed(self):
        cause = self._new_cause()
        files = self._new_file(cause_id=cause.id)
        files |= self._new_file(cause_id=cause.id) | self._new_file(cause_id=cause.id)
        issue = self._look().filtered("cause_id")
        issue.action_accept()
        self.assertEqual(issue.dispute_ids, files)
        self.assertEqual(issue.state, "open")
        self.assertFalse(issue.activity_ids)
        with self.assertRaisesRegex(UserError, "already"):
            issue.action_accept()
        more = self._new_file(cause_id=cause.id)
        self.assertFalse(self._look())
        self.assertEqual(issue.candidate_ids, more)
        issue.action_take_candidates()
        self.assertEqual(more.issue_id, issue)

    def test_what_is_dismissed_does_not_come_again(self):
        cause = self._new_cause()
        for _n in range(3):
            self._new_file(LATE, cause_id=cause.id)
        for issue in self._look():
            issue.action_dismiss("A strike, which is over.")
        self.assertFalse(self._look())
        # three new ones are as many as three
        for _n in range(3):
            self._new_file("<p>Nothing else</p>", cause_id=cause.id)
        self.assertTrue(self._look())

    def test_the_threshold_is_of_the_policy_in_force(self):
        self.company.sudo()._get_any_manager()
        policy = self.env["iso10003.policy"]._in_force(
            self.company, self.company._get_company_day()
        )
        with self.assertRaises(UserError):
            policy.with_user(self.manager).issue_files = 2
        policy.sudo().with_context(tracking_disable=True)._guarded_write(
            {"issue_files": 2}
        )
        cause = self._new_cause()
        self._new_file(LATE, cause_id=cause.id)
        self._new_file("<p>Nothing else</p>", cause_id=cause.id)
        self.assertEqual(self._look().filtered("cause_id").cause_id, cause)

    def test_the_look_is_work_in_the_background(self):
        cause = self._new_cause()
        for _n in range(3):
            self._new_file(cause_id=cause.id)
        with self.assertRaises(AccessError):
            self.issues.with_user(self.handler).action_look_for_issues()
        self.issues.action_look_for_issues()
        job = self.env["iso10003.job"].search([("kind", "=", "issues")], limit=1)
        job._take_step()
        self.assertEqual(job.state, "done")
        self.assertIn("Issues proposed:", job.message)
        self.assertTrue(self.issues.search([("cause_id", "=", cause.id)]))

    def test_a_handler_suggests_and_learns_nothing_of_others(self):
        cause = self._new_cause()
        file = self._new_file(cause_id=cause.id)
        like = self._new_file(cause_id=cause.id)
        secret = self._new_file(cause_id=cause.id, user=self.stranger)
        with self.assertRaisesRegex(UserError, "reason"):
            file.action_suggest_issue("Drums", " ")
        dialog = file.env["iso10003.issue.suggest"].create(
            {"dispute_id": file.id, "name": "Drums", "reason": "The third this week"}
        )
        dialog.action_confirm()
        issue = self.issues.search([("name", "=", "Drums")])
        self.assertLessEqual(file | like, issue.candidate_ids)
        self.assertNotIn(secret, issue.candidate_ids)
        self.assertEqual(issue.state, "proposed")
        self.assertFalse(issue.with_user(self.handler).search([("id", "=", issue.id)]))

    def test_a_proposal_that_waits_long_is_a_fault_of_question_88(self):
        file = self._new_file()
        file.action_suggest_issue("Drums", "The third this week")
        issue = self.issues.search([("name", "=", "Drums")])
        rule = file.sudo()._audit_classified(self.company)
        disputes = self.env["iso10003.dispute"]
        file.sudo().category_id = self.env.ref("odoo_iso10003.category_warranty")
        self.assertNotIn(file, disputes.search(rule.broken))
        self.env.cr.execute(
            "UPDATE iso10003_issue SET create_date = create_date - interval '31 days' "
            "WHERE id = %s",
            [issue.id],
        )
        self.assertIn(file, disputes.search(rule.broken))
        issue.action_dismiss("A strike, which is over.")
        self.assertNotIn(file, disputes.search(rule.broken))
