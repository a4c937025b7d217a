# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.sql import column_exists, table_exists

MODULE = "odoo_iso10003"
FORMER, PRESENT = "iso10003.referral.document", "iso10003.document"
# what had this name before: what printed reports have in common
PRINTED = "iso10003.printed"
# how their names begin in external ids, the name that is to be free first
NAMES = {
    "model_iso10003_document": "model_iso10003_printed",
    "field_iso10003_document__": "field_iso10003_printed__",
    "model_iso10003_referral_document": "model_iso10003_document",
    "field_iso10003_referral_document__confidentiality": (
        "field_iso10003_document__audience"
    ),
    "selection__iso10003_referral_document__confidentiality": (
        "selection__iso10003_document__audience"
    ),
    "field_iso10003_referral_document": "field_iso10003_document",
    "selection__iso10003_referral_document": "selection__iso10003_document",
    "rule_referral_document_company": "rule_document_company",
}


def migrate(cr, version):
    """Let the documents of referrals be documents of files, with their numbers.

    What was of the class “without prejudice” is marked so, and is for those who read
    the referral. What the register has of them names their former model, and is not
    touched; their contents stay where they are.
    """
    if not table_exists(cr, "iso10003_referral_document"):
        return
    _turn_table(cr)
    _turn_model(cr)


def _turn_table(cr):
    matter = "document.referral_id"
    if column_exists(cr, "iso10003_referral", "root_id"):
        matter = "COALESCE(referral.root_id, document.referral_id)"
    cr.execute(
        f"""ALTER TABLE iso10003_referral_document RENAME TO iso10003_document;
           ALTER SEQUENCE iso10003_referral_document_id_seq
               RENAME TO iso10003_document_id_seq;
           ALTER TABLE iso10003_document ADD COLUMN file_id INT4,
               ADD COLUMN matter_id INT4, ADD COLUMN audience VARCHAR,
               ADD COLUMN without_prejudice BOOLEAN, ADD COLUMN version INT4;
           UPDATE iso10003_document AS document
              SET file_id = file.id, matter_id = matter.id, version = 1,
                  without_prejudice = confidentiality = 'without_prejudice',
                  audience = CASE confidentiality WHEN 'without_prejudice'
                             THEN 'privileged' ELSE confidentiality END
             FROM iso10003_referral AS referral, iso10003_file AS file,
                  iso10003_file AS matter
            WHERE referral.id = document.referral_id
              AND file.model = 'iso10003.referral'
              AND file.res_id = document.referral_id
              AND matter.model = 'iso10003.referral' AND matter.res_id = {matter};
           ALTER TABLE iso10003_document DROP COLUMN referral_id CASCADE,
               DROP COLUMN IF EXISTS root_id CASCADE,
               DROP COLUMN confidentiality CASCADE"""
    )


def _turn_model(cr):
    for former, present in ((PRESENT, PRINTED), (FORMER, PRESENT)):
        cr.execute("UPDATE ir_model SET model = %s WHERE model = %s", [present, former])
        cr.execute(
            """UPDATE ir_model_fields SET model = %s, name =
                      CASE name WHEN 'confidentiality' THEN 'audience' ELSE name END
                WHERE model = %s""",
            [present, former],
        )
    cr.execute(
        "UPDATE ir_model_fields SET relation = %s WHERE relation = %s",
        [PRESENT, FORMER],
    )
    for table, column in (("ir_attachment", "res_model"), ("ir_model_data", "model")):
        cr.execute(
            f"UPDATE {table} SET {column} = %s WHERE {column} = %s", [PRESENT, FORMER]
        )
    for former, present in NAMES.items():
        cr.execute(
            """UPDATE ir_model_data
                  SET name = %(present)s || substr(name, length(%(former)s) + 1)
                WHERE module = %(module)s AND starts_with(name, %(former)s)""",
            {"former": former, "present": present, "module": MODULE},
        )
