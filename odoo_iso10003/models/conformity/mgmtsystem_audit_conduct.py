# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core import scoring
from ..mixin.people_date import format_people_date
from .audit_programme import METHODS
from .mgmtsystem_audit import SEEN_BY


class MgmtsystemAuditConduct(models.Model):
    """How an audit is prepared, held and reported (ISO 19011, clause 6).

    What an auditor's report tells beside questions and answers: what for and against
    what, where and by which means, with whom, what stood in the way, what it comes to.
    """

    _inherit = "mgmtsystem.audit"

    # ------------------------------------------------------------
    # Prepared
    # ------------------------------------------------------------

    objective = fields.Text("Objective of the audit", groups=SEEN_BY)
    criteria = fields.Text(
        groups=SEEN_BY,
        help="What is audited against: standards with editions, laws, contracts.",
    )
    criteria_ids = fields.Many2many(
        "document.page",
        "iso10003_audit_criteria_rel",
        "audit_id",
        "page_id",
        "Documents audited against",
        groups=SEEN_BY,
    )
    scope = fields.Text(
        "Scope of the audit",
        groups=SEEN_BY,
        help="Places, units, activities and the time that is looked at.",
    )
    method = fields.Selection(METHODS, "How it is held", groups=SEEN_BY)
    place = fields.Char("Place of the audit", groups=SEEN_BY)
    virtual_place = fields.Char(
        "Virtual place",
        groups=SEEN_BY,
        help="Platform and address, where people are audited from afar.",
    )
    feasibility = fields.Text(
        "Feasibility and risks of remote work",
        groups=SEEN_BY,
        help="Connection, access, who may see what, and what is done if it fails.",
    )
    recordings = fields.Text(
        "Recordings: consent and keeping",
        groups=SEEN_BY,
        help="Who agreed to what being recorded, where it is kept and until when.",
    )
    observers = fields.Char(groups=SEEN_BY)
    outside_auditors = fields.Text(
        "Auditors from outside",
        groups=SEEN_BY,
        help="Who audits without an account here: name, organization, qualification, "
        "and that they have no part in what is audited.",
    )
    experts = fields.Char("Technical experts", groups=SEEN_BY)
    activity_part_ids = fields.One2many(
        "iso10003.audit.activity", "audit_id", "Parts of the audit", groups=SEEN_BY
    )

    # ------------------------------------------------------------
    # Held
    # ------------------------------------------------------------

    began_on = fields.Date("Began on", copy=False, deed=True, groups=SEEN_BY)
    ended_on = fields.Date("Ended on", copy=False, deed=True, groups=SEEN_BY)
    opening_meeting = fields.Datetime(copy=False, deed=True, groups=SEEN_BY)
    closing_meeting = fields.Datetime(copy=False, deed=True, groups=SEEN_BY)
    interviewed = fields.Text("Persons interviewed", copy=False, groups=SEEN_BY)
    obstacles = fields.Text(
        "Obstacles and limits",
        copy=False,
        groups=SEEN_BY,
        help="What could not be seen, and how far the sample can be relied on.",
    )

    # ------------------------------------------------------------
    # Reported
    # ------------------------------------------------------------

    conclusion = fields.Text("Conclusion of the audit", copy=False, groups=SEEN_BY)
    objectives_met = fields.Selection(
        [
            ("yes", "Achieved"),
            ("partly", "Achieved in part"),
            ("no", "Not achieved"),
        ],
        "Objectives of the audit",
        copy=False,
        groups=SEEN_BY,
        help="Whether the audit came to what it was for, within its scope and as "
        "planned (ISO 19011, 6.5).",
    )
    objectives_gap = fields.Text(
        "What was not achieved, and why", copy=False, groups=SEEN_BY
    )
    implications = fields.Text(
        "What follows for the programme",
        copy=False,
        groups=SEEN_BY,
        help="What later audits, or the programme itself, should do otherwise.",
    )
    opportunities = fields.Text(
        "Opportunities for improvement", copy=False, groups=SEEN_BY
    )
    good_practice = fields.Text(copy=False, groups=SEEN_BY)
    diverging = fields.Text(
        "Diverging opinions",
        copy=False,
        groups=SEEN_BY,
        help="What auditors and audited could not agree on.",
    )
    distribution = fields.Text(
        "Distribution and confidentiality", copy=False, groups=SEEN_BY
    )

    @api.constrains("began_on", "ended_on")
    def _check_days_in_order(self):
        for audit in self.filtered(lambda audit: audit.began_on and audit.ended_on):
            if audit.ended_on < audit.began_on:
                raise ValidationError(
                    self.env._(
                        "Audit “%(audit)s” cannot end on %(end)s, before it began on "
                        "%(begin)s.",
                        audit=audit.name or audit.reference,
                        end=format_people_date(self.env, audit.ended_on),
                        begin=format_people_date(self.env, audit.began_on),
                    )
                )

    def _get_held_day(self):
        """Return the day on which it was held; of older audits, when it was closed."""
        self.ensure_one()
        return self.ended_on or (self.closing_date and self.closing_date.date())

    def _note_held(self):
        """Whoever closes an audit and gave no days held it until today."""
        for audit in self.filtered(lambda audit: not audit.ended_on):
            today = fields.Date.context_today(audit)
            begun = audit.began_on or min(
                audit.date.date() if audit.date else today, today
            )
            audit.write({"ended_on": today, "began_on": begun})

    def _list_open_ends(self):
        """The report says what the audit comes to."""
        problems = super()._list_open_ends()
        if not (self.conclusion or "").strip():
            problems.append(self.env._("no conclusion: say what the audit comes to"))
        fell_short = self.objectives_met in ("partly", "no")
        if fell_short and not scoring.says_something(self.objectives_gap):
            problems.append(
                self.env._(
                    "its objectives were not achieved in full: say what is missing, "
                    "and why"
                )
            )
        return problems
