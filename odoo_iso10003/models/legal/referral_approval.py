# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core.chain import SealedText
from .amendment import AMENDED


class ReferralApproval(models.Model):
    """Who had which part in a referral, and what was approved of it.

    Who wrote what is to be approved does not approve it, and nobody judges what they
    had a hand in (4.9). What was approved changes by an amendment.
    """

    _name = "iso10003.referral"
    # before what it is added to: who is named is asked after the referral is there
    _inherit = ["iso10003.segregated", "iso10003.referral"]

    _part_fields = {"reviewer": "reviewer_id"}
    _part_groups = {
        "reviewer": "odoo_iso10003.group_counsel",
        "approver": "odoo_iso10003.group_manager",
        "waiver": "odoo_iso10003.group_manager",
        "overrider": "odoo_iso10003.group_manager",
    }
    # what was approved, and changes by an amendment only; amount: see _check_approved
    _approved_fields = frozenset({"side", "currency_id", *AMENDED})
    # what is written for the approval, beside the sheet and the parties
    _authored_fields = _approved_fields | {"amount"}

    amendment_ids = fields.One2many("iso10003.referral.amendment", "referral_id")
    amendment_count = fields.Integer("Amendments", compute="_compute_amendment_count")

    @api.depends("amendment_ids")
    def _compute_amendment_count(self):
        for referral in self:
            referral.amendment_count = len(referral.amendment_ids)

    # ------------------------------------------------------------
    # Who had which part
    # ------------------------------------------------------------

    def _find_counsel(self, rows):
        return self._find_changed(rows, "counsel_id")

    def _find_owner(self, _rows):
        return self._find_in_dispute("owner")

    def _find_complaint(self, _rows):
        return self._find_in_dispute("complaint")

    def _find_in_dispute(self, part):
        # who had it counts, whoever may read the dispute
        dispute = self.dispute_id.sudo()
        return (
            dispute._find_part(part, dispute._read_hands()[dispute]) if dispute else {}
        )

    def _find_author(self, _rows):
        """Return who wrote what is to be approved; only methods note them."""
        return dict.fromkeys((self.drafter_id | self.writer_ids).ids)

    def _find_approver(self, rows):
        found = {
            row["actor"]: row["at"]
            for row in rows
            if row["event"] == "transition" and row["data"].get("step") == "approve"
        }
        if self.approver_id:
            found.setdefault(self.approver_id.id, None)
        return found

    def _find_reviewer(self, rows):
        """Return who is to review, and who did."""
        found = {
            row["actor"]: row["at"] for row in rows if row["event"] == "legal_review"
        }
        if self.reviewer_id:
            found.setdefault(self.reviewer_id.id, None)
        return found

    def _note_writer(self):
        """Note who changes what is to be approved: they do not approve it."""
        writer = self.env.user
        self.filtered(
            lambda referral: writer not in referral.drafter_id | referral.writer_ids
        )._guarded_write({"writer_ids": [fields.Command.link(writer.id)]})

    # ------------------------------------------------------------
    # What was approved
    # ------------------------------------------------------------

    def _check_approved(self, vals):
        """What was approved does not change behind the approver's back."""
        concerned = self._changing(self._approved_fields | {"amount"}, vals)
        for referral in concerned.filtered(lambda one: one.state != "draft"):
            approved = self._approved_fields - referral._get_counted_fields()
            rewritten = referral._changing(approved, vals)
            amount = referral._changing({"amount"}, vals)
            if rewritten or (amount and referral.state == "approved"):
                raise referral._refusal(
                    self.env._(
                        "it was approved as it is. Propose an amendment to change "
                        "what was approved, or send it back to draft before it is "
                        "filed."
                    )
                )
            if amount:
                referral._check_tier(vals["amount"])

    def _get_counted_fields(self):
        """Return what a rule of the policy counts: that goes with the rule."""
        if self._find_counting_deadline("limitation_date"):
            return {"limitation_date", "limitation_rule"}
        return set()

    def _read_former_amounts(self, vals):
        """Return ``{referral: amount}``, sealed, where a moved one is registered."""
        return {
            referral: referral._seal_amount(referral.amount)
            for referral in self._changing({"amount"}, vals)
            if referral.state != "draft"
        }

    def _register_amounts(self, former):
        for referral, amount in former.items():
            referral._register_event(
                "claim", {"from": amount, "to": referral._seal_amount(referral.amount)}
            )

    # ------------------------------------------------------------
    # Amending it
    # ------------------------------------------------------------

    def action_propose_amendment(self):
        """Show the proposal that there is, or begin one."""
        self.ensure_one()
        self.check_access("write")
        proposed = self.amendment_ids.filtered(lambda one: one.state == "proposed")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Amendment"),
            "res_model": "iso10003.referral.amendment",
            "res_id": proposed.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_referral_id": self.id},
        }

    def action_view_amendments(self):
        """Show what was asked to change of what was approved, and what did."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.amendment_action"
        )
        return {
            **action,
            "domain": [("referral_id", "=", self.id)],
            "context": {"default_referral_id": self.id},
        }

    def _write_down(self, record=None):
        """Return what may be amended, of the referral or an amendment.

        Values and not words: readers of another language compare them too.
        """
        self.ensure_one()
        record = record or self
        return {
            name: self._write_value(record, name) for name in AMENDED if record[name]
        }

    def _write_value(self, record, name):
        field, value = self._fields[name], record[name]
        if field.relational:
            return value.id
        if field.type == "monetary":
            return self._seal_amount(value)
        return value.isoformat() if field.type == "date" else value

    def _amend(self, vals, why):
        """Write what an approved amendment changes, and seal it."""
        self.ensure_one()
        sealed = {name: {"from": self._seal_value(name)} for name in sorted(vals)}
        self._guarded_write(vals)
        self._take_counted_limits()
        for name, moved in sealed.items():
            moved["to"] = self._seal_value(name)
        self._register_event("amended", {"changes": sealed}, why)

    def _seal_value(self, name):
        """Return a value as the register keeps it: of words only the digest."""
        field, value = self._fields[name], self[name]
        if field.relational:
            return value.id or None
        if field.type == "monetary":
            return self._seal_amount(value)
        if field.type == "date":
            return value.isoformat() if value else None
        if field.type in ("char", "text") and value:
            return SealedText(value)
        return value or None


class ReferralAuthors(models.AbstractModel):
    """A part of a referral that its approval rests on: who writes it is an author.

    It stays as it was when the referral ended.
    """

    _name = "iso10003.referral.authored"
    _description = "What the approval of a referral rests on"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.referral_id._refuse_ended()
        records.referral_id._note_writer()
        return records

    def write(self, vals):
        former = self.referral_id
        former._refuse_ended()
        result = super().write(vals)
        (former | self.referral_id)._note_writer()
        return result

    def unlink(self):
        self.referral_id._refuse_ended()
        self.referral_id._note_writer()
        return super().unlink()
