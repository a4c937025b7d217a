# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..party.party import ACTING, BY_MANDATE, CLAIMING
from .consent import PROVEN

# with which a consent counts for nothing, until a deed cures it
VOID = ("not_claiming", "not_then", "mandate", "before_dispute")


class ConsentFlaws(models.Model):
    """What is wrong with a consent, and whether it counts all the same."""

    _inherit = "iso10003.consent"

    @api.depends(
        "state",
        "document_sha256",
        "party_id.mandate_sha256",
        "party_id.date_from",
        "party_id.date_until",
        "party_id.ended_date",
        "dispute_id.complainant_type",
    )
    def _compute_flaws(self):
        for consent in self:
            flaws = consent._find_flaws()
            consent.flaws = " ".join(flaws) or False
            consent.counts = consent.state == "given" and not set(VOID) & set(flaws)

    def _find_flaws(self):
        """Return the codes of what is wrong with it."""
        # of the file and its people, whoever reads the consent
        party, dispute = self.party_id.sudo(), self.dispute_id.sudo()
        day = self._get_company_day(self.date)
        proven = self.channel in dict(PROVEN)
        sheet = self.sheet_id.sudo()  # as above
        found = {
            "not_claiming": party.capacity not in (*CLAIMING, *ACTING),
            "not_then": not self._takes_part(party, day),
            "mandate": party.capacity in BY_MANDATE and not party.mandate_sha256,
            "before_dispute": dispute.complainant_type == "consumer"
            and not proven
            and day < dispute._get_first_day(),
            "identity": self.identity == "unknown",
            "no_sheet": not sheet and not proven,
            "sheet_draft": sheet and not self.sheet_approved,
            "language": sheet and not dispute._reads(party, sheet.language_id),
            "no_paper": proven and not self.document_sha256,
        }
        return [code for code, is_so in found.items() if is_so]

    @api.depends("flaws")
    @api.depends_context("lang")
    def _compute_remarks(self):
        for consent in self:
            consent.remarks = "\n".join(self._tell_flaws(consent.flaws))

    @api.model
    def _tell_flaws(self, flaws):
        """Return in words what is wrong, and what cures it."""
        words = {
            "not_claiming": self.env._(
                "They claim nothing here and act for nobody who does. It does not "
                "count: ask who claims."
            ),
            "not_then": self.env._(
                "They did not take part on that day: their part had ended, or not "
                "begun. It does not count: ask who takes part now."
            ),
            "mandate": self.env._(
                "No document shows that they may act. It does not count until the "
                "document is on file."
            ),
            "before_dispute": self.env._(
                "A consumer agreed before there was a dispute. Such a clause is no "
                "consent: ask anew."
            ),
            "identity": self.env._(
                "It was not established that it was they who agreed."
            ),
            "no_sheet": self.env._("Nothing says what they were told beforehand."),
            "sheet_draft": self.env._(
                "The text that they were told was not approved then."
            ),
            "language": self.env._("They were told in another language than theirs."),
            "no_paper": self.env._("The document that proves it is missing."),
        }
        return [words[code] for code in (flaws or "").split()]
