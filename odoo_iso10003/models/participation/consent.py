# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..party.party import ACTING, BY_MANDATE, CLAIMING, SUCCEEDING

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
# with which a consent counts for nothing, until a deed cures it
VOID = ("not_claiming", "not_then", "mandate", "before_dispute")


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

    @api.depends(
        "state",
        "document_sha256",
        "party_id.mandate_sha256",
        "party_id.date_from",
        "party_id.date_until",
        "party_id.ended_date",
        "dispute_id.complainant_type",
    )
    def _compute_flaws(self):
        for consent in self:
            flaws = consent._find_flaws()
            consent.flaws = " ".join(flaws) or False
            consent.counts = consent.state == "given" and not set(VOID) & set(flaws)

    def _find_flaws(self):
        """Return the codes of what is wrong with it."""
        # of the file and its people, whoever reads the consent
        party, dispute = self.party_id.sudo(), self.dispute_id.sudo()
        day = self._get_company_day(self.date)
        proven = self.channel in dict(PROVEN)
        sheet = self.sheet_id.sudo()  # as above
        found = {
            "not_claiming": party.capacity not in (*CLAIMING, *ACTING),
            "not_then": not self._takes_part(party, day),
            "mandate": party.capacity in BY_MANDATE and not party.mandate_sha256,
            "before_dispute": dispute.complainant_type == "consumer"
            and not proven
            and day < dispute._get_first_day(),
            "identity": self.identity == "unknown",
            "no_sheet": not sheet and not proven,
            "sheet_draft": sheet and not self.sheet_approved,
            "language": sheet and not dispute._reads(party, sheet.language_id),
            "no_paper": proven and not self.document_sha256,
        }
        return [code for code, is_so in found.items() if is_so]

    @api.depends("flaws")
    @api.depends_context("lang")
    def _compute_remarks(self):
        for consent in self:
            consent.remarks = "\n".join(self._tell_flaws(consent.flaws))

    @api.model
    def _tell_flaws(self, flaws):
        """Return in words what is wrong, and what cures it."""
        words = {
            "not_claiming": self.env._(
                "They claim nothing here and act for nobody who does. It does not "
                "count: ask who claims."
            ),
            "not_then": self.env._(
                "They did not take part on that day: their part had ended, or not "
                "begun. It does not count: ask who takes part now."
            ),
            "mandate": self.env._(
                "No document shows that they may act. It does not count until the "
                "document is on file."
            ),
            "before_dispute": self.env._(
                "A consumer agreed before there was a dispute. Such a clause is no "
                "consent: ask anew."
            ),
            "identity": self.env._(
                "It was not established that it was they who agreed."
            ),
            "no_sheet": self.env._("Nothing says what they were told beforehand."),
            "sheet_draft": self.env._(
                "The text that they were told was not approved then."
            ),
            "language": self.env._("They were told in another language than theirs."),
            "no_paper": self.env._("The document that proves it is missing."),
        }
        return [words[code] for code in (flaws or "").split()]

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

    @api.constrains("dispute_id", "party_id", "claim_ids")
    def _check_of_file(self):
        for consent in self:
            # who takes part and what is claimed, whoever notes it
            dispute = consent.dispute_id.sudo()
            party = consent.party_id.sudo()
            if party.file_id != dispute.file_ids:
                raise consent._refusal(
                    self.env._(
                        "“%(party)s” is no party of this file. Add them under "
                        "“Parties and claims” first.",
                        party=party.display_name,
                    ),
                    ValidationError,
                )
            if consent.claim_ids.sudo().dispute_id - dispute:  # as above
                raise consent._refusal(
                    self.env._("these are claims of another file."), ValidationError
                )

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
        consents = super().create(
            [
                {"identity": KNOWN_BY.get(vals.get("channel"), "address"), **vals}
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
    # Withdrawing
    # ------------------------------------------------------------

    def action_ask_withdrawal(self):
        """Ask why somebody withdraws, and what that stops."""
        self.ensure_one()
        self._check_may_note()
        self._check_given_still()
        return self._open_dialog(
            "iso10003.consent.withdraw",
            self.env._("Withdrawal of consent"),
            default_consent_id=self.id,
        )

    def action_withdraw(
        self, reason, effect=None, date=None, document=None, name=None, mistake=False
    ):
        """Note that somebody withdrew, or that the consent was noted by mistake.

        :param reason: kept in the register
        :param effect: what stops by it, and what goes on, in words
        :param date: on which they withdrew; today when not given
        :param document: by which they did, in base64, if there is one
        :param mistake: there was no such consent; nothing is withdrawn
        """
        self.ensure_one()
        self._check_may_note()
        self._check_given_still()
        if not self._is_said(reason):
            raise self._refusal(self.env._("a reason is needed; it is kept on record."))
        if not mistake and not self._is_said(effect):
            raise self._refusal(
                self.env._("say what stops by the withdrawal, and what goes on.")
            )
        day = self._check_withdrawal_day(date)
        digest = self._digest_document(document)
        self.dispute_id._lock()
        self._guarded_write(
            {"state": "mistake"}
            if mistake
            else {
                "state": "withdrawn",
                "withdrawn_date": day,
                "withdrawal_effect": effect,
                "withdrawal": document,
                "withdrawal_name": name,
                "withdrawal_sha256": digest,
            }
        )
        self.dispute_id._register_event(
            "consent_withdrawn",
            {
                "consent": self.id,
                "mistake": bool(mistake),
                "date": day.isoformat(),
                "sha256": digest or None,
            },
            reason,
        )
        self.dispute_id._follow_consents()
        if not mistake:
            self.dispute_id._tell_withdrawn(self)
        return True

    def _check_given_still(self):
        for consent in self:
            if consent.state != "given":
                raise consent._refusal(
                    self.env._(
                        "it does not hold any more (%(state)s).",
                        state=consent._selection_label("state"),
                    )
                )

    def _check_withdrawal_day(self, date):
        self._check_given("withdrawn_date", date)
        day = fields.Date.to_date(date) or self._get_company_day()
        if day < self._get_company_day(self.date):
            raise self._refusal(
                self.env._("nobody withdraws before they agreed. Mend the day.")
            )
        return day

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, consent of “%(party)s”",
            dispute=self.dispute_id.sudo().name,  # who notes it knows the file
            party=self.party_id.sudo().partner_id.name,
        )
