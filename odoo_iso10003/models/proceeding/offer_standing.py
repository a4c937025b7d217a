# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...core import offer as rules
from ...core.ladder import Ladder
from ...core.result import OURS, THEIRS
from ...core.story import Fact
from ..dispute.dispute_checks import ASSESSED_MONTHS
from ..mixin.checks import Rule
from ..mixin.people_date import format_people_date

TASK = "odoo_iso10003.activity_offer"
# before the last day; the day after it, on which it lapses; until it is confirmed
LADDERS = {
    "expiry": Ladder((3, 0)),
    "lapse": Ladder((-1,)),
    "confirm": Ladder((3, 0), 7),
}


class OfferStanding(models.Model):
    """How an offer stands: what is odd about it, and what its days bring (7.5.1).

    Who leads the file is reminded before its last day, and told when it lapsed, which
    it does by itself; and that an acceptance by word waits for its confirmation.
    """

    _inherit = "iso10003.offer"

    remarks = fields.Text("What is odd about it", compute="_compute_remarks")

    @api.depends("state", "late", "unmandated", "unratified", "confirmed_date")
    @api.depends_context("lang")
    def _compute_remarks(self):
        for offer in self:
            offer.remarks = "\n".join(
                words for words, holds in offer._find_odd().items() if holds
            )

    def _find_odd(self):
        """Return ``{remark in the reader's words: whether it holds}``."""
        ours = self.side == OURS
        accepted = ours and self.state in (*rules.PENDING, rules.ACCEPTED)
        until, confirmed = self.confirm_until, self.confirmed_date
        return {
            self.env._("It was made beyond authority: ratify or withdraw it."): (
                self.unratified and self.state != rules.WITHDRAWN
            ),
            self.env._("It was accepted after its last day."): self.late,
            self.env._("Who accepted had no part in the file, or no document."): (
                self.unmandated and not confirmed
            ),
            self.env._("Nothing on file shows that it was accepted."): (
                accepted and not (self.answer_sha256 or self.confirmation_sha256)
            ),
            self.env._("It was confirmed after the day set for that."): (
                bool(confirmed and until and confirmed > until)
            ),
            self.env._("Nothing on file shows that it was made."): (
                self.side == THEIRS and not self.proof_sha256
            ),
            self.env._("It has no last day."): (
                ours and not self.expires and bool(self.date)
            ),
        }

    def _list_facts(self):
        """Return what an offer tells in the story of its file, and its days to come."""
        amount = self.dispute_id._tell_amount(self.amount, self.currency_id)
        told = [Fact(self.date, self.display_name, amount)]
        if self.answered_date:
            state = self._selection_label("state")
            told.append(Fact(self.answered_date, self.display_name, state))
        if ahead := {rules.MADE: "expires", rules.BY_WORD: "confirm_until"}.get(
            self.state
        ):
            label = self._fields[ahead]._description_string(self.env)
            if self[ahead]:
                told.append(Fact(self[ahead], self.display_name, label, ahead=True))
        return told

    # ------------------------------------------------------------
    # Days
    # ------------------------------------------------------------

    @api.model
    def _get_ladders(self):
        return LADDERS

    def _get_reminder_days(self):
        alive = not self.dispute_id._is_frozen()
        live = alive and self.state == rules.MADE
        waits = alive and self.state == rules.BY_WORD
        return {
            "expiry": live and self.expires,
            "lapse": live and self.expires,
            "confirm": waits and self.confirm_until,
        }

    @api.model
    def _moves_reminders(self, vals):
        return not {"state", "expires", "confirm_until", "dispute_id"}.isdisjoint(vals)

    def _get_leader(self):
        return self.dispute_id._get_leader()

    def _get_tasks_on(self):
        return self.dispute_id

    @api.model
    def _get_reminder_activity(self, ladder):
        return TASK

    def _take_back(self, activity):
        self.dispute_id.activity_unlink([activity])

    def _remind(self, ladder, due):
        """Tell who leads the file; what is over by its day lapses."""
        told = super()._remind(ladder, due)
        if ladder == "lapse":
            self.filtered(lambda one: one.state == rules.MADE)._lapse()
        return told

    def _lapse(self):
        """Let these be over, of which nobody had heard by their last day."""
        self._guarded_write({"state": rules.LAPSED})

    def _describe_reminder(self, reminder, day):
        words = {
            "offer": self.display_name,
            "number": self.dispute_id.name,
            "day": format_people_date(self.env, day, "short"),
        }
        if reminder == "lapse":
            return self.env._("%(number)s: %(offer)s has lapsed on %(day)s", **words)
        if reminder == "confirm":
            return self.env._(
                "%(number)s: %(offer)s was accepted by word; have it confirmed until "
                "%(day)s",
                **words,
            )
        return self.env._("%(number)s: %(offer)s is open until %(day)s", **words)

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    def _audit_offers_traced(self, company):
        """71: was each offer of ours authorized, dated, and limited in time?"""
        since = fields.Date.today() - relativedelta(months=ASSESSED_MONTHS)
        return Rule(
            Domain("side", "=", OURS) & Domain("date", ">=", since),
            Domain("approved_by_id", "=", False)
            | Domain("unratified", "=", True)
            | Domain("expires", "=", False),
        )
