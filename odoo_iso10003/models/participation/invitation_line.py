# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mixin.configuration import OFFERED
from ..mixin.people_amount import format_people_amount
from ..mixin.people_date import format_people_number


class InvitationLine(models.Model):
    """One way that is offered: a method, who leads it, and what is told of it.

    Cost, duration and binding effect are words, taken from the catalogue and from what
    the provider offers; they stay as they were when the invitation was sent.
    """

    _name = "iso10003.invitation.line"
    _description = "Offered way"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "invitation_id, sequence, id"
    _part_event = "invitation"
    _part_path = "invitation_id"

    invitation_id = fields.Many2one(
        "iso10003.invitation",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
    )
    dispute_id = fields.Many2one(
        related="invitation_id.dispute_id", store=True, index=True, precompute=True
    )
    company_id = fields.Many2one(related="invitation_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    method_id = fields.Many2one(
        "iso10003.method",
        required=True,
        ondelete="restrict",
        domain=OFFERED,
        sealed=True,
    )
    provider_id = fields.Many2one(
        "iso10003.provider",
        "Led by",
        ondelete="restrict",
        sealed=True,
        help="Who may be used today; others are refused when it is sent.",
    )
    sheet_id = fields.Many2one(
        "iso10003.information.sheet",
        compute="_compute_sheet_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
        help="What the complainant is told before agreeing; its text is in the letter.",
    )
    cost = fields.Char(
        compute="_compute_words",
        store=True,
        readonly=False,
        precompute=True,
        sealed="digest",
        help="What it costs the complainant.",
    )
    duration = fields.Char(
        compute="_compute_words",
        store=True,
        readonly=False,
        precompute=True,
        sealed="digest",
    )
    binding = fields.Char(
        "Binding effect",
        compute="_compute_words",
        store=True,
        readonly=False,
        precompute=True,
        sealed="digest",
    )
    lacks = fields.Text("What stands against it", compute="_compute_lacks")

    @api.depends("method_id", "provider_id.partner_id.name")
    def _compute_display_name(self):
        for line in self:
            # what is offered is told to everybody who reads the file
            names = (line.method_id.name, line.provider_id.sudo().display_name)
            line.display_name = " · ".join(name for name in names if name)

    @api.depends("method_id", "provider_id", "invitation_id")
    def _compute_words(self):
        for line in self:
            line.update(line._prepare_words())

    @api.depends("method_id", "provider_id", "invitation_id")
    def _compute_sheet_id(self):
        sheets = self.env["iso10003.information.sheet"]
        for line in self:
            code = line.dispute_id._get_lang_of_complainant()
            language = self.env["res.lang"].search([("code", "=", code)])
            line.sheet_id = line.method_id and sheets._find(
                line.company_id, line.method_id, language, line.provider_id
            )

    def _prepare_words(self):
        """Return what the complainant is told of it, in their language."""
        reader = self.with_context(lang=self.dispute_id._get_lang_of_complainant())
        method = reader.method_id
        if not method:
            return {"cost": False, "duration": False, "binding": False}
        return {
            "cost": reader._tell_cost(),
            "duration": reader.env._(
                "usually %(days)s days",
                days=format_people_number(reader.env, method.days),
            )
            if method.days
            else reader.env._("not known beforehand"),
            "binding": dict(
                method._fields["binding"]._description_selection(reader.env)
            )[method.binding],
        }

    def _find_service(self):
        """Return on which terms the provider offers the method today."""
        services = self.provider_id.service_ids.filtered(
            lambda row: row.method_id == self.method_id
        )
        return services._filter_valid(self._get_company_day())[:1]

    def _tell_cost(self):
        service, payer = self._find_service(), self.method_id.payer
        if service.complainant_fee:
            return self.env._(
                "%(amount)s for you",
                amount=format_people_amount(
                    self.env, service.complainant_fee, service.currency_id
                ),
            )
        if service or payer in ("organization", "nobody"):
            return self.env._("free of charge for you")
        return dict(self.method_id._fields["payer"]._description_selection(self.env))[
            payer
        ]

    @api.depends("method_id", "provider_id")
    @api.depends_context("lang")
    def _compute_lacks(self):
        for line in self:
            codes = line._find_lacks(line._get_company_day())
            told = self.env["iso10003.provider"]._tell_obstacles(codes)
            line.lacks = "\n".join(told)

    # ------------------------------------------------------------
    # Whether it may be used
    # ------------------------------------------------------------

    @api.constrains("method_id", "provider_id", "invitation_id")
    def _check_of_company(self):
        for line in self:
            # whose they are, whoever offers them
            owners = (
                line.method_id.sudo().company_id | line.provider_id.sudo().company_id
            )
            if owners - line.company_id:
                raise line._refusal(
                    self.env._(
                        "its method or provider is one of another company. Choose one "
                        "of its own."
                    ),
                    ValidationError,
                )

    def _find_lacks(self, day):
        """Return the codes of what stands against its provider on a day, here."""
        return self.dispute_id._find_way_lacks(self.method_id, self.provider_id, day)

    def _check_usable(self, day):
        """Refuse an offer that could not be kept."""
        if not self.provider_id:
            raise self._refusal(self.env._("say who leads it."))
        if codes := self._find_lacks(day):
            raise self._refusal(
                " ".join(self.env["iso10003.provider"]._tell_obstacles(codes))
            )

    # ------------------------------------------------------------
    # Changing
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.invitation_id._check_may_lead()
        lines.invitation_id._check_draft()
        return lines

    def write(self, vals):
        self.invitation_id._check_may_lead()
        self.invitation_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_from_drafts_only(self):
        self.invitation_id._check_may_lead()
        self.invitation_id._check_draft()

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_registered_file(self):
        return self.invitation_id.dispute_id

    def _prepare_part_data(self):
        return {"method": self.method_id.id, "provider": self.provider_id.id or None}

    def _list_words(self):
        """Return what the letter says of it, line by line."""
        return [
            self.display_name,
            self.env._("Cost: %(words)s", words=self.cost or "–"),
            self.env._("Duration: %(words)s", words=self.duration or "–"),
            self.env._("Binds: %(words)s", words=self.binding or "–"),
        ]

    def _list_texts(self):
        """Return what is frozen of each, as its digest is made of it."""
        self.sheet_id._read_texts()
        return [
            "\n".join(
                (
                    f"{line.method_id.id} {line.provider_id.id}",
                    *(line[name] or "" for name in ("cost", "duration", "binding")),
                    line.sheet_id._get_text() if line.sheet_id else "",
                )
            )
            for line in self
        ]

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, invitation, “%(way)s”",
            dispute=self.dispute_id.sudo().name,  # who invites, knows the file
            way=self.display_name,
        )
