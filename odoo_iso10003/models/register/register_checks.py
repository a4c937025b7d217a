# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from ...core import sampling, verify
from ..mixin.checks import Answer


class RegisterChecks(models.Model):
    """What assessments ask of the register (4.4, 4.5)."""

    _inherit = "iso10003.register"

    def _audit_trails_whole(self, company):
        """7: is the trail of each file looked at whole, row by row?

        So many files as an audit looks at, other ones each day; verifying the whole
        register takes longer, and has its own button.
        """
        disputes = self._draw_files(company)
        files = [dispute._register_file() for dispute in disputes]
        misplaced = self._find_misplaced(files) if files else {}
        chains = self._read_chains(files) if files else {}
        broken = {
            file
            for file, (entries, head) in chains.items()
            if verify.find_break(entries, head) or file in misplaced
        }
        failing = disputes.filtered(lambda dispute: dispute._register_file() in broken)
        return Answer(
            len(disputes),
            failing,
            holding=disputes - failing,
            seed=str(fields.Date.today().toordinal()),
        )

    def _draw_files(self, company):
        """Return about √n files of the company, by a lot that depends on the day."""
        disputes = self.env["iso10003.dispute"]
        count = disputes.search_count([("company_id", "=", company.id)])
        step = count // sampling.size(count) if count else 1
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM iso10003_dispute
                    WHERE company_id = %s AND ABS(HASHINT4(id) %% %s) = %s
                 ORDER BY id""",
                company.id,
                step,
                fields.Date.today().toordinal() % step,
            )
        )
        return disputes.browse(dispute for (dispute,) in rows)
