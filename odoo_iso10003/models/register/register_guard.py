# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

APPEND_ONLY = """
BEGIN
    RAISE EXCEPTION 'The register is append-only: % refused', TG_OP
        USING ERRCODE = 'insufficient_privilege';
END """
KEPT = """
BEGIN
    IF TG_OP = 'DELETE' AND EXISTS (
        SELECT 1
          FROM iso10003_register r
          JOIN iso10003_register e
            ON e.file = r.file AND e.sequence > r.sequence
         WHERE r.id = OLD.register_id AND e.event = 'erased'
           AND e.data -> 'rows' @> to_jsonb(r.sequence)
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'A text of the register is erased by a row: % refused',
        TG_OP USING ERRCODE = 'insufficient_privilege';
END """
# of each table: the function, its body, and the triggers with what they refuse, for
# each what, and how PostgreSQL keeps the two (``pg_trigger.tgtype``)
GUARDS = {
    "iso10003_register": (
        "iso10003_register_refuse",
        APPEND_ONLY,
        {
            "iso10003_register_append_only": (
                "UPDATE OR DELETE OR TRUNCATE",
                "STATEMENT",
                58,
            )
        },
    ),
    "iso10003_register_note": (
        "iso10003_register_note_refuse",
        KEPT,
        {
            "iso10003_register_note_kept": ("UPDATE OR DELETE", "ROW", 27),
            "iso10003_register_note_not_emptied": ("TRUNCATE", "STATEMENT", 34),
        },
    ),
}


class RegisterGuard(models.AbstractModel):
    """The triggers by which PostgreSQL refuses to change the register.

    They hold against all ordinary ways, the table's owner's included. Who owns the
    database can take them away; that is seen here as long as it lasts, and what was
    changed meanwhile is found by whoever holds an end that was noted after it.
    """

    _name = "iso10003.register.guard"
    _description = "Guard of the register"

    @api.model
    def _put_up(self, table):
        """Let PostgreSQL refuse to change a table, in replicas and restores too."""
        function, body, triggers = GUARDS[table]
        self.env.cr.execute(
            SQL(
                """CREATE OR REPLACE FUNCTION %s() RETURNS trigger
                   LANGUAGE plpgsql AS %s""",
                SQL.identifier(function),
                body,
            )
        )
        for trigger, (refused, each, _kind) in triggers.items():
            names = {
                "trigger": SQL.identifier(trigger),
                "table": SQL.identifier(table),
                "function": SQL.identifier(function),
                "refused": SQL(refused),  # pylint: disable=sql-injection
                "each": SQL(each),  # pylint: disable=sql-injection
            }
            for statement in (
                "DROP TRIGGER IF EXISTS %(trigger)s ON %(table)s",
                "CREATE TRIGGER %(trigger)s BEFORE %(refused)s ON %(table)s"
                " FOR EACH %(each)s EXECUTE FUNCTION %(function)s()",
                "ALTER TABLE %(table)s ENABLE ALWAYS TRIGGER %(trigger)s",
            ):
                used = {
                    name: part
                    for name, part in names.items()
                    if f"%({name})s" in statement
                }
                self.env.cr.execute(SQL(statement, **used))

    @api.model
    def _find_open(self):
        """Return what does not guard as it should: ``[(table, trigger, problem)]``.

        :return: the problem is ``missing``, ``off``, ``plain`` (a restore with
            ``--disable-triggers`` leaves it so: it is off in replicas and for whoever
            says to be one) or ``other`` (it does something else)
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT c.relname, t.tgname, t.tgenabled, t.tgtype,
                          t.tgqual IS NULL AND t.tgattr = '', p.proname, p.prosrc
                     FROM pg_trigger t
                     JOIN pg_class c ON c.oid = t.tgrelid
                     JOIN pg_proc p ON p.oid = t.tgfoid
                    WHERE c.relname = ANY(%s) AND NOT t.tgisinternal
                      AND c.relnamespace = current_schema::regnamespace""",
                list(GUARDS),
            )
        )
        found = {(table, trigger): row for table, trigger, *row in rows}
        problems = []
        for table, (function, body, triggers) in GUARDS.items():
            for trigger, (_refused, _each, kind) in triggers.items():
                enabled, *form = found.get((table, trigger)) or ("missing",)
                wanted = [kind, True, function, body]
                problem = {"missing": "missing", "D": "off", "A": None}.get(
                    enabled, "plain"
                )
                if not problem and form != wanted:
                    problem = "other"
                if problem:
                    problems.append((table, trigger, problem))
        return problems

    @api.model
    def _explain(self, problem):
        return {
            "missing": self.env._("is missing"),
            "off": self.env._("is switched off"),
            "plain": self.env._("is not enabled as always"),
            "other": self.env._("does something else"),
        }[problem]

    @api.model
    def _tell_open(self):
        """Return one sentence for each guard that does not guard, or nothing."""
        return [
            self.env._(
                "The guard %(trigger)s of the register %(problem)s.",
                trigger=trigger,
                problem=self._explain(problem),
            )
            for _where, trigger, problem in self._find_open()
        ]

    @api.model
    def _mend(self):
        """Put up again what does not guard, with a row for each company.

        What was changed while it was open is for the verification to find.
        """
        found = self._find_open()
        for table in {where for where, _which, _how in found}:
            self._put_up(table)
        if found:
            # a row for each, whoever notices: the register is of all companies
            companies = self.env["res.company"].sudo().search([])  # pylint: disable=no-search-all
            data = {"guards": [[trigger, why] for _where, trigger, why in found]}
            self.env["iso10003.register"].sudo()._append(
                [(company, "guard_mended", data, None) for company in companies]
            )
        return found

    @api.model
    def action_mend(self):
        """Put up the guards again, as a manager or administrator.

        :raises AccessError: for everybody else
        """
        if not self.env.user.has_groups(
            "odoo_iso10003.group_manager,base.group_system"
        ):
            raise AccessError(
                self.env._("Only dispute managers and administrators mend the guards.")
            )
        self._mend()
        return True
