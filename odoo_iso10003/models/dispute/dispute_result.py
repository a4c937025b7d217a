# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ...core import flow
from ..mixin.people_date import format_people_date


class DisputeResult(models.Model):
    """Of which day a result is, and what is learned of it.

    The day is told when the result is noted, and put right with a reason.
    """

    _inherit = "iso10003.dispute"

    lessons = fields.Text(
        help="What the organization learns, or why there is nothing to learn (8.2).",
        sealed="digest",
    )

    def _check_result_day(self, date):
        """Return the day of a result, as it can be.

        :raises UserError: when it lies ahead, or before the notice
        """
        self._check_given("outcome_date", date)
        day = fields.Date.to_date(date)
        if day > self._get_company_day():
            raise self._refusal(
                self.env._(
                    "its result cannot be of %(day)s, which lies ahead.",
                    day=format_people_date(self.env, day, "short"),
                )
            )
        if self.notice_date and day < self.notice_date:
            raise self._refusal(
                self.env._(
                    "its result cannot be of %(day)s: the notice came on %(notice)s.",
                    day=format_people_date(self.env, day, "short"),
                    notice=self._written_day("notice_date"),
                )
            )
        return day

    def action_correct_result_date(self, date=None, reason=None):
        """Put right of which day the noted result is (7.5.3 to 7.5.5).

        :param date: the day on which it was agreed, recommended or decided
        :param reason: how the wrong day came about; kept in the register
        """
        self.ensure_one()
        self._check_expected_state()
        if self.state == flow.CLOSED or self.outcome not in flow.RESULTS:
            raise self._refusal(
                self.env._("only an open file with a result has a date to correct.")
            )
        self._need_reason(reason)
        if not date:
            raise self._refusal(self.env._("say of which day its result is."))
        day = self._check_result_day(date)
        self._lock()
        former = self.outcome_date
        if day == former:
            raise self._refusal(self.env._("its result is of that day already."))
        self._say_reason(reason)
        self._guarded_write({"outcome_date": day})
        self._register_event(
            "outcome_date",
            {"from": former.isoformat() if former else None, "to": day.isoformat()},
            reason,
        )
        return True
