# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

from .told import TOLD


class MailActivity(models.Model):
    """An activity goes to who may read its record, and is read while they may."""

    _name = "mail.activity"
    _inherit = ["iso10003.told.content", "mail.activity"]

    @api.model_create_multi
    def create(self, vals_list):
        names = ["res_model", "res_model_id", "res_id", "user_id", "automated"]
        defaults = self.default_get(names)
        vals_list = [dict(vals) for vals in vals_list]
        self._assign_to_told([{**defaults, **vals} for vals in vals_list], vals_list)
        return super().create(vals_list)

    def write(self, vals):
        if vals.keys() & {"user_id", "res_id", "res_model", "res_model_id"}:
            for activity in self.sudo():  # of which record it is, whoever hands it on
                now = {
                    "res_model": activity.res_model,
                    "res_id": activity.res_id,
                    "user_id": activity.user_id.id,
                    **vals,
                }
                self._assign_to_told([now], [vals := dict(vals)])
        return super().write(vals)

    def _assign_to_told(self, wanted, vals_list):
        """Let each go to who may read its record, or to who stands in for them.

        :param wanted: the values of each with its defaults
        :param vals_list: what is written; who stands in is put in here
        :raise UserError: when a user assigns it by hand to somebody who may not read
        """
        for model, positions in self._group_by_model(wanted).items():
            ids = [wanted[position]["res_id"] for position in positions]
            records = self.env["iso10003.told"]._get_told_records(model, ids)
            if not (records := records._filter_told().exists()):
                continue
            users = self.env["res.users"].browse(
                {wanted[position]["user_id"] for position in positions}
            )
            standing = records._get_standing(users.sudo().partner_id)  # of whom it is
            for position in positions:
                # whose contact it is, as above
                user = users.browse(wanted[position]["user_id"])
                record = records.browse(wanted[position]["res_id"])
                if standing.get((record.id, user.sudo().partner_id.id), TOLD) != TOLD:
                    self._check_by_hand(wanted[position], record, user)
                    vals_list[position]["user_id"] = record._get_stand_in().id

    def _group_by_model(self, wanted):
        found = {}
        for position, vals in enumerate(wanted):
            model = vals.get("res_model")
            if vals.get("res_model_id"):
                # the name of a model, for whoever hands out activities
                model = self.env["ir.model"].sudo().browse(vals["res_model_id"]).model
            if model and vals.get("res_id") and vals.get("user_id"):
                found.setdefault(model, []).append(position)
        return found

    def _check_by_hand(self, vals, record, user):
        """Refuse a person's choice; what the system assigns goes to who stands in."""
        if self.env.su or vals.get("automated"):
            return
        record.with_env(self.env).check_access("read")  # its name goes into the refusal
        raise UserError(
            self.env._(
                "%(person)s may not read “%(record)s” and cannot be given an activity "
                "on it: choose somebody who may.",
                person=user.sudo().name,  # the name of a colleague is no secret
                record=record.display_name,
            )
        )

    # ------------------------------------------------------------
    # Reading
    # ------------------------------------------------------------

    def _compute_res_name(self):
        """A form that is not saved names no record that its user may not read.

        Odoo computes the name with all rights, of whatever model and id it is given.
        """
        forms = self.filtered(lambda one: not one.id)
        untold = forms._filter_untold()
        untold.res_name = False
        return super(MailActivity, self - untold)._compute_res_name()

    def _filter_untold(self):
        """Return those of records that the user may not read."""
        # of which record an activity is, is asked in order to withhold it
        return self._find_untold(
            {one: (one.res_model, one.res_id) for one in self.sudo()}
        )
