# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class DeadlineFreeze(models.Model):
    """A closed file has no running limits; reopened, it has those that it had.

    The same holds for limits to do what need not be done any more, for another duty
    stands in its place. What is revived is the limit itself, with its stops and
    extensions, and no second one of the same rule beside it.
    """

    _inherit = "iso10003.deadline"

    @api.model
    def _freeze(self, files):
        """End with its file what still runs: a closed file has no running limits."""
        self.sudo()._find_running(files)._cancel("file_closed")  # the system's limits

    @api.model
    def _end_moot(self, files, event):
        """End the limits to do what need not be done any more on these files."""
        moot = self.sudo()._find_running(files)  # limits are the system's
        moot.filtered(lambda deadline: deadline.rule_id.end_event == event)._cancel(
            "matter_ended"
        )

    def _find_running(self, files):
        return self.search(
            [
                # which file a case has is no secret to its own limits
                ("file_id", "in", files.sudo().file_ids.ids),
                ("state", "in", self.RUNNING),
            ]
        )

    @api.model
    def _thaw(self, files, reason="file_closed"):
        """Let run again what the closing of files ended, or the end of a matter.

        What was corrected or done meanwhile counts from now on.
        """
        system = self.sudo()  # limits are the system's
        revived = system._find_frozen(files, reason)
        revived._guarded_write({"state": "running", "cancel_reason": False})
        revived._follow_due()
        revived._note_in_register("deadline_runs_again")
        for record, deadlines in system._find_present(files).items():
            for deadline in deadlines & revived:
                deadline._catch_up(record)

    def _find_frozen(self, files, reason):
        """Return what is revived: the last of each rule that has none by now."""
        frozen = self.search(
            [
                # which file a case has is no secret to its own limits
                ("file_id", "in", files.sudo().file_ids.ids),
                ("state", "=", "cancelled"),
                ("cancel_reason", "=", reason),
            ],
            order="id",
        ).filtered(
            lambda deadline: (
                not deadline._get_file()._is_moot(deadline.rule_id.end_event)
            )
        )
        present = {
            (deadline.file_id, deadline.rule_id)
            for deadlines in self._find_present(files).values()
            for deadline in deadlines
        }
        last = {(deadline.file_id, deadline.rule_id): deadline for deadline in frozen}
        return self.browse().union(
            *(deadline for key, deadline in last.items() if key not in present)
        )

    def _catch_up(self, record):
        """Count anew what was corrected, and meet what was done, while it was closed.

        A moment, such as entering a state, counts the first time only.
        """
        starts = self._get_start_events()
        # a date given by hand stays as it was given, and what has none uncounted
        corrects = self.starts and "given" not in starts
        if corrects and not any(map(record._is_momentary, starts)):
            self._correct_start(record)
        event = self.rule_id.end_event
        if self.state in self.RUNNING and event and record._event_date(event):
            self._meet(record._event_date(event))
