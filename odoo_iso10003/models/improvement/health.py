# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, fields, models
from odoo.modules.db import FunctionStatus

from ..deadline.health import Sign
from ..mixin.guarded import PREFIX
from ..mixin.people_date import format_people_date

# of a night that was missed, nobody is told yet
PATIENCE_DAYS = 2


class Health(models.Model):
    """Whether files are found by an index of their words, and papers are unchanged."""

    _inherit = "iso10003.health"

    def _look_at_similar(self):
        missing = self._find_not_indexed()
        if not missing:
            return Sign("well")
        told = self.env._(
            "The database has no index of words for %(fields)s, so files are searched, "
            "and similar ones found, slowly. Who owns it runs CREATE EXTENSION "
            "pg_trgm; then update this addon.",
            fields=", ".join(
                f"{self.env['ir.model']._get(model._name).name}: "
                + model._fields[name]._description_string(self.env)
                for model, name in missing
            ),
        )
        return Sign("missing", len(missing), told=told)

    @api.model
    def _find_not_indexed(self):
        """Return ``(model, field)`` of what is searched by words, and not by an index.

        Where the database compares folded texts, as it does for Persian, an index of
        others does not serve.
        """
        wanted = [
            (model, name)
            for model in self.env.values()
            if model._name.startswith(PREFIX) and model._auto
            for name, field in model._fields.items()
            if field.store and field.index == "trigram"
        ]
        self.env.cr.execute(
            """SELECT tablename, indexdef FROM pg_indexes
                WHERE schemaname = current_schema AND tablename = ANY(%s)
                  AND indexdef LIKE '%%gin_trgm_ops%%'""",
            [[model._table for model, _name in wanted]],
        )
        folded = self.pool.has_unaccent == FunctionStatus.INDEXABLE
        indexed = {
            (table, name)
            for table, definition in self.env.cr.fetchall()
            for expression in [definition.partition(" gin (")[2]]
            for name in re.findall(r"\w+", expression)
            if ("unaccent(" in expression) == folded
        }
        return [
            (model, name)
            for model, name in wanted
            if (model._table, name) not in indexed
        ]

    def _look_at_papers(self):
        """Return what the last sample of each company's documents showed."""
        # what came out is told by companies of the reader, in numbers
        jobs, documents = (
            self.env[f"iso10003.{name}"].sudo() for name in ("job", "document")
        )
        told, changed, days = [], 0, []
        for company in self.env.companies:
            of_company = [("company_id", "=", company.id)]
            done = [("kind", "=", "rehash"), ("state", "=", "done"), *of_company]
            job = jobs.search(done, limit=1)
            if not job:
                # what came today waits for its first night
                older = [("create_date", "<", self._get_patience()), *of_company]
                if documents.search_count(older, limit=1):
                    days.append(False)
                continue
            days.append(job.ended_date)
            changed += len(job.result["changed"])
            day = format_people_date(self.env, job.ended_date, "short")
            told.append(f"{day}: {job.with_env(self.env).message}")
        return self._judge_papers(told, changed, days)

    @api.model
    def _get_patience(self):
        return fields.Datetime.subtract(fields.Datetime.now(), days=PATIENCE_DAYS)

    def _judge_papers(self, told, changed, days):
        patience = self._get_patience()
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
