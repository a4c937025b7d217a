# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..mixin.people_date import format_people_number


class ClockWords(models.AbstractModel):
    """The sentences of the explanation: ``_step_<code>`` for each code of the core."""

    _inherit = "iso10003.clock"

    @api.model
    def _describe_step(self, code, values):
        """Return the sentence of one step.

        :param code: a code of ``core.clock.Step``
        :param values: its values, as people write them
        """
        sentence = getattr(self, f"_step_{code}")(values)
        return format_people_number(self.env, sentence)

    # ------------------------------------------------------------
    # From when
    # ------------------------------------------------------------

    def _step_start_instant(self, values):
        return self.env._("It counts from %(instant)s.", **values)

    def _step_start_counted(self, values):
        return self.env._(
            "It counts from %(day)s (%(zone)s); that day is counted.", **values
        )

    def _step_start_not_counted(self, values):
        return self.env._(
            "It counts from %(day)s (%(zone)s); that day is not counted.", **values
        )

    # ------------------------------------------------------------
    # How long
    # ------------------------------------------------------------

    def _step_balance(self, values):
        return self.env._(
            "What the other limit had left holds: %(quantity)s %(unit)s.", **values
        )

    def _step_abroad(self, values):
        return self.env._(
            "Whoever must act resides abroad: %(quantity)s %(unit)s hold.", **values
        )

    def _step_span(self, values):
        return self.env._("%(quantity)s %(unit)s lead to %(reached)s.", **values)

    def _step_extended(self, values):
        return self.env._(
            "Extended by %(quantity)s to %(total)s %(unit)s: %(reached)s.", **values
        )

    def _step_extended_after(self, values):
        return self.env._("Extended by %(quantity)s %(unit)s: %(reached)s.", **values)

    def _step_capped(self, values):
        return self.env._(
            "An extension by %(quantity)s %(unit)s does not lead past "
            "%(cap_quantity)s %(cap_unit)s from the start: "
            "%(reached)s.",
            **values,
        )

    # ------------------------------------------------------------
    # Standing still
    # ------------------------------------------------------------

    def _step_suspended(self, values):
        return self.env._(
            "The clock stood still from %(since)s until %(until)s, %(days)s days: "
            "%(reached)s.",
            **values,
        )

    def _step_suspended_hours(self, values):
        return self.env._(
            "The clock stood still from %(since)s until %(until)s: %(reached)s.",
            **values,
        )

    def _step_suspended_open(self, values):
        return self.env._(
            "The clock stands still since %(since)s, and nobody knows yet until when.",
            **values,
        )

    # ------------------------------------------------------------
    # The end
    # ------------------------------------------------------------

    def _step_action_not_counted(self, values):
        return self.env._(
            "The day of acting is not counted either: %(reached)s.", **values
        )

    def _step_whole_day(self, values):
        return self.env._(
            "What ends within a day lasts until its end: %(reached)s.", **values
        )

    def _step_holidays(self, values):
        return self.env._(
            "%(quantity)s public holidays on the way were not counted, from %(first)s "
            "to %(last)s.",
            **values,
        )

    def _step_rolled_next(self, values):
        return self.env._(
            "%(last)s is no working day; the next one is %(reached)s.", **values
        )

    def _step_rolled_previous(self, values):
        return self.env._(
            "%(last)s is no working day; the one before is %(reached)s.", **values
        )

    def _step_not_rolled(self, values):
        return self.env._(
            "%(last)s is no working day, but there is none before it that counts: it "
            "stays there.",
            **values,
        )

    def _step_hours_exact(self, _values):
        return self.env._("Hours end to the minute, on holidays too.")

    def _step_end_of_day(self, values):
        return self.env._("The last day is %(day)s, until 24:00 (%(zone)s).", **values)

    # ------------------------------------------------------------
    # Several limits
    # ------------------------------------------------------------

    def _step_candidate(self, values):
        return self.env._("Limit %(number)s of %(count)s:", **values)

    def _step_earliest(self, values):
        return self.env._("The earliest counts: limit %(number)s, %(day)s.", **values)

    def _step_latest(self, values):
        return self.env._("The latest counts: limit %(number)s, %(day)s.", **values)

    def _step_earliest_suspended(self, _values):
        return self.env._("All of them stand still.")

    def _step_latest_suspended(self, values):
        return self.env._(
            "The latest counts, and limit %(number)s stands still.", **values
        )

    # ------------------------------------------------------------
    # What cannot be counted
    # ------------------------------------------------------------

    @api.model
    def _describe_error(self, error):
        """Return what is wrong with a limit, and what to do."""
        return self._explain_problem(self._pack_error(error))

    @api.model
    def _pack_error(self, error):
        """Return an error of the core as JSON."""
        return {
            "code": error.code,
            "values": {
                name: self._pack_value(value) for name, value in error.values.items()
            },
        }

    @api.model
    def _explain_problem(self, packed):
        """Return the sentence of a packed error, or nothing."""
        if not packed:
            return False
        values = {name: self._tell(value) for name, value in packed["values"].items()}
        describe = getattr(self, f"_error_{packed['code']}", None)
        if describe:
            return describe(values)
        return self.env._("It cannot be counted (%(code)s).", code=packed["code"])

    def _error_no_working_time(self, values):
        return self.env._(
            "the working calendar has no working day in the ten years from %(day)s. "
            "Choose another calendar, or give it working hours.",
            **values,
        )

    def _error_out_of_range(self, values):
        return self.env._(
            "%(value)s leads out of the years that a calendar has. Correct the date "
            "or the time.",
            **values,
        )

    def _error_bad_quantity(self, values):
        return self.env._("%(quantity)s %(unit)s is not from 0 to %(most)s.", **values)

    def _error_suspension_reversed(self, values):
        return self.env._(
            "the clock cannot stand still from %(since)s until %(until)s.", **values
        )

    def _error_unknown_zone(self, values):
        return self.env._(
            "there is no time zone “%(zone)s”. Correct it in the working calendar or "
            "the contact.",
            **values,
        )
