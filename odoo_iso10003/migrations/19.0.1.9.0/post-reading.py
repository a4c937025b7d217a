# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.tools import file_path

LED = (
    "[('%(file)sprivileged', '=', False), '|', '|', ('%(user)suser_id', '=', user.id), "
    "('%(file)sreader_ids', '=', user.id), ('%(file)steam_id.user_ids', '=', user.id)]"
)
# as they shipped; what an organization made stricter stays as it is, and still holds
RULES = {
    "rule_deadline_handler": LED % {"file": "file_id.", "user": ""},
    "rule_deadline_sponsor": "[('file_id.privileged', '=', False)]",
    "rule_alarm_reader": LED % {"file": "deadline_id.file_id.", "user": "deadline_id."},
    "rule_alarm_sponsor": "[('deadline_id.file_id.privileged', '=', False)]",
}


def migrate(cr, version):
    """Keep with limits and alarms who reads their files, and let rules look there."""
    cr.execute(
        """UPDATE iso10003_deadline AS deadline
              SET team_id = file.team_id, shared = file.privileged IS NOT TRUE,
                  reader_id = (SELECT MIN(user_id) FROM iso10003_file_reader_rel
                                WHERE file_id = file.id)
             FROM iso10003_file AS file
            WHERE file.id = deadline.file_id"""
    )
    cr.execute(
        """UPDATE iso10003_alarm AS alarm
              SET owner_id = deadline.user_id, team_id = deadline.team_id,
                  reader_id = deadline.reader_id, shared = deadline.shared
             FROM iso10003_deadline AS deadline
            WHERE deadline.id = alarm.deadline_id"""
    )
    _turn_rules(cr)


def _turn_rules(cr):
    shipped = {
        rule.get("id"): rule.findtext("field[@name='domain_force']").strip()
        for name in ("rules_authority", "rules_deadline")
        for rule in etree.parse(file_path(f"odoo_iso10003/security/{name}.xml")).iter(
            "record"
        )
    }
    for name, former in RULES.items():
        cr.execute(
            """UPDATE ir_rule SET domain_force = %s FROM ir_model_data AS known
                WHERE known.module = 'odoo_iso10003' AND known.model = 'ir.rule'
                  AND known.name = %s AND known.res_id = ir_rule.id
                  AND domain_force = %s""",
            [shipped[name], name, former],
        )
