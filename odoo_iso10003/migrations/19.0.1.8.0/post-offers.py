# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Answer question 71, where nobody changed it, from the offers on record.

    No offer is noted of files from before.
    """
    cr.execute(
        """UPDATE iso10003_requirement AS question
              SET "check" = 'offers_traced', check_model = 'iso10003.offer',
                  awaited = FALSE, way = 'automatic'
             FROM ir_model_data AS known
            WHERE known.module = 'odoo_iso10003'
              AND known.name = 'requirement_071'
              AND known.model = 'iso10003.requirement'
              AND known.res_id = question.id
              AND question.check IS NULL AND question.awaited"""
    )
