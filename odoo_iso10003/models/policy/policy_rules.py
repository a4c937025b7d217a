# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...core import chain, proportion
from ..mixin.cached import kept
from .policy_gate import SEVERITIES


class PolicyRules(models.Model):
    """What a version asks: time limits, of its own or of a pack, gates, and tracks.

    How much of it is asked of a file follows from what is at stake in it.
    """

    _inherit = "iso10003.policy"

    rule_ids = fields.One2many(
        "iso10003.deadline.rule",
        "policy_id",
        "Deadline rules",
        domain=[("parent_id", "=", False)],
        context={"active_test": False},
        copy=True,
    )
    gate_ids = fields.One2many(
        "iso10003.policy.gate",
        "policy_id",
        "Gates",
        copy=False,
        help="What is wanted before a file under this version leaves a state.",
    )
    track_ids = fields.One2many(
        "iso10003.policy.track",
        "policy_id",
        "Tracks",
        copy=True,
        help="How much is asked of which files.",
    )
    has_tracks = fields.Boolean(compute="_compute_has_tracks")
    deadline_count = fields.Integer(compute="_compute_deadline_count")

    def _compute_deadline_count(self):
        counts = dict(
            self.env["iso10003.deadline"]._read_group(
                [("rule_id.policy_id", "in", self.ids)],
                ["rule_id"],
                ["__count"],
            )
        )
        for policy in self:
            policy.deadline_count = sum(
                count for rule, count in counts.items() if rule.policy_id == policy
            )

    # ------------------------------------------------------------
    # Limits
    # ------------------------------------------------------------

    def _copy_balances(self, copied):
        """Let rules of the copy refer to each other, not to those of the original."""
        rules = {rule.code: rule for rule in copied.rule_ids}
        for rule in self.rule_ids.filtered("balance_rule_id"):
            rules[rule.code].balance_rule_id = rules.get(rule.balance_rule_id.code)

    def _digest_rules(self):
        """Return a digest of all rules and their escalations, as approved."""
        rules = self.with_context(active_test=False).rule_ids
        sealed = [
            [rule._prepare_sealed() for rule in rule | rule.part_ids]
            for rule in rules.sorted("code")
        ]
        return chain.sha256(chain.canonical(sealed))

    # ------------------------------------------------------------
    # Gates
    # ------------------------------------------------------------

    def _take_gates(self):
        """Give drafts the gates of their company that they do not ask yet."""
        vals_list = []
        for policy in self:
            asked = {(gate.state, gate.code) for gate in policy.gate_ids}
            for gate in self.env["iso10003.gate"]._get_effective(policy.company_id):
                if (gate.state, gate.code) not in asked:
                    vals_list.append({"policy_id": policy.id, "gate_id": gate.id})
        self.env["iso10003.policy.gate"].create(vals_list)

    def _keep_strictness(self, former):
        """Let gates that the former version asks too stay as strict as there."""
        asked = {gate.gate_id: gate for gate in former.gate_ids}
        for gate in self.gate_ids.filtered(lambda gate: gate.gate_id in asked):
            wanted = {name: asked[gate.gate_id][name] for name in SEVERITIES}
            if any(gate[name] != severity for name, severity in wanted.items()):
                gate.write(wanted)

    # ------------------------------------------------------------
    # Tracks
    # ------------------------------------------------------------

    @api.depends("track_ids")
    def _compute_has_tracks(self):
        for policy in self:
            policy.has_tracks = len(policy.track_ids) > 1

    def _fill_tracks(self):
        """Give drafts without tracks those that come with the product."""
        self.env["iso10003.policy.track"].create(
            [
                self._prepare_track_vals(policy, track)
                for policy in self
                if not policy.track_ids
                for track in proportion.SHIPPED
            ]
        )

    @api.model
    def _prepare_track_vals(self, policy, track):
        return {
            "policy_id": policy.id,
            "level": track.level,
            "people": track.people,
            "merges": track.merges,
            "criterion_ids": [
                Command.create(
                    {
                        "amount": criterion.amount,
                        "severity": criterion.severity or False,
                        "method": criterion.method or False,
                        "complainant_type": criterion.complainant_type or False,
                    }
                )
                for criterion in track.criteria
            ],
        }

    def action_take_tracks(self):
        """Put the tracks that come with the product in the place of the draft's own."""
        for policy in self:
            policy.check_access("write")
            policy._check_not_frozen()
            policy.track_ids.unlink()
            policy._fill_tracks()
        return True

    @api.model
    @kept("policy_id")
    def _get_tracks(self, policy_id):
        """Return the tracks of a version, as ``core/proportion.py`` has them."""
        tracks = self.env["iso10003.policy.track"]
        of_version = tracks.search([("policy_id", "=", policy_id)])
        return tuple(track._pack() for track in of_version)

    def _has_whole_tracks(self):
        """Whether every file finds a track, and every track files."""
        tracks = self._get_tracks(self.id)
        return bool(tracks) and not proportion.find_unreached(tracks)

    def _check_tracks(self):
        """Refuse a version under which a file finds no track, or a track no file."""
        tracks = self._get_tracks(self.id)
        if not tracks:
            raise UserError(
                self.env._(
                    "“%(policy)s” has no track, so no file would be asked anything. "
                    "Add one in the tab “Tracks”.",
                    policy=self.display_name,
                )
            )
        if unreached := proportion.find_unreached(tracks):
            raise UserError(
                self.env._(
                    "“%(policy)s”: no file comes to the track “%(track)s”. Say in the "
                    "tab “Tracks” which files it is for, or take it away.",
                    policy=self.display_name,
                    track=self._label_track(unreached[0]),
                )
            )

    @api.model
    def _label_track(self, level):
        levels = self.env["iso10003.policy.track"]._fields["level"]
        return dict(levels._description_selection(self.env)).get(level, level or "")

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_choose_packs(self):
        """Show the packs of examples, to be installed into this draft."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_frozen()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.rule_pack_action_install"
        )
        return {**action, "context": {"install_into": self.id}}

    def action_forecast(self):
        """Show what this version would change, before it enters into force."""
        self.ensure_one()
        forecasts = self.env["iso10003.policy.forecast"]
        return forecasts.create({"policy_id": self.id}).action_count()

    def action_view_deadlines(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.deadline_action"
        )
        return {
            **action,
            "domain": [("rule_id.policy_id", "=", self.id)],
            "context": {},
        }
