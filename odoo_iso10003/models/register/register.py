# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ...core import chain
from ...core.story import Fact
from ..mixin.people_date import format_people_date, format_people_number

# of the cursor: the ends that this transaction has moved
HEADS = "iso10003.register.heads"


def keep_rows(_rows):
    """Rows stay, whatever their event is called later: nothing deletes them."""


class Register(models.Model):
    """What happened to each file, one row each, for ever.

    Rows are chained by hash (``core/chain.py``), hold values and not references,
    and no personal data in the clear. PostgreSQL refuses to change them in all ordinary
    ways; what whoever owns the database changes, a later end that was noted tells.
    ISO 10003:2018, 4.4 information integrity and 4.5 accountability.
    """

    _name = "iso10003.register"
    _description = "Register"
    _order = "file, sequence"
    _log_access = False  # its keys to res_users would be updates of old rows
    _rec_name = "file"

    version = fields.Integer("Format", required=True, readonly=True)
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    file = fields.Char(required=True, readonly=True)
    # only to find the rows of a file: what is sealed is the file
    dispute_id = fields.Many2one(
        "iso10003.dispute", readonly=True, ondelete="restrict", index="btree_not_null"
    )
    sequence = fields.Integer("No.", required=True, readonly=True, aggregator=None)
    at = fields.Datetime("When", required=True, readonly=True, index=True)
    actor = fields.Integer("User number", required=True, readonly=True, aggregator=None)
    actor_name = fields.Char("Who", compute="_compute_actor_name")
    event = fields.Selection(
        [
            ("opened", "Opened"),
            ("transition", "Change of state"),
            ("outcome", "Result noted"),
            ("outcome_date", "Date of the result corrected"),
            ("scope", "Scope decided"),
            ("waiting", "Who must act next"),
            ("hold", "Put on hold"),
            ("resume", "Taken off hold"),
            ("override", "Rule overridden"),
            ("correction", "Correction"),
            ("changed", "Changed"),
            ("attachment", "Attachment"),
            ("erased", "Text erased"),
            ("complainant", "Complainant corrected"),
            ("approved", "Approved"),
            ("in_force", "Put into force"),
            ("superseded", "Superseded"),
            ("heads_noted", "Ends of all files noted"),
            ("guard_mended", "Guard of the register put up again"),
        ],
        required=True,
        readonly=True,
    )
    data = fields.Json("Sealed values", readonly=True)
    summary = fields.Text("What", compute="_compute_summary")
    note = fields.Text(compute="_compute_note", compute_sudo=True)
    previous_hash = fields.Char("Hash of the row before", required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)

    _file_sequence_unique = models.UniqueIndex(
        "(file, sequence)", "Each row of a file has its own number."
    )

    def init(self):
        """Let PostgreSQL refuse to change history, to the table's owner too.

        The owner can take that away, and then write a chain anew with its end: only an
        end that was noted elsewhere, as on a paper copy of the file, tells then.
        """
        self.env["iso10003.register.guard"]._put_up(self._table)

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    @api.depends("actor")
    def _compute_actor_name(self):
        # a name is not secret to who may read the row, and the user may be gone
        self.env["res.partner"].flush_model(["name"])
        names = dict(
            self.env.execute_query(
                SQL(
                    """SELECT u.id, p.name
                         FROM res_users u JOIN res_partner p ON p.id = u.partner_id
                        WHERE u.id = ANY(%s)""",
                    list(set(self.mapped("actor"))),
                )
            )
        )
        for row in self:
            row.actor_name = names.get(row.actor) or self.env._(
                "User %(number)s", number=row.actor
            )

    def _compute_note(self):
        noted = self.filtered(lambda row: "note_sha256" in (row.data or {}))
        notes = self.env["iso10003.register.note"].search_fetch(
            [("register_id", "in", noted.ids)], ["register_id", "text"]
        )
        texts = {note.register_id.id: note.text for note in notes}
        for row in self:
            row.note = texts.get(row.id)

    @api.depends("event", "data")
    @api.depends_context("lang")
    def _compute_summary(self):
        for row in self:
            describe = getattr(row, f"_describe_{row.event}", None)
            data = row.data if isinstance(row.data, dict) else {}
            row.summary = describe(data) if describe else ""

    def _list_facts(self):
        """Return what a row tells in the story of its file."""
        event = self._label(self._name, "event", self.event)
        return [Fact(self.at, event, self.note or self.summary)]

    def _label(self, model, field, value):
        """Return the reader's word for a sealed code of a selection."""
        return dict(
            self.env[model]._fields[field]._description_selection(self.env)
        ).get(value, value or "")

    @api.model
    def _tell_in_turn(self, parts):
        """Return sentences one after the other, with the reader's mark between."""
        told = ""
        for part in parts:
            told = (
                self.env._("%(first)s; %(then)s", first=told, then=part)
                if told
                else part
            )
        return told

    @api.model
    def _tell_number(self, number):
        """Return a number in the reader's digits."""
        return format_people_number(self.env, number)

    @api.model
    def _tell_move(self, old, new):
        """Return what was and what became of it, in the direction of reading."""
        return self.env._("%(old)s → %(new)s", old=old, new=new)

    def _describe_transition(self, data):
        dispute = "iso10003.dispute"
        text = self._tell_move(
            self._label(dispute, "state", data.get("from")),
            self._label(dispute, "state", data.get("to")),
        )
        if data.get("outcome"):
            text += f" ({self._label(dispute, 'outcome', data['outcome'])})"
        if noted := data.get("noted_before"):
            text = self._tell_in_turn([text, self._tell_noted_before(noted)])
        if data.get("gates"):
            text = self._tell_in_turn([text, self._tell_gates(data)])
        return text

    def _tell_noted_before(self, noted):
        return self.env._(
            "noted before: %(result)s", result=self._describe_outcome(noted)
        )

    def _tell_gates(self, data):
        """Return how many gates were asked, how strictly, and which were open."""
        asked, passed_over = data["gates"], data.get("passed_over") or []
        told = self.env._(
            "%(asked)s gates asked, %(blocking)s of them blocking",
            asked=self._tell_number(len(asked)),
            blocking=self._tell_number(
                sum(severity == "block" for severity in asked.values())
            ),
        )
        if passed_over:
            told += self.env._("; passed over: %(codes)s", codes=", ".join(passed_over))
        return told

    def _describe_opened(self, data):
        return data.get("number", "")

    def _describe_outcome(self, data):
        told = self._label("iso10003.dispute", "outcome", data.get("outcome"))
        return f"{told} ({self._tell_day(data['date'])})" if data.get("date") else told

    def _tell_day(self, day):
        """Return a sealed day as the reader writes it."""
        written = day and format_people_date(
            self.env, fields.Date.to_date(day), "short"
        )
        return written or "–"

    def _describe_outcome_date(self, data):
        return self._tell_move(
            self._tell_day(data.get("from")), self._tell_day(data.get("to"))
        )

    def _describe_scope(self, data):
        return self._label("iso10003.dispute", "scope_decision", data.get("decision"))

    def _describe_waiting(self, data):
        return self._label("iso10003.dispute", "waiting_on", data.get("to"))

    # ------------------------------------------------------------
    # Writing: at the end, and nowhere else
    # ------------------------------------------------------------

    # pylint: disable=method-required-super,no-raise-unlink

    @api.private
    @api.model_create_multi
    def create(self, vals_list):
        raise AccessError(
            self.env._(
                "Rows of the register come from what happens to a file; "
                "they cannot be entered by hand."
            )
        )

    def write(self, vals):
        raise AccessError(
            self.env._("The register is append-only: a row cannot be changed.")
        )

    def unlink(self):
        raise AccessError(
            self.env._("The register is append-only: a row cannot be deleted.")
        )

    @api.model
    def _append(self, events):
        """Append events to their files, in two queries whatever their number.

        Writers of one file wait for each other on its head; writers of different
        files never do. Raw SQL, because nobody has the right to create rows.

        The ends that this transaction has moved stay at hand, and spare the first
        query: no one else moves them before it ends. Where they are not what they
        were, as after a part that was rolled back, they are read anew.

        :param events: ``(record, event, data, note)`` for each row, in order
        """
        if not events:
            return
        heads = self.env["iso10003.register.head"]
        known = self.env.cr.cache.setdefault(HEADS, {})
        files = {event[0]._register_file(): event[0] for event in events}
        if unknown := files.keys() - known.keys():
            known |= heads._lock({file: files[file] for file in unknown})
        former = {file: known[file] for file in files}
        rows, notes = self._seal_rows(events, known)
        moved = heads._move(rows, notes, former, known)
        for kind in self._get_shown_by().values():
            self.env[kind].invalidate_model(["register_ids"])
        if stale := files.keys() - moved:
            for file in stale:
                del known[file]
            self._append(
                [event for event in events if event[0]._register_file() in stale]
            )

    def _seal_rows(self, events, heads):
        """Return the rows of events, with their notes, and move ``heads`` by them."""
        at = fields.Datetime.now()
        rows, notes = [], []
        for record, event, data, note in events:
            file = record._register_file()
            sequence, last, file_salt = heads[file]
            data = chain.digest_texts(data, file_salt)
            if note:
                salt = secrets.token_hex(16)
                data = {**data, "note_sha256": chain.note_digest(salt, note)}
                notes.append((file, sequence + 1, salt, note))
            entry = chain.seal(
                (sequence, last), self._prepare_entry(record, event, data, at)
            )
            heads[file] = (entry["sequence"], entry["hash"], file_salt)
            rows.append((entry, at, record))
        return rows, notes

    def _prepare_entry(self, record, event, data, at):
        return {
            "company": record._register_company().id,
            "file": record._register_file(),
            "at": self._sealed_instant(at),
            "actor": self.env.uid,
            "event": event,
            "data": data,
        }

    @api.model
    def _sealed_instant(self, at):
        return f"{at.isoformat()}Z"

    @api.model
    def _try_lock_heads(self, records):
        """Return those of ``records`` whose file nobody else writes, now taken.

        :param records: records of one model that have files in the register
        """
        files = {record._register_file(): record for record in records}
        if not files:
            return records
        taken = self.env.execute_query(
            SQL(
                """SELECT file FROM iso10003_register_head
                   WHERE file IN %s FOR UPDATE SKIP LOCKED""",
                tuple(files),
            )
        )
        return records.browse(files[file].id for (file,) in taken)

    @api.model
    def _get_shown_by(self):
        """Return ``{column: kind of file whose forms find their rows by it}``."""
        return {"dispute_id": "iso10003.dispute"}
