# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mixin.cached import kept

# an evaluation and a look at the independence hold so long (annex J)
LOOKED_AT_MONTHS = 12


class Provider(models.Model):
    """An external body that resolves disputes: what it may take, and on what terms.

    Name and address stand on its contact. Whether it is usable on a day, for a
    dispute or at all, and why not, says :meth:`_find_obstacles` (4.9, 6.3.2, annex J).
    """

    _name = "iso10003.provider"
    _description = "Provider of dispute resolution"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.guarded",
        "iso10003.cached",
        "iso10003.registered",
        "iso10003.told",
        "mail.thread",
    ]
    _order = "sequence, id"
    _rec_names_search = ["partner_id"]
    _check_company_auto = True

    partner_id = fields.Many2one(
        "res.partner",
        "Contact",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
        help="Its name, address and ways to reach it.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        fixed=True,
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True, sealed=True, tracking=True)
    from_before = fields.Boolean(
        "From before",
        readonly=True,
        copy=False,
        guarded=True,
        help="It was in use before providers were kept, and nobody evaluated it then.",
    )
    # what it takes
    category_ids = fields.Many2many(
        "iso10003.dispute.category",
        "iso10003_provider_category_rel",
        "provider_id",
        "category_id",
        "Subjects",
        sealed=True,
        check_company=True,
        ondelete="restrict",
        help="Empty: all subjects.",
    )
    country_ids = fields.Many2many(
        "res.country",
        "iso10003_provider_country_rel",
        "provider_id",
        "country_id",
        "Countries of complainants",
        sealed=True,
        ondelete="restrict",
        help="Empty: all countries.",
    )
    lang_ids = fields.Many2many(
        "res.lang",
        "iso10003_provider_lang_rel",
        "provider_id",
        "lang_id",
        "Languages",
        sealed=True,
        ondelete="restrict",
        context={"active_test": False},
        help="Empty: all languages.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        sealed=True,
        default=lambda self: self._default_currency(),
    )
    amount_min = fields.Monetary("Claims from", sealed=True)
    amount_max = fields.Monetary(
        "Claims up to", sealed=True, help="Zero: without limit."
    )
    # on what terms
    service_ids = fields.One2many("iso10003.provider.service", "provider_id", "Methods")
    credential_ids = fields.One2many(
        "iso10003.provider.credential", "provider_id", "Accreditations and agreements"
    )
    evaluation_ids = fields.One2many(
        "iso10003.provider.evaluation", "provider_id", "Evaluations"
    )
    # whether it is independent of us
    independence = fields.Selection(
        [
            ("independent", "Independent of us"),
            ("doubtful", "In doubt"),
            ("dependent", "Depends on us"),
        ],
        tracking=True,
        sealed=True,
        help="In money, appointments and government (4.9).",
    )
    independence_facts = fields.Text(
        "Facts about it",
        sealed="digest",
        help="Who pays for it, who appoints its people and for how long, how many of "
        "its cases are ours and how they ended.",
    )
    independence_date = fields.Date("Looked at on", sealed=True, deed=True)
    standing = fields.Text(
        "What stands against it", compute="_compute_standing", help="Today, in general."
    )

    _once = models.UniqueIndex(
        "(company_id, partner_id)", "This contact is a provider of the company already."
    )
    _amounts_in_order = models.Constraint(
        "CHECK (amount_min >= 0 AND (amount_max = 0 OR amount_max >= amount_min))",
        "The amounts that a provider takes begin at zero or above and do not end "
        "before they begin.",
    )

    @api.depends("partner_id.name")
    def _compute_display_name(self):
        for provider in self:
            # the name of a provider is no secret to who reads it
            provider.display_name = provider.partner_id.sudo().name

    @api.constrains("partner_id", "company_id")
    def _check_apart(self):
        for provider in self:
            if self._is_of_group(provider.partner_id, provider.company_id):
                # whom they named themselves
                raise ValidationError(
                    self.env._(
                        "“%(name)s” belongs to %(company)s or its group. Who resolves "
                        "a dispute is neither of its sides: choose an outside body.",
                        name=provider.partner_id.sudo().name,
                        company=provider.company_id.name,
                    )
                )

    @api.model
    def _is_of_group(self, partner, company):
        """Return whether a contact is the organization, or one of its group."""
        # which companies are one group is no secret
        root = company.sudo().root_id
        group = root.search([("id", "child_of", root.id)]).partner_id
        return partner.sudo().commercial_partner_id in group.commercial_partner_id

    def _prepare_opened_data(self):
        return {"provider": self.partner_id.id, "from_before": self.from_before}

    @api.model
    def _find_of(self, partner, company):
        """Return the provider that a contact is for a company, archived or not."""
        return self.with_context(active_test=False).search(
            [("partner_id", "=", partner.id), ("company_id", "=", company.id)], limit=1
        )

    # ------------------------------------------------------------
    # Usable or not, and why not
    # ------------------------------------------------------------

    @api.depends(
        "active",
        "credential_ids.valid_from",
        "credential_ids.valid_to",
        "evaluation_ids.date",
        "evaluation_ids.decision",
        "service_ids.valid_to",
        "independence",
    )
    @api.depends_context("lang")
    def _compute_standing(self):
        for provider in self:
            provider.standing = "\n".join(
                self._tell_obstacles(
                    provider._find_obstacles(provider._get_company_day())
                )
            )

    def _find_obstacles(self, day, case=None):
        """Return the codes of all that stands against this provider on a day.

        :param case: the dispute it would resolve; in general, when not given
        """
        self.ensure_one()
        kept_at_hand = self._origin == self  # else it is still being written
        found = (
            [*self._get_general_obstacles(self.id, day)]
            if kept_at_hand
            else self._find_general_obstacles(day)
        )
        if case:
            found += self._find_obstacles_of(case, day)
        return found

    @api.model
    @kept("provider_id", "day")
    def _get_general_obstacles(self, provider_id, day):
        """Return the codes of what stands against a provider in general, on a day."""
        return tuple(self.browse(provider_id)._find_general_obstacles(day))

    @api.model
    @kept("provider_id")
    def _get_language_codes(self, provider_id):
        """Return the codes of the languages that a provider speaks; none: any."""
        return tuple(self.browse(provider_id).lang_ids.mapped("code"))

    def _find_general_obstacles(self, day):
        holds = self._asks_more_than_before
        checks = {
            "archived": not self.active,
            "dependent": self.independence == "dependent",
            "unaccredited": holds(self.credential_ids)
            and not self.credential_ids._filter_valid(day),
            "unsuitable": self.evaluation_ids[:1].decision == "unsuitable",
            "not_evaluated": holds(self.evaluation_ids) and not self._is_evaluated(day),
            "no_method": holds(self.service_ids)
            and not self.service_ids._filter_valid(day),
        }
        return [code for code, stands in checks.items() if stands]

    def _asks_more_than_before(self, records):
        """Whether records of one kind are wanted: of who was used before, none are."""
        return bool(records) or not self.from_before

    def _is_evaluated(self, day):
        since = day - relativedelta(months=LOOKED_AT_MONTHS)
        return any(since <= row.date <= day for row in self.evaluation_ids)

    def _find_obstacles_of(self, case, day):
        """Return what stands against this provider in one dispute."""
        complainant = case.partner_id.sudo()  # who it is counts, whoever may read it
        checks = {
            "party": complainant.commercial_partner_id
            == self.partner_id.sudo().commercial_partner_id,
            "method": case.method
            and self.service_ids
            and case.method
            not in self.service_ids._filter_valid(day).method_id.mapped("kind"),
            "category": case.category_id
            and self.category_ids
            and not self._takes_category(case.category_id),
            "country": complainant.country_id
            and self.country_ids
            and complainant.country_id not in self.country_ids,
            "language": complainant.lang
            and (spoken := self._get_language_codes(self._origin.id))
            and complainant.lang not in spoken,
            "amount": not self._takes_amount(case, day),
        }
        return [code for code, stands in checks.items() if stands]

    def _takes_category(self, category):
        while category and category not in self.category_ids:
            category = category.parent_id
        return bool(category)

    def _takes_amount(self, case, day):
        if not case.amount_claimed:
            return True
        amount = case.currency_id._convert(
            case.amount_claimed, self.currency_id, self.company_id, day
        )
        return self.amount_min <= amount and (
            not self.amount_max or amount <= self.amount_max
        )

    @api.model
    def _tell_obstacles(self, codes):
        """Return in words what stands against a provider, and what to do."""
        words = {
            "archived": self.env._("It is archived and not used any more."),
            "dependent": self.env._("It depends on us (4.9). Choose another one."),
            "unaccredited": self.env._(
                "No accreditation, membership or agreement of it is valid on that day. "
                "Enter one, or choose another provider."
            ),
            "unsuitable": self.env._("Its last evaluation says it is not suitable."),
            "not_evaluated": self.env._(
                "It was not evaluated within a year. Let a dispute manager evaluate it."
            ),
            "no_method": self.env._(
                "It offers no method on that day. Enter what it offers."
            ),
            "unknown": self.env._(
                "This contact is not kept as a provider. Let a dispute manager enter "
                "it under Disputes ▸ Rules ▸ Providers."
            ),
            "from_before": self.env._(
                "It is in use from before and has not been evaluated yet."
            ),
            "party": self.env._("It is the complainant."),
            "method": self.env._("It does not offer the method chosen for this file."),
            "category": self.env._("It does not take disputes on this subject."),
            "country": self.env._("It takes no complainants of this country."),
            "language": self.env._("It does not work in the complainant's language."),
            "amount": self.env._("It does not take claims of this amount."),
        }
        return [words[code] for code in codes]

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_view_contact(self):
        self.ensure_one()
        return self.partner_id.get_formview_action()
