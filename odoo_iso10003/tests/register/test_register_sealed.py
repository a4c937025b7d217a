# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a deed rests on is sealed: what it was, what it became, who changed it."""

import hashlib
import json
from datetime import timedelta
from types import SimpleNamespace

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ...core import chain
from ..legal.legal_common import LegalCase
from ..query_counter import count_queries
from .register_common import RegisterCase

AUTOMATIC = {"id", "create_uid", "create_date", "write_uid", "write_date"}
# fields of which a change is a row of its own kind, or what is fixed is in the first
# row by another name; the tests of the kind hold that
OWN_ROWS = {
    "iso10003.assessment": {"kind"},
    "iso10003.dispute": {
        "direct_notice",
        "scope_decision",
        "scope_reason",
        "ticket_id",
        "waiting_on",
    },
    "iso10003.hearing": {"start"},
    "iso10003.letter": {"file_id", "kind", "scan"},  # the scan by its SHA-256
    "iso10003.referral": {
        "amount",
        "appeal_until",
        "dispute_id",
        "kind",
        "limitation_date",
        "parent_id",
    },
    "iso10003.proceeding": {"dispute_id"},
    "iso10003.claim": {"withdrawal"},  # by its SHA-256
    "iso10003.consent": {"document", "withdrawal"},  # by their SHA-256
    "iso10003.evaluation": {"scan"},  # by its SHA-256
    "iso10003.position": {"mandate"},  # by its SHA-256
    "iso10003.notice": {"document"},  # by its SHA-256
    "iso10003.performance": {"proof"},  # by its SHA-256
    "iso10003.offer": {"proof"},  # by its SHA-256
    # by its SHA-256; and the referral is that of the file
    "iso10003.cost": {"proof", "referral_id"},
    "iso10003.result": {"document"},  # by its SHA-256
    "iso10003.result.answer": {"result_id"},  # in each of its rows
    "iso10003.party": {"mandate"},  # by its SHA-256
    # in each of its rows, and the document by its SHA-256
    "iso10003.declaration.confirmation": {"about", "document", "facts"},
    "iso10003.document": {"content", "file_id"},  # the content by its SHA-256
    "iso10003.bundle": {"file_id"},
    "iso10003.restriction": {"file_id"},
    "iso10003.role": {"code"},
    "iso10003.training": {"course_id"},
    "iso10003.training.attendance": {"effectiveness"},
    # sealed whole, by a digest, when it is approved; a draft is nobody's rule
    "iso10003.policy": {
        "answer_days",
        "confirmation_days",
        "cost_to_complainant",
        "counsel_limit",
        "currency_id",
        "effect_days",
        "issue_files",
        "issue_months",
        "legal_review_days",
        "methods",
        "name",
        "offer_acceptance",
        "page_id",
        "recourse",
        "scope",
        "vacancy_days",
    },
}
# fields of which nothing rests on what they hold, and why
NOT_MATERIAL = {
    "iso10003.policy": {"review_date": "a reminder to look at it again"},
    "iso10003.referral": {"parent_path": "kept by the ORM, from a fixed field"},
    "iso10003.claim": {"sequence": "order on the screen"},
    "iso10003.invitation.line": {"sequence": "order on the screen"},
    "iso10003.party": {"sequence": "order on the screen"},
    "iso10003.provider": {"sequence": "order on the screen"},
    "iso10003.provider.service": {"sequence": "order on the screen"},
    "iso10003.hearing": {"alarm_ids": "reminders in our own calendars"},
    "iso10003.hearing.participant": {"sequence": "order on the screen"},
    "iso10003.training.attendance": {
        "reason": "sealed with the result, as its note",
        "score": "sealed with the result",
        "state": "an answer to an invitation; attendance is sealed with the result",
        "evaluation_method": "sealed with the effectiveness",
        "evaluation_note": "sealed with the effectiveness, as its note",
    },
    "iso10003.role": {
        "description": "explains; what is required are its certifications",
        "sequence": "order on the screen",
    },
    "iso10003.training": {
        "capacity": "how many may still come",
        "link": "how to get there",
        "location": "how to get there",
        "note": "remarks for those who come",
    },
}
# parts of a file that leave rows of their own kind, with all that they hold; of an
# amendment, what it changes is sealed when it is approved: a proposal is nobody's
SEALED_WHOLE = {
    # sealed with the assessment, the programme or the policy, once that is frozen
    "iso10003.assessment.clause": {"assessment_id", "clause_id"},
    "iso10003.assessment.line": {
        "assessment_id",
        "clause_result_id",
        "evidence_ids",
        "interviewed_on",
        "interviewee",
        "page_id",
        "reason",
        "requirement_id",
        "verdict",
    },
    "iso10003.audit.programme.review": {
        "auditor_id",
        "changes",
        "date",
        "found",
        "kind",
        "programme_id",
    },
    "iso10003.audit.programme.line": {"clause_id", "interval", "programme_id"},
    "iso10003.policy.gate": {
        "gate_id",
        "policy_id",
        "serious_severity",
        "severity",
        "small_severity",
    },
    "iso10003.policy.tier": {"amount", "level", "policy_id", "unlimited"},
    "iso10003.policy.track": {"level", "merges", "people", "policy_id"},
    "iso10003.policy.track.criterion": {
        "amount",
        "complainant_type",
        "method",
        "severity",
        "track_id",
    },
    "iso10003.segregation": {"code", "policy_id", "sequence", "strength"},
    "iso10003.deadline": {
        "company_id",
        "file_id",
        "given_actor",
        "given_event",
        "given_kind",
        "name",
        "rule_id",
        "set_by_id",
    },
    "iso10003.deadline.extension": {
        "approver_id",
        "deadline_id",
        "notice_date",
        "quantity",
        "reason",
        "unit",
    },
    "iso10003.deadline.suspension": {
        "attachment_id",
        "date_from",
        "date_to",
        "deadline_id",
        "ended_date",
        "message_id",
        "reason",
    },
    "iso10003.role.requirement": {"level_id", "role_id", "skill_id"},
    "iso10003.hearing.adjournment": {"asked_by", "hearing_id", "new_start", "reason"},
    "iso10003.referral.amendment": {
        "authority_id",
        "basis",
        "budget",
        "claim_date",
        "legal_basis",
        "limitation_date",
        "limitation_rule",
        "opponent_id",
        "reason",
        "referral_id",
        "why",
    },
    "iso10003.referral.provision": {
        "best",
        "currency_id",
        "date",
        "likely",
        "note",
        "referral_id",
        "worst",
    },
    "iso10003.referral.review": {"decision", "next_date", "reasons", "referral_id"},
}
# no parts of a file: what is planned, the register itself, and copies of what a case
# has; rules and escalations are sealed with their version
NO_PARTS = {
    "iso10003.alarm",
    "iso10003.deadline.rule",
    "iso10003.escalation",
    "iso10003.file",
    "iso10003.register",
}


