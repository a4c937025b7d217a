# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..mixin.people_date import format_people_number

RULE = "approver_author"
DECIDE = "odoo_iso10003.activity_decide_disposal"
DECIDING = ("odoo_iso10003.group_manager", "odoo_iso10003.group_sponsor")


class Disposal(models.Model):
    """What a closed file said is destroyed, once it need not be kept (4.12, 7.7).

    A manager proposes it once the day until which the file is kept is over; somebody
    else approves it with a reason, or keeps the file on until another day. What is
    destroyed are contents, messages and texts of people. Numbers, days, kinds, amounts
    and the outcome stay, and so does the register with its chain. This record says what
    was destroyed, each file with its SHA-256.
    """

    _name = "iso10003.disposal"
    _description = "Disposal of a file"
    _inherit = ["iso10003.guarded", "iso10003.worded", "iso10003.registered.part"]
    _order = "id desc"
    _rec_name = "dispute_id"
    _part_event = "disposal"
    _part_path = "dispute_id"

    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    kept_until = fields.Date(related="dispute_id.retention_date")
    state = fields.Selection(
        [
            ("proposed", "Proposed"),
            ("done", "Disposed of"),
            ("kept", "Kept on"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="proposed",
        copy=False,
        index=True,
        guarded=True,
        sealed=True,
    )
    ground = fields.Text(
        "Why it may go",
        required=True,
        fixed=True,
        sealed="digest",
        help="The rule by which files are kept so long, and that it has ended. It "
        "stays on record: name nobody here.",
    )
    with_complaint = fields.Boolean(
        "The complaint, too",
        default=True,
        fixed=True,
        sealed=True,
        help="The texts, messages and attachments of its ticket, unless another file "
        "of that complaint is kept still.",
    )
    proposed_by_id = fields.Many2one(
        "res.users",
        "Proposed by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    proposed_date = fields.Date(
        "Proposed on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    decided_by_id = fields.Many2one(
        "res.users",
        "Decided by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    decided_date = fields.Date(
        "Day of the decision",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        deed=True,
    )
    reason = fields.Text(
        "Why it was decided so", readonly=True, copy=False, guarded=True
    )
    destroyed = fields.Json(
        readonly=True,
        copy=False,
        guarded=True,
        help="Of what was destroyed: what it was of, its SHA-256 and its size.",
    )
    destroyed_text = fields.Text(
        "What was destroyed", compute="_compute_destroyed_text"
    )
    file_count = fields.Integer(
        "Files destroyed",
        readonly=True,
        copy=False,
        aggregator=None,
        guarded=True,
        sealed=True,
    )
    text_count = fields.Integer(
        "Texts", readonly=True, copy=False, aggregator=None, guarded=True, sealed=True
    )
    message_count = fields.Integer(
        "Messages",
        readonly=True,
        copy=False,
        aggregator=None,
        guarded=True,
        sealed=True,
    )
    note_count = fields.Integer(
        "Notes of the register",
        readonly=True,
        copy=False,
        aggregator=None,
        guarded=True,
        sealed=True,
    )
    decidable = fields.Boolean(compute="_compute_decidable")

    _one_open = models.UniqueIndex(
        "(dispute_id) WHERE state = 'proposed'",
        "The disposal of this file is proposed already.",
    )
    _decided_by_another = models.Constraint(
        "CHECK (state NOT IN ('done', 'kept') OR decided_by_id <> proposed_by_id)",
        "Somebody else than who proposed it decides about it.",
    )

    @api.depends("state", "proposed_by_id")
    @api.depends_context("uid")
    def _compute_decidable(self):
        """Whether who looks at it may be asked."""
        may = any(map(self.env.user.has_group, DECIDING))
        for one in self:
            own = one.sudo().proposed_by_id == self.env.user  # a number is compared
            one.decidable = bool(one.id) and may and one.state == "proposed" and not own

    @api.depends("destroyed")
    @api.depends_context("lang")
    def _compute_destroyed_text(self):
        for one in self:
            one.destroyed_text = "\n".join(
                map(one._tell_destroyed, one.destroyed or ())
            )

    def _tell_destroyed(self, fact):
        """Return of what a file was, by kind and number, and its SHA-256."""
        return self.env._(
            "%(kind)s No. %(number)s: SHA-256 %(digest)s, %(size)s bytes",
            kind=self.env["ir.model"]._get(fact["model"]).name,
            number=format_people_number(self.env, fact["record"]),
            digest=fact["sha256"],
            size=format_people_number(self.env, fact["size"]),
        )

    # ------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        disposals = super().create(vals_list)
        for one in disposals:
            one.dispute_id._check_may_dispose()
            one.dispute_id._check_disposable()
            one._ask_another()
        return disposals

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        own = {
            "proposed_by_id": self.env.uid,
            "proposed_date": self._get_company_day(),
        }
        return [own for _vals in vals_list]

    def _ask_another(self):
        """Give somebody else who may decide it a task."""
        if other := self._find_decider():
            # the task of somebody who need not lead the file
            self.dispute_id.sudo()._give_task(
                DECIDE,
                other,
                lambda file: file.env._(
                    "Decide whether what %(file)s said is destroyed", file=file.name
                ),
            )

    def _find_decider(self):
        company = self.company_id
        users = company._get_members("odoo_iso10003.group_manager")
        users |= company._get_members("odoo_iso10003.group_sponsor")
        return (users - self.env.user)[:1]

    # ------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------

    def action_ask(self):
        """Ask for the decision, and its reason."""
        self.ensure_one()
        self._check_may_decide()
        return self._open_dialog(
            "iso10003.disposal.step",
            self.env._("Decision about the disposal"),
            default_disposal_id=self.id,
        )

    def action_approve(self, reason=None):
        """Destroy what the file said, as somebody else than who proposed it.

        :param reason: why; kept in the register and on this record
        """
        self.ensure_one()
        case = self._take_up(reason)
        case._check_disposable()
        with self.env["iso10003.register"]._together():
            told = case._dispose(self.with_complaint, reason)
            self._decide("done", reason, told)
            case._register_event(
                "disposed_of", {"disposal": self.id, **told["sealed"]}, reason
            )
        return True

    def action_keep(self, until=None, reason=None):
        """Keep the file on until another day.

        :param until: the last day that it is kept, which is to come
        """
        self.ensure_one()
        case = self._take_up(reason)
        case._check_given("retention_date", until)
        day = fields.Date.to_date(until)
        if not day or day <= self._get_company_day():
            raise self._refusal(self.env._("say until which day to come it is kept."))
        case._keep_until(day)
        self._decide("kept", reason)
        return True

    def action_withdraw(self):
        """Take the proposal back, as who made it or another manager."""
        self.ensure_one()
        self.dispute_id._check_may_dispose()
        self._check_proposed()
        self._decide("withdrawn", "")
        return True

    def _check_may_decide(self):
        self.check_access("read")
        if not any(map(self.env.user.has_group, DECIDING)):
            raise AccessError(
                self.env._(
                    "A disposal is decided by a dispute manager or top management."
                )
            )
        self._check_proposed()
        # who proposed it counts, whoever may read users
        self.dispute_id._refuse_own(RULE, self.sudo().proposed_by_id)

    def _check_proposed(self):
        if self.state != "proposed":
            raise self._refusal(self.env._("it is decided already. Reload the page."))

    def _take_up(self, reason):
        """Return the case, locked, with all rights: who decides need not lead it."""
        self._check_may_decide()
        case = self.dispute_id.sudo()  # as said, once it is asked who decides
        case._lock()
        self.invalidate_recordset(["state"])
        self._check_proposed()
        case._need_reason(reason)
        return case

    def _decide(self, state, reason, told=None):
        told = told or {"files": [], "counts": {}}
        # by its deeds alone, whoever of these decides
        record = self.sudo()
        before = record._read_sealed(["state"])
        record._guarded_write(
            {
                "state": state,
                "decided_by_id": self.env.uid,
                "decided_date": self._get_company_day(),
                "reason": reason,
                "destroyed": told["files"],
                **told["counts"],
            }
        )
        record._register_changes(record._find_sealed_changes(before))
        record.dispute_id.activity_unlink([DECIDE])

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for one in self:
            raise one._refusal(self.env._("it stays on record. Withdraw it."))

    def _get_refused_name(self):
        return self.env._("Disposal of %(file)s", file=self.dispute_id.name)
