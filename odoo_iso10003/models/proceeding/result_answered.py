# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ...core import authority
from ...core import result as rules
from .result_answer import DRAFTS, OURS
from .result_review import ANSWER_TASK

# the effect of what does not count any more
GONE = (rules.REPLACED, rules.SET_ASIDE)
APPROVE_TASK = "odoo_iso10003.activity_result_refusal"


class ResultAnswered(models.AbstractModel):
    """A file in which we answer results, and tell them by letters (7.5.4, 7.5.5)."""

    _name = "iso10003.result.answered"
    _description = "File in which results are answered"

    # ------------------------------------------------------------
    # Our answer
    # ------------------------------------------------------------

    def _decide_answer(self, answer):
        """Decide our answer to a result, or ask who may.

        Accepting binds us within the tiers; refusing is a part that who handled the
        complaint does not have alone, and approved by somebody above handlers.
        """
        result = answer.result_id
        if answer.answer == "rejected":
            self._pass_door("_decide_answer", answer.reasons)
        amount = answer.amount if answer.answer == "in_part" else result.amount
        weighed = self._weigh(amount, result.currency_id)
        limits, level = self._get_limits(), self._get_level()
        measured = weighed["conceded_company_amount"]
        answer._guarded_write({"above_handlers": level != authority.HANDLER})
        if answer.answer != "rejected":
            return self._check_authority(weighed)
        if not answer._needs_approval(limits, level, measured):
            return None
        approver = self._find_approver(limits, measured)
        answer._guarded_write({"state": "asked"})
        return self._give_task(
            APPROVE_TASK,
            approver,
            lambda file: file.env._("Approve that we refuse the recommendation"),
        )

    def _check_answer_tier(self, answer):
        """Refuse an approval beyond the tier of who approves."""
        result = answer.result_id
        weighed = self._weigh(result.amount, result.currency_id)
        measured = weighed["conceded_company_amount"]
        limits, level = self._get_limits(), self._get_level()
        if answer._needs_approval(limits, level, measured):
            raise self._refusal(self._tell_too_high(limits, level, measured))

    def _tell_answer_approved(self, answer):
        """Let who decided it send it now."""
        self.sudo().activity_feedback([APPROVE_TASK])  # the task of who approved
        # who approves need not be one who may change the file
        self.sudo()._give_task(
            ANSWER_TASK,
            answer.decided_by_id,
            lambda file: file.env._("Send our answer to the result: it is approved"),
        )

    def _find_answer_draft(self):
        """Return our answer that was not sent yet, if there is one."""
        return self.env["iso10003.result.answer"].search(
            [
                ("dispute_id", "=", self.id),
                ("side", "=", OURS),
                ("state", "in", DRAFTS),
            ],
            limit=1,
        )

    def _find_given_answer(self):
        """Return the last answer that we gave to a result, if there is one."""
        return self.env["iso10003.result.answer"].search(
            [
                ("dispute_id", "=", self.id),
                ("side", "=", OURS),
                ("state", "=", "given"),
            ],
            limit=1,
        )

    def action_write_letter(self, kind="other"):
        """Our answer to a result goes to the complainant and to the body (7.5.4)."""
        action = super().action_write_letter(kind)
        body = self.sudo().provider_id  # whom the file names
        if kind == "result_answer" and body:
            people = self._get_addressees("parties") | body
            action["context"]["default_partner_ids"] = people.ids
        return action

    # ------------------------------------------------------------
    # Letters
    # ------------------------------------------------------------

    @api.model
    def _get_letter_places(self):
        return {
            **super()._get_letter_places(),
            "result": self.env._("The result, and what it says of each claim"),
        }

    def _get_part_words(self, kind):
        words = super()._get_part_words(kind)
        answer = self._find_answer_draft() or self._find_given_answer()
        if kind == "result_answer" and answer:
            words |= answer._get_words()
            words["result"] = answer.result_id._tell_it()
        elif kind in ("result", "settlement"):
            # what was replaced is never told alone
            standing = self.result_ids.filtered(lambda one: one.effect not in GONE)
            words["result"] = standing[:1]._tell_it()
        return words

    def _check_told_by(self, letter):  # pylint: disable=missing-return
        super()._check_told_by(letter)
        if letter.kind != "result_answer":
            return
        draft = self._find_answer_draft()
        if not draft and not self._find_given_answer():
            raise self._refusal(
                self.env._(
                    "press “Our answer” at the result first, so that the file keeps "
                    "what we answer and why."
                )
            )
        if draft.state == "asked":
            raise self._refusal(
                self.env._(
                    "our answer waits for the approval of somebody of a higher tier."
                )
            )

    def _follow_letter(self, letter):  # pylint: disable=missing-return
        """What a letter gives is frozen with it."""
        if letter.kind == "result_answer":
            if draft := self._find_answer_draft():
                draft._be_given(letter)
            else:  # somebody else is told of it too
                self._find_given_answer()._note_told(letter)
            self.sudo().activity_feedback([ANSWER_TASK])  # of whoever was asked
        elif letter.kind == "result" and not self._is_frozen():
            told = self.result_ids.filtered(lambda one: not one.letter_id)
            told._guarded_write({"letter_id": letter.id})
        super()._follow_letter(letter)
