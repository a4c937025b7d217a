# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

# of each kind of record that a print for people outside tells, in which order
TOLD = {
    "notices": ("notice", "served_date"),
    "positions": ("position", "version"),
    "proceedings": ("proceeding", "number"),
    "results": ("result", "id"),
    "obligations": ("obligation", "due_date"),
    "limits": ("deadline", "due_date"),
    "letters": ("letter", "sent_date"),
    "documents": ("document", "date"),
}


class PartiesTold(models.AbstractModel):
    """A printed report that tells people outside of a dispute what they know.

    All of it is chosen: what they were told or told us, by the same choice as the
    timeline for parties (:meth:`_list_story`). Nothing that is internal, privileged or
    without prejudice is in it, whatever is added to the file later.
    """

    _name = "iso10003.parties.told"
    _description = "Printed report of what parties know"
    _inherit = ["iso10003.printed"]

    def _tell(self, dispute):
        sources = dispute._get_story_sources()
        told = {"story": dispute._list_story(for_parties=True)}
        for name, (model, order) in TOLD.items():
            records = dispute.env[f"iso10003.{model}"]
            told[name] = dispute._pick_story(
                records, sources[records._name], for_parties=True
            ).sorted(lambda one, order=order: (not one[order], one[order], one.id))
        return told
