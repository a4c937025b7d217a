# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import split_every

from odoo.addons.odoo_iso10003.core import flow

BATCH = 1000


def migrate(cr, version):
    """Let the amount of each dispute be its one claim, as it was written.

    What was claimed at notice and finally, nobody noted: it is not made up.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute(
        """SELECT id FROM iso10003_dispute AS dispute WHERE amount_claimed > 0
              AND NOT EXISTS (SELECT 1 FROM iso10003_claim
                               WHERE dispute_id = dispute.id) ORDER BY id"""
    )
    for ids in split_every(BATCH, [row[0] for row in cr.fetchall()]):
        disputes = env["iso10003.dispute"].browse(ids)
        disputes._note_claims_as_written()
        for dispute in disputes.filtered(lambda one: one.state == flow.CLOSED):
            dispute.claim_ids._end_with(dispute.outcome)
        env.flush_all()
        env.invalidate_all()
