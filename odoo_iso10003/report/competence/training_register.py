# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ...models.mixin.people_date import format_people_date


class TrainingRegisterReport(models.AbstractModel):
    """The training register on paper: per person, in a period (6.4)."""

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
            "count": len(rows),
            "passed": len(rows.filtered(lambda row: row.result == "passed")),
        }

    def _hours(self, rows):
        """Return the hours that a person was taught."""
        return sum(row.course_id.duration for row in rows if row.state == "attended")
