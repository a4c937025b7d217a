# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain

from ...core import authority
from ...core.story import Source, everything
from ..mixin.checks import Rule
from .participation import BOUND, DRAFTS, OURS, TAKING_PART, THEIRS

# what comes of it where a side declines is asked before the merits are
BEFORE_EVALUATION = ("referral", "notice")
TASK = "odoo_iso10003.activity_part_answer"
# methods whose result binds nobody who does not agree to it
BINDING_NOBODY = ("agreement", "nobody")


class Answered(models.AbstractModel):
    """A file to which both sides answer whether they take part (4.6, 7.2, 7.3).

    The complainant's answer chooses a way of the invitation, and that settles method
    and provider; to change them afterwards is a deed with a reason. Ours is within the
    tiers of authority, by what is claimed, where the result may bind us. Nobody's
    refusal or silence ends a file: a person does.
    """

    _name = "iso10003.answered"
    _description = "File with answers to taking part"

    part_line_id = fields.Many2one(
        "iso10003.invitation.line",
        "Agreed way",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        index="btree_not_null",
        ondelete="restrict",
        help="What the complainant chose of the invitation.",
    )
    declined_by = fields.Selection(
        [(THEIRS, "Complainant"), (OURS, "Organization")],
        "Declined by",
        readonly=True,
        copy=False,
        tracking=True,
        guarded=True,
        sealed=True,
        help="Who does not take part in a resolution outside, as it stands now.",
    )

    def _get_story_sources(self):
        return super()._get_story_sources() | {
            "iso10003.participation": Source(
                self.env._("Taking part"),
                Domain("dispute_id", "=", self.id) & Domain("state", "=", "given"),
                everything,
            )
        }

    def _check_may_answer(self):
        """Who leads the file notes and gives answers, while it is open."""
        self.check_access("write")
        self._check_not_closed({"declined_by": self.declined_by})
        self._lock()

    # ------------------------------------------------------------
    # The complainant's
    # ------------------------------------------------------------

    def action_note_answer(self):
        """Ask what the complainant answered."""
        self.ensure_one()
        self._check_may_answer()
        invitation = self._find_invitation("sent")
        line = invitation.line_ids if len(invitation.line_ids) == 1 else False
        return self._open_dialog(
            "iso10003.participation",
            self.env._("Answer of the complainant"),
            default_dispute_id=self.id,
            default_side=THEIRS,
            default_invitation_id=invitation.id,
            default_line_id=line and line.id,
            default_party_id=self._find_claiming().filtered("leads").id,
        )

    def _follow_their_answer(self, answer):
        """Settle the chosen way, or keep that they declined."""
        takes_part = answer.answer in TAKING_PART
        self._follow_declined()
        self._end_invitation_tasks()
        answer.invitation_id._plan_reminders()
        if (
            takes_part
            and answer.line_id
            and not answer.lacks
            and not answer.unmandated
            and answer.invitation_id.state == "sent"
        ):
            line = answer.line_id
            self._settle_way(
                line.method_id,
                # whom they chose, the invitation says
                line.sudo().provider_id.partner_id,
                {"part_line_id": line.id, "method_reason": False},
            )

    def _follow_declined(self):
        """Keep who declines, by the last answer of each side; ours counts first."""
        declining = (
            side
            for side in (OURS, THEIRS)
            if (answer := self._find_standing_answer(side))
            and answer.answer not in TAKING_PART
        )
        declined_by = next(declining, False)
        if declined_by != self.declined_by:
            self._guarded_write({"declined_by": declined_by})

    def _find_standing_answer(self, side):
        """Return the last answer that a side gave, if it gave one."""
        return self.env["iso10003.participation"].search_fetch(
            [
                ("dispute_id", "=", self.id),
                ("side", "=", side),
                ("state", "=", "given"),
            ],
            limit=1,
        )

    def _settle_way(self, method, partner, more, reason=None):
        self._guarded_write(
            {
                "method": method.kind,
                "method_id": method.id,
                "provider_id": partner.id,
                **more,
            }
        )
        self._register_event(
            "way_settled", {"method": method.id, "partner": partner.id}, reason
        )

    def _check_way_kept(self, vals):
        """Method and provider that both sides agreed on are changed by a deed."""
        settled = self.filtered("part_line_id")
        for dispute in settled._changing("method", vals) | settled._changing(
            "provider_id", vals
        ):
            raise dispute._refusal(
                self.env._(
                    "method and provider are those that the complainant chose. Press "
                    "“Change the way” and say why."
                )
            )

    def action_ask_way(self):
        """Ask by which other method and provider it is resolved, and why."""
        self.ensure_one()
        self._check_may_answer()
        return self._open_dialog(
            "iso10003.way.change",
            self.env._("Change the way"),
            default_dispute_id=self.id,
        )

    def action_change_way(self, method_id, provider_id, reason=None):
        """Change by which method and provider a file is resolved, after they agreed.

        :param method_id: a method of the catalogue
        :param provider_id: a provider that may be used today
        :param reason: why; kept in the register
        :raises UserError: when nothing was agreed, or the provider may not be used
        """
        self.ensure_one()
        self._check_may_answer()
        self._need_reason(reason)
        if not self.part_line_id:
            raise self._refusal(
                self.env._("no way was agreed on. Fill in method and provider.")
            )
        method = self._get_methods().filtered(lambda one: one.id == method_id)
        provider = self.env["iso10003.provider"].search(
            [("id", "=", provider_id), ("company_id", "=", self.company_id.id)]
        )
        if not method or not provider:
            raise self._refusal(
                self.env._("choose a method of the catalogue and a provider of ours.")
            )
        if codes := self._find_way_lacks(method, provider, self._get_company_day()):
            raise self._refusal(" ".join(provider._tell_obstacles(codes)))
        self._say_reason(reason)
        partner = provider.sudo().partner_id  # whom they named themselves
        self._settle_way(method, partner, {"method_reason": reason}, reason)
        return True

    # ------------------------------------------------------------
    # Ours
    # ------------------------------------------------------------

    def _find_part_draft(self):
        """Return our answer that was not sent yet, if there is one."""
        return self.env["iso10003.participation"].search_fetch(
            [
                ("dispute_id", "=", self.id),
                ("side", "=", OURS),
                ("state", "in", DRAFTS),
            ],
            limit=1,
        )

    def action_answer_part(self):
        """Ask whether we take part; open the letter where that is decided."""
        self.ensure_one()
        self._check_may_answer()
        draft = self._find_part_draft()
        if draft.state == "draft":
            return self._open_part_letter(draft)
        dialog = self._open_dialog(
            "iso10003.participation",
            self.env._("Our answer to taking part"),
            default_dispute_id=self.id,
            default_side=OURS,
            default_basis="free",
            leads_on=True,
        )
        return {**dialog, "res_id": draft.id} if draft else dialog

    def _decide_part(self, answer):
        """Decide our answer, or ask who may.

        Declining is a part that who handled the complaint does not have alone; taking
        part is asked of the tiers unless we are bound, or the result binds nobody.
        """
        if answer.answer == "no":
            return self._pass_door("_decide_part", answer.reasons)
        weighed = self._weigh_part(answer)
        limits = self._get_limits() if weighed else {}
        if not weighed or authority.covers(limits, self._get_level(), weighed):
            return None
        approver = self._find_approver(limits, weighed)
        answer._guarded_write({"state": "asked"})
        amount = self._tell_amount(weighed, self.company_currency_id)
        return self._give_task(
            TASK,
            approver,
            lambda file: file.env._(
                "Approve that we take part: %(amount)s is claimed", amount=amount
            ),
        )

    def _weigh_part(self, answer):
        """Return what a result may cost us, in the company's currency.

        Nothing where we are bound whatever we think, or the method binds nobody.
        """
        known = self.method_id.binding
        facilitated = not known and self.method == "facilitative"
        if answer.basis in BOUND or known in BINDING_NOBODY or facilitated:
            return 0
        amount = (
            answer.claim_ids._count_in(self.currency_id)
            if answer.claim_ids
            else self.amount_claimed
        )
        return self._weigh(amount, self.currency_id)["conceded_company_amount"]

    def _check_part_tier(self, answer):
        """Refuse an approval beyond the tier of who approves."""
        weighed, limits = self._weigh_part(answer), self._get_limits()
        if not authority.covers(limits, self._get_level(), weighed):
            raise self._refusal(self._tell_too_high(limits, self._get_level(), weighed))

    def _tell_part_approved(self, answer):
        """Let who decided it send it now."""
        self.sudo().activity_feedback([TASK])  # the task of who approved
        # who approves need not be one who may change the file
        self.sudo()._give_task(
            TASK,
            answer.decided_by_id,
            lambda file: file.env._("Send our answer to taking part: it is approved"),
        )

    def _open_part_letter(self, answer):
        """Open the letter that gives our answer; nothing while somebody approves it."""
        if answer.state == "asked":
            return {"type": "ir.actions.act_window_close"}
        dialog = self.action_write_letter("participation_answer")
        if self.env.context.get("leads_on"):
            dialog["context"]["leads_on"] = True
        return dialog

    def _check_part_letter(self):
        draft = self._find_part_draft()
        if not draft:
            raise self._refusal(
                self.env._(
                    "press “Answer whether we take part” first, so that the file keeps "
                    "what we answer and on what that rests."
                )
            )
        if draft.state == "asked":
            raise self._refusal(
                self.env._(
                    "our answer waits for the approval of somebody of a higher tier."
                )
            )

    def _give_part_answer(self, letter):
        """Our answer is given by this letter."""
        answer = self._find_part_draft()
        answer._be_given(letter)
        self._follow_declined()
        self.sudo().activity_feedback([TASK])  # of whoever was asked to send it

    def _get_part_answer_words(self):
        answer = self._find_part_draft()
        return answer._get_words() if answer else {}

    # ------------------------------------------------------------
    # The gate, the next step, and what assessments ask
    # ------------------------------------------------------------

    def _gate_part_answered(self):
        """We answered whether we take part, and did not decline."""
        return self.part_answered_date and self.declined_by != OURS

    def _get_gate_actions(self):
        return {
            **super()._get_gate_actions(),
            "part_answered": (
                self.env._("Answer whether we take part"),
                "action_answer_part",
            ),
            "declined": (self._get_declined_label(), "action_after_refusal"),
        }

    def _list_open_gates(self, checklist):
        """One letter answers and acknowledges, on tracks that merge what is written."""
        gates = super()._list_open_gates(checklist)
        merged = self._get_track().merges and any(
            gate["code"] == "part_answered" for gate in gates
        )
        return [gate for gate in gates if not merged or gate["code"] != "acknowledged"]

    def _find_next_step(self, checklist):
        """Where a side declined, other recourse comes next, and then the end."""
        step = super()._find_next_step(checklist)
        declined = self.declined_by and self.state in BEFORE_EVALUATION
        if not step or not declined or step["code"] == "resume":
            return step
        side = self._selection_label("declined_by")
        return {
            **step,
            "code": "declined",
            "title": self.env._("Declined to take part: %(side)s", side=side),
            "clause": "",
            "field": False,
            "advice": self.env._(
                "Tell the complainant of other recourse, then end the file. Who takes "
                "part after all answers anew."
            ),
            "label": step["label"] and self._get_declined_label(),
        }

    def _get_declined_label(self):
        if not self.declined_by:
            return ""
        if self._was_recourse_told_since():
            return self.env._("End the file")
        return self.env._("Tell of other recourse")

    def _was_recourse_told_since(self):
        """Return whether a letter told of other recourse after somebody declined."""
        refusal = self._find_standing_answer(self.declined_by)
        return bool(
            self.env["iso10003.letter"].search_count(
                [
                    ("file_id", "in", self.file_ids.ids),
                    ("kind", "=", "other_recourse"),
                    ("state", "=", "sent"),
                    ("sent_date", ">=", refusal.date),
                ],
                limit=1,
            )
        )

    def action_after_refusal(self):
        """Write of other recourse, or end the file once that is told."""
        self.ensure_one()
        self.check_access("write")
        if not self.declined_by:
            raise self._refusal(self.env._("nobody declined to take part."))
        if not self._was_recourse_told_since():
            return self.action_write_letter("other_recourse")
        ours = self.declined_by == OURS
        ended = "declined_by_us" if ours else "not_pursued"
        return self._ask_for("close", default_early_end=ended)

    def _audit_refusals_explained(self, company):
        """62: where a side declined, was the complainant told of other ways?"""
        rule = super()._audit_refusals_explained(company)
        declined = self._closed() & Domain("declined_by", "!=", False)
        return Rule(rule.population | declined, rule.broken)
