# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...core import scoring
from .mgmtsystem_audit import SEEN_BY

# the effect of an action is looked at after so many days
EFFECT_DAYS = 120
WHYS = ("why_1", "why_2", "why_3", "why_4", "why_5")


class MgmtsystemNonconformityLife(models.Model):
    """From correction to effect: how a finding on disputes comes to its end.

    Put right at once, its cause found by asking why, an action, and its effect: by a
    day and a figure, verified by somebody other than who is responsible (8.5;
    ISO 9001:2015, 10.2). Calling one off is such a decision too.
    """

    _inherit = "mgmtsystem.nonconformity"

    correction = fields.Text(
        groups=SEEN_BY, help="What was put right at once, before its cause is known."
    )
    why_1 = fields.Char("Why did it happen?", groups=SEEN_BY)
    why_2 = fields.Char("And why that?", groups=SEEN_BY)
    why_3 = fields.Char("Third why", groups=SEEN_BY)
    why_4 = fields.Char("Fourth why", groups=SEEN_BY)
    why_5 = fields.Char("Fifth why", groups=SEEN_BY)
    effect_due = fields.Date("Effect looked at on", groups=SEEN_BY)
    effect_figure = fields.Char(
        "Figure that shows it",
        groups=SEEN_BY,
        help="What is counted, such as late files in a quarter.",
    )
    effect_target = fields.Float(
        "Wanted", groups=SEEN_BY, aggregator=None, least=-1e12, most=1e12
    )
    effect_value = fields.Float(
        "Figure found", groups=SEEN_BY, aggregator=None, least=-1e12, most=1e12
    )
    effect_date = fields.Date("Found on", deed=True, groups=SEEN_BY)
    verified_by_id = fields.Many2one(
        "res.users",
        "Verified by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups=SEEN_BY,
        guarded=True,
    )
    verified_at = fields.Datetime(
        "Verified on", readonly=True, copy=False, groups=SEEN_BY, guarded=True
    )
    called_off_by_id = fields.Many2one(
        "res.users",
        "Called off by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        groups=SEEN_BY,
        guarded=True,
    )

    def write(self, vals):
        """Ask, before one on disputes ends, what shows that it may.

        After: another figure is verified anew, and who called it off is noted.
        """
        before = {found: found.state for found in self}
        result = super().write(vals)
        for found in self.filtered("of_disputes"):
            if found.state != before[found]:
                found._check_may_end()
        if {"effect_value", "effect_date", "effect_target"} & vals.keys():
            verified = self.filtered("verified_by_id")
            verified._guarded_write({"verified_by_id": False, "verified_at": False})
        return result

    def _check_may_end(self):
        if self.state == "done" and not self.verified_by_id:
            raise UserError(
                self.env._(
                    "%(ref)s is not verified: somebody other than who is responsible "
                    "looks at its effect first, and presses “Verify the effect”.",
                    ref=self.ref,
                )
            )
        if self.state == "cancel":
            if self.env.user == self.responsible_user_id:
                raise UserError(
                    self.env._(
                        "%(ref)s: somebody other than who is responsible decides that "
                        "nothing is done.",
                        ref=self.ref,
                    )
                )
            if not scoring.says_something(self.evaluation_comments):
                raise UserError(
                    self.env._(
                        "%(ref)s: say in a few words, in the comments on the "
                        "evaluation, why nothing is done. It stays listed.",
                        ref=self.ref,
                    )
                )
            self._guarded_write({"called_off_by_id": self.env.uid})

    def action_verify(self):
        """Say, as somebody else or as the auditor who found it, that it worked.

        :raises UserError: for who is responsible, and while something is missing
        """
        for found in self:
            found.check_access("write")
            if self.env.user in found.responsible_user_id | found.action_ids.user_id:
                raise UserError(
                    self.env._(
                        "%(ref)s: nobody verifies what they put right themselves.",
                        ref=found.ref,
                    )
                )
            if missing := found._list_missing():
                raise UserError(
                    self.env._(
                        "%(ref)s cannot be verified yet:",
                        ref=found.ref,
                    )
                    + "".join(f"\n• {one}" for one in missing)
                )
            found._guarded_write(
                {"verified_by_id": self.env.uid, "verified_at": fields.Datetime.now()}
            )
        return True

    def _list_missing(self):
        """Return, in words, what there has to be before the effect is verified."""
        missing = []
        if not scoring.says_something(self.correction):
            missing.append(self.env._("the correction: what was put right at once"))
        if not (self.cause_ids or self.analysis or self._counts_whys() > 1):
            missing.append(self.env._("the cause: ask why at least twice"))
        if not (self.action_ids | self.immediate_action_id):
            missing.append(self.env._("an action against the cause"))
        if not (self.effect_date and self.effect_figure):
            missing.append(self.env._("the effect: a figure, and the day it was found"))
        return missing

    def _counts_whys(self):
        return len([name for name in WHYS if (self[name] or "").strip()])

    def _note_effect(self, before, after, day):
        """Take over what was found of an issue; it is verified here as any other."""
        for found in self:
            vals = {"effect_target": before, "effect_value": after, "effect_date": day}
            if not found.effect_figure:
                vals["effect_figure"] = found.env._("Files a month")
            found.write(vals)
        return super()._note_effect(before, after, day)

    @api.model
    def _prepare_from_line(self, line):
        return {
            **super()._prepare_from_line(line),
            "effect_due": self._get_effect_day(),
        }

    @api.model
    def _get_effect_day(self):
        """Return when the effect is looked at, until somebody sets another day."""
        return fields.Date.add(fields.Date.context_today(self), days=EFFECT_DAYS)
