# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError

from ...core import authority, flow

TASK = "odoo_iso10003.activity_approve_concession"
GROUPS = {
    authority.MANAGER: "odoo_iso10003.group_manager",
    authority.SPONSOR: "odoo_iso10003.group_sponsor",
}
# questions of the dialog that who approves answers, without leading the file
APPROVING = frozenset({"approve", "refuse"})


class DisputeApproval(models.Model):
    """Asking for, and giving, authority beyond one's own tier (5.3.1, 5.4)."""

    _inherit = "iso10003.dispute"

    approval_amount = fields.Monetary(
        "Asked to give",
        currency_field="approval_currency_id",
        readonly=True,
        copy=False,
        guarded=True,
        help="What somebody wants to pay, concede or give up beyond the own tier.",
    )
    approval_currency_id = fields.Many2one(
        "res.currency",
        "Currency asked for",
        readonly=True,
        copy=False,
        guarded=True,
        ondelete="restrict",
    )
    approval_asked_by_id = fields.Many2one(
        "res.users",
        "Approval asked by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    approval_asked_date = fields.Date(
        "Approval asked on", readonly=True, copy=False, guarded=True
    )
    approval_user_id = fields.Many2one(
        "res.users",
        "What we give approved by",
        readonly=True,
        copy=False,
        tracking=True,
        ondelete="restrict",
        guarded=True,
    )
    approval_level = fields.Selection(
        lambda self: (
            self.env["iso10003.policy.tier"]
            ._fields["level"]
            ._description_selection(self.env)
        ),
        "Approved at the level",
        readonly=True,
        copy=False,
        guarded=True,
    )
    approval_date = fields.Date(
        "What we give approved on", readonly=True, copy=False, guarded=True
    )

    # ------------------------------------------------------------
    # What a user can do
    # ------------------------------------------------------------

    def action_request_approval(self, amount, currency_id=None, reason=None):
        """Ask whoever may for the approval of more than the own tier allows.

        :param amount: what we would pay, concede or give up
        :param currency_id: of the amount; the currency of the file when not given
        """
        self.ensure_one()
        self._check_expected_state()
        self._need_reason(reason)
        self._lock()
        if self.state == flow.CLOSED:
            raise self._refusal(self.env._("it is closed; nothing is given any more."))
        amount, currency = self._read_given(amount, currency_id)
        weighed = self._weigh(amount or 0, currency)["conceded_company_amount"]
        limits = self._get_limits()
        if authority.covers(limits, self._get_level(), weighed) or not weighed:
            raise self._refusal(
                self.env._(
                    "%(amount)s needs nobody's approval: you may decide about it. Note "
                    "the result.",
                    amount=self._tell_amount(amount or 0, currency),
                )
            )
        approver = self._find_approver(limits, weighed)
        self._track_set_log_message(reason)
        self._guarded_write(
            {
                **self._prepare_no_approval(),
                "approval_amount": amount,
                "approval_currency_id": currency.id,
                "approval_asked_by_id": self.env.uid,
                "approval_asked_date": self._get_company_day(),
            }
        )
        self._register_event("concession_asked", self._prepare_asked_data(), reason)
        self._give_approval_task(approver)
        return True

    def action_approve_concession(self, reason):
        """Approve what somebody else asked to give, with a reason."""
        self.ensure_one()
        self._check_may_approve()
        self._need_reason(reason)
        self._lock_to_approve()
        self._pass_door("action_approve_concession", reason)
        currency = self.approval_currency_id
        weighed = self._weigh(self.approval_amount, currency)["conceded_company_amount"]
        limits, level = self._get_limits(), self._get_level()
        if not authority.covers(limits, level, weighed):
            raise self._refusal(self._tell_too_high(limits, level, weighed))
        # who approves reads the file; only this is theirs to write
        self.sudo()._guarded_write(
            {
                "approval_user_id": self.env.uid,
                "approval_level": level,
                "approval_date": self._get_company_day(),
            }
        )
        self._register_event(
            "concession_approved",
            {**self._prepare_asked_data(), "level": level},
            reason,
        )
        self._end_approval_task()
        return True

    def action_refuse_concession(self, reason):
        """Do not approve what somebody asked to give, with a reason."""
        self.ensure_one()
        self._check_may_approve()
        self._need_reason(reason)
        self._lock_to_approve()
        self._register_event("concession_refused", self._prepare_asked_data(), reason)
        # as above
        self.sudo()._guarded_write(self._prepare_no_approval())
        self._end_approval_task()
        return True

    # ------------------------------------------------------------
    # What it rests on
    # ------------------------------------------------------------

    def _is_approved(self, limits, amount, currency, company_amount):
        """Return whether an amount was approved, and is still within that tier."""
        return bool(
            self.approval_user_id
            and authority.covers(limits, self.approval_level, company_amount)
            and self._is_within(
                amount, currency, self.approval_amount, self.approval_currency_id
            )
        )

    def _find_asker(self, rows):
        """Return who asked for the approval last."""
        asked = [row for row in rows if row["event"] == "concession_asked"]
        return {row["actor"]: row["at"] for row in asked[-1:]}

    def _check_may_ask(self, question):
        if question in APPROVING:
            return self._check_may_approve()
        return super()._check_may_ask(question)

    def _check_may_approve(self):
        """Refuse who is neither manager nor top management, and reads it not."""
        self.check_access("read")
        if self._get_level() == authority.HANDLER:
            raise AccessError(
                self.env._(
                    "A dispute manager or the top management approves what we give."
                )
            )

    def _lock_to_approve(self):
        # who approves need not lead the file, and waits in line with those who do
        self.sudo()._lock()
        self.invalidate_recordset(["approval_asked_by_id", "approval_user_id"])
        if not self.approval_asked_by_id or self.approval_user_id:
            raise self._refusal(
                self.env._("nobody waits for an approval. Reload the page.")
            )

    def _tell_too_high(self, limits, level, weighed):
        return self.env._(
            "%(amount)s is beyond your tier (%(level)s: up to %(limit)s, %(policy)s). "
            "“%(wanted)s” approves it.",
            **self._describe_tiers(limits, level, weighed),
        )

    def _prepare_no_approval(self):
        return dict.fromkeys(
            (
                "approval_amount",
                "approval_currency_id",
                "approval_asked_by_id",
                "approval_asked_date",
                "approval_user_id",
                "approval_level",
                "approval_date",
            ),
            False,
        )

    def _prepare_asked_data(self):
        return self._prepare_weighed_data(
            self._weigh(self.approval_amount, self.approval_currency_id)
        )

    # ------------------------------------------------------------
    # Tasks
    # ------------------------------------------------------------

    def _find_approver(self, limits, weighed):
        """Return who is asked: of the lowest level that may, and not who asks."""
        for level, group in GROUPS.items():
            if not authority.covers(limits, level, weighed):
                continue
            people = self.company_id._get_members(group) - self.env.user
            company = self.company_id.sudo()  # it says openly who answers for disputes
            named = company.dispute_manager_id | company.dispute_sponsor_id
            if people:
                return ((people & named) or people)[:1]
        raise self._refusal(
            self.env._(
                "nobody else may approve %(amount)s. Give somebody the role that may, "
                "such as “Top management”, under Settings ▸ Users.",
                amount=self._tell_amount(weighed, self.company_currency_id),
            )
        )

    def _give_approval_task(self, approver):
        self.sudo().activity_unlink([TASK])  # of who was asked for something else
        self.activity_schedule(
            TASK,
            user_id=approver.id,
            summary=self.with_context(lang=approver.lang).env._(
                "Approve what we give: %(amount)s",
                amount=self._tell_amount(
                    self.approval_amount, self.approval_currency_id
                ),
            ),
        )

    def _end_approval_task(self):
        # the task may be that of another one who may approve
        self.sudo().activity_feedback([TASK])
