# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain

from ...core.story import Source, everything
from .obligation import DONE, VOID

CARRIED_OUT = "carried_out"


class FileObligations(models.Model):
    _inherit = "iso10003.file"

    obligation_ids = fields.One2many("iso10003.obligation", "file_id", readonly=True)
    cost_ids = fields.One2many("iso10003.cost", "file_id", "Costs", readonly=True)


class ResultObligations(models.Model):
    _inherit = "iso10003.result"

    obligation_ids = fields.One2many(
        "iso10003.obligation", "result_id", "Obligations", readonly=True
    )


class FiledObligations(models.AbstractModel):
    """A case in which something is owed, and which costs something, of any kind."""

    _inherit = "iso10003.filed"

    obligation_ids = fields.One2many(
        related="file_ids.obligation_ids", string="Obligations"
    )

    def _get_story_sources(self):
        on_file = Domain("file_id", "in", self._get_story_files().ids)
        return super()._get_story_sources() | {
            "iso10003.obligation": Source(
                self.env._("Obligation"),
                on_file & Domain("due_date", "!=", False),
                everything,
            ),
            "iso10003.performance": Source(
                self.env._("Performance"), on_file, everything
            ),
        }

    def _takes_performances(self):
        """Return whether it is open, so that what is done in it is recorded."""
        return not self._is_frozen()

    def _check_may_oblige(self, obligation):
        """Refuse to who may not note what is owed in it, and once it is closed."""
        self.check_access("write")
        outlives = obligation and obligation._outlives_file()
        if not self._takes_performances() and not outlives:
            self._check_not_frozen()

    def _follow_obligations(self):
        """Let follow what was done of what is owed, or what is owed by now."""

    def _reopen_for(self, obligation):
        """Open it again, because of something that is missed."""

    def _check_may_note_cost(self):
        """Refuse to who may not note what it costs, and once it is closed."""
        self.check_access("write")
        self._check_not_frozen()

    def action_add_obligation(self):
        """Ask what is owed."""
        self.ensure_one()
        self._check_may_oblige(None)
        return self._open_dialog(
            "iso10003.obligation",
            self.env._("Obligation"),
            default_file_id=self.sudo().file_ids.id,  # its own
        )