def find_unsealed(models, own_rows, not_material):
    """Return the stored fields whose change would leave no row, and stale exceptions.

    :param models: ``{name: {field: field object}}``
    """
    faults = []
    for model, model_fields in models.items():
        excepted = own_rows.get(model, set()) | not_material.get(model, {}).keys()
        for name, field in model_fields.items():
            if name not in AUTOMATIC and field.store and not _is_held(field):
                if name not in excepted:
                    faults.append(f"{model}.{name} is not sealed")
            elif name in excepted:
                faults.append(f"{model}.{name} needs no exception")
        gone = excepted - model_fields.keys()
        faults += [f"{model}.{name} is no field" for name in sorted(gone)]
    return faults


def _is_held(field):
    """Return whether no change of a field goes past the register."""
    return (
        getattr(field, "sealed", False)
        # written by methods of the model, which leave their own rows
        or getattr(field, "guarded", False)
        # follows from others
        or ((field.compute or field.related) and field.readonly)
        # the other records have their own
        or field.type == "one2many"
    )


@tagged("-at_install", "post_install")
class TestEveryFieldIsSealed(TransactionCase):
    def _read_fields(self):
        names = {
            name
            for mixin in ("iso10003.registered", "iso10003.registered.part")
            for name in self.env.registry[mixin]._inherit_children
        }
        return {name: self.env[name]._fields for name in sorted(names)}

    def test_each_stored_field_of_a_file_is_sealed_or_named(self):
        models = self._read_fields()
        self.assertIn("iso10003.dispute", models)
        self.assertIn("iso10003.cost", models)
        own_rows = {
            # whose register it is, and what a part belongs to: its moves are rows of
            # both files
            name: OWN_ROWS.get(name, set()) | self._get_place(name)
            for name in models
        }
        self.assertEqual(find_unsealed(models, own_rows, NOT_MATERIAL), [])

    def test_what_belongs_to_a_file_is_among_them(self):
        """Also what belongs to that: whatever a file leads to as its own."""
        models = self._read_fields()
        parts = self._find_parts(models)
        self.assertIn("iso10003.party", parts)
        self.assertIn("iso10003.deadline.suspension", parts)
        self.assertEqual(parts, {*models, *SEALED_WHOLE})
        for name, held in SEALED_WHOLE.items():
            with self.subTest(name):
                given = {name: self.env[name]._fields}
                self.assertEqual(find_unsealed(given, {name: held}, {}), [])

    def _find_parts(self, models):
        found, ahead = set(), [*models, "iso10003.file"]
        while ahead:
            name = ahead.pop()
            if name in found:
                continue
            found.add(name)
            ahead += {
                field.comodel_name
                for field in self.env[name]._fields.values()
                if field.type == "one2many"
                and field.comodel_name.startswith("iso10003.")
            }
        return found - NO_PARTS

    def _get_place(self, name):
        model = self.env[name]
        path = getattr(model, "_part_path", None) or "company_id"
        field = model._fields.get(path)
        held = field is None or not field.store or _is_held(field)
        return set() if held else {path}

    def test_a_field_outside_the_rule_is_found(self):
        plain = SimpleNamespace(
            store=True, compute=None, related=None, readonly=False, type="char"
        )
        sealed = SimpleNamespace(**{**vars(plain), "sealed": True})
        models = {"a": {"plain": plain, "kept": sealed}}
        self.assertEqual(find_unsealed(models, {}, {}), ["a.plain is not sealed"])
        self.assertEqual(
            find_unsealed(models, {"a": {"plain", "kept"}}, {"a": {"gone": "?"}}),
            ["a.kept needs no exception", "a.gone is no field"],
        )


