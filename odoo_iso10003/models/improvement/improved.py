# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

from ..mixin.checks import Rule
from .issue import MANAGEMENT

# an issue that was proposed is decided on within so many days
DECIDED_DAYS = 30


class Improved(models.AbstractModel):
    """A file that names its cause, and may be one of many with it (8.2, 8.5).

    What is done about the cause of an issue is done for each of its files: their
    corrective action is the one nonconformity of the issue.
    """

    _name = "iso10003.improved"
    _inherit = ["iso10003.concluded"]
    _description = "File that is learned from"

    cause_id = fields.Many2one(
        "iso10003.cause",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        sealed=True,
        check_company=True,
        help="The product, batch, service or promise that others complain of too.",
    )
    issue_id = fields.Many2one(
        "iso10003.issue",
        index="btree_not_null",
        ondelete="restrict",
        readonly=True,
        copy=False,
        guarded=True,
        check_company=True,
        help="What this file has in common with others.",
    )
    candidate_of_ids = fields.Many2many(
        "iso10003.issue",
        "iso10003_issue_candidate_rel",
        "dispute_id",
        "issue_id",
        "Proposed for",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
        groups=MANAGEMENT,
    )

    # ------------------------------------------------------------
    # Its cause
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._follow_cause(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._follow_cause(vals))

    @api.model
    def _follow_cause(self, vals):
        """Return the values with why it happened, as the cause that is named says."""
        if not vals.get("cause_id"):
            return vals
        cause = self.env["iso10003.cause"].browse(vals["cause_id"])
        return {**vals, "cause_kind": cause._get_kind_in_file()}

    @api.onchange("cause_id")
    def _onchange_cause_id(self):
        """Show at once what will be written."""
        if self.cause_id:
            self.cause_kind = self.cause_id._get_kind_in_file()

    @api.constrains("cause_id", "cause_kind")
    def _check_cause(self):
        for file in self:
            cause = file.cause_id
            if cause and file.cause_kind != cause._get_kind_in_file():
                raise file._refusal(
                    self.env._(
                        "its cause “%(cause)s” is not “%(kind)s”. Name another cause, "
                        "or none.",
                        cause=cause.display_name,
                        kind=file._selection_label("cause_kind"),
                    ),
                    ValidationError,
                )

    # ------------------------------------------------------------
    # Its issue
    # ------------------------------------------------------------

    def _join_issue(self, issue):
        """Let these files be of an issue, and rest on what is done about it."""
        for file in self:
            if file.company_id != issue.company_id:
                raise file._refusal(self.env._("an issue has files of one company."))
            if file.issue_id and file.issue_id != issue:
                raise file._refusal(
                    self.env._(
                        "it belongs to the issue “%(issue)s” already.",
                        issue=file.issue_id.name,
                    )
                )
        joined = self.filtered(lambda file: not file.issue_id)
        joined._write_issue(issue)
        joined._note_corrective(issue)

    def _leave_issue(self, reason):
        for file in self:
            issue = file.issue_id
            file._write_issue(issue.browse())
            file._register_event("issue_left", {"issue": issue.id}, reason)

    def _write_issue(self, issue):
        """Write it on files of any state: what a file has in common changes none."""
        self._guarded_write({"issue_id": issue.id})
        for file in self if issue else ():
            file._register_event("issue_joined", {"issue": issue.id})

    def _note_corrective(self, issue):
        """Let the nonconformity of an issue be the corrective action of its files."""
        # that there is one is said to who leads a file, and no more of it
        raised = issue.sudo().nonconformity_id
        for file in self.filtered(lambda file: raised and not file.is_corrected):
            # what management decided, whoever leads the file
            own = file.sudo()
            own._guarded_write({"corrective_id": raised.id, "is_corrected": True})
            own._register_event("corrective_opened", {"reference": raised.ref})

    def action_open_corrective(self):
        """Of a file with an issue: the one nonconformity of all its files."""
        self.ensure_one()
        self.check_access("write")
        # it becomes one, whoever leads the file
        issue = self.sudo().issue_id
        if issue and not self.is_corrected:
            self._check_not_frozen()
            self._lock()
            issue._open_nonconformity()
        return super().action_open_corrective()

    def _list_keeping(self):
        """What many files have in common is looked at until that is ended (8.5)."""
        issue = self.sudo().issue_id  # that it is needed is told, and its name
        needed = issue.state not in (False, "ended", "dismissed")
        return super()._list_keeping() + [
            self.env._("the issue “%(issue)s” needs it still", issue=issue.name)
        ] * bool(needed and issue)

    def action_suggest_issue(self, name, reason):
        """Suggest to managers that this file is one of many.

        :param name: what they have in common
        :param reason: why whoever asks thinks so; kept on record
        """
        self.ensure_one()
        self.check_access("write")
        if not self._is_said(name):
            raise self._refusal(self.env._("say what the files have in common."))
        self._need_reason(reason)
        if self.issue_id:
            raise self._refusal(self.env._("it belongs to an issue already."))
        # managers decide on it: who suggests it may be none of them
        similar = self._find_similar()
        files = self.union(*(other for other, _why in similar if not other.issue_id))
        self.env["iso10003.issue"].sudo()._propose(
            self.company_id,
            files,
            {"name": name, "cause_id": self.cause_id.id},
            "person",
            reason,
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._("The dispute managers are asked to decide."),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def action_ask_issue(self):
        """Open the dialog that asks what the files have in common."""
        self.ensure_one()
        self.check_access("write")
        return self._open_dialog(
            "iso10003.issue.suggest",
            self.env._("Suggest an issue"),
            default_dispute_id=self.id,
        )

    def action_view_issue(self):
        self.ensure_one()
        self.check_access("read")
        return self.issue_id.get_formview_action()

    # ------------------------------------------------------------
    # What assessments ask
    # ------------------------------------------------------------

    def _audit_classified(self, company):
        """88: … and was it decided on what was proposed as an issue?"""
        rule = super()._audit_classified(company)
        latest = fields.Datetime.now() - relativedelta(days=DECIDED_DAYS)
        waiting = Domain(
            "candidate_of_ids",
            "any",
            [("state", "=", "proposed"), ("create_date", "<", latest)],
        )
        return type(rule)(rule.population, rule.broken | waiting, rule.left_out)

    def _audit_promises_named(self, company):
        """107: is it named which promise it was, where that is why people disputed?

        Of files under versions from before causes, nobody asks.
        """
        of_promise = self._get_assessed_domain() & Domain("cause_kind", "=", "promise")
        asked = self._asked("cause_named")
        return Rule(
            of_promise & asked, self._empty("cause_id"), left_out=of_promise & ~asked
        )
