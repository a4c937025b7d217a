# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import float_compare, float_repr

from ...core import authority, flow
from ..mixin.people_amount import format_people_amount


class DisputeConcession(models.Model):
    """What we pay, concede or give up, and who may decide so (5.3.1, 5.4, 7.5).

    It is measured when it binds: where a result is noted, or a file ends early. The
    amount claimed plays no part. In the currency of the company, at the rate of that
    day, it has to be within the tier of who notes it, or within what was approved.
    """

    _inherit = "iso10003.dispute"

    conceded_amount = fields.Monetary(
        "What we give",
        currency_field="conceded_currency_id",
        readonly=True,
        copy=False,
        guarded=True,
        help="What we pay, concede or give up by this result.",
    )
    conceded_currency_id = fields.Many2one(
        "res.currency",
        "Currency of it",
        readonly=True,
        copy=False,
        guarded=True,
        ondelete="restrict",
    )
    conceded_rate = fields.Float(
        "Rate of that day", digits=0, readonly=True, copy=False, guarded=True
    )
    conceded_company_amount = fields.Monetary(
        "In the company's currency",
        currency_field="company_currency_id",
        readonly=True,
        copy=False,
        guarded=True,
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the company"
    )
    conceded_date = fields.Date("Given on", readonly=True, copy=False, guarded=True)
    conceded_by_id = fields.Many2one(
        "res.users",
        "Decided by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )

    # ------------------------------------------------------------
    # When we are bound
    # ------------------------------------------------------------

    def _note_result(self, outcome, reason, date, given=(None, None)):
        """Note how it was resolved, and what we give by that (7.5.3 to 7.5.5).

        :param given: what we pay, concede or give up, zero is an answer; and its
            currency, that of the file when there is none
        """
        self.check_access("write")
        noted = None
        if self.state in flow.RESULT_STATES:  # elsewhere it is refused anyway
            noted = self._weigh_given(outcome, *given)
        result = super()._note_result(outcome, reason, date, given)
        self._concede(noted)
        return result

    def _close(self, outcome, reason, given=(None, None)):
        """Close the file; where it ends early, with what we give by that."""
        if outcome not in flow.EARLY_ENDS:
            return super()._close(outcome, reason, given)
        self.check_access("write")
        noted = self._weigh_given(outcome, *given)
        result = super()._close(outcome, reason, given)
        self._concede(noted)
        return result

    def _prepare_transition_vals(self, step, to_state, outcome):
        vals = super()._prepare_transition_vals(step, to_state, outcome)
        if step == "reopen":
            vals.update(self._prepare_no_approval())  # it was for that time
            if self.outcome in flow.EARLY_ENDS:
                vals.update(self._prepare_nothing_given())
        return vals

    def _weigh_given(self, outcome, amount, currency_id):
        """Return what a result gives, as the file keeps it; asked before it binds.

        :raises UserError: when it is not said, or beyond the user's authority
        """
        amount, currency = self._read_given(amount, currency_id)
        if amount is None:
            if outcome not in flow.BINDING:
                return self._prepare_nothing_given()
            raise self._refusal(
                self.env._(
                    "“%(outcome)s” binds us. Say what we pay, concede or give up by "
                    "it; zero is an answer.",
                    outcome=self._selection_label("outcome", outcome),
                )
            )
        weighed = self._weigh(amount, currency)
        self._check_authority(amount, currency, weighed["conceded_company_amount"])
        return {**weighed, "conceded_by_id": self.env.uid}

    def _concede(self, given):
        """Keep and seal what a result gives."""
        self._guarded_write(given)
        if given["conceded_date"]:
            self._register_event("conceded", self._prepare_conceded_data(given))

    def _prepare_nothing_given(self):
        return dict.fromkeys(
            (
                "conceded_amount",
                "conceded_currency_id",
                "conceded_rate",
                "conceded_company_amount",
                "conceded_date",
                "conceded_by_id",
            ),
            False,
        )

    def _prepare_conceded_data(self, given):
        return {
            **self._prepare_weighed_data(given),
            "level": self._get_level(),
            "approved_by": self.approval_user_id.id or None,
        }

    def _prepare_weighed_data(self, weighed):
        """Return how the register has an amount that :meth:`_weigh` returned."""
        currency = self.env["res.currency"].browse(weighed["conceded_currency_id"])
        return {
            "amount": self._write_amount(weighed["conceded_amount"], currency),
            "rate": repr(weighed["conceded_rate"]),
            "company_amount": self._write_amount(
                weighed["conceded_company_amount"], self.company_currency_id
            ),
            "date": weighed["conceded_date"].isoformat(),
        }

    def _write_amount(self, amount, currency):
        """Return an amount as the register has it, the same for every reader."""
        return f"{float_repr(amount, currency.decimal_places)} {currency.name}"

    # ------------------------------------------------------------
    # How much it is
    # ------------------------------------------------------------

    def _read_given(self, amount, currency_id):
        """Return the amount that somebody gave and its currency, or nothing."""
        currency = self.env["res.currency"].browse(currency_id or self.currency_id.id)
        if amount is None or amount is False:
            return None, currency
        amount = currency.round(float(amount))
        if amount < 0:
            raise self._refusal(
                self.env._(
                    "what we give cannot be %(amount)s. Give zero or more.",
                    amount=self._tell_amount(amount, currency),
                )
            )
        return amount, currency

    def _weigh(self, amount, currency):
        """Return what an amount is today in the currency of the company."""
        day = self._get_company_day()
        rate = self._get_rate(currency, day)
        return {
            "conceded_amount": amount,
            "conceded_currency_id": currency.id,
            "conceded_rate": rate,
            "conceded_company_amount": self.company_currency_id.round(amount * rate),
            "conceded_date": day,
        }

    def _get_rate(self, currency, day):
        """Return the rate to the company's currency; a currency without one is none.

        Odoo counts a currency without rates one to one, which would let anybody give
        any amount in it.
        """
        own = self.company_currency_id
        if currency == own:
            return 1.0
        rated = self.env["res.currency.rate"].sudo()  # rates are no secret
        if not rated.search_count(
            Domain("currency_id", "=", currency.id)
            & Domain("company_id", "in", [False, self.company_id.root_id.id])
            & Domain("name", "<=", day),
            limit=1,
        ):
            raise self._refusal(
                self.env._(
                    "%(currency)s has no rate of that day or before, so nobody can "
                    "say how much it is in %(own)s. Enter the rate under "
                    "Settings ▸ Currencies, or give the amount in %(own)s.",
                    currency=currency.name,
                    own=own.name,
                )
            )
        return currency._get_conversion_rate(currency, own, self.company_id, day)

    # ------------------------------------------------------------
    # Who may
    # ------------------------------------------------------------

    def _get_level(self, user=None):
        """Return the level at which somebody decides."""
        user = user or self.env.user
        if user.has_group("odoo_iso10003.group_sponsor"):
            return authority.SPONSOR
        if user.has_group("odoo_iso10003.group_manager"):
            return authority.MANAGER
        return authority.HANDLER

    def _get_limits(self):
        """Return ``{level: limit}`` of the file's version, in the company's money."""
        policy = self.policy_id
        limits = policy._get_limits()
        if policy.currency_id == self.company_currency_id:
            return limits
        rate = self._get_rate(policy.currency_id, self._get_company_day())
        return {
            level: limit
            if limit is None
            else self.company_currency_id.round(limit * rate)
            for level, limit in limits.items()
        }

    def _check_authority(self, amount, currency, company_amount):
        """Refuse what is neither within the user's tier nor approved."""
        limits, level = self._get_limits(), self._get_level()
        if (
            not company_amount
            or authority.covers(limits, level, company_amount)
            or self._is_approved(limits, amount, currency, company_amount)
        ):
            return
        raise self._refusal(self._tell_beyond(limits, level, company_amount))

    def _tell_beyond(self, limits, level, company_amount):
        """Say what is too much for whom, who may, and what to do."""
        return self.env._(
            "%(amount)s is beyond what you may decide (%(level)s: up to %(limit)s, "
            "%(policy)s). “%(wanted)s” may. Press “Ask for approval” in the tab of the "
            "result, and go on once it is approved.",
            **self._describe_tiers(limits, level, company_amount),
        )

    def _describe_tiers(self, limits, level, company_amount):
        """Return in words how much it is, for whom that is too much, and who may."""
        tiers = self.env["iso10003.policy.tier"]
        labels = dict(tiers._fields["level"]._description_selection(self.env))
        wanted = authority.lowest_level(limits, company_amount) or authority.SPONSOR
        own = self.company_currency_id
        return {
            "amount": self._tell_amount(company_amount, own),
            "level": labels[level],
            "limit": self._tell_amount(limits.get(level) or 0, own),
            "policy": self.policy_id.display_name,
            "wanted": labels[wanted],
        }

    def _tell_amount(self, amount, currency):
        return format_people_amount(self.env, amount, currency)

    def _is_within(self, amount, currency, approved, approved_currency):
        """Return whether an amount is no more than an approved one, of this day."""
        if currency != approved_currency:
            day = self._get_company_day()
            amount = amount * self._get_rate(currency, day)
            approved = approved * self._get_rate(approved_currency, day)
            currency = self.company_currency_id
        return (
            float_compare(amount, approved, precision_rounding=currency.rounding) <= 0
        )
