# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core.story import Fact
from ..party.party import CLAIMING, SUCCEEDING

# how somebody agreed: by themselves, or by what brought the matter to the body
PROVEN = [
    ("application", "Application to the body"),
    ("sent", "Sent there by a law or a body"),
]
CHANNELS = [
    ("email", "E-mail"),
    ("portal", "Portal"),
    ("phone", "Phone"),
    ("post", "Post"),
    ("person", "In person"),
    *PROVEN,
]
# by which it is known who agreed, where nobody says something else
KNOWN_BY = {
    "email": "address",
    "portal": "login",
    "phone": "called",
    "post": "signature",
    "person": "shown",
    "application": "body",
    "sent": "body",
}


class Consent(models.Model):
    """That somebody agreed to take part: on which text, how, when, and on what (4.6).

    It is recorded as it happened, with what is wrong with it beside it, and never
    changes. Whoever withdraws, does so by a deed that says what stops and what goes on.
    """

    _name = "iso10003.consent"
    _description = "Consent to take part"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "date desc, id desc"
    _rec_names_search = ["party_id.partner_id.name", "dispute_id.name"]
    _part_event = "consent"
    _part_path = "dispute_id"

    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    party_id = fields.Many2one(
        "iso10003.party",
        "Who agreed",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
        help="Who claims, or who acts for them by a mandate that is in force.",
    )
    date = fields.Datetime(
        "Agreed on",
        required=True,
        default=lambda self: fields.Datetime.now(),
        fixed=True,
        sealed=True,
        deed=True,
    )
    channel = fields.Selection(
        CHANNELS, "How", required=True, default="email", fixed=True, sealed=True
    )
    identity = fields.Selection(
        [
            ("address", "By the address that we have"),
            ("login", "Logged in"),
            ("called", "Called back, or asked what they alone know"),
            ("signature", "By the signature"),
            ("shown", "Showed a document"),
            ("body", "By the body"),
            ("unknown", "Not established"),
        ],
        "Known by",
        required=True,
        fixed=True,
        sealed=True,
        help="How it was established that it was they who agreed.",
    )
    # on what they agreed
    sheet_id = fields.Many2one(
        "iso10003.information.sheet",
        "Told by the sheet",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        help="What they were told before they agreed.",
    )
    sheet_sha256 = fields.Char(
        "SHA-256 of the sheet", readonly=True, copy=False, guarded=True, sealed=True
    )
    sheet_approved = fields.Boolean(
        "Its text was approved", readonly=True, copy=False, guarded=True, sealed=True
    )
    sheet_text = fields.Text(
        "What the draft said",
        readonly=True,
        copy=False,
        guarded=True,
        prefetch=False,
        help="A draft can still change; so what they were told is kept here.",
    )
    claim_ids = fields.Many2many(
        "iso10003.claim",
        "iso10003_consent_claim_rel",
        "consent_id",
        "claim_id",
        "For these claims only",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        help="Empty: for all of them, those to come included.",
    )
    document = fields.Binary("Document or scan", attachment=True, fixed=True)
    document_name = fields.Char("Name of the file", fixed=True, sealed="digest")
    document_sha256 = fields.Char(
        "SHA-256 of the document",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    notice_id = fields.Many2one(
        "iso10003.notice",
        "Proven by the notice",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    # how it ended
    state = fields.Selection(
        [
            ("given", "Given"),
            ("withdrawn", "Consent withdrawn"),
            ("mistake", "Noted by mistake"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="given",
        guarded=True,
        sealed=True,
    )
    withdrawn_date = fields.Date(
        "Withdrawn on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    withdrawal_effect = fields.Text(
        "What stops, and what goes on",
        readonly=True,
        copy=False,
        guarded=True,
        prefetch=False,
        sealed="digest",
    )
    withdrawal = fields.Binary(attachment=True, copy=False, fixed=True)
    withdrawal_name = fields.Char(
        "Name of the withdrawal", copy=False, fixed=True, sealed="digest"
    )
    withdrawal_sha256 = fields.Char(
        "SHA-256 of the withdrawal",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    # how it stands
    flaws = fields.Char(
        "What is wrong, in codes",
        compute="_compute_flaws",
        store=True,
        help="A document that is shown later cures what it can.",
    )
    counts = fields.Boolean(compute="_compute_flaws", store=True)
    remarks = fields.Text("What is wrong", compute="_compute_remarks")

    _withdrawn_on_a_day = models.Constraint(
        "CHECK (state != 'withdrawn' OR withdrawn_date IS NOT NULL)",
        "Who withdraws does so on a day.",
    )

    # ------------------------------------------------------------
    # How it stands
    # ------------------------------------------------------------

    @api.depends("party_id", "date")
    def _compute_display_name(self):
        for consent in self:
            consent.display_name = self.env._(
                "Consent of %(party)s", party=consent.party_id.display_name
            )

    def _list_facts(self):
        """Return what a consent tells in the story of its file."""
        facts = [Fact(self.date, self.display_name, self._selection_label("channel"))]
        if self.withdrawn_date:
            withdrawn = self._selection_label("state", "withdrawn")
            facts.append(Fact(self.withdrawn_date, self.display_name, withdrawn))
        return facts

    def _get_claiming(self):
        """Return the parties in whose name it was given, who claim today."""
        party = self.party_id.sudo()  # of the file, whoever asks
        if party.capacity in CLAIMING:
            bound = party
        else:
            bound = party.for_id or self.dispute_id._find_claiming()
        day = self._get_company_day(self.date)
        return bound.filtered(
            lambda one: not one.end_kind and self._takes_part(one, day)
        )

    @api.model
    def _takes_part(self, party, day):
        """Return whether a party took part on a day; who follows, from then on."""
        begun = party.date_from
        if not begun and party.capacity in SUCCEEDING:
            begun = party._get_company_day(party.create_date)
        ends = [one for one in (party.date_until, party.ended_date) if one]
        return not (begun and begun > day) and all(day <= one for one in ends)

    def _covers(self, claim):
        return not self.claim_ids or claim in self.claim_ids

    # ------------------------------------------------------------
    # What cannot be true
    # ------------------------------------------------------------

    @api.constrains("sheet_id", "date", "dispute_id")
    def _check_sheet(self):
        for consent in self.filtered("sheet_id"):
            sheet = consent.sheet_id.sudo()  # when it was written, whoever notes it
            if sheet.company_id and sheet.company_id != consent.company_id:
                raise consent._refusal(
                    self.env._("the sheet is one of another company."), ValidationError
                )
            if sheet.written_date and consent.date < sheet.written_date:
                raise consent._refusal(
                    self.env._(
                        "“%(sheet)s” was not written yet at that time. Choose the "
                        "version that they were told.",
                        sheet=sheet.display_name,
                    ),
                    ValidationError,
                )

    # ------------------------------------------------------------
    # Noting
    # ------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if values.get("channel"):
            values.setdefault("identity", KNOWN_BY[values["channel"]])
        return values

    @api.onchange("channel")
    def _onchange_channel(self):
        self.identity = KNOWN_BY.get(self.channel, self.identity)

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [self._prepare_shown(vals) for vals in vals_list]

    @api.model
    def _prepare_shown(self, vals):
        """Return what is kept of the document and of what they were told."""
        # what it said then, whoever notes the consent
        sheet = self.env["iso10003.information.sheet"].sudo()
        sheet = sheet.browse(vals.get("sheet_id") or ()).exists()
        draft = sheet.state == "draft"
        return {
            "document_sha256": self._digest_document(vals.get("document")),
            "sheet_sha256": sheet and (sheet.sha256 or sheet._digest()),
            "sheet_approved": bool(sheet) and sheet._was_approved(vals.get("date")),
            "sheet_text": draft and sheet._get_text(),
        }

    @api.model_create_multi
    def create(self, vals_list):
        usual = self.default_get(["channel"]).get("channel")
        consents = super().create(
            [
                {
                    "identity": KNOWN_BY.get(vals.get("channel", usual), "address"),
                    **vals,
                }
                for vals in vals_list
            ]
        )
        consents._check_may_note()
        consents.dispute_id._follow_consents()
        if self.env.context.get("leads_on"):
            consents.dispute_id._lead_on()
        return consents

    @api.model
    def _note_proven(self, vals_list, notice):
        """Note consents that a notice proves, whose document is on the file."""
        consents = self.create(vals_list)
        consents._guarded_write(
            {"notice_id": notice.id, "document_sha256": notice.document_sha256}
        )
        return consents

    def _take_back(self):
        """What proved these was corrected: there was no such consent."""
        given = self.filtered(lambda one: one.state == "given")
        given._guarded_write({"state": "mistake"})

    def _check_may_note(self):
        """Who leads the dispute notes its consents, while it is open."""
        for dispute in self.dispute_id:
            dispute.check_access("write")
            dispute._refuse_party_change()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for consent in self:
            raise consent._refusal(
                self.env._(
                    "it stays on record. Press “Withdraw consent”; a mistake is one "
                    "of the reasons."
                )
            )

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, consent of “%(party)s”",
            dispute=self.dispute_id.sudo().name,  # who notes it knows the file
            party=self.party_id.sudo().partner_id.name,
        )
