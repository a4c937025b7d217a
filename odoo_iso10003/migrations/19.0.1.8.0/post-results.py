# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import split_every

from odoo.addons.odoo_iso10003.core.result import NOTED

BATCH = 500


def migrate(cr, version):
    """Keep as a result what files had as a word, a day and an amount.

    As it stands, and nothing more: no text, no answer, no line on a claim. What has no
    day gets none. Claims stay as they are.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute(
        """SELECT dispute.id FROM iso10003_dispute AS dispute
            WHERE dispute.outcome = ANY(%s) AND dispute.outcome_date IS NOT NULL
              AND NOT EXISTS (SELECT FROM iso10003_result AS result
                               WHERE result.dispute_id = dispute.id)
            ORDER BY dispute.id""",
        [list(NOTED)],
    )
    for ids in split_every(BATCH, [row[0] for row in cr.fetchall()]):
        for dispute in env["iso10003.dispute"].browse(ids):
            dispute._record_from_before()
        env.flush_all()
        env.invalidate_all()
