# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# a question that records answer from now on: its number, the model and the check
NUMBER, MODEL, CHECK = "067", "iso10003.dispute", "records_held"


def migrate(cr, version):
    """Let records answer whether evidence is kept safe, unless somebody changed that.

    Days on which notices came stay as they were given: by which paper, from which body
    and who began, nobody noted, and it is not made up. Nor is a hold: a manager, or
    the next notice, holds the records of a file that was open before.
    """
    cr.execute(
        """UPDATE iso10003_requirement AS question
              SET "check" = %s, check_model = %s, awaited = FALSE, way = 'automatic'
             FROM ir_model_data AS known
            WHERE known.module = 'odoo_iso10003'
              AND known.name = %s AND known.model = 'iso10003.requirement'
              AND known.res_id = question.id
              AND question.check IS NULL AND question.awaited""",
        [CHECK, MODEL, f"requirement_{NUMBER}"],
    )
