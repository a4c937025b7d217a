# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import clean_context

from ...core import flow
from ...core import result as rules
from ..mixin.people_amount import format_people_amount
from ..mixin.people_date import format_people_date


class ResultEffect(models.Model):
    """What a result brings about: by its answers, by review, by what replaces it.

    It is effective at once where it binds without anybody's answer, else once the
    sides whose answers decide have accepted. What we give by it is measured then
    (``dispute_authority.py``). The file follows (``resulted.py``).
    """

    _inherit = "iso10003.result"

    answer_until = fields.Date(
        "Answer until",
        fixed=True,
        sealed=True,
        help="The last day on which an answer to it is in time.",
    )
    silence = fields.Selection(
        [
            ("rejected", "Silence counts as refusal"),
            ("accepted", "Silence counts as acceptance"),
            ("nothing", "Silence means nothing"),
        ],
        "What silence means",
        required=True,
        default="rejected",
        fixed=True,
        sealed=True,
    )
    answer_ids = fields.One2many(
        "iso10003.result.answer", "result_id", "Answers", readonly=True
    )

    # ------------------------------------------------------------
    # By answers
    # ------------------------------------------------------------

    def _find_deciding(self):
        return rules.find_deciding(self.kind, self.binding)

    def _find_answers(self):
        """Return ``{side: answer}`` as they count: silence as the result says."""
        answers = {}
        for side in (rules.THEIRS, rules.OURS):
            if standing := self._find_standing(side):
                said = standing.answer
                answers[side] = self.silence if said == "none" else said
        return {side: said for side, said in answers.items() if said != "nothing"}

    def _find_standing(self, side):
        """Return the last answer that a side gave, if it gave one."""
        return self.answer_ids.filtered(
            lambda one: one.side == side and one.state == "given"
        ).sorted("id")[-1:]

    def _find_given_amount(self):
        """Return what we give by it: less where we accepted a part."""
        ours = self._find_standing(rules.OURS)
        return ours.amount if ours.answer == "in_part" else self.amount

    def _find_binding_day(self):
        """Return the day on which it bound us: its own, or that of the last answer."""
        deciding = self._find_deciding()
        days = [day for side in deciding if (day := self._find_standing(side).date)]
        return max([self.date, *days])

    def _follow_answers(self):
        """Let it have the effect that binding and answers give it now."""
        if self.effect in (rules.REPLACED, rules.SET_ASIDE, rules.UNDER_REVIEW):
            return
        effect = rules.find_effect(self._find_deciding(), self._find_answers())
        if effect != self.effect:
            day = self._find_binding_day() if effect == rules.EFFECTIVE else False
            self._guarded_write({"effect": effect, "effective_date": day})
        self.dispute_id._follow_results()
        self._plan_reminders()

    def _find_outcome(self):
        """Return how the file ends by it as it stands, or nothing."""
        if not self:
            return None
        if self.noted_as and self.effect in (*rules.HOLDING, rules.WITHOUT):
            return self.noted_as
        return rules.find_outcome(
            self.kind,
            rules.EFFECTIVE if self.effect == rules.UNDER_REVIEW else self.effect,
            self._find_answers(),
            self.verdict,
            settled=self._get_settled_outcome(),
        )

    def _get_settled_outcome(self):
        """Return how a settlement by this result is called."""
        dispute = self.dispute_id.sudo()  # how it is resolved, whoever asks
        if dispute.is_referred_back:
            return flow.SETTLED_HERE
        led_by = dispute.method if dispute.provider_id else None
        method = self.sudo().proceeding_id.method or led_by  # as above
        return "settled_facilitated" if method == "facilitative" else "settled_early"

    def _find_claim_states(self):
        """Return ``{claim: state}`` of the claims that this result is about."""
        if self.effect not in rules.HOLDING or self.kind == rules.NONE:
            return {}
        lines = self.line_ids.filtered("claim_id")
        if not lines:  # it says one thing of all
            end = flow.CLAIM_ENDS[self._find_outcome()]
            return dict.fromkeys(self.dispute_id.claim_ids, end)
        given = {"granted": "granted", "part": "in_part"}
        if self.kind == rules.SETTLEMENT:
            given = dict.fromkeys(given, "settled")
        elif self._find_answers().get(rules.OURS) == "in_part":
            given = dict.fromkeys(given, "in_part")
        said = {
            claim: rules.find_verdict(own.mapped("verdict"))
            for claim, own in lines.grouped("claim_id").items()
        }
        return {claim: given.get(verdict, verdict) for claim, verdict in said.items()}

    def _find_decided(self):
        """Return the claims about which this result decides."""
        states = self._find_claim_states()
        return self.env["iso10003.claim"].union(
            *(claim for claim, state in states.items() if state != "not_decided")
        )

    def _find_given_beside(self, decided):
        """Return what it gives of claims about which no later result decided."""
        lines = self.line_ids.filtered("claim_id")
        return sum(
            (lines.filtered(lambda one: one.claim_id not in decided)).mapped("amount")
        )

    # ------------------------------------------------------------
    # Replaced, reviewed, set aside
    # ------------------------------------------------------------

    def _stand_in(self):
        """Take the place of what it replaces, which keeps its record."""
        if former := self.replaces_id:
            former._end_effect(rules.REPLACED)

    def _end_effect(self, effect):
        self._check_has_effect()
        self._guarded_write({"effect": effect})

    def _check_has_effect(self):
        for result in self:
            if result.effect in (rules.REPLACED, rules.SET_ASIDE):
                raise result._refusal(
                    self.env._(
                        "it has no effect any more (%(effect)s).",
                        effect=result._selection_label("effect"),
                    )
                )

    def action_ask(self, question=None):
        """Ask for the day and reason of what becomes of it.

        :param question: of the dialog ``iso10003.result.step``
        """
        self.ensure_one()
        self.dispute_id._check_may_record_result()
        steps = self.env["iso10003.result.step"]._fields["question"]
        labels = dict(steps._description_selection(self.env))
        return self._open_dialog(
            "iso10003.result.step",
            labels.get(question),
            default_result_id=self.id,
            default_question=question,
        )

    def action_correct_date(self, date=None, reason=None):
        """Put right of which day it is; what we give is measured anew."""
        self.ensure_one()
        dispute = self.dispute_id
        dispute._check_may_record_result()
        dispute._need_reason(reason)
        if not date:
            raise self._refusal(self.env._("say of which day it is."))
        if self == dispute._find_holding_result():
            return dispute.action_correct_result_date(date, reason)
        self._move_to(dispute._check_result_day(date), reason)
        return True

    def _move_to(self, day, reason):
        """Keep of which day it is, with the reason in the register."""
        former = self.date
        self._guarded_write({"date": day})
        self.dispute_id._register_event(
            "result_deed",
            {
                "result": self.id,
                "deed": "date",
                "from": former.isoformat(),
                "to": day.isoformat(),
            },
            reason,
        )

    def _register_deed(self, deed, reason, **data):
        self.dispute_id._register_event(
            "result_deed", {"result": self.id, "deed": deed, **data}, reason
        )

    # ------------------------------------------------------------
    # What is wrong with it, kept beside it
    # ------------------------------------------------------------

    @api.depends("kind", "binding", "answer_ids", "review_decision", "document")
    @api.depends_context("lang")
    def _compute_remarks(self):
        for result in self:
            result.remarks = "\n".join(result._list_remarks())

    def _list_remarks(self):
        told = []
        if not self._fits():
            told.append(
                self.env._(
                    "By the method of this file no such result comes about. Fill in "
                    "the method, or record the result as what it was."
                )
            )
        if not (self.text or self.document_sha256):
            told.append(self.env._("Neither its text nor the paper is on file."))
        decided, until = self.review_date, self.review_until
        if decided and until and decided > until:
            told.append(
                self.env._("Whether to ask for a review was decided after its window.")
            )
        told += [remark for one in self.answer_ids for remark in one._list_remarks()]
        return told

    def _fits(self):
        """Return whether the method it comes of may end with a result of its kind."""
        # how it is resolved, whoever asks
        resolving = self.sudo().proceeding_id or self.sudo().dispute_id
        return self.origin == "before" or rules.fits(self.kind, resolving.method)

    # ------------------------------------------------------------
    # Answering it
    # ------------------------------------------------------------

    def _check_answerable(self, side):
        """Refuse an answer to what waits for none, or was accepted already."""
        self.ensure_one()
        self.dispute_id._check_may_record_result()
        self.invalidate_recordset(["effect", "answer_ids"])
        if side not in self._find_deciding():
            raise self._refusal(
                self.env._(
                    "it does not wait for an answer of this side (%(binding)s).",
                    binding=self._selection_label("binding"),
                )
            )
        if self.effect not in (rules.OPEN, rules.WITHOUT):
            raise self._refusal(
                self.env._(
                    "it waits for no answer any more (%(effect)s).",
                    effect=self._selection_label("effect"),
                )
            )
        standing = self._find_standing(side)
        if standing.answer in rules.ACCEPTING:
            raise self._refusal(
                self.env._(
                    "this side has accepted it already, on %(day)s.",
                    day=format_people_date(self.env, standing.date, "short"),
                )
            )

    def _drop_draft(self, side):
        """Let an answer of ours stand in the place of one that was not sent."""
        drafts = self.answer_ids.filtered(
            lambda one: one.side == side and one.state in ("asked", "draft")
        )
        drafts._guarded_write({"state": "dropped"})
        drafts.flush_recordset(["state"])  # one is to be sent at a time

    def action_answer(self):
        """Ask what we answer to it."""
        return self._open_answer(rules.OURS, self.env._("Our answer"))

    def action_note_answer(self):
        """Ask what the complainant answered to it."""
        return self._open_answer(rules.THEIRS, self.env._("Answer of the complainant"))

    def _open_answer(self, side, title):
        self.ensure_one()
        self._check_answerable(side)
        leads = self.dispute_id._find_claiming().filtered("leads")
        return self._open_dialog(
            "iso10003.result.answer",
            title,
            default_result_id=self.id,
            default_side=side,
            default_party_id=side == rules.THEIRS and leads.id,
        )

    def action_record_next(self):
        """Ask for the result that takes the place of this one."""
        self.ensure_one()
        self.dispute_id._check_may_record_result()
        return self._open_dialog(
            self._name,
            self.env._("Record what takes its place"),
            default_dispute_id=self.dispute_id.id,
            default_replaces_id=self.id,
        )

    def action_confirm(self):
        """Close the dialog; the result was recorded when it was saved."""
        self.ensure_one()
        if self.env.context.get("leads_on"):
            # the card named this as the one thing that is wanted
            # what this dialog was opened with is no default of the next one
            context = {**clean_context(self.env.context), "shown_state": False}
            asking = self.env(context=context)
            return self.dispute_id.with_env(asking)._lead_on_asking()
        return {"type": "ir.actions.act_window_close"}

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _tell_it(self):
        """Return what it is and says, for letters, in the language of the context."""
        if not self:
            return ""
        kinds = self._selection_label("kind")
        said = [
            " · ".join(
                filter(
                    None,
                    [
                        line.claim_id.name or line._selection_label("head"),
                        line._selection_label("verdict"),
                        line.amount
                        and format_people_amount(
                            self.env, line.amount, line.currency_id
                        ),
                    ],
                )
            )
            for line in self.line_ids
        ]
        day = format_people_date(self.env, self.date, "long")
        told = [f"{kinds}, {day}", *said, *(self.text or "").splitlines()]
        return Markup("<br/>").join(filter(None, told))
