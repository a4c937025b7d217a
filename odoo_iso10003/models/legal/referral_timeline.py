# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models

from ..mixin.people_date import format_people_date

# dates of an instance that everybody asks for
DATES = (
    "claim_date",
    "filed_date",
    "served_date",
    "decision_date",
    "decision_served_date",
    "appeal_decided_date",
    "settled_date",
    "enforced_date",
)


class ReferralTimeline(models.Model):
    """One timeline over all instances of a matter: steps, dates, hearings, reviews."""

    _inherit = "iso10003.referral"

    timeline = fields.Html(compute="_compute_timeline", sanitize=False)

    @api.depends_context("lang", "tz")
    def _compute_timeline(self):
        for referral in self:
            referral.timeline = referral._render_timeline()

    def _render_timeline(self):
        row = Markup(
            "<tr><td class='text-nowrap pe-3'>%s</td><td class='pe-3'>%s</td>"
            "<td class='pe-3'>%s</td><td>%s</td></tr>"
        )
        return Markup("<table class='table table-sm'>%s</table>") % Markup().join(
            row
            % (
                format_people_date(self.env, fact["date"], "short"),
                fact["instance"],
                fact["what"],
                fact["detail"],
            )
            for fact in self._list_timeline()
        )

    def _list_timeline(self):
        """Return what happened in all instances, oldest first.

        :return: dictionaries with ``date``, ``instance``, ``what`` and ``detail``
        """
        facts = []
        for instance in self._get_tree():
            name = f"{instance.name} · {self._selection_label('kind', instance.kind)}"
            facts += [
                {"date": date, "instance": name, "what": what, "detail": detail or ""}
                for date, what, detail in instance._list_own_facts()
            ]
        return sorted(facts, key=lambda fact: fact["date"])

    def _list_own_facts(self):
        """Yield ``(date, what, detail)`` of this instance, in no order."""
        labels = self.fields_get([*DATES, "approved_date"], ["string"])
        yield self.opened_date.date(), self.env._("Opened"), self.drafter_id.name
        if self.approved_date:
            yield (
                self.approved_date,
                labels["approved_date"]["string"],
                self.approver_id.name,
            )
        for name in DATES:
            if self[name]:
                yield self[name], labels[name]["string"], self._detail_of(name)
        for records in (self.hearing_ids, self.review_ids):
            for record in records:
                yield record._describe_fact()
        if self.ended_from:
            yield (
                self.state_date.date(),
                self._selection_label("state", self.state),
                None,
            )

    def _detail_of(self, name):
        return {
            "filed_date": self.filing_number,
            "decision_date": self._selection_label("result", self.result),
            "appeal_decided_date": self._selection_label(
                "appeal_decision", self.appeal_decision
            ),
        }.get(name)
