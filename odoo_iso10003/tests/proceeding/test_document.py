# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib
from unittest.mock import patch

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import mute_logger

from ...core import paper
from .document_common import DocumentCase, new_pdf

TEXT = b"What was agreed"


class TestDocument(DocumentCase):
    """A paper is put on file once, and stays as it is."""

    def _rows(self, event="document"):
        return self.dispute.register_ids.filtered(lambda row: row.event == event)

    def test_it_has_a_number_that_stays_its_digest_and_its_row(self):
        first, second = self._put_on_file("Contract"), self._put_on_file("Invoice")
        self.assertEqual((first.exhibit_number, second.exhibit_number), (1, 2))
        self.assertEqual(first.sha256, hashlib.sha256(TEXT).hexdigest())
        self.assertEqual(first.audience, "internal")
        row = self._rows()[0]
        self.assertEqual(row.data["document"], first.id)
        self.assertEqual(row.data["sha256"], first.sha256)
        self.assertNotIn("Contract", str(row.data))
        self.assertIn("Internal", row.summary)
        self.assertEqual(self.dispute.document_ids, first | second)

    def test_what_cannot_be_kept_is_refused_and_nothing_is_lost(self):
        for content, name, words in (
            (b"", "letter.pdf", "the file is empty"),
            (b"Hello", "letter.pdf", "not what the ending of its name says"),
            (b"MZ\x90\x00", "letter.pdf", "it is a program"),
            (b"echo", "run.sh", "it is a program"),
        ):
            with self.subTest(name), self.assertRaisesRegex(UserError, words):
                self._put_on_file("A letter", content, file_name=name)
        with patch.object(paper, "MAX_BYTES", 8):
            with self.assertRaisesRegex(UserError, "larger than 0 MB"):
                self._put_on_file("A film")
        with self.assertRaisesRegex(UserError, "did not arrive whole"):
            self.env["iso10003.document"].with_user(self.handler).create(
                {"file_id": self.file.id, "name": "A letter", "content": "QUJD="[:3]}
            )
        self.assertFalse(self.dispute.document_ids)
        self.assertFalse(self._rows())
        # nor is a number lost
        self.assertEqual(self._put_on_file("Contract").exhibit_number, 1)

    def test_200_megabytes_are_refused_before_they_are_unpacked(self):
        with patch.object(base64, "b64decode") as unpack:
            with self.assertRaisesRegex(UserError, "larger than 100 MB"):
                self.env["iso10003.document"].with_user(self.handler).create(
                    {
                        "file_id": self.file.id,
                        "name": "A film",
                        "content": "A" * (200 * 1024 * 1024 * 4 // 3),
                    }
                )
            unpack.assert_not_called()

    def test_its_file_is_not_changed_on_any_way(self):
        document = self._put_on_file("Contract")
        other = base64.b64encode(b"Another")
        stored = document._get_stored_files()[document]
        attachments = self.env["ir.attachment"]
        for user in (self.handler, self.manager):
            doors = {
                "write": lambda own: own.write({"content": other}),
                "hash": lambda own: own.write({"sha256": "0" * 64}),
                "number": lambda own: own.write({"exhibit_number": 9}),
                "file": lambda own: own.write({"file_id": self.file.id + 1}),
                "unlink": lambda own: own.unlink(),
                "import": lambda own: self._import(own, other),
                "content": lambda own: stored.with_env(own.env).write({"raw": b"x"}),
                "move": lambda own: stored.with_env(own.env).write({"res_id": 1}),
                "delete": lambda own: stored.with_env(own.env).unlink(),
                "second": lambda own: attachments.with_env(own.env).create(
                    {
                        "name": "content",
                        "raw": b"Another",
                        "res_model": own._name,
                        "res_field": "content",
                        "res_id": own.id,
                    }
                ),
            }
            for name, door in doors.items():
                with self.subTest(name, user=user.login):
                    with self.assertRaises(UserError):
                        with self.env.cr.savepoint():
                            door(document.with_user(user))
        with self.assertRaises(UserError), self.env.cr.savepoint():
            document.sudo().unlink()
        self.env.invalidate_all()
        self.assertEqual(base64.b64decode(document.content), TEXT)

    def _import(self, document, content):
        self.env["ir.model.data"].sudo().create(
            {
                "module": "__import__",
                "name": f"document_{document.env.uid}",
                "model": document._name,
                "res_id": document.id,
            }
        )
        fields = ["id", "content"]
        rows = [[f"__import__.document_{document.env.uid}", content.decode()]]
        result = document.browse().load(fields, rows)
        if result["messages"]:
            raise UserError(result["messages"][0]["message"])

    def test_who_reads_it_by_its_audience(self):
        document = self._put_on_file("Contract")
        self.assertTrue(document.with_user(self.evaluator).has_access("read") is False)
        for user in (self.manager, self.counsel, self.auditor, self.sponsor):
            self.assertTrue(document.with_user(user).has_access("read"), user.login)
        for user in (self.stranger, self.portal, self.employee):
            self.assertFalse(document.with_user(user).has_access("read"), user.login)
        privileged = self._put_on_file(
            "Opinion", user=self.manager, audience="privileged"
        )
        for user in (self.manager, self.counsel, self.auditor):
            self.assertTrue(privileged.with_user(user).has_access("read"), user.login)
        for user in (self.handler, self.sponsor, self.portal):
            self.assertFalse(privileged.with_user(user).has_access("read"), user.login)
        documents = self.env["iso10003.document"].with_user(self.handler)
        self.assertEqual(documents.search([("file_id", "=", self.file.id)]), document)
        # the auditor reads, and puts nothing on file
        with self.assertRaises(AccessError):
            self._put_on_file("Own paper", user=self.auditor)
        with self.assertRaises(AccessError):
            self._put_on_file("Paper of a stranger", user=self.stranger)

    def test_the_mark_is_lifted_by_a_manager_who_did_not_file_it(self):
        offer = self._put_on_file("Offer", without_prejudice=True, audience="parties")
        self.assertEqual(offer.exhibit_number, 0)
        with self.assertRaisesRegex(UserError, "lifts the mark"):
            offer.without_prejudice = False
        with self.assertRaises(AccessError):
            offer.action_lift_mark("law", "Article 7")
        managed = offer.with_user(self.manager)
        with self.assertRaisesRegex(UserError, "say by which law"):
            managed.action_lift_mark("law", " ")
        with self.assertRaisesRegex(UserError, "name the document"):
            managed.action_lift_mark("both", "They agreed")
        own = self._put_on_file("Own", user=self.manager, without_prejudice=True)
        with self.assertRaisesRegex(UserError, "Another manager"):
            own.action_lift_mark("law", "Article 7")
        agreed = self._put_on_file("Agreement of both")
        action = managed.action_ask_lift()
        dialog = managed.env[action["res_model"]].with_context(**action["context"])
        dialog.create(
            {"ground": "both", "basis_id": agreed.id, "reason": "They agreed"}
        ).action_confirm()
        self.assertFalse(offer.without_prejudice)
        self.assertEqual(offer.mark_lifted_by_id, self.manager)
        self.assertEqual(offer.exhibit_number, 2)
        row = self._rows("mark_lifted")
        self.assertEqual(row.data["basis"], agreed.id)
        self.assertIn("Both sides agree", row.summary)

    def test_what_is_made_of_a_marked_paper_is_marked(self):
        offer = self._put_on_file("Offer", without_prejudice=True)
        for link in ("replaces_id", "redacts_id"):
            with self.assertRaisesRegex(UserError, "and so is this"):
                self._put_on_file("Copy", **{link: offer.id})
        # nor is there one that was made before
        letter = self._put_on_file("Letter")
        copy = self._put_on_file("Copy", redacts_id=letter.id)
        newer = self._put_on_file("Newer copy", b"x", replaces_id=copy.id)
        letter.without_prejudice = True
        self.assertTrue(copy.without_prejudice and newer.without_prejudice)

    def test_versions_name_the_former_once(self):
        first = self._put_on_file("Contract")
        context = first.action_replace()["context"]
        second = (
            first.with_context(**context)
            .browse()
            .create({"content": base64.b64encode(b"As amended")})
        )
        self.assertEqual((second.name, second.version), ("Contract", 2))
        self.assertEqual(first.replaced_by_ids, second)
        with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation):
            self._put_on_file("Another", b"x", replaces_id=first.id)

    def test_a_redacted_copy_is_checked_by_another(self):
        document = self._put_on_file("Contract")
        copy = self._put_on_file("Contract", b"What was", redacts_id=document.id)
        found = copy._find_hindrances("body")[copy]
        self.assertIn("unchecked", found)
        with self.assertRaisesRegex(UserError, "Somebody else checks it"):
            copy.action_check_redaction()
        with self.assertRaisesRegex(UserError, "no redacted copy"):
            document.with_user(self.manager).action_check_redaction()
        copy.with_user(self.manager).action_check_redaction()
        self.assertEqual(copy.checked_by_id, self.manager)
        self.assertNotIn("unchecked", copy._find_hindrances("body")[copy])

    def test_to_whom_it_went_is_noted_with_what_is_wrong(self):
        contract = self._put_on_file("Contract", audience="parties")
        offer = self._put_on_file("Offer", without_prejudice=True, audience="parties")
        body = self.env["res.partner"].create({"name": "The ombudsman"})
        rows = self.env["iso10003.disclosure"].with_user(self.handler)
        for document, partner, flaws in (
            (contract, body, False),
            (contract, self.customer, False),
            (offer, self.customer, False),
            (offer, body, "marked"),
            (self._put_on_file("Note"), self.customer, "internal"),
        ):
            row = rows.create({"document_id": document.id, "partner_id": partner.id})
            self.assertEqual(row.flaws, flaws, (document.name, partner.name))
        came = rows.create(
            {
                "document_id": offer.id,
                "partner_id": body.id,
                "direction": "received",
            }
        )
        self.assertFalse(came.flaws)
        marked = rows.search([("flaws", "=", "marked")])
        self.assertEqual(marked.remarks, "it is without prejudice")
        for door in (
            lambda: marked.write({"partner_id": self.customer.id}),
            lambda: marked.write({"flaws": False}),
            lambda: marked.sudo().unlink(),
        ):
            with self.assertRaises(UserError):
                door()
        row = self._rows("disclosure")[-1]
        self.assertIn("The ombudsman", row.summary)

    def test_a_restriction_is_asked_until_it_ends(self):
        contract = self._put_on_file("Contract", b"Contract", audience="parties")
        invoice = self._put_on_file("Invoice", b"Invoice", audience="parties")
        expert = self.env["res.partner"].create({"name": "The expert"})
        order = (
            self.env["iso10003.restriction"]
            .with_user(self.handler)
            .create(
                {
                    "file_id": self.file.id,
                    "name": "Trade secrets are not shown",
                    "document_ids": [Command.set(contract.ids)],
                    "exempt_ids": [Command.set(expert.ids)],
                }
            )
        )
        papers = contract | invoice
        for partner, restricted in ((self.customer, contract), (expert, papers[:0])):
            found = papers._find_hindrances("body", partner)
            self.assertEqual(
                papers.filtered(lambda one, f=found: "restricted" in f[one]), restricted
            )
        with self.assertRaises(UserError):
            order.name = "Nothing is shown"
        with self.assertRaises(UserError):
            order.sudo().unlink()
        with self.assertRaisesRegex(UserError, "a reason is needed"):
            order.action_end(" ")
        order.action_end("The court lifted it.")
        self.assertFalse(contract._find_hindrances("body")[contract])
        with self.assertRaisesRegex(UserError, "has ended already"):
            order.action_end("Again")

    def test_a_closed_dispute_takes_more_and_changes_none(self):
        document = self._put_on_file("Contract")
        self._lead_to(self.dispute, "closed")
        self._put_on_file("A late letter")
        with self.assertRaisesRegex(UserError, "it is closed"):
            document.audience = "public"

    def test_a_proceeding_has_papers_numbered_with_those_of_its_dispute(self):
        first = self._put_on_file("Contract", audience="parties")
        proceeding = (
            self.env["iso10003.proceeding"]
            .with_user(self.handler)
            .create(
                {
                    "dispute_id": self.dispute.id,
                    "method_id": self.env.ref("odoo_iso10003.method_mediation").id,
                }
            )
        )
        paper = self._put_on_file("Plea", file_id=proceeding.file_ids.id)
        self.assertEqual(paper.exhibit_number, first.exhibit_number + 1)
        self.assertEqual(proceeding.document_ids, paper)
        self.assertEqual(self.dispute.document_ids, first)
        # a bundle for the body has papers of both
        bundle = (
            self.env["iso10003.bundle"]
            .with_user(self.handler)
            .create(
                {
                    "file_id": proceeding.file_ids.id,
                    "name": "For the body",
                    "partner_id": self.customer.id,
                    "line_ids": [
                        Command.create({"document_id": one.id})
                        for one in (first, paper)
                    ],
                }
            )
        )
        self.assertEqual(len(bundle.line_ids), 2)


