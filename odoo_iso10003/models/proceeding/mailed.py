# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import html2plaintext

# on which way a message of theirs came
CHANNEL_OF = {"email": "email", "comment": "portal"}


class Mailed(models.AbstractModel):
    """A file on which mails of the other side show what they said (7.5.1).

    What a mail says is kept as a file of its own, with its digest: the discussion may
    be tidied up, and what rests on the mail stays.
    """

    _name = "iso10003.mailed"
    _description = "File on which mails show what was said"

    def _get_their_mails_domain(self):
        """Return which messages may show what the other side said."""
        complaint = self.sudo().ticket_id  # from which the file came
        places = Domain("model", "=", self._name) & Domain("res_id", "in", self.ids)
        places |= Domain("model", "=", complaint._name) & Domain(
            "res_id", "in", complaint.ids
        )
        # who takes part, whoever leads the file
        people = self.sudo().party_ids.partner_id | self.sudo().partner_id
        return (
            places
            & Domain("message_type", "in", list(CHANNEL_OF))
            & Domain("author_id", "in", people.ids)
        )

    def _find_their_mails(self):
        """Return those that the reader may read, the latest first."""
        mails = self.env["mail.message"]
        return mails.search(self._get_their_mails_domain(), order="date desc", limit=80)

    def _check_their_mail(self, mail):
        """Refuse a message that is not one of the other side on this file."""
        mail.check_access("read")
        if len(mail) != 1 or not mail.filtered_domain(self._get_their_mails_domain()):
            raise self._refusal(
                self.env._("the chosen mail is not one of theirs on this file.")
            )

    def _make_proof_of(self, mail):
        """Return a mail as a file: its content as base64, and its name."""
        self._check_their_mail(mail)
        said = mail.sudo()  # who may read the mail was let in by its own rules
        lines = [
            said.subject or "",
            f"{said.author_id.name} <{said.email_from or said.author_id.email or ''}>",
            f"{said.date:%Y-%m-%d %H:%M:%S} UTC",
            said.message_id or "",
            "",
            html2plaintext(said.body or ""),
        ]
        content = base64.b64encode("\n".join(lines).encode()).decode()
        return content, f"mail-{said.date:%Y-%m-%d}.txt"

    def _find_party_of(self, mail):
        """Return who of the parties wrote it."""
        author = mail.sudo().author_id  # as above
        return self.party_ids.filtered(lambda one: one.partner_id == author)[:1]

    @api.model
    def _prepare_said_by(self, mail):
        """Return day and way of what a mail says."""
        return {
            "date": self._get_company_day(mail.date),
            "channel": CHANNEL_OF.get(mail.message_type, "email"),
        }
