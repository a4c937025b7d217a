# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class ToldReading(models.AbstractModel):
    """What was told is read while its record may be, not because it was once told."""

    _inherit = "iso10003.told"

    @api.model
    def _find_unreadable(self, references):
        """Return those of ``(model, id)`` that the user may not be told of."""
        user, unreadable = self.env.user, set()
        by_model = {}
        for model, res_id in references:
            by_model.setdefault(model, set()).add(res_id)
        for model, res_ids in by_model.items():
            records = self._get_told_records(model, res_ids)
            if records := records._filter_told().exists():
                readable = records._filter_readable_by(user)
                outside = records.filtered(
                    lambda one, ids=readable.ids: one.id not in ids
                )
                unreadable.update(
                    (model, one.id)
                    for one in outside
                    if user.partner_id not in one._get_parties()
                )
        return unreadable

    @api.model
    def _add_forbidden(self, result, forbidden):
        """Return the answer of ``_check_access`` with more that is forbidden."""
        if not forbidden:
            return result
        if result:
            return (result[0] + (forbidden - result[0]), result[1])
        return (forbidden, lambda: forbidden._make_told_error())


class MailMessage(models.Model):
    """Having been notified of it is no right to read a message of a record of ours."""

    _name = "mail.message"
    _inherit = ["iso10003.told.content", "mail.message"]

    def _filter_untold(self):
        """Return those of records that the user may not read, nor takes part in."""
        # of which record a message speaks is asked in order to withhold it
        return self._find_untold({one: (one.model, one.res_id) for one in self.sudo()})

    def _find_preserving(self):
        """What was said of a record that is held, is held with it."""
        # of which record it speaks is asked for the file
        return self._find_preserving_of(
            {one: (one.model, one.res_id) for one in self.sudo()}
        )

    def write(self, vals):
        """Change messages, but for the words and the place of what is held."""
        for name in ("body", "subject", "model", "res_id"):
            if name in vals:
                self._filter_other(name, vals[name])._refuse_preserved()
        return super().write(vals)

    def _filter_other(self, name, value):
        """Return those that have another value; one that has none gets its first."""
        field = self._fields[name]
        return self.sudo().filtered(  # what is said is compared, not shown
            lambda one: (
                one[name]
                and field.convert_to_cache(value, one)
                != field.convert_to_cache(one[name], one)
            )
        )
