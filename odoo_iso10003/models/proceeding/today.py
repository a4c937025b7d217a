# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from ...core import story
from ..mixin.people_date import format_people_date, format_people_number
from .concluded import MESSAGE
from .obligation import OURS

# so many days ahead, something is looked at today
AHEAD = 7
# so many rows are shown of each section; the rest is a list of its own
SHOWN = 8


class Section(NamedTuple):
    """What waits today, of one kind: records of a model that fit."""

    word: str
    model: str
    domain: Domain
    # whose they are
    owner: str = "user_id"
    # of which day
    day: str = ""
    # of which file, where they are none themselves
    file: str = ""


class Today(models.AbstractModel):
    """What one person has to look at today, and managers for each of their people.

    Rooms above add sections by :meth:`_get_sections`. Each is searched with the rights
    of who asks, a few of it shown, and all of it one press away.
    """

    _name = "iso10003.today"
    _description = "What waits today"

    @api.model
    @api.readonly
    def get_today(self, owner_id=None):
        """Return what waits today, section by section, for the page of that name.

        :param owner_id: whose files; the user's own if not given, and everybody's that
            the user may read with ``False``
        """
        self.env["iso10003.dispute"].check_access("read")
        owner = self.env.uid if owner_id is None else owner_id
        sections = self._get_sections().items()
        return {
            "day": format_people_date(self.env, fields.Date.context_today(self)),
            "owner": owner,
            "owners": self._list_owners(),
            "sections": [
                self._tell_section(code, section, owner) for code, section in sections
            ],
        }

    @api.model
    def _list_owners(self):
        """Return who leads open files, for who leads the people."""
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            return []
        groups = self.env["iso10003.dispute"]._read_group(
            [("state", "!=", "closed")], ["user_id"]
        )
        # a name is no secret to who reads the files
        owners = self.env.user.union(*(owner for (owner,) in groups)).sudo()
        return [{"id": one.id, "name": one.name} for one in owners.sorted("name")]

    # ------------------------------------------------------------
    # What is looked at
    # ------------------------------------------------------------

    @api.model
    def _get_sections(self):
        """Return ``{code: section}``, in the order in which they are shown."""
        soon = fields.Date.context_today(self) + timedelta(days=AHEAD)
        open_files = Domain("state", "!=", "closed") & Domain("on_hold", "=", False)
        files = "iso10003.dispute"
        return {
            "limits": Section(
                self.env._("Our limits"),
                "iso10003.deadline",
                Domain("state", "=", "running")
                & Domain("actor", "=", "organization")
                & Domain("due_date", "<=", soon),
                day="due_date",
                file="file_id",
            ),
            "owed": Section(
                self.env._("What we owe"),
                "iso10003.obligation",
                Domain("state", "=", "due")
                & Domain("owed_by", "=", OURS)
                & Domain("due_date", "<=", soon),
                owner="file_id.user_id",
                day="due_date",
                file="file_id",
            ),
            "hearings": Section(
                self.env._("Hearings"),
                "iso10003.hearing",
                Domain("state", "=", "planned")
                & Domain("start", "<", soon + timedelta(days=1)),
                owner="proceeding_id.user_id",
                day="start",
            ),
            "letters": Section(
                self.env._("Letters to be sent"),
                "iso10003.letter",
                Domain("state", "=", "draft"),
                owner="file_id.user_id",
                file="file_id",
            ),
            "messages": Section(
                self.env._("New messages from outside"),
                files,
                Domain("message_came", "=", True),
            ),
            "turn": Section(
                self.env._("We must act next"),
                files,
                open_files & Domain("waiting_on", "=", "organization"),
                day="next_due_date",
            ),
            "tasks": Section(
                self.env._("Tasks"),
                "mail.activity",
                Domain("res_model", "in", self._get_models_of_files())
                & Domain("activity_type_id", "!=", self._get_message_kind())
                & Domain("date_deadline", "<=", fields.Date.context_today(self)),
                day="date_deadline",
            ),
            "stranded": Section(
                self.env._("Without a next step"),
                files,
                Domain("lacks_next_step", "=", True),
            ),
        }

    @api.model
    def _get_models_of_files(self):
        """Return the kinds of files and of their parts: of their tasks we tell."""
        part = self.env.registry["iso10003.registered.part"]
        return self.env["iso10003.file"]._get_kinds() + [
            name
            for name, kind in self.env.registry.items()
            if issubclass(kind, part)
            and kind._fields.keys() & {"file_id", "dispute_id", "proceeding_id"}
        ]

    @api.model
    def _get_message_kind(self):
        return self.env["ir.model.data"]._xmlid_to_res_id(MESSAGE)

    # ------------------------------------------------------------
    # How it is told
    # ------------------------------------------------------------

    @api.model
    def _tell_section(self, code, section, owner):
        domain = section.domain
        if owner:
            domain &= Domain(section.owner, "=", owner)
        records = self.env[section.model]
        order = ", ".join(filter(None, [section.day, "id"]))
        found = records.search(domain, limit=SHOWN + 1, order=order)
        more = len(found) > SHOWN
        files = self._name_files(found[:SHOWN], section)
        return {
            "code": code,
            "word": section.word,
            "model": section.model,
            "domain": list(domain),
            "count": (count := records.search_count(domain) if more else len(found)),
            "count_told": format_people_number(self.env, count),
            "rows": [
                self._tell_row(record, section, files[record])
                for record in found[:SHOWN]
            ],
        }

    @api.model
    def _tell_row(self, record, section, file):
        at = section.day and record[section.day]
        day = at and story.find_day(at, self.env.tz)
        # the name of who leads it is shown with it
        owner = record.sudo().mapped(section.owner)[:1]
        # a task leads to what it is about
        is_task = record._name == "mail.activity"
        return {
            "model": record.res_model if is_task else record._name,
            "id": record.res_id if is_task else record.id,
            "when": format_people_date(
                self.env, at if isinstance(at, datetime) else day, "short"
            )
            or "",
            "late": bool(day) and day < fields.Date.context_today(self),
            "what": record.display_name,
            "file": file,
            "owner": owner.name or "",
        }

    @api.model
    def _name_files(self, records, section):
        """Return ``{record: name of its file}``; a file needs none beside its own."""
        if section.model == "mail.activity":
            named = {}
            for model, tasks in records.grouped("res_model").items():
                about = self.env[model].browse(tasks.mapped("res_id"))
                names = {
                    one.id: one.display_name for one in about._filtered_access("read")
                }
                named |= {task: names.get(task.res_id, "") for task in tasks}
            return named
        if not section.file:
            return dict.fromkeys(records, "")
        return {one: one[section.file].display_name for one in records}