class TestPapersOfDispute(DocumentCase):
    """What is wanted on file, and what came by ticket and mail."""

    def _attach(self, record, name, content=TEXT, **values):
        return self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "res_model": record._name,
                "res_id": record.id,
                **values,
            }
        )

    def _dialog(self, user=None):
        action = self.dispute.with_user(user or self.handler).action_take_over_papers()
        dialogs = self.env[action["res_model"]].with_user(user or self.handler)
        return dialogs.with_context(**action["context"])

    def test_the_checklist_names_what_is_missing(self):
        self.dispute.category_id = self.env.ref("odoo_iso10003.category_delivery")
        words = str(self.dispute.with_user(self.handler).wanted_papers)
        for name in ("The complaint itself", "Proof of delivery"):
            self.assertIn(name, words)
        self.assertNotIn("Warranty card", words)
        self.assertNotIn("fa-check", words)
        kind = self.env.ref("odoo_iso10003.document_kind_delivery")
        self._put_on_file("Slip", kind_id=kind.id)
        self.env.invalidate_all()
        words = str(self.dispute.with_user(self.handler).wanted_papers)
        self.assertEqual(words.count("fa-check"), 1)
        # a company's own row stands in its place
        own = kind.with_user(self.manager).action_adapt()
        self.env["iso10003.document.kind"].browse(own["res_id"]).wanted = "never"
        self.env.invalidate_all()
        self.assertNotIn("Proof of delivery", str(self.dispute.wanted_papers))

    def test_papers_of_ticket_and_mail_are_taken_over_together(self):
        ticket = self.dispute.ticket_id.sudo()
        self._attach(ticket, "invoice.pdf", new_pdf(101))
        self._attach(ticket, "again.pdf", new_pdf(101))
        photo = self._attach(ticket, "photo.txt", b"A photo")
        ticket.message_post(
            body="See here",
            author_id=self.customer.id,
            message_type="email",
            attachment_ids=photo.ids,
        )
        self._attach(self.dispute, "note.txt", b"Our note")
        dialog = self._dialog().create({})
        self.assertEqual(
            dialog.attachment_ids.mapped("name"),
            ["invoice.pdf", "photo.txt", "note.txt"],
        )
        dialog.action_confirm()
        documents = self.dispute.document_ids.sorted("id")
        self.assertEqual(
            documents.mapped("name"), ["invoice.pdf", "photo.txt", "note.txt"]
        )
        self.assertEqual(documents.mapped("source")[1], "other")
        # what nobody sent us stays inside
        self.assertEqual(
            documents.mapped("audience"), ["internal", "parties", "internal"]
        )
        self.assertEqual(base64.b64decode(documents[1].content), b"A photo")
        with self.assertRaisesRegex(UserError, "Choose at least one"):
            self._dialog().create({}).action_confirm()

    def test_what_cannot_be_kept_is_named_and_the_rest_is_on_file(self):
        ticket = self.dispute.ticket_id.sudo()
        self._attach(ticket, "letter.pdf", b"no PDF")
        self._attach(ticket, "note.txt", b"A note")
        told = self._dialog().create({}).action_confirm()
        self.assertIn("letter.pdf", told["params"]["message"])
        self.assertEqual(self.dispute.document_ids.mapped("name"), ["note.txt"])

    def test_nobody_takes_over_what_they_may_not_read(self):
        other = self.env["res.partner"].create({"name": "Other"})
        secret = self._attach(other, "secret.txt", b"A secret")
        dialog = self._dialog().create(
            {"attachment_ids": [Command.set(secret.sudo().ids)]}
        )
        with self.assertRaisesRegex(UserError, "Choose at least one"):
            dialog.action_confirm()
        with self.assertRaises(AccessError):
            self._dialog(self.stranger)
