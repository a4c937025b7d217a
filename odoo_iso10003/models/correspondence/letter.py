# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import get_lang
from odoo.tools.i18n import format_list

from ...core import letter_text
from ...core.story import Fact
from ..mixin.checks import Rule
from ..mixin.people_date import format_people_date
from .filed import OUTSIDE
from .letter_template import KINDS

# letters sent longer ago are history, and no assessment looks at them any more
ASSESSED_MONTHS = 12


class Letter(models.Model):
    """What we write to the people of a file, from draft to frozen.

    Its text is that of the kind and language, written on by who sends it. Once sent it
    does not change: text, digest, and who got it under which address stay. What it
    tells writes the date of the event on its file. ISO 10003:2018, 7.2 to 7.7 and 4.3.
    """

    _name = "iso10003.letter"
    _description = "Letter"
    _inherit = ["iso10003.guarded", "iso10003.worded", "iso10003.registered.part"]
    _order = "id desc"
    _rec_name = "subject"
    _part_event = "letter"
    _part_begins = "drafted"

    file_id = fields.Many2one(
        "iso10003.file", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(
        related="file_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(KINDS, required=True, default="other", fixed=True)
    state = fields.Selection(
        [("draft", "Draft"), ("sent", "Sent")],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        index=True,
        guarded=True,
    )
    # whom it is for
    audience = fields.Selection(
        [
            ("public", "Everybody"),
            ("parties", "The parties"),
            ("internal", "People who work here"),
            ("privileged", "Counsel, managers and auditors"),
        ],
        "For",
        required=True,
        default="parties",
        sealed=True,
    )
    without_prejudice = fields.Boolean(
        "Without prejudice",
        sealed=True,
        help="An offer, or talk about one: it is never shown to who decides.",
    )
    partner_ids = fields.Many2many(
        "res.partner",
        "iso10003_letter_partner_rel",
        "letter_id",
        "partner_id",
        "To",
        compute="_compute_partner_ids",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        sealed=True,
    )
    # what it says
    language_id = fields.Many2one(
        "res.lang",
        compute="_compute_language_id",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        ondelete="restrict",
        context={"active_test": False},
        sealed=True,
    )
    language = fields.Char("Code of the language", related="language_id.code")
    direction = fields.Selection(related="language_id.direction")
    template_id = fields.Many2one(
        "iso10003.letter.template",
        "Text",
        compute="_compute_template_id",
        store=True,
        readonly=False,
        precompute=True,
        ondelete="restrict",
        sealed=True,
    )
    subject = fields.Char(
        compute="_compute_text",
        store=True,
        readonly=False,
        precompute=True,
        sealed="digest",
    )
    body = fields.Html(
        "Text of the letter",
        compute="_compute_text",
        store=True,
        readonly=False,
        precompute=True,
        prefetch=False,
        sanitize_attributes=True,
        sealed="digest",
    )
    # how it went
    channel = fields.Selection(
        [
            ("mail", "By e-mail from here"),
            ("post", "By post or by hand"),
            ("elsewhere", "Elsewhere, because…"),
            ("message", "A mail that is on the file already"),
        ],
        "How it goes",
        required=True,
        default="mail",
        sealed=True,
    )
    went_date = fields.Date(
        "Went on", deed=True, sealed=True, help="When it went; today when empty."
    )
    reason = fields.Char("Why elsewhere", sealed="digest")
    scan = fields.Binary(
        attachment=False,
        help="The letter as it went, or the receipt. Its SHA-256 is in the register.",
    )
    scan_name = fields.Char("Name of the scan", sealed="digest")
    picked_id = fields.Many2one(
        "mail.message",
        "The mail",
        ondelete="restrict",
        index="btree_not_null",
        sealed=True,
    )
    candidate_ids = fields.Many2many(
        "mail.message", string="Mails", compute="_compute_candidate_ids"
    )
    translated_by = fields.Char(
        "Translated by",
        sealed="digest",
        help="Who translated the text, where it is a translation.",
    )
    sent_date = fields.Date(
        "Sent on", readonly=True, copy=False, guarded=True, deed=True
    )
    sent_by_id = fields.Many2one(
        "res.users",
        "Sent by",
        readonly=True,
        copy=False,
        guarded=True,
        ondelete="restrict",
    )
    digest = fields.Char(
        "SHA-256",
        readonly=True,
        copy=False,
        guarded=True,
        help="Of subject and text as they were sent.",
    )
    sent_to = fields.Json(
        readonly=True,
        copy=False,
        guarded=True,
        help="Who got it: number, name, address and language as they were then.",
    )
    sent_to_text = fields.Text("Who got it", compute="_compute_sent_to_text")
    message_id = fields.Char(
        "Message-ID",
        readonly=True,
        copy=False,
        guarded=True,
        index="btree_not_null",
        help="Of the mail; whatever comes back names it.",
    )

    # what is wrong with it, kept beside it
    unapproved = fields.Boolean(
        "Text not approved",
        readonly=True,
        copy=False,
        guarded=True,
        help="It was sent with a text that nobody but its writer has approved.",
    )
    undelivered = fields.Text("Did not reach", readonly=True, copy=False, guarded=True)
    remarks = fields.Text("What is wrong with it", compute="_compute_remarks")

    _sent_once = models.UniqueIndex(
        "(message_id) WHERE message_id IS NOT NULL", "A mail is one letter."
    )
    _frozen_when_sent = models.Constraint(
        "CHECK (state = 'draft' OR (sent_date IS NOT NULL AND digest IS NOT NULL))",
        "What was sent has its day, and the digest of its text.",
    )

    # ------------------------------------------------------------
    # Told
    # ------------------------------------------------------------

    def _list_facts(self):
        """Return what a letter tells in the story of its file."""
        return [Fact(self.sent_date, self._selection_label("kind"), self.subject)]

    def _filter_open_letters(self):
        """Return the letters that parties have in hand, and nothing marked."""
        return self.filtered(
            lambda one: one.audience in OUTSIDE and not one.without_prejudice
        )

    # ------------------------------------------------------------
    # What it begins with
    # ------------------------------------------------------------

    @api.depends("file_id", "audience")
    def _compute_partner_ids(self):
        for letter in self:
            case = letter._find_case()
            # who takes part in it, whoever writes to them
            people = case and case.sudo()._get_addressees(letter.audience)
            letter.partner_ids = [Command.set((people or letter.partner_ids).ids)]

    @api.depends("partner_ids")
    def _compute_language_id(self):
        languages = self.env["res.lang"]
        for letter in self:
            reader, case = letter.partner_ids[:1], letter._find_case()
            read = case and reader and case._get_language_of(reader)
            code = read or get_lang(self.env).code
            letter.language_id = letter.language_id or languages.search(
                [("code", "=", code)]
            )

    @api.depends("kind", "language_id", "file_id")
    def _compute_template_id(self):
        templates = self.env["iso10003.letter.template"]
        for letter in self:
            letter.template_id = templates._find(
                letter.file_id.company_id, letter.kind, letter.language_id
            )

    @api.depends("template_id")
    def _compute_text(self):
        for letter in self:
            template, said = letter.template_id, letter
            if template and letter._find_case():
                said = letter._fill_in(template.subject, template.body)
            letter.subject, letter.body = said["subject"], said["body"]

    def _fill_in(self, subject, body):
        """Return both with the words of its own file in their places."""
        reader = self._find_case().with_context(lang=self._get_written_lang())
        words, labels = self._get_words(reader), reader._get_letter_places()
        return {
            "subject": letter_text.fill(subject, words, labels),
            "body": letter_text.fill_html(body, words, labels),
        }

    def _get_words(self, case):
        """Return what fills the places of its text, in the language of the context."""
        people = self.partner_ids.sudo().mapped("name")  # whom it is for
        return {
            **case._get_letter_words(),
            **case._get_letter_words_of(self.kind),
            "addressee": format_list(case.env, people) if people else "",
            "today": format_people_date(case.env, case._get_company_day()),
        }

    def _get_written_lang(self):
        """Return the language in which our own words stand in it.

        That of the letter, where the product is used in it.
        """
        return get_lang(self.env, self._get_language().code).code

    def _get_language(self):
        """Return its language, kept at hand where the product is used in it."""
        used = self.env["res.lang"]._get_data(id=self.language_id.id)
        return used or self.language_id

    @api.depends("sent_to")
    def _compute_sent_to_text(self):
        for letter in self:
            letter.sent_to_text = "\n".join(
                " · ".join(filter(None, (one["name"], one["address"], one["language"])))
                for one in letter.sent_to or ()
            )

    @api.depends("file_id", "channel")
    def _compute_candidate_ids(self):
        for letter in self:
            case = letter._find_case()
            letter.candidate_ids = (
                self.env["mail.message"].search(
                    case._get_mail_domain(), order="date desc", limit=80
                )
                if case and letter.channel == "message"
                else False
            )

    @api.depends("state", "channel", "scan_name", "unapproved", "undelivered")
    @api.depends_context("lang")
    def _compute_remarks(self):
        for letter in self:
            letter.remarks = "\n".join(letter._list_remarks())

    def _list_remarks(self):
        """Return what is wrong with a sent letter, in the reader's words."""
        if self.state == "draft":
            return []
        return [
            words
            for words, holds in (
                (self.env._("Text not approved."), self.unapproved),
                (self.env._("Went elsewhere: its text is not on the file."),
                 self.channel == "elsewhere"),
                (self.env._("No scan shows that it went."),
                 self.channel == "post" and not self.scan_name),
                (self.env._("It did not reach everybody."), self.undelivered),
            )
            if holds
        ] + self.file_id._get_case()._tell_letter_remarks(self)  # fmt: skip

    # ------------------------------------------------------------
    # The file
    # ------------------------------------------------------------

    def _find_case(self):
        """Return the case of its file, or nothing while it has none."""
        return self.file_id._get_case() if self.file_id else None

    def _get_registered_file(self):
        return self.file_id._get_case()

    def _prepare_part_data(self):
        return {"kind": self.kind}

    # ------------------------------------------------------------
    # Making, changing, deleting
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        letters._check_may_write()
        return letters

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    def _check_may_write(self):
        """Leave letters to who leads the file."""
        for letter in self:
            letter.file_id._get_case().check_access("write")

    def _check_draft(self):
        for letter in self:
            if letter.state != "draft":
                raise letter._refusal(
                    self.env._("it is sent, and does not change any more.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        for letter in self:
            if letter.state != "draft":
                raise letter._refusal(self.env._("it is sent, and stays on record."))

    def _get_refused_name(self):
        return self.env._(
            "%(file)s, letter “%(subject)s”",
            file=self.file_id.name,
            subject=self.subject,
        )

    # ------------------------------------------------------------
    # What assessments ask
    # ------------------------------------------------------------

    def _audit_texts_approved(self, company):
        """6: did what complainants got to read begin with a text that was approved?

        What was written by hand rests on no text of ours, and is for people to read.
        """
        since = fields.Date.context_today(self) - relativedelta(months=ASSESSED_MONTHS)
        return Rule(
            Domain("state", "=", "sent")
            & Domain("sent_date", ">=", since)
            & Domain("audience", "in", ("public", "parties"))
            & Domain("template_id", "!=", False),
            Domain("unapproved", "=", True),
        )
