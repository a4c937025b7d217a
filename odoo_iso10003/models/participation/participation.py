# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import clean_context
from odoo.tools.i18n import format_list

from ...core.story import Fact
from ..party.party import CHANNELS

OURS, THEIRS = "organization", "complainant"
# who takes part, be it for some claims only
TAKING_PART = ("yes", "some")
# decided, and not sent yet
DRAFTS = ("asked", "draft")
# what binds us to take part, whatever we think of it now
BOUND = ("law", "membership", "clause")


class Participation(models.Model):
    """The answer of one side to taking part in a resolution outside (4.6, 7.2, 7.3).

    A deed apart from the position: whether, and for which claims. To make one is to
    answer: that of the complainant is noted as it came, with what is wrong with it;
    ours is decided within the tiers of authority, or bound beforehand, and given by a
    letter. The last given one of each side holds. None changes: who thinks otherwise
    later answers anew.
    """

    _name = "iso10003.participation"
    _description = "Answer to taking part"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "date desc, id desc"
    _part_event = "part_answer"
    _part_path = "dispute_id"

    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    side = fields.Selection(
        [(THEIRS, "Complainant"), (OURS, "Organization")],
        required=True,
        default=THEIRS,
        fixed=True,
        sealed=True,
    )
    answer = fields.Selection(
        [
            ("yes", "Takes part"),
            ("some", "Takes part for some claims only"),
            ("no", "Declines to take part"),
            ("none", "No answer"),
        ],
        required=True,
        default="yes",
        fixed=True,
        sealed=True,
    )
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
    claim_ids = fields.Many2many(
        "iso10003.claim",
        "iso10003_participation_claim_rel",
        "participation_id",
        "claim_id",
        "For these claims",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    reasons = fields.Text(
        "Reasons of the answer",
        fixed=True,
        sealed="digest",
        help="Why somebody declines, or why an answer after the time still counts.",
    )
    # what the complainant chose
    invitation_id = fields.Many2one(
        "iso10003.invitation",
        "Answer to",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    line_id = fields.Many2one(
        "iso10003.invitation.line",
        "Chosen way",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    # on what ours rests
    basis = fields.Selection(
        [
            ("free", "Decided for this file"),
            ("law", "Bound by law"),
            ("membership", "Bound by a membership"),
            ("clause", "Bound by a clause of the contract"),
        ],
        "Rests on",
        fixed=True,
        sealed=True,
    )
    reference = fields.Char(
        "Which one",
        fixed=True,
        sealed="digest",
        help="The article, the body or the clause by which we are bound.",
    )
    decided_by_id = fields.Many2one(
        "res.users",
        "Decided by",
        readonly=True,
        copy=False,
        guarded=True,
        ondelete="restrict",
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
    lacks = fields.Char(
        "What stands against the chosen way",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="Codes of what stood against its provider on the day of the answer.",
    )
    remarks = fields.Text("What is wrong with it", compute="_compute_remarks")

    _one_draft = models.UniqueIndex(
        "(dispute_id) WHERE state IN ('asked', 'draft')",
        "There is an answer of ours to be sent in this file already.",
    )
    _ours_is_said = models.Constraint(
        "CHECK (side <> 'organization' OR answer <> 'none')",
        "We answer whether we take part; our silence is no answer.",
    )
    _bound_takes_part = models.Constraint(
        "CHECK (answer <> 'no' OR basis IS NULL OR basis = 'free')",
        "Who is bound to take part does not decline.",
    )

    @api.depends("side", "answer")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for one in self:
            words = (one._selection_label("side"), one._selection_label("answer"))
            one.display_name = ": ".join(words)

    def _list_facts(self):
        """Return what an answer tells in the story of its file."""
        way = self.line_id.display_name if self.line_id else ""
        return [Fact(self.date, self.display_name, way)]

    @api.depends("late", "lacks", "unmandated")
    @api.depends_context("lang")
    def _compute_remarks(self):
        for one in self:
            one.remarks = "\n".join(one._list_remarks())

    def _list_remarks(self):
        """Return what is wrong with this answer, in the reader's words."""
        told = []
        if self.late:
            told.append(self.env._("It came after the last day of the invitation."))
        if self.unmandated:
            told.append(
                self.env._(
                    "Who said it had no part in the file on that day, or no document "
                    "shows it. Let somebody confirm it who has."
                )
            )
        if self.lacks:
            codes = self.lacks.split()
            told += self.env["iso10003.provider"]._tell_obstacles(codes)
            told.append(self.env._("The chosen way is not settled. Invite anew."))
        return told

    # ------------------------------------------------------------
    # What cannot be true
    # ------------------------------------------------------------

    @api.constrains("line_id", "invitation_id")
    def _check_way_offered(self):
        for one in self.filtered("line_id"):
            if one.line_id.invitation_id != one.invitation_id:
                raise one._refusal(
                    self.env._(
                        "the chosen way is none of its invitation. Choose one of those "
                        "that were offered."
                    ),
                    ValidationError,
                )

    @api.constrains("side", "answer", "claim_ids", "reasons", "basis", "reference")
    def _check_said(self):
        for one in self:
            if why := one._find_unsaid():
                raise one._refusal(why, ValidationError)

    def _find_unsaid(self):
        """Return in words what an answer of this kind has to say, or nothing."""
        ours = self.side == OURS
        if (self.answer == "some") != bool(self.claim_ids):
            return self.env._(
                "choose claims where somebody takes part for some only, and none else."
            )
        if ours and self.answer == "no" and not self._is_said(self.reasons):
            return self.env._("say why we decline; the complainant is told.")
        if ours and not self.basis:
            return self.env._("say on what our answer rests.")
        if self.basis in BOUND and not self._is_said(self.reference):
            return self.env._("name the article, the body or the clause that binds us.")
        if not ours and self.answer in TAKING_PART and not self.party_id:
            return self.env._("say who answered for the complainant.")
        return ""

    @api.constrains("invitation_id", "date", "answer")
    def _check_day(self):
        for one in self.filtered("invitation_id"):
            invitation = one.invitation_id
            if invitation.state == "draft" or one.date < invitation.sent_date:
                raise one._refusal(
                    self.env._("nobody answers an invitation before it was sent."),
                    ValidationError,
                )
            if one.answer == "none" and one.date <= invitation.until:
                raise one._refusal(
                    self.env._(
                        "the time to answer is not over. Silence is noted after it."
                    ),
                    ValidationError,
                )

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
        """Note answers, and let follow on their files what rests on them."""
        # whose it is and of which file decides below, also where a default says it
        vals_list = [
            {**self.default_get(["dispute_id", "side"]), **vals} for vals in vals_list
        ]
        for dispute in self.dispute_id.browse(
            {vals.get("dispute_id") for vals in vals_list} - {None, False}
        ):
            dispute._check_may_answer()
        self._drop_drafts(vals_list)
        answers = super().create(vals_list)
        for answer in answers:
            if answer.side == OURS:
                answer.dispute_id._decide_part(answer)
            else:
                answer._note_what_is_wrong()
                answer.dispute_id._follow_their_answer(answer)
        return answers

    @api.model
    def _drop_drafts(self, vals_list):
        """Let an answer of ours stand in the place of one that was not sent."""
        ours = [
            vals.get("dispute_id") for vals in vals_list if vals.get("side") == OURS
        ]
        drafts = self.sudo().search(  # of files that the user leads, see above
            [("dispute_id", "in", ours), ("state", "in", DRAFTS)]
        )
        drafts._guarded_write({"state": "dropped"})
        drafts.flush_recordset(["state"])  # one is to be sent at a time

    def _note_what_is_wrong(self):
        """Keep beside an answer what is wrong with it.

        :raises ValidationError: when it came late, and nobody says why it still counts
        """
        until = self.invitation_id.until
        late = bool(until and self.date > until and self.answer != "none")
        if late and self.answer in TAKING_PART and not self._is_said(self.reasons):
            raise self._refusal(
                self.env._(
                    "it came after the last day of the invitation. Say why it still "
                    "counts."
                ),
                ValidationError,
            )
        party = self.sudo().party_id  # how they stand, whoever notes the answer
        lacks = self.line_id._find_lacks(self.date) if self.line_id else []
        self._guarded_write(
            {
                "late": late,
                "unmandated": bool(party) and not party._filter_reading(),
                "lacks": " ".join(lacks) or False,
            }
        )

    def _be_given(self, letter):
        """Freeze our answer as the letter gave it."""
        self._guarded_write(
            {"state": "given", "letter_id": letter.id, "date": letter.sent_date}
        )

    def _send(self):
        """Send the letter that gives it as its text is; the file goes on by that."""
        # what the button was pressed with is no default of a letter
        context = {**clean_context(self.env.context), "leads_on": True}
        letters = self.env(context=context)["iso10003.letter"]
        file = self.dispute_id.file_ids
        letters = letters.create({"file_id": file.id, "kind": "participation_answer"})
        letters.action_send()

    def _get_words(self):
        """Return what fills the places of the letter that gives our answer."""
        told = {
            "yes": self.env._("We take part."),
            "some": self.env._(
                "We take part for these claims only: %(claims)s.",
                claims=format_list(self.env, self.claim_ids.mapped("name")),
            ),
            "no": self.env._("We do not take part."),
        }[self.answer]
        why = self.reasons or self.env._(
            "we want it to be resolved by somebody who is neutral."
        )
        if self.basis in BOUND:
            basis = self._selection_label("basis")
            why = f"{basis}: {self.reference}. {self.reasons or ''}"
        return {"answer": told, "reasons": why.strip()}

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
        """Close the dialog; the answer was noted when it was saved."""
        self.ensure_one()
        if self.env.context.get("leads_on"):
            self.dispute_id._lead_on()
        return {"type": "ir.actions.act_window_close"}

    def action_write_letter(self):
        """Open the letter that gives our answer, or say who approves it first."""
        self.ensure_one()
        return self.dispute_id._open_part_letter(self)

    def action_answer_and_send(self):
        """Give our answer by its letter at once; nothing while somebody approves it."""
        self.ensure_one()
        if self.state == "draft":
            self._send()
        return {"type": "ir.actions.act_window_close"}

    def action_approve(self):
        """Approve that we take part, as somebody of a tier for what is at stake.

        :raises UserError: when it is beyond the tier of who approves, or nobody asked
        """
        self.ensure_one()
        self.check_access("read")
        if self.state != "asked":
            raise self._refusal(self.env._("nobody waits for an approval."))
        self.dispute_id._check_may_approve()
        self.dispute_id._refuse_own("concession_asker", self.decided_by_id)
        self.dispute_id._check_part_tier(self)
        # who approves reads the file; only this is theirs to write
        self.sudo()._guarded_write({"state": "draft", "approved_by_id": self.env.uid})
        self.dispute_id._tell_part_approved(self)
        return True

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _prepare_part_data(self):
        return {"side": self.side, "answer": self.answer}

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, answer to taking part",
            dispute=self.dispute_id.sudo().name,  # who answers, knows the file
        )
