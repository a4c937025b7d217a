# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.sql import table_exists

MODULE = "odoo_iso10003"
FORMER, PRESENT = "iso10003.referral.cost", "iso10003.cost"
# how their names begin in external ids
NAMES = {
    "model_iso10003_referral_cost": "model_iso10003_cost",
    "field_iso10003_referral_cost__": "field_iso10003_cost__",
    "selection__iso10003_referral_cost__": "selection__iso10003_cost__",
    "constraint_iso10003_referral_cost_": "constraint_iso10003_cost_",
    "rule_referral_cost_company": "rule_cost_company",
    "access_referral_cost_": "access_cost_",
}


def migrate(cr, version):
    """Let what referrals cost be costs of their files, as they were.

    What the register has of them names their former model, and is not touched.
    """
    if not table_exists(cr, "iso10003_referral_cost"):
        return
    cr.execute(
        """ALTER TABLE iso10003_referral_cost RENAME TO iso10003_cost;
           ALTER SEQUENCE iso10003_referral_cost_id_seq RENAME TO iso10003_cost_id_seq;
           ALTER TABLE iso10003_cost ADD COLUMN file_id INT4,
               ALTER COLUMN referral_id DROP NOT NULL,
               DROP CONSTRAINT IF EXISTS iso10003_referral_cost_refunds_are_negative;
           UPDATE iso10003_cost AS cost SET file_id = file.id
             FROM iso10003_file AS file
            WHERE file.model = 'iso10003.referral'
              AND file.res_id = cost.referral_id;
           DELETE FROM ir_model_constraint
            WHERE name = 'iso10003_referral_cost_refunds_are_negative'"""
    )
    # a model, and the records that have names, such as those of the demo
    for table in ("ir_model", "ir_model_data"):
        cr.execute(f"UPDATE {table} SET model = %s WHERE model = %s", [PRESENT, FORMER])
    for column in ("model", "relation"):
        cr.execute(
            f"UPDATE ir_model_fields SET {column} = %s WHERE {column} = %s",
            [PRESENT, FORMER],
        )
    for former, present in NAMES.items():
        cr.execute(
            """UPDATE ir_model_data
                  SET name = %(present)s || substr(name, length(%(former)s) + 1)
                WHERE module = %(module)s AND starts_with(name, %(former)s)""",
            {"former": former, "present": present, "module": MODULE},
        )
