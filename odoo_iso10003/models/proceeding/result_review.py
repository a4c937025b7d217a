# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import result as rules
from ...core.ladder import Ladder
from ..mixin.people_date import format_people_date

# before the time to answer is over, and as long as nobody says what silence means
ANSWER_LADDER = Ladder((5, 2, -1), 7)
# before the window of a review ends, and until somebody decided
REVIEW_LADDER = Ladder((10, 5, 2, -1), 7)
ANSWER_TASK = "odoo_iso10003.activity_result_answer"
REVIEW_TASK = "odoo_iso10003.activity_result_review"


class ResultReview(models.Model):
    """What can be done against a result: reviewed, set aside; and its days (7.5.5).

    Whether the right to a review is used, is decided by somebody with a name before
    its window ends; no window ends in silence.
    """

    _inherit = "iso10003.result"

    review_route = fields.Selection(
        [
            ("none", "None"),
            ("objection", "Objection at the body"),
            ("review", "Review by the body"),
            ("appeal", "Appeal to a higher instance"),
            ("court", "A court"),
        ],
        "Can be reviewed by",
        required=True,
        default="none",
        fixed=True,
        sealed=True,
    )
    review_until = fields.Date(
        "Review until",
        fixed=True,
        sealed=True,
        help="The last day on which a review can be asked for.",
    )
    review_decision = fields.Selection(
        [("use", "We ask for a review"), ("leave", "We let it stand")],
        "Whether we use it",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    review_user_id = fields.Many2one(
        "res.users",
        "Review decided by",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        ondelete="restrict",
    )
    review_date = fields.Date(
        "Review decided on",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        deed=True,
    )

    def action_decide_review(self, decision=None, reason=None):
        """Decide whether we use the right to a review, with name and reason (7.5.5).

        :param decision: ``use`` or ``leave``
        """
        self.ensure_one()
        self.dispute_id._check_may_record_result()
        self.dispute_id._need_reason(reason)
        if self.review_route == "none" or self.effect not in rules.HOLDING:
            raise self._refusal(self.env._("there is no review of it to ask for."))
        if self.review_decision:
            raise self._refusal(
                self.env._(
                    "%(name)s has decided that already, on %(day)s.",
                    name=self.review_user_id.sudo().name,  # the result shows it
                    day=format_people_date(self.env, self.review_date, "short"),
                )
            )
        if decision not in dict(self._fields["review_decision"].selection):
            raise self._refusal(self.env._("say whether we ask for a review."))
        vals = {
            "review_decision": decision,
            "review_user_id": self.env.uid,
            "review_date": self._get_company_day(),
        }
        if decision == "use":
            vals["effect"] = rules.UNDER_REVIEW
        self._guarded_write(vals)
        self._register_deed("review", reason, decision=decision)
        self.dispute_id._follow_results()
        return True

    def action_set_aside(self, date=None, reason=None):
        """Record that a higher instance, or both sides, set it aside."""
        self.ensure_one()
        day = self._check_later_deed(date, reason)
        self._end_effect(rules.SET_ASIDE)
        self._register_deed("set_aside", reason, date=day.isoformat())
        self.dispute_id._follow_results()
        return True

    def action_uphold(self, date=None, reason=None):
        """Record that the review left it as it is."""
        self.ensure_one()
        day = self._check_later_deed(date, reason)
        if self.effect != rules.UNDER_REVIEW:
            raise self._refusal(self.env._("it is not under review."))
        self._guarded_write({"effect": rules.EFFECTIVE})
        self._register_deed("upheld", reason, date=day.isoformat())
        self.dispute_id._follow_results()
        return True

    def _check_later_deed(self, date, reason):
        """Return the day of a deed after the result, as it can be."""
        self.dispute_id._check_may_record_result()
        self.dispute_id._need_reason(reason)
        self._check_given("date", date)
        day = fields.Date.to_date(date) or self._get_company_day()
        if day < self.date:
            raise self._refusal(
                self.env._(
                    "that cannot be of %(day)s, before it was made.",
                    day=format_people_date(self.env, day, "short"),
                )
            )
        return day

    def action_note_given(self, date=None, proof=None, proof_name=None):
        """Note that what was agreed was given, with what shows it; then it may end.

        :param date: the day on which it was given
        :param proof: what shows it, as base64
        """
        self.ensure_one()
        dispute = self.dispute_id
        dispute._check_may_record_result()
        if not (date and proof):
            raise self._refusal(
                self.env._("say on which day it was given, and attach what shows it.")
            )
        dispute._check_given("implemented_date", date)
        dispute._note_given(self, fields.Date.to_date(date), proof, proof_name)
        return dispute._lead_on()

    # ------------------------------------------------------------
    # Days of which people are reminded
    # ------------------------------------------------------------

    @api.model
    def _get_ladders(self):
        return {"answer": ANSWER_LADDER, "review": REVIEW_LADDER}

    def _get_reminder_days(self):
        open_file = not self.dispute_id._is_frozen()
        waits = open_file and self.effect == rules.OPEN
        decides = (
            open_file
            and self.effect == rules.EFFECTIVE
            and self.review_route != "none"
            and not self.review_decision
        )
        return {
            "answer": waits and self.answer_until,
            "review": decides and self.review_until,
        }

    def _remind(self, ladder, due):
        """Give who leads the file a task on it."""
        task = {"answer": ANSWER_TASK, "review": REVIEW_TASK}[ladder]
        people = {}
        for (result, reminder), day in due.items():
            dispute = result.dispute_id
            people[result, reminder] = leader = dispute._get_leader()
            dispute.activity_unlink([task])
            if leader:
                dispute.with_context(mail_activity_quick_update=True)._give_task(
                    task,
                    leader,
                    lambda file, one=result, reminder=reminder, day=day: one.with_env(
                        file.env
                    )._describe_reminder(reminder, day),
                )
        return people

    def _describe_reminder(self, reminder, day):
        words = {
            "number": self.dispute_id.name,
            "day": format_people_date(self.env, day, "short"),
        }
        if reminder == "review":
            return self.env._(
                "Decide whether to ask for a review of the result of %(number)s; the "
                "last day is %(day)s",
                **words,
            )
        return self.env._(
            "The result of %(number)s waits for an answer until %(day)s", **words
        )
