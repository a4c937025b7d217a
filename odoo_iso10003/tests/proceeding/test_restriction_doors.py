# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import ast
import base64
import re
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...report.proceeding import exhibited
from ..test_rooms import ADDON, KINDS
from .document_common import DocumentCase, new_pdf

FORBIDDEN = "An order or a term forbids"

# Where papers are read to be handed on, and how each asks the restrictions.
DOCUMENTS = "asks _filter_restricted, by itself or by _find_hindrances"
FILES = "asks _find_forbidden of what is stored"
INSIDE = "hands out nothing: read by who works here"
DOORS = {
    ("bundle", "Bundle._check_documents"): DOCUMENTS,
    ("bundle", "Bundle._number_lines"): DOCUMENTS,
    ("bundle", "Bundle._find_showable"): DOCUMENTS,
    ("bundle", "Bundle._check_still_free"): DOCUMENTS,
    ("bundle", "BundleReport._list_lines"): DOCUMENTS,
    ("exhibited", "Exhibited._list_exhibits"): DOCUMENTS,
    ("referral_dossier", "ReferralDossierReport._facts"): DOCUMENTS,
    ("referral_dossier", "ReferralDossierReport._list_rows"): INSIDE,
    ("documented", "Documented._get_story_sources"): DOCUMENTS,
    ("documented", "Documented._check_letter_rests"): FILES,
    ("documented", "Documented._find_papers_to_take"): INSIDE,
    ("disposing", "Disposing._destroy_attached"): INSIDE,
    ("rehashed", "Rehashed._hash_anew"): INSIDE,
    ("document_deeds", "DocumentDeeds._filter_for_parties"): DOCUMENTS,
    ("document_deeds", "DocumentDeeds._find_hindrances"): DOCUMENTS,
    ("document_deeds", "DocumentDeeds._compute_restricted"): DOCUMENTS,
    ("disclosure", "Disclosure._find_flaws"): DOCUMENTS,
    ("restriction_doors", "RestrictionDoors._check_free"): FILES,
    ("restriction_doors", "RestrictionDoors._check_free_for_all"): FILES,
    ("document_deeds", "DocumentDeeds._export_rows"): FILES,
    ("restriction_doors", "Bundle._export_rows"): FILES,
    ("restriction_doors", "IrAttachment._export_rows"): FILES,
    ("restriction_doors", "IrAttachment.generate_access_token"): FILES,
    ("restriction_doors", "IrAttachment._can_return_content"): FILES,
    ("restriction_doors", "MailThread._notify_get_recipients"): FILES,
    ("restriction_doors", "MailMail._find_untold"): FILES,
    ("restriction_doors", "MailMail._find_forbidden"): FILES,
    ("restriction_doors", "MailMail._get_handed_on"): FILES,
    ("restriction_doors", "MailMail._leave_out"): FILES,
    # pictures of the text itself, with the rights of who prints it
    ("people_text", "IrQwebFieldPeopleText._find_picture"): INSIDE,
    ("told_words", "ToldWords._message_create"): INSIDE,
    ("documented", "Documented._prepare_message_facts"): INSIDE,
    ("document_take", "DocumentTake.default_get"): INSIDE,
    ("document_take", "DocumentTake.action_confirm"): INSIDE,
    # the register's own files, of which none is a paper of a case
    ("job_print", "JobPrint._gc_prints"): INSIDE,
    ("register", "RegisterExport.export_register"): INSIDE,
}
# what takes papers or stored files to where they leave
HANDS = re.compile(
    r"_get_stored_files\(|_list_exhibits\(|_filter_for_parties\(|_filter_unmarked\("
    r"|/web/content/|/web/image/\{|attachment_ids|_export_rows|generate_access_token"
    r"|make_response\(|_find_hindrances\(|_filter_restricted\(|_find_forbidden\("
    r"|_can_return_content\(|_check_free\("
)


def find_handing(source):
    """Yield the methods of a source that take papers to where they leave."""
    for outer in ast.parse(source).body:
        if not isinstance(outer, ast.ClassDef):
            continue
        for inner in outer.body:
            if not isinstance(inner, ast.FunctionDef):
                continue
            body = inner.body[1:] if ast.get_docstring(inner) else inner.body
            text = "\n".join(map(ast.unparse, body))
            if HANDS.search(text):
                yield f"{outer.name}.{inner.name}"


def find_doors(sources):
    """Return ``{(file, method)}`` of all that hand papers on.

    :param sources: ``(name of a file, its text)``
    """
    return {(name, method) for name, text in sources for method in find_handing(text)}


def read_sources():
    return [
        (path.stem, path.read_text("utf-8"))
        for kind in (*KINDS, "controllers")
        for path in sorted((ADDON / kind).rglob("*.py"))
    ]


