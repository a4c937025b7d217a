# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, ValidationError
from odoo.tools import mute_logger

from ...core import flow
from ..common import ADDON
from ..policy.policy_common import PolicyCase


class TestGates(PolicyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        shipped = cls.env.ref(f"{ADDON}.gate_notice_category_set")
        action = shipped.with_user(cls.manager).action_adapt()
        cls.gate = shipped.browse(action["res_id"])
        cls.env.cr.flush()  # what is made just now is not tracked yet

    def _checks(self):
        """Codes of the ``_gate_*`` methods of a dispute."""
        return {
            name.removeprefix("_gate_")
            for name in dir(type(self.env["iso10003.dispute"]))
            if name.startswith("_gate_")
        }

    def test_each_state_asks_for_something(self):
        gates = self.env["iso10003.gate"].search([("severity", "!=", "off")])
        self.assertEqual(set(gates.mapped("state")), set(flow.STATES))

    def test_each_check_has_a_gate_and_each_gate_a_check(self):
        gates = self.present.gate_ids
        self.assertTrue(gates)
        self.assertEqual(set(gates.mapped("code")), self._checks())

    def test_each_gate_says_its_clause_and_where_to_go(self):
        for gate in self.env["iso10003.gate"].search([]):
            with self.subTest(gate=gate.name):
                self.assertRegex(gate.clause, r"^\d+(\.\d+)*$")
                self.assertTrue(gate.advice)

    def test_ending_early_from_any_open_state_tells_the_complainant(self):
        for state in flow.OPEN_STATES:
            gates = self.env["iso10003.policy.gate"]._asked_in(
                self.present, "small", state, "early_end"
            )
            self.assertIn("complainant_informed", gates.mapped("code"))

    def test_an_unknown_check_is_refused(self):
        gates = self.env["iso10003.gate"].with_user(self.manager)
        for code in ("", "everything", "category_set ", "write", "_category_set"):
            with (
                self.subTest(code=code),
                self.assertRaisesRegex(
                    ValidationError, "“Order”: there is no check .* existing gate"
                ),
            ):
                gates.create(
                    {"name": "Order", "code": code, "state": "notice", "clause": "7.3"}
                )
        with self.assertRaisesRegex(ValidationError, "there is no check “unlink”"):
            self.gate.with_user(self.manager).code = "unlink"

    def test_a_check_is_asked_once_in_a_state(self):
        gates = self.env["iso10003.gate"].with_user(self.manager)
        vals = {"name": "Again", "code": "category_set", "clause": "8.2"}
        gates.create({**vals, "state": "position"})
        with mute_logger("odoo.sql_db"):
            with self.assertRaises(UniqueViolation):
                gates.create({**vals, "state": "notice"})
            result = gates.load(
                ["name", "code", "state", "clause"],
                [["Again", "category_set", "notice", "8.2"]],
            )
        self.assertIn("already asked", result["messages"][0]["message"])

    def test_how_strict_a_gate_is_leaves_a_trace(self):
        gate = self.gate.with_user(self.manager)
        self.assertEqual(gate.severity, "warn")
        for severity in ("block", "off", "warn"):
            before = gate.message_ids
            gate.severity = severity
            self.env.cr.flush()  # when tracking writes its notes
            values = (gate.message_ids - before).sudo().tracking_value_ids
            self.assertEqual(values.field_id.name, "severity")
            self.assertEqual(
                (gate.message_ids - before).author_id, self.manager.partner_id
            )

    def test_what_a_gate_checks_and_where_leaves_a_trace(self):
        gate = self.gate.with_user(self.manager)
        before = gate.message_ids
        gate.write({"code": "notice_received", "state": "position", "asked": "always"})
        self.env.cr.flush()  # when tracking writes its notes
        values = (gate.message_ids - before).sudo().tracking_value_ids
        self.assertEqual(
            set(values.field_id.mapped("name")), {"code", "state", "asked"}
        )

    def test_a_gate_is_switched_off_and_not_deleted(self):
        with self.assertRaises(AccessError):
            self.gate.with_user(self.manager).unlink()

    def test_handlers_do_not_loosen_a_gate(self):
        with self.assertRaises(AccessError):
            self.gate.with_user(self.handler).severity = "off"
