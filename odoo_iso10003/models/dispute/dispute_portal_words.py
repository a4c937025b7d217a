# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class DisputePortalWords(models.Model):
    """How a file stands, in words for the complainant and without clauses."""

    _inherit = "iso10003.dispute"

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
