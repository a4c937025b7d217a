# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta
from unittest.mock import patch

from odoo import fields

from ...models.improvement import job as jobs
from ...models.proceeding import rehashed
from .document_common import DocumentCase


class TestRehash(DocumentCase):
    """What is stored is what was put on file: a sample is asked each night."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.papers = cls.env["iso10003.document"].union(
            *(
                cls._put_on_file(f"Paper {number}", f"Text {number}".encode())
                for number in range(8)
            )
        )

    def _work(self):
        """Let the scheduled actions run, and return the work of our company."""
        work = self.env["iso10003.job"]
        before = work.search([("kind", "=", "rehash")])
        work._cron_rehash()
        crons = self.env.registry["ir.cron"]
        with patch.object(crons, "_commit_progress", lambda *_args, **_kw: 1):
            work._cron_work()
        found = work.search([("kind", "=", "rehash")]) - before
        return found.filtered(lambda job: job.company_id == self.dispute.company_id)

    def _swap(self, document, other):
        """Let another content lie where a document's is, past all that forbids it."""
        stored = document.sudo()._get_stored_files()[document.sudo()]
        former = stored.store_fname
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE ir_attachment SET store_fname = %s WHERE id = %s",
            [other or former, stored.id],
        )
        self.env.invalidate_all()
        return former

    def _new_content(self):
        made = self.env["ir.attachment"].create({"name": "x", "raw": b"Something else"})
        return made.store_fname

    def _sign(self):
        self.env.flush_all()
        self.env.invalidate_all()
        health = self.env["iso10003.health"].with_user(self.manager)
        return health.search([("code", "=", "papers")])

    def test_a_sample_is_drawn_other_ones_each_day(self):
        company = self.dispute.company_id
        drawn = {
            seed: self.papers._draw_sample(company, seed) for seed in ("a", "b", "c")
        }
        everything = self.papers.search([("company_id", "=", company.id)])
        for found in drawn.values():
            self.assertLess(len(found), len(everything))
            self.assertGreaterEqual(len(found), 5)
        self.assertGreater(len({tuple(sorted(one.ids)) for one in drawn.values()}), 1)

    def test_nothing_changed_is_told_as_a_sample(self):
        job = self._work()
        self.assertEqual(job.state, "done", job.error)
        self.assertEqual(job.result["changed"], [])
        self.assertEqual(job.done, job.result["hashed"])
        self.assertLess(job.result["hashed"], job.result["all"])
        sign = self._sign()
        self.assertEqual(sign.verdict, "well")
        self.assertIn("A sample of", sign.told)

    def test_nobody_is_warned_before_the_first_night(self):
        self.assertEqual(self._sign().verdict, "well")
        self.env.cr.execute(
            "UPDATE iso10003_document SET create_date = create_date - INTERVAL '3 days'"
        )
        self.assertEqual(self._sign().verdict, "late")

    def test_a_changed_one_is_a_task_a_row_and_told(self):
        victim = self.papers[3]
        former = self._swap(victim, self._new_content())
        with patch.object(rehashed.sampling, "size", lambda count, _least: count):
            job = self._work()
        self.assertEqual(job.result["changed"], victim.ids)
        self.assertEqual(victim.differs_date, self.dispute._get_company_day())
        row = self.dispute.register_ids.filtered(lambda one: "found" in one.data)
        self.assertEqual(row.data["record"], victim.id)
        self.assertNotEqual(row.data["found"], victim.sha256)
        task = self.dispute.activity_ids.filtered(
            lambda one: one.activity_type_id == self.env.ref(rehashed.CHANGED)
        )
        self.assertEqual(task.user_id, self.dispute.company_id._get_any_manager())
        self.assertIn(str(victim.id), task.summary)
        sign = self._sign()
        self.assertEqual((sign.verdict, sign.failed_count), ("failing", 1))
        shown = self.env["iso10003.document"].search(sign.action_view()["domain"])
        self.assertEqual(shown, victim)
        # it is looked at each night, and said once
        job = self._work()
        self.assertEqual(job.result["changed"], victim.ids)
        self.assertEqual(len(self.dispute.activity_ids & task), 1)
        rows = self.dispute.register_ids.filtered(lambda one: "found" in one.data)
        self.assertEqual(rows, row)
        # restored, it is right again
        self._swap(victim, former)
        self.assertEqual(self._work().result["changed"], [])
        self.assertFalse(victim.differs_date)
        self.assertEqual(self._sign().verdict, "well")
        self.assertEqual(
            self.env["iso10003.register"].verify_chain([self.dispute._register_file()]),
            [],
        )

    def test_many_are_hashed_in_steps(self):
        with patch.object(jobs, "REHASH_BATCH", 2):
            job = self._work()
        self.assertEqual((job.state, job.done), ("done", job.total))
        self.assertGreater(job.done, 4)

    def test_a_night_that_was_missed_is_told(self):
        job = self._work()
        self.assertEqual(self._sign().verdict, "well")
        job.ended_date = fields.Datetime.now() - timedelta(days=3)
        self.assertEqual(self._sign().verdict, "late")
