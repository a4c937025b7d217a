# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ...models.mixin.people_date import format_people_date


class TrainingRegisterReport(models.AbstractModel):
    """The training register on paper: per person, in a period (6.4).

    With it what the roles of these people ask for: the matrix, and the gaps with what
    is planned against them (ISO 9001:2015, 7.2).
    """

    _name = "report.odoo_iso10003.training_register"
    _description = "Training register, printed"
    _inherit = ["iso10003.printed"]

    @api.model
    def _get_report_values(self, docids, data=None):
        values = self._document_values()
        dialogs = self.env["iso10003.training.register"].browse(docids)
        dialogs = dialogs.with_context(lang=values["lang"])
        dialogs.check_access("read")
        return {
            **values,
            "docs": dialogs,
            "facts": {dialog.id: self._facts(dialog) for dialog in dialogs},
        }

    def _facts(self, dialog):
        rows = dialog._get_attendances()
        people = rows.grouped(lambda row: (row.employee_id, row.partner_id))
        env = dialog.env
        return {
            "period": env._(
                "%(start)s to %(end)s",
                start=format_people_date(env, dialog.date_from),
                end=format_people_date(env, dialog.date_to),
            ),
            "people": [
                {
                    "name": person_rows[0].person_name,
                    "rows": person_rows,
                    "hours": f"{self._hours(person_rows):g}",
                }
                for person_rows in sorted(
                    people.values(), key=lambda found: found[0].person_name or ""
                )
            ],
            "retrained": self._find_retrained(rows),
            "roles": self._find_roles(dialog, rows),
            "matrix": self._find_matrix(dialog),
            "gaps": self._find_competence(dialog).filtered(
                lambda row: row.state in ("missing", "ended", "expiring")
            ),
            "count": len(rows),
            "passed": len(rows.filtered(lambda row: row.result == "passed")),
        }

    def _hours(self, rows):
        """Return the hours that a person was taught."""
        return sum(row.course_id.duration for row in rows if row.state == "attended")

    def _find_competence(self, dialog):
        """Return what these people need and hold today, as far as one may see it."""
        domain = [("company_id", "=", dialog.company_id.id)]
        if dialog.employee_ids or dialog.partner_ids:
            domain += [
                "|",
                ("employee_id", "in", dialog.employee_ids.ids),
                ("partner_id", "in", dialog.partner_ids.ids),
            ]
        return dialog.env["iso10003.competence"].search(domain, order="person_name, id")

    def _find_matrix(self, dialog):
        """Return ``[(person, [(role, certification, state)])]``."""
        people = self._find_competence(dialog).grouped("person_name")
        return [
            (name, rows.sorted(lambda row: row.role_id.sequence))
            for name, rows in people.items()
        ]

    def _find_roles(self, dialog, rows):
        """Return which roles ask for what a course grants, ``{course: names}``."""
        needs = dialog.env["iso10003.role.requirement"].search(
            [
                ("role_id.company_id", "=", dialog.company_id.id),
                ("skill_id", "in", rows.course_id.skill_id.ids),
            ]
        )
        return {
            course.id: ", ".join(
                needs.filtered(
                    lambda need, course=course: need.skill_id == course.skill_id
                ).role_id.mapped("display_name")
            )
            for course in rows.course_id
        }

    def _find_retrained(self, rows):
        """Return where who failed was or will be trained again, ``{row: session}``."""
        seats = rows.search(
            [
                ("course_id", "in", rows.course_id.ids),
                ("training_id.state", "!=", "cancelled"),
            ],
            order="date_start",
        )
        return {
            row.id: seats.filtered(
                lambda seat, row=row: (
                    (seat.employee_id, seat.partner_id, seat.course_id)
                    == (row.employee_id, row.partner_id, row.course_id)
                    and seat.date_start > row.date_start
                )
            )[:1].training_id
            for row in rows.filtered(lambda row: row.result == "failed")
        }
