# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ..mixin.cached import kept


class Restriction(models.Model):
    """An order, a term or a law by which papers of a file are not shown (4.12).

    It says what may not be shown, who wants it so, from when until when, and who may
    have it all the same. What goes out of the house asks it (restriction_doors.py). It
    is never changed: it ends, with a reason, and another one is noted.
    """

    _name = "iso10003.restriction"
    _description = "Restriction on disclosure"
    _inherit = ["iso10003.guarded", "iso10003.worded", "iso10003.registered.part"]
    _order = "date_from desc, id desc"
    _part_event = "restriction"
    _part_path = "file_id"

    file_id = fields.Many2one(
        "iso10003.file", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="file_id.company_id", store=True)
    name = fields.Char("What it says", required=True, fixed=True, sealed="digest")
    source = fields.Selection(
        [
            ("order", "An order"),
            ("agreement", "An agreement of the parties"),
            ("law", "A law"),
        ],
        "Rests on",
        required=True,
        default="order",
        fixed=True,
        sealed=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Whose",
        ondelete="restrict",
        index="btree_not_null",
        fixed=True,
        sealed=True,
        help="Who gave the order, or in whose favour it is.",
    )
    document_ids = fields.Many2many(
        "iso10003.document",
        "iso10003_restriction_document_rel",
        "restriction_id",
        "document_id",
        "Documents",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        help="Those that may not be shown; all of the file when empty.",
    )
    exempt_ids = fields.Many2many(
        "res.partner",
        "iso10003_restriction_partner_rel",
        "restriction_id",
        "partner_id",
        "Who may have them",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    date_from = fields.Date(
        "From",
        required=True,
        default=lambda self: self._get_company_day(),
        fixed=True,
        sealed=True,
    )
    date_until = fields.Date("Until", fixed=True, sealed=True)
    ended_date = fields.Date(
        "Ended on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )

    _ends_after_it_begins = models.Constraint(
        "CHECK (date_until IS NULL OR date_until >= date_from)",
        "A restriction cannot end before it begins.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        restrictions = super().create(vals_list)
        restrictions._check_may_write()
        self.env.registry.clear_cache("stable")
        return restrictions

    def action_ask_end(self):
        """Ask why it ends."""
        self.ensure_one()
        self.check_access("write")
        return self._open_dialog(
            "iso10003.restriction.end",
            self.env._("End of a restriction"),
            default_restriction_id=self.id,
        )

    def action_end(self, reason=None):
        """Let papers be shown again.

        :param reason: why; kept in the register
        """
        self.ensure_one()
        self.check_access("write")
        if self.ended_date:
            raise self._refusal(self.env._("it has ended already."))
        case = self.file_id._get_case()
        case._need_reason(reason)
        case._lock()
        self._guarded_write({"ended_date": self._get_company_day()})
        self.env.registry.clear_cache("stable")
        case._register_event("restriction_ended", {"restriction": self.id}, reason)
        return True

    # ------------------------------------------------------------
    # What it forbids
    # ------------------------------------------------------------

    @api.model
    def _filter_restricted(self, documents, partner=None):
        """Return those of these documents that somebody may not be given today.

        :param partner: who would get them; nobody knows who, if not given
        """
        restricted = documents.browse()
        for one in self._find_standing():
            if not partner or partner not in one.exempt_ids:
                restricted |= one._pick(documents)
        return restricted

    @api.model
    def _find_standing(self):
        """Return those that hold today, with all rights.

        They hold for whoever hands out, also where they name what is not theirs to
        read. Most often there is none, and then nothing is asked for it.
        """
        every = self.sudo()
        if not self._is_any_open():
            return every.browse()
        today = self._get_company_day()
        return every.search(
            Domain("ended_date", "=", False)
            & Domain("date_from", "<=", today)
            & (Domain("date_until", "=", False) | Domain("date_until", ">=", today))
        )

    @api.model
    @kept(cache="stable")
    def _is_any_open(self):
        """Return whether anywhere one is noted that nobody has ended.

        There is seldom one more or less, and each mail asks.
        """
        return bool(self.search_count([("ended_date", "=", False)], limit=1))

    def _pick(self, documents):
        """Return those of these documents that it forbids.

        The same file put on record elsewhere is as forbidden as the one it names.
        """
        papers = self._get_papers()
        known = set(self._filter_secret(papers).mapped("sha256"))
        return documents.filtered(
            # what lies elsewhere with the same content, whoever may read it there
            lambda one: one in papers or one.sudo().sha256 in known
        )

    def _get_papers(self):
        """Return the documents that it names, each in all of its versions."""
        if self.document_ids:
            return self.document_ids._find_versions()
        documents = self.env["iso10003.document"]
        return documents.search(Domain("file_id", "=", self.file_id.id))

    def _filter_secret(self, papers):
        """Leave out what an order on a whole file does not mean elsewhere.

        What everybody may have, such as terms and conditions, lies on many files.
        """
        if self.document_ids:
            return papers
        return papers.filtered(lambda one: one.audience != "public")

    # ------------------------------------------------------------
    # Its file
    # ------------------------------------------------------------

    def _check_may_write(self):
        for file in self.file_id:
            file._get_case().check_access("write")

    def _get_registered_file(self):
        return self.file_id._get_case()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for one in self:
            raise one._refusal(self.env._("it stays on record. End it with a reason."))

    def _get_refused_name(self):
        return self.env._("Restriction “%(name)s”", name=self.name)
