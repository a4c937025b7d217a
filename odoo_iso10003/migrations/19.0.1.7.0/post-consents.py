# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# questions that records answer from now on: {number: (model, check)}
QUESTIONS = {
    "009": ("iso10003.dispute", "taken_part_willingly"),
    "010": ("iso10003.consent", "told_beforehand"),
    "011": ("iso10003.consent", "never_before_dispute"),
    "012": ("iso10003.dispute", "withdrawal_respected"),
}


def migrate(cr, version):
    """Answer questions that nobody changed from records of consent.

    Nothing is noted of who agreed before: nobody recorded it, and files under former
    versions of the policy are not asked.
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
