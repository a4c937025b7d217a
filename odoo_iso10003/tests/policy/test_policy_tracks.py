# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from ...core import proportion
from .policy_common import PolicyCase


class TestPolicyTracks(PolicyCase):
    """How much is asked of which files, chosen in a draft and frozen with it."""

    def _track(self, policy, level):
        return policy.track_ids.filtered(lambda track: track.level == level)

    def test_a_version_begins_with_what_ships(self):
        draft = self._new_draft()
        self.assertEqual(
            draft.track_ids.mapped("level"), ["small", "standard", "serious"]
        )
        self.assertEqual(draft._get_tracks(draft.id), proportion.SHIPPED)

    def test_the_shipped_small_track_switches_off_nothing(self):
        for gate in self._new_draft().gate_ids:
            self.assertEqual(gate.small_severity, gate.severity)
            self.assertNotEqual(gate.serious_severity, "warn")

    def test_a_new_version_begins_with_what_this_one_asks(self):
        draft = self._new_draft()
        gate = draft.gate_ids[:1]
        gate.small_severity = "warn"
        self._track(draft, "serious").write(
            {"people": 5, "criterion_ids": [Command.create({"amount": 700})]}
        )
        draft.with_user(self.manager).action_approve()
        draft.with_user(self.manager).action_put_in_force()
        following = draft.browse(draft.action_new_version()["res_id"])
        self.assertEqual(
            following._get_tracks(following.id), draft._get_tracks(draft.id)
        )
        asked = following.gate_ids.filtered(lambda one: one.gate_id == gate.gate_id)
        self.assertEqual(asked.small_severity, "warn")
        self.assertEqual(asked.severity, gate.severity)

    def test_nobody_changes_the_tracks_of_an_approved_version(self):
        track = self._track(self.present, "serious")
        for user in (self.manager, self.env.ref("base.user_admin"), self.env.user):
            frozen = track.with_user(user)
            with self.subTest(user=user.login):
                for change in (
                    lambda one: one.write({"people": 1}),
                    lambda one: one.unlink(),
                    lambda one: one.criterion_ids.unlink(),
                    lambda one: one.criterion_ids.write({"amount": 1}),
                    lambda one: one.criterion_ids.create(
                        {"track_id": one.id, "amount": 1}
                    ),
                    lambda one: one.policy_id.action_take_tracks(),
                ):
                    with self.assertRaisesRegex(UserError, "is approved and does not"):
                        change(frozen)

    def test_only_managers_choose_in_a_draft(self):
        track = self._track(self._new_draft(), "serious")
        for user in (self.handler, self.counsel, self.auditor, self.sponsor):
            with self.assertRaises(AccessError):
                track.with_user(user).people = 1

    def test_approving_seals_the_tracks(self):
        draft = self._new_draft()
        draft.with_user(self.manager).action_approve()
        row = self.env["iso10003.register"].search(
            [("file", "=", draft._register_file()), ("event", "=", "approved")]
        )
        self.assertEqual(row.data["tracks"], draft.track_ids._prepare_sealed())
        self.assertEqual(
            row.data["tracks"][2]["criteria"],
            [
                {
                    "amount": "0.00",
                    "severity": "2",
                    "method": None,
                    "complainant_type": None,
                }
            ],
        )

    # ------------------------------------------------------------
    # Every file finds a track, and every track files
    # ------------------------------------------------------------

    def test_a_version_without_tracks_is_not_approved(self):
        draft = self._new_draft()
        draft.track_ids.unlink()
        self.assertFalse(draft._has_whole_tracks())
        with self.assertRaisesRegex(UserError, "has no track"):
            draft.with_user(self.manager).action_approve()
        draft.action_take_tracks()
        self.assertEqual(draft._get_tracks(draft.id), proportion.SHIPPED)

    def test_a_track_that_no_file_comes_to_is_not_approved(self):
        draft = self._new_draft()
        self._track(draft, "serious").criterion_ids.unlink()
        with self.assertRaisesRegex(UserError, "no file comes to the track “Serious”"):
            draft.with_user(self.manager).action_approve()

    def test_a_criterion_says_something(self):
        track = self._track(self._new_draft(), "serious")
        with (
            self.assertRaises(CheckViolation),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            track.criterion_ids = [Command.create({"amount": 0})]

    def test_a_version_may_have_fewer_tracks(self):
        draft = self._new_draft()
        self._track(draft, "standard").unlink()
        draft.with_user(self.manager).action_approve()
        self.assertEqual(draft.track_ids.mapped("level"), ["small", "serious"])

    def test_the_form_says_which_files_are_on_a_track(self):
        draft = self._new_draft()
        self.assertIn("no other track", self._track(draft, "small").summary)
        self.assertIn("severity from “High”", self._track(draft, "serious").summary)
        track = self._track(draft, "standard")
        track.criterion_ids = [
            Command.clear(),
            Command.create({"amount": 1500, "method": "advisory"}),
        ]
        self.assertRegex(track.summary, r"claimed from .*1,500.* \+ Advisory")
