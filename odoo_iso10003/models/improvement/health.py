# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..deadline.health import Sign
from ..mixin.people_date import format_people_date

# of a night that was missed, nobody is told yet
PATIENCE_DAYS = 2


class Health(models.Model):
    """Whether files are found by an index of their words, and papers are unchanged."""

    _inherit = "iso10003.health"

    def _look_at_similar(self):
        self.env.cr.execute(
            """SELECT 1 FROM pg_index
                 JOIN pg_opclass ON pg_opclass.oid = ANY (indclass)
                WHERE indrelid = 'iso10003_dispute'::regclass
                  AND opcname = 'gin_trgm_ops'
                  AND pg_get_indexdef(indexrelid) LIKE '%stems%'"""
        )
        if self.env.cr.fetchone():
            return Sign("well")
        told = self.env._(
            "The database has no index for words, so similar files are found slowly. "
            "Who owns it runs CREATE EXTENSION pg_trgm; then update this addon."
        )
        return Sign("missing", told=told)

    def _look_at_papers(self):
        """Return what the last sample of each company's documents showed."""
        # what came out is told by companies of the reader, in numbers
        jobs, documents = (
            self.env[f"iso10003.{name}"].sudo() for name in ("job", "document")
        )
        told, changed, days = [], 0, []
        for company in self.env.companies:
            of_company = [("company_id", "=", company.id)]
            if not documents.search_count(of_company, limit=1):
                continue
            done = [("kind", "=", "rehash"), ("state", "=", "done"), *of_company]
            job = jobs.search(done, limit=1)
            if not job:
                days.append(False)
                continue
            days.append(job.ended_date)
            changed += len(job.result["changed"])
            day = format_people_date(self.env, job.ended_date, "short")
            told.append(f"{day}: {job.with_env(self.env).message}")
        return self._judge_papers(told, changed, days)

    def _judge_papers(self, told, changed, days):
        patience = fields.Datetime.subtract(fields.Datetime.now(), days=PATIENCE_DAYS)
        oldest = min(filter(None, days), default=False)
        if changed:
            return Sign("failing", 0, oldest, changed, "\n".join(told))
        if not all(day and day >= patience for day in days):
            late = self.env._("No sample of documents was hashed anew for two days.")
            return Sign("late", 0, oldest, 0, "\n".join([late, *told]))
        return Sign("well", 0, oldest, 0, "\n".join(told))

    def action_view(self):
        if self.code == "papers":
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "odoo_iso10003.document_action"
            )
            return {**action, "domain": [("differs_date", "!=", False)]}
        return super().action_view()
