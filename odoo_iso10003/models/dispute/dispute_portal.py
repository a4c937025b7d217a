# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import uuid

from odoo import api, fields, models

# what a complainant may read of the own file; everything else is refused
PORTAL_READABLE = frozenset(
    {
        "id",
        "access_url",
        "acknowledged_date",
        "amount_claimed",
        "closed_date",
        "company_id",
        "currency_id",
        "description",
        "display_name",
        "informed_date",
        "implemented_date",
        "name",
        "notice_date",
        "opened_date",
        "outcome",
        "outcome_date",
        "partner_id",
        "remedy_sought",
        "representative_id",
        "response_date",
        "state",
        "state_date",
        "subject",
        "waiting_on",
    }
)


class DisputePortal(models.Model):
    """The complainant follows the own file, by an allow-list of fields (4.13)."""

    _name = "iso10003.dispute"
    _inherit = ["iso10003.dispute", "portal.mixin", "iso10003.searched"]

    # the key to the file in the link of a mail: made by the file, chosen by nobody,
    # and handed out with links only
    access_token = fields.Char(
        readonly=True, copy=False, guarded=True, groups=fields.NO_ACCESS
    )

    def _compute_access_url(self):  # pylint: disable=missing-return
        super()._compute_access_url()
        for dispute in self:
            dispute.access_url = f"/my/disputes/{dispute.id}"

    def _get_portal_readable_fields(self):
        return PORTAL_READABLE

    def _has_field_access(self, field, operation):
        if not super()._has_field_access(field, operation):
            return False
        # asked for each field of each record that is shown, so no look at groups
        if self.env.su or not self.env.user.share:
            return True
        return operation == "read" and field.name in self._get_portal_readable_fields()

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        """On the portal one reads what is said to oneself, not all that is said.

        Else who reads a file would read its discussion as well: messages among
        colleagues, and the reasons of each step.
        """
        if message_operation == "read" and self.env.user.share:
            message_operation = "write"
        return super()._mail_get_operation_for_mail_message_operation(message_operation)

    # ------------------------------------------------------------
    # In words for the complainant, without clauses
    # ------------------------------------------------------------

    def _tell_complainant(self):
        """Return where the file is, whose turn it is, and what comes then."""
        self.ensure_one()
        state, then = self._get_words_of_states()[self.state]
        return {
            "state": state,
            "turn": self._get_words_of_turns().get(self.waiting_on, ""),
            "then": then,
        }

    def _get_words_of_states(self):
        """Return ``{state: (where the file is, what comes then)}``."""
        return {
            "referral": (
                self.env._("We look whether it can be resolved outside"),
                self.env._("We tell you whether it can, and in which ways."),
            ),
            "notice": (
                self.env._("Your dispute is registered with us"),
                self.env._("We confirm that we have it, and look into it."),
            ),
            "evaluation": (
                self.env._("We look into your dispute"),
                self.env._(
                    "Somebody who did not handle your complaint gathers the facts; "
                    "then we decide on our answer."
                ),
            ),
            "position": (
                self.env._("We prepare our answer"),
                self.env._("We send you our answer, with its reasons."),
            ),
            "resolution": (
                self.env._("Your dispute is being resolved"),
                self.env._("Both sides are heard; then you are told the result."),
            ),
            "implementation": (
                self.env._("What was agreed or decided is carried out"),
                self.env._("We ask you to confirm that it was done."),
            ),
            "closed": (self.env._("Your dispute is closed"), ""),
        }

    def _get_words_of_turns(self):
        return {
            "organization": self.env._("We"),
            "complainant": self.env._("You"),
            "provider": self.env._("Who resolves the dispute"),
            "authority": self.env._("The authority that has the matter"),
        }

    # ------------------------------------------------------------
    # Links with a token
    # ------------------------------------------------------------

    def _portal_ensure_token(self):
        self.check_access("write")
        # whoever sends a link makes its key, whatever their rights on the file
        dispute = self.sudo()
        if not dispute.access_token:
            dispute._guarded_write({"access_token": str(uuid.uuid4())})
        return dispute.access_token

    def _sign_token(self, pid):
        # what comes out is a digest
        return super(DisputePortal, self.sudo())._sign_token(pid)

    def _get_share_url(self, *args, share_token=True, **kwargs):
        """Who only reads a file, as the complainant does, gets a link without token."""
        share_token = share_token and self.has_access("write")
        return super()._get_share_url(*args, share_token=share_token, **kwargs)

    @api.model
    def _get_allowed_access_params(self):
        """A link with a token leads to the page of the file, which wants a login.

        The discussion is no part of what it opens: with a token Odoo reads it with
        all rights, the messages among colleagues and their attachments included.
        """
        return super()._get_allowed_access_params() - {"token", "hash", "pid"}

    @api.model
    def _get_thread_with_access(self, thread_id, *, mode="read", **kwargs):
        """Rights alone open a discussion.

        Instead of what the portal does: it would look at tokens, and names them to
        Odoo even where nobody gave one, which then warns of each in the log.
        """
        thread = self.browse(thread_id).exists()
        if thread and thread.sudo(False).has_access(mode):
            return thread
        return self.browse()
