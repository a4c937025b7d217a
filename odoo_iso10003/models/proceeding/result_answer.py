# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core import authority
from ...core.result import ACCEPTING, OURS, THEIRS
from ...core.story import Fact
from ..party.party import CHANNELS

DRAFTS = ("asked", "draft")


class ResultAnswer(models.Model):
    """The answer of one side to a result that does not bind it yet (7.5.4, 7.5.5).

    To make one is to answer. The complainant's is noted as it came, with what is wrong
    with it; late, with why it counts all the same. Ours is told by a letter: accepting
    is within the tiers of authority, refusing takes reasons, and the approval of
    somebody above handlers. None changes, and nobody accepts twice.
    """

    _name = "iso10003.result.answer"
    _description = "Answer to a result"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "date desc, id desc"
    _part_event = "result_answer"
    _part_path = "dispute_id"

    result_id = fields.Many2one(
        "iso10003.result", required=True, index=True, ondelete="restrict", fixed=True
    )
    dispute_id = fields.Many2one(
        related="result_id.dispute_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="result_id.company_id", store=True)
    side = fields.Selection(
        [(THEIRS, "Complainant"), (OURS, "Organization")],
        required=True,
        default=THEIRS,
        fixed=True,
        sealed=True,
    )
    answer = fields.Selection(
        [
            ("accepted", "Accepted"),
            ("in_part", "Accepted in part"),
            ("rejected", "Rejected"),
            ("none", "No answer"),
        ],
        required=True,
        default="accepted",
        fixed=True,
        sealed=True,
    )
    amount = fields.Monetary(
        "Accepted",
        fixed=True,
        sealed=True,
        help="What we give by it, where we accept a part.",
    )
    currency_id = fields.Many2one(related="result_id.currency_id")
    date = fields.Date(
        "Answered on",
        required=True,
        default=lambda self: self._get_company_day(),
        deed=True,
        fixed=True,
        sealed=True,
        help="Of ours, the day on which the letter went.",
    )
    state = fields.Selection(
        [
            ("asked", "To be approved"),
            ("draft", "To be sent"),
            ("given", "Given"),
            ("dropped", "Not sent"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        guarded=True,
        sealed=True,
    )
    party_id = fields.Many2one(
        "iso10003.party",
        "Said by",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    channel = fields.Selection(CHANNELS, "How it was said", fixed=True, sealed=True)
    reasons = fields.Text(
        "Reasons of the answer",
        fixed=True,
        sealed="digest",
        help="Why it is refused, or why an answer after the time still counts.",
    )
    decided_by_id = fields.Many2one(
        "res.users",
        "Taken by",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        ondelete="restrict",
        help="Who decided it for us, or took the complainant's.",
    )
    approved_by_id = fields.Many2one(
        "res.users",
        "Approved by",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        ondelete="restrict",
    )
    letter_id = fields.Many2one(
        "iso10003.letter",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    told_complainant = fields.Boolean(
        "Complainant told", readonly=True, copy=False, guarded=True, sealed=True
    )
    told_body = fields.Boolean(
        "Body told", readonly=True, copy=False, guarded=True, sealed=True
    )
    above_handlers = fields.Boolean(
        "Decided above handlers",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="By a manager or the top management, or approved by them.",
    )
    # what is wrong with it, kept beside it
    late = fields.Boolean(
        "After the time", readonly=True, copy=False, guarded=True, sealed=True
    )
    unmandated = fields.Boolean(
        "Without a part in the file",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="Who said it did not take part on that day, or showed no document.",
    )
    turned = fields.Boolean(
        "After another answer",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="This side had refused before, or let the time pass.",
    )
    remarks = fields.Text("What is wrong with it", compute="_compute_remarks")

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "What we accept to give cannot be negative."
    )
    _one_draft = models.UniqueIndex(
        "(result_id) WHERE state IN ('asked', 'draft')",
        "There is an answer of ours to this result to be sent already.",
    )
    _accepted_once = models.UniqueIndex(
        "(result_id, side) WHERE state = 'given' AND answer IN ('accepted', 'in_part')",
        "This side has accepted the result already.",
    )
    _ours_is_said = models.Constraint(
        "CHECK (side <> 'organization' OR answer <> 'none')",
        "We answer a result; our silence is no answer.",
    )

    @api.depends("side", "answer")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            words = (one._selection_label("side"), one._selection_label("answer"))
            one.display_name = ": ".join(words)

    def _list_facts(self):
        """Return what an answer tells in the story of its file."""
        return [Fact(self.date, self.display_name, self.result_id.display_name)]

    @api.depends("late", "turned", "unmandated")
    @api.depends_context("lang")
    def _compute_remarks(self):
        for one in self:
            one.remarks = "\n".join(one._list_remarks())

    def _list_remarks(self):
        """Return what is wrong with this answer, in the reader's words."""
        told = []
        if self.late:
            told.append(self.env._("It came after the last day to answer."))
        if self.turned:
            told.append(
                self.env._("This side had refused before, or let the time pass.")
            )
        if self.unmandated:
            told.append(
                self.env._(
                    "Who said it had no part in the file on that day, or no document "
                    "shows it. Let somebody confirm it who has."
                )
            )
        return told

    # ------------------------------------------------------------
    # What cannot be true
    # ------------------------------------------------------------

    @api.constrains("side", "answer", "amount", "reasons", "party_id", "date")
    def _check_said(self):
        for one in self:
            if why := one._find_unsaid():
                raise one._refusal(why, ValidationError)

    def _find_unsaid(self):
        """Return in words what an answer of this kind has to say, or nothing."""
        result = self.result_id
        if result.origin in ("noted", "before"):
            return ""  # it says no more than was noted
        if self.date < result.date:
            return self.env._("nobody answers a result before it is made.")
        if self.answer == "in_part" and not self._is_said(self.reasons):
            return self.env._("say which part is accepted, and why not all.")
        if self.amount and (self.side, self.answer) != (OURS, "in_part"):
            return self.env._("an amount of its own belongs to our accepting a part.")
        if self.amount > result.amount:
            return self.env._("a part is no more than the whole.")
        refused = self.side == OURS and self.answer == "rejected"
        if refused and not self._is_said(self.reasons):
            return self.env._("say why we refuse; complainant and body are told.")
        if self.side == THEIRS and self.answer in ACCEPTING and not self.party_id:
            return self.env._("say who answered for the complainant.")
        until = result.answer_until
        if self.answer == "none" and until and self.date <= until:
            return self.env._(
                "the time to answer is not over. Silence is noted after it."
            )
        return ""

    # ------------------------------------------------------------
    # Answering: made once, and never changed
    # ------------------------------------------------------------

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [
            {
                "decided_by_id": self.env.uid,
                "state": "draft" if vals.get("side") == OURS else "given",
            }
            for vals in vals_list
        ]

    @api.model_create_multi
    def create(self, vals_list):
        """Note answers, and let follow on their results what rests on them."""
        # whose it is and to which result decides below, also where a default says it
        vals_list = [
            {**self.default_get(["result_id", "side"]), **vals} for vals in vals_list
        ]
        for vals in vals_list:
            result = self.result_id.browse(vals.get("result_id") or ())
            result._check_answerable(vals.get("side"))
            result._drop_draft(vals.get("side"))
        answers = super().create(vals_list)
        for answer in answers:
            answer._note_what_is_wrong()
            if answer.side == OURS:
                answer.dispute_id._decide_answer(answer)
            else:
                answer.result_id._follow_answers()
        return answers

    @api.model
    def _note(self, vals_list):
        """Keep answers that their results have followed already; given before."""
        # as the outcome says, whoever may record answers
        noted = super(ResultAnswer, self.sudo())
        answers = noted.create(vals_list)  # pylint: disable=super-method-mismatch
        answers._guarded_write({"state": "given"})
        return answers.with_env(self.env)

    def _note_what_is_wrong(self):
        """Keep beside an answer what is wrong with it.

        :raises ValidationError: when it came late, and nobody says why it still counts
        """
        result = self.result_id
        before = result.answer_ids.filtered(
            lambda one: one.side == self.side and one.state == "given" and one != self
        )
        accepts = self.answer in ACCEPTING
        late = bool(result.answer_until and self.date > result.answer_until)
        if (late or before) and accepts and not self._is_said(self.reasons):
            raise self._refusal(
                self.env._(
                    "it came after the time, or after another answer. Say why it "
                    "still counts."
                ),
                ValidationError,
            )
        party = self.sudo().party_id  # how they stand, whoever notes the answer
        self._guarded_write(
            {
                "late": late and self.answer != "none",
                "turned": bool(before),
                "unmandated": bool(party) and not party._filter_reading(),
            }
        )

    def _be_given(self, letter):
        """Freeze our answer as the letter gave it, and let the result follow."""
        self._guarded_write(
            {"state": "given", "letter_id": letter.id, "date": letter.sent_date}
        )
        self._note_told(letter)
        self.result_id._follow_answers()

    def _note_told(self, letter):
        """Keep whom a letter told our answer: complainant and body, each or both."""
        dispute = self.dispute_id.sudo()  # who takes part, whoever writes
        people = letter.sudo().partner_ids
        told = {
            "told_complainant": people & dispute._get_parties(),
            "told_body": people & dispute.provider_id,
        }
        self._guarded_write({name: True for name, found in told.items() if found})

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for answer in self:
            raise answer._refusal(
                self.env._("it stays on record. Who thinks otherwise answers anew.")
            )

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_confirm(self):
        """Close the dialog, or open the letter that gives what was decided."""
        self.ensure_one()
        if self.side == OURS and self.state == "draft":
            return self.action_write_letter()
        return {"type": "ir.actions.act_window_close"}

    def action_write_letter(self):
        """Open the letter that tells our answer."""
        self.ensure_one()
        return self.dispute_id.action_write_letter("result_answer")

    def action_approve(self):
        """Approve that we refuse a result, as somebody of a tier for what it gives.

        :raises UserError: when it is beyond the tier of who approves, or nobody asked
        """
        self.ensure_one()
        self.check_access("read")
        dispute = self.dispute_id
        if self.state != "asked":
            raise self._refusal(self.env._("nobody waits for an approval."))
        dispute._check_may_approve()
        dispute._refuse_own("concession_asker", self.decided_by_id)
        dispute._check_answer_tier(self)
        # who approves reads the file; only this is theirs to write
        self.sudo()._guarded_write(
            {
                "state": "draft",
                "approved_by_id": self.env.uid,
                "above_handlers": True,
            }
        )
        dispute._tell_answer_approved(self)
        return True

    def _needs_approval(self, limits, level, weighed):
        """Return whether somebody above handlers approves our refusing it."""
        return self.answer == "rejected" and (
            level == authority.HANDLER or not authority.covers(limits, level, weighed)
        )

    def _get_words(self):
        """Return what fills the places of the letter that gives our answer."""
        told = {
            "accepted": self.env._("We accept it."),
            "in_part": self.env._("We accept it in part."),
            "rejected": self.env._("We do not accept it."),
        }[self.answer]
        reasons = self.reasons or self.env._("we think that it is fair.")
        return {"answer": told, "reasons": reasons}

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _prepare_part_data(self):
        return {"side": self.side, "answer": self.answer, "result": self.result_id.id}

    def _get_refused_name(self):
        return self.env._(
            "%(result)s, answer",
            result=self.result_id._get_refused_name(),
        )
