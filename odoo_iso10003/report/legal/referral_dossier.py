# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ...models.mixin.people_amount import format_people_amount

# rows that tell how the organization weighs its chances
STRATEGY = ("sheet", "estimate", "provision")
# rows that name a document
OF_DOCUMENTS = ("document", "disclosure", "mark_lifted")
# when what led to the referral happened (7.2 to 7.5)
BEFORE_DATES = (
    "final_answer_date",
    "recourse_date",
    "notice_date",
    "notified_date",
    "acknowledged_date",
    "response_date",
    "outcome_date",
)


class ReferralDossierReport(models.AbstractModel):
    """The legal follow-up record of a matter, over all its instances.

    What was said without prejudice is not in it, and neither are the
    settle-or-litigate sheets and provisions: a dossier may reach whoever decides.
    """

    _name = "report.odoo_iso10003.referral_dossier"
    _description = "Legal follow-up record, printed"
    _inherit = ["iso10003.exhibited"]

    @api.model
    def _get_report_values(self, docids, data=None):
        # who may not read referrals gets no copy of them, whatever else they read
        self.env["iso10003.referral"].check_access("read")
        values = self._document_values()
        asked = self.env["iso10003.referral"].browse(docids)
        matters = asked.with_context(lang=values["lang"]).root_id
        appends = self._appends_files(data or {})
        facts = {matter.id: self._facts(matter, appends) for matter in matters}
        return {**values, "docs": matters, "facts": facts}

    def _appends_files(self, data):
        """Say whether this is printed on paper, by an engine that appends files."""
        report = self.env.ref("odoo_iso10003.referral_dossier_report")
        return data.get("report_type") == "pdf" and report._uses_iso10003_engine()

    def _facts(self, matter, appends):
        instances = matter._get_tree()
        documents = instances.document_ids._filter_unmarked()
        return {
            "instances": instances,
            "before": self._tell_before(matter.dispute_id),
            "bundles": self._list_bundles(instances),
            "timeline": matter._list_timeline(),
            "amendments": instances.amendment_ids.filtered(
                lambda amendment: amendment.state == "approved"
            ).sorted("id"),
            "hearings": instances.hearing_ids.sorted("start"),
            "reviews": instances.review_ids.sorted("date"),
            "costs": instances.cost_ids.sorted("date"),
            "total": self._money(
                matter, matter.tree_cost_total, matter.company_id.currency_id
            ),
            "money": lambda amount, currency: self._money(matter, amount, currency),
            "exhibits": self._list_exhibits(
                documents.sorted("exhibit_number"), appends
            ),
            "rows": {instance: self._list_rows(instance) for instance in instances},
            "proofs": [self._prove(instance) for instance in instances],
        }

    def _tell_before(self, dispute):
        """Return what led to the referral, as it went out or came in (7.2 to 7.5).

        What was found inside, and how far we would go, is not in it; nor is a letter
        without prejudice.
        """
        labels = dispute.fields_get(BEFORE_DATES, ["string"])
        return dispute and {
            "dates": [
                {"label": labels[name]["string"], "value": dispute[name]}
                for name in BEFORE_DATES
                if dispute[name]
            ],
            "notices": dispute.notice_ids.filtered(lambda one: one.state == "recorded"),
            "positions": dispute.position_ids.filtered("sent_date"),
            "letters": dispute.letter_ids.filtered(
                lambda letter: (
                    letter.state == "sent"
                    and letter.audience in ("public", "parties")
                    and not letter.without_prejudice
                )
            ).sorted("sent_date"),
        }

    def _list_bundles(self, instances):
        """Return the bundles of the matter that were issued, and to whom."""
        files = instances.sudo().file_ids  # their own
        bundles = instances.env["iso10003.bundle"]
        return bundles.search(
            [("file_id", "in", files.ids), ("state", "!=", "draft")], order="id"
        )

    def _list_rows(self, instance):
        """Return the rows of the register that may be read by whoever decides."""
        kept_out = instance.document_ids - instance.document_ids._filter_unmarked()
        return instance.register_ids.sorted("sequence").filtered(
            lambda row: (
                row.event not in STRATEGY
                and not (
                    row.event in OF_DOCUMENTS
                    and row.data.get("document") in kept_out.ids
                )
            )
        )

    def _money(self, matter, amount, currency):
        return format_people_amount(matter.env, amount, currency)

    def _prove(self, instance):
        # the proof belongs to the record, whoever may verify the whole register
        register = instance.env["iso10003.register"].sudo()
        heads = instance.env["iso10003.register.head"].sudo()  # as above
        file = instance._register_file()
        return {
            "name": instance.name,
            "file": file,
            "head": heads.search([("file", "=", file)]),
            "breaks": register.verify_chain([file]),
        }
