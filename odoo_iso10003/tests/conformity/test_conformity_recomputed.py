# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Answers recomputed by plain functions, over generated records with edges.

The functions know nothing of the checks: they read rows as an auditor would with a
pencil. Edges: a year to the day, another company, archived people, nothing.
"""

import random
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import Command

from ...models.conformity.mgmtsystem_review import INPUTS
from .conformity_common import NOW, TODAY, ConformityCase, days

YEAR_AGO = NOW - relativedelta(months=12)
EDGES = (
    YEAR_AGO - timedelta(seconds=1),
    YEAR_AGO,
    YEAR_AGO + timedelta(seconds=1),
    NOW - timedelta(days=30),
    NOW,
    NOW + timedelta(days=1),
    NOW - relativedelta(months=36, days=1),
)


@freeze_time(NOW)
class TestRecomputed(ConformityCase):
    """Each answer against a plain function, in several worlds."""

    def _compare(self, number, expected):
        """Assert population, and which records fail."""
        result = self._result(number)
        population, failing = expected
        self.assertEqual(result.population, population, result)
        self.assertEqual(set(result.failing_ids), set(failing), result)
        if not population:
            self.assertEqual(result.verdict, "unchecked")

    # ------------------------------------------------------------
    # 91 and 93: reviews
    # ------------------------------------------------------------

    def _generate_reviews(self, dice, count):
        owners = [
            self.lead,
            self.env.ref("base.user_root"),
            self.env["res.users"],
            self.gone,
        ]
        other = self.env["res.company"].create({"name": f"Other {dice.random()}"})
        for number in range(count):
            review = self.env["mgmtsystem.review"].create(
                {
                    "name": f"Review {number}",
                    "date": dice.choice(EDGES),
                    "dispute_review": dice.random() < 0.7,
                    "company_id": dice.choice([self.shop, self.shop, other]).id,
                    "user_ids": [
                        Command.set(dice.choice([[], self.lead.ids, self.director.ids]))
                    ],
                    **dict.fromkeys(INPUTS, "Looked at the figures"),
                }
            )
            state = dice.choice(["open", "done", "done"])
            for place in range(dice.randrange(3)):
                action = self.env["mgmtsystem.action"].create(
                    {
                        "name": f"Action {place}",
                        "type_action": "improvement",
                        "date_deadline": dice.choice(
                            [False, days(-1), days(0), days(9)]
                        ),
                        "user_id": dice.choice(owners).id,
                        "company_id": self.shop.id,
                    }
                )
                self.env["mgmtsystem.review.line"].create(
                    {
                        "name": f"Decision {place}",
                        "review_id": review.id,
                        "action_id": dice.choice([action.id, False]),
                    }
                )
            self._set_columns(review, state=state)

    def _rows(self, query):
        self.env.flush_all()
        self.env.cr.execute(query)
        return self.env.cr.dictfetchall()

    def _recompute_91(self):
        reviews = [
            row
            for row in self._rows("SELECT * FROM mgmtsystem_review")
            if row["company_id"] == self.shop.id and row["dispute_review"]
        ]
        if not reviews:
            return 0, []
        taking_part = {
            (row["user_id"], row["mgmtsystem_review_id"])
            for row in self._rows("SELECT * FROM mgmtsystem_review_user_rel")
        }
        # of OCA's table, the names of the columns are swapped
        held = [
            row
            for row in reviews
            if row["state"] == "done"
            and YEAR_AGO <= row["date"] <= NOW
            and (row["id"], self.director.id) in taking_part
        ]
        newest = max(reviews, key=lambda row: (row["date"], row["id"]))
        return 1, [] if held else [newest["id"]]

    def _recompute_93(self):
        since = NOW - relativedelta(months=36)
        reviews = {
            row["id"]
            for row in self._rows("SELECT * FROM mgmtsystem_review")
            if row["company_id"] == self.shop.id
            and row["dispute_review"]
            and row["state"] == "done"
            and since <= row["date"] <= NOW
        }
        active = {
            row["id"]
            for row in self._rows("SELECT id FROM res_users WHERE active AND NOT share")
        } - {1}
        actions = {
            row["id"]: row for row in self._rows("SELECT * FROM mgmtsystem_action")
        }
        lines = [
            row
            for row in self._rows("SELECT * FROM mgmtsystem_review_line")
            if row["review_id"] in reviews
        ]

        def is_followed(row):
            action = actions.get(row["action_id"])
            return bool(
                action
                and action["user_id"] in active
                and action["date_deadline"]
                and action["date_deadline"] >= TODAY
            )

        return len(lines), [row["id"] for row in lines if not is_followed(row)]

    def test_91_and_93_reviews_and_their_decisions(self):
        self.gone = self._new_user("gone", "base.group_user")
        self.gone.active = False
        self._allow_actions_of_nobody()
        self._compare(91, (0, []))
        self._compare(93, (0, []))
        for seed in range(12):
            with self.subTest(seed=seed), self.env.cr.savepoint() as savepoint:
                dice = random.Random(seed)
                self._generate_reviews(dice, dice.randrange(1, 7))
                self._compare(91, self._recompute_91())
                self._compare(93, self._recompute_93())
                savepoint.rollback()
                self.env.invalidate_all()

    # ------------------------------------------------------------
    # 25 and 100: trainings
    # ------------------------------------------------------------

    def _generate_files(self, dice, people):
        for _number in range(dice.randrange(1, 6)):
            closed = dice.choice([None, *EDGES[:5]])
            state = (
                {"closed_date": closed}
                if closed
                else {
                    "state": "evaluation",
                    "closed_date": None,
                    "closed_from": None,
                    "outcome": None,
                    "outcome_date": None,
                }
            )
            self._new_file(
                user_id=dice.choice(people).id,
                evaluator_id=dice.choice([*people, self.env["res.users"]]).id or None,
                **state,
            )

    def _generate_seats(self, dice, people):
        course = self.env["iso10003.course"].create(
            {"name": "Fairness", "company_id": self.shop.id}
        )
        session = self.env["iso10003.training"].create(
            {
                "course_id": course.id,
                "company_id": self.shop.id,
                "date_start": NOW - timedelta(hours=6),
                "date_end": NOW - timedelta(hours=2),
            }
        )
        self._set_columns(session, state=dice.choice(["held", "held", "planned"]))
        for person in people:
            if dice.random() < 0.6:
                seat = self.env["iso10003.training.attendance"].create(
                    {"training_id": session.id, "partner_id": person.partner_id.id}
                )
                self._set_columns(
                    seat,
                    state=dice.choice(["attended", "attended", "absent"]),
                    result=dice.choice(["passed", "passed", "failed", None]),
                    valid_to=dice.choice([None, days(-1), days(0), days(30)]),
                    evaluation_due=dice.choice([None, days(-1), days(0), days(1)]),
                    effectiveness=dice.choice([None, "effective", "not_effective"]),
                    evaluation_date=dice.choice([None, days(-1)]),
                )

    def _recompute_25(self):
        due = [
            row
            for row in self._rows("SELECT * FROM iso10003_training_attendance")
            if row["company_id"] == self.shop.id
            and row["evaluation_due"]
            and row["evaluation_due"] <= TODAY
        ]
        return len(due), [
            row["id"]
            for row in due
            if not (row["effectiveness"] and row["evaluation_date"])
        ]

    def _recompute_100(self, people):
        files = [
            row
            for row in self._rows("SELECT * FROM iso10003_dispute")
            if row["company_id"] == self.shop.id
            and (not row["closed_date"] or row["closed_date"] >= YEAR_AGO)
        ]
        handled = {row["user_id"] for row in files} | {
            row["evaluator_id"] for row in files
        }
        handled.discard(None)
        contacts = {person.id: person.partner_id.id for person in people}
        held = {
            row["id"]
            for row in self._rows("SELECT * FROM iso10003_training")
            if row["state"] == "held" and row["company_id"] == self.shop.id
        }
        passed = {
            row["partner_id"]
            for row in self._rows("SELECT * FROM iso10003_training_attendance")
            if row["training_id"] in held
            and row["state"] == "attended"
            and row["result"] == "passed"
            and (not row["valid_to"] or row["valid_to"] >= TODAY)
        }
        return len(handled), [user for user in handled if contacts[user] not in passed]

    def test_25_and_100_trainings(self):
        people = [self.handler, self.evaluator, self.agent, self.lead]
        self._compare(25, (0, []))
        self._compare(100, (0, []))
        for seed in range(8):
            with self.subTest(seed=seed):
                dice = random.Random(seed)
                self._generate_files(dice, people)
                self._generate_seats(dice, people)
                self._compare(25, self._recompute_25())
                self._compare(100, self._recompute_100(people))

    # ------------------------------------------------------------
    # 104 and 106: audits
    # ------------------------------------------------------------

    def _generate_audits(self, dice, auditors):
        for number in range(4):
            closed = dice.choice([None, NOW - timedelta(days=10), *EDGES[-1:]])
            audit = self.env["mgmtsystem.audit"].create(
                {
                    "name": f"Audit {number}",
                    "dispute_audit": True,
                    "company_id": self.shop.id,
                    "date": NOW - timedelta(days=20),
                }
            )
            for place in range(3):
                line = self.env["mgmtsystem.verification.line"].create(
                    {
                        "name": f"Question {place}",
                        "audit_id": audit.id,
                        "requirement_id": self._question(79 + place).id,
                        "company_id": self.shop.id,
                    }
                )
                self._set_columns(
                    line,
                    grade=dice.choice(["conform", "partly", "not", "na", "unchecked"]),
                    reason=dice.choice([None, "We agreed on it"]),
                    waived_by_id=dice.choice([None, self.inspector.id]),
                )
            # as it was entered, past the door: hands came before or after
            self.env.cr.execute(
                "UPDATE mgmtsystem_audit SET user_id = %s WHERE id = %s",
                [dice.choice(auditors).id, audit.id],
            )
            if closed:
                self._set_columns(
                    audit,
                    state="done",
                    closing_date=closed,
                    ended_on=dice.choice([None, closed.date()]),
                )
        self.env.invalidate_all()

    def _recompute_104(self):
        files = [
            row
            for row in self._rows("SELECT * FROM iso10003_dispute")
            if row["company_id"] == self.shop.id
        ]
        since = TODAY - relativedelta(months=36)
        audits, tied = [], []
        for audit in self._rows("SELECT * FROM mgmtsystem_audit WHERE dispute_audit"):
            if audit["company_id"] != self.shop.id:
                continue
            done = audit["state"] == "done"
            day = audit["date"].date()
            if done:
                day = audit["ended_on"] or audit["closing_date"].date()
            if day <= since:
                continue
            audits.append(audit["id"])
            until = audit["closing_date"] if done else NOW
            if any(
                audit["user_id"]
                in (row["user_id"], row["evaluator_id"], row["complaint_handler_id"])
                and row["opened_date"] <= until
                for row in files
            ):
                tied.append(audit["id"])
        return len(audits), tied

    def _recompute_106(self):
        audits = {
            row["id"]: row
            for row in self._rows("SELECT * FROM mgmtsystem_audit WHERE dispute_audit")
        }
        findings = [
            row
            for row in self._rows("SELECT * FROM mgmtsystem_verification_line")
            if row["company_id"] == self.shop.id
            and row["audit_id"] in audits
            and row["grade"] in ("partly", "not")
        ]

        def is_followed(row):
            audit = audits[row["audit_id"]]
            # of before auditors decided, a reason was enough
            of_before = audit["state"] == "done" and not audit["ended_on"]
            return (
                row["nonconformity_id"]
                or row["waived_by_id"]
                or (of_before and row["reason"])
            )

        return len(findings), [row["id"] for row in findings if not is_followed(row)]

    def test_104_and_106_audits(self):
        other = self._new_user("other_inspector", "odoo_iso10003.group_auditor")
        auditors = [self.inspector, other]
        self._compare(104, (0, []))
        self._compare(106, (0, []))
        for seed in range(6):
            with self.subTest(seed=seed):
                dice = random.Random(seed)
                opened = dice.choice(
                    [NOW - timedelta(days=9), NOW - timedelta(days=11)]
                )
                self._new_file(
                    user_id=dice.choice([other.id, self.handler.id]),
                    opened_date=opened,
                )
                self._generate_audits(dice, auditors)
                self._compare(104, self._recompute_104())
                self._compare(106, self._recompute_106())
