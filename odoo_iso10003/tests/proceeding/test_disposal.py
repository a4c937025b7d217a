# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError

from ...models.proceeding.disposing import GONE, PERSONAL
from ..common import PAPER
from ..migration_common import run_migration
from .document_common import DocumentCase

# in whatever somebody wrote or attached: nothing that is left has it
PLANTED = "Zarbolmasal"
GROUND = "Kept for ten years; they are over."
# stored texts that stay, and why
CODES = "codes, numbers, and names that the product gives"
PROOF = "a digest, which proves what there was"
COUNTED = "how a limit was counted, as data"
OURS = "the text of a sheet as everybody got it, of nobody"
STAYS = {
    **dict.fromkeys(
        (
            "bundle.line.refusal",
            "consent.flaws",
            "declaration.confirmation.about",
            "declaration.confirmation.facts",
            "disclosure.flaws",
            "dispute.access_token",
            "dispute.bare_events",
            "dispute.closed_from",
            "dispute.competence_overrides",
            "dispute.competence_seen",
            "dispute.name",
            "dispute.noted_before",
            "file.model",
            "file.name",
            "letter.message_id",
            "notice.reference_key",
            "participation.lacks",
            "proceeding.ended_from",
            "proceeding.name",
        ),
        CODES,
    ),
    **dict.fromkeys(
        (
            "bundle.line.sha256",
            "bundle.sha256",
            "claim.withdrawal_sha256",
            "consent.document_sha256",
            "consent.sheet_sha256",
            "consent.withdrawal_sha256",
            "cost.proof_sha256",
            "declaration.confirmation.document_sha256",
            "dispute.withdrawal_sha256",
            "document.sha256",
            "evaluation.digest",
            "evaluation.scan_sha256",
            "invitation.digest",
            "letter.digest",
            "notice.document_sha256",
            "offer.answer_sha256",
            "offer.confirmation_sha256",
            "offer.digest",
            "offer.proof_sha256",
            "party.mandate_sha256",
            "performance.proof_sha256",
            "position.digest",
            "position.mandate_sha256",
            "result.digest",
            "result.document_sha256",
        ),
        PROOF,
    ),
    **dict.fromkeys(
        (
            "deadline.balance",
            "deadline.given_actor",
            "deadline.given_event",
            "deadline.problem",
            "deadline.starts",
            "deadline.why",
            "deadline.zone",
        ),
        COUNTED,
    ),
    "consent.sheet_text": OURS,
}
# parts of parts that say nothing of people, and what has files of its own
NOT_OF_IT = {
    "iso10003.alarm",
    "iso10003.deadline.rule",
    "iso10003.deadline.suspension",
    "iso10003.disposal",
    "iso10003.escalation",
    "iso10003.file",
    "iso10003.referral",
    "iso10003.register",
}


