# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import proportion
from ..mixin.cached import kept
from ..mixin.people_date import format_people_number

# how strict a gate is on each track of its version
SEVERITY_ON = {
    proportion.SMALL: "small_severity",
    proportion.STANDARD: "severity",
    proportion.SERIOUS: "serious_severity",
}
SEVERITIES = tuple(SEVERITY_ON.values())


class PolicyGate(models.Model):
    """A gate as one policy version asks it, frozen with the version.

    What is asked, where and how strictly are values of its own: what becomes of
    the gate later concerns the versions to come. Its words are those of the gate,
    in each language that is installed, now or later.
    """

    _name = "iso10003.policy.gate"
    _description = "Gate of a policy version"
    _inherit = ["iso10003.guarded", "iso10003.policy.part", "iso10003.cached"]
    _order = "state_order, sequence, id"
    _rec_name = "name"

    policy_id = fields.Many2one(
        "iso10003.policy",
        "Policy version",
        required=True,
        index=True,
        ondelete="cascade",
        fixed=True,
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    gate_id = fields.Many2one(
        "iso10003.gate",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    name = fields.Char(related="gate_id.name")
    advice = fields.Char(related="gate_id.advice")
    # as the gate was when it came into the version
    code = fields.Char(readonly=True, copy=False, guarded=True)
    state = fields.Selection(
        lambda self: self.env["iso10003.gate"]._states(),
        "State left",
        readonly=True,
        copy=False,
        guarded=True,
    )
    state_order = fields.Integer(readonly=True, copy=False, guarded=True)
    asked = fields.Selection(
        lambda self: self._choices("asked"), readonly=True, copy=False, guarded=True
    )
    clause = fields.Char(readonly=True, copy=False, guarded=True)
    sequence = fields.Integer(readonly=True, copy=False, guarded=True)
    severity = fields.Selection(
        lambda self: self._choices("severity"),
        "Strictness",
        compute="_compute_severity",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="How strict the gate is for files under this version, those on the small "
        "or the serious track apart.",
    )
    small_severity = fields.Selection(
        lambda self: self._choices("severity"),
        "On the small track",
        compute="_compute_severity_on_tracks",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="How strict the gate is for files on the small track.",
    )
    serious_severity = fields.Selection(
        lambda self: self._choices("severity"),
        "On the serious track",
        compute="_compute_severity_on_tracks",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="How strict the gate is for files on the serious track.",
    )

    _once = models.UniqueIndex(
        "(policy_id, state, code)", "This version asks this check there already."
    )

    @api.model
    def _choices(self, name):
        gates = self.env["iso10003.gate"]
        return gates._fields[name]._description_selection(self.env)

    @api.depends("gate_id")
    def _compute_severity(self):
        for gate in self:
            gate.severity = gate.gate_id.severity

    @api.depends("severity")
    def _compute_severity_on_tracks(self):
        """Begin with as much as else; what only warns stops a serious file."""
        for gate in self:
            gate.small_severity = gate.severity
            warns = gate.severity == "warn"
            gate.serious_severity = "block" if warns else gate.severity

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        gates = self.env["iso10003.gate"]
        return [
            gates.browse(vals.get("gate_id"))._prepare_frozen_vals()
            for vals in vals_list
        ]

    # ------------------------------------------------------------
    # What a file is asked
    # ------------------------------------------------------------

    @api.model
    def _asked_in(self, policy, track, state, step):
        """Return the gates of a version asked when ``state`` is left by ``step``.

        :param track: on which the file is, a level of ``core/proportion.py``
        """
        return self.browse(self._get_asked_ids(policy.id, track, state, step))

    @api.model
    @kept("policy_id", "track", "state", "step")
    def _get_asked_ids(self, policy_id, track, state, step):
        asked = ["always", "early_end" if step == "early_end" else "forward"]
        return self.search(
            [
                ("policy_id", "=", policy_id),
                ("state", "=", state),
                (SEVERITY_ON[track], "!=", "off"),
                ("asked", "in", asked),
            ]
        )._ids

    @api.model
    @kept("policy_id", "track")
    def _get_asked_codes(self, policy_id, track):
        """Return the codes of all gates that a version asks of files on a track."""
        gates = self.search(
            [("policy_id", "=", policy_id), (SEVERITY_ON[track], "!=", "off")]
        )
        return frozenset(gates.mapped("code"))

    @api.model
    @kept("policy_id", "track", "state", "step", by_language=True)
    def _describe_asked_in(self, policy_id, track, state, step):
        """Return the gates as a reader sees them; the same for all files.

        Each form shows them, so they are kept at hand.
        """
        policy = self.env["iso10003.policy"].browse(policy_id)
        return tuple(
            {
                "code": gate.code,
                "clause": gate._written_clause(),
                "name": gate.name,
                "advice": gate.advice or "",
                "severity": gate._get_severity(track),
            }
            for gate in self._asked_in(policy, track, state, step)
        )

    def _get_severity(self, track):
        """Return how strict the gate is for files on a track."""
        return self[SEVERITY_ON[track]]

    def _written_clause(self):
        """Return the clause in the reader's digits, as the states' names have it."""
        self.ensure_one()
        return format_people_number(self.env, self.clause)

    def _prepare_sealed(self):
        """Return what decides of each gate, in an order that is always the same."""
        return [
            {name: gate[name] for name in ("state", "code", "asked", *SEVERITIES)}
            for gate in self.sorted(lambda gate: (gate.state_order, gate.code))
        ]
