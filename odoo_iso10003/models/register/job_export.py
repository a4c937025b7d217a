# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import gzip

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, file_open

from ..mixin.people_date import format_people_number

# files of the register in one file of the export
EXPORT_BATCH = 5000
VERIFIER = ("core/chain.py", "core/verify.py")


class JobExport(models.Model):
    """Export of a company's register: rows, texts, ends, and what verifies them.

    Whoever removes the product exports first: the register goes with it.
    """

    _inherit = "iso10003.job"

    def _step_export(self):
        registers = self._as_who_asked("iso10003.register")
        registers._check_may_prove()
        place = self.place or {"after": "", "parts": 0}
        if not self.total:
            self.total = self._count_heads()
            self._attach_verifier()
        files = self._list_headed(place["after"], EXPORT_BATCH)
        if not files:
            rows, last = self._measure(self.company_id).get(self.company_id.id, (0, 0))
            return {"rows": rows, "last": last, "parts": place["parts"]}
        place = {"after": files[-1], "parts": place["parts"] + 1}
        lines = "\n".join(registers._export_lines(files)) + "\n"
        self._attach(
            f"register-{self.company_id.id}-{place['parts']:04d}.jsonl.gz",
            gzip.compress(lines.encode(), mtime=0),
        )
        self._move_on(place, len(files))
        return None

    def _attach_verifier(self):
        for path in VERIFIER:
            with file_open(f"odoo_iso10003/{path}", "rb") as file:
                self._attach(path.rpartition("/")[2], file.read())

    def _attach(self, name, content):
        self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": content,
                "res_model": self._name,
                "res_id": self.id,
            }
        )

    @api.model
    def _measure(self, companies=None):
        """Return ``{company: (rows, the last row)}`` of the register."""
        rows = self.env.execute_query(
            SQL(
                """SELECT company_id, COUNT(*), MAX(id) FROM iso10003_register
                    WHERE %s GROUP BY company_id""",
                SQL("company_id = ANY(%s)", companies.ids)
                if companies
                else SQL("TRUE"),
            )
        )
        return {company: (count, last) for company, count, last in rows}

    def action_confirm_kept(self):
        """Say that an export is stored outside of this database.

        :raises AccessError: for who is neither a dispute manager nor the system
        :raises UserError: when it is no finished export
        """
        self.ensure_one()
        if not self.env.su and not self.env.user.has_group(
            "odoo_iso10003.group_manager"
        ):
            raise AccessError(
                self.env._("Only a dispute manager confirms an export of the register.")
            )
        self.check_access("read")
        if self.kind != "export" or self.state != "done":
            raise UserError(self.env._("This is no export that is done."))
        self.sudo().write(  # by its one method
            {
                "confirmed_date": fields.Datetime.now(),
                "confirmed_user_id": self.env.uid,
            }
        )
        return True

    @api.model
    def _find_unexported(self):
        """Return the companies whose register was not exported as it is now.

        For whoever removes the product, and so of all companies.
        """
        exports = self.sudo().search(
            [
                ("kind", "=", "export"),
                ("state", "=", "done"),
                ("confirmed_date", "!=", False),
            ]
        )
        exported = {
            (job.company_id.id, job.result["rows"], job.result["last"])
            for job in exports
        }
        return self.env["res.company"].browse(
            company
            for company, (rows, last) in self._measure().items()
            if (company, rows, last) not in exported
        )

    def _tell_export(self, result):
        return self.env._(
            "%(rows)s rows in %(parts)s files. Each is read with gzip and verified "
            "with verify.py. Store all of them outside of this database, then "
            "confirm it.",
            rows=format_people_number(self.env, result["rows"]),
            parts=format_people_number(self.env, result["parts"]),
        )
