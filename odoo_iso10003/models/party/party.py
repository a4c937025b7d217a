# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

# who claims in the own right, and of them who came into somebody else's
CLAIMING = ("complainant", "heir", "assignee")
SUCCEEDING = ("heir", "assignee")
# who acts for somebody who claims
ACTING = ("guardian", "representative")
# who is told of the file once it is shown on what that rests, and who needs no paper
BY_MANDATE = (*SUCCEEDING, *ACTING)
BY_THEMSELVES = ("complainant", "own_lawyer")
CHANNELS = [
    ("email", "E-mail"),
    ("portal", "Portal"),
    ("phone", "Phone"),
    ("post", "Post"),
    ("person", "In person"),
    ("representative", "Through who acts for them"),
]
# what the next instance takes over
TAKEN_OVER = (
    "sequence",
    "partner_id",
    "capacity",
    "date_from",
    "date_until",
    "lang",
    "channel",
    "note",
)


class Party(models.Model):
    """Who takes part in a case, in which capacity, for whom and from when until when.

    A party stays on record: whoever leaves the case is ended, by the deed that says
    why (``wizard/party/party_change.py``). Who acts for somebody, or came into their
    claim, reads and is written to once the document is shown on which that rests.
    One of those who claim leads (ISO 10003:2018, 4.6, 7.3).
    """

    _name = "iso10003.party"
    _description = "Party"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "file_id, leads desc, sequence, id"
    _rec_names_search = ["partner_id.name", "file_id.name"]
    _part_event = "party"
    _part_path = "file_id"
    _refuses_by = ValidationError

    file_id = fields.Many2one(
        "iso10003.file", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(
        related="file_id.company_id", store=True, precompute=True
    )
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner",
        "Person",
        required=True,
        index=True,
        ondelete="restrict",
        sealed=True,
    )
    capacity = fields.Selection(
        [
            ("complainant", "Complainant"),
            ("heir", "Heir"),
            ("assignee", "Assignee of the claim"),
            ("guardian", "Guardian"),
            ("representative", "Representative"),
            ("claimant", "Claimant"),
            ("defendant", "Defendant"),
            ("third_party", "Third party"),
            ("lawyer", "Lawyer of the other party"),
            ("own_lawyer", "Our lawyer"),
            ("expert", "Expert"),
            ("witness", "Witness"),
        ],
        required=True,
        sealed=True,
    )
    capacities = fields.Json(
        compute="_compute_capacities",
        help="In which capacities people take part in such a file.",
    )
    leads = fields.Boolean(
        sealed=True,
        help="The complainant whom lists, limits and letters go by.",
    )
    for_id = fields.Many2one(
        "iso10003.party",
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
        help="For whom they act, or whose claim they took over.",
    )
    date_from = fields.Date("From", sealed=True)
    date_until = fields.Date("Until", sealed=True, help="The last day.")
    lang = fields.Selection(
        lambda self: self.env["res.lang"].get_installed(),
        "Language",
        sealed=True,
        help="In which they are written to, if not that of the contact.",
    )
    channel = fields.Selection(CHANNELS, "Way to reach them", sealed=True)
    note = fields.Char(sealed="digest")
    # on what it rests that they act, or claim in another's place
    mandate_kind = fields.Selection(
        [
            ("power", "Power of attorney"),
            ("court", "Order of a court"),
            ("law", "By law, such as a parent"),
            ("inheritance", "Certificate of inheritance"),
            ("assignment", "Contract of assignment"),
            ("statutes", "Statutes of an association"),
            ("other", "Other document"),
        ],
        "Rests on",
        sealed=True,
    )
    mandate_date = fields.Date("Document of", sealed=True, deed=True)
    mandate = fields.Binary("Document", attachment=True, fixed=True)
    mandate_name = fields.Char("Name of the file", fixed=True, sealed="digest")
    mandate_sha256 = fields.Char(
        "SHA-256 of the document",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    from_before = fields.Boolean(
        "From before",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="Noted when no document was asked for yet. They go on reading the file; "
        "the document is still to be shown.",
    )
    # how it ended, by a deed
    end_kind = fields.Selection(
        [
            ("death", "Died"),
            ("majority", "Came of age"),
            ("assignment", "Assigned the claim"),
            ("mandate_ended", "Mandate ended"),
            ("error", "Noted by mistake"),
        ],
        "Why it ended",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    ended_date = fields.Date(
        "Ended on",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        deed=True,
    )
    # how it stands
    reads = fields.Boolean(
        "Is told",
        compute="_compute_reads",
        store=True,
        precompute=True,
        help="Reads the file on the portal and is written to, from the first day to "
        "the last.",
    )
    mandate_missing = fields.Boolean(
        "Document missing",
        compute="_compute_reads",
        store=True,
        precompute=True,
        help="Acts for somebody, or in their place, and no document shows it.",
    )
    standing = fields.Selection(
        [
            ("in_force", "In force"),
            ("unshown", "Document missing"),
            ("to_come", "To come"),
            ("over", "Over"),
        ],
        compute="_compute_standing",
        help="How they stand today, where the company is.",
    )

    _once_per_capacity = models.UniqueIndex(
        "(file_id, partner_id, capacity) WHERE end_kind IS NULL",
        "A party has each capacity once.",
    )
    _one_leads = models.UniqueIndex(
        "(file_id) WHERE leads AND end_kind IS NULL",
        "One complainant leads: end the one who leads by a change of party first.",
    )
    _missing_idx = models.Index("(file_id) WHERE mandate_missing")
    _who_leads_claims = models.Constraint(
        "CHECK (leads IS NOT TRUE OR capacity IN ('complainant', 'heir', 'assignee'))",
        "Only who claims in the own right leads.",
    )
    _in_order = models.Constraint(
        "CHECK (date_until >= date_from)",
        "The last day is not before the first.",
    )

    # ------------------------------------------------------------
    # How they stand
    # ------------------------------------------------------------

    @api.depends("partner_id", "capacity")
    def _compute_display_name(self):
        labels = dict(self._fields["capacity"]._description_selection(self.env))
        for party in self:
            # who reads the party reads who it is
            name = party.partner_id.sudo().display_name
            capacity = labels.get(party.capacity)
            party.display_name = f"{name} ({capacity})" if name and capacity else name

    @api.depends("file_id")
    def _compute_capacities(self):
        for party in self:
            case = party.file_id and party._get_case()
            party.capacities = list(case._capacities) if case else []

    @api.depends("capacity", "mandate_sha256", "from_before", "end_kind")
    def _compute_reads(self):
        for party in self:
            shown = party.mandate_sha256 or party.from_before
            party.reads = not party.end_kind and bool(
                party.capacity in BY_THEMSELVES
                or (party.capacity in BY_MANDATE and shown)
            )
            party.mandate_missing = (
                not party.end_kind
                and party.capacity in BY_MANDATE
                and not party.mandate_sha256
            )

    @api.depends("date_from", "date_until", "mandate_missing", "end_kind")
    def _compute_standing(self):
        for party in self:
            party.standing = party._judge_standing(party._get_company_day())

    def _judge_standing(self, day):
        if self.end_kind or (self.date_until and self.date_until < day):
            return "over"
        if self.date_from and self.date_from > day:
            return "to_come"
        return "unshown" if self.mandate_missing else "in_force"

    def _filter_in_force(self):
        """Return those who take part today, where the company is."""
        return self.filtered(lambda party: party.standing in ("in_force", "unshown"))

    def _filter_reading(self):
        """Return those who read the file and are written to today."""
        return self._filter_in_force().filtered("reads")

    # ------------------------------------------------------------
    # What cannot be true
    # ------------------------------------------------------------

    @api.constrains("file_id", "capacity")
    def _check_capacity(self):
        for party in self:
            if party.capacity not in party._get_case()._capacities:
                raise party._refusal(
                    self.env._(
                        "nobody takes part in this kind of file as “%(capacity)s”. "
                        "Choose another capacity.",
                        capacity=party._selection_label("capacity"),
                    )
                )

    @api.constrains("file_id", "capacity", "for_id", "partner_id")
    def _check_for_whom(self):
        for party in self:
            if party.for_id:
                party._check_for_another()
            if party.capacity in ACTING:
                party._check_acts_for_another()
            if party.capacity == "heir":
                party._check_heir()

    def _check_for_another(self):
        if self.capacity not in BY_MANDATE or self.for_id.capacity not in CLAIMING:
            raise self._refusal(
                self.env._(
                    "“For” is for who acts for a complainant or took over their "
                    "claim. Leave it empty, or choose another capacity."
                )
            )

    def _check_acts_for_another(self):
        # who leads, whoever notes a party
        claiming = self.for_id or self.file_id.sudo().party_ids.filtered(
            lambda party: party.leads and not party.end_kind
        )
        if self.partner_id in claiming.partner_id:
            raise self._refusal(
                self.env._(
                    "they are the complainant and cannot act for themselves. Choose "
                    "another person."
                )
            )

    def _check_heir(self):
        # whose heir somebody is, whoever notes it
        former = self.for_id.sudo()
        died = former.end_kind == "death" or former.partner_id.deceased_date
        if not died or self.partner_id == former.partner_id:
            raise self._refusal(
                self.env._(
                    "an heir takes the place of somebody who died. Choose “For” whom; "
                    "that they died is noted by “Change of party”."
                )
            )

    # ------------------------------------------------------------
    # Noting, changing
    # ------------------------------------------------------------

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [
            {
                "mandate_sha256": self._digest_document(
                    vals.get("mandate"), vals.get("mandate_name")
                )
            }
            for vals in vals_list
        ]

    @api.model_create_multi
    def create(self, vals_list):
        """Note parties; what follows from who is told by now, their cases do."""
        file_ids = {vals.get("file_id") for vals in vals_list} - {None, False}
        former = self._read_told(self.env["iso10003.file"].browse(file_ids))
        parties = super().create(vals_list)
        parties._check_may_change()
        parties._check_company_of_person()
        parties._follow_cases(former)
        return parties

    @api.model
    def _note(self, vals_list):
        """Note parties and nothing more: what was before, an update finds as it is."""
        return super().create(vals_list)  # pylint: disable=super-method-mismatch

    def write(self, vals):
        self._check_may_change()
        former = self._read_told(self.file_id)
        result = super().write(vals)
        self._check_company_of_person()
        self._follow_cases(former)
        return result

    def _guarded_write(self, vals):
        former = self._read_told(self.file_id)
        result = super()._guarded_write(vals)
        self._follow_cases(former)
        return result

    def _write_unfollowed(self, vals):
        """Change parties of a case that follows once all of a change is there."""
        return super()._guarded_write(vals)  # pylint: disable=super-method-mismatch

    def unlink(self):
        self._check_may_change()
        former = self._read_told(self.file_id)
        result = super().unlink()
        self._follow_cases(former)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_where_allowed(self):
        for party in self:
            if party._get_case()._keeps_parties:
                raise party._refusal(
                    self.env._(
                        "who took part stays on record. Press “Change of party” and "
                        "say why it ended; a mistake is one of the reasons."
                    )
                )

    def _check_company_of_person(self):
        """Refuse somebody whom another company keeps; whom a case names is its own."""
        for party in self.filtered(lambda party: not party.leads):
            company = party.partner_id.sudo().company_id  # asked for the file
            if company and company != party.company_id:
                raise party._refusal(
                    self.env._(
                        "this contact belongs to another company than the file. "
                        "Choose one of %(company)s, or of all companies.",
                        # of the file that is written to, the name alone
                        company=party.company_id.sudo().name,
                    )
                )

    @api.model
    def _read_told(self, files):
        """Return ``{case: contacts told of it}`` of these files."""
        cases = [file._get_case() for file in files.sudo()]  # whoever notes a party
        return {case: case._get_parties() for case in cases}

    @api.model
    def _follow_cases(self, former):
        """Let cases follow their parties.

        :param former: what :meth:`_read_told` returned before
        """
        self.env["iso10003.file"].invalidate_model(["party_ids"], flush=False)
        for case in former:
            case._follow_parties(former[case])

    def _check_may_change(self):
        """Who leads the case notes its parties, while the case can change."""
        for file in self.file_id.sudo():  # the case is asked, not its file
            case = file._get_case().with_env(self.env)
            case.check_access("write")
            case._refuse_party_change()

    # ------------------------------------------------------------
    # The case
    # ------------------------------------------------------------

    def _get_case(self):
        """Return the case with all rights: who takes part is asked for whoever asks."""
        self.ensure_one()
        return self.file_id.sudo()._get_case()

    def _get_registered_file(self):
        return self._get_case().with_env(self.env)

    def _register_part(self, change, values):
        """Whom a case was opened for stands in the rows of the case already."""
        told = self.filtered(
            lambda party: change == "noted" and party._get_case()._has_told(party)
        )
        return super(Party, self - told)._register_part(change, values)

    def _take_over(self, case):
        """Note those who still take part in another case too, such as an appeal."""
        return self.create(
            [
                {
                    "file_id": case.file_ids.id,
                    **{
                        name: self._fields[name].convert_to_write(party[name], party)
                        for name in TAKEN_OVER
                    },
                }
                for party in self
                if not party.end_kind
            ]
        )

    def action_view_case(self):
        self.ensure_one()
        return self._get_case().with_env(self.env).get_formview_action()

    def action_ask_change(self):
        """Ask for the change: how it ended, who follows, or the missing document."""
        self.ensure_one()
        self._check_may_change()
        return self._open_dialog(
            "iso10003.party.change",
            self.env._("Change of party"),
            default_party_id=self.id,
        )

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_refused_name(self):
        return self.env._(
            "%(file)s, party “%(party)s”",
            file=self.file_id.sudo().name,  # who notes a party knows the file
            party=self.partner_id.sudo().name,
        )
