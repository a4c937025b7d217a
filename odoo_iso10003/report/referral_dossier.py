# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import format_amount

# rows that tell how the organization weighs its chances
STRATEGY = ("estimate", "provision")


class ReferralDossierReport(models.AbstractModel):
    """The legal follow-up record of a matter, over all its instances.

    What was said without prejudice is not in it, and neither are the
    settle-or-litigate sheets and provisions: a dossier may reach whoever decides.
    """

    _name = "report.odoo_iso10003.referral_dossier"
    _description = "Legal follow-up record, printed"
    _inherit = ["iso10003.document"]

    @api.model
    def _get_report_values(self, docids, data=None):
        # who may not read referrals gets no copy of them, whatever else they read
        self.env["iso10003.referral"].check_access("read")
        values = self._document_values()
        asked = self.env["iso10003.referral"].browse(docids)
        matters = asked.with_context(lang=values["lang"]).root_id
        facts = {matter.id: self._facts(matter) for matter in matters}
        return {**values, "docs": matters, "facts": facts}

    def _facts(self, matter):
        instances = matter._get_tree()
        return {
            "instances": instances,
            "timeline": matter._list_timeline(),
            "hearings": instances.hearing_ids.sorted("start"),
            "reviews": instances.review_ids.sorted("date"),
            "costs": instances.cost_ids.sorted("date"),
            "total": self._money(
                matter, matter.tree_cost_total, matter.company_id.currency_id
            ),
            "money": lambda amount, currency: self._money(matter, amount, currency),
            "documents": instances.document_ids._may_be_in_dossier().sorted("date"),
            "rows": {instance: self._list_rows(instance) for instance in instances},
            "proofs": [self._prove(instance) for instance in instances],
        }

    def _list_rows(self, instance):
        """Return the rows of the register that may be read by whoever decides."""
        kept_out = instance.document_ids - instance.document_ids._may_be_in_dossier()
        return instance.register_ids.sorted("sequence").filtered(
            lambda row: (
                row.event not in STRATEGY
                and not (
                    row.event == "document" and row.data.get("document") in kept_out.ids
                )
            )
        )

    def _money(self, matter, amount, currency):
        return format_amount(matter.env, amount, currency)

    def _prove(self, instance):
        # the proof belongs to the record, whoever may verify the whole register
        register = instance.env["iso10003.register"].sudo()
        file = instance._register_file()
        return {
            "name": instance.name,
            "file": file,
            # as above
            "head": instance.env["iso10003.register.head"]
            .sudo()
            .search([("file", "=", file)]),
            "breaks": register.verify_chain([file]),
        }
