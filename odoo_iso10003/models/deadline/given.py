# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from ...core import clock
from ...core.chain import SealedText

# so many days before its last one, a limit without a rule is near
NEAR_DAYS = 3
# kinds that a body sets, which both sides before it know of
SET_BY_BODIES = ("reply", "refer_back", "fee", "deficiency")


class Given(models.AbstractModel):
    """A limit whose last day somebody outside has set: it has no rule (4.11).

    A body that wants our answer by a day, or refers a complaint back for so long, asks
    no policy. Such a limit runs to the end of its day where the company is. It is met
    by an event, where one is named, or by hand; who set it can set another day.
    """

    _name = "iso10003.given"
    _description = "Limit set by somebody outside"

    given_kind = fields.Selection(
        [
            ("reply", "Reply that the body wants"),
            ("refer_back", "Internal handling, after it was referred back"),
            ("fee", "Fee that is to be paid"),
            ("deficiency", "Deficiency of the file that is to be cured"),
            ("other", "Other limit set by somebody outside"),
        ],
        "Limit without a rule",
        readonly=True,
        fixed=True,
    )
    name = fields.Char("What must be done by then", readonly=True, fixed=True)
    given_actor = fields.Char(readonly=True, fixed=True)
    given_event = fields.Char("Code of what meets it", readonly=True, fixed=True)
    set_by_id = fields.Many2one(
        "res.partner",
        "Set by",
        readonly=True,
        fixed=True,
        ondelete="restrict",
        index="btree_not_null",
    )

    _rule_or_given = models.Constraint(
        "CHECK (rule_id IS NOT NULL OR given_kind IS NOT NULL)",
        "A limit has a rule, or somebody outside has set it.",
    )

    # ------------------------------------------------------------
    # What a rule would say
    # ------------------------------------------------------------

    def _get_given_name(self):
        """Return what must be done, in the reader's language where we named it."""
        return self.name or self._selection_label("given_kind")

    def _explain_given(self):
        """Return in words who set it, where there is no rule to explain it."""
        if self.rule_id:
            return []
        # who set it is told to who reads the limit
        who = self.set_by_id.sudo().name
        if who:
            return [self.env._("“%(name)s” has set this day.", name=who)]
        return [self.env._("Somebody outside has set this day.")]

    def _get_end_event(self):
        """Return the code of what meets it, or nothing."""
        # what meets it is in the policy, whoever asks
        return self.rule_id.sudo().end_event or self.given_event

    def _get_end_events(self):
        """Return the codes of the events of which the first meets it."""
        rule = self.rule_id.sudo()  # as above
        if rule:
            return rule._get_end_events()
        return (self.given_event,) if self.given_event else ()

    def _get_warn_days(self):
        # as above
        return self.rule_id.sudo().warn_days if self.rule_id else NEAR_DAYS

    def _prepare_given_seal(self):
        """Return what rows of the register say where there is no rule."""
        if self.rule_id:
            return {}
        return {
            "given": self.given_kind,
            "named": SealedText(self.name) if self.name else None,
            "set_by": self.set_by_id.id or None,
        }

    # ------------------------------------------------------------
    # Set, and set anew
    # ------------------------------------------------------------

    @api.model
    def _start_without_rule(self, file, kind, day, **about):
        """Let a limit run on a file to the end of a day that somebody outside set.

        :param kind: a code of ``given_kind``
        :param day: its last day
        :param about: of ``name``, ``given_actor``, ``given_event`` and ``set_by_id``
        """
        file.check_access("write")
        file._check_not_frozen()
        self._check_given("due_date", day)
        deadline = self.sudo().create(  # who leads the file was let in above
            {
                "given_kind": kind,
                # which file a case has is no secret to its own limits
                "file_id": file.sudo().file_ids.id,
                "company_id": file.company_id.id,
                **about,
            }
        )
        deadline._guarded_write({"start": fields.Datetime.now()})
        deadline._last_until(day)
        deadline._plan_alarms()
        deadline._note_in_register("deadline_started")
        self._meet_at_once(deadline)
        return deadline.sudo(False)

    def _last_until(self, day):
        """Let it last to the end of a day, where the company is."""
        day = fields.Date.to_date(day)
        zone = self._get_zone(self._get_file(), "organization")
        try:
            due = clock.instant_of(day + timedelta(days=1), zone)
        except clock.ClockError as error:
            raise self._refusal(
                self.env["iso10003.clock"]._describe_error(error)
            ) from error
        self._guarded_write({"zone": zone, "due": due, "due_date": day})

    def action_set_day(self, day=None, reason=None):
        """Note that whoever set this limit has set another last day.

        :param day: the last day that holds now
        :param reason: how we know; kept in the register
        :raises UserError: for a limit with a rule, or without day or reason
        """
        self.ensure_one()
        self._check_may_lead()
        self._lock_running()
        if self.rule_id:
            raise self._refusal(
                self.env._(
                    "it follows its rule. A dispute manager extends it, where the "
                    "rule allows that."
                )
            )
        self._need_reason(reason)
        if not day:
            raise self._refusal(self.env._("say which last day was set."))
        self._check_given("due_date", day)
        moved = self.sudo()  # who leads the file was let in above
        before = {"start": moved.start, "due": moved.due}
        moved._last_until(day)
        moved._follow_due()
        moved._note_in_register(
            "correction", {"before": moved._seal_dates(before)}, reason
        )
        return True
