# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from ..party.party import BY_MANDATE, CLAIMING

# the task to have a document shown that was not asked for before
SHOW_MANDATE = "odoo_iso10003.activity_show_mandate"


class Disputed(models.AbstractModel):
    """A file between somebody who claims and us, with what follows from its parties.

    The complainant of the file is the party who leads; its complaint, limits and
    letters go by them.
    """

    _name = "iso10003.disputed"
    _inherit = ["iso10003.between.parties"]
    _description = "File between a complainant and us"

    _capacities = ("complainant", *BY_MANDATE, "third_party", "expert", "witness")
    _keeps_parties = True

    def _refuse_party_change(self):
        self._check_not_closed({"partner_id": self.partner_id.id})

    def _has_told(self, party):
        """The complainant is in the row that says who that is."""
        return party.leads and party.partner_id == self.partner_id

    def _check_may_end(self, party):
        """That a complainant changes is for a manager to say."""
        if party.capacity in CLAIMING:
            self._check_may_correct()

    def _follow_change_of_party(self, party, follower):
        """While nobody follows a complainant, their limits stand still.

        As long as the policy version of the file says, and until somebody follows.
        """
        if party.end_kind == "error" and follower:
            # it was never theirs
            claims = self.sudo().claim_ids.filtered(lambda one: one.party_id == party)
            claims._guarded_write({"party_id": follower.id})
        vacant = party.capacity in CLAIMING and not self._find_claiming()
        days = self.sudo().policy_id.vacancy_days  # the policy decides
        if vacant and days:
            note = self._message_log(
                body=self.env._(
                    "%(party)s takes part no more, and nobody follows yet.",
                    party=party.display_name,
                )
            )
            # limits are the system's; who may change parties was let in
            self.sudo().deadline_ids._stop_for_vacancy(days, note)

    def _find_claiming(self):
        """Return the parties who claim in the own right."""
        return self.sudo().party_ids.filtered(  # who takes part, whoever asks
            lambda party: party.capacity in CLAIMING and not party.end_kind
        )

    def _follow_mandate_shown(self):
        """Who was asked for the last missing document is asked no more."""
        if not self.party_ids.filtered("mandate_missing"):
            # it may be the task of somebody else
            self.sudo().activity_feedback([SHOW_MANDATE])

    def _gate_mandate_shown(self):
        """Whoever acts for the complainant, or in their place, has shown why."""
        parties = self.sudo().party_ids._filter_in_force()  # as for all gates
        return not parties.filtered("mandate_missing")

    def _note_complainants(self):
        """Let who is named as the complainant be the party who leads."""
        # whoever opens the file or names them, with the row that says so
        parties = self.env["iso10003.party"].sudo()
        parties.create(
            [
                {
                    "file_id": dispute.sudo().file_ids.id,  # as above
                    "partner_id": dispute.partner_id.id,
                    "capacity": "complainant",
                    "leads": True,
                }
                for dispute in self
                if dispute.partner_id
            ]
        )
        for dispute in self.sudo():  # as above
            claims = dispute.claim_ids.filtered(lambda one: not one.party_id)
            leading = dispute._find_claiming().filtered("leads")
            claims._guarded_write({"party_id": leading.id})

    def _follow_parties(self, former):
        """Keep the complainant who leads; the first who claims follows who led."""
        claiming = self._find_claiming()
        leading = claiming.filtered("leads")
        if claiming and not leading:
            self.party_ids.flush_recordset()  # one leads at a time
            claiming[:1]._guarded_write({"leads": True})  # and that is followed
        elif leading and leading.partner_id != self.partner_id:
            complained = self.partner_id
            # the parties were changed by who may
            self.sudo()._guarded_write({"partner_id": leading.partner_id.id})
            self._lead_complaint(complained)
        if claiming and self.sudo().policy_id.vacancy_days:  # the policy decides
            self.sudo().deadline_ids._go_on_after_vacancy()  # as they were stopped
        self._check_provider_apart()  # of whoever takes part from now on, too
        return super()._follow_parties(former)

    def _lead_complaint(self, former):
        """Let the complaint follow, where it names the former complainant."""
        ticket = self.sudo().ticket_id  # whoever corrects who the parties are
        if former and ticket.partner_id == former:
            ticket.write(self.sudo()._prepare_complainant_vals())

    def _stop_telling(self, partners):  # pylint: disable=missing-return
        """A former party hears no more of the complaint either, nor opens its page."""
        super()._stop_telling(partners)
        for dispute in self.sudo():  # whoever corrects who the parties are
            ticket = dispute.ticket_id
            self._end_discussion(ticket._name, ticket.ids, partners)
            # links that were sent to them open nothing any more
            dispute._guarded_write({"access_token": False})
            ticket.write({"access_token": False})

    def _prepare_complainant_vals(self):
        complainant = self.partner_id
        return {
            "partner_id": complainant.id,
            "partner_name": complainant.name,
            "partner_email": complainant.email,
        }
