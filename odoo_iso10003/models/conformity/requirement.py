# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ..mixin.configuration import OWN, REPLACES
from ..mixin.people_date import format_people_number


class RequirementSet(models.Model):
    """The questions of one edition. A new edition is a new set.

    Two editions stand side by side until the day of change: the new one says from when
    it applies, the former one until when. What is written from a draft is marked so,
    and is never chosen by itself.
    """

    _name = "iso10003.requirement.set"
    _description = "Set of audit questions"
    _inherit = ["iso10003.configuration"]
    _order = "sequence, id"

    replaces_id = fields.Many2one("iso10003.requirement.set", **REPLACES)
    own_ids = fields.One2many("iso10003.requirement.set", "replaces_id", **OWN)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, decides=True)
    active = fields.Boolean(default=True, decides=True)
    standard = fields.Char(default="ISO 10003", help="Such as ISO 10003.")
    edition = fields.Char(default="2018", help="The year, such as 2018.")
    is_draft = fields.Boolean(
        "From a draft",
        decides=True,
        help="Written before somebody held the published text. It can be chosen, and "
        "is never chosen by itself.",
    )
    basis = fields.Text(
        "Written from", translate=True, help="Which text it rests on, and of when."
    )
    former_id = fields.Many2one(
        "iso10003.requirement.set",
        "Edition before",
        index="btree_not_null",
        ondelete="set null",
    )
    applies_from = fields.Date(
        "Applies from", decides=True, help="The date of change. Empty: at any time."
    )
    applies_to = fields.Date(
        "Applies until", decides=True, help="The last day. Empty: until further notice."
    )
    requirement_ids = fields.One2many("iso10003.requirement", "set_id", "Questions")
    requirement_count = fields.Integer(
        "Number of questions", compute="_compute_requirement_count"
    )

    def _compute_requirement_count(self):
        questions = self.env["iso10003.requirement"]
        counts = dict(
            questions._read_group(
                questions._get_effective_domain(self.env.company)
                & Domain("set_id", "in", self.ids),
                ["set_id"],
                ["__count"],
            )
        )
        for requirements in self:
            requirements.requirement_count = counts.get(requirements, 0)

    _applies_in_order = models.Constraint(
        "CHECK (applies_to >= applies_from)",
        "A set cannot end to apply before it begins.",
    )

    @api.depends("name", "is_draft")
    @api.depends_context("lang")
    def _compute_display_name(self):
        """Say of a draft that it is one, wherever it is chosen or printed."""
        for questions in self:
            questions.display_name = (
                self.env._("%(set)s (from a draft)", set=questions.name)
                if questions.is_draft
                else questions.name
            )

    @api.model
    def _get_present(self):
        """Return the set that applies today.

        :raises UserError: when there is none
        """
        today = fields.Date.context_today(self)
        present = self._get_effective(
            self.env.company,
            Domain("requirement_ids", "!=", False)
            & Domain("is_draft", "=", False)
            & (Domain("applies_from", "=", False) | Domain("applies_from", "<=", today))
            & (Domain("applies_to", "=", False) | Domain("applies_to", ">=", today)),
        )[:1]
        if not present:
            raise UserError(
                self.env._(
                    "There is no set of audit questions with questions in it. Make "
                    "one under Helpdesk ▸ Disputes ▸ Rules ▸ Sets of questions."
                )
            )
        return present

    def _get_questions(self, company):
        """Return the questions of these sets that hold in a company."""
        return self.env["iso10003.requirement"]._get_effective(
            company, [("set_id", "in", self.ids)]
        )

    def _get_shipped(self):
        """Return the questions that ship, which those of a set are compared with.

        Of the set that it stands for; of one of an organization's own making, those on
        the same edition, and else those on ISO 10003.
        """
        shipped = (self | self.replaces_id).filtered(lambda one: not one.company_id)
        shipped = shipped or self.search(
            [
                ("company_id", "=", False),
                ("standard", "=", self.standard),
                ("edition", "=", self.edition),
            ],
            limit=1,
        )
        shipped = shipped or self.env.ref("odoo_iso10003.requirement_set_2018")
        return shipped.requirement_ids.filtered(lambda one: not one.company_id)

    def copy(self, default=None):
        copies = super().copy(default)
        for questions, copied in zip(self, copies, strict=True):
            held = questions._get_questions(copied.company_id or self.env.company)
            held.copy({"set_id": copied.id, "company_id": copied.company_id.id})
        return copies

    def action_view_requirements(self):
        self.ensure_one()
        held = self.env["iso10003.requirement"]._get_effective_domain(self.env.company)
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "iso10003.requirement",
            "view_mode": "list,form",
            "domain": list(held & Domain("set_id", "=", self.id)),
            "context": {"default_set_id": self.id},
        }


