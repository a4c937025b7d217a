# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Our position: written, approved by another within the tiers, sent, frozen (7.4.2)."""

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form
from odoo.tools import mute_logger

from ..common import PAPER
from .test_authority import AuthorityCase


class PositionCase(AuthorityCase):
    """Handlers decide up to 1 000, managers up to 5 000, top management anything."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dispute = cls._open_dispute(cls._new_ticket())
        cls.claim = cls._claim(800, "The price")
        cls._lead_to(cls.dispute, "evaluation")
        cls._fill_in(cls.dispute)
        cls.dispute.action_advance()

    @classmethod
    def _claim(cls, amount, name, **values):
        claims = cls.dispute.env["iso10003.claim"]
        return claims.create(
            {"dispute_id": cls.dispute.id, "name": name, "amount": amount, **values}
        )

    def _position(self, stance="contest", user=None, **values):
        positions = self.dispute.with_user(user or self.handler)
        given = {
            "dispute_id": self.dispute.id,
            "stance": stance,
            "reasons": "The terms say so.",
        }
        return positions.env["iso10003.position"].create({**given, **values})

    def _find_letters(self):
        letters = self.env["iso10003.letter"]
        return letters.search(
            [("file_id", "=", self.dispute.file_ids.id), ("kind", "=", "position")]
        )


class TestPosition(PositionCase):
    def test_without_it_the_file_stays(self):
        self._record(self.dispute, response_date=fields.Date.today())
        with self.assertRaisesRegex(UserError, "approved by somebody else"):
            self.dispute.action_advance()
        position = self._position()
        with self.assertRaisesRegex(UserError, "approved by somebody else"):
            self.dispute.action_advance()
        position.with_user(self.manager).action_approve()
        self.assertEqual(self.dispute.state, "resolution")

    def test_no_letter_goes_out_before(self):
        letters = self.dispute.env["iso10003.letter"]
        letter = letters.create(
            {
                "file_id": self.dispute.file_ids.id,
                "kind": "position",
                "subject": "Our position",
                "body": "<p>We contest it.</p>",
            }
        )
        with self.assertRaisesRegex(UserError, "not approved, and cannot be sent"):
            letter.action_send()
        self.assertFalse(self.dispute.response_date)
        # what went by post is put on record as it happened
        letter.channel = "post"
        letter.action_send()
        self.assertTrue(self.dispute.response_date)
        self.assertFalse(self.dispute._gate_position_approved())

    def test_the_card_leads_from_writing_to_the_letter(self):
        shown = self.dispute.with_user(self.handler)
        step = shown._find_next_step(shown._prepare_gate_checklist())
        self.assertEqual(step["label"], "Open our position")
        action = shown.action_next_step()
        positions = shown.env[action["res_model"]]
        with Form(positions.with_context(**action["context"])) as form:
            self.assertEqual(form.stance, "contest", "what the evaluator proposed")
            self.assertEqual(form.line_ids.edit(0).claim_id, self.claim)
        position = form.record
        self.assertFalse(position.line_ids.reasons, "those for all claims count")
        self.assertEqual(position.representative_id, self.handler)
        task = self.dispute.activity_ids.filtered(
            lambda one: (
                one.activity_type_id.get_external_id()[one.activity_type_id.id]
                == "odoo_iso10003.activity_approve_position"
            )
        )
        self.assertTrue(task.user_id.has_group("odoo_iso10003.group_manager"))
        managed = self.dispute.with_user(self.manager)
        step = managed._find_next_step(managed._prepare_gate_checklist())
        self.assertEqual(step["label"], "Open our position")
        action = managed.action_next_step()
        self.assertEqual(action["res_id"], position.id)
        position.with_user(self.manager).action_approve_and_send()
        self.assertEqual(self.dispute.state, "resolution")
        self.assertEqual(position.state, "sent")
        self.assertEqual(position.letter_id, self._find_letters())
        self.assertEqual(position.sent_date, self.dispute.response_date)
        self.assertIn("The price", position.letter_id.body)
        self.assertIn("we contest", position.letter_id.body)
        self.assertIn("The terms say so.", position.letter_id.body)
        self.assertFalse(task.exists() and task.active)

    def test_approved_and_not_sendable_it_is_neither(self):
        self.customer.email = False
        position = self._position()
        with self.assertRaisesRegex(UserError, "no e-mail address"):
            with self.env.cr.savepoint():
                position.with_user(self.manager).action_approve_and_send()
        self.assertEqual(position.state, "draft")
        self.assertFalse(self._find_letters())

    def test_nobody_approves_what_they_had_a_hand_in(self):
        position = self._position(user=self.manager)
        with self.assertRaisesRegex(ValidationError, "somebody else has to do this"):
            position.action_approve()
        # nor who changed it, be it one of its lines
        position.line_ids.with_user(self.handler).reasons = "The drum was fine."
        with self.assertRaisesRegex(ValidationError, "somebody else has to do this"):
            position.with_user(self.handler).action_approve()
        position.with_user(self.chief).action_approve()
        self.assertEqual(position.approved_by_id, self.chief)

    def test_it_is_measured_by_what_it_concedes(self):
        self._claim(700, "The plumber")
        position = self._position("concede")
        with self.assertRaisesRegex(
            UserError, "1,500.* beyond your tier .*Dispute manager"
        ):
            position.with_user(self.evaluator).action_approve()
        position.with_user(self.manager).action_approve()
        self.assertEqual(position.measured_amount, 1500)
        self.assertEqual(position.approved_level, "manager")
        row = self._last_row("position")
        self.assertEqual(row.data["values"]["level"], "manager")
        self.assertEqual(list(row.data["values"]["measured"]), ["sha256"])
        self.assertIn("Dispute manager", row.summary)
        self.assertNotIn("1500", row.summary)

    def test_it_is_measured_by_what_is_most_likely_at_stake(self):
        self._sheet_again(exposure_likely=6000, exposure_most=9000)
        position = self._position("contest")
        with self.assertRaisesRegex(UserError, "beyond your tier .*Top management"):
            position.with_user(self.manager).action_approve()
        position.with_user(self.sponsor).action_approve()
        self.assertEqual(position.measured_amount, 6000)
        with self.assertRaises(AccessError):
            position.with_user(self.sponsor).action_approve_and_send()

    def _sheet_again(self, **values):
        sheets = self.dispute.with_user(self.evaluator).env["iso10003.evaluation"]
        sheets.create(
            {
                "dispute_id": self.dispute.id,
                "facts": "<p>More came to light.</p>",
                "severity": "1",
                **values,
            }
        ).action_submit()

    def test_a_currency_without_a_rate_is_refused(self):
        self._rate(2)
        claim = self._claim(50, "The fare", currency_id=self.foreign.id)
        position = self._position("concede")
        self.foreign.rate_ids.unlink()
        with self.assertRaisesRegex(UserError, f"{self.foreign.name} has no rate"):
            position.with_user(self.manager).action_approve()
        self._rate(2)
        position.with_user(self.manager).action_approve()
        self.assertEqual(position.measured_amount, 825)
        self.assertEqual(claim.state, "open", "it follows how the file ends")

    def test_each_claim_is_answered_with_reasons(self):
        second = self._claim(100, "An apology")
        position = self._position("in_part")
        approve = position.with_user(self.manager).action_approve
        with self.assertRaisesRegex(UserError, "The price.*how much of it"):
            approve()
        lines = {line.claim_id: line for line in position.line_ids}
        lines[self.claim].amount = 200
        with self.assertRaisesRegex(ValidationError, "a part of .*100.* cannot be"):
            lines[second].amount = 101
        lines[second].stance = "contest"
        position.reasons = "  "
        with self.assertRaisesRegex(UserError, "say why"):
            approve()
        position.reasons = "It was late."
        later = self._claim(1, "Interest")
        with self.assertRaisesRegex(UserError, "says nothing of the claim “Interest”"):
            approve()
        position.line_ids.create({"position_id": position.id, "claim_id": later.id})
        with self.assertRaisesRegex(UserError, "how much of it"):
            approve()
        position.line_ids.filtered(lambda one: one.claim_id == later).stance = "concede"
        approve()
        self.assertEqual(position.measured_amount, 800, "what is at stake is more")

    def test_what_is_withdrawn_is_not_answered(self):
        """File 10: one of three is withdrawn; authority measures what is left."""
        self._claim(900, "The plumber")
        fare = self._claim(5000, "The fare")
        self._sheet_again(exposure_likely=10, exposure_most=10)
        position = self._position("concede")
        with self.assertRaisesRegex(UserError, "beyond your tier"):
            position.with_user(self.manager).action_approve()
        fare.action_withdraw("She wrote.", PAPER)
        position.with_user(self.manager).action_approve_and_send()
        self.assertEqual(position.measured_amount, 1700)
        self.assertNotIn("The fare", position.letter_id.body)
        self.assertIn("The plumber", position.letter_id.body)

    def test_without_claims_it_answers_the_file(self):
        bare = self._lead_to(self._open_dispute(self._new_ticket()), "position")
        position = self._position(dispute_id=bare.id, stance=False)
        with self.assertRaisesRegex(UserError, "say what we answer"):
            position.with_user(self.manager).action_approve()
        position.write({"stance": "in_part", "amount": 6000})
        with self.assertRaisesRegex(UserError, "beyond your tier"):
            position.with_user(self.manager).action_approve()
        position.with_user(self.sponsor).action_approve()
        self.assertIn("6,000", position._get_words()["answer"])

    def test_it_rests_on_a_sheet(self):
        other = self._lead_to(self._open_dispute(self._new_ticket()), "evaluation")
        position = self._position(dispute_id=other.id)
        with self.assertRaisesRegex(UserError, "sheet is not submitted"):
            position.with_user(self.manager).action_approve()

    def test_approved_means_frozen(self):
        position = self._position()
        position.with_user(self.manager).action_approve()
        for change in (
            lambda: position.write({"reasons": "None."}),
            lambda: position.line_ids.write({"stance": "concede"}),
            lambda: position.line_ids.unlink(),
            lambda: position.line_ids.create(
                {"position_id": position.id, "claim_id": self._claim(5, "X").id}
            ),
            lambda: position.unlink(),
            lambda: position.with_user(self.chief).write({"range_high": 5}),
        ):
            # what is there stays, too, as the records of the file are held
            kept = "does not change any more|records of .* are held"
            with self.assertRaisesRegex(UserError, kept), self.env.cr.savepoint():
                change()
        with self.assertRaisesRegex(UserError, "approved already"):
            position.with_user(self.chief).action_approve()

    def test_a_claim_that_grows_afterwards_changes_no_answer(self):
        position = self._position("concede")
        position.with_user(self.manager).action_approve()
        self.claim.amount = 4000
        self.assertEqual(position.line_ids.amount, 800)
        self.assertEqual(position.measured_amount, 800)
        self.assertIn("800", position._get_words()["answer"])
        self.assertNotIn("4,000", position._get_words()["answer"])

    def test_only_deeds_write_what_deeds_write(self):
        position = self._position()
        for values in (
            {"state": "approved"},
            {"approved_by_id": self.manager.id},
            {"approved_date": fields.Date.today()},
            {"author_id": self.stranger.id},
            {"writer_ids": [(5,)]},
            {"measured_amount": 0},
            {"may_settle": True},
            {"sent_date": fields.Date.today()},
            {"version": 9},
        ):
            with self.subTest(values=values), self.assertRaises(UserError):
                position.write(values)
            with self.subTest(created=values), self.assertRaises(UserError):
                self._position(**values)
            name = next(iter(values))
            # Odoo tries to insert what it could not read, before it takes all back
            with self.subTest(imported=name), mute_logger("odoo.sql_db"):
                result = position.load(
                    ["dispute_id/.id", "reasons", name],
                    [[str(self.dispute.id), "X", str(values[name])]],
                )
                self.assertTrue(result["messages"])
        for user in (self.stranger, self.auditor, self.counsel, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                position.with_user(user).action_approve()

    def test_a_new_one_in_the_resolution_replaces_it(self):
        """File 2: after the adjudicator's view, without a step back."""
        first = self._position()
        first.with_user(self.manager).action_approve_and_send()
        told = self.dispute.response_date
        self.assertEqual(self.dispute.state, "resolution")
        action = first.action_new_version()
        positions = self.dispute.env["iso10003.position"]
        with Form(positions.with_context(**action["context"])) as form:
            self.assertEqual(form.reasons, "The terms say so.")
            form.stance = "concede"
            form.reasons = "The expert found a fault."
        second = form.record
        self.assertEqual(second.version, 2)
        second.with_user(self.manager).action_approve()
        self.assertEqual((first.state, second.state), ("sent", "approved"))
        letter = self.dispute.env["iso10003.letter"].create(
            {"file_id": self.dispute.file_ids.id, "kind": "position"}
        )
        letter.action_send()
        self.assertEqual((first.state, second.state), ("replaced", "sent"))
        self.assertEqual(first.line_ids.stance, "contest")
        self.assertEqual(second.letter_id, letter)
        self.assertIn("The expert found a fault.", letter.body)
        self.assertEqual(self.dispute.state, "resolution")
        self.assertEqual(self.dispute.response_date, told)

    def test_an_approved_one_that_never_went_out_is_replaced_too(self):
        first = self._position()
        first.with_user(self.manager).action_approve()
        second = self._position("concede")
        second.with_user(self.chief).action_approve()
        self.assertEqual((first.state, second.state), ("replaced", "approved"))

    def test_sent_elsewhere_is_noted_on_it(self):
        position = self._position()
        position.with_user(self.manager).action_approve()
        self._record(self.dispute, response_date=fields.Date.today())
        self.assertEqual(position.state, "sent")
        self.assertFalse(position.letter_id)

    def test_who_speaks_for_us_may_settle_or_reaches_who_may(self):
        for values, may in (
            ({"range_high": 900}, True),
            ({"range_high": 2000}, False),
            ({"range_high": 2000, "reach_id": self.manager.id}, True),
            ({"range_high": 2000, "settle_limit": 2000, "mandate": PAPER}, True),
            ({"range_high": 2000, "settle_limit": 1999, "mandate": PAPER}, False),
            ({"range_high": 2000, "settle_limit": 2000}, False),
            ({"range_high": 9, "contact_id": self.customer.id}, False),
        ):
            with self.subTest(values=values):
                position = self._position(**values)
                position.with_user(self.manager).action_approve()
                self.assertEqual(position.may_settle, may)

    @mute_logger("odoo.sql_db")
    def test_what_cannot_be(self):
        for values in (
            {"range_low": 5, "range_high": 4},
            {"range_low": -1},
            {"settle_limit": -1},
        ):
            with self.subTest(values=values), self.assertRaises(IntegrityError):
                with self.env.cr.savepoint():
                    self._position(**values).flush_recordset()
        other = self._open_dispute(self._new_ticket())
        other.amount_claimed = 3
        position = self._position()
        with self.assertRaisesRegex(ValidationError, "belongs to another file"):
            with self.env.cr.savepoint():
                position.line_ids.create(
                    {"position_id": position.id, "claim_id": other.claim_ids.id}
                )
        with self.assertRaises(IntegrityError), self.env.cr.savepoint():
            self._position()
        with self.assertRaisesRegex(UserError, "no position is formed"):
            self._position(dispute_id=other.id)


