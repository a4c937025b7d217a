# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import LockError, UserError
from odoo.tools import SQL

from ...core import chain


class PolicyLife(models.Model):
    """The life of a version: draft, approved, in force, superseded, followed."""

    _inherit = "iso10003.policy"

    def action_approve(self):
        """Approve drafts that somebody else wrote."""
        for policy in self:
            policy._check_tiers()
            policy._check_tracks()
        for policy in self:
            policy._check_state("draft")
            policy._pass_door("action_approve")
            policy._guarded_write(
                {
                    "state": "approved",
                    "approver_id": self.env.uid,
                    "approved_date": policy._get_company_day(),
                }
            )
            policy._register_event("approved", policy._prepare_approved_data())

    def _prepare_approved_data(self):
        """Seal what was approved, in all its languages."""
        text = {
            name: self._fields[name]._get_stored_translations(self)
            if self._fields[name].translate
            else str(self._fields[name].convert_to_write(self[name], self))
            for name in self._frozen_fields
        }
        # only a digest of it comes out, whoever may read the page
        text["page"] = str(self.page_id.sudo().content or "")
        return {
            "version": self.version,
            "text_sha256": chain.sha256(chain.canonical(text)),
            "rules_sha256": self._digest_rules(),
            "segregation": self._get_strengths(),
            "gates": self.gate_ids._prepare_sealed(),
            "tiers": self.tier_ids._prepare_sealed(),
            "tracks": self.track_ids._prepare_sealed(),
        }

    def action_put_in_force(self):
        """Put an approved version into force from today on, as its company counts."""
        for policy in self:
            policy._check_state("approved")
            policy._put_in_force(policy._get_company_day())

    def _put_in_force(self, day):
        """Let this version begin on ``day`` and the present one end there."""
        self.ensure_one()
        self._supersede_present(day)
        self._guarded_write({"state": "in_force", "valid_from": day})
        self._register_event(
            "in_force", {"version": self.version, "from": day.isoformat()}
        )

    def _supersede_present(self, day):
        present = self.search(
            [("company_id", "=", self.company_id.id), ("state", "=", "in_force")]
        )
        present._guarded_write({"state": "superseded", "valid_to": day})
        present.flush_recordset()  # the database wants the old one ended first
        present._register_event("superseded", {"until": day.isoformat()})

    def action_new_version(self):
        """Open a draft that starts from this version."""
        self.ensure_one()
        draft = self.copy()
        draft._guarded_write({"previous_id": self.id})
        return draft.get_formview_action()

    def copy(self, default=None):
        """Start from a version, with all its parts as strict as there."""
        copies = super().copy(default)
        for policy, copied in zip(self, copies, strict=True):
            policy._copy_balances(copied)
        if "segregation_profile" not in (default or {}):
            for policy, copied in zip(self, copies, strict=True):
                copied._set_segregation(policy._get_strengths_to_come())
        for policy, copied in zip(self, copies, strict=True):
            if policy.company_id == copied.company_id:
                copied._keep_strictness(policy)
        return copies

    def action_view_disputes(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.dispute_action"
        )
        return {**action, "domain": [("policy_id", "=", self.id)], "context": {}}

    def _check_state(self, state):
        if self.state != state:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "“%(policy)s” is %(state)s, not %(wanted)s: open it again to see "
                    "what can be done now.",
                    policy=self.display_name,
                    state=labels[self.state].lower(),
                    wanted=labels[state].lower(),
                )
            )

    # ------------------------------------------------------------
    # Writing a draft and approving it wait for each other
    # ------------------------------------------------------------

    def _lock_draft(self):
        """Refuse changes of approved versions, also of those approved just now.

        The lock makes who changes a part and who approves the whole wait in line.
        """
        try:
            self.sudo().lock_for_update(allow_referencing=True)  # only a lock
        except LockError:
            raise UserError(
                self.env._(
                    "Somebody else is changing or approving “%(policy)s” right now. "
                    "Try again.",
                    policy=", ".join(self.mapped("display_name")),
                )
            ) from None
        self.invalidate_recordset(["state"])
        self._check_not_frozen()
        self._mark_changed()

    def _mark_changed(self):
        """Let nobody approve what they read before this change.

        A lock is forgotten at commit. Only a changed row makes PostgreSQL refuse the
        approval of who still sees the former parts, and lets it be tried again.
        """
        if self:
            self.env.cr.execute(
                SQL(
                    "UPDATE iso10003_policy SET state = state WHERE id IN %s", self._ids
                )
            )
