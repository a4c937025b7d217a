# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_path

RECORDS = "odoo_iso10003/data/conformity/requirements.xml"
QUESTION = "requirement_032"


def migrate(cr, version):
    """Answer question 32, where nobody changed it, from the rules of proceedings.

    Of proceedings from before nothing is noted, and they are not asked.
    """
    cr.execute(
        """UPDATE iso10003_requirement AS question
              SET "check" = 'rules_kept', check_model = 'iso10003.proceeding',
                  awaited = FALSE, way = 'automatic'
             FROM ir_model_data AS known
            WHERE known.module = 'odoo_iso10003'
              AND known.name = %s AND known.model = 'iso10003.requirement'
              AND known.res_id = question.id
              AND question.check IS NULL AND question.awaited""",
        [QUESTION],
    )
    if not cr.rowcount:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    [record] = etree.parse(file_path(RECORDS)).xpath(f"//record[@id='{QUESTION}']")
    env.ref(f"odoo_iso10003.{QUESTION}").write(
        {
            field.get("name"): field.text.strip()
            for field in record.iter("field")
            if field.get("name") in ("looks_at", "blind_to")
        }
    )
