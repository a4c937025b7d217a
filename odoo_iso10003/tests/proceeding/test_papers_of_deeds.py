# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A paper that a deed rests on is a paper, whichever deed, and stays what it was."""

import base64
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...core import paper
from ..common import PAPER
from ..concurrency_common import ConcurrencyCase
from .offer_common import OfferCase

PROGRAM = base64.b64encode(b"MZ\x90\x00\x03 This program cannot be run").decode()
PICTURE = base64.b64encode(b"\x89PNG\r\n\x1a\n a picture").decode()


class TestPapersOfDeeds(OfferCase):
    def _get_deeds(self):
        """Return ``{deed: what does it with a paper and its name}``."""
        dispute = self.dispute
        owed = dispute.env["iso10003.obligation"].create(
            {"file_id": dispute.file_ids.id, "name": "Repair it", "day": self.today}
        )
        return {
            "an offer of theirs": self._note_with,
            "shown later": lambda proof, name: self._note(proof=False).action_show_made(
                proof, name
            ),
            "an answer": lambda proof, name: self._make_offer().action_accept(
                channel="email", party_id=self.leads.id, proof=proof, proof_name=name
            ),
            "a result": lambda proof, name: self._make(
                lines=[self._say()], document=proof, document_name=name
            ),
            "a performance": lambda proof, name: owed.env[
                "iso10003.performance"
            ].create(
                {
                    "obligation_id": owed.id,
                    "means": "act",
                    "proof": proof,
                    "proof_name": name,
                }
            ),
            "a withdrawal": dispute.action_record_withdrawal,
            "a cost": lambda proof, name: dispute.env["iso10003.cost"].create(
                {
                    "file_id": dispute.file_ids.id,
                    "name": "Fee",
                    "amount": 5,
                    "proof": proof,
                    "proof_name": name,
                }
            ),
        }

    def _note_with(self, proof, name):
        """Note an offer of theirs as RPC does, a paper with its name."""
        return self.offers.create(
            {
                "dispute_id": self.dispute.id,
                "side": "complainant",
                "terms": "They want more.",
                "channel": "email",
                "date": self.today,
                "proof": proof,
                "proof_name": name,
            }
        )

    def test_what_is_no_paper_is_refused_by_each_deed(self):
        for deed, act in self._get_deeds().items():
            for proof, name, why in (
                (PROGRAM, "letter.pdf", "it is a program"),
                (PAPER, "letter.exe", "it is a program"),
                (PICTURE, "letter.pdf", "is not what the ending of its name says"),
                ("no base64 at all", "letter.pdf", "no file"),
            ):
                with self.subTest(deed=deed, name=name), self._refused(why):
                    act(proof, name)
            with (
                self.subTest(deed=deed, name="large"),
                patch.object(paper, "MAX_BYTES", -paper.MEBIBYTE),
                self._refused("larger than"),
            ):
                act(PAPER, "letter.pdf")
            with self.subTest(deed=deed), self.cr.savepoint() as savepoint:
                act(PAPER, "letter.pdf")
                savepoint.rollback()
            self.env.invalidate_all()

    def test_nobody_changes_it_beside_its_record(self):
        """Neither a plain field nor one of methods: nor is a second content put."""
        offer = self._note()
        ours = self._make_offer()
        self._step(ours, "accept", channel="phone", proof=PAPER)
        for record, name in ((offer, "proof"), (ours, "answer_proof")):
            found = self.env["ir.attachment"].search(
                [
                    ("res_model", "=", record._name),
                    ("res_id", "=", record.id),
                    ("res_field", "=", name),
                ]
            )
            self.assertEqual(len(found), 1, name)
            for user in (self.handler, self.manager):
                own = found.with_user(user)
                for deed in (
                    lambda own=own: own.write({"raw": b"%PDF-1.7 Something else"}),
                    lambda own=own: own.write({"res_field": False}),
                    lambda own=own: own.write({"res_id": 0}),
                    own.unlink,
                    lambda own=own, record=record, name=name: own.create(
                        {
                            "name": "again.pdf",
                            "res_model": record._name,
                            "res_id": record.id,
                            "res_field": name,
                            "raw": b"%PDF-1.7 Something else",
                        }
                    ),
                ):
                    with self.subTest(name), self.assertRaises(UserError):
                        with self.cr.savepoint():
                            deed()
            self.assertEqual(record[name].decode(), PAPER)


@tagged("-at_install", "post_install")
class TestJoinedAtOnce(ConcurrencyCase):
    """Two people let two files end in each other, in two windows."""

    @mute_logger("odoo.sql_db")
    def test_no_circle_comes_of_it(self):
        one = self._open_dispute(self._new_ticket())
        other = self._open_dispute(self._new_ticket())
        self.cr.commit()  # pylint: disable=invalid-commit
        with (
            self._at_work(self.handler) as first,
            self._at_work(self.manager, "5s") as second,
        ):
            own = other.with_env(second)
            self.assertFalse(own.joined_id)
            one.with_env(first).action_join(other.id)
            first.flush_all()
            with self.assertRaisesRegex(UserError, "somebody else is changing it"):
                own.action_join(one.id)
        self._check_whole(one)