class TestRange(PositionCase):
    """How far we would go is for who leads or decides."""

    RANGE = ("range_low", "range_high")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        export = cls.env.ref("base.group_allow_export")
        cls.env.ref("base.group_user").implied_ids += export
        cls.position = cls.dispute.env["iso10003.position"].create(
            {
                "dispute_id": cls.dispute.id,
                "stance": "contest",
                "reasons": "The terms say so.",
                "range_low": 4321,
                "range_high": 8765,
            }
        )

    def _read_every_way(self, user):
        positions = self.env["iso10003.position"].with_user(user)
        own = self.position.with_user(user)
        for name in self.RANGE:
            yield lambda name=name: own.read([name])
            yield lambda name=name: own[name]
            yield lambda name=name: own.export_data([name])
            yield lambda name=name: positions.search([(name, ">", 1)])
            yield lambda name=name: positions.search([], order=name)
            yield lambda name=name: positions.formatted_read_group(
                [], [], [f"{name}:sum"]
            )
            yield lambda name=name: positions._read_group([], [], [f"{name}:max"])
            yield lambda name=name: own.web_read({name: {}})
            yield lambda name=name: own.mapped(name)

    def test_who_may_know(self):
        for user in (self.handler, self.evaluator, self.manager, self.sponsor):
            with self.subTest(user=user.login):
                self.assertEqual(self.position.with_user(user).range_high, 8765)

    def test_who_may_not(self):
        for user in (self.portal, self.auditor, self.agent, self.employee):
            for number, read in enumerate(self._read_every_way(user)):
                self.env.invalidate_all()
                with self.subTest(user=user.login, way=number):
                    with self.assertRaises(UserError), self.env.cr.savepoint():
                        read()
        # a handler of another team reads none of it
        for read in self._read_every_way(self.stranger):
            self.env.invalidate_all()
            try:
                self.assertNotIn("8765", str(read()))
            except UserError:  # an AccessError is one
                continue
        stranger = self.env["iso10003.position"].with_user(self.stranger)
        self.assertFalse(stranger.search([("range_high", ">", 1)]))

    def test_it_is_in_no_letter_no_print_and_no_row(self):
        self.position.with_user(self.manager).action_approve_and_send()
        letter = self.position.letter_id
        mail = self.env["mail.mail"].search([("message_id", "=", letter.message_id)])
        report = self.env["ir.actions.report"].with_user(self.manager)
        page = report._render_qweb_html("odoo_iso10003.dispute_file", self.dispute.ids)[
            0
        ].decode()
        said = [letter.body, letter.subject, mail.body_html, page]
        said += [
            str(row.data) + (row.summary or "") for row in self.dispute.register_ids
        ]
        said += self.dispute.message_ids.mapped("body")
        for text in said:
            for amount in ("4321.", "4,321", "8765.", "8,765"):
                self.assertNotIn(amount, text or "")


