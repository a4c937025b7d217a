# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..mixin.people_date import format_people_number

# documents in one step of the work
REHASH_BATCH = 50


class Job(models.Model):
    """The looks at all files: for what many have in common (8.2), at their papers."""

    _inherit = "iso10003.job"

    kind = fields.Selection(
        selection_add=[
            ("issues", "Look for issues of many files"),
            ("rehash", "Hashing a sample of documents anew"),
        ],
        ondelete={"issues": "cascade", "rehash": "cascade"},
    )

    @api.model
    def _cron_issues(self):
        """Count the words of all files, and look at those of each company."""
        self.env["iso10003.word"]._recount()
        companies = self.env["res.company"].search([])  # pylint: disable=no-search-all
        self._ask("issues", companies)

    def _step_issues(self):
        found = self._as_who_asked("iso10003.issue")._look_at_files(self.company_id)
        self._move_on(self.place, 1)
        return {"issues": found}

    def _tell_issues(self, result):
        return self.env._(
            "Issues proposed: %(number)s.",
            number=format_people_number(self.env, result["issues"]),
        )

    # ------------------------------------------------------------
    # Papers, by sample
    # ------------------------------------------------------------

    @api.model
    def _cron_rehash(self):
        """Hash some of the documents of each company anew, other ones each night."""
        companies = self.env["res.company"].search([])  # pylint: disable=no-search-all
        self._ask("rehash", companies)

    def _step_rehash(self):
        # all documents of the company, whoever may read them; only numbers are told
        documents = self.env["iso10003.document"].sudo()
        if not self.place:
            seed = fields.Date.today().isoformat()
            drawn = documents._draw_sample(self.company_id, seed)
            self.total = len(drawn)
            self._move_on({"ahead": drawn.ids, "changed": [], "seed": seed}, 0)
        place = self.place
        batch = documents.browse(place["ahead"][:REHASH_BATCH]).exists()
        changed = batch._hash_anew()
        place = {
            **place,
            "ahead": place["ahead"][REHASH_BATCH:],
            "changed": place["changed"] + changed.ids,
        }
        self._move_on(place, len(batch))
        if place["ahead"]:
            return None
        return {
            "hashed": self.done,
            "changed": place["changed"],
            "all": documents.search_count([("company_id", "=", self.company_id.id)]),
            "seed": place["seed"],
        }

    def _tell_rehash(self, result):
        told = self.env._(
            "A sample of %(hashed)s of %(all)s documents was hashed anew.",
            hashed=format_people_number(self.env, result["hashed"]),
            all=format_people_number(self.env, result["all"]),
        )
        if not result["changed"]:
            return told
        return "\n".join(
            [
                told,
                self.env._(
                    "Not what was put on file: documents No. %(numbers)s.",
                    numbers=", ".join(
                        format_people_number(self.env, one) for one in result["changed"]
                    ),
                ),
            ]
        )
