# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

from ..mixin.checks import Answer


class RegisterChecks(models.Model):
    """What assessments ask of the register (4.4, 4.5)."""

    _inherit = "iso10003.register.head"

    def _check_trails_whole(self, company):
        """7: does each dispute's trail end where it is noted to end?

        Only ends are looked at; that no row between them was changed is proven by
        verifying the whole register.
        """
        [(count,)] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM iso10003_dispute WHERE company_id = %s",
                company.id,
            )
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT d.id FROM iso10003_dispute d
                LEFT JOIN iso10003_register_head h
                       ON h.file = 'iso10003.dispute,' || d.id
                LEFT JOIN iso10003_register r
                       ON r.file = h.file AND r.sequence = h.sequence
                      AND r.hash = h.hash
                    WHERE d.company_id = %s AND r.id IS NULL
                 ORDER BY d.id""",
                company.id,
            )
        )
        disputes = self.env["iso10003.dispute"].browse(dispute for (dispute,) in rows)
        return Answer(count, disputes)
