# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class DeadlineRuleLetters(models.Model):
    """On which kind of file a rule counts, and so which letters it may send."""

    _inherit = "iso10003.deadline.rule"

    def _get_file_kinds(self):
        """Return the models of the files on which this rule can count.

        Its events say so. A date given by hand may be one of any file.
        """
        self.ensure_one()
        starts = {limit.start_event for limit in self.part_ids or self}
        return (
            self._find_file_kinds(starts)
            or self._find_file_kinds({self.end_event})
            or set(self.env["iso10003.file"]._get_kinds())
        )

    @api.model
    def _find_file_kinds(self, events):
        """Return the kinds of file on which one of these events happens."""
        return {
            kind
            for kind in self.env["iso10003.file"]._get_kinds()
            if events & self.env[kind]._get_deadline_events().keys()
        }

    @api.model
    def _tell_kinds(self, kinds):
        """Return what the reader calls these kinds of file."""
        # what a kind of file is called is no secret
        models_ = self.env["ir.model"].sudo()
        return ", ".join(sorted(models_._get(kind).name for kind in kinds))

    @api.constrains("template_id", "start_event", "end_event", "part_ids", "combine")
    def _check_letters(self):
        """A letter is made for the kind of file on which the rule counts."""
        for rule in self:
            # which model a letter is for is no secret
            letter, kinds = rule.template_id.sudo(), rule._get_file_kinds()
            if letter and letter.model not in kinds:
                raise rule._refusal(
                    self.env._(
                        "the letter “%(letter)s” is not made for the kind of file on "
                        "which it counts (%(kinds)s).",
                        letter=letter.name,
                        kinds=self._tell_kinds(kinds),
                    )
                )
            rule.escalation_ids._check_template()
