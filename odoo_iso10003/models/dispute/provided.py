# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class Provided(models.AbstractModel):
    """A file that somebody outside resolves, who is apart from both sides (4.9).

    Who cannot be it, the complainant or the organization, is refused. Whoever may not
    be used on that day, or not for this file, can be named all the same: what stands
    against it is on record, and the form says it.
    """

    _name = "iso10003.provided"
    _description = "File resolved by a provider"

    provider_lacks = fields.Html(
        "What stands against the provider", compute="_compute_provider_lacks"
    )

    @api.depends("provider_id", "method", "partner_id", "amount_claimed", "category_id")
    @api.depends_context("lang")
    def _compute_provider_lacks(self):
        for file in self:
            lacks = file._find_provider_lacks()
            sentences = self.env["iso10003.provider"]._tell_obstacles(lacks)
            file.provider_lacks = Markup("").join(
                Markup("<p>%s</p>") % sentence for sentence in sentences
            )

    def _find_provider_lacks(self, day=None):
        """Return the codes of what stands against the provider of this file.

        Of one that was in use before providers were kept, also that.
        """
        if not self.provider_id:
            return []
        # what is kept of a provider decides, whoever may read its contact
        provider = (
            self.env["iso10003.provider"]
            .sudo()
            ._find_of(self.provider_id, self.company_id)
        )
        if not provider:
            return ["unknown"]
        lacks = provider._find_obstacles(day or self._get_company_day(), self)
        if provider.from_before and not provider.evaluation_ids:
            lacks.append("from_before")
        return lacks

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files.filtered("provider_id")._note_provider()
        return files

    def write(self, vals):
        changed = self._changing("provider_id", vals)
        result = super().write(vals)
        changed.filtered("provider_id")._note_provider()
        return result

    def _note_provider(self):
        """Keep what stands against a provider when it is named."""
        self.env["iso10003.register"]._append(
            [
                (file, "provider_named", {"lacks": lacks}, None)
                for file in self
                if (lacks := file._find_provider_lacks())
            ]
        )

    def _find_side_of(self, partner):
        """Return on which side of the dispute somebody is, or nothing.

        :return: ``complainant`` or ``organization``; who resolves it is on neither
        """
        file = self.sudo()  # who they are counts, whoever may read them
        sides = file.partner_id | file.party_ids.partner_id
        if partner.commercial_partner_id in sides.commercial_partner_id:
            return "complainant"
        if file.env["iso10003.provider"]._is_of_group(partner, file.company_id):
            return "organization"
        return None

    @api.constrains("provider_id", "partner_id")
    def _check_provider_apart(self):
        for file in self.sudo():  # who they are counts, whoever may read them
            provider = file.provider_id
            side = file._find_side_of(provider) if provider else None
            if side == "complainant":
                raise ValidationError(
                    self.env._(
                        "Dispute %(number)s: “%(name)s” is on the complainant's side. "
                        "Who resolves a dispute is neither of its sides: choose "
                        "another provider.",
                        number=file.name,
                        name=file.provider_id.name,
                    )
                )
            if side == "organization":
                raise ValidationError(
                    self.env._(
                        "Dispute %(number)s: “%(name)s” belongs to us or our group. "
                        "Who resolves a dispute is neither of its sides: choose "
                        "another provider.",
                        number=file.name,
                        name=file.provider_id.name,
                    )
                )
