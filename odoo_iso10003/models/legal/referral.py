# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core import docket
from ..party.party import BY_MANDATE


class Referral(models.Model):
    """A matter before a legal or judicial authority, beside the dispute.

    ISO 10003 is about ways outside the courts, so a referral is no state of a
    dispute: it has its own states (``core/docket.py``), approvals, limits and
    reviews. It may also exist without a dispute, and then counts in no indicator
    of ISO 10003. Everything about it is privileged: counsel, managers and auditors
    read it, and handlers see on their dispute only that it exists, how it stands
    and its next date (``dispute_referrals.py``).
    """

    _name = "iso10003.referral"
    _description = "Legal referral"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.guarded",
        "iso10003.referral.duties",
        "iso10003.one.door",
        "iso10003.timed",
        "iso10003.between.parties",
        "iso10003.documented",
        "iso10003.registered",
        "iso10003.told",
        "iso10003.reminded",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _privileged = True
    _order = "opened_date desc, id desc"
    _rec_names_search = ["name", "subject", "docket_number", "filing_number"]
    _check_company_auto = True

    # what it is
    name = fields.Char(
        "Number", readonly=True, copy=False, guarded=True, index="trigram"
    )
    subject = fields.Char(
        required=True, tracking=True, sealed="digest", index="trigram"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        fixed=True,
    )
    policy_id = fields.Many2one(
        "iso10003.policy",
        "Policy version",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Its limits and intervals apply: the dispute's version, or the one in "
        "force when the referral was opened.",
        guarded=True,
    )
    dispute_id = fields.Many2one(
        "iso10003.dispute",
        ondelete="restrict",
        index="btree_not_null",
        check_company=True,
        help="Empty for a matter outside ISO 10003.",
        fixed=True,
    )
    in_iso10003_scope = fields.Boolean(
        "In the scope of ISO 10003",
        compute="_compute_in_iso10003_scope",
        store=True,
        help="Only these count in the indicators of ISO 10003.",
    )
    scope_reason = fields.Char(
        "Why outside ISO 10003",
        help="Wanted where there is no dispute behind it.",
        sealed="digest",
    )
    side = fields.Selection(
        [
            ("organization", "We refer"),
            ("complainant", "The complainant went"),
            ("enforcement", "We enforce a result"),
        ],
        "Who goes",
        required=True,
        default="organization",
        tracking=True,
        sealed=True,
    )
    kind = fields.Selection(
        [
            ("first", "First instance"),
            ("appeal", "Appeal"),
            ("cassation", "Cassation"),
            ("enforcement", "Enforcement"),
            ("annulment", "Annulment"),
        ],
        "Instance",
        required=True,
        default="first",
        fixed=True,
    )
    authority_id = fields.Many2one(
        "iso10003.authority",
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
        sealed=True,
    )
    expected_fee = fields.Monetary(
        "Expected filing fee",
        compute="_compute_expected_fee",
        help="By the fees noted on the authority.",
    )
    outside_band = fields.Boolean(
        compute="_compute_expected_fee",
        help="The authority is not noted as competent for this amount.",
    )
    # why
    basis = fields.Selection(
        [
            ("law", "A law gives the claim"),
            ("contract", "A contract gives the claim"),
            ("result", "A result was not carried out"),
            ("review", "A decision can be reviewed"),
            ("answer", "We were taken there"),
            ("limitation", "The claim would become barred"),
        ],
        tracking=True,
        sealed=True,
    )
    legal_basis = fields.Char(
        "Law or clause",
        help="The article, clause or decision it rests on.",
        sealed="digest",
    )
    reason = fields.Text(
        help="Why an authority is needed, and no other way is left.", sealed="digest"
    )
    # whose it is
    counsel_id = fields.Many2one(
        "res.users",
        "Counsel in charge",
        index=True,
        ondelete="restrict",
        tracking=True,
        domain=lambda self: self._get_privy_domain(),
        help="Handles the referral.",
        sealed=True,
    )
    reviewer_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        tracking=True,
        domain=lambda self: self._get_privy_domain(),
        help="Reviews the referral regularly, and handles neither it nor the dispute.",
        sealed=True,
    )
    external_counsel_id = fields.Many2one(
        "res.partner",
        "Lawyer outside",
        ondelete="restrict",
        tracking=True,
        party=True,
        sealed=True,
    )
    opponent_id = fields.Many2one(
        "res.partner",
        "Other party",
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
    )
    residence = fields.Selection(
        [("domestic", "In the country"), ("abroad", "Abroad")],
        "Who may appeal lives",
        required=True,
        default="domestic",
        tracking=True,
        help="Some limits are longer for those who live abroad.",
        sealed=True,
    )
    # how much
    amount = fields.Monetary("Amount in dispute", tracking=True)
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self._default_currency(),
        sealed=True,
    )
    budget = fields.Monetary(help="What the referral may cost.", sealed=True)
    # what the authority calls it
    filing_number = fields.Char(index="trigram", tracking=True, sealed=True)
    docket_number = fields.Char(index="trigram", tracking=True, sealed=True)
    filed_date = fields.Date("Filed on", tracking=True, sealed=True, deed=True)
    served_date = fields.Date(
        "Claim served on",
        tracking=True,
        help="When the claim reached the other side.",
        sealed=True,
        deed=True,
    )

    # where it stands
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "Approved"),
            ("filed", "Filed"),
            ("pending", "Pending"),
            ("decided", "Decided"),
            ("enforced", "Enforced"),
            ("closed", "Closed"),
            ("settled", "Settled"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        default="draft",
        readonly=True,
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
        guarded=True,
    )
    opened_date = fields.Datetime(
        "Opened on", readonly=True, copy=False, index=True, guarded=True
    )
    state_date = fields.Datetime(
        "In this state since", readonly=True, copy=False, guarded=True
    )
    ended_from = fields.Char(
        readonly=True,
        copy=False,
        help="The state in which the referral was ended.",
        guarded=True,
    )
    drafter_id = fields.Many2one(
        "res.users",
        "Drafted by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    writer_ids = fields.Many2many(
        "res.users",
        "iso10003_referral_writer_rel",
        "referral_id",
        "user_id",
        "Changed by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Who else changed what is to be approved. They do not approve it.",
        guarded=True,
    )
    approver_id = fields.Many2one(
        "res.users",
        "Approved by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        tracking=True,
        guarded=True,
    )
    approved_date = fields.Date("Approved on", readonly=True, copy=False, guarded=True)

    # what belongs to it
    hearing_ids = fields.One2many("iso10003.hearing", "referral_id")
    review_ids = fields.One2many("iso10003.referral.review", "referral_id")
    cost_ids = fields.One2many("iso10003.cost", "referral_id")
    provision_ids = fields.One2many("iso10003.referral.provision", "referral_id")
    estimate_ids = fields.One2many("iso10003.referral.estimate", "referral_id")
    register_ids = fields.Many2many("iso10003.register", compute="_compute_register")

    _number_unique = models.UniqueIndex(
        "(company_id, name)", "A referral number is given once."
    )
    _amounts_not_negative = models.Constraint(
        "CHECK (amount >= 0 AND budget >= 0)",
        "The amount in dispute and the budget cannot be negative.",
    )
    _approver_not_drafter = models.Constraint(
        "CHECK (approver_id IS NULL OR approver_id IS DISTINCT FROM drafter_id)",
        "A referral is approved by somebody other than who drafted it.",
    )
    _reviewer_not_counsel = models.Constraint(
        "CHECK (reviewer_id IS NULL OR reviewer_id IS DISTINCT FROM counsel_id)",
        "A referral is reviewed by somebody other than the counsel in charge.",
    )

    # ------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Open referrals: what they take over, then they, then what follows."""
        vals_list = [{**self._prepare_from_dispute(vals), **vals} for vals in vals_list]
        # what it costs is noted in its file, which comes with it
        costs = [vals.pop("cost_ids", None) for vals in vals_list]
        referrals = super().create(vals_list)
        for referral, given in zip(referrals, costs, strict=True):
            if given:
                referral.write({"cost_ids": given})
        referrals._tell_disputes_of_opening()
        referrals._take_counted_limits()
        return referrals

    @api.model
    def _prepare_from_dispute(self, vals):
        """Return what a referral takes over from its dispute."""
        disputes = self.env["iso10003.dispute"].browse(vals.get("dispute_id") or ())
        # what is handed to counsel, whoever of the file's people hands it over
        dispute = disputes.sudo()
        if not dispute:
            return {}
        return {
            "company_id": dispute.company_id.id,
            "subject": dispute.subject,
            "opponent_id": dispute.partner_id.id,
            "amount": dispute.amount_claimed,
            "currency_id": dispute.currency_id.id,
        }

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        now = fields.Datetime.now()
        return [
            {
                "name": company._next_referral_number(),
                "policy_id": self._find_policy(vals, company).id,
                "state": "draft",
                "state_date": now,
                "opened_date": now,
                "drafter_id": self.env.uid,
                "review_due_date": False,
            }
            for vals in vals_list
            for company in [
                self.env["res.company"].browse(
                    vals.get("company_id") or self.env.company.id
                )
            ]
        ]

    @api.model
    def _find_policy(self, vals, company):
        if dispute_id := vals.get("dispute_id"):
            # which version applies to the dispute is no secret
            return self.env["iso10003.dispute"].browse(dispute_id).sudo().policy_id
        # which version is in force is no secret, and opening a referral needs it
        policies = self.env["iso10003.policy"].sudo()
        return policies._in_force(company, fields.Date.context_today(self))

    def _tell_disputes_of_opening(self):
        self.env["iso10003.register"]._append(
            [
                (
                    referral.dispute_id,
                    "legal_opened",
                    {"referral": referral.name, "side": referral.side},
                    None,
                )
                for referral in self
                if referral.dispute_id
            ]
        )

    def _prepare_opened_data(self):
        return {
            "number": self.name,
            "to": self.state,
            "dispute": self.dispute_id.id or None,
            "parent": self.parent_id.name or None,
            "kind": self.kind,
            "side": self.side,
            "policy_version": self.policy_id.id,
            "counsel": self.counsel_id.id or None,
        }

    def _ask_counsel(self):
        """Let the counsel in charge, or a manager, take up a draft."""
        self._ask(
            "odoo_iso10003.activity_legal_draft",
            {self: self.counsel_id or self._get_responsible_managers()},
            {self: fields.Date.context_today(self)},
            lambda referral: referral.env._("Complete the draft of the referral"),
        )

    # ------------------------------------------------------------
    # Changing
    # ------------------------------------------------------------

    def write(self, vals):
        """Change referrals: what is refused, then the values, then what follows.

        With the values goes what the mixins do: what only methods write, the register,
        the file and its limits. Whether who is named may have that part is asked at the
        end (``referral_approval.py``).
        """
        self._check_result_stays(vals)
        self._check_not_ended(vals)
        self._check_approved(vals)
        authored = self._changing(self._authored_fields, vals)
        amounts = self._read_former_amounts(vals)
        limits = self._read_former_limits(vals)
        result = super().write(vals)
        authored._note_writer()
        self._register_amounts(amounts)
        self._follow_limits(limits)
        self._follow_residence(vals)
        self._follow_counted(vals)
        self._follow_counsel(vals)
        return result

    def _changing(self, names, vals):
        """Return the records of which these values would change one of the fields."""
        names = names & vals.keys()
        return self.filtered(
            lambda referral: any(
                referral._would_change(name, vals[name]) for name in names
            )
        )

    def _check_not_ended(self, vals):
        """An ended referral is read-only; people may still talk about it."""
        if any(not self._is_written_after_end(name) for name in vals):
            self._refuse_ended()

    def _refuse_ended(self):
        """What it ended with stays, in its parts too, until it is reopened."""
        for referral in self:
            if referral.state in docket.ENDS:
                raise referral._refusal(
                    self.env._(
                        "it has ended and does not change any more. A dispute "
                        "manager can reopen it, with a reason."
                    )
                )

    @api.model
    def _is_written_after_end(self, name):
        return name.startswith(("message_", "activity_")) or name in (
            "cost_ids",
            "provision_ids",
        )

    def _check_may_note_cost(self):
        """Counsel and managers note what it costs, also what comes after its end."""
        self.check_access("read")

    def _get_hearing_zone(self):
        return self.authority_id.sudo().tz  # where it works is no secret

    def _get_hearing_lead(self):
        return self.counsel_id

    def _check_may_be_heard(self):
        """Counsel plans hearings of it as long as it is there."""

    def _follow_counsel(self, vals):
        """The appointments of hearings go with the matter to who leads it."""
        if "counsel_id" in vals:
            # whoever hands it over leaves and fills calendars
            self.sudo().hearing_ids._sync_event()

    def copy_data(self, default=None):
        raise UserError(
            self.env._(
                "A referral cannot be duplicated: open the next instance from it, or "
                "a new one from its dispute."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for referral in self:
            raise referral._refusal(
                self.env._(
                    "it stays on record. If it was opened by mistake, withdraw it."
                )
            )

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("dispute_id", "scope_reason")
    def _check_scope_reason(self):
        for referral in self:
            if not referral.dispute_id and not (referral.scope_reason or "").strip():
                raise ValidationError(
                    self.env._(
                        "Referral %(number)s belongs to no dispute: say why it is "
                        "outside ISO 10003.",
                        number=referral.name,
                    )
                )

    @api.constrains("counsel_id", "reviewer_id")
    def _check_privy(self):
        """Who gets a privileged matter must be one of those who may see it."""
        for referral in self:
            for user in referral.counsel_id | referral.reviewer_id:
                if not referral._is_privy(user):
                    raise ValidationError(
                        self.env._(
                            "Referral %(number)s is privileged, and %(user)s is "
                            "neither counsel nor dispute manager of %(company)s. "
                            "Choose somebody else.",
                            number=referral.name,
                            user=user.name,
                            company=referral.company_id.name,
                        )
                    )

    def _is_privy(self, user):
        groups = "odoo_iso10003.group_counsel,odoo_iso10003.group_manager"
        return user.has_groups(groups) and self.company_id in user.company_ids

    # ------------------------------------------------------------
    # Computed
    # ------------------------------------------------------------

    @api.onchange("company_id")
    def _onchange_company_id(self):
        if not self.dispute_id:
            self.currency_id = self.company_id.currency_id

    def _get_privy_domain(self):
        """Return who may be given a privileged matter."""
        groups = [
            self.env.ref(f"odoo_iso10003.{group}").id
            for group in ("group_counsel", "group_manager")
        ]
        return [("share", "=", False), ("all_group_ids", "in", groups)]

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for referral in self:
            referral.display_name = " · ".join(
                part for part in (referral.name, referral.subject) if part
            )

    @api.depends("dispute_id.scope_decision")
    def _compute_in_iso10003_scope(self):
        for referral in self:
            dispute = referral.dispute_id
            referral.in_iso10003_scope = (
                bool(dispute) and dispute.scope_decision != "out_of_scope"
            )

    @api.depends(
        "amount",
        "currency_id",
        "authority_id.fee_fixed",
        "authority_id.fee_percent",
        "authority_id.amount_min",
        "authority_id.amount_max",
    )
    def _compute_expected_fee(self):
        today = fields.Date.context_today(self)
        for referral in self:
            authority, currency = referral.authority_id, referral.currency_id
            known = bool(authority and currency and referral.amount)
            referral.expected_fee = known and authority._expect_fee(
                referral.amount, currency, referral.company_id, today
            )
            referral.outside_band = known and not authority._takes(
                referral.amount, currency, today
            )

    def _compute_register(self):
        files = {referral.id: referral._register_file() for referral in self}
        rows = self.env["iso10003.register"].search([("file", "in", [*files.values()])])
        by_file = rows.grouped("file")
        for referral in self:
            referral.register_ids = by_file.get(files[referral.id])

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_refused_name(self):
        return self.env._("Referral %(number)s", number=self.name)

    def _seal_amount(self, amount):
        """Return an amount as the register keeps it: a decimal string."""
        return f"{amount:.{self.currency_id.decimal_places}f} {self.currency_id.name}"

    def _to_company_currency(self, amount, day=None):
        self.ensure_one()
        return self.currency_id._convert(
            amount,
            self.company_id.currency_id,
            self.company_id,
            day or fields.Date.context_today(self),
        )

    # ------------------------------------------------------------
    # Parties
    # ------------------------------------------------------------

    _capacities = (
        "claimant",
        "defendant",
        "third_party",
        "lawyer",
        "own_lawyer",
        "expert",
        "witness",
    )

    def _refuse_party_change(self):
        self._refuse_ended()

    def _follow_parties(self, former):
        """Who notes parties writes what is to be approved."""
        result = super()._follow_parties(former)
        self._note_writer()
        return result

    # ------------------------------------------------------------
    # Privileged discussion
    # ------------------------------------------------------------

    def _get_never_told(self):
        """The other side is addressed by letter, never in our own discussion."""
        dispute = self.dispute_id.sudo()  # who the other side is, counsel may know
        lawyers = self.party_ids.filtered(lambda party: party.capacity == "lawyer")
        theirs = dispute.party_ids.filtered(
            lambda party: party.capacity in ("complainant", *BY_MANDATE)
        )
        return (
            super()._get_never_told()
            | self.opponent_id
            | dispute.partner_id
            | theirs.partner_id
            | lawyers.partner_id
        )

    # ------------------------------------------------------------
    # Register and documents
    # ------------------------------------------------------------

    def action_verify_register(self):
        """Check the chains of these referrals and show what came out."""
        files = [referral._register_file() for referral in self]
        return self.env["iso10003.register"]._show_breaks(files)

    def _get_matter(self):
        """The documents of all instances are numbered together."""
        return self.root_id

    def _get_told_dispute(self):
        return self.root_id.dispute_id

    def _refuse_paper_change(self):
        self._refuse_ended()

    def _prepare_bundle_defaults(self):
        return {
            "default_reader": "court",
            "default_partner_id": self.authority_id.partner_id.id,
        }

    def _find_preserving(self):
        """What its dispute holds, holds for its legal matter too."""
        matters = self.sudo()  # asked for the file
        held = matters.dispute_id._find_preserving()
        return {one: held[one.dispute_id] for one in matters if one.dispute_id in held}
