# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

FORMER = {
    "looks_at": "Files closed within a year: until when each is kept.",
    "blind_to": "Whether files are disposed of by decision, once that day has come.",
}
PRESENT = {
    "looks_at": "Files closed within a year: until when each is kept. Files kept "
    "longer than that, without a hold: whether somebody decided within 90 days to "
    "dispose of them or to keep them on.",
    "blind_to": "Whether the days until which files are kept are those that law and "
    "contracts want, and what lies outside of the system.",
}


def migrate(cr, version):
    """Say what question 84 looks at from now on, where nobody changed its words.

    Other languages are read from the translations anew.
    """
    for name, former in FORMER.items():
        cr.execute(
            f"""UPDATE iso10003_requirement AS question
                   SET {name} = jsonb_build_object('en_US', %s::text)
                  FROM ir_model_data AS known
                 WHERE known.module = 'odoo_iso10003'
                   AND known.name = 'requirement_084'
                   AND known.model = 'iso10003.requirement'
                   AND known.res_id = question.id
                   AND question.{name} ->> 'en_US' = %s""",
            [PRESENT[name], former],
        )
