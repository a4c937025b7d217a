# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core import flow
from ..mixin.configuration import OWN, REPLACES


class Gate(models.Model):
    """What the standard wants before a file leaves a state.

    A gate is this row and a method ``_gate_<code>`` of the dispute that returns
    whether one file meets it. Policy versions begin with the gates of their company
    and say how strict they are; see ``policy_gate.py`` for what a file is asked.
    """

    _name = "iso10003.gate"
    _description = "Gate"
    _inherit = [
        "iso10003.configuration",
        "iso10003.cached",
        "iso10003.told",
        "mail.thread",
    ]
    _order = "state_order, sequence, id"
    _own_key = ("state", "code")

    replaces_id = fields.Many2one("iso10003.gate", **REPLACES)
    own_ids = fields.One2many("iso10003.gate", "replaces_id", **OWN)

    name = fields.Char("What is wanted", required=True, translate=True)
    advice = fields.Char(
        translate=True, help="Where to do it, shown while the gate is open."
    )
    code = fields.Char(
        required=True,
        tracking=True,
        decides=True,
        help="Names the check: the method _gate_<code> of the dispute.",
    )
    state = fields.Selection(
        lambda self: self._states(),
        "State left",
        required=True,
        copy=True,
        tracking=True,
        decides=True,
    )
    state_order = fields.Integer(compute="_compute_state_order", store=True)
    asked = fields.Selection(
        [
            ("forward", "On the way forward"),
            ("early_end", "When the file ends early"),
            ("always", "Always"),
        ],
        required=True,
        default="forward",
        tracking=True,
        decides=True,
    )
    clause = fields.Char(required=True, help="Clause of ISO 10003:2018 behind it.")
    severity = fields.Selection(
        [
            ("block", "Blocks"),
            ("warn", "Warns: going on takes a reason"),
            ("off", "Off"),
        ],
        "Strictness",
        required=True,
        default="block",
        tracking=True,
        decides=True,
        help="How strictly the policy versions to come ask it at first. A version "
        "says itself how strict its gates are, and keeps that once it is approved.",
    )
    sequence = fields.Integer(default=10)

    _state_code_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), state, code)",
        "This check is already asked in this state.",
    )

    @api.model
    def _states(self):
        """Return the states of a dispute, in the reader's language."""
        states = self.env["iso10003.dispute"]._fields["state"]
        return states._description_selection(self.env)

    @api.depends("state")
    def _compute_state_order(self):
        for gate in self:
            gate.state_order = flow.STATES.index(gate.state) if gate.state else 0

    @api.constrains("code")
    def _check_code(self):
        for gate in self:
            if not hasattr(self.env["iso10003.dispute"], f"_gate_{gate.code}"):
                raise ValidationError(
                    self.env._(
                        "Gate “%(name)s”: there is no check “%(code)s”. "
                        "Choose the code of an existing gate.",
                        name=gate.name,
                        code=gate.code,
                    )
                )

    def copy_data(self, default=None):
        if {"state", "code", "replaces_id"}.isdisjoint(default or {}):
            raise UserError(
                self.env._(
                    "A gate is asked once in a state, so it cannot be duplicated. "
                    "Choose “Adapt for our company” to have your own in its place, or "
                    "make a gate with the same check in another state."
                )
            )
        return super().copy_data(default)

    def _prepare_frozen_vals(self):
        """Return what a policy version keeps of this gate."""
        names = ("code", "state", "state_order", "asked", "clause", "sequence")
        return {name: self[name] for name in names}
