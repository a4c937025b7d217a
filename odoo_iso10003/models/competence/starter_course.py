# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from .role import PROPOSED, ROLES

EVERYBODY = ("everybody", "Everybody")


class StarterCourse(models.Model):
    """A course to begin with: one for each role, and one that everybody attends.

    ISO 10003:2018, 4.10 and annex G; ISO 9001:2015, 7.2 and 7.3, and of its edition of
    2026 the awareness of ethical conduct and of a culture of quality. A company adds
    them to its own courses, where they are adapted.
    """

    _name = "iso10003.starter.course"
    _description = "Starter course"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    code = fields.Selection([*ROLES, EVERYBODY], "For", required=True)
    aims = fields.Text(translate=True)
    content = fields.Html(translate=True, prefetch=False)
    trainer_requirements = fields.Text("Who may teach it", translate=True)
    duration = fields.Float("Duration (hours)", default=4, least=0, most=1000)
    pass_mark = fields.Float("Pass mark (%)", least=0, most=100)
    validity_months = fields.Integer("Valid for (months)", least=0, most=600)
    evaluation_days = fields.Integer("Effectiveness after (days)", least=0, most=3650)
    course_ids = fields.One2many("iso10003.course", "starter_id", "Courses")
    is_added = fields.Boolean("Added", compute="_compute_is_added")

    @api.depends("course_ids.company_id")
    @api.depends_context("company")
    def _compute_is_added(self):
        added = self._find_courses(self.env.company).starter_id
        for starter in self:
            starter.is_added = starter in added

    def _find_courses(self, company):
        """Return the courses of a company that began as these, archived ones too."""
        courses = self.env["iso10003.course"].with_context(active_test=False)
        return courses.search(
            [("starter_id", "in", self.ids), ("company_id", "=", company.id)]
        )

    def action_add(self):
        """Add these courses to those of the company, each once."""
        courses = self.env["iso10003.course"]
        if not courses.has_access("create"):
            raise AccessError(
                self.env._("An HR officer or a dispute manager adds courses.")
            )
        added = self._find_courses(self.env.company).starter_id
        for starter in self - added:
            starter._add_course()
        return self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.course_action"
        )

    @api.model
    def action_add_all(self):
        # a handful, shipped with the product
        return self.search([]).action_add()  # pylint: disable=no-search-all

    def _add_course(self):
        """Make the course, in all languages that the starter is written in."""
        source = self.with_context(lang="en_US")
        course = source.env["iso10003.course"].create(source._prepare_course_vals())
        course._guarded_write({"starter_id": self.id})
        for name in ("name", "aims", "trainer_requirements", "content"):
            course.update_field_translations(name, self._read_translations(name))
        return course

    def _read_translations(self, name):
        """Return ``{lang: words}`` of a field; of HTML, term by term."""
        terms = callable(self._fields[name].translate)
        translations = {}
        for row in self.get_field_translations(name)[0]:
            if row["lang"] == "en_US" or not row["value"]:
                continue
            if terms:
                words = translations.setdefault(row["lang"], {})
                words[row["source"]] = row["value"]
            else:
                translations[row["lang"]] = row["value"]
        return translations

    def _prepare_course_vals(self):
        skill, level = PROPOSED.get(self.code, (None, None))
        return {
            "company_id": self.env.company.id,
            "name": self.name,
            "aims": self.aims,
            "content": self.content,
            "trainer_requirements": self.trainer_requirements,
            "duration": self.duration,
            "pass_mark": self.pass_mark,
            "validity_months": self.validity_months,
            "evaluation_days": self.evaluation_days,
            "skill_id": self._find_shipped(skill),
            "level_id": self._find_shipped(level),
        }

    def _find_shipped(self, name):
        """Return what ships under a name, unless somebody deleted it."""
        found = name and self.env.ref(f"odoo_iso10003.{name}", raise_if_not_found=False)
        return found.id if found else False
