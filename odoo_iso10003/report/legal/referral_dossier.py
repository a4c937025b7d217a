# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import api, models

from ...core import exhibit, press
from ...models.mixin.people_amount import format_people_amount

# rows that tell how the organization weighs its chances
STRATEGY = ("sheet", "estimate", "provision")
# of one file, to be made into pages
EXHIBIT_SECONDS = 10
# bytes of all files appended to one dossier
MAX_APPENDED = 100 * 1024 * 1024


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
        appends = self._appends_files(data or {})
        facts = {matter.id: self._facts(matter, appends) for matter in matters}
        return {**values, "docs": matters, "facts": facts}

    def _appends_files(self, data):
        """Say whether this is printed on paper, by an engine that appends files."""
        report = self.env.ref("odoo_iso10003.referral_dossier_report")
        return data.get("report_type") == "pdf" and report._uses_iso10003_engine()

    def _facts(self, matter, appends):
        instances = matter._get_tree()
        documents = instances.document_ids._may_be_in_dossier()
        return {
            "instances": instances,
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

    # ------------------------------------------------------------
    # The documents, and their files
    # ------------------------------------------------------------

    def _list_exhibits(self, documents, appends):
        """Return the documents with their numbers, and what is appended of them.

        :return: dictionaries with ``number``, ``document``, ``pages`` and ``address``
            of the file if it is appended, and ``why`` in words if it is not
        """
        files = documents._get_stored_files()
        room = MAX_APPENDED
        exhibits = []
        with press.job(self.env["ir.actions.report"]._iso10003_limits()) as printing:
            for document in documents:
                file = files.get(document, documents.env["ir.attachment"])
                fact = {
                    "number": document.exhibit_number,
                    "document": document,
                    "pages": 0,
                    "why": "",
                }
                try:
                    content = self._read_file(document, file, room, appends)
                    fact["pages"] = printing.count_pages(content, EXHIBIT_SECONDS)
                    fact["address"] = f"/web/content/{file.id}"
                    room -= file.file_size
                except exhibit.ExhibitError as error:
                    fact["why"] = self._describe_refusal(documents.env, error.code)
                except press.PressError:
                    fact["why"] = self._describe_refusal(documents.env, "large")
                exhibits.append(fact)
        return exhibits

    def _read_file(self, document, file, room, appends):
        """Return a file that may be appended.

        :param room: for how many bytes there is room left
        :raises ExhibitError: it is not appended
        """
        if not appends:
            raise exhibit.ExhibitError("engine")
        if file.file_size > min(room, exhibit.MAX_BYTES):
            raise exhibit.ExhibitError("large")
        content = file.raw or b""
        # who compares the pages with the hash must find what was put on file
        if hashlib.sha256(content).hexdigest() != document.sha256:
            raise exhibit.ExhibitError("changed")
        return content

    def _describe_refusal(self, env, code):
        return {
            "kind": env._(
                "Not appended: neither a PDF nor a picture (PNG, JPEG, GIF, BMP)."
            ),
            "encrypted": env._("Not appended: the PDF is encrypted."),
            "broken": env._("Not appended: the file is damaged and cannot be read."),
            "large": env._("Not appended: the file is too large."),
            "changed": env._(
                "Not appended: what is stored is not the file of this hash."
            ),
            "engine": env._("Not appended to this view or print."),
        }[code]
