# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form

from .party_common import PartyCase


class TestAttempt(PartyCase):
    """Whom somebody tried to reach: file 18, not reached."""

    def _attempt(self, user=None, **values):
        attempts = self.dispute.with_user(user or self.handler).env["iso10003.attempt"]
        return attempts.create(
            {
                "party_id": self.complainant.id,
                "channel": "phone",
                "result": "no_answer",
                **values,
            }
        )

    def test_an_attempt_is_noted_from_the_file(self):
        action = self.dispute.action_add_attempt()
        attempts = self.dispute.env[action["res_model"]]
        form = Form(attempts.with_context(**action["context"]))
        self.assertEqual(form.party_id, self.complainant)
        form.channel = "post"
        form.result = "returned"
        form.note = "Moved, says the postman."
        attempt = form.save()
        self.assertEqual(attempt.file_id, self.dispute.sudo().file_ids)
        row = self._rows("attempt")
        for told in (self.customer.name, "Post", "Came back"):
            self.assertIn(told, row.summary)
        self.assertNotIn("postman", str(row.data))

    def test_in_every_state(self):
        for state in ("referral", "notice", "position", "implementation", "closed"):
            self._lead_to(self.dispute, state)
            self._attempt(note=state)
        self.assertEqual(len(self._rows("attempt")), 5)

    def test_it_stays_as_it_was_noted(self):
        attempt = self._attempt()
        for user in (self.handler, self.manager):
            own = attempt.with_user(user)
            with self.assertRaises(UserError):
                own.result = "reached"
            with self.assertRaises(AccessError):
                own.unlink()
        with self.assertRaises(UserError):
            attempt.sudo().result = "reached"
        with self.assertRaisesRegex(UserError, "stays on record"):
            attempt.sudo().unlink()

    def test_refused_politely(self):
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._attempt(date=self._day(3))
        for user in (self.stranger, self.auditor, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._attempt(user)
