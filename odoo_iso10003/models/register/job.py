# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)

UNFINISHED = ("waiting", "running")


class Job(models.Model):
    """Work that takes longer than a request, done in steps in the background.

    A kind of work is a choice of ``kind`` and a method ``_step_<kind>()``, which does
    one batch, notes in ``place`` where it is, and returns the result when nothing is
    left, else nothing. What a step did and where it is are one commit: after a kill the
    next run goes on from there, and does nothing twice.
    """

    _name = "iso10003.job"
    _description = "Work in the background"
    _order = "id desc"
    _rec_name = "kind"

    kind = fields.Selection(
        [
            ("verify", "Verification of the whole register"),
            ("verify_new", "Verification of what is new"),
            ("export", "Export of the register"),
            ("print", "Printing of documents"),
        ],
        "Work",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("running", "Running"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
            ("failed", "Failed"),
        ],
        default="waiting",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users", "Asked by", required=True, readonly=True, ondelete="restrict"
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict", index=True
    )
    asked_date = fields.Datetime("Asked", required=True, readonly=True, deed=True)
    started_date = fields.Datetime("Begun", readonly=True, deed=True)
    ended_date = fields.Datetime("Ended", readonly=True, deed=True)
    done = fields.Integer(readonly=True, aggregator=None)
    total = fields.Integer("Of", readonly=True, aggregator=None)
    progress = fields.Float("Progress (%)", compute="_compute_progress")
    place = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    result = fields.Json(readonly=True, groups=fields.NO_ACCESS)
    message = fields.Text("What came out", compute="_compute_message")
    error = fields.Char(readonly=True)
    confirmed_date = fields.Datetime("Stored elsewhere", readonly=True, deed=True)
    confirmed_user_id = fields.Many2one(
        "res.users", "Confirmed by", readonly=True, ondelete="restrict"
    )
    # who reads the work reads what it brought
    attachment_ids = fields.One2many(
        "ir.attachment",
        "res_id",
        "Files",
        domain=[("res_model", "=", "iso10003.job")],
        readonly=True,
    )

    _unfinished = models.Index("(id) WHERE state IN ('waiting', 'running')")

    @api.depends("done", "total", "state")
    def _compute_progress(self):
        for job in self:
            part = job.done / job.total if job.total else job.state == "done"
            job.progress = 100 * min(part, 1)

    @api.depends("state", "result", "error")
    @api.depends_context("lang")
    def _compute_message(self):
        for job in self:
            # what came out is told to whoever may read the work
            result = job.sudo().result
            tell = getattr(job, f"_tell_{job.kind}", None)
            job.message = tell(result) if tell and result else job.error or ""

    # ------------------------------------------------------------
    # Asking for it
    # ------------------------------------------------------------

    @api.model
    def _ask(self, kind, companies):
        """Let work be done for these companies, and return it.

        What waits already is not asked for twice.
        """
        jobs = self.sudo()  # nobody writes such rows but this method and the steps
        found = jobs.search(
            [
                ("kind", "=", kind),
                ("state", "in", UNFINISHED),
                ("company_id", "in", companies.ids),
            ]
        )
        now = fields.Datetime.now()
        found += jobs.create(
            [
                {
                    "kind": kind,
                    "user_id": self.env.uid,
                    "company_id": company.id,
                    "asked_date": now,
                }
                for company in companies - found.company_id
            ]
        )
        self._wake()
        return found.with_env(self.env)

    @api.model
    def _ask_once(self, kind, place, total):
        """Let work of one's own be done, beside what waits already, and return it.

        :param place: where it begins, and whatever its steps need to know
        :param total: how many there are to do
        """
        job = self.sudo().create(  # as in _ask
            {
                "kind": kind,
                "user_id": self.env.uid,
                "company_id": self.env.company.id,
                "asked_date": fields.Datetime.now(),
                "place": place,
                "total": total,
            }
        )
        self._wake()
        return job.with_env(self.env)

    @api.model
    def _wake(self):
        # a trigger is all that is given; the action itself stays as it is
        self.env.ref("odoo_iso10003.cron_work").sudo()._trigger()

    def _show(self):
        """Return the action that shows these works and how far they are."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.job_action"
        )
        if len(self) == 1:
            return {**action, "res_id": self.id, "views": [(False, "form")]}
        return {**action, "domain": [("id", "in", self.ids)]}

    def action_cancel(self):
        """Do no more of it, as who asked for it or a dispute manager.

        :raises AccessError: for everybody else
        """
        self.check_access("read")
        for job in self:
            if job.user_id != self.env.user and not self.env.user.has_group(
                "odoo_iso10003.group_manager"
            ):
                raise AccessError(
                    self.env._(
                        "Work in the background is cancelled by who asked for it or "
                        "by a dispute manager."
                    )
                )
        # by its one method, whoever of these asks
        unfinished = self.sudo().filtered(lambda job: job.state in UNFINISHED)
        unfinished.lock_for_update()
        unfinished.write({"state": "cancelled", "ended_date": fields.Datetime.now()})
        return True

    # ------------------------------------------------------------
    # Doing it
    # ------------------------------------------------------------

    @api.model
    def _count_unfinished(self):
        return self.search_count([("state", "in", UNFINISHED)])

    @api.model
    def _cron_work(self):
        """Do what was asked for, the oldest first, step by step."""
        crons = self.env["ir.cron"]
        crons._commit_progress(remaining=self._count_unfinished())
        while job := self._take_next():
            job._take_step()
            if not crons._commit_progress(1, remaining=self._count_unfinished()):
                return

    @api.model
    def _take_next(self):
        """Return the oldest unfinished work that nobody else does, now taken."""
        for job in self.search([("state", "in", UNFINISHED)], order="id"):
            if taken := job.try_lock_for_update(allow_referencing=True):
                taken.invalidate_recordset()
                if taken.state in UNFINISHED:
                    return taken
        return self.browse()

    def _take_step(self):
        """Do one batch; work that fails is left aside and says why."""
        now = fields.Datetime.now()
        if self.state == "waiting":
            self.write({"state": "running", "started_date": now})
        try:
            with self.env.cr.savepoint():
                result = getattr(self, f"_step_{self.kind}")()
                self.env.flush_all()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # no fault of this work: the next run takes it again
        except Exception as error:
            _logger.exception("Work %s (%s) failed", self.id, self.kind)
            self.env.invalidate_all()
            self.write(
                {"state": "failed", "ended_date": now, "error": str(error)[:500]}
            )
            return
        if result is not None:
            self.write(
                {"state": "done", "ended_date": fields.Datetime.now(), "result": result}
            )

    def _move_on(self, place, done):
        """Note where a step ended, and how many it did."""
        self.write({"place": place, "done": self.done + done})

    def _as_who_asked(self, model):
        """Return a model with the rights and in the company of who asked.

        Work that was asked for with a right ends with it.
        """
        return (
            self.env[model]
            .with_user(self.user_id)
            .with_context(allowed_company_ids=self.company_id.ids)
        )