class TestSmallTrack(PositionCase):
    """One sheet for evaluation and position; somebody else approves and sends."""

    def test_one_sheet_and_one_press(self):
        small = self._open_dispute(self._new_ticket())
        small.amount_claimed = 80
        self._lead_to(small, "evaluation")
        small.evaluator_id = self.evaluator
        self.assertEqual(small.track, "small")
        action = small.with_user(self.evaluator).action_next_step()
        sheets = self.env[action["res_model"]].with_user(self.evaluator)
        form = Form(sheets.with_context(**action["context"]))
        form.facts = "<p>The drum was faulty.</p>"  # typed
        form.severity = "0"
        form.stance = "concede"
        form.reasons = "It was our fault."  # typed
        form.save().action_submit()
        self.assertEqual(small.state, "position")
        position = small.position_ids
        self.assertEqual(
            (position.author_id, position.stance), (self.evaluator, "concede")
        )
        self.assertEqual(position.line_ids.amount, 80)
        action = small.action_next_step()
        self.assertEqual(action["res_id"], position.id)
        position.with_user(self.handler).action_approve_and_send()
        self.assertEqual(small.state, "resolution")
        self.assertEqual(position.state, "sent")
        self.assertEqual(small.response_date, small._get_company_day())
        moves = small.register_ids.filtered(lambda row: row.event == "transition")
        self.assertEqual(
            [row.data["to"] for row in moves[-2:]], ["position", "resolution"]
        )

    def test_the_sheet_says_what_we_answer(self):
        small = self._open_dispute(self._new_ticket())
        self._lead_to(small, "evaluation")
        small.evaluator_id = self.evaluator
        sheet = (
            small.with_user(self.evaluator)
            .env["iso10003.evaluation"]
            .create(
                {"dispute_id": small.id, "facts": "<p>Faulty.</p>", "severity": "0"}
            )
        )
        with self.assertRaisesRegex(UserError, "Stance proposed, Reasons"):
            sheet.action_submit()
        self.assertEqual(small.state, "evaluation")
        self.assertFalse(small.position_ids)
