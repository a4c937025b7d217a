# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import LockError, UserError

from .people_date import format_people_number


class OneDoor(models.AbstractModel):
    """A file whose state changes through one method only, one user at a time.

    What the door asks and where it leads is the file's own; here is what every
    door needs: the dialog that asks for a reason, the lock, and the words of a
    refusal. The file has a ``state``.
    """

    _name = "iso10003.one.door"
    _inherit = ["iso10003.worded"]
    _description = "File with one door"

    # the dialog that asks for what a step needs, and its field for the file
    _step_dialog = None
    _step_link = None

    def action_ask(self, question=None):
        """Return the dialog that asks for what a step needs.

        :param question: a question of the dialog; the first one when not given
        """
        self.ensure_one()
        self._check_expected_state()
        self._check_may_ask(question)
        questions = self.env[self._step_dialog]._fields["question"]
        labels = dict(questions._description_selection(self.env))
        question = question or next(iter(labels))
        context = {
            f"default_{self._step_link}": self.id,
            "default_question": question,
            "shown_state": self.state,
        }
        return self._open_dialog(self._step_dialog, labels.get(question), **context)

    def _check_may_ask(self, question):
        """Ask no question of somebody who may not answer it."""
        self.check_access("write")

    def _lock(self):
        """Take the file, or say that somebody else has it."""
        self.check_access("write")
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError:
            raise self._refusal(
                self.env._("somebody else is changing it right now. Try again.")
            ) from None
        self.invalidate_recordset(["state"])

    def _check_expected_state(self):
        """Refuse a button that was pressed on an older picture of the file.

        The forms send the state they show; this protects the user, not the file.
        """
        shown = self.env.context.get("shown_state")
        if shown and shown != self.state:
            raise self._refusal(
                self.env._(
                    "it has moved to “%(state)s” meanwhile. Reload the page.",
                    state=self._selection_label("state", self.state),
                )
            )

    def _need_reason(self, reason):
        if not self._is_said(reason):
            raise self._refusal(self.env._("a reason is needed; it is kept on record."))

    def _say_reason(self, reason):
        """Let the discussion show the reason of what is tracked, where there is one."""
        if self._is_said(reason):
            self._track_set_log_message(reason)

    # ------------------------------------------------------------
    # Several files at once
    # ------------------------------------------------------------

    def _take_each(self, take):
        """Take a step with each file; one that is refused does not hinder the others.

        :param take: takes the step with one file
        :return: what ``take`` returned for one file; for several, the message that
            names those that stayed where they are, and why
        :raises UserError: when all are refused
        """
        if len(self) == 1:
            return take(self)
        refused = []
        for file in self:
            try:
                with self.env.cr.savepoint():
                    take(file)
            except UserError as error:
                refused.append(file._tell_refused(error))
        if refused and len(refused) == len(self):
            raise UserError("\n\n".join(refused))
        return self._tell_taken(refused)

    def _tell_refused(self, error):
        """Name the file of a refusal that does not name it, to who may read it."""
        if self.has_access("read") and self.name and self.name not in str(error):
            return str(self._refusal(error))
        return str(error)

    def _tell_taken(self, refused):
        told = self.env._(
            "Done: %(done)s of %(all)s.",
            done=format_people_number(self.env, len(self) - len(refused)),
            all=format_people_number(self.env, len(self)),
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning" if refused else "success",
                "message": "\n\n".join([told, *refused]),
                "sticky": bool(refused),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
