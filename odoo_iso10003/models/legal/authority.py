# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mixin.configuration import OWN, REPLACES


class Authority(models.Model):
    """A court, board, ombudsman or arbitration centre that can decide a matter.

    The examples that come with the product are archived, dated and name their
    source: they are a start for counsel and no legal advice.
    """

    _name = "iso10003.authority"
    _description = "Authority"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.configuration",
        "iso10003.told",
        "mail.thread",
    ]
    _order = "sequence, name, id"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char("Short name")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, tracking=True)
    replaces_id = fields.Many2one("iso10003.authority", **REPLACES)
    own_ids = fields.One2many("iso10003.authority", "replaces_id", **OWN)
    kind = fields.Selection(
        [
            ("court", "Court"),
            ("council", "Dispute resolution council"),
            ("board", "Board or tribunal"),
            ("supervisor", "Supervisory authority"),
            ("ombudsman", "Ombudsman"),
            ("arbitration", "Arbitration"),
            ("association", "Consumer association or guild"),
            ("enforcement", "Enforcement office"),
        ],
        required=True,
        default="court",
        tracking=True,
        index=True,
    )
    # what it may decide
    country_id = fields.Many2one("res.country", ondelete="restrict", tracking=True)
    state_ids = fields.Many2many(
        "res.country.state",
        "iso10003_authority_state_rel",
        "authority_id",
        "state_id",
        "Provinces",
        help="Empty: the whole country.",
        ondelete="restrict",
    )
    territory = fields.Char(
        translate=True, help="In words, such as the district of a court."
    )
    subject_matter = fields.Text(
        "Competent for", translate=True, help="Which disputes it takes, in words."
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self._default_currency()
    )
    amount_min = fields.Monetary("Claims from")
    amount_max = fields.Monetary("Claims up to", help="Zero: without limit.")
    appeal_authority_id = fields.Many2one(
        "iso10003.authority",
        "Appeals go to",
        ondelete="restrict",
        help="Who hears appeals against its decisions.",
    )
    # how it works
    partner_id = fields.Many2one(
        "res.partner", "Address", ondelete="restrict", help="Its contact and address."
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working calendar",
        ondelete="restrict",
        help="Its working days and holidays, by which its time limits are counted.",
    )
    tz = fields.Selection(
        lambda self: [(zone, zone) for zone in sorted(pytz.all_timezones)],
        "Time zone",
        required=True,
        default=lambda self: self.env.user.tz or "UTC",
        help="A time limit ends at midnight there.",
    )
    filing_channel = fields.Selection(
        [
            ("online", "Online"),
            ("office", "At an electronic service office"),
            ("person", "In person"),
            ("post", "By post"),
            ("lawyer", "Through a lawyer only"),
        ],
        "Way of filing",
        default="person",
        required=True,
    )
    filing_url = fields.Char("Where to file online")
    filing_note = fields.Text("How to file", translate=True)
    # what it costs
    fee_fixed = fields.Monetary("Fixed fee")
    fee_percent = fields.Float(
        "Fee in % of the claim", digits=(6, 3), least=0, most=100
    )
    fee_note = fields.Char("Fees in words", translate=True)
    # where this was read
    source_url = fields.Char("Source")
    checked_date = fields.Date("Checked on", deed=True)
    referral_count = fields.Integer(compute="_compute_referral_count")

    _amounts_in_order = models.Constraint(
        "CHECK (amount_min >= 0 AND amount_max >= 0 "
        "AND (amount_max = 0 OR amount_max >= amount_min))",
        "The amount band of an authority begins at zero or above and does not end "
        "before it begins.",
    )
    _fees_not_negative = models.Constraint(
        "CHECK (fee_fixed >= 0 AND fee_percent >= 0)",
        "The fees of an authority cannot be negative.",
    )

    def _compute_referral_count(self):
        counts = dict(
            self.env["iso10003.referral"]._read_group(
                [("authority_id", "in", self.ids)], ["authority_id"], ["__count"]
            )
        )
        for authority in self:
            authority.referral_count = counts.get(authority, 0)

    @api.constrains("appeal_authority_id")
    def _check_appeals_end(self):
        for authority in self:
            if authority._has_cycle("appeal_authority_id"):
                raise ValidationError(
                    self.env._(
                        "Appeals from “%(authority)s” would come back to it. "
                        "Choose another authority for its appeals.",
                        authority=authority.name,
                    )
                )

    def _takes(self, amount, currency, day):
        """Return whether a claim of this amount is within the band."""
        self.ensure_one()
        in_band_currency = currency._convert(
            amount, self.currency_id, self.company_id or self.env.company, day
        )
        return self.amount_min <= in_band_currency and (
            not self.amount_max or in_band_currency <= self.amount_max
        )

    def _expect_fee(self, amount, currency, company, day):
        """Return the filing fee for a claim, in the currency of the claim."""
        self.ensure_one()
        fixed = self.currency_id._convert(self.fee_fixed, currency, company, day)
        return currency.round(fixed + amount * self.fee_percent / 100)

    def action_view_referrals(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.referral_action"
        )
        return {**action, "domain": [("authority_id", "=", self.id)], "context": {}}
