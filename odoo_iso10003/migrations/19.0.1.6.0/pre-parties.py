# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.sql import table_exists

MODULE = "odoo_iso10003"
FORMER, PRESENT = "iso10003.referral.party", "iso10003.party"
# how their names begin in external ids
NAMES = {
    "model_iso10003_referral_party": "model_iso10003_party",
    "field_iso10003_referral_party__role": "field_iso10003_party__capacity",
    "selection__iso10003_referral_party__role": "selection__iso10003_party__capacity",
    "field_iso10003_referral_party": "field_iso10003_party",
    "selection__iso10003_referral_party": "selection__iso10003_party",
    "rule_referral_party_company": "rule_party_company",
}


def migrate(cr, version):
    """Let the parties of referrals be parties of files, with their numbers.

    What the register has of them names their former model, and is not touched.
    """
    if not table_exists(cr, "iso10003_referral_party"):
        return
    _turn_table(cr)
    _turn_model(cr)


def _turn_table(cr):
    cr.execute(
        """ALTER TABLE iso10003_referral_party RENAME TO iso10003_party;
           ALTER SEQUENCE iso10003_referral_party_id_seq
               RENAME TO iso10003_party_id_seq;
           ALTER TABLE iso10003_party RENAME COLUMN role TO capacity;
           ALTER TABLE iso10003_party ADD COLUMN file_id INT4;
           UPDATE iso10003_party AS party SET file_id = file.id
             FROM iso10003_file AS file
            WHERE file.model = 'iso10003.referral'
              AND file.res_id = party.referral_id;
           ALTER TABLE iso10003_party DROP COLUMN referral_id CASCADE"""
    )


def _turn_model(cr):
    cr.execute("UPDATE ir_model SET model = %s WHERE model = %s", [PRESENT, FORMER])
    cr.execute(
        """UPDATE ir_model_fields SET model = %s,
                  name = CASE name WHEN 'role' THEN 'capacity' ELSE name END
            WHERE model = %s""",
        [PRESENT, FORMER],
    )
    cr.execute(
        "UPDATE ir_model_fields SET relation = %s WHERE relation = %s",
        [PRESENT, FORMER],
    )
    cr.execute(
        "UPDATE ir_attachment SET res_model = %s WHERE res_model = %s",
        [PRESENT, FORMER],
    )
    for former, present in NAMES.items():
        cr.execute(
            """UPDATE ir_model_data
                  SET name = %(present)s || substr(name, length(%(former)s) + 1)
                WHERE module = %(module)s AND starts_with(name, %(former)s)""",
            {"former": former, "present": present, "module": MODULE},
        )
