# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import Counter

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...core import clock, flow

# files counted at once
BATCH = 1000
# rules times files that are counted within ten seconds
AT_ONCE = 50_000
# how limits of the same code ended
FORMER = {
    "met": "former_met_count",
    "met_late": "former_late_count",
    "lapsed": "former_lapsed_count",
}
COUNTS = ("met_count", "late_count", "lapsed_count", "running_count", *FORMER.values())


class PolicyForecast(models.TransientModel):
    """What would change: past and open files, counted under a version not in force.

    Each rule is applied to each file of the period as if it had held from the start.
    Nothing of it is kept.
    """

    _name = "iso10003.policy.forecast"
    _description = "What a policy version would change"
    _inherit = ["iso10003.withheld"]

    policy_id = fields.Many2one("iso10003.policy", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="policy_id.company_id")
    since = fields.Date(
        "Files open, or opened since",
        required=True,
        default=lambda self: fields.Date.context_today(self) - relativedelta(years=1),
    )
    with_inactive = fields.Boolean(
        "Examples too", help="Count the rules that are switched off as well."
    )
    file_count = fields.Integer("Files", readonly=True)
    line_ids = fields.One2many(
        "iso10003.policy.forecast.line", "forecast_id", readonly=True
    )

    def action_count(self):
        """Count anew, and show it; in the background where it takes longer."""
        self.ensure_one()
        self.policy_id.check_access("read")
        self.line_ids.unlink()
        rules = self._find_rules()
        # all files of the company count, and only counts come out
        files = self.env["iso10003.dispute"].sudo().search(self._get_file_domain())
        if len(files) * len(rules) > AT_ONCE:
            return self._count_later(len(files))
        counts = {}
        for start in range(0, len(files), BATCH):
            self._add_counts(counts, rules, files[start : start + BATCH])
        self._note_counts(counts, len(files))
        return self._show()

    def _count_later(self, count):
        place = {"asked": self._tell_asked(), "after": 0, "counts": {}}
        jobs = self.env["iso10003.job"].with_company(self.company_id)
        return jobs._ask_once("forecast", place, count)._show()

    def _tell_asked(self):
        """Return what is asked for, to be asked again."""
        return {
            "policy_id": self.policy_id.id,
            "since": fields.Date.to_string(self.since),
            "with_inactive": self.with_inactive,
        }

    def _show(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What would change"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _find_rules(self):
        policy = self.policy_id.with_context(active_test=not self.with_inactive)
        return policy.rule_ids.sudo()  # who may read a version reads its rules

    def _get_file_domain(self):
        return Domain("company_id", "=", self.policy_id.company_id.id) & (
            Domain("opened_date", ">=", self.since) | Domain("state", "!=", flow.CLOSED)
        )

    def _note_counts(self, counts, files):
        """Show what was counted."""
        self.file_count = files
        self.line_ids.create(
            [
                {"forecast_id": self.id, "rule_id": rule.id, **counts[str(rule.id)]}
                for rule in self._find_rules()
                if str(rule.id) in counts
            ]
        )

    def _add_counts(self, counts, rules, files):
        """Count rules over files, and what ran under their own versions.

        :param counts: what was counted before, by the id of the rule as text
        """
        moves = files._read_entries()
        former = self._count_former(rules, files)
        for rule in rules:
            row = counts.setdefault(str(rule.id), dict.fromkeys(COUNTS, 0))
            for verdict in self._judge(rule, files, moves):
                row[f"{verdict}_count"] += 1
            for state, name in FORMER.items():
                row[name] += former.get((rule.code, state), 0)

    def _judge(self, rule, files, moves):
        """Yield a verdict for each file to which the rule applies."""
        requests, ends = [], []
        for file in files:
            if not rule._applies_to_past(file):
                continue
            dates = file._get_history(moves.get(file.id, []))
            try:
                request = self._prepare_request(rule, file, dates)
                ended = dates.get(rule.end_event)
                end = ended and clock.instant_of(ended, request["zone"])
            except clock.ClockError:
                continue  # no calendar has that date
            if request["starts"]:
                requests.append(request)
                ends.append(end)
        now = fields.Datetime.now()
        for counted, end in zip(rule._count(requests), ends, strict=True):
            yield self._verdict(counted["due"], end, now)

    def _prepare_request(self, rule, file, dates):
        """Return what the clock is given; without starts where nothing began."""
        deadlines = self.env["iso10003.deadline"].sudo()  # only to count
        partner = file._get_actor_partner(rule.actor)
        zone = deadlines._get_zone(file, rule.actor)
        limits = rule.part_ids if rule.combine else rule
        starts = {
            limit.id: clock.instant_of(happened, zone)
            for limit in limits
            if (happened := dates.get(limit.start_event))
        }
        if rule.combine == "latest" and len(starts) < len(limits):
            starts = {}
        return {
            "rule": rule,
            "company": file.company_id,
            "calendar": file._get_actor_calendar(rule.actor),
            "starts": starts,
            "zone": zone,
            "abroad": deadlines._resides_abroad(file.company_id, partner),
        }

    @api.model
    def _verdict(self, due, ended, now):
        if ended:
            return "met" if not due or ended < due else "late"
        return "lapsed" if due and due <= now else "running"

    def _count_former(self, rules, files):
        """Return how the deadlines of the same codes ended under earlier versions."""
        former = (
            self.env["iso10003.deadline"]
            .sudo()  # only counts come out
            ._read_group(
                [
                    ("file_id", "in", files.file_ids.ids),
                    ("rule_id.code", "in", rules.mapped("code")),
                    ("state", "in", list(FORMER)),
                ],
                ["rule_id", "state"],
                ["__count"],
            )
        )
        counts = Counter()
        for rule, state, count in former:
            counts[rule.code, state] += count
        return counts


class PolicyForecastLine(models.TransientModel):
    """One rule's row of the report."""

    _name = "iso10003.policy.forecast.line"
    _description = "What a rule would change"
    _inherit = ["iso10003.withheld"]
    _order = "id"

    forecast_id = fields.Many2one(
        "iso10003.policy.forecast", required=True, ondelete="cascade"
    )
    rule_id = fields.Many2one("iso10003.deadline.rule", readonly=True)
    met_count = fields.Integer("Met", readonly=True)
    late_count = fields.Integer("Met late", readonly=True)
    lapsed_count = fields.Integer("Lapsed", readonly=True)
    running_count = fields.Integer("Still in time", readonly=True)
    former_met_count = fields.Integer("Met so far", readonly=True)
    former_late_count = fields.Integer("Late so far", readonly=True)
    former_lapsed_count = fields.Integer("Lapsed so far", readonly=True)
