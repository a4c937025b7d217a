# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models
from odoo.models import fix_import_export_id_paths

# longer than any title that a person writes, shorter than a pasted letter
IMPORTED_TITLE_LENGTH = 500
HTML_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


class HelpdeskTicketImport(models.Model):
    """Complaints from a file: a bad row is named, and nothing is half-written."""

    _inherit = "helpdesk.ticket"

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import template for complaints"),
                "template": "/odoo_iso10003/static/import/complaints.csv",
            }
        ]

    @api.model
    def load(self, fields, data):
        """Refuse a file with a bad row before anything of it is written.

        All rows are looked at, also those that the import dialog would send in
        a later batch, so that they are counted as in the file.
        """
        problems = self._find_import_problems(fields, data)
        if problems:
            return {"ids": False, "messages": problems, "nextrow": 0}
        return super().load(fields, data)

    @api.model
    def _find_import_problems(self, fields, data):
        """Return what is wrong with the rows, as messages of :meth:`load`."""
        problems = []
        reader = self.with_context(
            _import_current_module=self.env.context.get("module", "__import__"),
            import_cache={},
        )
        paths = [fix_import_export_id_paths(field) for field in fields]
        savepoint = self.env.cr.savepoint()  # a reading may make categories
        try:
            rows = reader._extract_records(paths, data)
            rows = self._skip_repeated(rows, problems)
            for _dbid, _xmlid, vals, info in reader._convert_records(
                rows, log=problems.append, savepoint=savepoint
            ):
                for name, problem in self._explain_bad_row(vals):
                    problems.append(
                        {**info, "type": "error", "field": name, "message": problem}
                    )
        finally:
            savepoint.close(rollback=True)
        return [
            self._name_place(problem)
            for problem in problems
            if problem["type"] == "error" and not self._is_known_later(problem["field"])
        ]

    @api.model
    def _skip_repeated(self, rows, problems):
        """Yield the rows without the references that were found for a row before.

        Thousands of complaints name a handful of categories and channels.
        """
        found = set()
        for row, info in rows:
            references = {
                name: (name, repr(value))
                for name, value in row.items()
                if value and isinstance(value, list)
            }
            present = len(problems)
            yield (
                {name: row[name] for name in row if references.get(name) not in found},
                info,
            )
            if len(problems) == present:
                found.update(references.values())

    @api.model
    def _is_known_later(self, name):
        """Whether a field may refer to a row further up in the same file."""
        field = self._fields.get(name)
        return field and (
            field.type == "one2many" or field.comodel_name == "helpdesk.ticket"
        )

    @api.model
    def _name_place(self, problem):
        """Say row and column in the text: the dialog shows nothing else of one."""
        field = self._fields.get(problem["field"])
        column = field._description_string(self.env) if field else problem["field"]
        message = self.env._(
            "Row %(row)s, column “%(column)s”: %(problem)s",
            row=problem["rows"]["from"] + 1,
            column=column,
            problem=problem["message"],
        )
        return {**problem, "message": message, "field_name": column}

    @api.model
    def _explain_bad_row(self, vals):
        """Yield ``(field, what is wrong with it)``."""
        for name, field in self._fields.items():
            if field.required and vals.get(name, True) is False:
                yield name, self.env._("a value is needed.")
        title = vals.get("name") or ""
        if len(title) > IMPORTED_TITLE_LENGTH:
            yield (
                "name",
                self.env._(
                    "the title has %(length)s characters, more than %(limit)s. "
                    "Put the text into the description.",
                    length=len(title),
                    limit=IMPORTED_TITLE_LENGTH,
                ),
            )
        elif HTML_TAG.search(title):
            yield (
                "name",
                self.env._(
                    "the title “%(title)s” contains HTML. Use plain text.",
                    title=title[:80],
                ),
            )
