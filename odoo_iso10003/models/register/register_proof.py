# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json
from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...core import chain, verify
from ..mixin.people_date import format_people_number

# files whose rows are held in memory at once when many are verified
VERIFY_BATCH = 500
# how many files are verified while somebody waits; more are verified in the background
AT_ONCE = 2000
# how a sealed value is read, if not from a column of its own name: as text where
# Python cannot hold all that PostgreSQL can
COLUMNS = {
    "company": SQL("r.company_id"),
    "at": SQL("""(to_json(r.at) #>> '{}') || 'Z'"""),
    "data": SQL("r.data::text"),
}


class RegisterProof(models.Model):
    """The register proves itself: verification, and export for others to verify."""

    _inherit = "iso10003.register"

    @api.model
    def verify_chain(self, files=None):
        """Check the chains and name the first broken row of each broken file.

        :param files: names of files such as ``iso10003.dispute,7``; all files of
            the user's companies when not given
        :return: a list of ``{"file", "sequence", "problem", "message"}``, empty
            when every chain is whole
        :raises AccessError: for who may not read the whole register, or asks for
            what is no file of the user's companies
        """
        self._check_may_prove()
        files = self._known_files(files)
        breaks = []
        for start in range(0, len(files), VERIFY_BATCH):
            breaks += self._find_breaks(files[start : start + VERIFY_BATCH])
        return breaks

    @api.model
    def _find_breaks(self, files):
        """Return the first broken row of each of these files that is broken."""
        misplaced, breaks = self._find_misplaced(files), []
        for file, (entries, head) in self._read_chains(files).items():
            found = verify.find_break(entries, head) or misplaced.get(file)
            if found:
                breaks.append(self._prepare_break(file, *found))
        return breaks

    # buttons of the list call them with the rows that are ticked, so not api.model
    def action_verify_all(self):
        """Check what is new since the last verification, and show what came out.

        All of it where nothing was verified before. What is too much for a request is
        verified in the background.
        """
        self._check_may_prove()
        started = fields.Datetime.now()
        asked = {company: self._list_new(company) for company in self.env.companies}
        count = sum(map(len, asked.values()))
        if count > AT_ONCE:
            return self.action_verify_whole()
        breaks = []
        for company, files in asked.items():
            found = self.verify_chain(files)
            self.env["iso10003.job"]._note_verified(company, started, files, found)
            breaks += found
        told = self.env._(
            "Every chain with something new since the last verification is whole: "
            "%(count)s files. A change of rows that were verified before is found by "
            "the verification of the whole register, each night.",
            count=format_people_number(self.env, count),
        )
        files = [file for some in asked.values() for file in some]
        return self._show_breaks(files, breaks, told)

    def _list_new(self, company):
        """Return the files of a company to be verified, all if none were before."""
        jobs = self.env["iso10003.job"]
        if jobs._find_last_whole(company):
            return jobs._list_unverified(company, AT_ONCE)
        return self.with_context(allowed_company_ids=company.ids)._known_files()

    def action_verify_whole(self):
        """Let all chains of the user's companies be verified in the background."""
        self._check_may_prove()
        return self.env["iso10003.job"]._ask("verify", self.env.companies)._show()

    def action_export(self):
        """Let the register of the user's companies be exported in the background."""
        self._check_may_prove()
        return self.env["iso10003.job"]._ask("export", self.env.companies)._show()

    @api.model
    def _show_breaks(self, files, breaks=None, whole=None):
        if breaks is None:
            breaks = self.verify_chain(files)
        message = "\n".join(found["message"] for found in breaks)
        message = "\n".join(
            [
                *self.env["iso10003.register.guard"]._tell_open(),
                *filter(None, [message]),
            ]
        )
        whole = whole or self.env._("Every chain is whole.")
        if erased := self._count_erased(files):
            whole += " " + self.env._(
                "Texts erased, as later rows say: %(count)s.",
                count=format_people_number(self.env, erased),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if message else "success",
                "title": self.env._("Register"),
                "message": message or whole,
                "sticky": bool(message),
            },
        }

    def _count_erased(self, files):
        """Return how many texts of whole chains are gone because they were erased."""
        domain = [("event", "=", chain.ERASED)]
        if files is not None:
            domain.append(("file", "in", files))
        return sum(len(row.data.get("rows", ())) for row in self.search(domain))

    def _check_may_prove(self):
        if not self.env.su and not self.env.user.has_groups(
            "odoo_iso10003.group_auditor,odoo_iso10003.group_manager"
        ):
            raise AccessError(
                self.env._("Only dispute auditors and managers verify the register.")
            )

    def _known_files(self, asked=None):
        """Return files that have rows, a head, or a record that should have both.

        :param asked: names of files, to see to it that all of them are known
        """
        companies = tuple(self.env.companies.ids)
        selects = [
            SQL("SELECT file FROM iso10003_register WHERE company_id IN %s", companies),
            SQL(
                "SELECT file FROM iso10003_register_head WHERE company_id IN %s",
                companies,
            ),
        ]
        for name in sorted(self.env.registry["iso10003.registered"]._inherit_children):
            model = self.env[name]
            selects.append(
                SQL(
                    "SELECT %s || id FROM %s WHERE company_id IN %s",
                    f"{name},",
                    SQL.identifier(model._table),
                    companies,
                )
            )
        rows = self.env.execute_query(
            SQL(
                "SELECT file FROM (%s) AS known %s ORDER BY file",
                SQL(" UNION ").join(selects),
                SQL() if asked is None else SQL("WHERE file = ANY(%s)", list(asked)),
            )
        )
        known = [file for (file,) in rows]
        if unknown := set(asked or ()).difference(known):
            raise AccessError(
                self.env._(
                    "Your companies have no file %(files)s in the register.",
                    files=", ".join(sorted(unknown)),
                )
            )
        return known

    def _read_chains(self, files):
        """Return ``{file: (entries, head)}``; a file with nothing left is there too.

        Rows are read by SQL, past the record rules and whatever their company: a
        row that a rule hides would look like a row that was deleted.
        """
        entries = defaultdict(list)
        columns = SQL(", ").join(
            COLUMNS.get(key) or SQL.identifier("r", key) for key in chain.ENTRY_KEYS
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT %s, n.id, n.salt, n.text
                     FROM iso10003_register r
                LEFT JOIN iso10003_register_note n ON n.register_id = r.id
                    WHERE r.file IN %s
                 ORDER BY r.file, r.sequence, r.id""",
                columns,
                tuple(files),
            )
        )
        for *values, note, salt, text in rows:
            entry = dict(zip(chain.ENTRY_KEYS, values, strict=True))
            entry["data"] = self._read_data(entry["data"])
            if note:
                entry["note"] = {"salt": salt, "text": text}
            entries[entry["file"]].append(entry)
        heads = self.env.execute_query(
            SQL(
                "SELECT file, sequence, hash FROM iso10003_register_head "
                "WHERE file IN %s",
                tuple(files),
            )
        )
        heads = {
            file: (sequence, head_hash)
            for file, sequence, head_hash in heads
            if sequence is not None and head_hash is not None
        }
        return {file: (entries[file], heads.get(file)) for file in files}

    def _read_data(self, text):
        """Return sealed values, or the text of what no register would have sealed.

        Numbers and nesting beyond what Python reads are a row's fault, not ours: the
        row is named, and the others are looked at all the same.
        """
        try:
            return json.loads(text or "null")
        except (ValueError, RecursionError):
            return text

    def _find_misplaced(self, files):
        """Return ``{file: (sequence, code)}`` of rows that are shown elsewhere.

        Which record shows a row is not sealed, because it follows from the file.
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT file, MIN(sequence) FROM iso10003_register
                    WHERE file IN %s AND (%s)
                 GROUP BY file""",
                tuple(files),
                SQL(" OR ").join(
                    SQL(
                        """%(prefix)s || %(column)s IS DISTINCT FROM
                           CASE WHEN starts_with(file, %(prefix)s) THEN file END""",
                        prefix=f"{kind},",
                        column=SQL.identifier(column),
                    )
                    for column, kind in self._get_shown_by().items()
                ),
            )
        )
        return {file: (sequence, "misplaced") for file, sequence in rows}

    def _prepare_break(self, file, sequence, problem):
        return {
            "file": file,
            "sequence": sequence,
            "problem": problem,
            "message": self.env._(
                "%(file)s: row %(sequence)s %(problem)s.",
                file=file,
                sequence=sequence,
                problem=self._explain_break(problem),
            ),
        }

    def _explain_break(self, problem):
        return {
            "version": self.env._("has an unknown format"),
            "file": self.env._("belongs to another file"),
            "missing": self.env._("is missing"),
            "doubled": self.env._("is there twice or out of order"),
            "content": self.env._("was changed: its content does not match its hash"),
            "link": self.env._("does not continue the row before it"),
            "surplus": self.env._("was added past the noted end of the file"),
            "head": self.env._("does not match the noted end of the file"),
            "note": self.env._("carries a text that does not match its seal"),
            "gone": self.env._("lost its text, and no row says that it was erased"),
            "misplaced": self.env._("is shown with another file"),
            "no head": self.env._("cannot be checked: the noted end is gone"),
        }[problem]

    @api.model
    def _export_lines(self, files):
        """Yield the files as JSON lines that ``core/verify.py`` checks."""
        salts = dict(
            self.env.execute_query(
                SQL(
                    "SELECT file, salt FROM iso10003_register_head WHERE file IN %s",
                    tuple(files),
                )
            )
        )
        for file, (entries, head) in self._read_chains(files).items():
            for entry in entries:
                yield self._write_line(entry)
            if head:
                sequence, head_hash = head
                yield json.dumps(
                    {
                        "file": file,
                        "head": {"sequence": sequence, "hash": head_hash},
                        "salt": salts.get(file) or "",
                    }
                )

    def _write_line(self, entry):
        try:
            return json.dumps(entry, ensure_ascii=False, sort_keys=True)
        except RecursionError:
            # read, but nested too deep to be written: without it the row is broken too
            return self._write_line({**entry, "data": None})
