# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import clean_context, float_repr

from ...core import authority, chain
from .dispute_authority import GROUPS

RULE = "approver_author"


class PositionApproval(models.Model):
    """Who approves a position, how much it is, and how it is sent (5.3.1, 7.4.2).

    It is measured when it is approved: by what it concedes, or by what is most likely
    at stake, whichever is more, in the company's currency at the rate of that day. That
    has to be within the tier of who approves, who had no hand in it.
    """

    _inherit = "iso10003.position"

    approved_by_id = fields.Many2one(
        "res.users",
        "Approved by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    approved_date = fields.Date(
        "Approved on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    approved_level = fields.Selection(
        lambda self: (
            self.env["iso10003.policy.tier"]
            ._fields["level"]
            ._description_selection(self.env)
        ),
        "Approved at the level",
        readonly=True,
        copy=False,
        guarded=True,
    )
    evaluation_id = fields.Many2one(
        "iso10003.evaluation",
        "Rests on",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    measured_amount = fields.Monetary(
        "Measured by",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        guarded=True,
        help="What it concedes, or what is most likely at stake, whichever is more, at "
        "the rate of the day of the approval.",
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the company"
    )
    may_settle = fields.Boolean(
        "May settle",
        readonly=True,
        copy=False,
        guarded=True,
        help="Whether who speaks for us may settle as far as we would go, or reaches "
        "somebody who may.",
    )
    digest = fields.Char(
        "SHA-256", readonly=True, copy=False, guarded=True, help="Of what it says."
    )
    # how it went
    sent_date = fields.Date(
        "Sent on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    letter_id = fields.Many2one(
        "iso10003.letter", readonly=True, copy=False, ondelete="restrict", guarded=True
    )
    approvable = fields.Boolean(compute="_compute_approvable")

    _frozen_when_approved = models.Constraint(
        "CHECK (state = 'draft' OR (approved_date IS NOT NULL AND digest IS NOT NULL "
        "AND approved_by_id IS NOT NULL))",
        "What was approved has its day, by whom, and the digest of what it says.",
    )
    _approved_by_another = models.Constraint(
        "CHECK (approved_by_id IS NULL OR approved_by_id <> author_id)",
        "Somebody else than who wrote it approves it.",
    )

    @api.depends("state", "author_id", "writer_ids")
    @api.depends_context("uid")
    def _compute_approvable(self):
        """Whether who looks at it may be asked: they had no hand in it."""
        for position in self:
            # that somebody wrote on it is told, and no name
            position.approvable = (
                position.state == "draft"
                and self.env.user not in position.sudo()._get_authors()
            )

    # ------------------------------------------------------------
    # Approving
    # ------------------------------------------------------------

    def action_approve(self):
        """Approve it as somebody else, within the own tier; it is frozen by that.

        :raises UserError: when it lacks something, or is beyond the tier
        :raises ValidationError: when who approves had a hand in it
        """
        for position in self:
            position._approve()
        return {"type": "ir.actions.act_window_close"}

    def action_approve_and_send(self):
        """Approve it, and send it by its letter, in one go or not at all."""
        for position in self:
            position.dispute_id.check_access("write")
            position._approve(leads_on=False)
            position._send()
        return {"type": "ir.actions.act_window_close"}

    def _approve(self, leads_on=True):
        dispute = self.dispute_id
        self._check_may_approve()
        # who approves need not lead the file, and waits in line with those who do
        dispute.sudo()._lock()
        self.invalidate_recordset()
        if self.state != "draft":
            raise self._refusal(self.env._("it is approved already. Reload the page."))
        # who wrote on it counts, whoever may read users
        dispute._refuse_own(RULE, self.sudo()._get_authors())
        self._check_approvable()
        measured = self._measure()
        limits, level = dispute._get_limits(), dispute._get_level()
        if not authority.covers(limits, level, measured):
            raise self._refusal(dispute._tell_too_high(limits, level, measured))
        # who approves reads the file; only this is theirs to write
        position = self.sudo()
        dispute._find_position("approved").sudo()._be_replaced()
        position._guarded_write(position._prepare_approved_vals(level, measured))
        position.flush_recordset()
        self._register_part("approved", {self: position._prepare_approved_data()})
        dispute._end_position_task()
        if leads_on and dispute.has_access("write"):
            dispute._lead_on()

    def _check_may_approve(self):
        """Refuse who has no tier at all, or does not read the file."""
        self.check_access("read")
        self.dispute_id.check_access("read")
        groups = ("group_handler", "group_sponsor")
        if not any(self.env.user.has_group(f"odoo_iso10003.{one}") for one in groups):
            raise AccessError(
                self.env._(
                    "Handlers, dispute managers and the top management approve "
                    "positions, each within their tier."
                )
            )
        self._check_formed_now()

    def _check_approvable(self):
        """Refuse what does not answer each claim with reasons, or rests on nothing."""
        position = self.sudo()  # all of it is approved, whoever reads which part
        position._check_claims_answered()
        if not (position.line_ids or position.stance):
            raise self._refusal(self.env._("say what we answer."))
        for line in position._get_live_lines():
            if not line.stance:
                raise line._refusal(self.env._("say what we answer to it."))
            if not (line.reasons or position.reasons or "").strip():
                raise line._refusal(self.env._("say why we answer so."))
            if line.stance == "in_part" and line.claimed and not line.amount:
                raise line._refusal(self.env._("say how much of it we concede."))
        if not position.line_ids and not (position.reasons or "").strip():
            raise self._refusal(self.env._("say why we answer so."))
        if position.dispute_id._lacks_evaluation():
            raise self._refusal(
                self.env._(
                    "the evaluator's sheet is not submitted. What is at stake is told "
                    "by it."
                )
            )

    def _check_claims_answered(self):
        """Refuse a position that leaves out a claim that came after it was written."""
        missing = self.dispute_id._find_open_claims() - self.line_ids.claim_id
        for claim in missing[:1]:
            raise self._refusal(
                self.env._(
                    "it says nothing of the claim “%(claim)s”. Save it again, and say "
                    "what we answer to it.",
                    claim=claim.name,
                )
            )

    # ------------------------------------------------------------
    # How much it is
    # ------------------------------------------------------------

    def _measure(self, strict=True):
        """Return what it is measured by, in the company's currency, today.

        :param strict: ``False`` returns ``None`` where a currency has no rate
        :raises UserError: names the currency without a rate
        """
        position = self.sudo()  # what it concedes, whoever approves
        dispute = position.dispute_id
        day = dispute._get_company_day()
        amounts = position._list_conceded()
        sheet = dispute._find_evaluation()
        likely = [(sheet.exposure_likely, sheet.currency_id)] if sheet else []
        for _amount, currency in [*amounts, *likely]:
            if not strict and not dispute._is_rated(currency, day):
                return None
        return max(position._weigh_all(amounts), position._weigh_all(likely))

    def _weigh_all(self, rows):
        """Return what amounts are together in the company's currency, today."""
        weigh = self.dispute_id._weigh
        return sum(weigh(*row)["conceded_company_amount"] for row in rows)

    def _list_conceded(self):
        """Return ``[(amount, currency)]`` of what is conceded."""
        if not self.line_ids:
            amount = self.amount if self.stance == "in_part" else 0
            whole = self.dispute_id.amount_claimed if self.stance == "concede" else 0
            return [(amount or whole, self.currency_id)]
        return [
            (
                line.claim_id.amount if line.stance == "concede" else line.amount,
                line.currency_id,
            )
            for line in self._get_live_lines()
            if line.stance in ("concede", "in_part")
        ]

    def _get_live_lines(self):
        """Return the answers to what is claimed still."""
        return self.line_ids.filtered(lambda line: line.claim_id.state != "withdrawn")

    def _find_may_settle(self):
        """Whether who speaks for us may go as far as we would, or reaches who may."""
        dispute = self.dispute_id
        worth = max(
            self._weigh_all([(self.range_high, self.currency_id)]),
            self._weigh_all(self._list_conceded()),
        )
        may = self._weigh_all([(self.settle_limit, self.currency_id)])
        if self.mandate_sha256 and may >= worth:
            return True
        limits = dispute._get_limits()
        people = self.reach_id | (
            self.representative_id if not self.contact_id else self.reach_id
        )
        return any(
            authority.covers(limits, dispute._get_level(one), worth) for one in people
        )

    def _prepare_approved_vals(self, level, measured):
        self._guarded_write({"mandate_sha256": self._digest_document(self.mandate)})
        dispute = self.dispute_id
        return {
            "state": "approved",
            "approved_by_id": self.env.uid,
            "approved_date": dispute._get_company_day(),
            "approved_level": level,
            "evaluation_id": dispute._find_evaluation().id,
            "measured_amount": measured,
            "may_settle": self._find_may_settle(),
            "digest": self._compute_digest(),
        }

    def _compute_digest(self):
        texts = [self.stance or "", self.reasons or ""]
        for line in self.line_ids:
            places = line.currency_id.decimal_places
            texts += [
                str(line.claim_id.id),
                line.stance or "",
                float_repr(line.amount, places),
                line.reasons or "",
            ]
        places = self.currency_id.decimal_places
        return chain.sha256("\n".join([*texts, float_repr(self.amount, places)]))

    def _prepare_approved_data(self):
        """Return what the register keeps of it, without personal data or range."""
        dispute = self.dispute_id
        return {
            "level": self.approved_level,
            "date": self.approved_date.isoformat(),
            # what is at stake is told to nobody who is handed the register
            "measured": chain.SealedText(
                dispute._write_amount(self.measured_amount, self.company_currency_id)
            ),
            "evaluation": self.evaluation_id.version or None,
            "authors": sorted(self._get_authors().ids),
            "may_settle": self.may_settle,
            "digest": self.digest,
        }

    @api.model
    def _get_approving_groups(self):
        return GROUPS

    # ------------------------------------------------------------
    # Sending, being replaced
    # ------------------------------------------------------------

    def _send(self):
        """Send the letter that says it; the file goes on by that."""
        # what the button was pressed with is no default of a letter
        context = {**clean_context(self.env.context), "leads_on": True}
        letters = self.env(context=context)["iso10003.letter"]
        file = self.dispute_id.sudo().file_ids  # of a dispute that they lead
        letters.create({"file_id": file.id, "kind": "position"}).action_send()

    def _be_sent(self, day, letter=None):
        """Note that it is sent, in the place of what was sent before."""
        # who sends the letter leads the file
        for position in self.sudo():
            position.dispute_id._find_position("sent").sudo()._be_replaced()
            position._guarded_write(
                {
                    "state": "sent",
                    "sent_date": day,
                    "letter_id": letter.id if letter else False,
                }
            )
            position.flush_recordset()
            data = {"date": day.isoformat(), "letter": letter.id if letter else None}
            position._register_part("sent", {position: data})

    def _be_replaced(self):
        self._guarded_write({"state": "replaced"})
        self.flush_recordset()  # one is approved, and one is sent, at a time
        self._register_part("replaced", {position: {} for position in self})

    def _get_words(self):
        """Return the words of its letter; how far we would go is none of them."""
        position = self.sudo()  # what is said to the parties, whoever sends it
        sent = position.state in ("sent", "replaced")
        lines = position.line_ids if sent else position._get_live_lines()
        stances = [line._tell_stance() for line in lines]
        if not stances and position.stance == "in_part":
            given = position.dispute_id._tell_amount(
                position.amount, position.currency_id
            )
            stances = [self.env._("we concede a part: %(amount)s", amount=given)]
        elif not stances:
            stances = [position._selection_label("stance")]
        return {"answer": "\n".join(stances), "reasons": position.reasons or "–"}
