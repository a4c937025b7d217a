# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class ReferralSegregation(models.Model):
    """Who had which part in a referral, and what they do not do therefore (4.9)."""

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

    def _prepare_opened_data(self):
        counsel = self.counsel_id.id or None
        return {**super()._prepare_opened_data(), "counsel": counsel}


class ReferralAuthors(models.AbstractModel):
    """A part of a referral that its approval rests on: who writes it is an author."""

    _name = "iso10003.referral.authored"
    _description = "What the approval of a referral rests on"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.referral_id._note_writer()
        return records

    def write(self, vals):
        former = self.referral_id
        result = super().write(vals)
        (former | self.referral_id)._note_writer()
        return result

    def unlink(self):
        self.referral_id._note_writer()
        return super().unlink()
