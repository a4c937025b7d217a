# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.story import Source


class Timed(models.AbstractModel):
    """A file with running limits: what happens to it starts and meets deadlines.

    Events are dates in fields of the record, so whoever fills in a date, by form,
    import or RPC, starts and meets what depends on it. To be inherited after
    ``iso10003.guarded``, whose private writes pass here too.
    """

    _name = "iso10003.timed"
    _inherit = ["iso10003.filed"]
    _description = "File with deadlines"

    deadline_ids = fields.One2many(related="file_ids.deadline_ids", string="Deadlines")

    def _get_story_sources(self):
        return super()._get_story_sources() | {
            "iso10003.deadline": Source(
                self.env._("Limit"),
                Domain("file_id", "in", self._get_story_files().ids)
                & Domain("state", "!=", "cancelled"),
                lambda limits: limits._filter_told_outside(),
            )
        }

    # ------------------------------------------------------------
    # What a model answers
    # ------------------------------------------------------------

    @api.model
    def _get_deadline_events(self):
        """Return ``{event: field}``: when which event happened.

        The field is a date or a datetime; a dotted name leads to another record.
        """
        return {}

    @api.model
    def _get_event_labels(self):
        """Return ``[(event, what it is called)]``, for who writes rules."""
        return []

    def _get_deadline_policy(self):
        """Return the policy version whose rules hold for this record."""
        return self.policy_id

    def _get_actor_partner(self, actor):
        """Return the contact of who must act: where they reside counts."""
        return self.company_id.partner_id

    def _get_actor_zone(self, actor):
        """Return the time zone of who must act, or nothing where it is not known."""
        if actor == "organization":
            return False
        return self._get_actor_partner(actor).sudo().tz  # a zone is no secret

    def _get_actor_calendar(self, actor):
        """Return the working calendar of who must act, where it is known."""
        return self.env["resource.calendar"]

    def _is_frozen(self):
        """Return whether the record is closed: its deadlines stay as they are."""
        return False

    def _is_moot(self, event):
        """Return whether this need not happen any more, so that no limit runs to it."""
        return False

    def _check_not_frozen(self):
        if self._is_frozen():
            raise UserError(
                self.env._(
                    "%(file)s is closed, and its deadlines stay as they are.",
                    file=self.display_name,
                )
            )

    def _event_date(self, event):
        """Return the date or instant of an event, or nothing."""
        self.ensure_one()
        path = self._get_deadline_events().get(event)
        if not path:
            return False
        *way, name = path.split(".")
        record = self
        for step in way:
            record = record[step].sudo()  # a date is no secret to its own deadline
        return record[name]

    @api.model
    def _is_momentary(self, event):
        """Return whether an event counts the first time it happens, and for good.

        The others are dates that people correct and take back.
        """
        return False

    def _read_next_due_dates(self):
        """Return ``{file: last day of what runs, or was missed and not explained}``.

        A missed limit stays until it is explained, while the case is open.
        """
        open_ones = self.filtered(lambda record: not record._is_frozen())
        deadlines = self.env["iso10003.deadline"]
        of_files = Domain("file_id", "in", self.file_ids.ids)
        of_open = Domain("file_id", "in", open_ones.file_ids.ids)
        pressing = of_open & deadlines._get_pressing_domain()
        running = Domain("state", "=", "running")
        return dict(
            deadlines._read_group(
                of_files & (pressing | running), ["file_id"], ["due_date:min"]
            )
        )

    # ------------------------------------------------------------
    # Following what happens
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._follow_events(
            {
                event: records.filtered(lambda record, e=event: record._event_date(e))
                for event in self._get_deadline_events()
            }
        )
        return records

    def write(self, vals):
        watched = self._get_watched_events(vals)
        weighed = self.env["iso10003.deadline.rule"]._get_weighed_fields()
        rethink = any(name in weighed for name in vals)
        before = {
            record: {event: record._event_date(event) for event in watched}
            for record in (self if watched else ())
        }
        frozen = self.filtered(lambda record: record._is_frozen())
        result = super().write(vals)
        changed = {
            event: self.filtered(
                lambda record, e=event: record._has_changed(e, before[record][e])
            )
            for event in watched
        }
        # what was there comes back before anything starts, so that nothing starts twice
        self._thaw_deadlines(frozen)
        self._follow_events(changed)
        self._freeze_deadlines(frozen)
        if rethink:
            self._reconsider_deadlines()
        return result

    def _has_changed(self, event, former):
        date = self._event_date(event)
        return date != former and bool(date or not self._is_momentary(event))

    @api.model
    def _get_watched_events(self, vals):
        """Return the events whose date these values may change."""
        return [
            event
            for event, path in self._get_deadline_events().items()
            if path.split(".")[0] in vals
        ]

    def _follow_events(self, changed):
        """Let deadlines start, end and move with events.

        :param changed: ``{event: records on which it happened or was corrected}``
        """
        deadlines = self.env["iso10003.deadline"]
        concerned = self.browse().union(*changed.values())
        if not concerned or not concerned._has_deadline_rules():
            return
        deadlines._follow(
            {event: records for event, records in changed.items() if records}
        )

    def _has_deadline_rules(self):
        rules = self.env["iso10003.deadline.rule"]
        return any(
            rules._get_rules_by_event(policy.id)
            for policy in self._get_deadline_policy()
        ) or bool(
            # which limits a case has is no secret to the case
            self.env["iso10003.deadline"]
            .sudo()
            .search_count(
                [
                    # as above
                    ("file_id", "in", self.sudo().file_ids.ids),
                    ("given_kind", "!=", False),
                ],
                limit=1,
            )
        )

    def _reconsider_deadlines(self):
        """Start what applies by now, and cancel what applies no more."""
        open_ones = self.filtered(lambda record: not record._is_frozen())
        if open_ones and open_ones._has_deadline_rules():
            self.env["iso10003.deadline"]._reconsider(open_ones)

    def _freeze_deadlines(self, frozen):
        """A closed record's limits end with it.

        :param frozen: the records that were closed before
        """
        closed = self.filtered(lambda record: record._is_frozen())
        if newly_closed := closed - frozen:
            self.env["iso10003.deadline"]._freeze(newly_closed)

    def _thaw_deadlines(self, frozen):
        """The limits of a record that is reopened run again.

        :param frozen: the records that were closed before
        """
        if reopened := frozen.filtered(lambda record: not record._is_frozen()):
            self.env["iso10003.deadline"]._thaw(reopened)


class FileDeadlines(models.Model):
    _inherit = "iso10003.file"

    deadline_ids = fields.One2many(
        "iso10003.deadline", "file_id", "Deadlines", readonly=True
    )