class Requirement(models.Model):
    """A question an auditor asks, in our own words, and where the answer is looked for.

    An automatic question names a model and a code: the method ``_audit_<code>`` of
    the model answers it, see ``requirement_checks.py``. What the product keeps no
    records of yet is answered by people and says so.
    """

    _name = "iso10003.requirement"
    _description = "Audit question"
    _inherit = ["iso10003.configuration"]
    _order = "set_id, sequence, id"
    _own_key = ("set_id", "code")
    _rec_names_search = ["code", "name"]

    # what a question says once an assessment was frozen with it
    _frozen_fields = frozenset({"set_id", "code", "name", "clause_id"})

    replaces_id = fields.Many2one("iso10003.requirement", **REPLACES)
    own_ids = fields.One2many("iso10003.requirement", "replaces_id", **OWN)
    set_id = fields.Many2one(
        "iso10003.requirement.set",
        required=True,
        decides=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env["iso10003.requirement.set"].search([], limit=1),
    )
    code = fields.Char("No.", required=True, copy=True, decides=True)
    sequence = fields.Integer(default=10)
    name = fields.Char("Question", required=True, translate=True)
    clause_id = fields.Many2one(
        "iso10003.clause",
        required=True,
        index=True,
        ondelete="restrict",
        decides=True,
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
    looks_at = fields.Text(
        "What to look at",
        translate=True,
        help="By hand: the documents, files and people to see. From records: which "
        "records are looked at, and what is asked of them.",
    )
    blind_to = fields.Text(
        "What it cannot see",
        translate=True,
        help="What records do not show, and somebody has to look at.",
    )
    weight = fields.Float(
        default=1.0,
        decides=True,
        help="How much it counts in its clause.",
        least=0,
        most=1000,
    )
    hard = fields.Boolean(
        decides=True,
        help="While it does not hold in full, its clause scores one half at most.",
    )
    prerequisite = fields.Boolean(
        decides=True,
        help="About certificates held before. Told in the profile “ISO text”, where it "
        "does not count; blocks in the profile “Registrar”.",
    )
    check_model = fields.Char(
        "Model of the check",
        decides=True,
        help="The model whose records answer the question.",
    )
    check = fields.Char(
        decides=True,
        help="Names the method _audit_<code> of the model. Empty: by hand.",
    )
    awaited = fields.Boolean(
        "Records to come",
        decides=True,
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
        decides=True,
        help="So many percent of the records have to hold for “yes”.",
        least=0,
        most=100,
    )
    partly_from = fields.Float(
        "Holds in part from (%)",
        default=80.0,
        decides=True,
        help="Below it the answer is “no”.",
        least=0,
        most=100,
    )

    _code_unique = models.UniqueIndex(
        "(set_id, COALESCE(company_id, 0), code)",
        "A set has each question number once.",
    )
    _weight_positive = models.Constraint(
        "CHECK (weight > 0)", "The weight of a question is more than zero."
    )
    _target_percent = models.Constraint(
        "CHECK (partly_from > 0 AND partly_from <= target AND target <= 100)",
        "Give percentages above 0, up to 100, and “in part” not above “holds”.",
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
            code = format_people_number(self.env, requirement.code)
            requirement.display_name = f"{code}. {requirement.name or ''}"

    @api.constrains("check", "check_model")
    def _check_check(self):
        for requirement in self.filtered("check"):
            model = self.env.get(requirement.check_model)
            if model is None or not hasattr(model, f"_audit_{requirement.check}"):
                raise ValidationError(
                    self.env._(
                        "Question %(code)s: the model “%(model)s” has no check "
                        "“%(check)s”. Choose the code of an existing check.",
                        code=format_people_number(self.env, requirement.code),
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
                    code=format_people_number(self.env, asked.requirement_id.code),
                    assessment=asked.assessment_id.name,
                )
            )
