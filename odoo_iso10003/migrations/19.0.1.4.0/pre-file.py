# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools import SQL
from odoo.tools.sql import column_exists, table_exists

KINDS = {"iso10003.dispute": "dispute_id", "iso10003.referral": "referral_id"}
LED = (
    "[('%(file)sprivileged', '=', False), '|', '|', ('%(user)suser_id', '=', user.id), "
    "('%(file)sreader_ids', '=', user.id), ('%(file)steam_id.user_ids', '=', user.id)]"
)
RULES = {
    "rule_deadline_handler": LED % {"file": "file_id.", "user": ""},
    **dict.fromkeys(
        (
            "rule_deadline_extension_reader",
            "rule_deadline_suspension_reader",
            "rule_alarm_reader",
        ),
        LED % {"file": "deadline_id.file_id.", "user": "deadline_id."},
    ),
}
# they name columns that are no more; those that are still there are made again
VIEWS = (
    "deadline_view_list",
    "deadline_view_list_legal",
    "deadline_view_form",
    "deadline_view_form_legal",
    "deadline_view_search",
    "deadline_view_calendar",
    "deadline_step_view_form",
)


def migrate(cr, version):
    """Give each dispute and referral its file, and let deadlines point to files.

    What the files carry copies of, ``post-file.py`` writes.
    """
    cr.execute(
        """CREATE TABLE IF NOT EXISTS iso10003_file (
               id SERIAL PRIMARY KEY, model VARCHAR NOT NULL, res_id INT4 NOT NULL,
               company_id INT4 NOT NULL)"""
    )
    for model in KINDS:
        table = model.replace(".", "_")
        if table_exists(cr, table):
            cr.execute(
                SQL(
                    "INSERT INTO iso10003_file (model, res_id, company_id)"
                    " SELECT %s, id, company_id FROM %s ORDER BY id",
                    model,
                    SQL.identifier(table),
                )
            )
    if table_exists(cr, "iso10003_deadline"):  # there since 19.0.1.1.0
        _turn_deadlines(cr)
        _turn_rules(cr)
    _forget_views(cr)


def _turn_deadlines(cr):
    cr.execute("ALTER TABLE iso10003_deadline ADD COLUMN IF NOT EXISTS file_id INT4")
    for model, link in KINDS.items():
        if not column_exists(cr, "iso10003_deadline", link):
            continue
        cr.execute(
            SQL(
                """UPDATE iso10003_deadline AS deadline SET file_id = file.id
                     FROM iso10003_file AS file
                    WHERE file.model = %s AND file.res_id = deadline.%s""",
                model,
                SQL.identifier(link),
            )
        )
    cr.execute(
        """ALTER TABLE iso10003_deadline
            DROP CONSTRAINT IF EXISTS iso10003_deadline_on_a_file"""
    )


def _turn_rules(cr):
    for name, domain in RULES.items():
        cr.execute(
            """UPDATE ir_rule SET domain_force = %s FROM ir_model_data AS data
                WHERE data.module = 'odoo_iso10003' AND data.model = 'ir.rule'
                  AND data.name = %s AND data.res_id = ir_rule.id""",
            [domain, name],
        )


def _forget_views(cr):
    cr.execute(
        """WITH RECURSIVE gone AS (
               SELECT res_id AS id FROM ir_model_data
                WHERE module = 'odoo_iso10003' AND model = 'ir.ui.view'
                  AND name = ANY(%s)
                UNION
               SELECT view.id FROM ir_ui_view AS view
                 JOIN gone ON view.inherit_id = gone.id
           ), forgotten AS (
               DELETE FROM ir_model_data USING gone
                WHERE model = 'ir.ui.view' AND res_id = gone.id
           )
           DELETE FROM ir_ui_view USING gone WHERE ir_ui_view.id = gone.id""",
        [list(VIEWS)],
    )
