# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ...core import flow
from ..mixin.people_date import format_people_date, format_people_duration


class DisputeTime(models.Model):
    """Where the time of a file went, from its register: per state, and per holder.

    Time is charged to whoever had to act.
    """

    _inherit = "iso10003.dispute"

    # what certainly comes first, and what after it; where the clauses leave it open,
    # such as telling of recourse with the final answer or before, nothing is asked
    _order_of_dates = (
        ("complaint_date", "final_answer_date"),
        ("complaint_date", "recourse_date"),
        ("complaint_date", "notice_date"),
        ("complaint_date", "implemented_date"),
        ("complaint_date", "informed_date"),
        ("notice_date", "acknowledged_date"),
        ("notice_date", "response_date"),
        ("notice_date", "served_date"),
        ("notice_date", "outcome_date"),
    )

    complaint_date = fields.Date(related="ticket_id.complaint_date", related_sudo=True)
    duration_tracking = fields.Json("Time per state", compute="_compute_time_spent")
    holder_bar = fields.Json("Who held the file", compute="_compute_time_spent")

    # ------------------------------------------------------------
    # The order of the clauses
    # ------------------------------------------------------------

    def _validate_fields(self, field_names, excluded_names=()):
        field_names = set(field_names)
        result = super()._validate_fields(field_names, excluded_names)
        self._check_order(field_names)  # of dates that can be
        return result

    def _check_order(self, names):
        """Refuse an order that cannot be, of the dates that were just given.

        :param names: the fields that were written
        """
        asked = [pair for pair in self._order_of_dates if names.intersection(pair)]
        for dispute in self.sudo() if asked else ():  # the complaint's date counts
            for first, after in dispute._find_disorder(asked):
                raise ValidationError(
                    self.env._(
                        "Dispute %(number)s: “%(after)s”, %(after_day)s, cannot be "
                        "before “%(first)s”, %(first_day)s.",
                        number=dispute.name,
                        after=dispute._get_label(after),
                        after_day=dispute._written_day(after),
                        first=dispute._get_label(first),
                        first_day=dispute._written_day(first),
                    )
                )

    def _find_disorder(self, pairs):
        """Return those pairs of dates of which the second lies before the first.

        A direct notice is recorded with its complaint, later than it came.
        """
        self.ensure_one()
        return [
            (first, after)
            for first, after in pairs
            if self[first]
            and self[after]
            and self[after] < self[first]
            and not (self.direct_notice and first == "complaint_date")
        ]

    def _select_disorder(self):
        """Return the queries of ``iso10003.implausible`` for dates out of order."""
        tables = {"complaint_date": "ticket"}
        return [
            SQL(
                """SELECT 'iso10003.dispute' AS model, dispute.id AS res_id,
                          %s AS name, dispute.%s::text AS value, dispute.company_id
                     FROM iso10003_dispute AS dispute
                     JOIN helpdesk_ticket AS ticket ON ticket.id = dispute.ticket_id
                    WHERE dispute.%s < %s
                      AND (dispute.direct_notice IS NOT TRUE OR %s)""",
                after,
                SQL.identifier(after),
                SQL.identifier(after),
                SQL.identifier(tables.get(first, "dispute"), first),
                first not in tables,
            )
            for first, after in self._order_of_dates
        ]

    def _get_label(self, name):
        return self.env["ir.model.fields"]._get(self._name, name).field_description

    def _written_day(self, name):
        return format_people_date(self.env, self[name], "short")

    # ------------------------------------------------------------
    # Where the time went
    # ------------------------------------------------------------

    @api.depends("state", "waiting_on")
    @api.depends_context("lang")
    def _compute_time_spent(self):
        rows = self._read_course()
        now = fields.Datetime.now()
        for dispute in self:
            course = rows.get(dispute.id, [])
            dispute.duration_tracking = flow.seconds_per_state(
                self._moves_of(course), now
            )
            dispute.holder_bar = dispute._prepare_holder_bar(
                flow.seconds_per_state(self._turns_of(course), now)
            )

    def _prepare_holder_bar(self, seconds):
        labels = dict(self._fields["waiting_on"]._description_selection(self.env))
        return [
            {
                "holder": holder,
                "label": labels[holder],
                "seconds": seconds[holder],
                "spent": format_people_duration(self.env, seconds[holder]),
                "now": self.waiting_on == holder,
            }
            for holder in labels
            if seconds.get(holder)
        ]

    # ------------------------------------------------------------
    # What the register tells
    # ------------------------------------------------------------

    def _read_course(self):
        """Return ``{id: [(instant, event, data)]}`` of what moved each file."""
        if not self.ids:
            return {}
        # the reader of a file may know how it moved, without reading the register
        rows = self.env.execute_query(
            SQL(
                """SELECT dispute_id, at, event, data FROM iso10003_register
                    WHERE dispute_id IN %s
                      AND event IN ('opened', 'transition', 'waiting')
                    ORDER BY file, sequence""",
                tuple(self.ids),
            )
        )
        course = {}
        for dispute_id, *row in rows:
            course.setdefault(dispute_id, []).append(tuple(row))
        return course

    def _read_moves(self):
        """Return ``{id: [(instant, state entered)]}``."""
        return {
            dispute_id: self._moves_of(course)
            for dispute_id, course in self._read_course().items()
        }

    def _moves_of(self, course):
        return [(at, data["to"]) for at, event, data in course if event != "waiting"]

    def _turns_of(self, course):
        """Return ``[(instant, who must act from then on)]``."""
        return [(at, self._holder_after(event, data)) for at, event, data in course]

    def _holder_after(self, event, data):
        if event == "waiting":
            return data["to"] or None
        # rows of the first release do not say it
        return data.get("waiting_on", flow.WAITING_ON[data["to"]]) or None
