# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...core.clock import ClockError
from ..mixin.checks import Rule, compare

# files closed longer ago are history, and not looked at any more
ASSESSED_MONTHS = 12
# "promptly", in calendar days, where no deadline rule says otherwise
PROMPT_DAYS = 14
# a working day, where no working calendar is known: a weekend may stretch it
ENTRY_DAYS = 3
# days of so many years are looked up in the calendar; older ones get the longest time
COUNTED = 2


class DaysChecks(models.AbstractModel):
    """What assessments ask of the days of files: in time, and not only there at all."""

    _name = "iso10003.days.checks"
    _description = "Checks of the days of files"

    # ------------------------------------------------------------
    # Within a working day
    # ------------------------------------------------------------

    def _audit_notice_entered(self, company):
        """63: was each notice from outside entered within a working day?

        Of sheets, when they were recorded, corrections aside; where there is none,
        when the file was opened by a notice that came to us first.
        """
        late = self._entered_late(company)
        sheets = Domain("begun_by", "!=", "organization") & Domain(
            "replaces_id", "=", False
        )
        first = Domain("direct_notice", "=", True) & Domain("notice_date", "!=", False)
        return Rule(
            self._get_assessed_domain() & (first | Domain("notice_ids", "any", sheets)),
            first
            & Domain("notice_ids", "=", False)
            & late("notice_date", "opened_date")
            | Domain(
                "notice_ids", "any", sheets & late("received_date", "create_date")
            ),
        )

    @api.model
    def _entered_late(self, company):
        """Return a function of two columns: a domain of what was entered too late.

        The last day is the next working day of the company; instants are of UTC, days
        of the place.
        """
        zone = self.env["iso10003.deadline.rule"]._get_company_zone(company)
        waits = self._find_waits(company, zone)

        def is_late(day, entry):
            def to_sql(_model, alias, _query):
                came = SQL.identifier(alias, day)
                entered = SQL(
                    "(%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date",
                    SQL.identifier(alias, entry),
                    zone,
                )
                # most are entered at once, so the calendar is asked last
                return SQL(
                    "(%(entered)s > %(came)s + 1 "
                    "AND %(entered)s > %(came)s + %(wait)s)",
                    entered=entered,
                    came=came,
                    wait=self._to_wait(came, waits),
                )

            return Domain.custom(to_sql=to_sql)

        return is_late

    @api.model
    def _to_wait(self, came, waits):
        """Return, as SQL, how many days after ``came`` the next working day is."""
        usual = [
            Counter(wait for day, wait in waits.items() if day.weekday() == weekday)
            for weekday in range(7)
        ]
        usual = [found.most_common(1)[0][0] for found in usual]
        others = {}
        for day, wait in waits.items():
            if wait != usual[day.weekday()]:
                others.setdefault(wait, []).append(day)
        return SQL(
            "CASE %s WHEN %s < %s THEN %s ELSE (%s)[EXTRACT(ISODOW FROM %s)::int] END",
            SQL(" ").join(
                SQL("WHEN %s = ANY(%s) THEN %s", came, days, wait)
                for wait, days in others.items()
            ),
            came,
            min(waits),
            max(waits.values()),
            usual,
            came,
        )

    @api.model
    def _find_waits(self, company, zone):
        """Return ``{day: days until the next working day}`` of the last years."""
        hours = self.env["iso10003.deadline.rule"]._get_calendar(company)
        calendar = self.env["iso10003.clock"]._read_calendars({(hours, zone)})[
            hours, zone
        ]
        today, waits = fields.Date.today(), {}
        try:
            reached = calendar.nearest_working_day(today + timedelta(days=1), 1)
        except ClockError:  # nobody works by it
            reached = None
        for ago in range(COUNTED * 366):
            day = today - timedelta(days=ago)
            waits[day] = (reached - day).days if reached else ENTRY_DAYS
            if reached and calendar.is_working(day):
                reached = day
        return waits

    # ------------------------------------------------------------
    # Within its limit
    # ------------------------------------------------------------

    @api.model
    def _missed(self, event):
        """Return the files on which a limit for this event was missed, or is over."""
        # a list of rules is looked up, where a path would join them to each limit
        rules = self.env["iso10003.deadline.rule"]._search([("end_event", "=", event)])
        over = Domain("state", "in", ["lapsed", "met_late"]) | (
            Domain("state", "=", "running") & Domain("due", "<=", fields.Datetime.now())
        )
        return Domain("deadline_ids", "any", Domain("rule_id", "in", rules) & over)

    def _audit_notice_acknowledged(self, company):
        """64: was each notice acknowledged, in time and not before it came?

        Also where the file stands still at its notice: once its limit is over or,
        without one, a fortnight after the notice.
        """
        missed = self._missed("acknowledged")
        fortnight = timedelta(days=PROMPT_DAYS)
        waiting = (
            Domain("acknowledged_date", "=", False)
            & Domain("notice_date", "<", fields.Date.today() - fortnight)
            & (
                Domain("closed_date", "=", False)
                | self._closed()
                & compare("closed_date", ">", "notice_date", days=PROMPT_DAYS)
            )
        )
        return Rule(
            self._beyond("notice") | waiting | self._get_assessed_domain() & missed,
            self._unshown("notice_received")
            | self._unshown("acknowledged")
            | compare("acknowledged_date", "<", "notice_date")
            | missed,
        )

    def _audit_position_sent(self, company):
        """68: was our reasoned position approved within the tiers, and sent in time?

        Within its limit, and before the resolution began. Of files under versions from
        before positions, whether it went out at all.
        """
        sent = Domain("state", "in", ["sent", "replaced"]) & Domain(
            "sent_date", "!=", False
        )
        zone = self.env["iso10003.deadline.rule"]._get_company_zone(company)
        return Rule(
            self._beyond("position"),
            self._unshown("position_sent")
            | self._missed("position_sent")
            | _sent_after_resolution(zone)
            | (
                self._asked("position_approved")
                & Domain("position_ids", "not any", sent)
            ),
        )


def _sent_after_resolution(zone):
    """Return a domain of the files whose position went out after resolution began."""
    return Domain.custom(
        to_sql=lambda _model, alias, _query: SQL(
            "(%s > (%s AT TIME ZONE 'UTC' AT TIME ZONE %s)::date)",
            SQL.identifier(alias, "response_date"),
            SQL.identifier(alias, "resolution_date"),
            zone,
        )
    )