class TestSealedDispute(RegisterCase):
    def setUp(self):
        super().setUp()
        self.today = fields.Date.today().isoformat()

    def _changed(self):
        """Return the rows of changes; limits that follow a date have their own."""
        return self._rows().filtered(lambda row: row.event == "changed")

    def _changes(self):
        return self._changed()[-1].data["changes"]

    def test_owner_and_evaluator_leave_rows(self):
        for name, former, person in (
            ("evaluator_id", None, self.evaluator),
            ("user_id", self.handler.id, self.manager),
        ):
            with self.subTest(name):
                self.dispute.with_user(self.manager)[name] = person
                row = self._changed()[-1]
                self.assertEqual(
                    self._changes(), {name: {"from": former, "to": person.id}}
                )
                self.assertEqual(row.actor, self.manager.id)
                self.assertIn(person.display_name, row.summary)
                self.assertNotIn(person.name, json.dumps(row.data))
        self.assertEqual(self._breaks([self.file]), [])

    def test_one_write_is_one_row_with_all_that_changed(self):
        self.dispute.write(
            {"amount_claimed": 120, "retention_date": self.today, "severity": "2"}
        )
        self.dispute.write({"amount_claimed": 80.5, "severity": "2"})
        first, second = self._changed()
        currency = self.dispute.currency_id.name
        self.assertEqual(
            first.data["changes"],
            {
                "amount_claimed": {
                    "from": f"0.00 {currency}",
                    "to": f"120.00 {currency}",
                },
                "retention_date": {"from": None, "to": self.today},
                "severity": {"from": None, "to": "2"},
            },
        )
        self.assertEqual(
            second.data["changes"],
            {
                "amount_claimed": {
                    "from": f"120.00 {currency}",
                    "to": f"80.50 {currency}",
                }
            },
        )
        self.assertEqual(
            second.summary, f"Amount claimed: 120.00 {currency} → 80.50 {currency}"
        )
        self.assertIn("۸۰.۵۰", second.with_context(lang="fa_IR").summary)

    def test_a_date_that_is_corrected_keeps_the_former(self):
        today = fields.Date.today()
        tomorrow = today + timedelta(days=1)  # the day of grace
        self._record(self.dispute, notice_date=tomorrow)
        self._record(self.dispute, notice_date=today)
        self.assertEqual(
            self._changes(),
            {"notice_date": {"from": tomorrow.isoformat(), "to": today.isoformat()}},
        )

    def test_texts_that_are_overwritten_leave_their_digests(self):
        """In 7.6 as ever: the findings, the complainant's own words, the remedy."""
        self._lead_to(self.dispute, "implementation")
        before = self._rows()
        texts = {
            "findings": "<p>The drum was fine.</p>",
            "description": "<p>All is well, says Roya Example.</p>",
            "remedy_sought": "Nothing at all",
        }
        self.dispute.write(texts)
        row = (self._rows() - before).ensure_one()
        self.assertEqual(row.event, "changed")
        salt = self._salt()
        changes = row.data["changes"]
        self.assertEqual(set(changes), set(texts))
        for name, text in texts.items():
            self.assertEqual(
                changes[name]["to"], {"sha256": chain.note_digest(salt, text)}
            )
        former = chain.note_digest(salt, "<p>The drum was faulty.</p>")
        self.assertEqual(changes["findings"]["from"], {"sha256": former})
        self.assertIn("Findings: text changed", row.summary)
        sealed = json.dumps(row.data)
        for word in ("Roya", "drum", "Nothing"):
            self.assertNotIn(word, sealed)

    def _salt(self):
        self.env.cr.execute(
            "SELECT salt FROM iso10003_register_head WHERE file = %s", [self.file]
        )
        return self.env.cr.fetchone()[0]

    def test_a_text_has_other_digests_in_other_files(self):
        other = self._open_dispute(self._new_ticket())
        (self.dispute | other).write({"remedy_sought": "My money back"})
        digests = {
            dispute.register_ids[-1].data["changes"]["remedy_sought"]["to"]["sha256"]
            for dispute in self.dispute | other
        }
        self.assertEqual(len(digests), 2)

    def test_the_first_row_holds_what_the_file_was_opened_with(self):
        dispute = (
            self.env["iso10003.dispute"]
            .with_user(self.handler)
            .create(
                {
                    "subject": "Opened with all",
                    "ticket_id": self._new_ticket().id,
                    "amount_claimed": 30,
                    "partner_id": self.customer.id,
                }
            )
        )
        values = dispute.register_ids[0].data["values"]
        self.assertEqual(values["partner_id"], self.customer.id)
        self.assertEqual(values["amount_claimed"], f"30.00 {dispute.currency_id.name}")
        self.assertEqual(set(values["subject"]), {"sha256"})

    def test_what_is_written_as_it_was_leaves_no_row(self):
        self.dispute.write({"amount_claimed": 10, "remedy_sought": "Repair"})
        count = len(self._rows())
        self.dispute.write({"amount_claimed": 10, "remedy_sought": "Repair"})
        self.assertEqual(len(self._rows()), count)

    def test_rows_read_in_the_readers_language(self):
        self.env["res.lang"]._activate_lang("fa_IR")
        self.dispute.evaluator_id = self.evaluator
        row = self._changed()[-1].with_context(lang="fa_IR")
        label = self.dispute.with_context(lang="fa_IR")._fields["evaluator_id"]
        label = label._description_string(row.env)
        self.assertIn(label, row.summary)
        self.assertIn(self.evaluator.name, row.summary)

    def test_who_is_gone_is_told_by_number(self):
        row = self._rows()[-1]
        field = self.dispute._fields["evaluator_id"]
        self.assertEqual(row._tell_value(field, 10**9), "No. 1000000000")

    def test_a_batch_costs_no_more_queries_than_one(self):
        def cost(count):
            disputes = self.env["iso10003.dispute"].browse()
            for _number in range(count):
                disputes |= self._open_dispute(self._new_ticket())
            vals = {
                "amount_claimed": 7,
                "remedy_sought": "Repair",
                "method": "advisory",
            }
            return count_queries(self.env, lambda: disputes.write(vals))

        self.assertLessEqual(cost(12) - cost(2), 4)


