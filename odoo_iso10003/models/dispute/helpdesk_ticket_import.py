# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from odoo import api, models
from odoo.models import fix_import_export_id_paths
from odoo.tools.mail import email_normalize, email_split_tuples

from ...core import people_text
from ..mixin.people_date import format_people_number

# longer than any title that a person writes, shorter than a pasted letter
IMPORTED_TITLE_LENGTH = 500
# what no external ID may have in it
NOT_IN_ID = re.compile(r"[\s/]")


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
            rows = self._find_bad_ids(rows, problems)
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
            # of two contacts of one name, Odoo would take one and warn
            self._name_place({**problem, "type": "error"})
            for problem in problems
            if not self._is_known_later(problem["field"])
        ]

    @api.model
    def _find_bad_ids(self, rows, problems):
        """Yield the rows; note those whose id is no id, or was in a row above."""
        first = {}
        module = self.env.context.get("module", "__import__")
        for row, info in rows:
            for name in ("id", ".id"):
                value = str(row.get(name) or "")
                named = name == ".id" or "." in value
                key = (name, value if named else f"{module}.{value}")
                if problem := value and self._explain_bad_id(value, first.get(key)):
                    problems.append(
                        {**info, "type": "error", "field": name, "message": problem}
                    )
                first.setdefault(key, info["rows"]["from"] + 1)
            yield row, info

    @api.model
    def _explain_bad_id(self, value, first_row):
        if first_row:
            return self.env._("already in row %(row)s.", row=first_row)
        if NOT_IN_ID.search(value):
            return self.env._(
                "“%(value)s” has a blank or a slash in it. Replace it by a hyphen.",
                value=value,
            )
        return None

    # ------------------------------------------------------------
    # The complainant, by name and address
    # ------------------------------------------------------------

    @api.model
    def _extract_records(self, field_paths, data, *args, **kwargs):
        """Find a complainant by name and e-mail address where both are given."""
        people = self._find_people(field_paths, data)
        for record, info in super()._extract_records(
            field_paths, data, *args, **kwargs
        ):
            reference = record.get("partner_id")
            if isinstance(reference, list) and reference and reference[0].get(None):
                asked = self._split_person(reference[0][None], record)
                if len(found := people.get(asked, ())) == 1:
                    record["partner_id"] = [{".id": str(found[0])}]
            yield record, info

    @api.model
    def _find_people(self, field_paths, data):
        """Return ids of the contacts in the rows, by name and address."""
        columns = [".".join(map(str, path)) for path in field_paths]
        if "partner_id" not in columns:
            return {}
        asked = set()
        for row in data:
            cells = dict(zip(columns, row, strict=False))
            asked.add(self._split_person(cells["partner_id"], cells))
        emails = {email for _name, email in asked if email}
        found = {}
        # with the rights of who imports: nobody finds contacts this way
        partners = self.env["res.partner"]
        for partner in partners.search([("email_normalized", "in", list(emails))]):
            for name in {partner.name, partner.complete_name, ""}:
                key = ((name or "").casefold(), partner.email_normalized)
                found.setdefault(key, []).append(partner.id)
        return found

    @api.model
    def _split_person(self, cell, cells):
        """Return name and address: of ``Roya <roya@example.com>``, or of two cells."""
        name, email = str(cell or "").strip(), cells.get("partner_email")
        if "@" in name and len(written := email_split_tuples(name)) == 1:
            name, email = written[0]
        return name.casefold(), email_normalize(str(email or "")) or ""

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
        # people know the columns with ids by what stands above them
        field = problem["field"] not in ("id", ".id") and self._fields.get(
            problem["field"]
        )
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
                    length=format_people_number(self.env, len(title)),
                    limit=format_people_number(self.env, IMPORTED_TITLE_LENGTH),
                ),
            )
        elif people_text.find_tags(title):
            yield (
                "name",
                self.env._(
                    "the title “%(title)s” contains HTML. Use plain text.",
                    title=title[:80],
                ),
            )
