# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Command

from ...core import flow

# who reads what was found over all files
MANAGEMENT = (
    "odoo_iso10003.group_manager,odoo_iso10003.group_auditor,"
    "odoo_iso10003.group_sponsor"
)
# nothing is to be done about it any more
SETTLED = ("ended", "dismissed")


class Issue(models.Model):
    """What many files have in common, and what is done so that it does not recur.

    Managers make it, or decide on one that is proposed: by a handler, or by the
    nightly look at files with one cause and files that tell of the same
    (``issue_proposed.py``). It has one nonconformity for all its files, and after the
    action against its cause the effect is asked (``issue_effect.py``). Handlers read
    it by their files, and of its files only these. ISO 10003:2018, 8.2 and 8.5.
    """

    _name = "iso10003.issue"
    _description = "Issue of many disputes"
    _inherit = [
        "iso10003.guarded",
        "iso10003.one.door",
        "iso10003.registered",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
        "iso10003.searched",
        "iso10003.reminded",
    ]
    _order = "id desc"
    _check_company_auto = True
    _step_dialog = "iso10003.issue.step"
    _step_link = "issue_id"

    name = fields.Char(
        "Issue",
        required=True,
        tracking=True,
        sealed="digest",
        help="What the files have in common. Who reads one of them reads it.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        fixed=True,
    )
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("open", "Open"),
            ("acted", "Action taken"),
            ("ended", "Ended: it worked"),
            ("dismissed", "No issue"),
        ],
        required=True,
        readonly=True,
        default="open",
        copy=False,
        tracking=True,
        guarded=True,
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        required=True,
        default=lambda self: self.env.user,
        index=True,
        tracking=True,
        domain=[("share", "=", False)],
        sealed=True,
    )
    cause_id = fields.Many2one(
        "iso10003.cause",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        sealed=True,
        check_company=True,
        help="Files with this cause count when it is looked at whether it recurs.",
    )
    description = fields.Text("In words", sealed="digest")
    # what was found
    found_by = fields.Selection(
        [
            ("person", "A person"),
            ("cause", "One cause of several files"),
            ("words", "Files that tell of the same"),
        ],
        required=True,
        readonly=True,
        default="person",
        copy=False,
        guarded=True,
    )
    words = fields.Char(
        "Words that the files share",
        readonly=True,
        copy=False,
        guarded=True,
        groups=MANAGEMENT,
    )
    why = fields.Text(
        "Why it was proposed, or is no issue",
        readonly=True,
        copy=False,
        guarded=True,
        groups=MANAGEMENT,
    )
    candidate_ids = fields.Many2many(
        "iso10003.dispute",
        "iso10003_issue_candidate_rel",
        "issue_id",
        "dispute_id",
        "Files proposed",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
        groups=MANAGEMENT,
    )
    dispute_ids = fields.One2many(
        "iso10003.dispute", "issue_id", "Files", readonly=True
    )
    # What the record rules look at. They are checked with all rights; if they looked
    # at dispute_ids, handlers would find there what the check has left in the cache.
    all_dispute_ids = fields.One2many(
        "iso10003.dispute",
        "issue_id",
        "All files",
        readonly=True,
        groups=fields.NO_ACCESS,
    )
    file_count = fields.Integer("Files of it", compute="_compute_file_count")
    nonconformity_id = fields.Many2one(
        "mgmtsystem.nonconformity",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        guarded=True,
        groups="odoo_iso10003.group_manager,odoo_iso10003.group_auditor",
    )

    @api.depends_context("uid")
    def _compute_file_count(self):
        """Count the files that the reader may read, and no others."""
        counts = dict(
            self.env["iso10003.dispute"]._read_group(
                [("issue_id", "in", self.ids)], ["issue_id"], ["__count"]
            )
        )
        for issue in self:
            issue.file_count = counts.get(issue, 0)

    def _get_refused_name(self):
        return self.env._("Issue “%(name)s”", name=self.name)

    def _get_stand_in(self):
        return self.user_id.filtered("active")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for issue in self:
            raise issue._refusal(
                self.env._("it stays on record. Say why it is no issue instead.")
            )

    def copy_data(self, default=None):
        for issue in self:
            raise issue._refusal(self.env._("an issue is not duplicated."))
        return super().copy_data(default)

    # the questions of the dialog, each a button of the form
    def action_ask_effect(self):
        return self.action_ask("effect")

    def action_ask_take(self):
        return self.action_ask("take")

    def action_ask_let_go(self):
        return self.action_ask("let_go")

    def action_ask_dismiss(self):
        return self.action_ask("dismiss")

    def _check_alive(self):
        self.ensure_one()
        self.check_access("write")
        if self.state in SETTLED:
            raise self._refusal(
                self.env._(
                    "it is “%(state)s” and does not change any more.",
                    state=self._selection_label("state"),
                )
            )
        self._lock()

    # ------------------------------------------------------------
    # Which files
    # ------------------------------------------------------------

    def action_take_files(self, dispute_ids):
        """Let more files be of it."""
        self._check_alive()
        files = self.env["iso10003.dispute"].browse(dispute_ids).exists()
        files.check_access("write")
        if not files:
            raise self._refusal(self.env._("choose the files that belong to it."))
        self._take_files(files)
        return True

    def _take_files(self, files):
        files._join_issue(self)
        self._drop_candidates(files)

    def _drop_candidates(self, files):
        self._guarded_write(
            {"candidate_ids": [Command.unlink(file.id) for file in files]}
        )

    def action_take_candidates(self):
        """Let all files that were proposed for it be of it."""
        self._check_alive()
        if not self.candidate_ids:
            raise self._refusal(self.env._("no file is proposed for it."))
        return self.action_take_files(self.candidate_ids.ids)

    def action_let_go(self, dispute_ids, reason):
        """Let files go that have something else in common, or nothing."""
        self._check_alive()
        self._need_reason(reason)
        files = self.env["iso10003.dispute"].browse(dispute_ids).exists()
        files.check_access("write")
        if not files or any(file.issue_id != self for file in files):
            raise self._refusal(self.env._("choose files that belong to it."))
        files._leave_issue(reason)
        return True

    def action_enter_for_all(self):
        """Ask what is entered on each of its open files that the user leads."""
        self.ensure_one()
        self.check_access("read")
        own = self.env["iso10003.dispute"].search(
            [("issue_id", "=", self.id), ("state", "!=", flow.CLOSED)]
        )
        files = own._filtered_access("write")
        if not files:
            raise self._refusal(self.env._("you lead no open file of it."))
        return self._open_dialog(
            "iso10003.issue.enter",
            self.env._("Enter for all"),
            default_issue_id=self.id,
            default_dispute_ids=files.ids,
        )

    # ------------------------------------------------------------
    # Decided on
    # ------------------------------------------------------------

    def action_accept(self):
        """Make an issue of what is proposed, with all files proposed for it."""
        return self._take_each(lambda issue: issue._accept())

    def _accept(self):
        self._check_alive()
        self._check_expected_state()
        if self.state != "proposed":
            raise self._refusal(self.env._("it is an issue already."))
        self._guarded_write({"state": "open", "user_id": self.env.uid})
        self._register_event("issue_accepted")
        self._take_back("odoo_iso10003.activity_issue_proposed")
        if self.candidate_ids:
            self._take_files(self.candidate_ids)
        return True

    def action_dismiss(self, reason):
        """Say why what was proposed is no issue.

        Its files are not proposed together again.
        """
        self._check_alive()
        self._need_reason(reason)
        if self.dispute_ids:
            raise self._refusal(
                self.env._("files belong to it. Let them go first, with the reason.")
            )
        self._guarded_write({"state": "dismissed", "why": reason})
        self._register_event("issue_dismissed", note=reason)
        self._take_back("odoo_iso10003.activity_issue_proposed")
        return True

    # ------------------------------------------------------------
    # What is done about it
    # ------------------------------------------------------------

    def action_open_nonconformity(self):
        """Open the one nonconformity of all its files, made if need be."""
        self.ensure_one()
        self.check_access("write")
        if not self.nonconformity_id:
            self._check_alive()
            self._open_nonconformity()
        return self.nonconformity_id.get_formview_action()

    def _open_nonconformity(self):
        """Make the nonconformity, if need be, and let all files rest on it."""
        issue = self.sudo()  # it becomes one, whoever leads one of the files
        if issue.state == "proposed":
            raise self._refusal(self.env._("decide first whether it is an issue."))
        if not issue.nonconformity_id:
            raised = issue.env["mgmtsystem.nonconformity"].create(
                issue._prepare_nonconformity()
            )
            issue._guarded_write({"nonconformity_id": raised.id})
            issue._register_event("corrective_opened", {"reference": raised.ref})
        issue.dispute_ids._note_corrective(issue)

    def _prepare_nonconformity(self):
        leader = self._get_leader()
        told = self.with_context(lang=leader.lang)
        return {
            "name": told.env._("%(issue)s: let it not happen again", issue=self.name),
            "description": "\n".join(
                filter(None, [self.name, self.cause_id.display_name, self.description])
            ),
            "partner_id": self.company_id.partner_id.id,
            "responsible_user_id": leader.id,
            "manager_user_id": leader.id,
            "company_id": self.company_id.id,
            "reference": self.name,
            "res_model": self._name,
            "res_id": self.id,
        }

    # ------------------------------------------------------------
    # To look at
    # ------------------------------------------------------------

    def action_view_files(self):
        """Open its files, as many as the reader may read."""
        return self._view_files([("issue_id", "=", self.id)])

    def action_view_candidates(self):
        return self._view_files([("candidate_of_ids", "in", self.ids)])

    def _view_files(self, domain):
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.dispute_action"
        )
        return {**action, "name": self.name, "domain": domain, "context": {}}
