# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import get_lang


class LetterOfLimit(models.Model):
    _inherit = "iso10003.letter"

    deadline_id = fields.Many2one(
        "iso10003.deadline",
        "Limit that it meets",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )


class Letter(models.AbstractModel):
    """Letters that limits send: made for this kind of file, to its people alone.

    Their text is a template of mails, as rules and escalations name it.
    """

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
        """Send a letter from this file, on which it stays.

        :raises UserError: when it is no letter of this kind of file, or would go to
            nobody, or to somebody who has no part in the file
        """
        self.ensure_one()
        self._check_letter(template)
        recipients = self._find_recipients(template)
        if not recipients:
            raise self._refuse_letter(template, self.env._("it names nobody"))
        if strangers := recipients - self._filter_addressees(recipients):
            raise self._refuse_letter(
                template,
                self.env._(
                    "%(people)s has no part in the file, or may not be told of it",
                    people=", ".join(strangers.mapped("display_name")),
                ),
            )
        letter = self.env["iso10003.letter"].create(
            {
                "file_id": self.file_ids.id,
                "partner_ids": recipients.ids,
                **self._render_letter(template),
            }
        )
        letter.action_send()

    def _render_letter(self, template):
        """Return subject and text of a template on this file, and its language."""
        # its words come from the template, which the policy names
        template = template.sudo()
        rendered = template._generate_template(self.ids, ("subject", "body_html"))
        values = rendered[self.id]
        code = template._render_lang(self.ids)[self.id] or get_lang(self.env).code
        language = self.env["res.lang"].search([("code", "=", code)])
        return {
            "subject": values["subject"],
            "body": values["body_html"],
            "language_id": language.id,
            "template_id": False,
        }

    def _follow_letter(self, letter):  # pylint: disable=missing-return
        super()._follow_letter(letter)
        if letter.deadline_id:
            letter.deadline_id._letter_sent(letter)

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

    def _refuse_letter(self, template, why):
        return UserError(
            self.env._(
                "%(file)s: the letter “%(letter)s” is not sent: %(why)s.",
                file=self.display_name,
                letter=template.name,
                why=why,
            )
        )
