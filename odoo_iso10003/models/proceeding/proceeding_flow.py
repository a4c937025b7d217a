# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import proceeding as course
from .proceeding import SHOWN_DAYS

# the day that each step writes
STEP_DAYS = {
    "answer": "answered_date",
    "admit": "admitted_date",
    "begin": "begun_date",
    "stay": "stayed_date",
    "end": "ended_date",
}


class ProceedingFlow(models.Model):
    """The one door of a proceeding: every change of state goes through here.

    The buttons call the public methods, which may be called by RPC as well: each
    checks by itself what it needs. A step is dated by the day on which it happened.
    """

    _inherit = "iso10003.proceeding"

    _step_dialog = "iso10003.proceeding.step"
    _step_link = "proceeding_id"

    # ------------------------------------------------------------
    # What a user can do
    # ------------------------------------------------------------

    def action_answer(self, date=None):
        """Note that the other side, or we, answered and take part.

        :param date: the day; today when not given
        """
        self.ensure_one()
        return self._take_step("answer", date)

    def action_admit(self, date=None, reference=None):
        """Note that the body takes the matter up.

        :param reference: the number of the case there, where it has one by now
        """
        self.ensure_one()
        return self._take_step("admit", date, reference=reference)

    def action_begin(self, date=None):
        """Note that it runs: the body leads it."""
        self.ensure_one()
        return self._take_step("begin", date)

    def action_stay(self, reason=None, date=None):
        """Note that it stands still, and why."""
        self.ensure_one()
        return self._take_step("stay", date, reason)

    def action_resume(self, date=None):
        """Note that it goes on."""
        self.ensure_one()
        return self._take_step("resume", date)

    def action_end(self, ended_by=None, reason=None, date=None, ground=None):
        """Note how it ended.

        :param ended_by: one of the field's choices; one that its method can bring
        :param reason: in words; wanted where it brought no result
        :param date: the day; today when not given
        :param ground: why it was not admitted, or discontinued
        """
        self.ensure_one()
        self._check_end(ended_by, ground)
        if ended_by not in course.RESULTS:
            self._need_reason(reason)
        ends = {"ended_by": ended_by, "end_ground": ground or False}
        return self._take_step("end", date, reason, ends=ends)

    def action_pass_on(self, reason=None, date=None):
        """Note that the body passed it on, and open what it goes to, in one.

        :param reason: to whom and why; kept in the register
        :return: the action that shows where it goes on
        """
        self.ensure_one()
        self.action_end("passed_on", reason, date)
        return self._open_passed_on(reason)

    def _open_passed_on(self, reason):
        """Open what it was passed on to, in rooms above."""
        return True

    def action_note_complete(self, date=None):
        """Note that the body has all that it needs; some limits count from it."""
        return self._note_day("file_complete_date", date)

    def action_note_served(self, date=None):
        """Note that its recommendation or decision reached us."""
        return self._note_day("served_date", date)

    def _note_day(self, name, date):
        self.ensure_one()
        self._check_expected_state()
        self.check_access("write")
        self._lock()
        self.dispute_id._check_not_closed({"subject": self.subject})
        self._check_given(name, date)
        self.write({name: fields.Date.to_date(date) or self._get_company_day()})
        return True

    def action_wait_for(self, kind=None):
        """Ask until when something is to be done that the body waits for, and by whom.

        :param kind: a fee, a deficiency to cure, a reply, or something else
        """
        self.ensure_one()
        self._check_expected_state()
        self.check_access("write")
        return self.env["iso10003.deadline.step"]._ask(
            "given",
            file=self.sudo().file_ids,  # its own
            given_kind=kind or "other",
            set_by_id=self.provider_id.id,
        )

    def action_record_result(self):
        """Ask what it brought, of the kind that its end was."""
        self.ensure_one()
        action = self.dispute_id.with_context(shown_state=False).action_record_result()
        begins = {"default_proceeding_id": self.id}
        if kind := course.KIND_OF_ENDS.get(self.ended_by):
            begins["default_kind"] = kind
        return {**action, "context": {**action["context"], **begins}}

    def action_reopen(self, reason=None):
        """Let an ended proceeding go on where it ended: it was noted by mistake, or the
        body took it up again."""
        self.ensure_one()
        return self._take_step("reopen", None, reason)

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _take_step(self, step, date, reason=None, reference=None, ends=None):
        """Take one proceeding by ``step`` to where the step leads.

        :raises UserError: says what is wanted, or that there is no such way
        """
        self._check_expected_state()
        self.check_access("write")
        self._lock()
        self.dispute_id._check_not_closed({"subject": self.subject})
        to_state = self._find_way(step)
        if step in course.REASONED:
            self._need_reason(reason)
        if step == "reopen":
            self._check_not_continued()
        from_state, day = self.state, self._read_step_day(step, date)
        self._say_reason(reason)
        if self._is_said(reference):
            self.write({"reference": reference})
        self._guarded_write(self._prepare_step_vals(step, to_state, day, ends or {}))
        self._register_event(
            "proceeding_step",
            {
                "step": step,
                "from": from_state,
                "to": self.state,
                "date": day.isoformat(),
                **(ends or {}),
            },
            reason,
        )
        self._follow_step(step)
        self.dispute_id._show_proceeding()
        return True

    def _find_way(self, step):
        to_state = course.target(step, self.state, self.ended_from)
        if not to_state:
            steps = self.env["iso10003.register"]._get_proceeding_steps()
            raise self._refusal(
                self.env._(
                    "it is “%(state)s”, and there is no way from there by “%(step)s”.",
                    state=self._selection_label("state", self.state),
                    step=steps[step],
                )
            )
        return to_state

    def _read_step_day(self, step, date):
        """Return the day of a step, which is today or has been."""
        name = STEP_DAYS.get(step, "begun_date")
        self._check_given(name, date)
        day = fields.Date.to_date(date) or self._get_company_day()
        if day > self._get_company_day():
            raise self._refusal(
                self.env._("what lies ahead is not noted as if it had happened.")
            )
        return day

    def _prepare_step_vals(self, step, to_state, day, ends):
        vals = {"state": to_state, **ends}
        if name := STEP_DAYS.get(step):
            vals[name] = day
        if step == "begin" or (step == "resume" and not self.begun_date):
            vals["begun_date"] = day
        if step == "resume":
            vals["stayed_date"] = False
        if step == "end":
            vals |= {"ended_from": self.state, "body_ended_date": day}
        if step == "reopen":
            vals |= {
                "ended_from": False,
                "ended_by": False,
                "end_ground": False,
                "ended_date": False,
                "body_ended_date": False,
            }
        return vals

    def _follow_step(self, step):
        """Let follow from a step what rests on it: what went before at this body."""
        if self.state not in course.IN_HAND:
            self._forget_beside()
        if step == "end":
            self._end_matter()
        elif step == "reopen":
            self._reopen_matter()

    def _be_ended_by(self, result):
        """What it was for was reached; what is left to decide keeps it open."""
        if "not_decided" not in result.line_ids.mapped("verdict"):
            self._end_with(course.END_OF_KINDS[result.kind], result.date)

    def _end_with(self, ended_by, day):
        """Let it end with a result, where its method can bring that on that day."""
        last = self._get_last_day()
        if (
            self.state != course.ENDED
            and course.fits(self.method, ended_by)
            and (not last or last <= day)
        ):
            self.with_context(shown_state=False).action_end(ended_by, date=day)

    def _check_end(self, ended_by, ground):
        """Refuse an end that its method cannot bring, or that wants a ground."""
        if ended_by not in course.ENDS:
            raise self._refusal(self.env._("say how it ended."))
        if not course.fits(self.method, ended_by):
            raise self._refusal(
                self.env._(
                    "by “%(method)s” it cannot end with “%(end)s”. Where the body does "
                    "that in a next step, end this one first and press “Next step at "
                    "this body”.",
                    method=self.method_id.name,
                    end=self._selection_label("ended_by", ended_by),
                )
            )
        grounds = course.GROUNDS.get(ended_by, ())
        if (ground or None) not in (grounds or (None,)):
            raise self._refusal(
                self.env._(
                    "choose on which ground, one of: %(grounds)s.",
                    grounds=", ".join(
                        self._selection_label("end_ground", code) for code in grounds
                    ),
                )
                if grounds
                else self.env._("an end of this kind has no ground of its own.")
            )

    # ------------------------------------------------------------
    # What was there before there were proceedings
    # ------------------------------------------------------------

    @api.model
    def _note_from_before(self, dispute, day):
        """Note the way of a dispute from before there were proceedings.

        :param day: when the dispute entered 7.5, if the register says it
        """
        days = {name: dispute[name] for name in SHOWN_DAYS}
        known = [one for one in (day, *days.values(), dispute.outcome_date) if one]
        providers = self.env["iso10003.provider"]
        body = providers._find_of(dispute.provider_id, dispute.company_id)
        one = self._create_from_before(
            {
                "dispute_id": dispute.id,
                "proposed_date": min(known, default=False),
                "method_id": dispute.method_id.id,
                "body_id": body.id,
                "begun_by": dispute.begun_by or "complainant",
                "claim_ids": dispute.claim_ids.ids,
                **days,
            }
        )
        one._guarded_write(
            {
                "from_before": True,
                "first_id": one.id,
                "method": dispute.method,
                "provider_id": dispute.provider_id.id,
                **self._prepare_state_from_before(dispute),
            }
        )
        return one

    @api.model
    def _prepare_state_from_before(self, dispute):
        """What brought a result has ended; what a body dealt with runs."""
        if ended_by := course.END_OF_RESULTS.get(dispute.outcome):
            return {
                "state": course.ENDED,
                "ended_by": ended_by,
                "ended_from": "running",
                "ended_date": dispute.outcome_date,
                "body_ended_date": dispute.outcome_date,
            }
        dealt_with = any(dispute[name] for name in SHOWN_DAYS)
        return {"state": "running" if dealt_with else "proposed"}
