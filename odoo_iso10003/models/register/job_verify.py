# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..mixin.people_date import format_people_date, format_people_number
from .register_proof import VERIFY_BATCH

# how many broken rows are named
SHOWN_BREAKS = 100
# rows get their instant before they are committed: no transaction takes longer
LONGEST = relativedelta(hours=6)


class JobVerify(models.Model):
    """Verification in the background: all files, and then all of them together.

    Each night the end of each file is noted as one digest in the file of the company.
    So a file that is gone with its end, or rewritten with a new one, is found as long
    as that row stands, which one noted end of the company's own file proves.
    """

    _inherit = "iso10003.job"

    @api.model
    def _cron_verify(self):
        """Put up what does not guard, and verify everything, each night."""
        self.env["iso10003.register.guard"]._mend()
        # all companies, and for each of them its own managers read what came out
        companies = self.env["res.company"].search([])  # pylint: disable=no-search-all
        self._ask("verify", companies)

    def _step_verify(self):
        registers = self._as_who_asked("iso10003.register")
        registers._check_may_prove()
        place = self.place or {"breaks": [], "count": 0, "after": ""}
        if not self.total:
            self.total = self._count_heads()
        if self._is_past_heads(place):
            return self._end_verification(registers, place)
        files = self._list_headed(place["after"], VERIFY_BATCH)
        self._look_at(registers, files, place)
        place["after"] = files[-1] if files else None
        self._move_on(place, len(files))
        return None

    def _is_past_heads(self, place):
        return place["after"] is None

    def _look_at(self, registers, files, place):
        breaks = registers._find_breaks(files) if files else []
        place["count"] += len(breaks)
        room = SHOWN_BREAKS - len(place["breaks"])
        place["breaks"] += [
            [found["file"], found["sequence"], found["problem"]]
            for found in breaks[:room]
        ]

    def _end_verification(self, registers, place):
        """Look at what has no end, and at all ends together; note them anew."""
        strays = self._list_strays()
        for start in range(0, len(strays), VERIFY_BATCH):
            self._look_at(registers, strays[start : start + VERIFY_BATCH], place)
        guards = self.env["iso10003.register.guard"]._find_open()
        result = {
            "files": self.done + len(strays),
            "breaks": place["breaks"],
            "count": place["count"],
            "guards": [[trigger, problem] for _where, trigger, problem in guards],
            "lost": self._find_lost(),
        }
        if not self._is_broken(result):
            self._note_heads()
        return result

    @api.model
    def _is_broken(self, result):
        return bool(result and (result["count"] or result["guards"] or result["lost"]))

    # ------------------------------------------------------------
    # Which files
    # ------------------------------------------------------------

    def _count_heads(self):
        [(count,)] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FROM iso10003_register_head WHERE company_id = %s",
                self.company_id.id,
            )
        )
        return count

    def _list_headed(self, after, most):
        """Return the next files that have an end, by index."""
        rows = self.env.execute_query(
            SQL(
                """SELECT file FROM iso10003_register_head
                    WHERE company_id = %s AND file > %s ORDER BY file LIMIT %s""",
                self.company_id.id,
                after,
                most,
            )
        )
        return [file for (file,) in rows]

    def _list_strays(self):
        """Return files that should have an end and have none."""
        company = self.company_id.id
        selects = [
            SQL("SELECT file FROM iso10003_register WHERE company_id = %s", company)
        ]
        for name in sorted(self.env.registry["iso10003.registered"]._inherit_children):
            selects.append(
                SQL(
                    "SELECT %s || id FROM %s WHERE company_id = %s",
                    f"{name},",
                    SQL.identifier(self.env[name]._table),
                    company,
                )
            )
        rows = self.env.execute_query(
            SQL(
                """SELECT file FROM (%s) AS known WHERE NOT EXISTS (
                       SELECT FROM iso10003_register_head h WHERE h.file = known.file
                   ) ORDER BY file""",
                SQL(" UNION ").join(selects),
            )
        )
        return [file for (file,) in rows]

    @api.model
    def _list_unverified(self, company, most):
        """Return the files in which something happened since the last verification.

        :param most: how many are asked for; one more says that there are more
        """
        since = self._find_last_whole(company).started_date
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT file FROM iso10003_register
                    WHERE company_id = %s AND %s ORDER BY file LIMIT %s""",
                company.id,
                SQL("at >= %s", since - LONGEST) if since else SQL("TRUE"),
                most + 1,
            )
        )
        return [file for (file,) in rows]

    @api.model
    def _find_last_whole(self, company):
        """Return the last verification of a company that found nothing."""
        ended = self.sudo().search(  # by who asks for a verification, who may
            [
                ("kind", "in", ["verify", "verify_new"]),
                ("state", "=", "done"),
                ("company_id", "=", company.id),
            ],
            limit=1,
        )
        return ended.filtered(lambda job: not self._is_broken(job.result))

    @api.model
    def _note_verified(self, company, started, files, breaks):
        """Note that what is new was verified at once."""
        self.sudo().create(  # see _ask
            {
                "kind": "verify_new",
                "state": "done",
                "user_id": self.env.uid,
                "company_id": company.id,
                "asked_date": started,
                "started_date": started,
                "ended_date": fields.Datetime.now(),
                "done": len(files),
                "total": len(files),
                "result": {
                    "files": len(files),
                    "count": len(breaks),
                    "breaks": [
                        [found["file"], found["sequence"], found["problem"]]
                        for found in breaks[:SHOWN_BREAKS]
                    ],
                    "guards": [],
                    "lost": None,
                },
            }
        )

    # ------------------------------------------------------------
    # All files together
    # ------------------------------------------------------------

    def _digest_heads(self, until):
        """Return how many files there were at an instant, and the digest of their ends.

        Rows never change, so the ends of then can be read from them at any time.
        """
        [(count, digest)] = self.env.execute_query(
            SQL(
                """SELECT COUNT(*), encode(sha256(convert_to(COALESCE(string_agg(
                              concat_ws(' ', file, sequence, hash), E'\\n'
                              ORDER BY file COLLATE "C"), ''), 'UTF8')), 'hex')
                     FROM (SELECT DISTINCT ON (file) file, sequence, hash
                             FROM iso10003_register
                            WHERE company_id = %s AND at <= %s
                         ORDER BY file, sequence DESC) AS ends""",
                self.company_id.id,
                until,
            )
        )
        return count, digest

    def _note_heads(self):
        until = (self.started_date or fields.Datetime.now()) - LONGEST
        count, digest = self._digest_heads(until)
        data = {"files": count, "until": f"{until.isoformat()}Z", "sha256": digest}
        # as the system: nobody says by hand which ends there were
        registers = self.env["iso10003.register"].sudo()
        registers._append([(self.company_id, "heads_noted", data, None)])

    def _find_lost(self):
        """Return when the ends were noted that are no more as they were, or nothing."""
        noted = self.env["iso10003.register"].sudo()  # of its own company
        last = noted.search(
            [
                ("file", "=", self.company_id._register_file()),
                ("event", "=", "heads_noted"),
            ],
            order="sequence desc",
            limit=1,
        )
        if not last:
            return None
        until = fields.Datetime.to_datetime(
            last.data["until"].rstrip("Z").replace("T", " ")
        )
        present = self._digest_heads(until)
        if present == (last.data["files"], last.data["sha256"]):
            return None
        return last.data["until"]

    # ------------------------------------------------------------
    # In words
    # ------------------------------------------------------------

    def _tell_verify(self, result):
        if not self._is_broken(result):
            return self.env._(
                "Every chain of %(count)s files is whole, and none is lost.",
                count=format_people_number(self.env, result["files"]),
            )
        return "\n".join(self._list_broken(result))

    def _tell_verify_new(self, result):
        if not self._is_broken(result):
            return self.env._(
                "Every chain of %(count)s files with something new is whole. A change "
                "of rows that were verified before is found by the verification of "
                "the whole register, each night.",
                count=format_people_number(self.env, result["files"]),
            )
        return "\n".join(self._list_broken(result))

    def _list_broken(self, result):
        registers = self.env["iso10003.register"]
        guard = self.env["iso10003.register.guard"]
        for file, sequence, problem in result["breaks"]:
            yield registers._prepare_break(file, sequence, problem)["message"]
        if (more := result["count"] - len(result["breaks"])) > 0:
            yield self.env._(
                "%(count)s more files are broken.",
                count=format_people_number(self.env, more),
            )
        for trigger, problem in result["guards"]:
            yield self.env._(
                "The guard %(trigger)s of the register %(problem)s.",
                trigger=trigger,
                problem=guard._explain(problem),
            )
        if lost := result["lost"]:
            day = fields.Date.to_date(lost[:10])
            yield self.env._(
                "Files are gone or were written anew: their ends are not those that "
                "were noted until %(day)s.",
                day=format_people_date(self.env, day, "short"),
            )
