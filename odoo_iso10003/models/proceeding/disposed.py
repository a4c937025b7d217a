# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...core import flow
from ...core.proceeding import ENDED
from ..mixin.people_date import format_people_date
from .obligation_course import SETTLED

DECIDERS = ",".join(
    f"odoo_iso10003.{group}"
    for group in ("group_manager", "group_auditor", "group_sponsor")
)


class Disposed(models.AbstractModel):
    """A file that is kept until a day, and then disposed of by decision (4.12, 7.7)."""

    _name = "iso10003.disposed"
    _description = "File that is disposed of"

    disposal_ids = fields.One2many(
        "iso10003.disposal", "dispute_id", readonly=True, groups=DECIDERS
    )
    disposed_date = fields.Date(
        "Disposed of on",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        deed=True,
        help="What it said is destroyed since then; its numbers and days are not.",
    )

    @api.model
    def _get_over_domain(self):
        """Return the closed files that need not be kept any more."""
        return (
            Domain("state", "=", flow.CLOSED)
            & Domain("retention_date", "<", self._get_company_day())
            & Domain("disposed_date", "=", False)
        )

    def action_propose_disposal(self):
        """Ask why it may go, once nothing keeps it."""
        self.ensure_one()
        self._check_may_dispose()
        self._check_disposable()
        self._check_not_proposed()
        return self._open_dialog(
            "iso10003.disposal",
            self.env._("Disposal of a file"),
            default_dispute_id=self.id,
        )

    def _check_may_dispose(self):
        self.check_access("write")
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._("Only a dispute manager proposes to dispose of a file.")
            )

    def _check_not_proposed(self):
        # whether one is open, whoever may read it
        if self.sudo().disposal_ids.filtered(lambda one: one.state == "proposed"):
            raise self._refusal(self.env._("its disposal is proposed already."))

    def _check_disposable(self):
        """Refuse to destroy what something still keeps, each by name."""
        if keeping := self._list_keeping():
            raise self._refusal(
                self.env._("it cannot be disposed of:")
                + "".join(f"\n• {why}" for why in keeping)
            )

    def _list_keeping(self):
        """Return in words what a file is kept for still; rooms above add to it."""
        case = self.sudo()  # what keeps it, for whoever asks
        if case.disposed_date:
            return [self.env._("it was disposed of already")]
        if case.state != flow.CLOSED or not case.retention_date:
            return [self.env._("it is not closed, or nobody said how long it is kept")]
        return [
            why
            for why, keeps in (
                (self._tell_kept(), case.retention_date >= self._get_company_day()),
                (self._tell_held(), case._find_holders()),
                (
                    self.env._("a duty is watched still"),
                    case.obligation_ids.filtered(
                        lambda one: (
                            one.watched
                            and not one.done_date
                            and one.ruling not in SETTLED
                        )
                    ),
                ),
                (
                    self.env._("a limit runs still"),
                    case.deadline_ids.filtered(lambda one: one.state in one.RUNNING),
                ),
                (
                    self.env._("a proceeding has not ended"),
                    case.proceeding_ids.filtered(lambda one: one.state != ENDED),
                ),
            )
            if keeps
        ]

    def _tell_kept(self):
        day = self.sudo().retention_date  # until when, whoever is refused
        return self.env._(
            "it is kept until %(day)s",
            day=format_people_date(self.env, day) if day else "",
        )

    def _tell_held(self):
        names = ", ".join(sorted(self._find_holders().mapped("name")))
        return self.env._(
            "the records of %(file)s are held; a dispute manager can lift the hold "
            "there, with a reason",
            file=names,
        )

    def _find_holders(self):
        """Return the files that hold its records, or those of its complaint."""
        case = self.sudo()  # a number is told
        held = [case._find_preserving(), case.ticket_id._find_preserving()]
        return self.browse().sudo().union(*(v for one in held for v in one.values()))

    def _keep_until(self, day):
        """Keep a closed file until another day, as somebody decided."""
        before = self._read_sealed(["retention_date"])
        self._guarded_write({"retention_date": day})
        self._register_changes(self._find_sealed_changes(before))

    def _get_reopened_state(self):
        if self.disposed_date:
            raise self._refusal(
                self.env._("what it said is destroyed; it is not opened again.")
            )
        return super()._get_reopened_state()
