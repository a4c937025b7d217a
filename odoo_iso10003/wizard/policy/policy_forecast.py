# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...core import clock, flow

# files counted at once
BATCH = 1000


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
        """Count anew, and show it."""
        self.ensure_one()
        self.policy_id.check_access("read")
        self.line_ids.unlink()
        # all files of the company count, and only counts come out
        files = self.env["iso10003.dispute"].sudo().search(self._get_file_domain())
        self.file_count = len(files)
        rules = self.policy_id.with_context(active_test=not self.with_inactive).rule_ids
        moves = files._read_entries()
        rules = rules.sudo()  # who may read a version reads its rules
        self.line_ids.create([self._prepare_line(rule, files, moves) for rule in rules])
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What would change"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _get_file_domain(self):
        return Domain("company_id", "=", self.policy_id.company_id.id) & (
            Domain("opened_date", ">=", self.since) | Domain("state", "!=", flow.CLOSED)
        )

    def _prepare_line(self, rule, files, moves):
        """Count one rule over all files, and what ran under their own versions."""
        counts = dict.fromkeys(("met", "late", "lapsed", "running"), 0)
        for start in range(0, len(files), BATCH):
            batch = files[start : start + BATCH]
            for verdict in self._judge(rule, batch, moves):
                counts[verdict] += 1
        return {
            "forecast_id": self.id,
            "rule_id": rule.id,
            **{f"{verdict}_count": count for verdict, count in counts.items()},
            **self._prepare_former(rule, files),
        }

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

    def _prepare_former(self, rule, files):
        """Return how the deadlines of the same code ended under earlier versions."""
        former = dict(
            self.env["iso10003.deadline"]
            .sudo()  # only counts come out
            ._read_group(
                [
                    ("file_id", "in", files.file_ids.ids),
                    ("rule_id.code", "=", rule.code),
                    ("state", "!=", "cancelled"),
                ],
                ["state"],
                ["__count"],
            )
        )
        return {
            "former_met_count": former.get("met", 0),
            "former_late_count": former.get("met_late", 0),
            "former_lapsed_count": former.get("lapsed", 0),
        }


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
