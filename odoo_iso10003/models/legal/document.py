# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import hashlib

from odoo import api, fields, models
from odoo.exceptions import UserError

# What may be in a dossier: all but what was said to settle the matter. Whoever
# decides must not read that, and a dossier goes where it wants.
DOSSIER_CLASSES = ("public", "parties", "internal", "privileged")


class ReferralDocument(models.Model):
    """A paper of a referral, with its class, which says who may ever see it.

    A paper may come after the end of the referral; those on file stay as they are.

    ``without_prejudice``: offers, admissions and notes of mediation. They are in no
    dossier, not even by their title.
    """

    _name = "iso10003.referral.document"
    _description = "Document of a referral"
    _inherit = ["iso10003.guarded", "iso10003.registered.part"]
    _order = "referral_id, date, id"
    _part_event = "document"

    referral_id = fields.Many2one(
        "iso10003.referral", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="referral_id.company_id", store=True)
    root_id = fields.Many2one(related="referral_id.root_id", store=True)
    exhibit_number = fields.Integer(
        "Exhibit",
        readonly=True,
        copy=False,
        aggregator=None,
        guarded=True,
        help="Its number in the dossier of the whole matter. Once given it stays; what "
        "is without prejudice has none.",
    )
    name = fields.Char("Title", required=True, sealed="digest")
    date = fields.Date(
        "Of", required=True, default=fields.Date.context_today, sealed=True, deed=True
    )
    source = fields.Selection(
        [
            ("organization", "Ours"),
            ("other", "Of the other party"),
            ("authority", "Of the authority"),
            ("third", "Of others"),
        ],
        "Whose",
        required=True,
        default="organization",
        sealed=True,
    )
    confidentiality = fields.Selection(
        [
            ("public", "Public"),
            ("parties", "Parties"),
            ("internal", "Internal"),
            ("privileged", "Privileged"),
            ("without_prejudice", "Without prejudice"),
        ],
        "Class",
        required=True,
        default="privileged",
        index=True,
        help="Without prejudice: said to settle the matter, and in no dossier.",
        sealed=True,
    )
    content = fields.Binary("File", required=True, attachment=True, fixed=True)
    file_name = fields.Char(fixed=True, sealed="digest")
    sha256 = fields.Char("SHA-256", readonly=True, copy=False, guarded=True)

    _exhibit_once = models.UniqueIndex(
        "(root_id, exhibit_number) WHERE exhibit_number > 0",
        "An exhibit number is given once in a matter.",
    )

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        names = ["referral_id", "confidentiality"]
        return [
            {
                "exhibit_number": self._next_exhibit(
                    {**self.default_get(names), **vals}
                ),
                "sha256": hashlib.sha256(
                    base64.b64decode(vals.get("content") or b"")
                ).hexdigest(),
            }
            for vals in vals_list
        ]

    @api.model
    def _next_exhibit(self, vals):
        """Return the next number of the matter, or 0 for what is in no dossier.

        A gap would tell that there is something without prejudice, so that gets a
        number only once it may be told of.
        """
        referral = self.env["iso10003.referral"].browse(vals.get("referral_id"))
        if vals.get("confidentiality") not in DOSSIER_CLASSES or not referral:
            return 0
        return referral.root_id._take_exhibit_number()

    def write(self, vals):
        self.referral_id._refuse_ended()
        if vals.get("confidentiality") in DOSSIER_CLASSES:
            for document in self.filtered(lambda one: not one.exhibit_number):
                number = document.referral_id.root_id._take_exhibit_number()
                document._guarded_write({"exhibit_number": number})
        return super().write(vals)

    def _prepare_part_data(self):
        return {
            "document": self.id,
            "exhibit": self.exhibit_number or None,
            "class": self.confidentiality,
            "sha256": self.sha256,
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for document in self:
            raise UserError(
                self.env._(
                    "“%(document)s” was put on file and stays there.",
                    document=document.name,
                )
            )

    def _may_be_in_dossier(self):
        """Return the documents that a dossier may name."""
        return self.filtered(
            lambda document: document.confidentiality in DOSSIER_CLASSES
        )

    def _get_stored_files(self):
        """Return ``{document: attachment}`` with the files that the reader may have."""
        attachments = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_field", "=", "content"),
                ("res_id", "in", self.ids),
            ]
        )
        return {self.browse(file.res_id): file for file in attachments}
