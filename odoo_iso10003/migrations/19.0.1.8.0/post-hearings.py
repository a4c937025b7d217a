# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api
from odoo.api import SUPERUSER_ID

ALL = "[('referral_id', '=', False)]"
OWN = (
    "['|', '|', ('proceeding_id.dispute_id.user_id', '=', user.id), "
    "('proceeding_id.dispute_id.evaluator_id', '=', user.id), "
    "('proceeding_id.dispute_id.team_id.user_ids', '=', user.id)]"
)


def migrate(cr, version):
    """Hearings may be of proceedings now: handlers see those of their files alone.

    Those of referrals stay as they are, and who reads them.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    rule = env.ref("odoo_iso10003.rule_hearing_reader", raise_if_not_found=False)
    if rule and rule.domain_force == ALL:
        rule.write(
            {
                "domain_force": OWN,
                "name": "Handlers plan the hearings of their proceedings",
            }
        )
