# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..mixin.cached import kept

# Rules of packs that ask only whether we take part, and that named the position before
# there was an event for the answer. Approved versions keep them; the answer meets them.
PART_RULES = frozenset({"eu_adr_reply"})


class DeadlineRuleScope(models.Model):
    """On what a rule counts: which events, which files; what is empty means all.

    The kind of file on which it counts says which letters it may send.
    """

    _inherit = "iso10003.deadline.rule"

    state = fields.Selection(
        lambda self: self._get_states(),
        "Only in state",
        help="The file stands there when the deadline starts.",
    )
    category_ids = fields.Many2many(
        "iso10003.dispute.category",
        "iso10003_deadline_rule_category_rel",
        "rule_id",
        "category_id",
        "Categories",
        ondelete="restrict",
    )
    complainant_type = fields.Selection(
        lambda self: self._get_selection("complainant_type"), "Kind of complainant"
    )
    nature = fields.Selection(lambda self: self._get_selection("nature"))
    method = fields.Selection(lambda self: self._get_selection("method"))
    provider_ids = fields.Many2many(
        "res.partner",
        "iso10003_deadline_rule_provider_rel",
        "rule_id",
        "partner_id",
        "Providers",
        ondelete="restrict",
    )
    currency_id = fields.Many2one(related="policy_id.currency_id")
    amount_from = fields.Monetary("Amount claimed from")
    amount_to = fields.Monetary("up to", help="Zero: no upper limit.")

    _amounts_in_order = models.Constraint(
        "CHECK (amount_from >= 0 AND (amount_to = 0 OR amount_to >= amount_from))",
        "The amounts claimed go from the smaller to the larger.",
    )

    # ------------------------------------------------------------
    # From which events
    # ------------------------------------------------------------

    @api.model
    def _get_events(self):
        """Return what can start or meet a deadline, as code and label."""
        dispute = self.env["iso10003.dispute"]
        states = dict(self._get_states())
        return [
            *dispute._get_event_labels(),
            *(
                (f"entered_{state}", self.env._("“%(state)s” entered", state=label))
                for state, label in states.items()
                if state not in ("referral", "closed")
            ),
            *(
                event
                for kind in self.env["iso10003.file"]._get_kinds()
                if kind != dispute._name
                for event in self.env[kind]._get_event_labels()
            ),
            ("given", self.env._("A date given by hand")),
        ]

    @api.model
    @kept("policy_id")
    def _get_rules_by_event(self, policy_id):
        """Return ``{event: ids of rules}`` that start there, kept at hand.

        An approved version does not change, and each change of a draft clears it.
        """
        rules = self.search([("policy_id", "=", policy_id), ("parent_id", "=", False)])
        found = {}
        for rule in rules:
            for limit in rule.part_ids if rule.combine else rule:
                found.setdefault(limit.start_event, []).append(rule.id)
        return {event: tuple(ids) for event, ids in found.items()}

    def _get_end_events(self):
        """Return the events of which the first meets the limit."""
        if self.code in PART_RULES and self.end_event == "position_sent":
            return (self.end_event, "answered_part")
        return (self.end_event,) if self.end_event else ()

    # ------------------------------------------------------------
    # On which files
    # ------------------------------------------------------------

    def _applies_to(self, record):
        """Return whether this rule is meant for ``record``: empty means all."""
        self.ensure_one()
        return self._allows_state(record) and self._applies_to_past(record)

    @api.model
    def _get_criteria(self):
        """Return the fields of a file that decide whether a rule applies."""
        return (
            "category_id",
            "complainant_type",
            "nature",
            "method",
            "provider_id",
            "amount_claimed",
        )

    @api.model
    def _get_weighed_fields(self):
        """Return the fields of a file whose change makes its rules think again."""
        return {*self._get_criteria(), "currency_id"}

    def _applies_to_past(self, record):
        """Return whether it would have applied, wherever the file stands by now."""
        return all(
            getattr(self, f"_allows_{name}")(record)
            for name in self._get_criteria()
            if name in record._fields
        )

    def _allows_state(self, record):
        return not self.state or (
            "state" in record._fields and self.state == record.state
        )

    def _allows_category_id(self, record):
        # below a category all that is under it is meant
        return not self.category_ids or any(
            record.category_id._is_below(category) for category in self.category_ids
        )

    def _allows_complainant_type(self, record):
        return self.complainant_type in (False, record.complainant_type)

    def _allows_nature(self, record):
        return self.nature in (False, record.nature)

    def _allows_method(self, record):
        return self.method in (False, record.method)

    def _allows_provider_id(self, record):
        return not self.provider_ids or record.provider_id in self.provider_ids

    def _allows_amount_claimed(self, record):
        if not self.amount_from and not self.amount_to:
            return True
        claimed = record.currency_id._convert(
            record.amount_claimed,
            self.currency_id,
            record.company_id,
            record.opened_date.date(),
        )
        return self.amount_from <= claimed and (
            not self.amount_to or claimed <= self.amount_to
        )

    # ------------------------------------------------------------
    # On which kinds of file, and so which letters it may send
    # ------------------------------------------------------------

    def _get_file_kinds(self):
        """Return the models of the files on which this rule can count.

        Its events say so. A date given by hand may be one of any file.
        """
        self.ensure_one()
        starts = {limit.start_event for limit in self.part_ids or self}
        return (
            self._find_file_kinds(starts)
            or self._find_file_kinds({self.end_event})
            or set(self.env["iso10003.file"]._get_kinds())
        )

    @api.model
    def _find_file_kinds(self, events):
        """Return the kinds of file on which one of these events happens."""
        return {
            kind
            for kind in self.env["iso10003.file"]._get_kinds()
            if events & self.env[kind]._get_deadline_events().keys()
        }

    @api.model
    def _tell_kinds(self, kinds):
        """Return what the reader calls these kinds of file."""
        # what a kind of file is called is no secret
        models_ = self.env["ir.model"].sudo()
        return ", ".join(sorted(models_._get(kind).name for kind in kinds))

    @api.constrains("template_id", "start_event", "end_event", "part_ids", "combine")
    def _check_letters(self):
        """A letter is made for the kind of file on which the rule counts."""
        for rule in self:
            # which model a letter is for is no secret
            letter, kinds = rule.template_id.sudo(), rule._get_file_kinds()
            if letter and letter.model not in kinds:
                raise rule._refusal(
                    self.env._(
                        "the letter “%(letter)s” is not made for the kind of file on "
                        "which it counts (%(kinds)s).",
                        letter=letter.name,
                        kinds=self._tell_kinds(kinds),
                    )
                )
            rule.escalation_ids._check_template()
