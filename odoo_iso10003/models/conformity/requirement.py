# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class RequirementSet(models.Model):
    """The questions of one edition. A new edition is a new set."""

    _name = "iso10003.requirement.set"
    _description = "Set of audit questions"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    requirement_ids = fields.One2many(
        "iso10003.requirement", "set_id", "Questions", copy=True
    )
    requirement_count = fields.Integer(
        "Number of questions", compute="_compute_requirement_count"
    )

    def _compute_requirement_count(self):
        counts = dict(
            self.env["iso10003.requirement"]._read_group(
                [("set_id", "in", self.ids)], ["set_id"], ["__count"]
            )
        )
        for questions in self:
            questions.requirement_count = counts.get(questions, 0)

    @api.model
    def _get_present(self):
        """Return the set that applies now.

        :raises UserError: when there is none
        """
        present = self.search([("requirement_ids", "!=", False)], limit=1)
        if not present:
            raise UserError(
                self.env._(
                    "There is no set of audit questions with questions in it. Make "
                    "one under Helpdesk ▸ Disputes ▸ Rules ▸ Sets of questions."
                )
            )
        return present

    def action_view_requirements(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "iso10003.requirement",
            "view_mode": "list,form",
            "domain": [("set_id", "=", self.id)],
            "context": {"default_set_id": self.id},
        }


class Requirement(models.Model):
    """A question an auditor asks, in our own words, and where the answer is looked for.

    An automatic question names a model and a code: the method ``_check_<code>`` of
    the model answers it, see ``requirement_checks.py``. What the product keeps no
    records of yet is answered by people and says so.
    """

    _name = "iso10003.requirement"
    _description = "Audit question"
    _order = "set_id, sequence, id"
    _rec_names_search = ["code", "name"]

    # what a question says once an assessment was frozen with it
    _frozen_fields = frozenset({"set_id", "code", "name", "clause_id"})

    set_id = fields.Many2one(
        "iso10003.requirement.set",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env["iso10003.requirement.set"].search([], limit=1),
    )
    code = fields.Char("No.", required=True, copy=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Question", required=True, translate=True)
    clause_id = fields.Many2one(
        "iso10003.clause", required=True, index=True, ondelete="restrict"
    )
    standard = fields.Char(related="clause_id.standard", store=True)
    edition = fields.Char(related="clause_id.edition", store=True)
    evidence_kind = fields.Selection(
        [
            ("document", "Controlled document"),
            ("record", "Record"),
            ("system", "Computed from records"),
            ("interview", "Interview"),
            ("observation", "Observation"),
        ],
        "Evidence",
        required=True,
        default="record",
        help="Where the answer is looked for.",
    )
    weight = fields.Float(default=1.0, help="How much it counts in its clause.")
    hard = fields.Boolean(
        help="While it does not hold in full, its clause scores one half at most."
    )
    prerequisite = fields.Boolean(
        help="About certificates held before. Told in the profile “ISO text”, where it "
        "does not count; blocks in the profile “Registrar”."
    )
    check_model = fields.Char(
        "Model of the check", help="The model whose records answer the question."
    )
    check = fields.Char(
        help="Names the method _check_<code> of the model. Empty: by hand."
    )
    awaited = fields.Boolean(
        "Records to come",
        help="The product could answer it, but keeps no such records yet.",
    )
    way = fields.Selection(
        [
            ("automatic", "From records"),
            ("manual", "By hand"),
            ("awaited", "By hand, until there are records"),
        ],
        "Answered",
        compute="_compute_way",
        store=True,
    )
    target = fields.Float(
        "Holds from (%)",
        default=100.0,
        help="So many percent of the records have to hold for “yes”.",
    )
    partly_from = fields.Float(
        "Holds in part from (%)",
        default=80.0,
        help="Below it the answer is “no”.",
    )

    _code_unique = models.UniqueIndex(
        "(set_id, code)", "A set has each question number once."
    )
    _weight_positive = models.Constraint(
        "CHECK (weight > 0)", "The weight of a question is more than zero."
    )
    _target_percent = models.Constraint(
        "CHECK (partly_from >= 0 AND partly_from <= target AND target <= 100)",
        "Give percentages from 0 to 100, and “in part” not above “holds”.",
    )
    _check_complete = models.Constraint(
        'CHECK (("check" IS NULL) = (check_model IS NULL))',
        "A check has a model and a code.",
    )

    @api.depends("check", "awaited")
    def _compute_way(self):
        for requirement in self:
            if requirement.check:
                requirement.way = "automatic"
            else:
                requirement.way = "awaited" if requirement.awaited else "manual"

    @api.depends("code", "name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for requirement in self:
            requirement.display_name = f"{requirement.code}. {requirement.name or ''}"

    @api.constrains("check", "check_model")
    def _check_check(self):
        for requirement in self.filtered("check"):
            model = self.env.get(requirement.check_model)
            if model is None or not hasattr(model, f"_check_{requirement.check}"):
                raise ValidationError(
                    self.env._(
                        "Question %(code)s: the model “%(model)s” has no check "
                        "“%(check)s”. Choose the code of an existing check.",
                        code=requirement.code,
                        model=requirement.check_model,
                        check=requirement.check,
                    )
                )

    # ------------------------------------------------------------
    # What was asked stays as it was asked
    # ------------------------------------------------------------

    def write(self, vals):
        if self._frozen_fields & vals.keys():
            self._check_not_asked()
        return super().write(vals)

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        if field_name in self._frozen_fields:
            self._check_not_asked()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_asked(self):
        self._check_not_asked()

    def _check_not_asked(self):
        # whether it was asked in any company counts, whoever may read the answers
        answers = self.env["iso10003.assessment.line"].sudo()
        asked = answers.search(
            [("requirement_id", "in", self.ids), ("assessment_id.state", "=", "done")],
            limit=1,
        )
        if asked:
            raise UserError(
                self.env._(
                    "Question %(code)s was answered in %(assessment)s and keeps its "
                    "words and clause. Duplicate the set to change it.",
                    code=asked.requirement_id.code,
                    assessment=asked.assessment_id.name,
                )
            )
