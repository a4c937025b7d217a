# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ...core import flow

EVALUATE = "odoo_iso10003.activity_evaluate"
REOPENED = "odoo_iso10003.activity_reopened"


class DisputeTold(models.Model):
    """Whoever is given a part of a file is told: with a task, and as a follower."""

    _inherit = "iso10003.dispute"

    @api.model_create_multi
    def create(self, vals_list):
        disputes = super().create(vals_list)
        disputes.filtered("evaluator_id")._tell_evaluator()
        return disputes

    def write(self, vals):
        named = self._changing("evaluator_id", vals)
        result = super().write(vals)
        named._tell_evaluator()
        return result

    def _guarded_write(self, vals):
        named = self._changing("evaluator_id", vals)
        result = super()._guarded_write(vals)
        named._tell_evaluator()
        return result

    # ------------------------------------------------------------
    # Who evaluates
    # ------------------------------------------------------------

    def _tell_evaluator(self):
        """Give the evaluators their task, in the place of one that was given before."""
        if not self:
            return
        self.activity_unlink([EVALUATE])
        for dispute in self.filtered("evaluator_id"):
            evaluator = dispute.evaluator_id
            # who names somebody lets them follow, whether or not they edit followers
            dispute.sudo()._message_subscribe(evaluator.partner_id.ids)
            dispute._give_task(
                EVALUATE,
                evaluator,
                lambda file: file.env._("Evaluate the merits (7.4.1)"),
            )

    def _give_task(self, kind, user, describe):
        """Give somebody a task of today, in their language.

        :param kind: the external id of the type of activity
        :param describe: is given this file and returns what is to be done
        """
        self.activity_schedule(
            kind,
            date_deadline=self._get_company_day(),
            summary=describe(self.with_context(lang=user.lang)),
            user_id=user.id,
        )

    def _bring_about(self, step):
        if step == "forward" and flow.previous_state(self.state) == "evaluation":
            self.activity_feedback([EVALUATE])
        if step == "early_end":
            self.activity_unlink([EVALUATE])
        return super()._bring_about(step)

    # ------------------------------------------------------------
    # A file that comes back
    # ------------------------------------------------------------

    def _take_up(self, step):
        if step == "reopen" and not self.user_id.active:
            self._hand_on()
        return super()._take_up(step)

    def _hand_on(self):
        """Give a file whose owner is archived to who stands in, and tell them."""
        # whoever reopens a file is a manager, and can lead it
        owner = self._get_stand_in() or self.env.user
        self._guarded_write({"user_id": owner.id})
        self._give_task(
            REOPENED,
            owner,
            lambda file: file.env._(
                "Lead the reopened file, whose owner works here no more"
            ),
        )
