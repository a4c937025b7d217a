# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...core import flow, letter_text
from ..deadline.deadline_checks import NEWS
from ..mixin.people_date import format_people_date, format_people_duration

# what has happened once a letter of a kind is sent
TOLD_BY = {
    "acknowledgement": ("acknowledged",),
    "final_answer": ("final_answer", "recourse_told"),
    "other_recourse": ("recourse_told",),
    "position": ("position_sent",),
    "closing": ("informed",),
}
# what happens to a dispute, and the field that says when
EVENTS = {
    "complaint_received": "ticket_id.complaint_date",
    "final_answer": "final_answer_date",
    "recourse_told": "recourse_date",
    "opened": "opened_date",
    "notice_received": "notice_date",
    "notified": "notified_date",
    "referred_back": "referred_back_date",
    "acknowledged": "acknowledged_date",
    "file_complete": "file_complete_date",
    "position_sent": "response_date",
    "result_noted": "outcome_date",
    "result_served": "served_date",
    "carried_out": "implemented_date",
    "informed": "informed_date",
    "closed": "closed_date",
}


class DisputeDeadlines(models.Model):
    """The dates of a dispute, the limits that count from them, and where time went.

    What happened is told by the dates that people fill in, in an order that can be;
    limits run on them (4.11). Where the time of the file went is told by its register,
    per state, and per holder: time is charged to whoever had to act.
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

    next_due_date = fields.Date(
        "Next last day", compute="_compute_next_due_date", store=True, index=True
    )
    # what happened, clause by clause
    complaint_date = fields.Date(related="ticket_id.complaint_date", related_sudo=True)
    final_answer_date = fields.Date(
        "Final answer on",
        tracking=True,
        help="When the organization gave its final answer to the complaint.",
        guarded=True,
        sealed=True,
        deed=True,
    )
    recourse_date = fields.Date(
        "Recourse told on",
        tracking=True,
        help="When the complainant was told of dispute resolution outside and of "
        "other ways (7.2; ISO 10002, 7.9).",
        guarded=True,
        sealed=True,
        deed=True,
    )
    notice_date = fields.Date(
        "Notice received on",
        tracking=True,
        help="When the notice of dispute was served on the organization (7.3).",
        guarded=True,
        sealed=True,
        deed=True,
    )
    acknowledged_date = fields.Date(
        "Acknowledged on", tracking=True, guarded=True, sealed=True, deed=True
    )
    method = fields.Selection(
        [
            ("facilitative", "Facilitative"),
            ("advisory", "Advisory"),
            ("determinative", "Determinative"),
        ],
        "Method chosen",
        tracking=True,
        help="How it is resolved outside: with help to agree, with a recommendation, "
        "or with a decision (annex A).",
        sealed=True,
    )
    method_id = fields.Many2one(
        "iso10003.method",
        "Method of the catalogue",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    method_reason = fields.Text(
        "Why this method",
        readonly=True,
        copy=False,
        guarded=True,
        prefetch=False,
    )
    provider_id = fields.Many2one(
        "res.partner",
        tracking=True,
        ondelete="restrict",
        help="Who leads the resolution: neither the organization nor the complainant.",
        sealed=True,
    )
    file_complete_date = fields.Date(
        "File complete on",
        tracking=True,
        help="When the provider had all that it needs; some limits count from it.",
        guarded=True,
        sealed=True,
        deed=True,
    )
    response_date = fields.Date(
        "Position sent on",
        tracking=True,
        help="When the organization's initial position went out (7.4.2).",
        guarded=True,
        sealed=True,
        deed=True,
    )
    served_date = fields.Date(
        "Result served on",
        tracking=True,
        help="When recommendation or decision reached us; limits of acceptance and "
        "review count from it (7.5.4, 7.5.5).",
        guarded=True,
        sealed=True,
        deed=True,
    )
    outcome_date = fields.Date(
        "Result of", readonly=True, copy=False, guarded=True, deed=True
    )
    implemented_date = fields.Date(
        "Carried out on",
        tracking=True,
        help="When all that the result demands was done (7.6).",
        guarded=True,
        sealed=True,
        deed=True,
    )
    informed_date = fields.Date(
        "Complainant informed on",
        tracking=True,
        help="When the complainant was told how the dispute ended (7.7).",
        guarded=True,
        sealed=True,
        deed=True,
    )
    bare_events = fields.Char(
        "Events without a deed",
        readonly=True,
        copy=False,
        guarded=True,
        help="Codes of events whose date was recorded without a letter of this file.",
    )
    dates_reason = fields.Char(
        "Reason for dates",
        store=False,
        help="In an import: why the dates of what was told are given without a letter "
        "of this file.",
    )
    # where the time went
    duration_tracking = fields.Json("Time per state", compute="_compute_time_spent")
    holder_bar = fields.Json("Who held the file", compute="_compute_at_a_glance")

    @api.depends(
        "state",
        "file_ids.deadline_ids.state",
        "file_ids.deadline_ids.due_date",
        "file_ids.deadline_ids.late_reason",
    )
    def _compute_next_due_date(self):
        """A missed limit stays until it is explained, while the file is open.

        On a closed file nothing runs but what began with its end.
        """
        first = self._read_next_due_dates()
        for dispute in self:
            dispute.next_due_date = first.get(dispute.file_ids, False)

    def _find_day_of_answer(self):
        """Return by when the complainant has to hear from us next, if a limit runs."""
        self.ensure_one()
        running = self.deadline_ids.filtered(
            lambda deadline: (
                deadline.state == "running"
                and deadline.rule_id  # what a body wants is no answer to them
                and deadline.actor == "organization"
                and deadline.end_event in NEWS
            )
        )
        return min(running.mapped("due_date"), default=False)

    # ------------------------------------------------------------
    # Answers of a file with limits
    # ------------------------------------------------------------

    @api.model
    def _get_file_copies(self):
        return {
            **super()._get_file_copies(),
            "team_id": "team_id",
            "reader_ids": "evaluator_id",
        }

    @api.model
    def _get_deadline_events(self):
        return {
            **EVENTS,
            **{
                f"entered_{state}": "state_date"
                for state in flow.STATES
                if state not in ("referral", flow.CLOSED)
            },
        }

    @api.model
    def _get_event_labels(self):
        """Return what can happen to a dispute, in the words of the fields."""
        events = {
            event: path
            for event, path in self._get_deadline_events().items()
            if not self._is_momentary(event)
        }
        labels = self.fields_get(
            [path for path in events.values() if "." not in path], ["string"]
        )
        return [
            (
                event,
                self.env._("Complaint received")
                if "." in path
                else labels[path]["string"],
            )
            for event, path in events.items()
        ]

    def _event_date(self, event):
        if self._is_momentary(event) and self.state != event.removeprefix("entered_"):
            return False
        return super()._event_date(event)

    @api.model
    def _is_momentary(self, event):
        return event.startswith("entered_")

    def _read_entries(self):
        """Return ``{id: [(instant, state entered)]}``, for what would have been."""
        return self._read_moves()

    def _get_history(self, entries):
        """Return ``{event: date or instant}`` for all that happened, past states too.

        :param entries: of this file, from :meth:`_read_entries`
        """
        entered = {}
        for instant, state in entries:
            entered.setdefault(f"entered_{state}", instant)
        happened = {
            event: self._event_date(event)
            for event in self._get_deadline_events()
            if not self._is_momentary(event)
        }
        return {**happened, **entered}

    def _is_frozen(self):
        return self.state == flow.CLOSED

    def _get_actor_partner(self, actor):
        if actor == "complainant":
            return self.representative_id or self.partner_id
        if actor == "provider" and self.provider_id:
            return self.provider_id
        return super()._get_actor_partner(actor)

    # ------------------------------------------------------------
    # Limits
    # ------------------------------------------------------------

    def _gate_no_blocking_deadline(self):
        """A missed limit that blocks is explained before the file goes on.

        Also one that was met late: to fill in the date is no explanation.
        """
        if not self.next_due_date or self.next_due_date > self._get_company_day():
            return True  # a missed one comes first
        limits = self.env["iso10003.deadline"].sudo()  # as the system runs them
        of_file = Domain("file_id", "in", self.file_ids.ids)
        return not limits.search_count(of_file & limits._get_blocking_domain(), limit=1)

    def action_view_deadlines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.deadline_action"
        )
        return {
            **action,
            "domain": [("file_id", "in", self.file_ids.ids)],
            "context": {},
        }

    def action_give_date(self):
        """Ask for a limit whose date somebody outside has set."""
        self.ensure_one()
        self.check_access("write")  # no question to who may not answer it
        return self.env["iso10003.deadline.step"]._ask("given", file=self.file_ids)

    # ------------------------------------------------------------
    # Letters
    # ------------------------------------------------------------

    @api.model
    def _get_letter_events(self):
        return TOLD_BY

    def _follow_letter(self, letter):  # pylint: disable=missing-return
        """A letter that the card of the next step asked for leads the file on."""
        super()._follow_letter(letter)
        if self.env.context.get("leads_on"):
            self._lead_on()

    def _happen_by(self, event, letter):  # pylint: disable=missing-return
        """Recourse was told by a final answer in which it still stands."""
        if event != "recourse_told" or self._tells_recourse(letter):
            super()._happen_by(event, letter)

    def _tells_recourse(self, letter):
        if letter.kind != "final_answer" or letter.channel == "elsewhere":
            return True  # what is in a letter from elsewhere, nobody sees here
        return letter_text.still_says(letter.body, self._get_letter_words()["recourse"])

    def _tell_letter_remarks(self, letter):
        remarks = super()._tell_letter_remarks(letter)
        if not self._tells_recourse(letter):
            remarks.append(
                self.env._("It does not tell of other recourse: write that letter too.")
            )
        return remarks

    def _get_mail_domain(self):
        """Our mails on the complaint may have been the letter, too."""
        of_ticket = Domain("model", "=", "helpdesk.ticket") & Domain(
            "res_id", "=", self.ticket_id.id
        )
        return super()._get_mail_domain() | of_ticket & self._get_our_mails_domain()

    def _tell_what_is_wrong(self, name):
        """Return what readers are told of a date: no deed shows it, or a poor one."""
        for event, path in self._get_deed_dates().items():
            if path == name and self[path]:
                if self._is_bare(event):
                    return self.env._("Recorded without a letter of this file.")
                return self._find_letter(event, self[path]).remarks or ""
        return ""

    def _find_letter(self, event, day):
        """Return the letter that wrote the date of an event, if there is one."""
        told_by = self._get_letter_events()
        kinds = [kind for kind, told in told_by.items() if event in told]
        found = self._find_sent_letters(kinds, day)
        # all of them are in the file; who asks is given one that they may read
        return found._filtered_access("read")[:1]

    def action_ask_event(self, event=None):
        """Ask when something happened of which there is no letter on the file."""
        action = self.action_ask("event")
        action["context"]["default_event"] = event
        return action

    @api.model
    def _get_deed_dates(self):
        return {
            event: EVENTS[event]
            for event in (
                "final_answer",
                "recourse_told",
                "notice_received",
                "notified",
                "acknowledged",
                "file_complete",
                "position_sent",
                "result_served",
                "carried_out",
                "informed",
            )
        }

    @api.model
    def _get_letter_places(self):
        return {
            **super()._get_letter_places(),
            "complaint_number": self.env._("Number of the complaint"),
            "complaint_date": self.env._("Day of the complaint"),
            "notice_date": self.env._("Day on which the notice came"),
            "recourse": self.env._("Other recourse, as the policy says it"),
            "method": self.env._("Method chosen"),
            "provider": self.env._("Provider"),
            "stands": self.env._("Where the file is, in words for the complainant"),
            "next_step": self.env._("What comes next, in words for the complainant"),
            "outcome": self.env._("How it ended"),
            "outcome_date": self.env._("Day of the result"),
        }

    def _get_letter_words(self):
        dispute = self.sudo()  # what stands in its letters, the file itself knows
        told = dispute._tell_complainant()
        return {
            **super()._get_letter_words(),
            "complaint_number": dispute.ticket_id.number or "",
            "complaint_date": dispute._written_day("complaint_date", "long"),
            "notice_date": dispute._written_day("notice_date", "long"),
            "recourse": dispute.policy_id.recourse or "",
            "method": dispute._selection_label("method", dispute.method),
            "provider": dispute.provider_id.name or "",
            "stands": told["state"],
            "next_step": told["then"],
            "outcome": dispute._selection_label("outcome", dispute.outcome),
            "outcome_date": dispute._written_day("outcome_date", "long"),
        }

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

    def _written_day(self, name, style="short"):
        return format_people_date(self.env, self[name], style)

    # ------------------------------------------------------------
    # Of which day a result is
    # ------------------------------------------------------------

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

        What we give by it is weighed anew, at the rate of that day.

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
        given = self._weigh_again(day)
        self._say_reason(reason)
        self._guarded_write({"outcome_date": day})
        self._register_event(
            "outcome_date",
            {"from": former.isoformat() if former else None, "to": day.isoformat()},
            reason,
        )
        self._concede(given)
        return True

    # ------------------------------------------------------------
    # Where the time went
    # ------------------------------------------------------------

    @api.depends("state", "waiting_on")
    @api.depends_context("lang")
    def _compute_time_spent(self):
        moves, now = self._read_moves(), fields.Datetime.now()
        for dispute in self:
            dispute.duration_tracking = flow.seconds_per_state(
                moves.get(dispute.id, []), now
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

    def _read_moves(self):
        """Return ``{id: [(instant, state entered)]}``."""
        # the reader of a file may know how it moved, without reading the register
        return {
            dispute.id: [(row["at"], row["data"]["to"]) for row in rows]
            for dispute, rows in self._read_hands(("opened", "transition")).items()
        }

    def _list_turns(self, rows):
        """Return ``[(instant, who must act from then on)]``."""
        return [
            (row["at"], self._holder_after(row["event"], row["data"]))
            for row in rows
            if row["event"] in ("opened", "transition", "waiting")
        ]

    def _holder_after(self, event, data):
        if event == "waiting":
            return data["to"] or None
        # rows of the first release do not say it
        return data.get("waiting_on", flow.WAITING_ON[data["to"]]) or None
