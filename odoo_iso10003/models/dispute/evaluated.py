# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain

from ...core.story import Source

GATE = "evaluation_submitted"
# the task of who evaluates
EVALUATE = "odoo_iso10003.activity_evaluate"


class Evaluated(models.AbstractModel):
    """A file whose merits are evaluated on a sheet (7.4.1)."""

    _name = "iso10003.evaluated"
    _description = "File with evaluation"

    evaluation_ids = fields.One2many(
        "iso10003.evaluation", "dispute_id", "Evaluations", readonly=True
    )

    def _get_story_sources(self):
        return super()._get_story_sources() | {
            "iso10003.evaluation": Source(
                self.env._("Evaluation"),
                Domain("dispute_id", "=", self.id)
                & Domain("submitted_date", "!=", False),
            )
        }

    def _find_evaluation(self):
        """Return the sheet that is submitted and was not replaced, if there is one."""
        sheets = self.sudo().evaluation_ids  # what holds of the file, whoever asks
        held = sheets.filtered(lambda sheet: sheet.state == "submitted")[:1]
        return held.with_env(self.env)

    def _asks_gate(self, code):
        """Whether the version of the file asks a gate of files on this track."""
        gates = self.env["iso10003.policy.gate"]
        return code in gates._get_asked_codes(self.policy_id.id, self.track)

    def _count_versions(self, model):
        """Return how many versions of a kind of paper the file has had, as numbered."""
        # a number is given once, whoever may read the others
        last = self.env[model].sudo().search([("dispute_id", "=", self.id)], limit=1)
        return last.version

    def _merges_sheets(self):
        """Whether evaluation and position are one sheet on the track of the file."""
        return self._get_track().merges

    def _is_evaluated_outside(self):
        """Whether somebody from outside evaluated it, by what is on record."""
        return bool(self._find_evaluation().sudo().outside_name)  # as above

    def _lacks_evaluation(self):
        """Whether a sheet is asked for, and none that holds is submitted."""
        return self._asks_gate(GATE) and not self._gate_evaluation_submitted()

    def _gate_evaluation_submitted(self):
        """A sheet is submitted, by who is the evaluator still, or from outside."""
        sheet = self._find_evaluation().sudo()  # as for all gates
        return bool(sheet) and (
            bool(sheet.outside_name) or sheet.author_id == self.evaluator_id
        )

    def _get_gate_actions(self):
        return {
            **super()._get_gate_actions(),
            GATE: (
                self.env._("Write the sheet"),
                "action_write_evaluation",
            ),
            **self._get_evaluator_action(),
        }

    def _get_evaluator_action(self):
        """While nobody is named, who has no part in it yet may evaluate it."""
        people = self.user_id | self.complaint_handler_id
        if self.evaluator_id or self.env.user in people:
            return {}
        return {
            "evaluator_independent": (
                self.env._("Evaluate it myself"),
                "action_take_evaluation",
            )
        }

    def action_take_evaluation(self):
        """Take the evaluation that nobody has, and open its sheet."""
        self.ensure_one()
        self.check_access("write")
        self._lock()
        self.invalidate_recordset(["evaluator_id"])
        if self.evaluator_id:
            raise self._refusal(
                self.env._(
                    "it is evaluated by %(person)s.",
                    # who evaluates, whoever leads the file may know
                    person=self.evaluator_id.sudo().name,
                )
            )
        self.write({"evaluator_id": self.env.uid})
        return self.action_write_evaluation()

    def action_write_evaluation(self):
        """Open the sheet that is being written, or a new version of it."""
        self.ensure_one()
        self.check_access("write")
        sheets = self.env["iso10003.evaluation"]
        draft = sheets.search(
            [("dispute_id", "=", self.id), ("state", "=", "draft")], limit=1
        )
        title = self.env._("Evaluation sheet")
        if draft:
            return {**self._open_dialog(sheets._name, title), "res_id": draft.id}
        taken_over = self._find_evaluation()._prepare_next()
        return self._open_dialog(
            sheets._name,
            title,
            default_dispute_id=self.id,
            **{f"default_{name}": value for name, value in taken_over.items()},
        )

    def _follow_evaluation(self, sheet):
        """Keep what a submitted sheet found, and let the file go on by it."""
        kept = {"findings": sheet._write_findings()}
        if sheet.severity != self.severity:
            kept["severity"] = sheet.severity
        self.write(kept)
        self.activity_feedback([EVALUATE])
        if self._merges_sheets() and self._wants_position():
            self._propose_position(sheet)
        self._lead_on()
