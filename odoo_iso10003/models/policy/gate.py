# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core import flow, solar_hijri
from ..mixin.cached import kept


class Gate(models.Model):
    """What the standard wants before a file leaves a state.

    A gate is this row and a method ``_gate_<code>`` of the dispute that returns
    whether one file meets it. Administrators choose how strict it is.
    """

    _name = "iso10003.gate"
    _description = "Gate"
    _inherit = ["iso10003.cached", "iso10003.told", "mail.thread"]
    _order = "state_order, sequence, id"

    name = fields.Char("What is wanted", required=True, translate=True)
    advice = fields.Char(
        translate=True, help="Where to do it, shown while the gate is open."
    )
    code = fields.Char(
        required=True,
        tracking=True,
        help="Names the check: the method _gate_<code> of the dispute.",
    )
    state = fields.Selection(
        lambda self: self._states(),
        "State left",
        required=True,
        tracking=True,
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
    )
    sequence = fields.Integer(default=10)

    _state_code_unique = models.UniqueIndex(
        "(state, code)", "This check is already asked in this state."
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

    def _written_clause(self):
        """Return the clause in the reader's digits, as the states' names have it."""
        self.ensure_one()
        persian = solar_hijri.is_read_in(self.env.lang)
        return solar_hijri.persian_digits(self.clause) if persian else self.clause

    @api.model
    def _asked_in(self, state, step):
        """Return the gates asked when ``state`` is left by ``step``."""
        asked = ["always", "early_end" if step == "early_end" else "forward"]
        return self.search(
            [
                ("state", "=", state),
                ("severity", "!=", "off"),
                ("asked", "in", asked),
            ]
        )

    # ------------------------------------------------------------
    # What each form shows of them, so kept at hand
    # ------------------------------------------------------------

    @api.model
    @kept("state", "step", by_language=True)
    def _describe_asked_in(self, state, step):
        """Return the gates as a reader sees them; the same for all files."""
        return tuple(
            {
                "code": gate.code,
                "clause": gate._written_clause(),
                "name": gate.name,
                "advice": gate.advice or "",
                "severity": gate.severity,
            }
            for gate in self._asked_in(state, step)
        )
