# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core import docket

# the task of who may approve one
TASK = "odoo_iso10003.activity_legal_amendment"
# what an amendment may change; the side and the currency of a matter stay
AMENDED = (
    "authority_id",
    "opponent_id",
    "basis",
    "legal_basis",
    "reason",
    "budget",
    "claim_date",
    "limitation_date",
    "limitation_rule",
)


class ReferralAmendment(models.Model):
    """A change of what was approved of a referral, approved anew by somebody else.

    It begins as the referral stands and says what is to be. Once approved, it keeps
    what was before beside what is now, and does not change any more.
    """

    _name = "iso10003.referral.amendment"
    _description = "Amendment of a referral"
    _inherit = ["iso10003.guarded", "iso10003.withheld"]
    _order = "id desc"
    _rec_name = "why"

    referral_id = fields.Many2one(
        "iso10003.referral", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(
        related="referral_id.company_id", store=True, index=True
    )
    currency_id = fields.Many2one(related="referral_id.currency_id")
    why = fields.Text("Why it changes", required=True)
    state = fields.Selection(
        [("proposed", "Proposed"), ("approved", "Approved"), ("dropped", "Dropped")],
        required=True,
        default="proposed",
        readonly=True,
        copy=False,
        guarded=True,
    )
    # what is to be, under the names it has on the referral
    authority_id = fields.Many2one("iso10003.authority", ondelete="restrict")
    opponent_id = fields.Many2one("res.partner", "Other party", ondelete="restrict")
    basis = fields.Selection(lambda self: self._choices("basis"))
    legal_basis = fields.Char("Law or clause")
    reason = fields.Text(help="Why an authority is needed, and no other way is left.")
    budget = fields.Monetary(help="What the referral may cost.")
    claim_date = fields.Date("Claim arose on", deed=True)
    limitation_date = fields.Date("Last day to file")
    limitation_rule = fields.Char("Rule of the limitation")
    changes = fields.Text("What changes", compute="_compute_changes")
    # who, and what was before
    former = fields.Json("What was before", readonly=True, copy=False, guarded=True)
    writer_ids = fields.Many2many(
        "res.users",
        "iso10003_amendment_writer_rel",
        "amendment_id",
        "user_id",
        "Written by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    approver_id = fields.Many2one(
        "res.users",
        "Approved by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    approved_date = fields.Date("Approved on", readonly=True, copy=False, guarded=True)

    _one_proposed = models.UniqueIndex(
        "(referral_id) WHERE state = 'proposed'",
        "This referral has a proposed amendment: change that one.",
    )

    @api.model
    def _choices(self, name):
        field = self.env["iso10003.referral"]._fields[name]
        return field._description_selection(self.env)

    # ------------------------------------------------------------
    # What changes
    # ------------------------------------------------------------

    @api.depends("former", "referral_id", *AMENDED)
    @api.depends_context("lang")
    def _compute_changes(self):
        labels = self.fields_get(AMENDED, ["string"])
        self.changes = ""
        for amendment in self.filtered("referral_id"):
            before = amendment.former or amendment.referral_id._write_down()
            after = amendment._write_down()
            amendment.changes = "\n".join(
                f"{labels[name]['string']}: {self._tell_amended(name, before, after)}"
                for name in AMENDED
                if name in labels and before.get(name) != after.get(name)
            )

    @api.model
    def _tell_amended(self, name, *moments):
        """Return what was and what is to be, in the reader's language."""
        register = self.env["iso10003.register"]
        field = self._fields[name]
        return register._tell_move(
            *(register._tell_value(field, values.get(name)) for values in moments)
        )

    def _write_down(self):
        """Return what may be amended, as it stands."""
        self.ensure_one()
        return self.referral_id._write_down(self)

    def _get_changed(self):
        """Return the values of what differs from the referral."""
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in AMENDED
            if self[name] != self.referral_id[name]
        }

    # ------------------------------------------------------------
    # Proposing
    # ------------------------------------------------------------

    @api.onchange("referral_id")
    def _onchange_referral_id(self):
        """Begin with the referral that is chosen, as it stands."""
        if self.referral_id:
            self.update(
                self._prepare_as_it_stands({"referral_id": self.referral_id.id})
            )

    @api.model
    def default_get(self, fields):
        """Begin with the referral as it stands."""
        values = super().default_get(fields)
        referral = self.env["iso10003.referral"].browse(values.get("referral_id", ()))
        referral.check_access("write")
        if referral:
            for name in set(AMENDED) & set(fields):
                field = referral._fields[name]
                values[name] = field.convert_to_write(referral[name], referral)
        return values

    @api.model_create_multi
    def create(self, vals_list):
        self.flush_model(["state"])  # what was decided leaves room for the next one
        amendments = super().create(
            [self._prepare_as_it_stands(vals) | vals for vals in vals_list]
        )
        for amendment in amendments:
            amendment._check_may_be_proposed()
        amendments._note_writer()
        amendments._ask_for_approval()
        return amendments

    @api.model
    def _prepare_as_it_stands(self, vals):
        """What an amendment does not name stays as it is."""
        referral = self.env["iso10003.referral"].browse(vals.get("referral_id", ()))
        referral.check_access("write")
        return {
            name: referral._fields[name].convert_to_write(referral[name], referral)
            for name in AMENDED
            if referral
        }

    def write(self, vals):
        self._check_proposed()
        result = super().write(vals)
        self._note_writer()
        self._ask_for_approval()
        return result

    def _note_writer(self):
        writer = self.env.user
        self.filtered(lambda one: writer not in one.writer_ids)._guarded_write(
            {"writer_ids": [fields.Command.link(writer.id)]}
        )

    def _ask_for_approval(self):
        """Ask who may approve: managers who did not write it, or counsel who did not.

        Who writes on it later has lost their part, so others are asked instead.
        """
        for amendment in self:
            referral = amendment.referral_id
            referral._ask(
                TASK,
                {referral: amendment._find_approvers()},
                {referral: fields.Date.context_today(self)},
                lambda referral: referral.env._("Approve the amendment, or drop it"),
            )

    def _find_approvers(self):
        """Return whom to ask: those who are in charge first, then all others."""
        referral = self.referral_id
        company = referral.company_id
        for people in (
            referral._get_responsible_managers(),
            company._get_managers(),
            company.dispute_sponsor_id,
        ):
            asked = (people - self.writer_ids).filtered(
                lambda user: referral._may_read(user)
            )
            if asked:
                return asked
        return self.env["res.users"]

    def _check_may_be_proposed(self):
        if self.referral_id.state in docket.ENDS or self.referral_id.state == "draft":
            raise self.referral_id._refusal(
                self.env._(
                    "an amendment changes what was approved. A draft is changed "
                    "itself, and what has ended is not changed any more."
                )
            )

    def _check_proposed(self):
        for amendment in self:
            if amendment.state != "proposed":
                raise amendment.referral_id._refusal(
                    self.env._(
                        "this amendment was decided on and does not change any more. "
                        "Propose another one."
                    )
                )

    @api.constrains("budget")
    def _check_budget(self):
        for amendment in self:
            if amendment.budget < 0:
                raise ValidationError(self.env._("The budget cannot be negative."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for amendment in self:
            raise amendment.referral_id._refusal(
                self.env._("its amendments stay on record: drop it instead.")
            )

    def copy_data(self, default=None):
        raise UserError(
            self.env._("An amendment cannot be duplicated: propose another one.")
        )

    # ------------------------------------------------------------
    # Deciding
    # ------------------------------------------------------------

    def action_approve(self):
        """Let the change hold: for somebody who did not write it."""
        for amendment in self:
            amendment._approve()
        return True

    def _approve(self):
        referral = self.referral_id
        referral._lock()
        self._check_proposed()
        self._check_may_be_proposed()
        changed = self._get_changed()
        if not changed:
            raise referral._refusal(self.env._("the amendment changes nothing."))
        if self.env.user in self.writer_ids:
            raise referral._refusal(
                self.env._("you wrote this amendment; somebody else approves it.")
            )
        referral._check_tier(referral.amount)
        self._guarded_write(
            {
                "state": "approved",
                "former": referral._write_down(),
                "approver_id": self.env.uid,
                "approved_date": fields.Date.context_today(self),
            }
        )
        referral._amend(changed, self.why)
        referral.activity_unlink([TASK])

    def action_drop(self):
        """Leave what was approved as it is."""
        for amendment in self:
            amendment.referral_id.check_access("write")
            amendment._check_proposed()
            amendment._guarded_write(
                {"state": "dropped", "former": amendment.referral_id._write_down()}
            )
            amendment.referral_id.activity_unlink([TASK])
        return True
