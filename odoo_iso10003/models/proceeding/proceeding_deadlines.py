# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ...core import proceeding as course
from ...core.story import Fact, Source
from ..mixin.people_date import format_people_date
from .proceeding import SHOWN_DAYS

# what happens to a proceeding, and the field that says when
EVENTS = {
    "proceeding_proposed": "proposed_date",
    "proceeding_answered": "answered_date",
    "proceeding_admitted": "admitted_date",
    "proceeding_begun": "begun_date",
    "proceeding_complete": "file_complete_date",
    "proceeding_served": "served_date",
    "proceeding_ended": "ended_date",
    "body_ended": "body_ended_date",
}
# in the order in which they can be; the day on which it ended comes after all others
DAYS = (
    "proposed_date",
    "answered_date",
    "admitted_date",
    "begun_date",
    "ended_date",
)
# … and how it stood from each on
STOOD = {
    **dict(zip(DAYS, (*course.STATES[:4], course.ENDED), strict=True)),
    "stayed_date": "stayed",
}
# what ends with the whole matter before the body, and not with one of its steps
OF_THE_BODY = "body_ended"


class ProceedingDeadlines(models.Model):
    """The dates of a proceeding, and the limits that count from them (4.11).

    What the same body does next continues a proceeding. Limits of the body's whole
    case, which end with ``body_ended``, stay with the first one and run on; those of
    a step end with the step.
    """

    _inherit = "iso10003.proceeding"

    # whom deadlines and escalations call the owner of a file, and what they count by
    user_id = fields.Many2one(
        related="dispute_id.user_id", store=True, precompute=True, string="Owner"
    )
    policy_id = fields.Many2one(related="dispute_id.policy_id")
    subject = fields.Char(related="dispute_id.subject")
    category_id = fields.Many2one(related="dispute_id.category_id")
    complainant_type = fields.Selection(related="dispute_id.complainant_type")
    nature = fields.Selection(related="dispute_id.nature")
    amount_claimed = fields.Monetary(related="dispute_id.amount_claimed")
    currency_id = fields.Many2one(related="dispute_id.currency_id")
    next_due_date = fields.Date(
        "Next last day", compute="_compute_next_due_date", store=True, index=True
    )
    # what happened
    opened_date = fields.Datetime("Noted on", readonly=True, copy=False, guarded=True)
    proposed_date = fields.Date(
        "Proposed on",
        sealed=True,
        deed=True,
        fixed=True,
        default=lambda self: self._get_company_day(),
        help="When somebody brought it before the body, or proposed it to the other "
        "side.",
    )
    answered_date = fields.Date(
        "Answered on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    admitted_date = fields.Date(
        "Admitted on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    begun_date = fields.Date(
        "Running since",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        deed=True,
    )
    stayed_date = fields.Date(
        "Stayed on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    file_complete_date = fields.Date(
        "File complete on",
        tracking=True,
        sealed=True,
        deed=True,
        help="When the body had all that it needs; some limits count from it.",
    )
    served_date = fields.Date(
        "Result served on",
        tracking=True,
        sealed=True,
        deed=True,
        help="When recommendation or decision reached us; limits of acceptance and "
        "review count from it.",
    )
    ended_date = fields.Date(
        "Ended on",
        readonly=True,
        copy=False,
        tracking=True,
        guarded=True,
        sealed=True,
        deed=True,
    )
    body_ended_date = fields.Date(
        "Ended before the body on",
        readonly=True,
        copy=False,
        guarded=True,
        deed=True,
        help="Of the first proceeding: when the last one that continues it ended.",
    )

    @api.depends(
        "state",
        "file_ids.deadline_ids.state",
        "file_ids.deadline_ids.due_date",
        "file_ids.deadline_ids.late_reason",
    )
    def _compute_next_due_date(self):
        first = self._read_next_due_dates()
        for one in self:
            one.next_due_date = first.get(one.file_ids, False)

    # ------------------------------------------------------------
    # The order in which days can be
    # ------------------------------------------------------------

    @api.constrains(*DAYS, *SHOWN_DAYS)
    def _check_days(self):
        for one in self:
            known = [name for name in DAYS if one[name]]
            pairs = list(zip(known, known[1:], strict=False))
            pairs += [
                ("proposed_date", name)
                for name in sorted(SHOWN_DAYS)
                if one[name] and one.proposed_date
            ]
            for first, after in pairs:
                if one[after] < one[first]:
                    raise one._refusal(
                        one._tell_disorder(first, after), ValidationError
                    )

    def _get_last_day(self):
        """Return the last day on which something is known to have happened in it."""
        return max((day for name in DAYS if (day := self[name])), default=False)

    def _tell_disorder(self, first, after):
        labels = self.fields_get([first, after], ["string"])
        return self.env._(
            "“%(after)s”, %(after_day)s, cannot be before “%(first)s”, %(first_day)s.",
            after=labels[after]["string"],
            after_day=format_people_date(self.env, self[after], "short"),
            first=labels[first]["string"],
            first_day=format_people_date(self.env, self[first], "short"),
        )

    # ------------------------------------------------------------
    # Answers of a file with limits
    # ------------------------------------------------------------

    @api.model
    def _get_file_copies(self):
        return {
            **super()._get_file_copies(),
            "subject": "dispute_id.subject",
            "company_id": "dispute_id.company_id",
            "user_id": "dispute_id.user_id",
            "policy_id": "dispute_id.policy_id",
            "team_id": "dispute_id.team_id",
            "reader_ids": "dispute_id.evaluator_id",
            "parent_id": "dispute_id.file_ids",
        }

    @api.model
    def _get_deadline_events(self):
        return EVENTS

    @api.model
    def _get_event_labels(self):
        """Return what can happen to a proceeding, in words of their own."""
        labels = {
            "proceeding_proposed": self.env._("Proceeding: proposed"),
            "proceeding_answered": self.env._("Proceeding: answered"),
            "proceeding_admitted": self.env._("Proceeding: admitted"),
            "proceeding_begun": self.env._("Proceeding: begun"),
            "proceeding_complete": self.env._("Proceeding: file complete"),
            "proceeding_served": self.env._("Proceeding: result served"),
            "proceeding_ended": self.env._("Proceeding: ended"),
            "body_ended": self.env._("Proceeding: ended before the body, all steps"),
        }
        return list(labels.items())

    def _is_frozen(self):
        """It is closed once the whole matter before the body has ended."""
        return self.state == course.ENDED and not self._find_open_successors()

    def _find_open_successors(self):
        """Return what continues it, and has not ended."""
        chain, last = self.browse(), self.sudo().continued_by_ids
        while last:
            chain |= last
            last = last.continued_by_ids
        return chain.filtered(lambda one: one.state != course.ENDED)

    def _is_moot(self, event):
        """Of a step that has ended, only what is the body's whole case runs on."""
        ended = self.state == course.ENDED and event != OF_THE_BODY
        return ended or super()._is_moot(event)

    def _get_actor_partner(self, actor):
        if actor == "provider" and self.provider_id:
            return self.provider_id
        return self.dispute_id._get_actor_partner(actor)

    def _hand_over(self, user):
        """Who leads the dispute leads its proceedings."""
        self.dispute_id._hand_over(user)

    # ------------------------------------------------------------
    # What follows from the dispute that it is part of
    # ------------------------------------------------------------

    def _get_parties(self):
        """Who takes part in the dispute takes part in it."""
        return super()._get_parties() | self.sudo().dispute_id._get_parties()

    def _get_matter(self):
        """Its documents are numbered with those of the dispute."""
        return self.dispute_id

    def _refuse_paper_change(self):
        self.dispute_id._refuse_paper_change()

    def _get_never_told(self):
        return super()._get_never_told() | self.sudo().dispute_id._get_never_told()

    def _get_addressees(self, audience):
        return self.sudo().dispute_id._get_addressees(audience)  # as above

    def _get_language_of(self, partner):
        return self.sudo().dispute_id._get_language_of(partner)  # as above

    def _find_preserving(self):
        """What its dispute holds, holds for it too."""
        ours = self.sudo()  # asked for the file
        held = ours.dispute_id._find_preserving()
        return {one: held[one.dispute_id] for one in ours if one.dispute_id in held}

    # ------------------------------------------------------------
    # Its story
    # ------------------------------------------------------------

    def _get_story_sources(self):
        own = Domain("proceeding_id", "=", self.id)
        return super()._get_story_sources() | {
            self._name: Source(self.env._("Proceeding"), Domain("id", "=", self.id)),
            "iso10003.hearing": Source(
                self.env._("Hearing"), own & Domain("state", "!=", "cancelled")
            ),
            "iso10003.result": Source(self.env._("Result"), own),
        }

    def _list_facts(self):
        """Return how far it came, and when, in the story of its file."""
        return [
            Fact(self[name], self.display_name, self._tell_standing(state))
            for name, state in STOOD.items()
            if self[name]
        ]

    def _tell_standing(self, state):
        told = self._selection_label("state", state)
        if state == course.ENDED:
            return f"{told}: {self._selection_label('ended_by')}"
        return told

    # ------------------------------------------------------------
    # Its hearings
    # ------------------------------------------------------------

    def _get_hearing_zone(self):
        return self.provider_id.sudo().tz  # where a body works is no secret

    def _get_hearing_lead(self):
        return self.user_id

    def action_plan_hearing(self):
        """Ask when and where it is heard."""
        self.ensure_one()
        self._check_may_be_heard()
        kind = "mediation" if self.method == "facilitative" else "oral"
        return self._open_dialog(
            "iso10003.hearing",
            self.env._("Hearing"),
            default_proceeding_id=self.id,
            default_kind=kind,
        )

    def action_add_seat(self):
        """Ask who sits in it, appointed by whom."""
        self.ensure_one()
        self._check_may_be_heard()
        return self._open_dialog(
            "iso10003.seat", self.env._("Seat"), default_proceeding_id=self.id
        )

    def _check_may_be_heard(self):
        self.dispute_id.check_access("write")
        self._refuse_ended()
