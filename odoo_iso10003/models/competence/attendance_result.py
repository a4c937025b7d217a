# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import split_every

from ..mixin.people_date import format_people_date

# hr_skills compares the new certifications of one create with the present ones in
# one query, which grows with the square of their number
GRANTED_AT_ONCE = 250


class AttendanceResult(models.Model):
    """Passed or failed, and the certification that comes of it.

    Of an exam on line the score is noted, and no certification begins before it.
    """

    _inherit = "iso10003.training.attendance"

    result = fields.Selection(
        [("passed", "Passed"), ("failed", "Failed")],
        readonly=True,
        copy=False,
        index="btree_not_null",
        guarded=True,
    )
    result_date = fields.Date("Result of", readonly=True, copy=False, guarded=True)
    valid_from = fields.Date("Valid from", readonly=True, copy=False, guarded=True)
    valid_to = fields.Date(
        "Valid until",
        readonly=True,
        copy=False,
        help="The last day of the certification.",
        guarded=True,
    )
    # the certification itself, where hr_skills keeps it
    employee_skill_id = fields.Many2one(
        "hr.employee.skill",
        "Certification",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        guarded=True,
    )
    contact_certification_id = fields.Many2one(
        "iso10003.contact.certification",
        "Certification of the contact",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        guarded=True,
    )
    certificate_number = fields.Char(
        "Certificate no.", compute="_compute_certificate_number"
    )
    # where and when somebody takes an exam on line
    exam_date = fields.Date("Exam on", readonly=True, copy=False, guarded=True)
    exam_url = fields.Char(related="training_id.exam_url")

    @api.depends("training_id.name")
    def _compute_certificate_number(self):
        for row in self:
            row.certificate_number = f"{row.training_id.name or ''}-{row.id or ''}"

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    def _record_results(self):
        """Judge those who attended and have no result, and certify who passed."""
        judged = self.filtered(lambda row: row.state == "attended" and not row.result)
        # nobody certifies oneself: one's own waits for somebody else to record it
        own = judged.filtered(lambda row: self.env.user in row._get_users())
        if judged == own:
            own._check_certifies_others()
        judged -= own
        judged._check_scored()
        for (training, day, result), rows in judged.grouped(
            lambda row: (row.training_id, row._get_day(), row._judge())
        ).items():
            rows._guarded_write(self._prepare_result_vals(training, day, result))
        judged.filtered(lambda row: row.result == "passed")._grant()
        return judged

    def _check_certifies_others(self):
        self.env["iso10003.segregated"]._refuse_own("certifier_self", self._get_users())

    def _judge(self):
        return "passed" if self.course_id._is_passed(self.score) else "failed"

    def _check_scored(self):
        for row in self:
            if row.course_id.pass_mark and not row.score and not row.reason:
                raise UserError(
                    self.env._(
                        "%(person)s attended %(session)s and has no score yet. Enter "
                        "it; if it is zero, say why in “Reason”.",
                        person=row.person_name,
                        session=row.training_id.name,
                    )
                )

    def _take_exam_score(self, answer):
        """Note the score of a finished exam: who took it was there."""
        self.ensure_one()
        day = self.training_id._to_day(answer.end_datetime)
        vals = {"state": "attended", "score": answer.scoring_percentage}
        if not answer.scoring_percentage and not self.reason:
            vals["reason"] = self.env._(
                "Nothing right in the exam of %(day)s",
                day=format_people_date(self.env, day, "short"),
            )
        self.write(vals)
        self._guarded_write({"exam_date": day})

    def _get_day(self):
        """Return the day on which the person finished the course."""
        self.ensure_one()
        day = self.training_id._get_day()
        return max(day, self.exam_date or day)

    @api.model
    def _prepare_result_vals(self, training, day, result):
        vals = {"result": result, "result_date": fields.Date.context_today(self)}
        if result == "passed" and training.course_id.skill_id:
            vals["valid_from"] = day
            vals["valid_to"] = training.course_id._get_last_valid_day(day)
        else:
            vals["valid_from"] = vals["valid_to"] = False
        return vals

    # ------------------------------------------------------------
    # Granting and taking back
    # ------------------------------------------------------------

    def _grant(self):
        """Give each of these people the certification, once."""
        rows = self.filtered(lambda row: row.course_id.skill_id)
        for kind in (
            ("employee_id", "employee_skill_id"),
            ("partner_id", "contact_certification_id"),
        ):
            people = rows.filtered(kind[0])
            for part in split_every(GRANTED_AT_ONCE, people.ids, people.browse):
                part._grant_kind(*kind)

    def _grant_kind(self, person, link):
        """Create the certifications of one kind of people and link them.

        :param person: the field that names the person
        :param link: the field that names the certification
        """
        # passing grants it, whatever rights on certifications who records it has
        Certification = self.env[self._fields[link].comodel_name].sudo()
        present = self._find_present(Certification, person)
        missing = self.filtered(lambda row: row._grant_key(person) not in present)
        created = missing._create_certifications(Certification, person)
        present.update(
            zip((row._grant_key(person) for row in missing), created, strict=True)
        )
        for row in self.sudo():  # as above
            row._guarded_write({link: present[row._grant_key(person)].id})

    def _create_certifications(self, Certification, person):
        vals_list = [row._prepare_certification_vals(person) for row in self]
        if person != "employee_id":
            return Certification.create(vals_list)
        # hr_skills keeps a list of each employee's skills, and would write it employee
        # by employee; here all get the same, so it is written once
        employees = self.sudo().employee_id  # passing grants it
        employees.mapped("skill_ids")  # what waits to be computed is computed now
        with self.env.protecting([employees._fields["skill_ids"]], employees):
            created = Certification.create(vals_list)
        employees.write(
            {"skill_ids": [Command.link(skill.id) for skill in created.skill_id]}
        )
        return created

    def _grant_key(self, person):
        course = self.course_id
        return (
            self[person].id,
            course.skill_id.id,
            course.level_id.id,
            self.valid_from,
            self.valid_to,
        )

    def _find_present(self, Certification, person):
        """Return the very same certifications that are there: two sessions of a day."""
        found = Certification.search(
            [
                (person, "in", self[person].ids),
                ("skill_id", "in", self.course_id.skill_id.ids),
                ("valid_from", "in", list(set(self.mapped("valid_from")))),
            ]
        )
        return {
            (
                row[person].id,
                row.skill_id.id,
                row.skill_level_id.id,
                row.valid_from,
                row.valid_to,
            ): row
            for row in found
        }

    def _prepare_certification_vals(self, person):
        course = self.course_id
        return {
            person: self[person].id,
            "skill_type_id": course.skill_id.skill_type_id.id,
            "skill_id": course.skill_id.id,
            "skill_level_id": course.level_id.id,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
        }

    def _take_back(self):
        """End the certifications that these attendances granted, as hr_skills does.

        One that was valid before yesterday stays as history and ends yesterday; one
        that was not valid for a full day goes.
        """
        for link in ("employee_skill_id", "contact_certification_id"):
            # who may correct a result ends what it granted
            certifications = self.sudo()[link]
            self._guarded_write({link: False})
            # another session of that day may have granted it as well
            certifications -= self.sudo().search([(link, "in", certifications.ids)])[
                link
            ]
            for command, *rest in certifications._expire_individual_skills():
                certification = certifications.browse(rest[0])
                if command == 2:
                    certification.unlink()
                else:
                    certification.write(rest[1])

    # ------------------------------------------------------------
    # Correcting
    # ------------------------------------------------------------

    def action_correct(self, score, attended, reason):
        """Correct a recorded result; the certification follows.

        :param score: the right score, in percent
        :param attended: whether the person was there
        :param reason: kept in the register
        """
        self.ensure_one()
        self._check_may_correct(reason)
        self._check_certifies_others()
        former, former_score = self.result, self.score
        state = "attended" if attended else "absent"
        self._guarded_write({"result": False})
        self.write({"score": score if attended else 0, "state": state})
        self._settle(former, self._judge() if attended else False)
        self.training_id._register_event(
            "correction",
            {
                "attendance": self.id,
                "from": {"result": former, "score": f"{former_score:.2f}"},
                "to": {"result": self.result or state, "score": f"{self.score:.2f}"},
            },
            reason,
        )
        return True

    def _settle(self, former, result):
        """Record a corrected result, and grant or take back where it changes that."""
        if result == former:
            self._guarded_write({"result": result})
            return
        if former == "passed":
            self._take_back()
        self._guarded_write(
            self._prepare_result_vals(self.training_id, self._get_day(), result)
        )
        if result == "passed":
            self._grant()

    def _check_may_correct(self, reason):
        self.check_access("write")
        if not self.env["hr.employee.skill"]._user_may_certify():
            raise AccessError(
                self.env._(
                    "An HR officer or a dispute manager corrects results of training."
                )
            )
        if not self.result:
            raise UserError(
                self.env._(
                    "%(person)s has no result yet: there is nothing to correct.",
                    person=self.person_name,
                )
            )
        if not self._is_said(reason):
            raise UserError(
                self.env._(
                    "%(person)s: a reason is needed; it is kept on record.",
                    person=self.person_name,
                )
            )

    def action_ask_correction(self):
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct the result"),
            "res_model": "iso10003.training.correction",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_attendance_id": self.id,
                "default_score": self.score,
                "default_attended": self.state == "attended",
            },
        }
