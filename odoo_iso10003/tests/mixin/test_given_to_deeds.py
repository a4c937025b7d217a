# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whoever calls a deed by RPC with what is no value is told so in words."""

import inspect
from contextlib import suppress

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .one_of_each import OneOfEach

# what is no text, no day, no amount
ODD = (7, float("nan"), True, "abc", "2026-99-99", "\0", ["abc"], {"a": 1})
# what people say of a deed, besides what it is about
SAID = {
    "reason",
    "date",
    "day",
    "date_to",
    "until",
    "notice_date",
    "amount",
    "document",
    "scan",
}
# what a deed is given where another of its values is tried
SOUND = {
    "reason": "It is so.",
    "early_end": "withdrawn",
    "outcome": "withdrawn",
    "kind": "appeal",
    "decision": "not_use",
    "document": "QSBsZXR0ZXI=",
    "event": "informed",
}
# … of one deed alone
SOUND_OF = {("iso10003.party", "action_end"): {"kind": "error"}}


def find_deeds(records):
    """Yield ``(record, name of a public method of ours, its parameters)``."""
    for record in records:
        for name, deed in inspect.getmembers(type(record), inspect.isfunction):
            if not name.startswith("action_") or getattr(deed, "_api_private", False):
                continue
            _record, *asked = inspect.signature(deed).parameters.values()
            if asked and all(one.kind == one.POSITIONAL_OR_KEYWORD for one in asked):
                yield record, name, asked


def find_crashes(record, method, asked):
    """Return what a deed answers other than in words: ``[(parameter, value, how)]``."""
    crashes = []
    sound = {
        one.name: SOUND.get(one.name)
        for one in asked
        if one.name in SOUND or one.default is one.empty
    }
    sound |= SOUND_OF.get((record._name, method), {})
    for one in asked:
        for value in ODD if one.name in SAID else ():
            given = {**sound, one.name: value}
            savepoint = record.env.cr.savepoint()
            try:
                with suppress(UserError):
                    getattr(record, method)(**given)
                    record.env.flush_all()
            except Exception as error:
                crashes.append((one.name, repr(value), repr(error)))
            finally:
                savepoint.close(rollback=True)
                record.env.invalidate_all()
    return crashes


class TestGivenToDeeds(OneOfEach):
    def test_each_is_refused_in_words_or_taken(self):
        dispute = self._lead_to(self._open_dispute(self._new_ticket()), "resolution")
        running = self.env["iso10003.deadline"].search([("state", "=", "running")])
        ours = [
            record
            for name, record in self.samples.items()
            if name.startswith("iso10003.")
        ]
        deeds = list(find_deeds([*ours, dispute, running[:1]]))
        self.assertGreater(len(deeds), 20)
        for record, name, asked in deeds:
            with (
                self.subTest(deed=f"{record._name}.{name}"),
                mute_logger("odoo.sql_db"),
            ):
                found = find_crashes(record.with_user(self.manager), name, asked)
                self.assertEqual(found, [])

    def test_one_that_is_not_is_found(self):
        dispute = self.dispute.with_user(self.manager)

        def action_hold(self, reason):
            return reason.strip()

        self.patch(type(dispute), "action_hold", action_hold)
        ((record, name, asked),) = [
            deed for deed in find_deeds([dispute]) if deed[1] == "action_hold"
        ]
        found = find_crashes(record, name, asked)
        self.assertIn(("reason", "7"), [crash[:2] for crash in found])
