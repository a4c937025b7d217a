# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError


class TrainingCertificate(models.AbstractModel):
    """The certificate of somebody who passed a course."""

    _name = "report.odoo_iso10003.training_certificate"
    _description = "Certificate of training, printed"
    _inherit = ["iso10003.printed"]

    @api.model
    def _get_report_values(self, docids, data=None):
        values = self._document_values()
        rows = self.env["iso10003.training.attendance"].browse(docids)
        rows = rows.with_context(lang=values["lang"])
        # only the own, or those one may see
        rows.check_access("read")
        for row in rows:
            if row.result != "passed":
                raise UserError(
                    self.env._(
                        "%(person)s did not pass %(session)s: there is no certificate.",
                        person=row.person_name,
                        session=row.training_id.name,
                    )
                )
        return {
            **values,
            "docs": rows,
            "facts": {row.id: self._facts(row) for row in rows},
        }

    def _facts(self, row):
        # what was learned and who taught it stands on the certificate, whoever may
        # read courses and contacts
        training = row.training_id.sudo()
        course = training.course_id
        return {
            "course": course,
            "trainer": training.trainer_id.name,
            "day": training._get_day(),
            "hours": f"{course.duration:g}",
            "score": f"{row.score:g}",
            "session": training.name,
        }
