# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import uuid

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from ...core import flow
from ..mixin.configuration import OFFERED
from ..party.party import ACTING

# what a complainant may read of the own file; everything else is refused
PORTAL_READABLE = frozenset(
    {
        "id",
        "access_url",
        "acknowledged_date",
        "amount_claimed",
        "closed_date",
        "company_id",
        "currency_id",
        "description",
        "display_name",
        "informed_date",
        "implemented_date",
        "joined_number",
        "name",
        "notice_date",
        "opened_date",
        "outcome",
        "outcome_date",
        "partner_id",
        "remedy_sought",
        "representative_id",
        "response_date",
        "state",
        "state_date",
        "subject",
        "waiting_on",
    }
)


class Dispute(models.Model):
    """A complaint that the organization did not settle, taken outside.

    What it is, how it is opened and changed, whose file it is, and what the
    complainant sees of it (4.13). It is led through ISO 10003:2018 clause 7, see
    ``dispute_flow.py``; the dates of its clauses and the limits that count from them
    are in ``dispute_deadlines.py``, who may do and decide what is in
    ``dispute_authority.py``.
    """

    _name = "iso10003.dispute"
    _description = "Dispute"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.guarded",
        "iso10003.proportioned",
        # before the guide, whom they tell what meets their gates
        "iso10003.noticed",
        "iso10003.evaluated",
        "iso10003.positioned",
        "iso10003.guided",
        "iso10003.provided",
        "iso10003.advised",
        "iso10003.claimed",
        "iso10003.one.door",
        "iso10003.timed",
        "iso10003.disputed",
        "iso10003.registered",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
        "portal.mixin",
        "iso10003.searched",
        "iso10003.days.checks",
    ]
    _order = "opened_date desc, id desc"
    _rec_names_search = ["name", "subject"]
    _check_company_auto = True
    _mail_post_access = "read"

    # what it is
    name = fields.Char(
        "Number", readonly=True, copy=False, guarded=True, index="trigram"
    )
    subject = fields.Char(
        required=True, tracking=True, sealed="digest", index="trigram"
    )
    description = fields.Html(
        prefetch=False,  # long, and no list shows it
        help="What happened, in the complainant's words.",
        sealed="digest",
    )
    ticket_id = fields.Many2one(
        "helpdesk.ticket",
        "Complaint",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        help="The complaint that the organization did not settle.",
        fixed=True,
    )
    direct_notice = fields.Boolean(
        "Direct notice",
        help="The notice came from outside before any complaint reached us. "
        "A complaint is recorded with it, and the file starts at 7.3.",
        fixed=True,
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
        ondelete="restrict",
        index=True,
        help="The version in force when the file was opened; it applies to the end.",
        guarded=True,
    )
    category_id = fields.Many2one(
        "iso10003.dispute.category",
        index=True,
        ondelete="restrict",
        tracking=True,
        sealed=True,
        check_company=True,
        domain=OFFERED,
    )
    nature = fields.Selection(
        [
            ("legal", "Legal"),
            ("commercial", "Commercial"),
            ("technical", "Technical"),
            ("service", "Service"),
            ("other", "Other"),
        ],
        default="commercial",
        required=True,
        tracking=True,
        sealed=True,
    )
    # whose it is
    partner_id = fields.Many2one(
        "res.partner",
        "Complainant",
        index=True,
        ondelete="restrict",
        tracking=True,
        sealed=True,
        help="The party who leads, see the tab of the parties.",
    )
    named_complainant = fields.Boolean(
        "Complainant named",
        compute="_compute_named_complainant",
        help="Once saved, only a dispute manager corrects the complainant.",
    )
    representative_id = fields.Many2one(
        "res.partner",
        "Represented by",
        compute="_compute_representative_id",
        help="Who acts for the complainant today, by a document that was shown.",
    )
    complainant_type = fields.Selection(
        [
            ("consumer", "Consumer"),
            ("small_business", "Small business"),
            ("other", "Other"),
        ],
        "Kind of complainant",
        default="consumer",
        required=True,
        sealed=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Owner",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        domain=[("share", "=", False)],
        sealed=True,
    )
    team_id = fields.Many2one(
        "helpdesk.ticket.team",
        check_company=True,
        index=True,
        sealed=True,
        ondelete="restrict",
    )
    # what is asked for
    remedy_ids = fields.Many2many(
        "iso10003.remedy",
        "iso10003_dispute_remedy_rel",
        "dispute_id",
        "remedy_id",
        "Remedies sought",
        sealed=True,
        check_company=True,
        ondelete="restrict",
        domain=OFFERED,
        # what was sought is told, also once it is offered no more
        context={"active_test": False},
    )
    remedy_sought = fields.Text(
        "Remedy in words",
        help="What would settle it for the complainant.",
        sealed="digest",
    )
    # where it stands
    state = fields.Selection(
        [
            ("referral", "7.2 Referral"),
            ("notice", "7.3 Notice"),
            ("evaluation", "7.4.1 Evaluation"),
            ("position", "7.4.2 Position"),
            ("resolution", "7.5 Resolution"),
            ("implementation", "7.6 Implementation"),
            ("closed", "7.7 Closed"),
        ],
        required=True,
        readonly=True,
        default=flow.STATES[0],
        copy=False,
        tracking=True,
        index=True,
        group_expand=True,
        guarded=True,
    )
    waiting_on = fields.Selection(
        [
            ("organization", "Organization"),
            ("complainant", "Complainant"),
            ("provider", "Provider"),
            ("authority", "Authority"),
        ],
        "Waiting on",
        tracking=True,
        help="Who must act next.",
    )
    track = fields.Selection(
        lambda self: self._get_track_choices(),
        readonly=True,
        required=True,
        copy=False,
        tracking=True,
        guarded=True,
        help="How much is asked of the file. It follows from the amount, the severity, "
        "the method and the kind of complainant, as the policy version says.",
    )
    on_hold = fields.Boolean(
        "On hold", readonly=True, copy=False, tracking=True, guarded=True
    )
    hold_reason = fields.Char(
        "Reason for the hold", readonly=True, copy=False, guarded=True
    )
    opened_date = fields.Datetime(
        "Opened on", readonly=True, copy=False, index=True, guarded=True
    )
    state_date = fields.Datetime(
        "In this state since", readonly=True, copy=False, guarded=True
    )
    resolution_date = fields.Datetime(
        "Resolution began on",
        readonly=True,
        copy=False,
        guarded=True,
        help="When the file came to the resolution for the first time (7.5).",
    )
    closed_date = fields.Datetime("Closed on", readonly=True, copy=False, guarded=True)
    closed_from = fields.Char(
        readonly=True,
        copy=False,
        help="The state that a closed file was closed in.",
        guarded=True,
    )
    reopen_count = fields.Integer(
        "Times reopened", readonly=True, copy=False, guarded=True
    )
    # what proves it
    register_ids = fields.One2many("iso10003.register", "dispute_id", readonly=True)
    # the key to the file in the link of a mail: made by the file, chosen by nobody,
    # and handed out with links only
    access_token = fields.Char(
        readonly=True, copy=False, guarded=True, groups=fields.NO_ACCESS
    )

    # all that files are counted by, with what the record rules look at: a count reads
    # this, and not the files, which are long
    _counted_idx = models.Index(
        """(company_id, state, next_due_date) INCLUDE (user_id, evaluator_id, team_id,
           category_id, partner_id, waiting_on, opened_date, nature, track, outcome)"""
    )
    _number_unique = models.UniqueIndex(
        "(company_id, name)", "A dispute number is given once."
    )
    _one_open_per_ticket = models.UniqueIndex(
        "(ticket_id) WHERE state <> 'closed'",
        "This complaint already has an open dispute: lead that one to its end.",
    )
    _from_a_complaint = models.Constraint(
        "CHECK (ticket_id IS NOT NULL)",
        "A dispute comes from a complaint: choose it, or tick “Direct notice”.",
    )
    _outcome_when_closed = models.Constraint(
        "CHECK (state <> 'closed' OR outcome IS NOT NULL)",
        "A closed dispute says how it ended.",
    )

    @api.depends("name", "subject")
    def _compute_display_name(self):
        for dispute in self:
            dispute.display_name = " · ".join(
                part for part in (dispute.name, dispute.subject) if part
            )

    @api.depends("file_ids.party_ids.standing", "file_ids.party_ids.reads")
    def _compute_representative_id(self):
        for dispute in self:
            # who acts for the complainant, who reads the file may know
            parties = dispute.sudo().party_ids._filter_reading()
            acting = parties.filtered(lambda party: party.capacity in ACTING)
            dispute.representative_id = acting[:1].partner_id.sudo(False)

    @api.depends("partner_id")
    def _compute_named_complainant(self):
        for dispute in self:
            dispute.named_complainant = bool(dispute._origin.partner_id)

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("ticket_id", "state")
    def _check_complaint_open(self):
        for dispute in self:
            # the complaint decides, whoever may read it
            ticket = dispute.ticket_id.sudo()
            if dispute.state != flow.CLOSED and (ticket.closed or not ticket.active):
                raise ValidationError(
                    self.env._(
                        "Ticket %(ticket)s is closed. A complaint in dispute stays "
                        "open: reopen the ticket first.",
                        ticket=ticket.number,
                    )
                )

    @api.constrains("user_id")
    def _check_owner_may_lead(self):
        """Nobody is made owner of a file that they may not lead.

        Whom the rules just let make or change a file of their own, may.
        """
        own = self.filtered(
            lambda dispute: dispute.user_id == self.env.user and not self.env.su
        )
        (self - own)._check_lead()

    # ------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        """Open files, each with its number, policy version and complaint.

        Before: the complaints of direct notices and whose turn it is. Then the fields,
        with what the mixins let follow: the first row of the register, the file that
        others point to, limits. After, in this order: the complainant as a party, the
        amount as a claim, the notice that it was given, who decided about the scope,
        and the task of who evaluates.
        """
        vals_list, notices = self._split_given_notices(vals_list)
        disputes = super().create(self._prepare_opening(vals_list))
        disputes._note_complainants()
        disputes._note_claims_as_written()
        disputes._record_given_notices(notices)
        disputes.filtered(
            lambda dispute: dispute.scope_decision != "undecided"
        )._note_scope()
        disputes.filtered("evaluator_id")._tell_evaluator()
        return disputes

    @api.model
    def _prepare_opening(self, vals_list):
        return self._with_complaints(
            # a form sends what nobody has filled in as well
            [
                vals
                if vals.get("waiting_on")
                else {**vals, **self._prepare_first_turn(vals)}
                for vals in vals_list
            ]
        )

    @api.model
    def _prepare_first_turn(self, vals):
        return {"waiting_on": flow.WAITING_ON[self._first_state(vals)]}

    @api.model
    def _first_state(self, vals):
        """A notice that came from outside skips the referral."""
        return "notice" if vals.get("direct_notice") else "referral"

    @api.model
    def _with_complaints(self, vals_list):
        """Record a complaint for each notice that came without one."""
        alone = [
            vals
            for vals in vals_list
            if vals.get("direct_notice") and not vals.get("ticket_id")
        ]
        tickets = self.env["helpdesk.ticket"].create(
            [self._prepare_ticket_vals(vals) for vals in alone]
        )
        for vals, ticket in zip(alone, tickets, strict=True):
            vals["ticket_id"] = ticket.id
        return vals_list

    def _prepare_ticket_vals(self, vals):
        return {
            "name": vals.get("subject"),
            "description": vals.get("description") or vals.get("subject"),
            "partner_id": vals.get("partner_id"),
            "company_id": vals.get("company_id") or self.env.company.id,
            "team_id": vals.get("team_id"),
            # who types in what came from outside has not handled it
            "user_id": False,
        }

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        now = fields.Datetime.now()
        company_ids = [
            vals.get("company_id") or self.env.company.id for vals in vals_list
        ]
        tickets = self.env["helpdesk.ticket"].browse(
            vals.get("ticket_id") for vals in vals_list
        )
        numbers, policies = {}, {}
        for company in self.env["res.company"].browse(set(company_ids)):
            count = company_ids.count(company.id)
            numbers[company.id] = iter(company._next_dispute_numbers(count))
            # which version applies is no secret, and opening a file needs it
            versions = self.env["iso10003.policy"].sudo()
            today = company._get_company_day()
            policies[company.id] = versions._in_force(company, today).id
        return [
            {
                "name": next(numbers[company_id]),
                "policy_id": policies[company_id],
                "track": self._find_lowest_track(policies[company_id]),
                "state": self._first_state(vals),
                "state_date": now,
                "opened_date": now,
                "reopen_count": 0,
                # who handled the complaint is noted whoever may read the ticket
                "complaint_handler_id": ticket.sudo().user_id.id,
            }
            for vals, company_id, ticket in zip(
                vals_list, company_ids, tickets, strict=True
            )
        ]

    def _prepare_opened_data(self):
        ticket = self.ticket_id.sudo()  # who handled it counts, whoever may read it
        handlers = ticket.user_id | ticket.former_handler_ids
        if ticket.create_uid == self.env.user and not self._have_worked(handlers):
            handlers |= self.env.user  # in whose name somebody enters it is no matter
        return {
            "number": self.name,
            "to": self.state,
            "waiting_on": self.waiting_on or None,
            "ticket": self.ticket_id.id,
            "policy_version": self.policy_id.id,
            "owner": self.user_id.id,
            "direct_notice": self.direct_notice,
            "complaint_handlers": handlers.ids,
        }

    def _have_worked(self, handlers):
        """Return whether any of these people left a trace on the complaint."""
        ticket = self.ticket_id.sudo()  # as above
        return bool(
            ticket.write_uid & handlers
            or (handlers and ticket.message_ids.author_id & handlers.partner_id)
        )

    @api.onchange("company_id")
    def _onchange_company_id(self):
        self.currency_id = self.company_id.currency_id

    @api.onchange("direct_notice")
    def _onchange_direct_notice(self):
        """Show in a new form where the file will begin."""
        if not self._origin:
            self.state = self._first_state({"direct_notice": self.direct_notice})

    @api.onchange("ticket_id")
    def _onchange_ticket_id(self):
        """Take over from the complaint what is not filled in yet."""
        if self._origin or not self.ticket_id:
            return
        for name, value in self.ticket_id._origin._prepare_dispute_vals().items():
            if name == "company_id" or not self[name]:
                self[name] = value

    # ------------------------------------------------------------
    # Changing, copying, deleting
    # ------------------------------------------------------------

    def write(self, vals):
        """Change files that are open, and let follow what depends on it.

        Before: the complainant stays, and a closed file stays as it is. Then the
        fields, with what the mixins let follow: people who are told no more, a row of
        the register, copies on the file, limits. After, in this order: who was named
        as the complainant as a party, the amount as a claim, the row of whose turn it
        is, who decided about the scope, the end of an override, the complaint that a
        former owner hears of no more, the task of who evaluates.
        """
        self._check_complainant_kept(vals)
        self._check_not_closed(vals)
        complained = self._changing("partner_id", vals)
        revalued = self._changing("amount_claimed", vals)
        revalued._check_claims_typable()
        money = {one: one.currency_id for one in self._changing("currency_id", vals)}
        turned = [(one, one.waiting_on) for one in self._changing("waiting_on", vals)]
        handed_on = [(one, one.user_id) for one in self._changing("user_id", vals)]
        rescoped = self._changing("scope_decision", vals)
        rescoped |= self._changing("scope_reason", vals)
        named = self._changing("evaluator_id", vals)
        overridden = self.filtered("independence_override") & named
        result = super().write(vals)
        complained._note_complainants()
        revalued._note_claims_as_written()
        for dispute, former in money.items():
            dispute._turn_claims(former)
        self._note_turns(turned)
        rescoped._note_scope()
        # an override holds for the evaluator it was given for
        overridden._guarded_write({"independence_override": False})
        for dispute, former in handed_on:
            dispute._leave_complaint(former)
        named._tell_evaluator()
        return result

    def _guarded_write(self, vals):
        """Write what only methods write; of what follows above, the task alone does."""
        named = self._changing("evaluator_id", vals)
        result = super()._guarded_write(vals)
        named._tell_evaluator()
        return result

    def _changing(self, name, vals):
        """Return the records whose field ``name`` these values would change."""
        if name not in vals:
            return self.browse()
        return self.filtered(lambda dispute: dispute._would_change(name, vals[name]))

    def _note_turns(self, turned):
        """Keep who had to act, and who must act now.

        :param turned: ``[(file, who it was)]``
        """
        self.env["iso10003.register"]._append(
            [
                (dispute, "waiting", {"from": former, "to": dispute.waiting_on}, None)
                for dispute, former in turned
            ]
        )

    def _check_not_closed(self, vals):
        """A closed file is read-only; people may still talk about it."""
        changed = {name for name in vals if not self._is_conversation_field(name)}
        for dispute in self:
            if changed and dispute.state == flow.CLOSED:
                raise UserError(
                    self.env._(
                        "Dispute %(number)s is closed and does not change any more. "
                        "A dispute manager can reopen it, with a reason.",
                        number=dispute.name,
                    )
                )

    @api.model
    def _is_conversation_field(self, name):
        return name.startswith(("message_", "activity_", "access_"))

    def copy_data(self, default=None):
        raise UserError(
            self.env._(
                "A dispute cannot be duplicated: open one from its own complaint."
            )
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for dispute in self:
            raise UserError(
                self.env._(
                    "Dispute %(number)s stays on record. If it was opened by mistake, "
                    "close it as duplicate or not pursued.",
                    number=dispute.name,
                )
            )

    # ------------------------------------------------------------
    # Whose file it is
    # ------------------------------------------------------------

    def _check_complainant_kept(self, vals):
        """Refuse another complainant, once somebody is named.

        Who is the complainant reads the file on the portal, so a correction is a
        change of party: it takes a manager and a reason, leaves a row in the
        register, and ends what the former one could see.
        """
        for dispute in self._changing("partner_id", vals):
            if dispute.partner_id:
                raise dispute._refusal(
                    self.env._(
                        "its complainant is “%(name)s”. If that is wrong, a dispute "
                        "manager corrects it with “Correct the complainant”, which "
                        "asks for the reason.",
                        name=dispute.partner_id.sudo().name,  # the file shows it
                    )
                )

    def action_change_complainant(self, person_id, reason):
        """Correct who the complainant is, as a dispute manager.

        The former one is told no more, see :meth:`_stop_telling`, and the complaint
        follows where it names them.

        :param person_id: the contact who is the complainant
        """
        self.ensure_one()
        self._check_expected_state()
        self._check_may_correct()
        self._need_reason(reason)
        self._lock()
        partner = self.env["res.partner"].browse(person_id).exists()
        self._check_complainant(partner)
        self._say_reason(reason)
        if leading := self._find_claiming().filtered("leads"):
            return leading.with_env(self.env).action_end(
                "error", reason, successor={"partner_id": partner.id}
            )
        # who led has left, and nobody followed yet
        self.env["iso10003.party"].create(
            {
                "file_id": self.file_ids.id,
                "partner_id": partner.id,
                "capacity": "complainant",
                "leads": True,
            }
        )
        return True

    def _check_may_correct(self):
        self.check_access("write")
        if not self._user_is_manager():
            raise AccessError(
                self.env._(
                    "Dispute %(number)s: only a dispute manager corrects the "
                    "complainant.",
                    number=self.name,
                )
            )
        if self.state == flow.CLOSED:
            raise self._refusal(self.env._("it is closed. Reopen it first."))

    def _check_complainant(self, partner):
        if not partner:
            raise self._refusal(self.env._("choose who the complainant is."))
        partner.check_access("read")
        if partner == self.partner_id:
            raise self._refusal(
                self.env._("“%(name)s” is its complainant already.", name=partner.name)
            )

    def _leave_complaint(self, user):
        """Let a former owner hear no more of a complaint that they may not read."""
        if self.ticket_id and not self.ticket_id.with_user(user).has_access("read"):
            self._end_discussion("helpdesk.ticket", self.ticket_id.ids, user.partner_id)

    # ------------------------------------------------------------
    # What the complainant sees
    # ------------------------------------------------------------

    def _compute_access_url(self):  # pylint: disable=missing-return
        super()._compute_access_url()
        for dispute in self:
            dispute.access_url = f"/my/disputes/{dispute.id}"

    _portal_readable = PORTAL_READABLE

    def _has_field_access(self, field, operation):
        # asked for each field of each record shown: what costs least comes first
        env = self.env
        if env.su:
            return True
        user = env.user
        shares = user._fields["share"]._get_cache(env).get(env.uid)
        if shares is None:  # not read yet, and Odoo keeps the groups at hand
            shares = not user._is_internal()
            user._update_cache({"share": shares})
        if shares and (operation != "read" or field.name not in self._portal_readable):
            return False
        return (
            not field.groups
            # as is everybody who is not of the portal
            or (field.groups == "base.group_user" and not shares)
            or super()._has_field_access(field, operation)
        )

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """On the portal one reads what is said to oneself, not all that is said.

        Else who reads a file would read its discussion as well: messages among
        colleagues, and the reasons of each step.
        """
        if message_operation == "read" and self.env.user.share:
            message_operation = "write"
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    def _portal_ensure_token(self):
        self.check_access("write")
        # whoever sends a link makes its key, whatever their rights on the file
        dispute = self.sudo()
        if not dispute.access_token:
            dispute._guarded_write({"access_token": str(uuid.uuid4())})
        return dispute.access_token

    def _sign_token(self, pid):
        # what comes out is a digest
        return super(Dispute, self.sudo())._sign_token(pid)

    def _get_share_url(self, *args, share_token=True, **kwargs):
        """Who only reads a file, as the complainant does, gets a link without token."""
        share_token = share_token and self.has_access("write")
        return super()._get_share_url(*args, share_token=share_token, **kwargs)

    @api.model
    def _get_allowed_access_params(self):
        """A link with a token leads to the page of the file, which wants a login.

        The discussion is no part of what it opens: with a token Odoo reads it with
        all rights, the messages among colleagues and their attachments included.
        """
        return super()._get_allowed_access_params() - {"token", "hash", "pid"}

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **kwargs):
        """Rights alone open a discussion.

        Instead of what the portal does: it would look at tokens, and names them to
        Odoo even where nobody gave one, which then warns of each in the log.
        """
        thread = self.browse(thread_id).exists()
        if thread and thread.sudo(False).has_access(mode):
            return thread
        return self.browse()

    # ------------------------------------------------------------
    # Register
    # ------------------------------------------------------------

    def action_view_register(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.register_action"
        )
        return {
            **action,
            "domain": [("dispute_id", "=", self.id)],
            "context": {"create": False},
        }

    def action_export_register(self):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/iso10003/register/{self.id}"}

    def action_verify_register(self):
        """Check the chains of these files and show what came out."""
        files = [dispute._register_file() for dispute in self]
        return self.env["iso10003.register"]._show_breaks(files)

    # ------------------------------------------------------------
    # In words for the complainant, without clauses
    # ------------------------------------------------------------

    def _tell_complainant(self):
        """Return where the file is, whose turn it is, what comes then, and by when."""
        self.ensure_one()
        state, then = self._get_words_of_states()[self.state]
        return {
            "state": state,
            "turn": self._get_words_of_turns().get(self.waiting_on, ""),
            "then": then,
            "until": self._find_day_of_answer(),
        }

    def _get_words_of_states(self):
        """Return ``{state: (where the file is, what comes then)}``."""
        return {
            "referral": (
                self.env._("We look whether it can be resolved outside"),
                self.env._("We tell you whether it can, and in which ways."),
            ),
            "notice": (
                self.env._("Your dispute is registered with us"),
                self.env._("We confirm that we have it, and look into it."),
            ),
            "evaluation": (
                self.env._("We look into your dispute"),
                self.env._(
                    "Somebody who did not handle your complaint gathers the facts; "
                    "then we decide on our answer."
                ),
            ),
            "position": (
                self.env._("We prepare our answer"),
                self.env._("We send you our answer, with its reasons."),
            ),
            "resolution": (
                self.env._("Your dispute is being resolved"),
                self.env._("Both sides are heard; then you are told the result."),
            ),
            "implementation": (
                self.env._("What was agreed or decided is carried out"),
                self.env._("We ask you to confirm that it was done."),
            ),
            "closed": (self.env._("Your dispute is closed"), ""),
        }

    def _get_words_of_turns(self):
        return {
            "organization": self.env._("We"),
            "complainant": self.env._("You"),
            "provider": self.env._("Who resolves the dispute"),
            "authority": self.env._("The authority that has the matter"),
        }