class TestDoors(DocumentCase):
    """What an order forbids leaves the house by no door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(patch.object(exhibited, "EXHIBIT_SECONDS", 60))
        cls.content = new_pdf(107)
        cls.secret = cls._put_on_file(
            "Trade secret", cls.content, file_name="secret.pdf", audience="parties"
        )
        cls.plain = cls._put_on_file(
            "The contract", new_pdf(108), file_name="c.pdf", audience="parties"
        )
        cls.handler.group_ids += cls.env.ref("base.group_allow_export")
        cls.manager.group_ids += cls.env.ref("base.group_allow_export")
        cls.body = cls.env["res.partner"].create(
            {"name": "The ombudsman", "email": "body@example.com"}
        )

    def _restrict(self, **values):
        restrictions = self.env["iso10003.restriction"].with_user(self.handler)
        return restrictions.create(
            {
                "file_id": self.file.id,
                "name": "Order of the court",
                "document_ids": [Command.set(self.secret.ids)],
                **values,
            }
        )

    def _attach(self, content=None, user=None):
        attachments = self.env["ir.attachment"].with_user(user or self.handler)
        return attachments.create({"name": "c.pdf", "raw": content or self.content})

    def _stored(self):
        return self.secret.sudo()._get_stored_files()[self.secret.sudo()]

    # ------------------------------------------------------------
    # All doors
    # ------------------------------------------------------------

    def test_every_door_is_known(self):
        found = find_doors(read_sources())
        self.assertEqual(sorted(found - DOORS.keys()), [])
        self.assertEqual(sorted(DOORS.keys() - found), [])

    def test_a_new_door_is_found(self):
        source = '''
class Fax(models.Model):
    def send(self):
        return [file.raw for file in self.document_ids._get_stored_files().values()]

    def link(self):
        return f"/web/content/{self.id}"

    def harmless(self):
        """Not like generate_access_token."""
        return self.document_ids.ids
'''
        found = find_doors([("fax", source)])
        self.assertEqual(
            sorted(found - DOORS.keys()), [("fax", "Fax.link"), ("fax", "Fax.send")]
        )

    # ------------------------------------------------------------
    # One by one
    # ------------------------------------------------------------

    def test_a_message_to_parties(self):
        dispute = self.dispute.with_user(self.handler)

        def post():
            return dispute.message_post(
                body="As asked",
                partner_ids=self.customer.ids,
                attachment_ids=self._attach().ids,
                subtype_xmlid="mail.mt_comment",
            )

        post()
        order = self._restrict()
        with self.assertRaisesRegex(UserError, f"{FORBIDDEN} to show “Trade secret”"):
            post()
        # a note is for who works here, and other papers go
        dispute.message_post(
            body="Look", attachment_ids=self._attach().ids, subtype_xmlid="mail.mt_note"
        )
        dispute.message_post(
            body="This",
            partner_ids=self.customer.ids,
            attachment_ids=self._attach(b"Other").ids,
        )
        order.action_end("The court lifted it")
        post()

    def test_a_message_on_any_other_record(self):
        self._restrict()
        with self.assertRaisesRegex(UserError, FORBIDDEN):
            self.dispute.ticket_id.with_user(self.handler).message_post(
                body="For you",
                partner_ids=self.body.ids,
                attachment_ids=self._attach().ids,
            )

    def test_what_comes_in_by_mail_is_kept_and_not_passed_on(self):
        def come_in():
            return self.dispute.sudo().message_post(
                body="I enclose it",
                message_type="email",
                author_id=self.customer.id,
                partner_ids=self.body.ids,
                attachment_ids=self._attach().ids,
            )

        self.assertEqual(come_in().partner_ids, self.body)
        self._restrict()
        message = come_in()
        self.assertTrue(message.attachment_ids)
        self.assertFalse(message.partner_ids or message.notified_partner_ids)

    def test_a_mail_is_asked_again_when_it_leaves(self):
        def queue(**values):
            return self.env["mail.mail"].create(
                {
                    "subject": "As asked",
                    "body_html": "<p>As asked</p>",
                    "attachment_ids": [Command.set(self._attach().ids)],
                    **values,
                }
            )

        known = queue(recipient_ids=[Command.set(self.body.ids)])
        by_address = queue(email_to="stranger@example.com")
        shown = queue(
            recipient_ids=[Command.set(self.body.ids)],
            attachment_ids=False,
            body_html=f"<img src='/web/image/{self._stored().id}'/>",
        )
        self._restrict()
        with patch.object(type(self.env["mail.mail"]), "_send", return_value=True):
            (known | by_address | shown).send()
        self.assertEqual((known.state, shown.state), ("cancel", "cancel"))
        self.assertFalse(known.recipient_ids or by_address.email_to)
        # and made afterwards, it begins without
        self.assertFalse(
            queue(recipient_ids=[Command.set(self.body.ids)]).recipient_ids
        )

    def test_a_letter_whose_text_shows_it(self):
        self._restrict()
        letters = self.env["iso10003.letter"].with_user(self.handler)
        addresses = (
            f"/web/image/{self._stored().id}",
            f"/web/content/iso10003.document/{self.secret.id}/content",
            f"/web/content?model=iso10003.document&amp;id={self.secret.id}&amp;field=content",
        )
        for address in addresses:
            letter = letters.create(
                {
                    "file_id": self.file.id,
                    "subject": "What you asked",
                    "body": f'<p>Here</p><a href="{address}">it</a>',
                    "channel": "post",
                }
            )
            with self.assertRaisesRegex(UserError, FORBIDDEN):
                letter.action_send()
            self.assertEqual(letter.state, "draft")
        letter.body = "<p>We may not show it.</p>"
        letter.action_send()
        self.assertEqual(letter.state, "sent")

    def test_links_with_a_token(self):
        stored = self._stored()
        [token] = stored.generate_access_token()
        self.assertTrue(stored._can_return_content(access_token=token))
        self._restrict()
        nobody = stored.with_user(self.env.ref("base.public_user"))
        self.assertFalse(stored.sudo(False)._can_return_content(access_token=token))
        with self.assertRaises(AccessError):
            nobody.env["ir.binary"]._find_record(
                res_id=stored.id, access_token=token, field="raw"
            )
        with self.assertRaisesRegex(UserError, FORBIDDEN):
            self._attach().generate_access_token()

    def test_exports_of_contents(self):
        self._restrict()
        handler = self.secret.with_user(self.handler)
        self.assertEqual(handler.export_data(["name"])["datas"], [["Trade secret"]])
        for records, path in (
            (handler, "content"),
            (self.dispute.with_user(self.handler), "document_ids/content"),
            (self._attach(), "datas"),
        ):
            with self.subTest(path=path):
                with self.assertRaisesRegex(UserError, FORBIDDEN):
                    records.with_context(import_compat=False).export_data([path])
        self.assertTrue(
            self.plain.with_user(self.handler).export_data(["content"])["datas"][0][0]
        )

    def _issue(self):
        bundles = self.env["iso10003.bundle"].with_user(self.handler)
        bundle = bundles.create(
            {
                "file_id": self.file.id,
                "name": "Papers",
                "partner_id": self.body.id,
                "line_ids": [Command.create({"document_id": self.secret.id})],
            }
        )
        bundle.action_issue()
        return bundle

    def test_a_bundle_from_before_is_not_handed_over(self):
        bundle = self._issue()
        order = self._restrict()
        with self.assertRaisesRegex(UserError, "since it was issued"):
            bundle.action_hand_over()
        # nor its PDF by any other way
        copy = self._attach(base64.b64decode(bundle.content))
        with self.assertRaisesRegex(UserError, FORBIDDEN):
            self.dispute.with_user(self.handler).message_post(
                body="All of it",
                partner_ids=self.customer.ids,
                attachment_ids=copy.ids,
            )
        with self.assertRaisesRegex(UserError, FORBIDDEN):
            bundle.export_data(["content"])
        order.action_end("It is over")
        bundle.action_hand_over()

    def test_prints_for_the_parties_and_for_us(self):
        self._restrict()
        reports = self.env["ir.actions.report"].with_user(self.handler)
        html, _kind = reports._render_qweb_html(
            "odoo_iso10003.parties_file", self.dispute.ids
        )
        self.assertNotIn("Trade secret", html.decode())
        self.assertIn("The contract", html.decode())
        html, _kind = reports._render_qweb_html(
            "odoo_iso10003.dispute_file", self.dispute.ids
        )
        self.assertIn("May not be shown", html.decode())

    # ------------------------------------------------------------
    # What is meant by one
    # ------------------------------------------------------------

    def test_each_version_and_each_copy_of_the_file_is_meant(self):
        newer = self._put_on_file(
            "Newer", new_pdf(109), file_name="n.pdf", replaces_id=self.secret.id
        )
        other = self._open_dispute(self._new_ticket())
        again = self._put_on_file("Again", self.content, file_id=other.file_ids.id)
        redacted = self._put_on_file("Redacted", b"...", redacts_id=self.secret.id)
        self._restrict()
        self.assertTrue(
            self.secret.restricted and newer.restricted and again.restricted
        )
        self.assertFalse(self.plain.restricted or redacted.restricted)

    def test_on_a_whole_file_what_is_public_is_free_elsewhere(self):
        terms = self._put_on_file("Terms", b"Terms", audience="public")
        other = self._open_dispute(self._new_ticket())
        again = self._put_on_file("Terms", b"Terms", file_id=other.file_ids.id)
        self._restrict(document_ids=False)
        self.assertTrue(terms.restricted and self.plain.restricted)
        self.assertFalse(again.restricted)

    def test_whom_it_exempts_and_when(self):
        today = fields.Date.context_today(self.dispute)
        self._restrict(exempt_ids=[Command.set(self.customer.ids)])
        self.dispute.with_user(self.handler).message_post(
            body="As the order allows",
            partner_ids=self.customer.ids,
            attachment_ids=self._attach().ids,
        )
        self.env["iso10003.restriction"].search([]).action_end("Done")
        self._restrict(date_from=today + timedelta(days=1))
        self.assertFalse(self.secret.restricted)
        self._restrict(
            date_from=today - timedelta(days=9), date_until=today - timedelta(days=1)
        )
        self.secret.invalidate_recordset()
        self.assertFalse(self.secret.restricted)