class DisposalCase(DocumentCase):
    """A closed file, kept until last month, that has something in every corner."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.context_today(cls.dispute)
        cls._lead_to(cls.dispute, "implementation")
        cls._plant()
        cls._lead_to(cls.dispute, "closed")
        cls.dispute._guarded_write({"retention_date": cls.today - timedelta(days=30)})

    @classmethod
    def _plant(cls):
        dispute = cls.dispute.with_user(cls.handler)
        dispute.write({"subject": PLANTED, "lessons": PLANTED, "cause": PLANTED})
        cls.paper = cls._put_on_file(PLANTED, PLANTED.encode(), audience="parties")
        cls.env["iso10003.letter"].with_user(cls.handler).create(
            {
                "file_id": cls.file.id,
                "subject": PLANTED,
                "body": f"<p>{PLANTED}</p>",
                "channel": "post",
                "scan": PAPER,
                "scan_name": f"{PLANTED}.pdf",
            }
        ).action_send()
        dispute.message_post(
            body=PLANTED,
            subject=PLANTED,
            subtype_xmlid="mail.mt_note",
            attachment_ids=cls.env["ir.attachment"]
            .with_user(cls.handler)
            .create({"name": f"{PLANTED}.txt", "raw": PLANTED.encode()})
            .ids,
        )
        dispute.ticket_id.sudo().write({"description": f"<p>{PLANTED}</p>"})
        dispute.action_hold(PLANTED)
        dispute.action_resume()
        cls.duty = dispute.env["iso10003.obligation"].create(
            {
                "file_id": cls.file.id,
                "name": PLANTED,
                "amount": 30,
                "day": cls.today,
            }
        )
        dispute.env["iso10003.performance"].create(
            {
                "obligation_id": cls.duty.id,
                "date": cls.today,
                "gross": 30,
                "proof": PAPER,
                "proof_name": f"{PLANTED}.pdf",
            }
        )
        cls.duty.action_confirm_done(channel="phone")

    def _propose(self, user=None, **values):
        dispute = self.dispute.with_user(user or self.manager)
        action = dispute.action_propose_disposal()
        disposals = dispute.env["iso10003.disposal"]
        return disposals.with_context(**action["context"]).create(
            {"ground": GROUND, **values}
        )

    def _lift(self):
        if self.dispute.preserved:
            self.dispute.with_user(self.manager).action_lift_hold("No claim is left")

    def _decide(self, disposal, user=None, **values):
        disposal = disposal.with_user(user or self.chief)
        action = disposal.action_ask()
        steps = disposal.env["iso10003.disposal.step"]
        return (
            steps.with_context(**action["context"])
            .create({"reason": "The schedule says so", **values})
            .action_confirm()
        )


class TestDisposal(DisposalCase):
    def test_a_hold_refuses_it_by_name(self):
        if not self.dispute.preserved:
            self.dispute.with_user(self.manager).action_hold_records("A claim is near")
        with self.assertRaisesRegex(UserError, f"records of {self.dispute.name} are"):
            self._propose()
        self._lift()
        disposal = self._propose()
        # held after it was proposed, too
        self.dispute.with_user(self.manager).action_hold_records("A claim is near")
        with self.assertRaisesRegex(UserError, f"records of {self.dispute.name} are"):
            self._decide(disposal)
        self.assertTrue(self.paper.content)
        self._lift()
        self._decide(disposal)
        self.assertEqual(disposal.state, "done")

    def test_what_else_keeps_it(self):
        self._lift()
        day = self.dispute.retention_date
        for prepare, words in (
            (lambda: {"retention_date": self.today}, "it is kept until"),
            (lambda: {"retention_date": False}, "nobody said how long"),
        ):
            self.dispute._guarded_write(prepare())
            with self.assertRaisesRegex(UserError, words):
                self._propose()
        self.dispute._guarded_write({"retention_date": day})
        duty, done = self.duty.sudo(), self.duty.performance_ids.sudo()
        done._guarded_write({"reversed_date": self.today})
        duty._guarded_write({"watched": True, "ruling": False})
        limit = self.dispute.deadline_ids[:1]
        former = limit.state
        limit._guarded_write({"state": "running"})
        with self.assertRaises(UserError) as refused:
            self._propose()
        for words in ("a duty is watched still", "a limit runs still"):
            self.assertIn(words, str(refused.exception))
        limit._guarded_write({"state": former})
        done._guarded_write({"reversed_date": False})
        self._propose()

    def test_somebody_else_decides(self):
        self._lift()
        disposal = self._propose()
        with self.assertRaisesRegex(ValidationError, "Who approves did not write it"):
            self._decide(disposal, self.manager)
        for user in (self.handler, self.auditor):
            with self.assertRaises(AccessError):
                disposal.with_user(user).action_approve("So be it")
        with self.assertRaises(AccessError):
            self.dispute.with_user(self.handler).action_propose_disposal()
        with self.assertRaisesRegex(UserError, "reason"):
            disposal.with_user(self.chief).action_approve(" ")
        with self.assertRaises(UserError):
            self._propose(self.chief)  # once at a time
        self.assertTrue(self.paper.content)

    def test_top_management_decides_too(self):
        self._lift()
        disposal = self._propose()
        self._decide(disposal, self.sponsor)
        self.assertEqual(
            (disposal.state, disposal.decided_by_id), ("done", self.sponsor)
        )

    def test_it_can_be_kept_on(self):
        self._lift()
        disposal = self._propose()
        with self.assertRaisesRegex(UserError, "which day to come"):
            self._decide(disposal, answer="keep", until=self.today)
        until = self.today + timedelta(days=400)
        self._decide(disposal, answer="keep", until=until)
        self.assertEqual((disposal.state, self.dispute.retention_date), ("kept", until))
        self.assertTrue(self.paper.content)
        with self.assertRaisesRegex(UserError, "it is kept until"):
            self._propose()
        with self.assertRaisesRegex(UserError, "decided already"):
            disposal.with_user(self.chief).action_approve("Again")

    def test_it_can_be_withdrawn(self):
        self._lift()
        disposal = self._propose()
        disposal.action_withdraw()
        self.assertEqual(disposal.state, "withdrawn")
        self._propose()

    def test_what_is_destroyed_and_what_stays(self):
        self._lift()
        limit, today = self.dispute.deadline_ids[:1], fields.Datetime.now()
        stop = limit.suspension_ids.sudo().create(
            {
                "deadline_id": limit.id,
                "reason": limit.suspension_ids._fields["reason"].selection[0][0],
                "date_from": today,
                "date_to": today + timedelta(days=1),
                "attachment_id": self.env["ir.attachment"]
                .with_user(self.handler)
                .create(
                    {
                        "name": PLANTED,
                        "raw": f"{PLANTED} stop".encode(),
                        "res_model": "iso10003.dispute",
                        "res_id": self.dispute.id,
                    }
                )
                .id,
            }
        )
        kept = ("name", "state", "outcome", "notice_date", "closed_date", "category_id")
        before = self.dispute.read(kept)
        digest = self.paper.sha256
        checksums = self._read_checksums()
        disposal = self._propose()
        self._decide(disposal)
        self.assertEqual(self.dispute.read(kept), before)
        self.assertEqual(self.dispute.disposed_date, self.today)
        self.assertEqual(self.paper.sha256, digest)
        self.assertFalse(self.paper.content)
        self.assertEqual((self.paper.name, self.file.subject), (GONE, GONE))
        self.assertEqual(self._find_planted(), [])
        self.assertEqual((stop.attachment_id.name, stop.attachment_id.raw), (GONE, b""))
        self.assertFalse(
            self.env["ir.attachment"].search_count(
                [
                    ("checksum", "in", checksums),
                    "|",
                    ("res_field", "=", False),
                    ("res_field", "!=", False),
                ]
            )
        )
        # the record of it says what went, by whom, on which ground
        facts = {one["sha256"] for one in disposal.destroyed}
        self.assertIn(digest, facts)
        self.assertIn(digest, disposal.destroyed_text)
        self.assertEqual(
            (disposal.proposed_by_id, disposal.decided_by_id, disposal.ground),
            (self.manager, self.chief, GROUND),
        )
        for count in ("file_count", "text_count", "message_count", "note_count"):
            self.assertGreater(disposal[count], 0, count)
        self._check_register(disposal, digest)

    def _check_register(self, disposal, digest):
        """The chain is whole, erased notes and all, and has a row with the digests."""
        register = self.env["iso10003.register"]
        self.assertEqual(register.verify_chain([self.dispute._register_file()]), [])
        rows = self.dispute.register_ids
        row = rows.filtered(lambda one: one.event == "disposed_of").ensure_one()
        self.assertEqual(row.actor, self.chief.id)
        self.assertIn(digest, {one["sha256"] for one in row.data["files"]})
        self.assertEqual(set(row.data["texts"]), {"sha256"})
        self.assertEqual(row.note, "The schedule says so")
        self.assertIn("destroyed", row.summary)
        erased = rows.filtered(lambda one: one.event == "hold")
        self.assertEqual(erased.note, "(erased)")

    def _read_checksums(self):
        contents = [PLANTED.encode(), base64.b64decode(PAPER)]
        made = self.env["ir.attachment"].create(
            [{"name": "x", "raw": content} for content in contents]
        )
        checksums = made.mapped("checksum")
        made.unlink()
        return checksums

    def _find_planted(self):
        """Return where in the database the word stands still."""
        self.env.flush_all()
        found = []
        self.env.cr.execute(
            """SELECT table_name, column_name FROM information_schema.columns
                WHERE table_schema = current_schema
                  AND data_type IN ('text', 'character varying', 'jsonb')
                  AND table_name IN (SELECT table_name FROM information_schema.tables
                                      WHERE table_type = 'BASE TABLE')"""
        )
        for table, column in self.env.cr.fetchall():
            self.env.cr.execute(
                f'SELECT 1 FROM "{table}" WHERE "{column}"::text ILIKE %s LIMIT 1',
                [f"%{PLANTED}%"],
            )
            if self.env.cr.fetchone():
                found.append(f"{table}.{column}")
        return found

    def test_afterwards_it_stays_so(self):
        self._lift()
        self._decide(self._propose())
        with self.assertRaisesRegex(UserError, "not opened again"):
            self.dispute.with_user(self.manager).action_reopen("Once more")
        with self.assertRaisesRegex(UserError, "disposed of already"):
            self._propose()
        # and what is shown of it opens
        for report in ("dispute_file", "parties_file"):
            self.env["ir.actions.report"].with_user(self.manager)._render_qweb_html(
                f"odoo_iso10003.{report}", self.dispute.ids
            )
        self.assertTrue(self.dispute.with_user(self.manager).story)

    def test_a_complaint_with_another_file_stays(self):
        self._lift()
        self.dispute.ticket_id.sudo().stage_id = self.open_stage
        other = self._open_dispute(self.dispute.ticket_id)
        self.assertNotEqual(other, self.dispute)
        if other.preserved:
            other.with_user(self.manager).action_lift_hold("For the test")
        self._decide(self._propose())
        self.assertIn(PLANTED, self.dispute.ticket_id.description)

    def test_the_list_of_what_need_not_be_kept(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.retention_action"
        )
        disputes = self.env["iso10003.dispute"].with_user(self.manager)

        def listed():
            domain = [
                ("state", "=", "closed"),
                ("retention_date", "<", "today"),
                ("disposed_date", "=", False),
            ]
            self.assertEqual(str(domain), action["domain"])
            self.assertEqual(
                disputes.search(domain), disputes.search(disputes._get_over_domain())
            )
            return self.dispute in disputes.search(domain)

        self.assertTrue(listed())
        self._lift()
        self._decide(self._propose())
        self.assertFalse(listed())

    def test_the_question_asks_what_was_decided(self):
        rule = self.dispute._audit_retention_set(self.dispute.company_id)
        disputes = self.env["iso10003.dispute"]

        def broken():
            return self.dispute in disputes.search(rule.population & rule.broken)

        self._lift()
        self.assertFalse(broken())  # there is time to decide
        self.dispute._guarded_write({"retention_date": self.today - timedelta(days=91)})
        self.assertTrue(broken())
        self.dispute.with_user(self.manager).action_hold_records("A claim is near")
        self.assertFalse(broken())
        self._lift()
        self._decide(self._propose())
        self.assertFalse(broken())

    def test_an_update_says_what_the_question_looks_at(self):
        question = self.env.ref("odoo_iso10003.requirement_084")
        present = question.looks_at, question.blind_to
        question.looks_at = "Files closed within a year: until when each is kept."
        question.blind_to = "My own words"
        run_migration(self.env, "19.0.1.9.0/post-disposals", "19.0.1.8.0")
        self.assertEqual((question.looks_at, question.blind_to)[0], present[0])
        self.assertEqual(question.blind_to, "My own words")


class TestEveryTextIsDestroyed(DocumentCase):
    """Each text of what belongs to a file is destroyed, or named here with why."""

    def test_each_text_of_each_part(self):
        links = self.env["iso10003.dispute"]._find_links()
        names = {"iso10003.dispute", "iso10003.proceeding", "iso10003.file"}
        ahead = [*names]
        while ahead:
            more = {name for name, *_how in links.get(ahead.pop(), ())} - names
            names |= more
            ahead += more
        self.assertIn("iso10003.performance", names)
        self.assertIn("iso10003.bundle.line", names)
        # what they lead to as their own is among them, too
        own = {
            field.comodel_name
            for name in names
            for field in self.env[name]._fields.values()
            if field.type == "one2many" and field.comodel_name.startswith("iso10003.")
        }
        self.assertEqual(sorted(own - names - NOT_OF_IT), [])
        left = {
            f"{name}.{field.name}".removeprefix("iso10003.")
            for name in names
            for field in self.env[name]._fields.values()
            if field.store
            and field.type in ("char", "text", "html", "json", "binary")
            and not (field.type == "binary" and field.attachment)
            and not field.related
            and field.name not in self.dispute._list_texts(name)
        }
        kinds = {
            self.env[name]._fields[text].type
            for name in names
            for text in self.dispute._list_texts(name)
        }
        self.assertLessEqual(kinds, {"char", "text", "html", "json", "binary"})
        self.assertEqual(sorted(left - STAYS.keys()), [])
        self.assertEqual(sorted(STAYS.keys() - left), [])
        self.assertEqual(sorted(PERSONAL.keys() - names), [])
