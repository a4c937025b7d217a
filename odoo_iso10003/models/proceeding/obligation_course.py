# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..party.party import CHANNELS
from .obligation import DONE, SETTLED, VOID

# so many attempts to reach somebody stand for a confirmation
ATTEMPTS = 3
MOST_INSTALMENTS = 120


class ObligationCourse(models.Model):
    """What is said of an obligation, and what follows from what was done of it.

    Each deed takes a day, and a reason where it changes what is owed. Only an
    approver waives what the other side owes us, or lets a file be closed while
    something goes on.
    """

    _inherit = "iso10003.obligation"

    channel = fields.Selection(
        CHANNELS, "How it was said", readonly=True, copy=False, guarded=True
    )

    # ------------------------------------------------------------
    # Deeds
    # ------------------------------------------------------------

    def action_confirm_done(self, date=None, channel=None, reason=None):
        """Note that whom it was owed to has confirmed that it was done.

        :param channel: how they said so
        """
        if self.state != "performed":
            raise self._refusal(self.env._("what was done can be confirmed."))
        return self._rule("confirmed", date, reason, channel=channel)

    def action_contest(self, reason, date=None):
        """Note that somebody contests it, or that it was done as owed."""
        self._need_reason(reason)
        return self._rule("contested", date, reason)

    def action_suspend(self, reason, date=None):
        """Note that it need not be done for now, as a review has it."""
        self._need_reason(reason)
        if self.done_date:
            raise self._refusal(self.env._("it was done."))
        return self._rule("suspended", date, reason)

    def action_go_on(self, reason, date=None):
        """Note that it is neither contested nor suspended any more."""
        self._need_reason(reason)
        if self.ruling not in ("contested", "suspended"):
            raise self._refusal(self.env._("it is neither contested nor suspended."))
        return self._rule(False, date, reason)

    def action_waive(self, reason, date=None):
        """Note that whom it is owed to does not want it any more.

        What is owed to us, an approver waives.
        """
        self._need_reason(reason)
        if not self._is_ours():
            self._check_approver()
        return self._rule("waived", date, reason)

    def action_watch(self, reason):
        """Let the file be closed before it is done, as an approver decides.

        Its reminders run on, and one that is missed opens the file again.
        """
        self.ensure_one()
        self._check_approver()
        self._need_reason(reason)
        if self.ruling in SETTLED or self.done_date or self.watched:
            raise self._refusal(self.env._("it is done, settled or watched already."))
        if not (self.due_date or self.part_ids):
            raise self._refusal(
                self.env._("nobody knows yet when it is due: nothing would remind.")
            )
        case = self._get_case()
        case._lock()
        # who approves reads the file; only this is theirs to write
        watched = (self | self.part_ids).sudo()
        watched._guarded_write({"watched": True})
        case._register_event("obligation_watched", {"obligation": self.id}, reason)
        watched._follow_course()
        return True

    def _rule(self, ruling, date, reason, **more):
        self.ensure_one()
        self._check_may_note()
        if self.ruling in SETTLED or self.ruling == (ruling or None):
            raise self._refusal(
                self.env._(
                    "it is settled, or that is noted already (%(state)s).",
                    state=self._selection_label("state"),
                )
            )
        self._check_given("ruled_date", date)
        day = fields.Date.to_date(date) or self._get_today()
        case = self._get_case()
        case._lock()
        vals = {"ruling": ruling, "ruled_date": day, **more}
        self._guarded_write(vals)
        case._register_event(
            "obligation_ruled",
            {
                "obligation": self.id,
                "ruling": ruling or None,
                "date": day.isoformat(),
                **more,
            },
            reason,
        )
        self._follow_course()
        return True

    def _replace(self, by=None):
        """End these as replaced: a later instance, or result, obliges in their place.

        :param by: what is owed instead, where something is
        """
        for one in self:
            one._guarded_write(
                {
                    "ruling": "replaced",
                    "ruled_date": one._get_today(),
                    "replaced_by_id": by and by.id,
                }
            )
        self._follow_course()

    def _take_over_from(self, owed):
        """Count what was done of what the replaced result obliged to.

        Of all that it takes the place of, ours and in the same currency.
        """
        former = self.result_id.replaces_id
        replaced = owed.filtered(
            lambda one: (
                one.result_id == former
                and one.ruling == "replaced"
                and not one.replaced_by_id
                and not one.plan_id
                and one.owed_by == self.owed_by
                and one.currency_id == self.currency_id
            )
        )
        if former and replaced:
            replaced._guarded_write({"replaced_by_id": self.id})
            self._follow_performed()

    def _hold_again(self):
        """What was replaced is owed again: what took its place does not hold."""
        replaced = self.filtered(lambda one: one.ruling == "replaced")
        replaced._guarded_write({"ruling": False, "replaced_by_id": False})
        replaced._follow_course()

    def _check_approver(self):
        """Who decides it is a manager or top management, and does not lead the file."""
        case = self.sudo()._get_case()  # who leads it, whoever decides
        groups = "odoo_iso10003.group_manager,odoo_iso10003.group_sponsor"
        self.check_access("read")
        if not self.env.user.has_groups(groups) or case._get_leader() == self.env.user:
            raise AccessError(
                self.env._(
                    "%(file)s: a dispute manager or top management decides that, and "
                    "not who leads the file.",
                    file=case.name,
                )
            )

    def _need_reason(self, reason):
        self.ensure_one()
        if not self._is_said(reason):
            raise self._refusal(self.env._("a reason is needed; it is kept on record."))

    def action_ask(self, question=None):
        """Open the dialog of a deed."""
        self.ensure_one()
        self.check_access("read")
        return self._open_dialog(
            "iso10003.obligation.step",
            self.env._("Obligation"),
            default_question=question,
            default_obligation_id=self.id,
        )

    def action_record_performance(self):
        """Ask what was done of it."""
        self.ensure_one()
        self._get_case()._check_may_oblige(self)
        left = max(self.amount - self.performed, 0)
        return self._open_dialog(
            "iso10003.performance",
            self.env._("Record a performance"),
            default_obligation_id=self.id,
            default_means="payment" if self.amount else "act",
            default_gross=left,
            default_currency_id=self.currency_id.id,
        )

    def action_close_dialog(self):
        """Close the dialog; it was noted when it was saved."""
        return {"type": "ir.actions.act_window_close"}

    # ------------------------------------------------------------
    # Instalments
    # ------------------------------------------------------------

    def action_split(self, number, first, months=1, whole_due=True):
        """Let it be paid in equal instalments, the last one with what is left.

        :param number: how many
        :param first: the day of the first
        :param months: between two of them
        :param whole_due: whether all that is left is due once one is late
        """
        self.ensure_one()
        self._check_may_note()
        self._check_splittable(number, months)
        first = fields.Date.to_date(first)
        if not first:
            raise self._refusal(self.env._("say when the first instalment is due."))
        self.write({"whole_due": whole_due, "day": False, "after_id": False})
        part = self.currency_id.round(self.amount / number)
        rest = self.currency_id.round(self.amount - part * (number - 1))
        self.create(
            [
                {
                    "file_id": self.file_id.id,
                    "plan_id": self.id,
                    "name": self.env._(
                        "%(what)s, instalment %(place)s of %(number)s",
                        what=self.name,
                        place=place + 1,
                        number=number,
                    ),
                    "owed_by": self.owed_by,
                    "owed_by_id": self.owed_by_id.id,
                    "owed_to_id": self.owed_to_id.id,
                    "head": self.head,
                    "amount": rest if place == number - 1 else part,
                    "currency_id": self.currency_id.id,
                    "day": first + relativedelta(months=months * place),
                }
                for place in range(number)
            ]
        )
        self._follow_course()
        return True

    def _check_splittable(self, number, months):
        for value, most in ((number, MOST_INSTALMENTS), (months, 60)):
            if not isinstance(value, int) or not 1 <= value <= most:
                raise self._refusal(
                    self.env._(
                        "so many instalments or months there cannot be. Give a number "
                        "from 1 to %(most)s.",
                        most=most,
                    )
                )
        if (
            not self.amount
            or self.part_ids
            or self.plan_id
            or self.performance_ids
            or self.ruling
        ):
            raise self._refusal(
                self.env._("a sum is split of which nothing was paid or split yet.")
            )

    def _fall_due(self):
        """Let all that is left of a plan be due, once an instalment is late."""
        for plan in self.plan_id.filtered("whole_due"):
            left = plan.part_ids.filtered(
                lambda part: not part.done_date and not part.ruling
            )
            day = plan._get_today()
            later = left.filtered(lambda part, d=day: part.due_date > d)
            later._guarded_write({"fell_due_date": day})
            later._follow_course()

    # ------------------------------------------------------------
    # What follows
    # ------------------------------------------------------------

    def _note_given(self, day):
        """Note that these were done before their file ended with that, on a day."""
        done = self.env["iso10003.performance"]._note(
            [
                {
                    "obligation_id": one.id,
                    "date": day,
                    "gross": one.amount,
                    "currency_id": one.currency_id.id,
                }
                for one in self
            ]
        )
        done.obligation_id._follow_performed()

    def _follow_performed(self):
        """Let follow what was done, or is not done any more, of these."""
        undone = self.filtered(
            lambda one: one.ruling == "confirmed" and not one.done_date
        )
        undone._guarded_write({"ruling": False})
        self._follow_course()
        self.filtered("done_date")._note_late()
        if after := self.replaced_by_id:
            after._follow_performed()

    def _follow_course(self):
        """Plan reminders and tasks anew, and let the cases follow."""
        # the course is the system's, whoever did what
        all_ = self.sudo()
        all_ |= all_.plan_id | all_.part_ids
        all_ |= self.sudo().search([("after_id", "in", all_.ids)])
        all_._plan_reminders()
        all_._follow_tasks()
        for file in all_.file_id:
            # what a file says follows, whoever performed
            file._get_case().sudo()._follow_obligations()

    @api.model
    def _count_attempts_since(self, party_file, day):
        """Return how often somebody tried to reach a party of a file since a day."""
        attempts = self.env["iso10003.attempt"].sudo()  # a number of them is told
        return attempts.search_count(
            [("file_id", "=", party_file.id), ("date", ">=", day)]
        )

    def _is_open(self):
        """Return whether something is to be done about it still."""
        return self.ruling not in VOID and self.state not in DONE

    def _is_proven(self):
        """Return whether what was done of it is proven, each row of it."""
        counting = (self | self.part_ids).performance_ids.filtered("counts")
        counting |= self._find_carried_over()
        return bool(counting) and all(counting.mapped("proven"))

    def _is_confirmed(self):
        """Return whether it was confirmed, or enough was tried to have it confirmed."""
        if self.ruling == "confirmed":
            return True
        tried = self._count_attempts_since(self.file_id, self.done_date)
        return tried >= ATTEMPTS
