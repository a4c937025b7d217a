# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import functools

import lxml.html
from markupsafe import Markup

from odoo import models

from ..mixin.people_amount import format_people_amount
from ..mixin.people_date import format_people_number
from .starter_document import REVIEW_MONTHS

# limits that a text names, by what starts and what meets them
LIMITS = {
    "acknowledge": ("notice_received", "acknowledged"),
    "evaluate": ("entered_evaluation", "entered_position"),
    "position": ("notice_received", "position_sent"),
    "carry_out": ("result_served", "carried_out"),
    "inform": ("carried_out", "informed"),
}


class StarterText(models.Model):
    """The text of a starter document, as a controlled document of a company.

    Around what it says come code, revision and approval, references and the keeping of
    records (ISO 9001:2015, 7.5). Its limits are those of the policy in force; without
    one, those that the house proposes.
    """

    _inherit = "iso10003.starter.document"

    def _write_page(self, company, revision=1):
        """Return the whole page, in the language of the context.

        :param revision: its number; what was changed is told from the second on
        """
        self.ensure_one()
        policy = self._find_policy(company)
        page = self.env["ir.qweb"]._render(
            "odoo_iso10003.starter_page",
            {
                "document": self,
                "body": self._fill_in(policy),
                "code": self._get_code(),
                "policy": policy,
                "revision": revision,
                "number": functools.partial(format_people_number, self.env),
            },
        )
        return self._number_parts(page)

    def _get_code(self, kind=None):
        """Return the code of the document: its kind, and its place among all."""
        kind = kind or ("POL" if self.tree == "manual" else "PRO")
        return f"DR-{kind}-{self.sequence // 10:02d}"

    def _find_policy(self, company):
        """Return the policy in force in a company, or none."""
        # its limits are no secret to who reads the procedures
        policies = self.env["iso10003.policy"].sudo()
        today = company._get_company_day()
        return policies.search(policies._get_in_force_domain(company, today), limit=1)

    def _number_parts(self, page):
        """Number the headings, and give each form of the document its code."""
        # Odoo cannot compare blanks before the first tag with an empty page
        parts = lxml.html.fragment_fromstring(page.strip(), create_parent="div")
        for place, heading in enumerate(parts.iter("h2"), start=1):
            number = format_people_number(self.env, place)
            heading.text = f"{number}. {heading.text or ''}"
        for place, row in enumerate(parts.xpath(".//table[thead]/tbody/tr"), start=1):
            cell = lxml.html.Element("td", dir="ltr")
            cell.text = f"{self._get_code('FRM')}{place:02d}"
            row.insert(0, cell)
        for head in parts.xpath(".//table/thead/tr"):
            cell = lxml.html.Element("th")
            cell.text = self.env._("Code")
            head.insert(0, cell)
        return Markup("").join(
            # what QWeb wrote is only numbered here
            Markup(lxml.html.tostring(part, encoding="unicode").strip())
            for part in parts
        )

    # ------------------------------------------------------------
    # What stands in braces
    # ------------------------------------------------------------

    def _fill_in(self, policy):
        """Return the text with its limits in the words of the reader."""
        text = self.body or Markup("")
        for place, words in self._get_words(policy).items():
            text = text.replace(f"{{{place}}}", words)
        return text

    def _get_words(self, policy):
        """Return what the texts name by places, ``{place: words}``.

        Rooms above add what they count.
        """
        return {
            "answer": self._say_time(*self._get_answer_time(policy)),
            "document_review": self._say_time(REVIEW_MONTHS, "month"),
            **{
                place: self._say_limit(policy, *events)
                for place, events in LIMITS.items()
            },
            **{
                f"tier_{level}": self._say_tier(policy, level)
                for level in ("handler", "manager", "sponsor")
            },
        }

    def _get_answer_time(self, policy):
        days = policy.answer_days or policy.default_get(["answer_days"])["answer_days"]
        return days, "day"

    def _say_limit(self, policy, start, end):
        """Return how long a limit is: of the policy, else of the house's example."""
        rules = policy.rule_ids.filtered("active") or self._find_house_rules()
        found = self._find_limit(rules, start, end)
        found = found or self._find_limit(self._find_house_rules(), start, end)
        return self._say_time(found.quantity, found.unit)

    def _find_limit(self, rules, start, end):
        return rules.filtered(
            lambda rule: rule.start_event == start and rule.end_event == end
        ).sorted("sequence")[:1]

    def _find_house_rules(self):
        # examples ship with the product, and are shown to whoever writes rules
        pack = self.env.ref("odoo_iso10003.rule_pack_house").sudo()
        return pack.with_context(active_test=False).rule_ids

    def _say_tier(self, policy, level):
        """Return up to which amount a level decides."""
        tier = policy.tier_ids.filtered(lambda tier: tier.level == level)
        if not tier:
            return self.env._("as far as the policy in force says")
        if tier.unlimited:
            return self.env._("about every amount")
        return self.env._(
            "up to %(amount)s",
            amount=format_people_amount(self.env, tier.amount, tier.currency_id),
        )

    def _say_time(self, quantity, unit):
        """Return a length of time in words."""
        one, many = {
            "hour": (self.env._("%(count)s hour"), self.env._("%(count)s hours")),
            "day": (self.env._("%(count)s day"), self.env._("%(count)s days")),
            "working_day": (
                self.env._("%(count)s working day"),
                self.env._("%(count)s working days"),
            ),
            "week": (self.env._("%(count)s week"), self.env._("%(count)s weeks")),
            "month": (self.env._("%(count)s month"), self.env._("%(count)s months")),
            "month30": (
                self.env._("%(count)s month of 30 days"),
                self.env._("%(count)s months of 30 days"),
            ),
        }[unit]
        words = one if quantity == 1 else many
        return words % {"count": format_people_number(self.env, quantity)}