class TestSealedSteps(RegisterCase):
    def test_the_gates_that_were_asked_are_sealed_with_their_strictness(self):
        self._give(self.dispute, self._wanted("referral"))
        asked = {
            gate.code: gate._get_severity(self.dispute.track)
            for gate in self.dispute._get_asked_gates()
        }
        self.dispute.action_advance()
        row = self._rows()[-1]
        self.assertTrue(asked)
        self.assertEqual(row.data["gates"], asked)
        self.assertIn(f"{len(asked)} gates asked", row.summary)

    def test_a_way_back_asks_no_gate(self):
        self._lead_to(self.dispute, "notice")
        self.dispute.action_step_back("Too early")
        self.assertNotIn("gates", self._rows()[-1].data)


class TestSealedParts(LegalCase):
    def _new_cost(self, referral, **values):
        return referral.env["iso10003.cost"].create(
            {
                "referral_id": referral.id,
                "name": "Fee of Roya Example",
                "amount": 100,
                **values,
            }
        )

    def _rows_of(self, referral, event):
        return (
            self.env["iso10003.register"]
            .search([("file", "=", referral._register_file())])
            .filtered(lambda row: row.event == event)
        )

    def test_a_cost_that_moves_leaves_a_row_where_it_left(self):
        referral, other = self._draft_referral(), self._draft_referral()
        cost = self._new_cost(referral)
        cost.referral_id = other
        left, came = self._rows_of(referral, "cost")[-1], self._rows_of(other, "cost")
        self.assertEqual(
            (left.data["change"], left.data["to"]), ("moved", other._register_file())
        )
        self.assertEqual(
            (came.data["change"], came.data["from"]),
            ("moved", referral._register_file()),
        )
        self.assertIn("Moved", left.summary)

    def test_a_cost_keeps_what_it_was(self):
        referral = self._draft_referral()
        cost = self._new_cost(referral)
        cost.write({"amount": 90, "name": "Interpreter"})
        row = self._rows_of(referral, "cost")[-1]
        currency = cost.currency_id.name
        self.assertEqual(
            row.data["changes"]["amount"],
            {"from": f"100.00 {currency}", "to": f"90.00 {currency}"},
        )
        # no word that the digests, which are hexadecimal, could hold by chance
        self.assertNotIn("Interpreter", json.dumps(row.data))
        cost.unlink()
        row = self._rows_of(referral, "cost")[-1]
        self.assertEqual(row.data["change"], "deleted")
        self.assertEqual(row.data["values"]["amount"], f"90.00 {currency}")

    def test_parties_come_change_and_go_with_rows(self):
        referral = self._draft_referral()
        party = self._note_party(referral, self.customer, "defendant")
        party.capacity = "witness"
        party.unlink()
        rows = self._rows_of(referral, "party")
        self.assertEqual(
            [row.data["change"] for row in rows], ["noted", "changed", "deleted"]
        )
        self.assertIn(self.customer.name, rows[0].summary)
        self.assertEqual(
            rows[1].data["changes"],
            {"capacity": {"from": "defendant", "to": "witness"}},
        )

    def test_why_a_hearing_was_adjourned_and_who_asked_is_sealed(self):
        referral = self._draft_referral()
        hearing = self._plan_hearing(referral)
        referral.env["iso10003.hearing.adjournment"].create(
            {
                "hearing_id": hearing.id,
                "new_start": hearing.start + timedelta(days=1),
                "asked_by": "other",
                "reason": "Roya Example is ill.",
            }
        )
        row = self._rows_of(referral, "hearing")[-1]
        self.assertEqual(row.data["change"], "adjourned")
        self.assertEqual(row.data["asked_by"], "other")
        self.assertIn("The other party", row.summary)
        self.assertEqual(row.note, "Roya Example is ill.")
        self.assertNotIn("Roya", json.dumps(row.data))

    def test_what_is_noted_with_a_provision_is_sealed(self):
        referral = self._draft_referral()
        referral.env["iso10003.referral.provision"].create(
            {
                "referral_id": referral.id,
                "best": 1,
                "likely": 2,
                "worst": 3,
                "note": "They have a witness.",
            }
        )
        row = self._rows_of(referral, "provision")[-1]
        self.assertEqual(row.note, "They have a witness.")

    def test_the_name_of_a_file_is_sealed_by_its_digest(self):
        referral = self._draft_referral()
        referral.env["iso10003.document"].create(
            {
                "file_id": referral.file_ids.id,
                "name": "Contract",
                "content": "SGVsbG8=",
                "file_name": "roya.txt",
            }
        )
        row = self._rows_of(referral, "document")[-1]
        self.assertEqual(set(row.data["values"]["file_name"]), {"sha256"})

    def test_words_of_an_amendment_have_the_salt_of_their_file(self):
        referral = self._lead_referral(self._draft_referral(), "approved")
        amendment = referral.env["iso10003.referral.amendment"].create(
            {"referral_id": referral.id, "why": "A better one.", "reason": "Because."}
        )
        amendment.with_user(self.manager).action_approve()
        moved = self._rows_of(referral, "amended")[-1].data["changes"]["reason"]
        self.assertEqual(set(moved["to"]), {"sha256"})
        plain = hashlib.sha256(b"Because.").hexdigest()
        self.assertNotEqual(moved["to"]["sha256"], plain)

    def test_title_date_and_source_of_a_document_leave_rows(self):
        referral = self._draft_referral()
        document = referral.env["iso10003.document"].create(
            {
                "file_id": referral.file_ids.id,
                "name": "Contract",
                "content": "SGVsbG8=",
            }
        )
        document.write(
            {"name": "Other", "date": fields.Date.today(), "source": "third"}
        )
        changes = self._rows_of(referral, "document")[-1].data["changes"]
        self.assertEqual(set(changes), {"name", "source"})
        self.assertEqual(changes["source"], {"from": "organization", "to": "third"})

    def test_what_is_noted_of_a_hearing_leaves_rows(self):
        referral = self._draft_referral()
        hearing = self._plan_hearing(referral)
        (planned,) = self._rows_of(referral, "hearing")
        self.assertEqual(planned.data["change"], "planned")
        self.assertEqual(planned.data["values"]["kind"], hearing.kind)
        hearing.write({"outcome": "heard", "orders": "Roya Example brings the bill."})
        row = self._rows_of(referral, "hearing")[-1]
        self.assertEqual(row.data["change"], "changed")
        self.assertEqual(row.data["changes"]["outcome"], {"from": None, "to": "heard"})
        self.assertEqual(set(row.data["changes"]["orders"]["to"]), {"sha256"})
        self.assertNotIn("Roya", json.dumps(row.data))
        self.assertIn("Heard, decision later", row.summary)

    def test_a_sheet_leaves_rows_before_it_is_frozen(self):
        referral = self._draft_referral()
        sheet = referral.env["iso10003.referral.estimate"].create(
            {"referral_id": referral.id, "chance_low": 10, "chance_high": 20}
        )
        sheet.chance_high = 60
        sheet.unlink()
        rows = self._rows_of(referral, "sheet")
        self.assertEqual(
            [row.data["change"] for row in rows], ["noted", "changed", "deleted"]
        )
        self.assertEqual(
            rows[1].data["changes"], {"chance_high": {"from": "20.0", "to": "60.0"}}
        )

    def test_what_counsel_changes_in_a_referral_leaves_rows(self):
        referral = self._draft_referral()
        opponent = self.env["res.partner"].create({"name": "Other side"})
        referral.write({"opponent_id": opponent.id, "budget": 500})
        row = self._rows_of(referral, "changed")[-1]
        self.assertEqual(set(row.data["changes"]), {"opponent_id", "budget"})
