# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..mixin.checks import Rule

# limits that were over longer ago are history, and not looked at any more
ASSESSED_MONTHS = 12
# what the complainant waits for
NEWS = ("final_answer", "recourse_told", "acknowledged", "position_sent", "informed")
# the gate of versions under which letters tell of what happened
LETTERS_ASKED = "position_approved"

# what a body wants of us by a day that it sets
SUBMISSIONS = ("reply", "deficiency", "other")
# a gate that versions have which were approved after there were proceedings
PROCEEDINGS = "proceedings_ended"


class DeadlineChecks(models.Model):
    """What assessments ask of the limits on files (4.3, 4.11, 7.5.5)."""

    _inherit = "iso10003.deadline"

    @api.model
    def _get_assessed_domain(self):
        """Return our own limits that were over within the year, or are overdue."""
        now = fields.Datetime.now()
        since = now - relativedelta(months=ASSESSED_MONTHS)
        over = Domain("state", "in", ["met", "met_late", "lapsed"])
        return Domain("actor", "=", "organization") & (
            over & Domain("due", ">=", since)
            | Domain("state", "=", "running") & Domain("due", "<=", now)
        )

    @api.model
    def _of_rules(self, field, events):
        """Return the limits whose rule starts or ends with one of these events."""
        # a list of rules is looked up, where a path would join them to each limit
        rules = self.env["iso10003.deadline.rule"]._search([(field, "in", events)])
        return Domain("rule_id", "in", rules)

    @api.model
    def _late(self):
        return Domain("state", "!=", "met")

    def _audit_news_in_time(self, company):
        """5: did complainants get what they waited for within its limit?"""
        return Rule(
            self._get_assessed_domain() & self._of_rules("end_event", NEWS),
            self._late(),
        )

    def _audit_delays_explained(self, company):
        """27: does each limit that was missed say why, and was the complainant told?

        Told is where they wait for it: by a letter on the delay, or with what came
        late. Under versions from before letters wrote dates, a reason is enough.
        """
        awaited = self._of_rules("end_event", NEWS) & Domain(
            "rule_id.policy_id.gate_ids", "any", [("code", "=", LETTERS_ASKED)]
        )
        return Rule(
            self._get_assessed_domain() & self._late(),
            Domain("late_reason", "=", False)
            | awaited & ~Domain.custom(to_sql=_told_of_delay),
        )

    def _audit_submissions_in_time(self, company):
        """72: was what a body wanted of us handed in by its day?

        A longer time that was given is the day. Of files under versions from before
        proceedings, nobody asks.
        """
        versions = self.env["iso10003.policy"]._find_asking(company, PROCEEDINGS)
        wanted = self._get_assessed_domain() & Domain("given_kind", "in", SUBMISSIONS)
        known = Domain("file_id.policy_id", "in", versions.ids)
        return Rule(wanted & known, self._late(), left_out=wanted & ~known)


def _told_of_delay(_model, alias, _query):
    """Return whether a letter to the parties told of the delay, or went out late."""
    return SQL(
        """EXISTS (SELECT FROM iso10003_letter letter
                     WHERE letter.file_id = %(file)s AND letter.state = 'sent'
                       AND letter.audience IN ('public', 'parties')
                       AND (letter.kind = 'delay' OR letter.sent_date >= %(due)s)
                       AND letter.sent_date >= COALESCE(%(start)s, %(due)s))""",
        file=SQL.identifier(alias, "file_id"),
        due=SQL("%s::date", SQL.identifier(alias, "due")),
        start=SQL("%s::date", SQL.identifier(alias, "start")),
    )
