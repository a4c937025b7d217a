# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ...core import advisor
from ..mixin.checks import Answer
from ..mixin.configuration import OWN, REPLACES
from ..mixin.people_date import format_people_number

KINDS = [
    ("facilitative", "Facilitative"),
    ("advisory", "Advisory"),
    ("determinative", "Determinative"),
]


class Method(models.Model):
    """A way to resolve a dispute outside: how it ends, whom that binds, who pays.

    ISO 10003:2018, annexes A and E.
    """

    _name = "iso10003.method"
    _description = "Method of dispute resolution"
    _inherit = ["iso10003.configuration"]
    _order = "sequence, id"

    replaces_id = fields.Many2one("iso10003.method", **REPLACES)
    own_ids = fields.One2many("iso10003.method", "replaces_id", **OWN)
    name = fields.Char(required=True, translate=True)
    description = fields.Char(
        translate=True, help="What happens, in the words a complainant is told."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, decides=True)
    kind = fields.Selection(
        KINDS,
        required=True,
        decides=True,
        help="With help to agree, with a recommendation, or with a decision (annex A).",
    )
    binding = fields.Selection(
        [
            ("agreement", "Both sides, by what they agree"),
            ("nobody", "Nobody"),
            ("organization", "The organization"),
            ("acceptance", "Both, once the complainant accepts"),
            ("both", "Both sides"),
        ],
        "Binds",
        required=True,
        decides=True,
        help="Whom its result binds; rules of a provider or a law may say more.",
    )
    payer = fields.Selection(
        [
            ("organization", "The organization"),
            ("shared", "Both sides"),
            ("complainant", "The complainant"),
            ("nobody", "Nobody: it is free"),
        ],
        "Who pays",
        required=True,
        default="organization",
        decides=True,
    )
    days = fields.Integer(
        "Usual duration (days)",
        decides=True,
        least=0,
        most=3650,
        help="So many calendar days it usually takes. Zero: nobody knows.",
    )
    beginner = fields.Selection(
        [
            ("either", "Either side"),
            ("complainant", "The complainant only"),
            ("together", "Both sides together"),
        ],
        "Who may begin it",
        required=True,
        default="either",
        decides=True,
        help="What a company may begin by itself, and what only with or by the "
        "complainant; a law or the rules of a provider may say more.",
    )
    before_ids = fields.Many2many(
        "iso10003.method",
        "iso10003_method_order_rel",
        "method_id",
        "before_id",
        "May follow",
        decides=True,
        ondelete="restrict",
        help="After which methods it may be used, where they brought no result. Empty: "
        "after any.",
    )

    # how well it suits where a criterion weighs, from -5 to 5: the advisor's table
    points_amount = fields.Integer("Amount", decides=True, least=-5, most=5)
    points_relationship = fields.Integer("Relationship", decides=True, least=-5, most=5)
    points_urgency = fields.Integer("Urgency", decides=True, least=-5, most=5)
    points_evidence = fields.Integer("Evidence", decides=True, least=-5, most=5)
    points_finding = fields.Integer("Finding", decides=True, least=-5, most=5)
    points_border = fields.Integer("Across borders", decides=True, least=-5, most=5)
    points_enforcing = fields.Integer("Enforcing", decides=True, least=-5, most=5)
    points_people = fields.Integer("People affected", decides=True, least=-5, most=5)

    _name_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), name)", "There is a method of this name."
    )
    _points_in_range = models.Constraint(
        "CHECK (GREATEST(points_amount, points_relationship, points_urgency, "
        "points_evidence, points_finding, points_border, points_enforcing, "
        "points_people) <= 5 AND LEAST(points_amount, points_relationship, "
        "points_urgency, points_evidence, points_finding, points_border, "
        "points_enforcing, points_people) >= -5)",
        "Points go from -5 to 5.",
    )
    _duration_not_negative = models.Constraint(
        "CHECK (days >= 0)", "The usual duration of a method cannot be negative."
    )

    def copy_data(self, default=None):
        """Give a copy a name of its own, but one that stands in for what ships."""
        vals_list = super().copy_data(default)
        if {"name", "replaces_id"} & (default or {}).keys():
            return vals_list
        for method, vals in zip(self, vals_list, strict=True):
            vals["name"] = self.env._("%(name)s (copy)", name=method.name)
        return vals_list

    # ------------------------------------------------------------
    # Where it suits
    # ------------------------------------------------------------

    def _may_follow(self, method):
        """Return whether it may come after a method, or first where there is none."""
        return not self.before_ids or method in self.before_ids

    def _get_points(self):
        """Return ``{criterion: points}``, as ``core/advisor.py`` has it."""
        self.ensure_one()
        return {name: self[f"points_{name}"] for name in advisor.CRITERIA}

    def _tell_advice(self, advice):
        """Say in words what speaks for this method, and what against it."""
        told = [
            self.env._("for it: %(reasons)s", reasons=self._tell(advice.speaks_for)),
            self.env._(
                "against it: %(reasons)s", reasons=self._tell(advice.speaks_against)
            ),
        ]
        reasons = (advice.speaks_for, advice.speaks_against)
        said = "; ".join(
            words for words, codes in zip(told, reasons, strict=True) if codes
        )
        return (
            self.env._(
                "%(method)s, %(points)s points. %(reasons)s",
                method=self.name,
                points=format_people_number(self.env, advice.points),
                reasons=said,
            ).strip()
            + self._tell_terms()
        )

    def _tell_terms(self):
        """Say in words who may begin it, and what comes before it."""
        beginner = {
            "complainant": self.env._("Only the complainant may begin it."),
            "together": self.env._("Both sides begin it together."),
        }.get(self.beginner)
        told = [beginner] if beginner else []
        if self.before_ids:
            told.append(
                self.env._(
                    "It follows after: %(methods)s.",
                    methods=", ".join(self.before_ids.mapped("name")),
                )
            )
        return "".join(f" {sentence}" for sentence in told)

    def _tell(self, criteria):
        labels = self.fields_get([f"points_{name}" for name in criteria], ["string"])
        return ", ".join(labels[f"points_{name}"]["string"] for name in criteria)

    def _audit_methods_defined(self, company):
        """51: is there a catalogue that says how far each method binds?

        One of each kind is wanted: who has one way only, chooses none.
        """
        methods = self._get_effective(company)
        kinds = set(methods.mapped("kind"))
        return Answer(
            len(methods), value=float(len(kinds)), threshold=float(len(KINDS))
        )
