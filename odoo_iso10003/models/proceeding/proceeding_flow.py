# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ...core import proceeding as course

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

    def action_reopen(self, reason=None):
        """Let an ended proceeding go on where it ended: it was noted by mistake, or the
        body took it up again."""
        self.ensure_one()
        return self._take_step("reopen", None, reason)

    def action_continue(self, method_id=None):
        """Note the next step of the same body: a proceeding that continues this one.

        It takes over body, reference and claims. Limits of the body's whole case stay
        with the first one and run on.

        :param method_id: of the catalogue; the method that may follow at this body,
            where there is one only
        :return: the action that opens it
        """
        self.ensure_one()
        self._check_expected_state()
        self._lock()
        self._check_continued()
        method = self.env["iso10003.method"].browse(method_id or ())
        method = method or self._find_next_method()
        if not method:
            return self.action_ask("continue")
        following = self._continue(method)
        return following.get_formview_action()

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
        if step == "end":
            self._end_matter()
        elif step == "reopen":
            self._reopen_matter()

    def _find_former(self):
        """Return what this one continues, back to the first at this body."""
        chain, former = self.browse(), self.sudo().continues_id  # of the same file
        while former:
            chain |= former
            former = former.continues_id
        return chain

    def _end_matter(self):
        """The whole matter before the body ends with its last step."""
        former = self._find_former()
        former._guarded_write({"body_ended_date": self.ended_date})
        former._freeze_deadlines(former.browse())

    def _reopen_matter(self):
        """What is of the whole matter before the body, runs on."""
        former = self._find_former()
        former._guarded_write({"body_ended_date": False})
        former._thaw_deadlines(former)

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
    # The next step at the same body
    # ------------------------------------------------------------

    def _check_continued(self):
        """Refuse to continue what has not ended so that the body may go on."""
        self.dispute_id._check_may_propose()
        self._check_not_continued()
        if self.ended_by not in course.LEADING_ON:
            raise self._refusal(
                self.env._(
                    "the body goes on with what it has dealt with. Note first how this "
                    "step ended."
                )
            )

    def _check_not_continued(self):
        if following := self.continued_by_ids[:1]:
            raise self._refusal(
                self.env._(
                    "it is continued by %(number)s already.", number=following.name
                )
            )

    def _find_next_method(self):
        """Return the one method that may follow at this body, or nothing."""
        methods = self._find_next_methods()
        return methods if len(methods) == 1 else methods.browse()

    def _find_next_methods(self):
        """Return the methods that this body offers and that may follow this one."""
        offered = self.env["iso10003.method"]._get_effective(self.company_id)
        # what the body offers, whoever may read providers
        services = self.body_id.sudo().service_ids
        if own := services._filter_valid(self._get_company_day()).method_id:
            offered &= own
        return offered.filtered(
            lambda one: one != self.method_id and one._may_follow(self.method_id)
        )

    def _continue(self, method):
        """Return the proceeding that continues this one, by another method."""
        following = self.create(
            {
                "dispute_id": self.dispute_id.id,
                "method_id": method.id,
                "body_id": self.body_id.id,
                "reference": self.reference,
                "begun_by": self.begun_by,
                "claim_ids": self._find_claims_to_continue().ids,
            }
        )
        following._guarded_write(
            {"continues_id": self.id, "first_id": self.first_id.id}
        )
        following._reopen_matter()
        self._register_event("proceeding", following._prepare_continued_data())
        return following

    def _prepare_continued_data(self):
        return {
            "change": "continued",
            "proceeding": self.name,
            "method": self.method_id.id,
        }

    def _find_claims_to_continue(self):
        """Return the claims before it that are open still."""
        return self.claim_ids.filtered(lambda claim: claim.state == "open")
