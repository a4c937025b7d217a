# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from contextlib import contextmanager

from odoo.exceptions import AccessError
from odoo.service.model import call_kw

from ...core import chain
from ..common import ADDON
from ..core.verify_script import VerifyScript
from .register_common import RegisterCase


class TestTampering(VerifyScript, RegisterCase):
    """Somebody with the database's password changes history, triggers off."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company2 = cls.env["res.company"].create({"name": "Elsewhere"})

    def setUp(self):
        super().setUp()
        self.dispute.waiting_on = "provider"
        self.dispute.action_hold("Mrs Example is in hospital.")
        self.dispute.action_resume()
        self.other = self._open_dispute(self._new_ticket())
        # four rows: opened, waiting, hold with a text, resume
        self.assertEqual(self._breaks(), [])
        self.assertEqual(self._run_script(self._export()).returncode, 0)

    @contextmanager
    def _tampered(self, *statements):
        """Run statements that name the file ``%(file)s``, and undo them after."""
        self.env.flush_all()
        savepoint = self.env.cr.savepoint()
        try:
            for table in ("register", "register_note"):
                self.env.cr.execute(
                    f"ALTER TABLE iso10003_{table} DISABLE TRIGGER USER"
                )
            for statement in statements:
                self.env.cr.execute(statement, {"file": self.file})
                self.assertGreater(self.env.cr.rowcount, 0, statement)
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def _export(self):
        return list(self.env["iso10003.register"]._export_lines([self.file]))

    def _check_found(self, sequence, problem, by_script=True):
        """Odoo and the script find it, whether asked for this file or for all."""
        found = (self.file, sequence, problem)
        self.assertEqual(self._breaks([self.file]), [found])
        self.assertIn(found, self._breaks())
        register = self.env["iso10003.register"].with_user(self.auditor)
        message = register.action_verify_all()["params"]["message"]
        self.assertRegex(message, rf"{self.file}: row {sequence} \w")
        run = self._run_script(self._export())
        if by_script:
            self.assertEqual(run.returncode, 1, run.stderr)
            self.assertIn(f"{self.file}: BROKEN: row {sequence} ", run.stdout)
        return run

    def test_an_edit_of_any_column_is_found(self):
        edits = {
            "version": ("version + 1", "version"),
            "company_id": (str(self.company2.id), "content"),
            "file": ("'iso10003.dispute,0'", "missing"),
            "sequence": ("99", "missing"),
            "at": ("at + interval '1 microsecond'", "content"),
            "actor": ("actor + 1", "content"),
            "event": ("'correction'", "content"),
            "data": ("""data || '{"to": "complainant"}'""", "content"),
            "previous_hash": ("repeat('a', 64)", "content"),
            "hash": ("repeat('a', 64)", "content"),
            # not sealed, because it follows from the file, which is
            "dispute_id": (str(self.other.id), "misplaced"),
        }
        self.env.cr.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_name = 'iso10003_register' AND column_name <> 'id'"
        )
        # how kinds of files of rooms above find their rows, the same look compares
        above = self.env["iso10003.register"]._get_shown_by().keys() - edits.keys()
        columns = {name for (name,) in self.env.cr.fetchall()}
        self.assertEqual(columns, edits.keys() | above)
        for column, (value, problem) in edits.items():
            edit = (
                f"UPDATE iso10003_register SET {column} = {value} WHERE file = %(file)s"
            )
            with (
                self.subTest(column),
                self._tampered(f"{edit} AND sequence = 2"),
            ):
                run = self._check_found(2, problem, by_script=column != "dispute_id")
                if column == "dispute_id":  # nothing of it is in the export
                    self.assertEqual(run.returncode, 0)

    def test_a_value_of_another_kind_is_found(self):
        for value in ("NULL", "'[]'", "'5'", "'1.5'", """'{"to": 1.0}'"""):
            with (
                self.subTest(value),
                self._tampered(
                    f"UPDATE iso10003_register SET data = {value} "
                    "WHERE file = %(file)s AND sequence = 3"
                ),
            ):
                self._check_found(3, "content")

    def test_a_value_that_python_cannot_read_is_found(self):
        """The row is named, whatever is in it, and the other files are looked at."""
        digits, depth = "9" * 5000, 3000
        for value in (digits, f'{{"n": {digits}}}', "[" * depth + "]" * depth):
            with (
                self.subTest(value[:9]),
                self._tampered(
                    f"UPDATE iso10003_register SET data = '{value}' "
                    "WHERE file = %(file)s AND sequence = 3",
                    f"UPDATE iso10003_register SET data = '{value}' WHERE file = "
                    f"'iso10003.dispute,{self.other.id}'",
                ),
            ):
                self._check_found(3, "content")
                self.assertEqual(len(self._breaks()), 2)

    def test_an_instant_that_python_cannot_read_is_found(self):
        for value in ("infinity", "0044-03-15 12:00:00 BC"):
            with (
                self.subTest(value),
                self._tampered(
                    f"UPDATE iso10003_register SET at = '{value}' "
                    "WHERE file = %(file)s AND sequence = 3"
                ),
            ):
                self._check_found(3, "content")

    def test_a_text_without_salt_is_found_and_exported(self):
        self.env.cr.execute(
            "ALTER TABLE iso10003_register_note ALTER salt DROP NOT NULL"
        )
        with self._tampered(
            "UPDATE iso10003_register_note SET salt = NULL, text = 'Forged' "
            "WHERE register_id IN "
            "(SELECT id FROM iso10003_register WHERE file = %(file)s)"
        ):
            self._check_found(3, "note")
            self.assertIn('"Forged"', self._export()[2])

    def test_a_text_that_was_deleted_past_the_register_is_found(self):
        with self._tampered(
            "DELETE FROM iso10003_register_note WHERE register_id IN "
            "(SELECT id FROM iso10003_register WHERE file = %(file)s)"
        ):
            self._check_found(3, "gone")

    def test_a_forged_row_with_a_hash_of_its_own_is_found_in_the_next(self):
        row = json.loads(self._export()[1])
        row["data"]["to"] = "complainant"
        data, row_hash = chain.canonical(row["data"]), chain.entry_hash(row)
        with self._tampered(
            f"UPDATE iso10003_register SET data = '{data}', hash = '{row_hash}' "
            "WHERE file = %(file)s AND sequence = 2"
        ):
            self._check_found(3, "link")

    def test_a_row_deleted_in_the_middle_is_found(self):
        with self._tampered(
            "DELETE FROM iso10003_register WHERE file = %(file)s AND sequence = 2"
        ):
            self._check_found(2, "missing")

    def test_a_row_deleted_with_the_numbers_closed_up_is_found(self):
        with self._tampered(
            "DELETE FROM iso10003_register WHERE file = %(file)s AND sequence = 2",
            *(
                f"UPDATE iso10003_register SET sequence = {number} "
                f"WHERE file = %(file)s AND sequence = {number + 1}"
                for number in (2, 3)
            ),
        ):
            self._check_found(2, "content")

    def test_a_row_deleted_at_the_end_is_found(self):
        with self._tampered(
            "DELETE FROM iso10003_register WHERE file = %(file)s AND sequence = 4"
        ):
            self._check_found(4, "missing")

    def test_a_row_inserted_at_the_end_is_found(self):
        with self._tampered(self._insertion(5)):
            self._check_found(5, "content")

    def test_a_row_that_fits_but_was_not_appended_is_found(self):
        head = json.loads(self._export()[-1])["head"]
        row = json.loads(self._export()[3])
        row = chain.seal((head["sequence"], head["hash"]), {**row, "data": {}})
        with self._tampered(
            self._insertion(5, source=4),
            f"UPDATE iso10003_register SET hash = '{row['hash']}', data = '{{}}', "
            f"previous_hash = '{row['previous_hash']}' "
            "WHERE file = %(file)s AND sequence = 5",
        ):
            self._check_found(5, "surplus")

    def test_a_row_inserted_in_the_middle_is_found(self):
        with self._tampered(
            *(
                f"UPDATE iso10003_register SET sequence = {number + 1} "
                f"WHERE file = %(file)s AND sequence = {number}"
                for number in (4, 3)
            ),
            self._insertion(3),
        ):
            self._check_found(3, "content")

    def _insertion(self, number, source=2):
        """Return SQL for a copy of a row under another number."""
        return f"""
            INSERT INTO iso10003_register (version, company_id, file, dispute_id,
                sequence, at, actor, event, data, previous_hash, hash)
            SELECT version, company_id, file, dispute_id, {number}, at, actor, event,
                data, previous_hash, hash
              FROM iso10003_register WHERE file = %(file)s AND sequence = {source}"""

    def test_a_row_that_is_there_twice_is_found(self):
        self.env.cr.execute("DROP INDEX iso10003_register_file_sequence_unique")
        with self._tampered(self._insertion(2)):
            self._check_found(2, "doubled")

    def test_two_rows_that_changed_places_are_found(self):
        swap = "UPDATE iso10003_register SET sequence = {} " + (
            "WHERE file = %(file)s AND sequence = {}"
        )
        with self._tampered(swap.format(-1, 2), swap.format(2, 4), swap.format(4, -1)):
            self._check_found(2, "content")

    def test_a_chain_that_is_gone_is_found_by_its_record(self):
        gone = (
            "DELETE FROM iso10003_register_note WHERE register_id IN "
            "(SELECT id FROM iso10003_register WHERE file = %(file)s)",
            "DELETE FROM iso10003_register WHERE file = %(file)s",
        )
        head = "UPDATE iso10003_register_head SET {} WHERE file = %(file)s"
        with self._tampered(*gone):
            self._check_found(1, "missing")
        with self._tampered(
            *gone, head.format(f"sequence = 0, hash = '{chain.GENESIS}'")
        ):
            self._check_found(1, "missing")
        with self._tampered(
            *gone, "DELETE FROM iso10003_register_head WHERE file = %(file)s"
        ):
            run = self._check_found(1, "missing", by_script=False)
            self.assertIn("no register row", run.stderr)

    def test_a_change_of_the_noted_end_is_found(self):
        for vals, sequence, problem in (
            ("sequence = 9", 5, "missing"),
            ("sequence = 2", 3, "surplus"),
            ("hash = repeat('a', 64)", 4, "head"),
        ):
            with (
                self.subTest(vals),
                self._tampered(
                    f"UPDATE iso10003_register_head SET {vals} WHERE file = %(file)s"
                ),
            ):
                self._check_found(sequence, problem)
        with self._tampered("DELETE FROM iso10003_register_head WHERE file = %(file)s"):
            self._check_found(5, "no head")

    def test_a_changed_text_is_found(self):
        for vals in (
            "text = 'Mrs Example is on holiday.'",
            "text = ''",
            "salt = 'abc'",
            "salt = '', text = 'Mrs Example is on holiday.'",
        ):
            with (
                self.subTest(vals),
                self._tampered(
                    f"UPDATE iso10003_register_note SET {vals} WHERE register_id IN "
                    "(SELECT id FROM iso10003_register WHERE file = %(file)s)"
                ),
            ):
                self._check_found(3, "note")

    def test_a_text_that_was_moved_to_another_row_is_found(self):
        with self._tampered(
            """UPDATE iso10003_register_note n SET register_id = other.id
                 FROM iso10003_register r, iso10003_register other
                WHERE r.id = n.register_id AND r.file = %(file)s
                  AND other.file = r.file AND other.sequence = 2"""
        ):
            self._check_found(2, "note")

    def test_an_end_cut_off_with_its_head_is_found_by_a_paper_head_alone(self):
        """What the database cannot know any more, a copy elsewhere does."""
        last, third = (json.loads(self._export()[place])["hash"] for place in (3, 2))
        with self._tampered(
            "DELETE FROM iso10003_register WHERE file = %(file)s AND sequence = 4",
            f"UPDATE iso10003_register_head SET sequence = 3, hash = '{third}' "
            "WHERE file = %(file)s",
        ):
            self.assertEqual(self._breaks([self.file]), [])
            run = self._run_script(self._export(), "--head", f"4:{last}")
            self.assertEqual(run.returncode, 1)
            self.assertIn(f"{self.file}: BROKEN: row 4 is missing", run.stdout)

    def test_a_paper_head_holds_while_the_file_goes_on(self):
        last = json.loads(self._export()[3])["hash"]
        self.dispute.waiting_on = "complainant"
        run = self._run_script(self._export(), "--head", f"4:{last}")
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_the_break_of_one_file_is_none_of_another(self):
        with self._tampered(
            "UPDATE iso10003_register SET actor = 0 "
            "WHERE file = %(file)s AND sequence = 1"
        ):
            self.assertEqual(self._breaks(), [(self.file, 1, "content")])
            self.assertEqual(self._breaks([self.other._register_file()]), [])


class TestVerification(RegisterCase):
    def test_managers_and_auditors_verify(self):
        for user in (self.manager, self.auditor):
            self.assertEqual(self._breaks(user=user), [])

    def test_nobody_else_does(self):
        for user in (self.handler, self.counsel, self.employee, self.portal):
            register = self.env["iso10003.register"].with_user(user)
            with self.subTest(user.login):
                with self.assertRaisesRegex(AccessError, "auditors and managers"):
                    register.verify_chain()
                with self.assertRaisesRegex(AccessError, "auditors and managers"):
                    register.action_verify_all()
                with self.assertRaises(AccessError):
                    self.dispute.with_user(user).action_verify_register()

    def test_the_buttons_say_what_came_out(self):
        """Called as the web client calls them."""
        for model, name, ids in (
            ("iso10003.register", "action_verify_all", []),
            ("iso10003.register", "action_verify_all", self._rows().ids),
            ("iso10003.dispute", "action_verify_register", self.dispute.ids),
        ):
            action = call_kw(self.env[model].with_user(self.auditor), name, [ids], {})
            self.assertEqual(action["params"]["type"], "success")
            self.assertRegex(action["params"]["message"], "^Every chain .*is whole")
        self.env.cr.execute("ALTER TABLE iso10003_register DISABLE TRIGGER USER")
        self.env.cr.execute("UPDATE iso10003_register SET actor = 0 WHERE sequence = 1")
        action = self.dispute.with_user(self.auditor).action_verify_register()
        self.assertEqual(action["params"]["type"], "danger")
        self.assertTrue(action["params"]["sticky"])
        self.assertIn(
            f"{self.file}: row 1 was changed: its content does not match its hash.",
            action["params"]["message"],
        )
        self.assertIn(
            "append_only of the register is switched off", action["params"]["message"]
        )

    def test_each_company_verifies_its_own_files(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        elsewhere = self._new_user(
            "elsewhere",
            f"{ADDON}.group_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        ticket = self._new_ticket(
            company_id=company.id, team_id=False, stage_id=False, user_id=False
        )
        dispute = self._open_dispute(ticket, elsewhere)
        file = dispute._register_file()
        self.assertEqual(self._breaks([file], elsewhere), [])
        self.env.cr.execute("ALTER TABLE iso10003_register DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE iso10003_register SET actor = 0 WHERE file = %s", [file]
        )
        self.assertEqual(self._breaks(user=elsewhere), [(file, 1, "content")])
        self.assertEqual(self._breaks(), [])
        for asked, user in ((file, self.auditor), (self.file, elsewhere)):
            with self.assertRaisesRegex(AccessError, asked):
                self._breaks([asked], user)
        with self.assertRaises(AccessError):
            dispute.with_user(self.manager).action_verify_register()

    def test_what_is_no_file_is_not_called_whole(self):
        for name in ("iso10003.dispute,0", "", "nonsense"):
            with self.subTest(name), self.assertRaises(AccessError):
                self._breaks([name])
        self.assertEqual(self._breaks([]), [])