class Obliged(models.AbstractModel):
    """A dispute whose result is carried out, duty by duty, each with its proof (7.6).

    Once all that we owe is done, the day of the last performance is that on which the
    result was carried out. A result that obliges us to something nobody noted here is
    carried out by a bare date, with the reason, which counts as such in readiness.
    """

    _name = "iso10003.obliged"
    _description = "File in which results are carried out"

    def _follow_events(self, changed):
        """What is due so long after something follows from that it has happened."""
        result = super()._follow_events(changed)
        events = {event for event, records in changed.items() if records}
        # what is owed follows from its file, whoever wrote there
        hanging = self.sudo().obligation_ids.filtered(
            lambda one: one.after_event in events
        )
        if hanging:
            hanging._count_due_anew()
        return result

    def _bring_about_duties(self, holding):  # pylint: disable=missing-return
        """What a result obliges to is owed while it has an effect.

        What it gives is noted by itself; when it is due, somebody says. What is owed
        by a result that was replaced or set aside is owed no more. What ends the file
        at once was given before, and is on record as done.
        """
        super()._bring_about_duties(holding)
        holds = self._find_effective_results()
        owed = self.sudo().obligation_ids.filtered("result_id")  # whoever records it
        owed.filtered(
            lambda one: one.result_id not in holds and one.ruling not in VOID
        )._replace()
        owed.filtered(lambda one: one.result_id in holds)._hold_again()
        gives = holding in holds and holding._find_given_amount()
        if gives and not holding.sudo().obligation_ids:  # as above
            noted = owed._note_of_result(holding, gives)
            noted._take_over_from(owed)
            if self._is_frozen() and self.implemented_date and not noted.done_date:
                noted._note_given(self.implemented_date)

    def _find_undone(self):
        """Return what we owe and have not done: of a plan, its instalments."""
        owed = self._find_obligations_of_ours()
        parts = owed.part_ids.filtered(lambda one: one.ruling not in VOID)
        return ((owed - parts.plan_id) | parts).filtered(lambda one: not one.done_date)

    def _find_obligations_of_ours(self):
        """Return what we owe by now: neither plans' parts nor what does not hold."""
        owed = self.sudo().obligation_ids  # what is owed, whoever asks
        return owed.filtered(
            lambda one: (
                one._is_ours()
                and not one.plan_id
                and not one.watched
                and one.ruling not in VOID
            )
        )

    def _follow_obligations(self):
        """The day of the last performance is that on which it was carried out."""
        owed = self._find_obligations_of_ours()
        if self._is_frozen() or not owed:
            return
        done = all(one.done_date for one in owed)
        day = max(owed.mapped("done_date")) if done else False
        if day == self.implemented_date and not self._is_bare(CARRIED_OUT):
            return
        if not day and self._is_bare(CARRIED_OUT):
            return  # somebody's word, until a deed shows it
        former = self.implemented_date
        self._write_event(CARRIED_OUT, day, bare=False)
        self._register_happened(CARRIED_OUT, day, former)

    def _record_event(self, event, day, reason, scan, scan_name):
        """Refuse a bare date where what we owe is noted: its deeds say when."""
        if event == CARRIED_OUT and day and self._find_obligations_of_ours():
            if undone := self._find_undone():
                raise self._refusal(
                    self.env._(
                        "“%(what)s” is not done yet. Record its performance; the day "
                        "follows from that.",
                        what=undone[0].name,
                    )
                )
            raise self._refusal(
                self.env._(
                    "the day follows from what was done of what we owe. Reverse a "
                    "performance that is wrong, and record it as it was."
                )
            )
        return super()._record_event(event, day, reason, scan, scan_name)

    def _find_gate_action(self, code):
        if code == "carried_out":
            return self._find_doing_action()
        if code == "duties_proven":
            return self._find_proving_action()
        return super()._find_gate_action(code)

    def _find_doing_action(self):
        """Return where it is noted that it was done: of one thing, in one dialog."""
        undone = self._find_undone()
        alone = len(undone) == 1 and not undone.performance_ids
        return (
            self.env._("It was done"),
            "action_conclude" if alone else "action_carry_out",
        )

    def _find_proving_action(self):
        """Return what is done next about what is owed: do it, prove it, or note it."""
        if self._find_undone():
            return self._find_doing_action()
        if self._find_unproven():
            return (self.env._("Attach the proof"), "action_prove_owed")
        return (self.env._("Show what is owed"), "action_view_owed")

    def _find_unproven(self):
        """Return what was done of what we owe, and is not proven."""
        owed = self._find_obligations_of_ours()
        return (owed | owed.part_ids).performance_ids.filtered(
            lambda done: done.counts and not done.proven
        )

    def _find_unconfirmed(self):
        """Return what we did, and nobody confirmed yet."""
        owed = self._find_obligations_of_ours()
        return owed.filtered(lambda one: one.state == "performed").with_env(self.env)

    def action_carry_out(self):
        """Record what was done of what we owe, or when, where nothing is noted."""
        self.ensure_one()
        undone = self._find_undone()
        if not undone:
            action = self.action_ask_event(CARRIED_OUT)
        else:
            action = undone[:1].with_env(self.env).action_record_performance()
        return {**action, "context": {**action["context"], "leads_on": True}}

    def action_prove_owed(self):
        """Ask for the proof of what was done of what we owe."""
        self.ensure_one()
        self.check_access("write")
        if not (unproven := self._find_unproven()):
            return self.action_view_owed()
        action = unproven[:1].with_env(self.env).action_ask("proof")
        return {**action, "context": {**action["context"], "leads_on": True}}

    def action_view_owed(self):
        """Show all that is owed in this file."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.obligation_action"
        )
        file = self.sudo().file_ids  # its own
        return {**action, "domain": [("file_id", "=", file.id)], "context": {}}

    # ------------------------------------------------------------
    # Gates
    # ------------------------------------------------------------

    def _gate_duties_proven(self):
        """All that is owed was done and is proven, or goes on and is watched."""
        owed = self.sudo().obligation_ids  # what is owed, whoever reads the file
        ours_wanted = self.conceded_amount and self.state == "implementation"
        if ours_wanted and not owed.filtered(lambda one: one._is_ours()):
            return False
        return all(
            one.watched or (one.done_date and one.state in DONE and one._is_proven())
            for one in owed
            if one.ruling not in VOID and not one.plan_id
        )

    def _gate_duties_confirmed(self):
        """Whom we owed it to confirmed it, or enough was tried to hear it."""
        owed = self._find_obligations_of_ours()
        return all(one._is_confirmed() for one in owed if one.done_date)

    def _gate_reopen_right(self):
        """A watched duty that is missed opens the file by itself."""
        return self.env.su or super()._gate_reopen_right()

    def _reopen_for(self, obligation):
        self._transition(
            self._get_reopened_state(),
            self.env._("Missed after closing: %(what)s", what=obligation.name),
        )
