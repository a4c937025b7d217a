# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The doors by which a paper leaves the house, each asking the restrictions.

Bundles, dossiers and prints ask ``_filter_restricted`` of the documents themselves.
Here is what hands on stored files, whatever they hang on: messages and mails with what
is attached to them or shown in their text, links with a token, and exports. The list of
all doors is in ``tests/proceeding/test_restriction_doors.py``.
"""

from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools.i18n import format_list
from odoo.tools.mail import email_normalize_all

from ...core.linked import ATTACHMENT, find_linked

# what is stored of a file, as its field is called
CONTENTS = {
    "iso10003.document": {"content"},
    "iso10003.bundle": {"content"},
    ATTACHMENT: {"raw", "datas", "db_datas", "index_content"},
}


class RestrictionDoors(models.Model):
    """Which stored files an order or a term forbids, and to whom."""

    _inherit = "iso10003.restriction"

    @api.model
    def _find_forbidden(self, attachments, partners):
        """Return ``{partner: documents}`` of what they may not be given of these files.

        A file is known by its content, wherever it lies: on a ticket, in a mail, in a
        bundle that was issued before.

        :param partners: a list of contacts; an empty one stands for whoever it is
        """
        found = {}
        for one in self._find_standing() if attachments else ():
            papers = one._filter_secret(one._get_papers())
            lying = papers._filter_lying_in(attachments)
            for partner in partners if lying else ():
                if partner not in one.exempt_ids:
                    found[partner] = found.get(partner, lying.browse()) | lying
        return found

    @api.model
    def _check_free(self, attachments, partners, what):
        """Refuse to hand these files to people from outside, by name.

        :param what: who is refused, in words
        """
        if not attachments or not self._is_any_open():
            return
        outside = self._filter_outside(partners)
        forbidden = self._find_forbidden(attachments, list(outside))
        if papers := self.env["iso10003.document"].union(*forbidden.values()):
            raise UserError("\n".join([what, self._tell_forbidden(papers)]))

    @api.model
    def _check_export(self, records, paths):
        """Refuse an export of contents that may not be shown.

        :param paths: as Odoo's own export gives them, lists of names
        """
        wanted = {path[0] for path in paths if path} & CONTENTS[records._name]
        if not wanted or self.env.su:
            return
        stored = records
        if records._name != ATTACHMENT:
            stored = self.env[ATTACHMENT].search(
                Domain("res_model", "=", records._name)
                & Domain("res_id", "in", records.ids)
                & Domain("res_field", "in", list(wanted))
            )
        self._check_free_for_all(stored)

    @api.model
    def _check_free_for_all(self, attachments):
        """Refuse to show these files to whoever it may be."""
        nobody = self.env["res.partner"]
        for papers in self._find_forbidden(attachments, [nobody]).values():
            raise UserError(self._tell_forbidden(papers))

    @api.model
    def _tell_forbidden(self, papers):
        # who hands a file out has it in hand; what it is called says no more
        names = [f"“{one.sudo().name}”" for one in papers]
        return self.env._(
            "An order or a term forbids to show %(documents)s. Leave it out, or end "
            "the restriction with its reason.",
            documents=format_list(self.env, names),
        )

    @api.model
    def _filter_outside(self, partners):
        """Return the people who do not work here: who does reads by the wall."""
        # who has an account is looked up for whoever writes
        users = self.env["res.users"].sudo()
        inside = users.search_fetch(
            [("partner_id", "in", partners.ids), ("share", "=", False)],
            ["partner_id"],
        )
        return partners - inside.partner_id.with_env(partners.env)


class Bundle(models.Model):
    _inherit = "iso10003.bundle"

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        self.env["iso10003.restriction"]._check_export(self, fields)
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)


class IrAttachment(models.Model):
    """A link with a token, and an export, show a file to whoever gets them."""

    _inherit = "ir.attachment"

    @api.model
    def _find_shown(self, text):
        """Return the stored files that a text shows or links to, with all rights."""
        every = self.sudo()  # what is shown is asked for whom it is shown to
        linked = find_linked(text)
        if not linked:
            return every.browse()
        own = [number for model, number in linked if model == ATTACHMENT]
        places = [
            Domain("res_model", "=", model)
            & Domain("res_id", "=", number)
            & Domain("res_field", "!=", False)
            for model, number in linked
            if model != ATTACHMENT
        ]
        return every.browse(own).exists() | (
            every.search(Domain.OR(places)) if places else every.browse()
        )

    def generate_access_token(self):
        self.env["iso10003.restriction"]._check_free_for_all(self)
        return super().generate_access_token()

    def _can_return_content(self, field_name=None, access_token=None):
        """A token from before opens nothing that is forbidden by now."""
        nobody = self.env["res.partner"]
        restrictions = self.env["iso10003.restriction"]
        if access_token and restrictions._find_forbidden(self, [nobody]):
            access_token = None
        return super()._can_return_content(field_name, access_token)

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        self.env["iso10003.restriction"]._check_export(self, fields)
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)


class MailThread(models.AbstractModel):
    """A message hands on what is attached to it, and what its text shows."""

    _inherit = "mail.thread"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        recipients = super()._notify_get_recipients(message, msg_vals, **kwargs)
        restrictions = self.env["iso10003.restriction"]
        if not restrictions._is_any_open():
            return recipients
        said = message.sudo()  # whoever posts, what it hands on is asked
        people = self.env["res.partner"].browse(
            {one["id"] for one in recipients if one["id"]} | set(said.partner_ids.ids)
        )
        outside = restrictions._filter_outside(people)
        strangers = any(not one["id"] for one in recipients)
        forbidden = restrictions._find_forbidden(
            said.attachment_ids | self.env[ATTACHMENT]._find_shown(said.body),
            [*outside, *[people.browse()] * strangers],
        )
        if not forbidden:
            return recipients
        kind = (msg_vals or {}).get("message_type", said.message_type)
        if not self.env.su and self.env.user._is_internal() and kind != "email":
            papers = self.env["iso10003.document"].union(*forbidden.values())
            raise UserError(restrictions._tell_forbidden(papers))
        # what came in with it stays, and goes to nobody who may not have it
        left_out = {partner.id for partner in forbidden}
        said.partner_ids -= people.browse(left_out - {False})
        return [one for one in recipients if one["id"] not in left_out]


class MailMail(models.Model):
    """A mail asks when it is made, and again when it leaves."""

    _inherit = "mail.mail"

    def _find_untold(self):
        return super()._find_untold() | self._find_forbidden()

    def _find_forbidden(self):
        """Return ``(id of the mail, id of the partner)`` of who may not have a file."""
        restrictions = self.env["iso10003.restriction"]
        if not restrictions._is_any_open():
            return set()
        people = self._get_people()
        return {
            (mail.id, partner.id)
            for mail in self
            for partner in restrictions._find_forbidden(
                mail._get_handed_on(),
                list(restrictions._filter_outside(people[mail])),
            )
        }

    def _get_handed_on(self):
        """Return the files that a mail has with it or shows."""
        text = f"{self.body or ''}{self.body_html or ''}"
        return self.attachment_ids | self.env[ATTACHMENT]._find_shown(text)

    def _leave_out(self, untold):
        """Whom only an address tells, and nobody knows, gets no forbidden file."""
        restrictions = self.env["iso10003.restriction"]
        if restrictions._is_any_open():
            nobody = self.env["res.partner"]
            people = self._get_people()
            for mail in self.filtered(lambda one: one.email_to or one.email_cc):
                if restrictions._find_forbidden(mail._get_handed_on(), [nobody]):
                    mail._take_out_strangers(people[mail])
        return super()._leave_out(untold)

    def _take_out_strangers(self, known):
        addresses = set(known.mapped("email_normalized"))
        for name in ("email_to", "email_cc"):
            kept = [
                one for one in email_normalize_all(self[name] or "") if one in addresses
            ]
            self[name] = ", ".join(kept)
