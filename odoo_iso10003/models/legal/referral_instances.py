# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models

from ...core import docket
from ...core.story import Fact
from ..mixin.people_date import format_people_date

# which instances may follow, and so have a referral of their own
FOLLOWING = ("appeal", "cassation", "enforcement", "annulment")
# dates of an instance that everybody asks for
DATES = (
    "claim_date",
    "filed_date",
    "served_date",
    "decision_date",
    "decision_served_date",
    "appeal_decided_date",
    "settled_date",
    "enforced_date",
)


class ReferralInstances(models.Model):
    """A matter goes through instances: a tree of referrals, one for each.

    Each instance has its own dates, states and costs, and takes over the parties
    from the one before. Totals are counted when they are asked for, in the currency
    of the company, and never kept on the parent. One timeline goes over all instances
    of a matter: steps, dates, hearings, reviews.
    """

    _inherit = "iso10003.referral"

    _parent_store = True

    parent_id = fields.Many2one(
        "iso10003.referral",
        "Instance before",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        fixed=True,
    )
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many(
        "iso10003.referral", "parent_id", "Instances that follow"
    )
    root_id = fields.Many2one(
        "iso10003.referral",
        "Matter",
        compute="_compute_root_id",
        store=True,
        index=True,
        recursive=True,
        ondelete="restrict",
        help="The first instance, which names the whole matter.",
    )
    instance_count = fields.Integer("Instances", compute="_compute_tree")
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Currency of the company"
    )
    cost_total = fields.Monetary(
        "Costs of this instance",
        compute="_compute_tree",
        currency_field="company_currency_id",
    )
    tree_cost_total = fields.Monetary(
        "Costs of all instances",
        compute="_compute_tree",
        currency_field="company_currency_id",
        help="Of the whole matter: this instance, those before and those that follow.",
    )
    cost_share = fields.Float(
        "Costs in % of the amount",
        compute="_compute_tree",
        help="Costs of all instances to date, against the amount in dispute.",
    )
    budget_used = fields.Float("Budget used in %", compute="_compute_tree")
    timeline = fields.Html(compute="_compute_timeline", sanitize=False)

    @api.depends("parent_id.root_id")
    def _compute_root_id(self):
        for referral in self:
            referral.root_id = referral.parent_id.root_id or referral._origin

    @api.depends("cost_ids.company_amount", "amount", "budget", "root_id")
    def _compute_tree(self):
        costs = dict(
            self.env["iso10003.cost"]._read_group(
                [("referral_id.root_id", "in", self.root_id.ids)],
                ["referral_id"],
                ["company_amount:sum"],
            )
        )
        instances = self.search([("root_id", "in", self.root_id.ids)]).grouped(
            "root_id"
        )
        for referral in self:
            tree = instances.get(referral.root_id, referral.browse())
            referral.instance_count = len(tree)
            referral.cost_total = costs.get(referral._origin, 0)
            referral.tree_cost_total = sum(costs.get(one, 0) for one in tree)
            referral.cost_share = referral._share_of(
                referral.tree_cost_total, referral.amount
            )
            referral.budget_used = referral._share_of(
                referral.cost_total, referral.budget
            )

    def _share_of(self, cost, amount):
        """Return the cost (company's currency) in % of an amount (own currency)."""
        base = self._to_company_currency(amount) if amount else 0
        return 100 * cost / base if base else 0

    def _open_children(self):
        return self.child_ids.filtered(
            lambda instance: instance.state in docket.OPEN_STATES
        )

    def _get_tree(self):
        """Return all instances of the matter, in the order in which they came."""
        return self.search([("root_id", "in", self.root_id.ids)], order="id")

    # ------------------------------------------------------------
    # The next instance
    # ------------------------------------------------------------

    def action_open_instance(self, kind):
        """Open the instance that follows, such as enforcement, to look at it."""
        self.ensure_one()
        return self._open_instance(kind).get_formview_action()

    def _open_instance(self, kind):
        self.ensure_one()
        self.check_access("write")
        if kind not in FOLLOWING:
            raise self._refusal(self.env._("say which instance follows."))
        if self.state not in ("decided", "enforced", "closed", "settled"):
            raise self._refusal(
                self.env._("another instance follows a decision or a settlement.")
            )
        instance = self.create(self._prepare_instance_vals(kind))
        self.party_ids._take_over(instance)
        return instance

    def _prepare_instance_vals(self, kind):
        authority = self.authority_id
        if kind in ("appeal", "cassation"):
            authority = authority.appeal_authority_id
        return {
            "parent_id": self.id,
            "kind": kind,
            "subject": self.subject,
            "company_id": self.company_id.id,
            "dispute_id": self.dispute_id.id,
            "scope_reason": self.scope_reason,
            "side": "enforcement" if kind == "enforcement" else "organization",
            "authority_id": authority.id,
            "basis": "result" if kind == "enforcement" else "review",
            "legal_basis": self.appeal_rule or self.name,
            "reason": self.appeal_reason,
            "counsel_id": self.counsel_id.id,
            "reviewer_id": self.reviewer_id.id,
            "external_counsel_id": self.external_counsel_id.id,
            "opponent_id": self.opponent_id.id,
            "residence": self.residence,
            "amount": self.amount,
            "currency_id": self.currency_id.id,
            **self._prepare_instance_limit(kind),
        }

    def _prepare_instance_limit(self, kind):
        """Hand the last day to appeal on: until it is filed there, it still runs."""
        if kind == "enforcement":
            return {}
        return {
            "limitation_date": self.appeal_until,
            "limitation_rule": self.appeal_rule,
        }

    # ------------------------------------------------------------
    # What belongs to the matter
    # ------------------------------------------------------------

    def action_view_instances(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.referral_action"
        )
        title = self.env._("Instances of %(number)s", number=self.root_id.name)
        return {
            **action,
            "name": title,
            "display_name": title,  # what the web client shows
            "domain": [("root_id", "=", self.root_id.id)],
            "context": {"create": False},
        }

    def action_view_dispute(self):
        self.ensure_one()
        return self.dispute_id.get_formview_action()

    def action_view_costs(self):
        """Show the costs of the whole matter."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.cost_action"
        )
        return {
            **action,
            "domain": [("root_id", "=", self.root_id.id)],
            "context": {"default_referral_id": self.id},
        }

    def action_view_hearings(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.hearing_action"
        )
        return {
            **action,
            "domain": [("referral_id.root_id", "=", self.root_id.id)],
            "context": {"default_referral_id": self.id},
        }

    # ------------------------------------------------------------
    # The timeline
    # ------------------------------------------------------------

    @api.depends_context("lang", "tz")
    def _compute_timeline(self):
        for referral in self:
            referral.timeline = referral._render_timeline()

    def _render_timeline(self):
        row = Markup(
            "<tr><td class='text-nowrap pe-3'>%s</td><td class='pe-3'>%s</td>"
            "<td class='pe-3'>%s</td><td>%s</td></tr>"
        )
        return Markup("<table class='table table-sm'>%s</table>") % Markup().join(
            row
            % (
                format_people_date(self.env, fact["date"], "short"),
                fact["instance"],
                fact["what"],
                fact["detail"],
            )
            for fact in self._list_timeline()
        )

    def _list_timeline(self):
        """Return what happened in all instances, oldest first.

        :return: dictionaries with ``date``, ``instance``, ``what`` and ``detail``
        """
        facts = []
        for instance in self._get_tree():
            name = f"{instance.name} · {self._selection_label('kind', instance.kind)}"
            facts += [
                {"date": date, "instance": name, "what": what, "detail": detail or ""}
                for date, what, detail in instance._list_own_facts()
            ]
        return sorted(facts, key=lambda fact: fact["date"])

    def _list_facts(self):
        """Return what this instance tells in the story of the dispute behind it."""
        return [
            Fact(at, f"{self.name} · {what}", detail or "")
            for at, what, detail in self._list_own_facts()
        ]

    def _list_own_facts(self):
        """Yield ``(date, what, detail)`` of this instance, in no order."""
        labels = self.fields_get([*DATES, "approved_date"], ["string"])
        yield self.opened_date.date(), self.env._("Opened"), self.drafter_id.name
        if self.approved_date:
            yield (
                self.approved_date,
                labels["approved_date"]["string"],
                self.approver_id.name,
            )
        for name in DATES:
            if self[name]:
                yield self[name], labels[name]["string"], self._detail_of(name)
        for records in (self.hearing_ids, self.review_ids):
            for record in records:
                yield record._describe_fact()
        if self.ended_from:
            yield (
                self.state_date.date(),
                self._selection_label("state", self.state),
                None,
            )

    def _detail_of(self, name):
        return {
            "filed_date": self.filing_number,
            "decision_date": self._selection_label("result", self.result),
            "appeal_decided_date": self._selection_label(
                "appeal_decision", self.appeal_decision
            ),
        }.get(name)
