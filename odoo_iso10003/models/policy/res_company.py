# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..mixin.cached import kept

# what is left of the product when it is removed: the last number of each series
LAST_NUMBERS = "odoo_iso10003.last_numbers"
# without whom a file does not come to its end; counsel is for who goes to law
NEEDED_ROLES = ("handler", "manager", "sponsor", "auditor")


class ResCompany(models.Model):
    _inherit = "res.company"

    dispute_manager_id = fields.Many2one(
        "res.users",
        "Dispute manager",
        domain=[("share", "=", False)],
        groups="odoo_iso10003.group_reader,base.group_system",
        help="Leads the dispute process; hears of what nobody else hears of (5.4).",
    )
    dispute_sponsor_id = fields.Many2one(
        "res.users",
        "Top management",
        domain=[("share", "=", False)],
        groups="odoo_iso10003.group_reader,base.group_system",
        help="Whom of the top management escalations reach (5.4).",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._prepare_for_disputes()
        return companies

    @kept("self.id")
    def _get_kept_currency(self):
        """Return the id of the company's currency, which the form of a file shows."""
        return self.currency_id.id

    def cache_invalidation_fields(self):
        return super().cache_invalidation_fields() | {"currency_id"}

    # ------------------------------------------------------------
    # A policy from the first day
    # ------------------------------------------------------------

    def _prepare_for_disputes(self):
        self._ensure_dispute_policy()
        self._ensure_dispute_sequence()

    def _ensure_dispute_policy(self):
        """Give each company without a policy the one that comes with the product."""
        # a new company needs a policy, whoever makes the company
        policies = self.env["iso10003.policy"].sudo()
        served = policies.search(
            [("company_id", "in", self.ids), ("state", "!=", "draft")]
        ).company_id
        today = fields.Date.context_today(self)
        # in some time zones it is still yesterday, and there is work there too
        first_day = today - relativedelta(days=1)
        for company in self - served:
            # made of what comes with the product, for a company that has none
            policy = company._get_default_policy().sudo()
            # nobody here wrote it, so nobody here is named as its author
            policy._guarded_write(
                {"state": "approved", "author_id": False, "approved_date": today}
            )
            policy._put_in_force(first_day)

    def _get_default_policy(self):
        # the text comes with the product and is no company's secret
        shipped = self.env.ref("odoo_iso10003.default_policy").sudo()
        if shipped.company_id == self:
            return shipped
        return shipped.copy(
            {
                "company_id": self.id,
                "currency_id": self.currency_id.id,
                "segregation_profile": "small",
            }
        )

    def _get_any_manager(self):
        """Return a dispute manager who may act for this company, or the system."""
        self.ensure_one()
        # a company says openly who answers for its disputes
        named = self.sudo().dispute_manager_id.filtered("active")
        managers = self._get_managers()
        return named or managers[:1] or self.env.ref("base.user_root")

    def _get_managers(self):
        """Return the dispute managers who may act for this company."""
        return self._get_members("odoo_iso10003.group_manager")

    def _get_members(self, group):
        """Return the colleagues in a group who may act for this company."""
        self.ensure_one()
        group = self.env.ref(group).sudo()  # to choose a name
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and self in user.company_ids
        )

    def _find_vacant_roles(self):
        """Return the names of the roles that nobody plays, but a file needs."""
        return [
            # the name of a role, to say that nobody has it
            self.env.ref(f"odoo_iso10003.group_{role}").sudo().name
            for role in NEEDED_ROLES
            if not self._get_members(f"odoo_iso10003.group_{role}")
        ]

    def _find_vacant_duties(self):
        """Return the names of the duties that nobody was given."""
        return [
            self._fields[name]._description_string(self.env)
            for name in ("dispute_manager_id", "dispute_sponsor_id")
            if not self[name]
        ]

    # ------------------------------------------------------------
    # Its own file in the register: what decides, and who changed it
    # ------------------------------------------------------------

    def _register_file(self):
        self.ensure_one()
        return f"{self._name},{self.id}"

    def _register_company(self):
        return self

    # ------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------

    def _next_dispute_numbers(self, count):
        """Return the next ``count`` dispute numbers of this company.

        One query fetches them all, as long as the series is an ordinary one.
        """
        self.ensure_one()
        sequence = self._get_dispute_sequence()
        if sequence.implementation != "standard" or sequence.use_date_range:
            return [sequence.next_by_id() for _number in range(count)]
        rows = self.env.execute_query(
            SQL(
                "SELECT nextval(%s) FROM generate_series(1, %s)",
                f"ir_sequence_{sequence.id:03d}",
                count,
            )
        )
        return [sequence.get_next_char(number) for (number,) in rows]

    def _ensure_dispute_sequence(self):
        # not with the first file: two of them at once would begin two series
        for company in self:
            company._get_dispute_sequence()

    def _get_dispute_sequence(self):
        """Return the company's own series of numbers, made again if it was deleted."""
        # numbers are given to whoever opens a file, without rights on sequences
        Sequence = self.env["ir.sequence"].sudo()
        sequence = Sequence.search(
            [("code", "=", "iso10003.dispute"), ("company_id", "=", self.id)], limit=1
        )
        return sequence or Sequence.create(self._prepare_dispute_sequence_vals())

    def _prepare_dispute_sequence_vals(self):
        return {
            "name": self.env._("Disputes of %(company)s", company=self.name),
            "code": "iso10003.dispute",
            "company_id": self.id,
            "implementation": "standard",
            "prefix": "DSP/%(year)s/",
            "padding": 5,
            "number_next": self._find_free_number("iso10003.dispute"),
        }

    def _find_free_number(self, model):
        """Return where a series of this company begins, behind all that were given.

        A series may have been deleted, and the product removed and installed again.
        """
        # a number, of which whoever opens a file gets the next
        kept = self.env["ir.config_parameter"].sudo().get_param(LAST_NUMBERS)
        kept = json.loads(kept or "{}").get(f"{self.id},{model}", 0)
        [(given,)] = self.env.execute_query(
            SQL(
                """SELECT COALESCE(MAX(substring(name FROM '[0-9]{1,15}$')::bigint), 0)
                     FROM %s WHERE company_id = %s""",
                SQL.identifier(self.env[model]._table),
                self.id,
            )
        )
        return max(kept, given) + 1
