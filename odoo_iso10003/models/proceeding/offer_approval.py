# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import float_repr

from ...core import authority, chain
from ...core import offer as rules
from ...core.result import OURS, THEIRS

RULE = "approver_author"


class OfferApproval(models.Model):
    """Who may make an offer, or accept one, and what becomes of one beyond that (5.4).

    It is measured with what the file gives already, in the company's currency at the
    rate of the day. Within the own tier who makes it authorizes it; beyond, somebody
    approves it whose tier it is within. What was offered by word beyond that is on
    record as it was, and does not bind us until somebody else ratifies it.
    """

    _inherit = "iso10003.offer"

    asked_date = fields.Date(
        "Approval asked on", readonly=True, copy=False, guarded=True
    )
    approved_by_id = fields.Many2one(
        "res.users",
        "Authorized by",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        ondelete="restrict",
        help="Within whose tier it is: who made it, or who approved or ratified it.",
    )
    approved_level = fields.Selection(
        lambda self: (
            self.env["iso10003.policy.tier"]
            ._fields["level"]
            ._description_selection(self.env)
        ),
        "Authorized at the level",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    approved_date = fields.Date(
        "Authorized on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    measured_amount = fields.Monetary(
        "Measured by",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        guarded=True,
        help="What it would give, with what the file gives already, at the rate of "
        "the day.",
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the company"
    )
    unratified = fields.Boolean(
        "Beyond authority",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="It was made beyond the tier of who made it: it does not bind us until "
        "somebody whose tier it is within ratifies it.",
    )
    digest = fields.Char(
        "SHA-256",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="Of what was authorized.",
    )
    approvable = fields.Boolean(compute="_compute_approvable")

    _authorized_when_approved = models.Constraint(
        "CHECK (state <> 'approved' OR (approved_by_id IS NOT NULL "
        "AND approved_date IS NOT NULL AND digest IS NOT NULL))",
        "What was approved has its day, by whom, and the digest of what it says.",
    )

    @api.depends("state", "side", "unratified", "approved_by_id", "author_id")
    @api.depends_context("uid")
    def _compute_approvable(self):
        """Whether it waits for somebody to authorize it, and who looks may be asked."""
        for offer in self:
            waits = offer.unratified or not offer.approved_by_id
            states = rules.OPEN if offer.side == OURS else (rules.MADE,)
            own = offer.unratified and offer.sudo().author_id == self.env.user
            alive = offer.state in states or offer._awaits_ratification()
            offer.approvable = waits and alive and not own

    def _awaits_ratification(self):
        return self.unratified and self.state in (*rules.OPEN, rules.ACCEPTED)

    # ------------------------------------------------------------
    # Making one
    # ------------------------------------------------------------

    def action_make(self):
        """Authorize it within the own tier, and open its letter; or ask who may."""
        self.ensure_one()
        self._check_may_note()
        if self.state == rules.DRAFT:
            if not self._is_mine_to_authorize():
                self._ask_for_approval()
                return {"type": "ir.actions.act_window_close"}
            self.action_approve()
        return self.action_write_letter()

    def _is_mine_to_authorize(self, day=None):
        limits, level = self.dispute_id._get_limits(day), self.dispute_id._get_level()
        return authority.covers(limits, level, self._measure(day))

    def _ask_for_approval(self):
        """Give a task to who may approve it, and keep that somebody was asked."""
        self._check_whole()
        dispute = self.dispute_id
        approver = dispute._find_approver(dispute._get_limits(), self._measure())
        self._guarded_write({"asked_date": self._get_company_day()})
        self._register_deed("asked", asked=approver.id)
        dispute._ask_about_offer(self, approver)

    def _measure(self, day=None):
        """Return what it comes to in the company's currency, on a day.

        What the file gives by its results already counts too: two offers within a tier
        are not, together.
        """
        offer = self.sudo()  # what it would give, whoever authorizes it
        dispute = offer.dispute_id
        weighed = dispute._weigh(offer.amount, offer.currency_id, day)
        settled = not dispute.conceded_date or offer.result_id
        given = 0 if settled else dispute.conceded_company_amount
        return weighed["conceded_company_amount"] + given

    # ------------------------------------------------------------
    # Approving, ratifying
    # ------------------------------------------------------------

    def action_approve(self):
        """Authorize an offer of ours, or that one of theirs is accepted.

        :raises UserError: when it says too little, or is beyond the own tier
        """
        for offer in self:
            offer._lock_to_authorize()
            states = (rules.DRAFT,) if offer.side == OURS else (rules.MADE,)
            if offer.state not in states or offer.approved_by_id:
                raise offer._refusal(
                    self.env._(
                        "it waits for no approval (%(state)s). Reload the page.",
                        state=offer._selection_label("state"),
                    )
                )
            offer._check_whole()
            vals = {"state": rules.APPROVED} if offer.side == OURS else {}
            offer._authorize("approved", **vals)
            offer._tell_authorized()
        return {"type": "ir.actions.act_window_close"}

    def action_ratify(self, reason=None):
        """Ratify an offer that was made beyond authority, as somebody else may.

        Accepted by now, it binds us from today on.
        """
        self.ensure_one()
        self._lock_to_authorize()
        if not self._awaits_ratification():
            raise self._refusal(self.env._("there is nothing to ratify about it."))
        # who made it counts, whoever may read users
        self.dispute_id._refuse_own(RULE, self.sudo().author_id)
        self._authorize("ratified", reason, unratified=False)
        if self.state != rules.ACCEPTED:
            self._tell_authorized()
            return {"type": "ir.actions.act_window_close"}
        # who ratifies reads the file; only this is theirs to write
        self.sudo()._guarded_write({"bound_date": self._get_company_day()})
        return self._bind()

    def _lock_to_authorize(self):
        """Refuse who has no tier or reads it not; who else may, waits in line."""
        self.check_access("read")
        dispute = self.dispute_id
        dispute.check_access("read")
        groups = "odoo_iso10003.group_handler,odoo_iso10003.group_sponsor"
        if not self.env.user.has_groups(groups):
            raise AccessError(
                self.env._(
                    "Handlers, dispute managers and the top management authorize "
                    "offers, each within their tier."
                )
            )
        dispute._check_not_frozen()
        dispute.sudo()._lock()  # who approves need not lead the file
        self.invalidate_recordset()

    def _authorize(self, deed, reason=None, day=None, **vals):
        """Keep that it is within the own tier, and what it says.

        :raises UserError: when it is beyond that
        """
        dispute = self.dispute_id
        measured = self._measure(day)
        limits, level = dispute._get_limits(day), dispute._get_level()
        if not authority.covers(limits, level, measured):
            raise self._refusal(dispute._tell_too_high(limits, level, measured))
        # who authorizes reads the file; only this is theirs to write
        self.sudo()._guarded_write(
            {
                "approved_by_id": self.env.uid,
                "approved_level": level,
                "approved_date": day or self._get_company_day(),
                "measured_amount": measured,
                "digest": self._compute_digest(),
                **vals,
            }
        )
        self.flush_recordset()
        measured = dispute._write_amount(measured, self.company_currency_id)
        self._register_deed(
            deed, reason, level=level, measured=chain.SealedText(measured)
        )
        dispute._end_offer_tasks()

    def _tell_authorized(self):
        """Let who noted it go on, where somebody else authorized it."""
        author = self.sudo().author_id  # who is told of it
        if author != self.env.user and author.active:
            self.dispute_id.sudo()._tell_offer(
                author,
                lambda file, one=self: file.env._(
                    "%(offer)s is approved: go on with it",
                    offer=one.with_env(file.env).display_name,
                ),
            )

    def _check_whole(self):
        """Refuse to make an offer that does not say what."""
        offer = self.sudo()  # all of it is authorized, whoever reads which part
        if not self._is_said(offer.terms):
            raise self._refusal(self.env._("say what is offered."))
        dispute = offer.dispute_id
        if dispute.claim_ids and not offer.claim_ids:
            raise self._refusal(self.env._("choose the claims that it settles."))

    def _compute_digest(self):
        offer = self.sudo()  # as above
        amount = float_repr(offer.amount, offer.currency_id.decimal_places)
        said = [
            offer.side,
            offer.terms or "",
            f"{amount} {offer.currency_id.name}",
            str(offer.due_days),
            offer.expires.isoformat() if offer.expires else "",
            *map(str, sorted(offer.claim_ids.ids)),
        ]
        return chain.sha256("\n".join(said))

    def _authorize_acceptance(self, day):
        """Let our accepting an offer of theirs be within the own tier, or approved."""
        if self.side == THEIRS and not self._is_covered(day):
            self._authorize("approved", day=day)

    def _is_covered(self, day=None):
        """Return whether it was authorized, and is within that tier on a day still."""
        limits = self.dispute_id._get_limits(day)
        return bool(
            self.approved_by_id
            and not self.unratified
            and authority.covers(limits, self.approved_level, self._measure(day))
        )
