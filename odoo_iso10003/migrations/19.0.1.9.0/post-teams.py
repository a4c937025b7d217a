# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from pathlib import Path

from lxml import etree

from odoo.tools import file_path

ASKED = re.compile(r"\('([\w.]*team_id)', 'in', team_ids\)")
FORMER = r"('\1.user_ids', '=', user.id)"


def migrate(cr, version):
    """Let rules look at the teams of the user, and not join the people of each team.

    What an organization made stricter stays as it is, and still holds.
    """
    for path in Path(file_path("odoo_iso10003/security")).glob("rules*.xml"):
        for rule in etree.parse(path).iter("record"):
            shipped = (rule.findtext("field[@name='domain_force']") or "").strip()
            former = ASKED.sub(FORMER, shipped)
            if former == shipped:
                continue
            cr.execute(
                """UPDATE ir_rule SET domain_force = %s FROM ir_model_data AS known
                    WHERE known.module = 'odoo_iso10003' AND known.model = 'ir.rule'
                      AND known.name = %s AND known.res_id = ir_rule.id
                      AND domain_force = %s""",
                [shipped, rule.get("id"), former],
            )
