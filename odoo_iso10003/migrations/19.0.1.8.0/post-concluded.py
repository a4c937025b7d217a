# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# questions that records answer from now on: {number: (model, check)}
QUESTIONS = {
    "080": ("iso10003.obligation", "lateness_noted"),
    "081": ("iso10003.dispute", "confirmation_asked"),
    "084": ("iso10003.dispute", "retention_set"),
}


def migrate(cr, version):
    """Answer questions that nobody changed from obligations and closed files.

    Nothing is noted of files from before: those under former versions are not asked.
    """
    for number, (model, check) in QUESTIONS.items():
        cr.execute(
            """UPDATE iso10003_requirement AS question
                  SET "check" = %s, check_model = %s, awaited = FALSE, way = 'automatic'
                 FROM ir_model_data AS known
                WHERE known.module = 'odoo_iso10003'
                  AND known.name = %s AND known.model = 'iso10003.requirement'
                  AND known.res_id = question.id
                  AND question.check IS NULL AND question.awaited""",
            [check, model, f"requirement_{number}"],
        )
