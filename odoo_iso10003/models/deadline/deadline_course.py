# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytz

from odoo import api, fields, models

from ...core import clock
from ..policy.deadline_rule import CLOSING


class DeadlineCourse(models.Model):
    """How deadlines follow what happens on their file: start, end, correction.

    All of it comes from :meth:`_follow`, with the rights of the system: whoever
    fills in a date on a file need not have any right on deadlines. A closed file has
    no running limits but what begins with its closing; reopened, it has those that it
    had: what is revived is the limit itself, with its stops and extensions, and no
    second one of the same rule beside it.
    """

    _inherit = "iso10003.deadline"

    @api.model
    def _follow(self, changed):
        """Let events start, move and end deadlines.

        :param changed: ``{event: files on which it happened or was corrected}``
        """
        self = self.sudo()  # limits are the system's, see the class
        files = next(iter(changed.values())).browse().union(*changed.values())
        present = self._find_present(files)
        for event, records in changed.items():
            for record in records:
                self._end_by(event, record, present.get(record, self.browse()))
        self._move_by(changed, present)
        self._start_by(changed, present)

    @api.model
    def _reconsider(self, files):
        """Start and cancel what the changed nature of files starts and cancels."""
        self = self.sudo()  # limits are the system's, see the class
        present = self._find_present(files)
        for file, deadlines in present.items():
            deadlines.filtered(
                lambda deadline, file=file: (
                    deadline.state in self.RUNNING
                    and deadline.rule_id
                    and not deadline.rule_id.state
                    and not deadline.rule_id._applies_to(file)
                )
            )._cancel("no_longer_applies")
        events = files._get_deadline_events()
        self._start_by(
            {
                event: files.filtered(lambda file, e=event: file._event_date(e))
                for event in events
            },
            self._find_present(files),
        )

    @api.model
    def _find_present(self, files):
        """Return ``{file: its deadlines that were not cancelled}``."""
        # the case with the environment of who acts on it
        cases = {file.id: case for case in files for file in case.sudo().file_ids}
        found = self.search_fetch(
            [("file_id", "in", list(cases)), ("state", "!=", "cancelled")]
        )
        return {
            cases[file.id]: deadlines
            for file, deadlines in found.grouped("file_id").items()
        }

    # ------------------------------------------------------------
    # Start
    # ------------------------------------------------------------

    @api.model
    def _start_by(self, changed, present):
        """Start the deadlines of rules that count from these events."""
        rules = self.env["iso10003.deadline.rule"].sudo()  # whoever reads them
        wanted = {}
        for event, records in changed.items():
            for record in records:
                if record._is_frozen() and event != CLOSING:
                    continue
                if not record._event_date(event):
                    continue
                by_event = rules._get_rules_by_event(record._get_deadline_policy().id)
                for rule in rules.browse(by_event.get(event, ())):
                    wanted[record, rule] = None
        self._open(
            [
                (record, rule)
                for record, rule in wanted
                if rule not in present.get(record, self.browse()).rule_id
                and rule._applies_to(record)
                and not record._is_moot(rule.end_event)
                and self._has_begun(record, rule)
            ],
            present,
        )

    @api.model
    def _has_begun(self, record, rule):
        """The earliest of several begins with the first, the latest with the last."""
        instants = [
            record._event_date(limit.start_event)
            for limit in (rule.part_ids if rule.combine else rule)
        ]
        return all(instants) if rule.combine == "latest" else any(instants)

    @api.model
    def _open(self, pairs, present, given=None):
        """Make a deadline for each file and rule, counted as one batch.

        :param present: the deadlines that the files have, see :meth:`_find_present`
        :param given: what they count from, where no event of the file says it
        """
        if not pairs:
            return self.browse()
        deadlines = self.create(
            [
                {
                    "rule_id": rule.id,
                    # which file a case has is no secret to its own limits
                    "file_id": record.sudo().file_ids.id,
                    "company_id": record.company_id.id,
                }
                for record, rule in pairs
            ]
        )
        for deadline, (record, rule) in zip(deadlines, pairs, strict=True):
            deadline._guarded_write(
                deadline._prepare_start_vals(record, rule, present, given)
            )
        deadlines._recount()
        deadlines._plan_alarms()
        deadlines._note_in_register("deadline_started")
        self._meet_at_once(deadlines)
        return deadlines

    def _prepare_start_vals(self, record, rule, present, given):
        partner = record._get_actor_partner(rule.actor).sudo()  # for the country
        zone = self._get_zone(record, rule.actor)
        try:
            starts = self._read_starts(record, rule, zone, given)
        except clock.ClockError as error:
            problem = self.env["iso10003.clock"]._pack_error(error)
            return {"zone": zone, "starts": {}, "problem": problem}
        return {
            "zone": zone,
            "abroad": self._resides_abroad(record.company_id, partner),
            "starts": {str(limit): start.isoformat(" ") for limit, start in starts},
            "start": min(start for _limit, start in starts),
            "balance": self._take_balance(
                rule, present.get(record, self.browse()), starts
            ),
        }

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [{"state": "running"} for _vals in vals_list]

    @api.model
    def _get_zone(self, record, actor):
        """Return the zone of who must act: there the last day ends."""
        zone = record._get_actor_zone(actor)
        if zone in pytz.all_timezones_set:
            return zone
        return self.env["iso10003.deadline.rule"]._get_company_zone(record.company_id)

    @api.model
    def _resides_abroad(self, company, partner):
        home = company.sudo().country_id  # where the company is, is no secret
        return bool(home and partner.country_id and partner.country_id != home)

    @api.model
    def _read_starts(self, record, rule, zone, given=None):
        """Return ``[(id of the limit, instant)]`` for all that has begun."""
        return [
            (limit.id, clock.instant_of(happened, zone))
            for limit in (rule.part_ids if rule.combine else rule)
            if (happened := given or record._event_date(limit.start_event))
        ]

    @api.model
    def _take_balance(self, rule, others, starts):
        """Return what the other clock had left when this one started, if it ran."""
        other = others.filtered(
            lambda deadline: (
                deadline.rule_id and deadline.rule_id == rule.balance_rule_id
            )
        )[:1]
        if not other or not other.due:
            return False
        span = other._count_balance(min(start for _limit, start in starts))
        return {"quantity": span.quantity, "unit": span.unit} if span else False

    def _count_balance(self, stopped):
        """Return what is left at ``stopped``, as a span of the core or nothing."""
        request = self._prepare_count()
        rule, (limit_id, start) = request["rule"], min(request["starts"].items())
        limit = rule.browse(limit_id)
        pair = (limit._get_calendar(self.company_id, request["calendar"]), self.zone)
        return clock.balance(
            limit._prepare_limit(),
            start,
            self.env["iso10003.clock"]._read_calendars({pair})[pair],
            stopped,
            abroad=self.abroad,
            extensions=request["extensions"],
            suspensions=request["suspensions"],
        )

    @api.model
    def _meet_at_once(self, deadlines):
        """What was done before its clock was started is done."""
        for deadline in deadlines:
            # what somebody outside sets is wanted anew
            happened = deadline.rule_id and deadline._find_met(deadline._get_file())
            if happened:
                deadline._meet(happened)

    def _find_met(self, record):
        """Return when what is wanted happened first, or nothing."""
        dates = map(record._event_date, self._get_end_events())
        return min(filter(None, dates), default=False)

    # ------------------------------------------------------------
    # End
    # ------------------------------------------------------------

    @api.model
    def _end_by(self, event, record, deadlines):
        """Meet what this event ends, or let it run again when it was taken back."""
        ended = deadlines.filtered(lambda deadline: event in deadline._get_end_events())
        if record._is_momentary(event):
            ended = ended.filtered(lambda deadline: not deadline.met_date)
        undone = self.browse()
        for deadline in ended:
            if happened := deadline._find_met(record):
                deadline._meet(happened)
            else:
                undone += deadline
        if undone and not record._is_frozen():
            undone._run_again()

    def _meet(self, happened):
        """Note that what was wanted happened then, in time or late.

        :param happened: a date counts as that day where whoever must act is
        """
        self.ensure_one()
        try:
            instant = clock.instant_of(happened, self.zone)
        except clock.ClockError as error:
            raise self._refusal(
                self.env["iso10003.clock"]._describe_error(error)
            ) from error
        if self.met_date == instant:
            return
        in_time = not self.due or instant < self.due
        self._settle(
            {"state": "met" if in_time else "met_late", "met_date": instant},
            "deadline_met" if in_time else "deadline_met_late",
        )

    def _run_again(self):
        """What met it did not happen after all: it runs, or stands still, as before."""
        again = self.filtered("met_date")
        again._guarded_write({"state": "running", "met_date": False})
        again._follow_due()
        again._note_in_register("deadline_runs_again")

    def _cancel(self, reason):
        """End deadlines that matter no more.

        :param reason: a code of the field ``cancel_reason``
        """
        for deadline in self:
            deadline._settle(
                {"state": "cancelled", "cancel_reason": reason}, "deadline_cancelled"
            )

    def _settle(self, vals, event):
        self._guarded_write(vals)
        self._drop_alarms()
        self._note_in_register(event)

    # ------------------------------------------------------------
    # Correction
    # ------------------------------------------------------------

    @api.model
    def _move_by(self, changed, present):
        """Count anew what counts from a date that was corrected."""
        for event, records in changed.items():
            for record in records:
                if record._is_frozen() or record._is_momentary(event):
                    continue
                for deadline in present.get(record, self.browse()):
                    if event in deadline._get_start_events():
                        deadline._correct_start(record)

    def _get_start_events(self):
        rule = self.rule_id
        return (rule.part_ids if rule.combine else rule).mapped("start_event")

    def _correct_start(self, record):
        """Count anew from the corrected date; the register keeps both."""
        try:
            starts = self._read_starts(record, self.rule_id, self.zone)
        except clock.ClockError as error:
            raise self._refusal(
                self.env["iso10003.clock"]._describe_error(error)
            ) from error
        if not starts:
            self._cancel("start_withdrawn")
            return
        start = min(start for _limit, start in starts)
        packed = {str(limit): instant.isoformat(" ") for limit, instant in starts}
        if packed == self.starts:
            return
        before = {"start": self.start, "due": self.due}
        self._guarded_write({"starts": packed, "start": start})
        self._recount()
        self._follow_due()
        self._note_in_register("correction", {"before": self._seal_dates(before)})

    def _follow_due(self):
        """Let state and alarms follow a limit that moved."""
        now = fields.Datetime.now()
        for deadline in self:
            if deadline.met_date:
                in_time = not deadline.due or deadline.met_date < deadline.due
                state = "met" if in_time else "met_late"
            elif deadline._stands_still(now):
                state = "suspended"
            elif deadline.state in ("lapsed", "suspended") and (
                not deadline.due or deadline.due > now
            ):
                state = "running"
            else:
                state = deadline.state
            if state != deadline.state:
                deadline._guarded_write(
                    {
                        "state": state,
                        "lapsed_date": deadline.lapsed_date
                        if state == "lapsed"
                        else False,
                    }
                )
        self._plan_alarms()

    # ------------------------------------------------------------
    # Closed with its file, and reopened
    # ------------------------------------------------------------

    @api.model
    def _freeze(self, files):
        """End with its file what still runs, but for what begins with its end."""
        running = self.sudo()._find_running(files)  # limits are the system's
        running.filtered(
            lambda deadline: deadline.rule_id.start_event != CLOSING
        )._cancel("file_closed")

    @api.model
    def _end_moot(self, files, event):
        """End the limits to do what need not be done any more on these files."""
        moot = self.sudo()._find_running(files)  # limits are the system's
        moot.filtered(lambda deadline: deadline._get_end_event() == event)._cancel(
            "matter_ended"
        )

    def _find_running(self, files):
        return self.search(
            [
                # which file a case has is no secret to its own limits
                ("file_id", "in", files.sudo().file_ids.ids),
                ("state", "in", self.RUNNING),
            ]
        )

    @api.model
    def _thaw(self, files, reason="file_closed"):
        """Let run again what the closing of files ended, or the end of a matter.

        What was corrected or done meanwhile counts from now on.
        """
        system = self.sudo()  # limits are the system's
        revived = system._find_frozen(files, reason)
        revived._guarded_write({"state": "running", "cancel_reason": False})
        revived._follow_due()
        revived._note_in_register("deadline_runs_again")
        for record, deadlines in system._find_present(files).items():
            for deadline in deadlines & revived:
                deadline._catch_up(record)

    def _find_frozen(self, files, reason):
        """Return what is revived: the last of each rule that has none by now."""
        frozen = self.search(
            [
                # which file a case has is no secret to its own limits
                ("file_id", "in", files.sudo().file_ids.ids),
                ("state", "=", "cancelled"),
                ("cancel_reason", "=", reason),
            ],
            order="id",
        ).filtered(lambda one: not one._get_file()._is_moot(one._get_end_event()))
        present = {
            (deadline.file_id, deadline.rule_id)
            for deadlines in self._find_present(files).values()
            for deadline in deadlines
            if deadline.rule_id
        }
        last = {
            # of those without a rule, each is one of its own
            (deadline.file_id, deadline.rule_id or deadline): deadline
            for deadline in frozen
        }
        return self.browse().union(
            *(deadline for key, deadline in last.items() if key not in present)
        )

    def _catch_up(self, record):
        """Count anew what was corrected, and meet what was done, while it was closed.

        A moment, such as entering a state, counts the first time only.
        """
        starts = self._get_start_events()
        # a date given by hand stays as it was given, and what has none uncounted
        corrects = self.starts and "given" not in starts
        if corrects and not any(map(record._is_momentary, starts)):
            self._correct_start(record)
        event = self.rule_id.end_event
        # what somebody outside wanted since, an older date does not meet
        if self.state in self.RUNNING and event and record._event_date(event):
            self._meet(record._event_date(event))
