# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import xmlrpc.client

from odoo import fields
from odoo.tests import HttpCase, JsonRpcException, tagged
from odoo.tools import mute_logger

from ...core import flow
from ..common import ADDON, DisputePeople

ACCESS_ERROR = "odoo.exceptions.AccessError"
USER_ERROR = "odoo.exceptions.UserError"
VALIDATION_ERROR = "odoo.exceptions.ValidationError"


@tagged("-at_install", "post_install")
class TestOneDoorByRpc(DisputePeople, HttpCase):
    """What is called from outside, as the users do it and as scripts do it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()

    def _call(self, model, method, *args, **kwargs):
        with mute_logger("odoo.http"):
            return self.make_jsonrpc_request(
                f"/web/dataset/call_kw/{model}/{method}",
                {"model": model, "method": method, "args": args, "kwargs": kwargs},
            )

    def _refused(self, error, model, method, *args, **kwargs):
        with self.assertRaises(JsonRpcException) as caught:
            self._call(model, method, *args, **kwargs)
        self.assertEqual(str(caught.exception).rpartition(": ")[2], error)

    def _log_in(self, user):
        self.authenticate(user.login, user.login)

    def _state(self, dispute):
        self.env.invalidate_all()
        return dispute.state

    def test_a_whole_life_by_rpc(self):
        """The same way with the same gates, without any form."""
        self._log_in(self.handler)
        model = "iso10003.dispute"
        action = self._call("helpdesk.ticket", "action_open_dispute", self.ticket.ids)
        self.assertEqual(action["res_model"], model)
        ids = [action["res_id"]]

        def read_state():
            return self._call(model, "read", ids, ["state"])[0]["state"]

        seen = [read_state()]
        while seen[-1] != "closed":
            state = seen[-1]
            self._refused(USER_ERROR, model, "action_advance", ids)
            self.assertEqual(read_state(), state)
            wanted = self._wanted(state)
            if wanted.pop("consent", False):
                self._agree(self.env[model].browse(ids).with_user(self.handler))
            vals = {
                name: fields.Date.to_string(value) if name.endswith("_date") else value
                for name, value in wanted.items()
            }
            for event, name in self.env[model]._get_deed_dates().items():
                if day := vals.pop(name, None):
                    said = (event, day, "By phone.")
                    self._refused(USER_ERROR, model, "write", ids, {name: day})
                    self._refused(
                        USER_ERROR, model, "action_record_event", ids, event, day
                    )
                    self._call(model, "action_record_event", ids, *said)
            facts = vals.pop("findings", None)
            self._call(model, "web_save", ids, vals, {"display_name": {}})
            if state == "evaluation":
                self._submit_by_rpc(ids, facts)
                seen.append(read_state())
                continue
            if state == "position":
                self._approve_by_rpc(ids)
                seen.append(read_state())
                continue
            if state == "resolution":
                self._refused(USER_ERROR, model, "action_advance", ids)
                self._refused(
                    USER_ERROR,
                    model,
                    "action_note_result",
                    ids,
                    "settled_facilitated",
                    "Agreed.",
                )
                self._call(
                    model,
                    "action_note_result",
                    ids,
                    "settled_facilitated",
                    "Agreed.",
                    amount=0,
                )
            self._call(model, "action_advance", ids)
            seen.append(read_state())
        self.assertEqual(seen, list(flow.STATES))
        self._refused(USER_ERROR, model, "write", ids, {"subject": "Too late"})
        self._refused(USER_ERROR, model, "action_reopen", ids, "I want to.")

        dispute = self.env[model].browse(ids)
        moves = dispute.register_ids.filtered(lambda row: row.event == "transition")
        self.assertEqual([row.data["to"] for row in moves], list(flow.STATES[1:]))
        self.assertEqual(
            set(moves.mapped("actor")),
            {self.handler.id, self.evaluator.id, self.manager.id},
        )
        self._log_in(self.auditor)
        file = dispute._register_file()
        self.assertEqual(self._call("iso10003.register", "verify_chain", [file]), [])

    def _submit_by_rpc(self, ids, facts):
        """Submit the sheet as the evaluator, whom the file goes on by."""
        sheets = "iso10003.evaluation"
        vals = {"dispute_id": ids[0], "facts": facts, "severity": "1"}
        self._refused(ACCESS_ERROR, sheets, "create", vals)
        self._log_in(self.evaluator)
        self._refused(USER_ERROR, sheets, "create", {**vals, "state": "submitted"})
        sheet = self._call(sheets, "create", [vals])
        self._refused(USER_ERROR, sheets, "write", sheet, {"state": "submitted"})
        self._call(sheets, "action_submit", sheet)
        self._refused(USER_ERROR, sheets, "write", sheet, {"facts": "<p>No.</p>"})
        self._refused(USER_ERROR, sheets, "unlink", sheet)
        self._log_in(self.handler)

    def _approve_by_rpc(self, ids):
        """Approve what the handler answers as somebody else."""
        positions = "iso10003.position"
        vals = {"dispute_id": ids[0], "stance": "contest", "reasons": "The terms."}
        self._refused(USER_ERROR, positions, "create", {**vals, "state": "approved"})
        position = self._call(positions, "create", [vals])
        for own in ({"approved_by_id": self.manager.id}, {"state": "approved"}):
            self._refused(USER_ERROR, positions, "write", position, own)
        self._refused(VALIDATION_ERROR, positions, "action_approve", position)
        self._log_in(self.manager)
        self._call(positions, "action_approve", position)
        self._refused(USER_ERROR, positions, "write", position, {"reasons": "No."})
        self._refused(USER_ERROR, positions, "unlink", position)
        self._log_in(self.handler)

    def test_no_door_by_rpc(self):
        dispute = self._open_dispute()
        ids = dispute.ids
        for user in (self.handler, self.manager):
            self._log_in(user)
            for method, *args in (
                ("write", ids, {"state": "closed"}),
                ("web_save", ids, {"state": "closed"}, {}),
                ("web_save_multi", ids, [{"state": "closed"}], {}),
                ("create", {"ticket_id": self.ticket.id, "state": "closed"}),
                ("create", [{"ticket_id": self.ticket.id, "state": "closed"}]),
                ("copy", ids, {"state": "closed"}),
                ("message_update", ids, {}, {"state": "closed"}),
                ("name_create", "closed"),
            ):
                with self.subTest(user=user.login, method=method):
                    self._refused(USER_ERROR, "iso10003.dispute", method, *args)
            with self.subTest(user=user.login, method="write with context"):
                self._refused(
                    USER_ERROR,
                    "iso10003.dispute",
                    "write",
                    ids,
                    {"state": "closed"},
                    context={"su": True, "guarded": True, "install_mode": True},
                )
            result = self._call(
                "iso10003.dispute", "load", [".id", "state"], [[str(ids[0]), "closed"]]
            )
            self.assertFalse(result["ids"])
            self.assertEqual(self._state(dispute), "referral")

    def test_private_methods_are_not_called_from_outside(self):
        dispute = self._open_dispute()
        private = {
            name
            for base in type(dispute).mro()
            if base.__module__.startswith(f"odoo.addons.{ADDON}.")
            for name, value in vars(base).items()
            if name.startswith("_") and not name.startswith("__") and callable(value)
        }
        self.assertGreaterEqual(
            private,
            {
                "_guarded_write",
                "_transition",
                "_register_event",
                "_prepare_guarded_vals",
            },
        )
        self._log_in(self.manager)
        for name in sorted(private):
            with self.subTest(method=name):
                self._refused(
                    ACCESS_ERROR,
                    "iso10003.dispute",
                    name,
                    dispute.ids,
                    {"state": "closed"},
                )
        for model, method, args in (
            ("iso10003.dispute", "update", [dispute.ids, {"state": "closed"}]),
            ("iso10003.register", "_append", [[]]),
            ("iso10003.register", "create", [{"file": "iso10003.dispute,1"}]),
            ("iso10003.policy", "_put_in_force", [dispute.policy_id.ids, "2020-01-01"]),
            ("res.company", "_ensure_dispute_policy", [self.company.ids]),
        ):
            self._refused(ACCESS_ERROR, model, method, *args)
        self.assertEqual(self._state(dispute), "referral")

    @mute_logger("odoo.addons.rpc.controllers.xmlrpc", "odoo.addons.rpc.controllers")
    def test_no_door_by_xml_rpc(self):
        dispute = self._open_dispute()

        def call(method, *args):
            return self.xmlrpc_object.execute_kw(
                self.env.cr.dbname,
                self.handler.id,
                self.handler.login,
                "iso10003.dispute",
                method,
                args,
            )

        self.assertEqual(call("read", dispute.ids, ["state"])[0]["state"], "referral")
        for method in ("write", "_guarded_write"):
            with (
                mute_logger("odoo.http", "odoo.service.model"),
                self.assertRaises(xmlrpc.client.Fault),
            ):
                call(method, dispute.ids, {"state": "closed"})
        self.assertEqual(self._state(dispute), "referral")

    def test_no_door_by_json_2(self):
        dispute = self._open_dispute()
        # a key for a script, as the preferences of a user give it
        key = (
            self.env["res.users.apikeys"]
            .with_user(self.handler)
            .sudo()
            ._generate(None, "script", None)
        )

        def call(method, **values):
            with mute_logger("odoo.http"):
                return self.opener.post(
                    f"{self.base_url()}/json/2/iso10003.dispute/{method}",
                    json={"ids": dispute.ids, **values},
                    headers={"Authorization": f"Bearer {key}"},
                )

        response = call("read", fields=["state"])
        self.assertEqual(response.json()[0]["state"], "referral")
        response = call("write", vals={"state": "closed"})
        self.assertEqual(response.status_code, 422)
        self.assertIn("cannot be written directly", response.text)
        for method in ("_guarded_write", "_transition"):
            response = call(method, vals={"state": "closed"})
            self.assertEqual(response.status_code, 403)
        response = call("action_advance")
        self.assertEqual(response.status_code, 422)
        self.assertIn("7.2", response.text)
        self.assertEqual(self._state(dispute), "referral")

    def test_a_complainant_in_the_portal_gets_nowhere(self):
        dispute = self._open_dispute()
        self._log_in(self.portal)
        for model, ids in (
            ("iso10003.policy", dispute.policy_id.ids),
            ("iso10003.register", dispute.register_ids.ids),
        ):
            for method, *args in (
                ("read", ids, ["display_name"]),
                ("search_read", []),
                ("web_search_read", [], {}),
                ("name_search", ""),
                ("unlink", ids),
            ):
                with self.subTest(model=model, method=method):
                    self._refused(ACCESS_ERROR, model, method, *args)
        own = self._call("iso10003.dispute", "read", dispute.ids, ["state"])
        self.assertEqual(own[0]["state"], "referral")
        for method, *args in (
            ("write", dispute.ids, {"state": "closed"}),
            ("write", dispute.ids, {"subject": "Something else"}),
            ("web_save", dispute.ids, {"subject": "Something else"}, {}),
            ("unlink", dispute.ids),
            ("read", dispute.ids, ["findings"]),
            ("action_advance", dispute.ids),
            ("action_close", dispute.ids, "discontinued", "I give up."),
            ("action_hold", dispute.ids, "Wait."),
        ):
            with self.subTest(method=method):
                self._refused(ACCESS_ERROR, "iso10003.dispute", method, *args)
        for name in ("dispute_ids", "open_dispute_id", "recourse"):
            self._refused(
                ACCESS_ERROR, "helpdesk.ticket", "read", self.ticket.ids, [name]
            )
        self._refused(
            ACCESS_ERROR,
            "helpdesk.ticket",
            "write",
            self.ticket.ids,
            {"stage_id": self.closed_stage.id},
        )
        self.assertEqual(self._state(dispute), "referral")

    def test_the_download_of_the_register_follows_the_file(self):
        dispute = self._open_dispute()
        route = f"/iso10003/register/{dispute.id}"
        for user, status in (
            (self.handler, 200),
            (self.auditor, 200),
            (self.stranger, 403),
            (self.employee, 403),
            (self.portal, 403),
        ):
            self._log_in(user)
            with self.subTest(user=user.login), mute_logger("odoo.http"):
                response = self.url_open(route)
                self.assertEqual(response.status_code, status)
                self.assertEqual(dispute.name in response.text, status == 200)
