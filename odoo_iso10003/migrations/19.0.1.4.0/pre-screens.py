# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# a button that is now in the menu of the form
GONE = ("dispute_view_form_competence",)


def migrate(cr, version):
    """Forget a view that only had a button: rare steps are in the menu now."""
    cr.execute(
        """DELETE FROM ir_ui_view USING ir_model_data AS data
            WHERE data.model = 'ir.ui.view' AND data.module = 'odoo_iso10003'
              AND data.name = ANY(%s) AND data.res_id = ir_ui_view.id""",
        [list(GONE)],
    )
