# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ...core import advisor, proportion

# how much the amount weighs on each track
AMOUNT_ON = {proportion.SMALL: "0", proportion.STANDARD: "1", proportion.SERIOUS: "2"}


class Advised(models.AbstractModel):
    """A file whose method is chosen by criteria, with the reason kept (4.8, annex E).

    The advisor ranks the methods of the catalogue by its table of points. Who chooses
    another than those that suit best says why; where one method is usual, it is chosen
    without asking. Whoever types another kind of method chose none of the catalogue.
    """

    _name = "iso10003.advised"
    _description = "File whose method is chosen by criteria"

    def write(self, vals):
        result = super().write(vals)
        if "method" in vals and "method_id" not in vals:
            typed = self.filtered(
                lambda file: file.method_id and file.method_id.kind != file.method
            )
            typed._guarded_write({"method_id": False, "method_reason": False})
        return result

    def _get_methods(self):
        return self.env["iso10003.method"]._get_effective(self.company_id)

    def _advise_methods(self, weights):
        """Return what the table says of each method, the best first."""
        tables = {method.id: method._get_points() for method in self._get_methods()}
        return advisor.advise(tables, weights)

    def _guess_weight(self, criterion):
        """Return how much a criterion weighs, as far as the file says it."""
        if criterion == advisor.AMOUNT:
            return AMOUNT_ON[self.track]
        complainant = self.partner_id.sudo()  # whoever may read it
        own = self.company_id.sudo().country_id
        abroad = complainant.country_id and own and complainant.country_id != own
        return "2" if abroad else "0"

    def action_advise_method(self):
        """Ask what weighs and show which methods suit; choose the only one there is."""
        self.ensure_one()
        self.check_access("write")
        self._check_expected_state()
        methods = self._get_methods()
        if not methods:
            raise self._refusal(
                self.env._(
                    "the catalogue has no method. Enter one under Disputes ▸ Rules ▸ "
                    "Methods."
                )
            )
        if len(methods) == 1:
            return self.action_choose_method(methods.id, {})
        return self._open_dialog(
            "iso10003.method.advice",
            self.env._("Which method suits"),
            default_dispute_id=self.id,
        )

    def action_choose_method(self, method_id, weights, reason=None):
        """Choose a method of the catalogue for this file.

        :param weights: ``{criterion: 0, 1 or 2}``, how much each weighs here
        :param reason: why, where it is not among those that suit best
        """
        self.ensure_one()
        self.check_access("write")
        method = self._get_methods().filtered(lambda one: one.id == method_id)
        if not method:
            raise self._refusal(
                self.env._("this method is not one of the catalogue. Choose another.")
            )
        weights = self._read_weights(weights)
        ranked = self._advise_methods(weights)
        best = advisor.find_best(ranked)
        if method.id not in best:
            self._need_reason(reason)
        said = self._is_said(reason) and reason
        self._lock()
        self._say_reason(reason)
        self.write({"method": method.kind})
        self._guarded_write({"method_id": method.id, "method_reason": said})
        self._register_event(
            "method",
            {"method": method.id, "weights": weights, "best": list(best)},
            reason,
        )
        return True

    @api.model
    def _read_weights(self, weights):
        """Return the weights that can be, of the criteria that there are."""
        weights = weights if isinstance(weights, dict) else {}
        return {
            criterion: weights[criterion]
            for criterion in advisor.CRITERIA
            if weights.get(criterion) in advisor.WEIGHTS
        }
