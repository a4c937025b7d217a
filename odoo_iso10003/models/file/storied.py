# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ...core import story
from ..mixin.people_date import format_people_date

# what of the register belongs to the story: what moved the file as a whole
MOVES = ("opened", "transition", "scope", "hold", "resume", "override")


class Storied(models.AbstractModel):
    """A case that tells its story: what happened, and what comes next.

    One function tells it to the page of the form and to what is printed. Each room
    names the records that tell something (:meth:`_get_story_sources`), and each of
    these says in ``_list_facts`` what. All is read with the rights of who asks: what
    they may not read is not told, nor that there is something.
    """

    _name = "iso10003.storied"
    _description = "Case that tells its story"

    story = fields.Json("What happened and what is to come", compute="_compute_story")

    @api.depends_context("uid", "lang", "tz")
    def _compute_story(self):
        for case in self:
            case.story = [
                {
                    "kind": told["kind"],
                    "word": told["word"],
                    "when": format_people_date(self.env, told["day"], "short"),
                    "what": told["what"],
                    "detail": told["detail"],
                    "ahead": told["ahead"],
                    "late": told["late"],
                    "id": told["record"].id,
                }
                for told in case._list_story()
            ]

    def _get_story_sources(self):
        """Return ``{model: source}`` of what is told of this case."""
        register = self.env["iso10003.register"]
        return {
            register._name: story.Source(
                self.env._("File"),
                Domain.OR(
                    Domain(column, "=", self.id)
                    for column, kind in register._get_shown_by().items()
                    if kind == self._name
                )
                & Domain("event", "in", MOVES),
            )
        }

    def _get_story_files(self):
        """Return the files whose letters, limits and papers are of this story."""
        return self.sudo().file_ids  # its own; what is on them is asked for itself

    def _list_story(self, for_parties=False):
        """Return what happened, oldest first, and then what is to come.

        :param for_parties: only what may be told to who takes part from outside
        :return: dictionaries with ``kind`` (a model), ``record``, ``word`` (for the
            kind), ``day`` (of the reader), ``what``, ``detail``, ``ahead`` (whether it
            is to come) and ``late`` (to come, and its day is over)
        """
        self.ensure_one()
        facts = [
            (source, record, fact)
            for model, source in self._get_story_sources().items()
            if (records := self.env[model]).has_access("read")
            for record in self._pick_story(records, source, for_parties)
            for fact in record._list_facts()
        ]
        today = fields.Date.context_today(self)
        return [
            {
                "kind": record._name,
                "record": record,
                "word": source.word,
                "day": (day := story.find_day(fact.at, self.env.tz)),
                "what": fact.what or "",
                "detail": fact.detail or "",
                "ahead": fact.ahead,
                "late": fact.ahead and day < today,
            }
            for source, record, fact in story.arrange(facts, self.env.tz)
        ]

    @api.model
    def _pick_story(self, records, source, for_parties):
        found = records.search(source.domain, order="id")
        return source.for_parties(found) if for_parties else found
