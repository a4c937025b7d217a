# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import scoring
from ..mixin.checks import FAILED
from ..mixin.people_date import format_people_number

# who may see what the records say about the organization
SEEN_BY = (
    "odoo_iso10003.group_manager,odoo_iso10003.group_auditor,"
    "odoo_iso10003.group_sponsor"
)

VERDICTS = [
    ("yes", "Yes"),
    ("partly", "In part"),
    ("no", "No"),
    ("na", "Not applicable"),
    ("unchecked", "Not checked"),
]

# what the check writes, and nobody else
FOUND = {"readonly": True, "copy": False, "groups": SEEN_BY, "guarded": True}


class CheckedLine(models.AbstractModel):
    """A question with what the records said to it, at a moment."""

    _name = "iso10003.checked.line"
    _description = "Question with its evidence from records"
    _inherit = ["iso10003.guarded"]

    requirement_id = fields.Many2one(
        "iso10003.requirement",
        "Audit question",
        index=True,
        ondelete="restrict",
        groups=SEEN_BY,
        fixed=True,
    )
    clause_id = fields.Many2one(
        related="requirement_id.clause_id",
        store=True,
        index=True,
        groups=SEEN_BY,
        related_sudo=True,
    )
    way = fields.Selection(related="requirement_id.way", groups=SEEN_BY)
    auto_verdict = fields.Selection(
        [choice for choice in VERDICTS if choice[0] != "na"], "Records say", **FOUND
    )
    value = fields.Float("Found", aggregator=None, **FOUND)
    threshold = fields.Float(aggregator=None, **FOUND)
    # as the question had them when it was asked
    target = fields.Float("Held from (%)", aggregator=None, **FOUND)
    partly_from = fields.Float("Held in part from (%)", aggregator=None, **FOUND)
    population = fields.Integer("Records looked at", aggregator=None, **FOUND)
    left_out = fields.Integer(
        "Records left out",
        aggregator=None,
        help="Of these it is not asked, such as of files under policy versions from "
        "before.",
        **FOUND,
    )
    failing_count = fields.Integer("Records that fail", **FOUND)
    failing_model = fields.Char("Model of the records", **FOUND)
    failing_ids = fields.Json("Numbers of the records that fail", **FOUND)
    check_code = fields.Char("Code of the check", **FOUND)
    sample_seed = fields.Char(
        "Seed of the sample",
        help="Not all records were looked at, but those that the lot drew with it.",
        **FOUND,
    )
    looks_at = fields.Text(related="requirement_id.looks_at", groups=SEEN_BY)
    blind_to = fields.Text(related="requirement_id.blind_to", groups=SEEN_BY)
    check_note = fields.Char(
        "What the check says", help="A code, or the error of a check.", **FOUND
    )
    checked_at = fields.Datetime("Checked on", **FOUND)
    found = fields.Char("Evidence", compute="_compute_found", groups=SEEN_BY)

    @api.depends(
        "auto_verdict",
        "value",
        "population",
        "failing_count",
        "check_note",
        "sample_seed",
    )
    @api.depends_context("lang")
    def _compute_found(self):
        for line in self:
            line.found = line._describe_sample() + line._describe_found()

    def _describe_sample(self):
        if not self.sample_seed or not self.population:
            return ""
        sample = self.env._(
            "A sample, drawn with the seed %(seed)s:",
            seed=format_people_number(self.env, self.sample_seed),
        )
        return f"{sample} "

    def _describe_found(self):
        """Say in words what the records showed, and of how many it is not asked."""
        found = self._describe_records()
        if not self.left_out:
            return found
        left_out = self.env._(
            "%(count)s from before are left out.",
            count=format_people_number(self.env, self.left_out),
        )
        return f"{found} {left_out}"

    def _describe_records(self):
        if self.check_note:
            return self._tell_note()
        if not self.checked_at or not self.check_code:
            return self._describe_unchecked()
        if not self.population:
            return self.env._("No records to look at yet.")
        if self.failing_count:
            return self.env._(
                "%(failing)s of %(population)s records fail.",
                failing=format_people_number(self.env, self.failing_count),
                population=format_people_number(self.env, self.population),
            )
        if self.threshold and self.auto_verdict == "no":
            return self.env._(
                "%(value)s found, %(threshold)s wanted.",
                value=format_people_number(self.env, round(self.value)),
                threshold=format_people_number(self.env, round(self.threshold)),
            )
        return self.env._(
            "All of %(population)s hold.",
            population=format_people_number(self.env, self.population),
        )

    def _tell_note(self):
        """Say what the check misses: kept as a code, told to each reader."""
        if self.check_note.startswith(FAILED):
            error = self.check_note.removeprefix(FAILED)
            return self.env._("The check failed: %(error)s", error=error)
        missing = {
            "policy": self.env._("No dispute policy is in force."),
            "shipped": self.env._(
                "Only what came with the product is there, and nobody of the "
                "organization has made it their own."
            ),
            "authority": self.env["iso10003.policy"]._tell_authority_gap(),
            "sheets": self.env._(
                "No approved information sheet tells of some method that providers "
                "offer."
            ),
            "audit_programme": self.env._("No audit programme is running."),
            "starter_documents": self.env._("The starter documents are not installed."),
        }
        # answers that were frozen earlier kept the sentence
        return missing.get(self.check_note, self.check_note)

    def _describe_unchecked(self):
        if self.way == "awaited":
            return self.env._("No records of this are kept yet: answer it by hand.")
        return ""

    def _prepare_result_vals(self, result, moment):
        """Return what is kept of a ``Result``."""
        return {
            "auto_verdict": result.verdict,
            "value": result.value or 0.0,
            "threshold": result.threshold or 0.0,
            "target": self.requirement_id.target,
            "partly_from": self.requirement_id.partly_from,
            "population": result.population,
            "left_out": result.left_out,
            "failing_count": result.failing_count,
            "failing_model": result.failing_model or False,
            "failing_ids": list(result.failing_ids),
            "check_code": self.requirement_id.check,
            "check_note": result.note or False,
            "sample_seed": result.seed or False,
            "checked_at": moment,
        }

    def _find_departure(self, verdict, found=None):
        """Return how a person says better of it than the records, or nothing.

        A question that records answer is raised whether they were asked or not.

        :param found: what the records say; what is kept when not given
        """
        automatic = bool(self.requirement_id.check or self.check_code)
        found = self.auto_verdict if found is None else found
        return scoring.find_departure(verdict, found, automatic)

    def action_view_holding(self):
        """Show records that hold as they stand now, as far as the user may see them."""
        self.ensure_one()
        self.check_access("read")
        company = self.company_id or self.env.company
        holding = self.requirement_id._find_holding(company)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Hold today: %(question)s", question=self.requirement_id.name
            ),
            "res_model": holding._name,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", holding.ids)],
            "context": {"active_test": False, "create": False},
        }

    def action_view_failing(self):
        """Show the records that fail, as far as the user may see them."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._(
                "Failing: %(question)s", question=self.requirement_id.name
            ),
            "res_model": self.failing_model,
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "domain": [("id", "in", self.failing_ids or [])],
            "context": {"active_test": False, "create": False},
        }
