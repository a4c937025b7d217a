# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError

from ..wall.told import NEVER, TOLD


class Letter(models.AbstractModel):
    """Letters that limits send: made for this kind of file, to its people alone."""

    _inherit = "iso10003.timed"

    def _check_letter(self, template):
        """Refuse a letter that was made for another kind of file.

        The same number is somebody else's file there.
        """
        letter = template.sudo()  # which kind of file it is for is no secret
        if letter.model != self._name:
            raise UserError(
                self.env._(
                    "%(file)s: the letter “%(letter)s” is made for another kind of "
                    "file and is not sent.",
                    file=self.display_name,
                    letter=letter.name,
                )
            )

    def _post_letter(self, template):
        """Send a letter from this file, on which it stays as a message.

        :raises UserError: when it is no letter of this kind of file, or would go to
            nobody, or to somebody who has no part in the file
        """
        self.ensure_one()
        self._check_letter(template)
        recipients = self._find_recipients(template)
        if not recipients:
            raise self._refuse_letter(template, self.env._("it names nobody"))
        if strangers := recipients - self._filter_people(recipients):
            raise self._refuse_letter(
                template,
                self.env._(
                    "%(people)s has no part in the file, or may not be told of it",
                    people=", ".join(strangers.mapped("display_name")),
                ),
            )
        self.message_post_with_source(
            template, message_type="auto_comment", subtype_xmlid="mail.mt_comment"
        )

    def _find_recipients(self, template):
        """Return whom a letter is addressed to on this file."""
        rendered = template._generate_template_recipients(
            self.ids,
            {"partner_to", "email_to", "email_cc"},
            allow_suggested=True,
            find_or_create_partners=True,
        )
        found = rendered[self.id].get("partner_ids") or []
        return self.env["res.partner"].browse(found)

    def _filter_people(self, partners):
        """Return those who are people of this file, and may be told of it."""
        named = self._get_named_people()
        standing = self._get_standing(partners)
        return partners.filtered(
            lambda partner: (
                standing[self.id, partner.id] == TOLD
                or (partner in named and standing[self.id, partner.id] != NEVER)
            )
        )

    def _get_named_people(self):
        """Return the contacts that this file names: its parties, its provider."""
        case = self.sudo()  # who takes part in it, whoever writes to them
        return self.env["res.partner"].union(
            case._get_parties(),
            *(
                case[name]
                for name, field in case._fields.items()
                if field.comodel_name == "res.partner"
                and field.store
                and not name.startswith("message_")
            ),
        )

    def _refuse_letter(self, template, why):
        return UserError(
            self.env._(
                "%(file)s: the letter “%(letter)s” is not sent: %(why)s.",
                file=self.display_name,
                letter=template.name,
                why=why,
            )
        )
