# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What legal referrals say to audit questions."""

from datetime import timedelta

from odoo import Command

from ..conformity.conformity_common import ANY, NOW, TODAY, CheckCase, days

QUESTIONS = {96, 97, 98, 99}

OPEN_REFERRAL = {"state": "pending", "ended_from": None}


class TestLegalChecks(CheckCase):
    def _new_referral(self, **columns):
        """Return a referral that ended well, with columns as given; as `_new_file`."""
        referral = self.env["iso10003.referral"].create(
            {
                "dispute_id": columns.pop("dispute", self._new_file()).id,
                "side": columns.pop("side", "organization"),
                "kind": columns.pop("kind", "first"),
                "cost_ids": [
                    Command.create({"name": "Fee", "amount": amount})
                    for amount in [columns.pop("cost", 50)]
                    if amount
                ],
            }
        )
        self.env.flush_all()
        self._set_columns(referral, **{**self._referred_well(), **columns})
        return referral

    def _referred_well(self):
        return {
            "state": "closed",
            "ended_from": "decided",
            "state_date": NOW,
            "basis": "contract",
            "legal_basis": "Article 10",
            "reason": "They do not pay.",
            "approver_id": self.lead.id,
            "filed_date": days(-50),
            "filing_number": "F-1",
            "docket_number": "D-1",
            "served_date": days(-40),
            "decision_date": days(-30),
            "result": "for_other",
            "appealable": "yes",
            "decision_served_date": days(-30),
            "appeal_until": days(-10),
            "appeal_decision": "not_use",
            "appeal_decided_date": days(-20),
        }

    def _assert_each_fails(self, number, good, bad, elsewhere):
        """Assert what a question says to nothing, and to each of these by itself.

        :param good: columns of referrals that hold
        :param bad: columns of referrals that do not
        :param elsewhere: columns of referrals that it is not about
        """
        self._assert_unchecked(self._result(number))
        for columns in elsewhere:
            self._new_referral(**columns)
        self._assert_unchecked(self._result(number))
        for columns in good:
            self._new_referral(**columns)
        self._assert_holds(self._result(number), len(good))
        for columns in bad:
            with self.subTest(question=number, broken=columns):
                with self.env.cr.savepoint() as savepoint:
                    found = self._new_referral(**columns)
                    result = self._result(number)
                    self._assert_fails(result, found, len(good) + 1, ANY)
                    savepoint.rollback()
                self.env.invalidate_all()

    def test_referrals_reasoned_and_approved(self):
        self._assert_each_fails(
            96,
            good=[{}, {**OPEN_REFERRAL, "state": "approved"}],
            bad=[
                {"basis": None},
                {"legal_basis": None},
                {"reason": None},
                {"approver_id": None},
                {**OPEN_REFERRAL, "reason": None},
            ],
            elsewhere=[
                {"in_iso10003_scope": False, "reason": None},
                {"side": "complainant", "approver_id": None},
                {"state": "draft", "ended_from": None, "approver_id": None},
                {"state": "withdrawn", "ended_from": "draft", "approver_id": None},
                {"state_date": NOW - timedelta(days=400), "reason": None},
            ],
        )

    def test_referrals_reviewed(self):
        self._assert_each_fails(
            97,
            good=[
                {**OPEN_REFERRAL, "review_due_date": TODAY},
                {**OPEN_REFERRAL, "state": "approved", "review_due_date": days(9)},
            ],
            bad=[
                {**OPEN_REFERRAL, "review_due_date": days(-1)},
                {**OPEN_REFERRAL, "review_due_date": None},
            ],
            elsewhere=[
                {"review_due_date": days(-1)},
                {**OPEN_REFERRAL, "state": "draft"},
                {**OPEN_REFERRAL, "in_iso10003_scope": False},
            ],
        )

    def test_referrals_recorded(self):
        self._assert_each_fails(
            98,
            good=[
                {},
                {**OPEN_REFERRAL, "state": "filed", "docket_number": None, "cost": 0},
                {**OPEN_REFERRAL, "state": "pending", "result": None, "cost": 0},
                {
                    **OPEN_REFERRAL,
                    "state": "decided",
                    "decision_served_date": None,
                    "appeal_until": None,
                },
                {"appealable": "no", "decision_served_date": None},
                {"side": "complainant", "cost": 0},
                {"state": "settled", "ended_from": "pending", "result": None},
            ],
            bad=[
                {"filing_number": None},
                {"filed_date": None},
                {**OPEN_REFERRAL, "state": "pending", "docket_number": None},
                {"served_date": None},
                {"result": None},
                {"decision_date": None},
                {"appealable": None},
                {"cost": 0},
                {"decision_served_date": None},
                {**OPEN_REFERRAL, "state": "decided", "appeal_until": None},
            ],
            elsewhere=[
                {**OPEN_REFERRAL, "state": "approved", "filing_number": None},
                {"in_iso10003_scope": False, "filing_number": None},
                {"state": "withdrawn", "ended_from": "approved"},
            ],
        )

    def test_hearings_of_referrals_are_recorded(self):
        referral = self._new_referral(**OPEN_REFERRAL)
        hearing = self.env["iso10003.hearing"].create(
            {"referral_id": referral.id, "start": NOW + timedelta(days=3)}
        )
        self._assert_holds(self._result(98), 1)
        self._set_columns(hearing, stop=NOW - timedelta(hours=1))
        self._assert_fails(self._result(98), referral, 1)
        self._set_columns(hearing, state="held", outcome="heard")
        self._assert_holds(self._result(98), 1)

    def test_rights_of_appeal(self):
        running = {**OPEN_REFERRAL, "state": "decided", "appeal_decision": None}
        appeal = {
            "kind": "appeal",
            "appealable": "no",
            "filed_date": days(-12),
            "limitation_date": days(-10),
        }
        unfiled = {**appeal, "filed_date": None}
        left = {**unfiled, "state": "withdrawn", "ended_from": "approved"}
        self._assert_each_fails(
            99,
            good=[{}, appeal],
            bad=[
                {"appeal_decision": "lapsed"},
                {"appeal_decided_date": days(-9)},
                running,
                {**running, "state": "settled", "ended_from": "decided"},
                {**appeal, "filed_date": days(-9)},
                {**unfiled, **OPEN_REFERRAL, "state": "approved"},
                left,
            ],
            elsewhere=[
                {"appealable": "no", "appeal_decision": None},
                {"in_iso10003_scope": False, "appeal_decision": "lapsed"},
                {**running, "appeal_until": TODAY},
                {
                    **running,
                    "state": "settled",
                    "ended_from": "decided",
                    "state_date": NOW - timedelta(days=15),
                },
                {**left, "state_date": NOW - timedelta(days=15)},
                {**unfiled, "kind": "first"},
                {**unfiled, "side": "complainant"},
                {**unfiled, **OPEN_REFERRAL, "limitation_date": TODAY},
            ],
        )
