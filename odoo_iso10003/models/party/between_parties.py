# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core.story import Source


class BetweenParties(models.AbstractModel):
    """A kind of case with parties: who is told of it follows from who takes part.

    To be inherited after ``iso10003.filed`` and before ``iso10003.told``.
    """

    _name = "iso10003.between.parties"
    _inherit = ["iso10003.filed"]
    _description = "Case with parties"

    # in which capacities people take part in cases of this kind
    _capacities = ()
    # whether who took part is ended, and never deleted
    _keeps_parties = False

    party_ids = fields.One2many(related="file_ids.party_ids", string="Parties")

    def _get_story_sources(self):
        return super()._get_story_sources() | {
            "iso10003.attempt": Source(
                self.env._("Attempt"),
                Domain("file_id", "in", self._get_story_files().ids),
            )
        }

    def _refuse_party_change(self):
        """Refuse another party where the case cannot change any more."""

    def _may_change_parties(self):
        """Whether the case can change still."""
        try:
            self._refuse_party_change()
        except UserError:
            return False
        return True

    def _has_told(self, party):
        """Return whether the register has a party in a row of the case itself."""
        return False

    def _check_may_end(self, party):
        """Refuse the end of a party to who may not say it."""

    def _follow_mandate_shown(self):
        """Let follow that a document is here which was missing."""

    def _follow_change_of_party(self, party, follower):
        """Let follow what a change of party asks anew, in rooms above.

        :param party: who left
        :param follower: the party that came in their place, or none
        """

    def _follow_parties(self, former):
        """Let follow what depends on who takes part: who left is told no more.

        :param former: the contacts who were told of this case before
        """
        self.ensure_one()
        if gone := former - self._get_parties():
            self._stop_telling(gone)

    def _get_parties(self):
        """Who takes part today reads and is written to, if that needs no document or
        it is there."""
        case = self.sudo()  # who takes part, whoever asks
        return super()._get_parties() | case.party_ids._filter_reading().partner_id

    def _get_addressees(self, audience):
        """Nobody who has died is written to, whoever noted that."""
        people = super()._get_addressees(audience)
        return people - people._filter_never_told()

    def _get_language_of(self, partner):
        """As the party wants it, or as the contact."""
        parties = self.sudo().party_ids._filter_in_force()  # whoever writes to them
        wanted = parties.filtered(
            lambda party: party.partner_id == partner and party.lang
        )
        return wanted[:1].lang or super()._get_language_of(partner)

    def action_add_party(self):
        """Ask who takes part."""
        self.ensure_one()
        self.check_access("write")
        self._refuse_party_change()
        return self._open_dialog(
            "iso10003.party",
            self.env._("Party"),
            default_file_id=self.sudo().file_ids.id,  # its own
        )

    def action_add_attempt(self):
        """Ask whom somebody tried to reach, and what came of it."""
        self.ensure_one()
        self.check_access("write")
        file = self.sudo().file_ids  # its own
        party = file.party_ids.filtered("leads") or file.party_ids[:1]
        return self._open_dialog(
            "iso10003.attempt",
            self.env._("Attempt to reach a party"),
            default_party_id=party.id,
        )


class FileParties(models.Model):
    _inherit = "iso10003.file"

    party_ids = fields.One2many("iso10003.party", "file_id", readonly=True)
