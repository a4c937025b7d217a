# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each case has one file, which says what its case says, and nothing to outsiders."""

from odoo.exceptions import AccessError, UserError

from ..legal.legal_common import LegalCase
from ..migration_common import empty_table, run_migration

COPIES = ("name", "subject", "company_id", "policy_id")


class TestFile(LegalCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.referral = cls._draft_referral()
        cls.proceeding = cls._propose(cls.dispute)
        cls.cases = (
            cls.dispute.sudo(),
            cls.referral.sudo(),
            cls.proceeding.sudo(),
        )

    def test_all_kinds_are_walked_here(self):
        self.assertEqual(
            {case._name for case in self.cases},
            set(self.env["iso10003.file"]._get_kinds()),
        )

    def test_each_case_has_one_file_that_says_what_it_says(self):
        for case in self.cases:
            file = case.file_ids
            self.assertEqual(len(file), 1)
            self.assertEqual(file._get_case(), case)
            for name in COPIES:
                self.assertEqual(file[name], case[name], name)
            self.assertEqual(file.display_name, f"{case.name} · {case.subject}")
            self.assertEqual(file.user_id, case.user_id)
        self.assertEqual(self.dispute.team_id, self.dispute.sudo().file_ids.team_id)
        self.assertEqual(
            self.referral.sudo().file_ids.parent_id, self.dispute.sudo().file_ids
        )
        self.assertTrue(self.referral.sudo().file_ids.privileged)

    def test_what_is_copied_is_written_by_hand(self):
        """What is computed changes past ``write``, and a copy would not follow."""
        for case in self.cases:
            for source in case._get_file_copies().values():
                field = case._fields[source.split(".")[0]]
                self.assertTrue(field.store and not field.compute, field)

    def test_a_kind_of_case_names_one_who_reads_it_too(self):
        """Limits keep that one, and nobody else beside the owner and the team."""
        for case in self.cases:
            path = case._get_file_copies().get("reader_ids", "user_id")
            *links, last = path.split(".")
            holder = case.browse()
            for link in links:
                holder = holder[link]
            self.assertEqual(holder._fields[last].type, "many2one", case._name)

    def test_it_follows_its_case(self):
        self.dispute.write({"subject": "Other", "evaluator_id": self.evaluator.id})
        self.dispute.user_id = self.evaluator
        file = self.dispute.sudo().file_ids
        self.assertEqual(file.subject, "Other")
        self.assertEqual(file.user_id, self.evaluator)
        self.assertEqual(file.reader_ids, self.evaluator)
        for name in ("subject", "user_id", "reader_ids"):
            self.assertEqual(self.proceeding.sudo().file_ids[name], file[name], name)
        self.referral.sudo().write({"counsel_id": False})
        self.assertFalse(self.referral.sudo().file_ids.user_id)

    def test_who_reads_the_case_reads_the_file_and_nobody_else(self):
        self.dispute.evaluator_id = self.evaluator
        self.env.flush_all()
        for case in self.cases:
            for user in (
                self.employee,
                self.agent,
                self.handler,
                self.evaluator,
                self.stranger,
                self.manager,
                self.sponsor,
                self.counsel,
                self.auditor,
                self.portal,
            ):
                self.env.invalidate_all()
                file = case.file_ids.with_env(self.env).with_user(user)
                reads = case.with_env(self.env).with_user(user).has_access("read")
                # the portal reads cases by its own list, and no files
                wanted = reads and user != self.portal
                with self.subTest(case=case._name, user=user.login):
                    self.assertEqual(file.has_access("read"), wanted)
                    if file.browse().has_access("read"):
                        found = file.search([("id", "=", file.id)])
                        self.assertEqual(bool(found), wanted)

    def test_nobody_makes_or_moves_a_file(self):
        files = self.env["iso10003.file"]
        vals = {"model": "iso10003.dispute", "res_id": self.dispute.id + 1000}
        for user in (self.handler, self.manager, self.counsel):
            with self.assertRaises(AccessError):
                files.with_user(user).create(vals)
            with self.assertRaises(AccessError):
                self.dispute.with_user(user).file_ids.write({"user_id": user.id})
        file = self.dispute.sudo().file_ids
        for name in ("model", "res_id"):
            with self.assertRaises(UserError):
                file.write({name: vals[name] if name == "res_id" else "res.partner"})

    def test_it_opens_its_case(self):
        action = self.dispute.file_ids.get_formview_action()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("iso10003.dispute", self.dispute.id),
        )

    def test_a_batch_takes_no_more_queries_than_one(self):
        tickets = self.env["helpdesk.ticket"].browse()
        for _number in range(12):
            tickets |= self._new_ticket()
        disputes = tickets.with_user(self.handler)._open_disputes()
        files = self.env["iso10003.file"].sudo().browse(disputes.sudo().file_ids.ids)
        self.env.flush_all()
        for some in (files[:1], files):
            self.env.invalidate_all()
            with self.assertQueryCount(2):  # the files, and their cases
                for file in some:
                    self.assertTrue(file._get_case().name)


class TestFileMigration(LegalCase):
    """Cases that were there before have their files, with all that they say."""

    def test_the_files_are_made(self):
        referral = self._draft_referral().sudo()
        dispute = self.dispute.sudo()
        wanted = {
            case: case.file_ids.read(
                [*COPIES, "user_id", "team_id", "reader_ids", "privileged"]
            )[0]
            for case in (dispute, referral)
        }
        deadlines = self.env["iso10003.deadline"].sudo().search([])
        self.assertTrue(deadlines)
        cases = [deadline._get_file() for deadline in deadlines]
        self._take_files_away()
        run_migration(self.env, "19.0.1.4.0/pre-file", "19.0.1.3.0")
        run_migration(self.env, "19.0.1.4.0/post-file", "19.0.1.3.0")
        for case, values in wanted.items():
            [found] = case.file_ids.read(list(values))
            self.assertEqual({**found, "id": 0}, {**values, "id": 0})
        self.assertEqual(referral.file_ids.parent_id, dispute.file_ids)
        self.assertEqual([deadline._get_file() for deadline in deadlines], cases)
        self.assertFalse(self.env["iso10003.register"].sudo().verify_chain())

    def _take_files_away(self):
        """Leave the tables as they were before, and no constraint of today."""
        self.env.flush_all()
        for statement in (
            "ALTER TABLE iso10003_deadline ADD dispute_id INT4, ADD referral_id INT4",
            """UPDATE iso10003_deadline AS deadline
                  SET dispute_id = CASE model WHEN 'iso10003.dispute' THEN res_id END,
                      referral_id = CASE model WHEN 'iso10003.referral' THEN res_id END
                 FROM iso10003_file AS file WHERE file.id = deadline.file_id""",
            "ALTER TABLE iso10003_deadline ALTER file_id DROP NOT NULL",
            "UPDATE iso10003_deadline SET file_id = NULL",
        ):
            self.env.cr.execute(statement)
        empty_table(self.env.cr, "iso10003_file")
        self.env.invalidate_all()
