# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

# what begins with this runs on a closed file, where all else has ended
CLOSING = "closed"


class DeadlineRule(models.Model):
    """One time limit, legal or chosen, of a policy version or of a pack of examples.

    It says who must do what, from when on, within which time, and what it means
    when nothing happens. ISO 10003:2018, 4.11 and annex H.
    """

    _name = "iso10003.deadline.rule"
    _description = "Deadline rule"
    _inherit = ["iso10003.guarded", "iso10003.policy.part", "iso10003.cached"]
    _order = "sequence, id"

    # whose it is
    policy_id = fields.Many2one(
        "iso10003.policy", "Policy version", index="btree_not_null", ondelete="cascade"
    )
    pack_id = fields.Many2one(
        "iso10003.rule.pack", index="btree_not_null", ondelete="cascade"
    )
    parent_id = fields.Many2one(
        "iso10003.deadline.rule",
        "Part of the limit",
        index="btree_not_null",
        ondelete="cascade",
        copy=False,
    )
    part_ids = fields.One2many(
        "iso10003.deadline.rule", "parent_id", "Limits that are combined", copy=True
    )
    company_id = fields.Many2one(related="policy_id.company_id")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True, help="An inactive rule starts no deadline; it is an example."
    )
    is_example = fields.Boolean(
        "Example",
        readonly=True,
        fixed=True,
        help="It came with a pack of examples. It is no legal advice: check it "
        "against the law in force before you switch it on.",
    )
    name = fields.Char("What must be done", required=True, translate=True)
    code = fields.Char(
        required=True, help="Stays the same from version to version, for comparisons."
    )

    # who, from when, until what
    actor = fields.Selection(
        [
            ("organization", "Organization"),
            ("complainant", "Complainant"),
            ("provider", "Provider"),
            ("authority", "Authority"),
        ],
        "Who must act",
        required=True,
        default="organization",
    )
    start_event = fields.Selection(
        lambda self: self._get_events(),
        "Counts from",
        help="The deadline starts when this happens. A combined limit starts with "
        "its parts.",
    )
    end_event = fields.Selection(
        lambda self: self._get_events(),
        "Met by",
        help="What must have happened before the limit. Nothing: only a person can "
        "say that it was met.",
    )

    # how long
    quantity = fields.Integer("Time", default=20, least=0, most=36500)
    unit = fields.Selection(
        [
            ("hour", "Hours"),
            ("day", "Calendar days"),
            ("working_day", "Working days"),
            ("week", "Weeks"),
            ("month", "Months"),
            ("month30", "Months of 30 days"),
        ],
        required=True,
        default="day",
    )
    combine = fields.Selection(
        [("earliest", "The earliest of"), ("latest", "The latest of")],
        "Combined",
        help="The date is the earliest or the latest of several limits.",
    )
    exclude_start = fields.Boolean(
        "First day not counted",
        default=True,
        help="The day of the event is not counted; counting begins the day after.",
    )
    exclude_action = fields.Boolean(
        "Last day not counted",
        help="The day of acting is not counted either, which adds a day "
        "(Iran, Civil Procedure Code, article 445).",
    )
    roll = fields.Selection(
        [
            ("none", "It stays there"),
            ("next", "Goes to the next working day"),
            ("previous", "Goes to the working day before"),
        ],
        "If it ends on a holiday",
        required=True,
        default="none",
    )
    abroad_quantity = fields.Integer(
        "Time from abroad",
        help="Holds instead for who resides in another country than the company. "
        "Zero: no difference.",
        least=0,
        most=36500,
    )
    abroad_unit = fields.Selection(lambda self: self._units())
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working calendar",
        ondelete="restrict",
        help="Its working days and public holidays count. The company's when empty.",
    )
    balance_rule_id = fields.Many2one(
        "iso10003.deadline.rule",
        "What is left of",
        ondelete="restrict",
        copy=False,
        help="The time is what another limit of the same file has left when this one "
        "starts; the time above holds when nothing is left.",
    )

    # longer, or standing still
    extension_quantity = fields.Integer(
        "Extension",
        help="How much longer one extension makes it. Zero: never longer.",
        least=0,
        most=36500,
    )
    extension_unit = fields.Selection(lambda self: self._units())
    extension_max = fields.Integer("Extensions allowed", default=1, least=0, most=100)
    extension_needs_notice = fields.Boolean(
        "Extension: the complainant is told", default=True
    )
    cap_quantity = fields.Integer(
        "Never longer than",
        help="Counted from the start, all extensions included.",
        least=0,
        most=36500,
    )
    cap_unit = fields.Selection(lambda self: self._units())
    may_suspend = fields.Boolean(
        "May stand still",
        default=True,
        help="The clock may be stopped, for one of the reasons of the list.",
    )

    # by which right
    jurisdiction_id = fields.Many2one("res.country", "Country", ondelete="restrict")
    legal_basis = fields.Char(translate=True)
    legal_url = fields.Char("Where to read it")
    checked_date = fields.Date(
        "Checked on",
        help="When somebody last compared the rule with the law.",
        deed=True,
    )

    law_from = fields.Date(
        "Law in force since", help="Empty: not known, or it has always been so."
    )
    law_to = fields.Date("Law in force until", help="The last day. Empty: it holds.")
    doubt = fields.Char(
        "What is doubtful",
        translate=True,
        help="What to compare with the law before the rule is switched on.",
    )

    # what silence means, and who hears of it
    on_lapse = fields.Selection(
        [
            ("nothing", "Nothing"),
            ("refusal", "Counts as refusal"),
            ("rejection", "Counts as rejection"),
            ("acceptance", "Counts as acceptance"),
            ("withdrawal", "Counts as withdrawal"),
            ("escalation", "Goes up the line"),
            ("block", "The file stops until it is explained"),
        ],
        "If it is missed",
        required=True,
        default="nothing",
    )
    warn_days = fields.Integer(
        "Shown as near from",
        default=3,
        help="So many calendar days before the limit it is shown in yellow.",
        least=0,
        most=3650,
    )
    template_id = fields.Many2one(
        "mail.template",
        "Letter",
        ondelete="restrict",
        help="The letter that satisfies the rule: sent from the deadline, it meets it.",
    )
    escalation_ids = fields.One2many(
        "iso10003.escalation", "rule_id", "Escalations", copy=True
    )

    _code_unique = models.UniqueIndex(
        "(policy_id, code) WHERE policy_id IS NOT NULL",
        "Another rule of this version has this code.",
    )
    _somewhere = models.Constraint(
        "CHECK ((policy_id IS NULL) <> (pack_id IS NULL))",
        "A rule belongs to a policy version or to a pack of examples.",
    )
    _not_negative = models.Constraint(
        """CHECK (quantity >= 0 AND abroad_quantity >= 0 AND extension_quantity >= 0
            AND extension_max >= 0 AND cap_quantity >= 0 AND warn_days >= 0)""",
        "Times cannot be negative.",
    )
    _units_given = models.Constraint(
        """CHECK ((abroad_quantity = 0 OR abroad_unit IS NOT NULL)
            AND (extension_quantity = 0 OR extension_unit IS NOT NULL)
            AND (cap_quantity = 0 OR cap_unit IS NOT NULL))""",
        "Say in which unit the time from abroad, the extension and the longest time "
        "are counted.",
    )

    # ------------------------------------------------------------
    # Choices
    # ------------------------------------------------------------

    @api.model
    def _get_selection(self, name):
        """Return the choices of a field of the dispute, in the reader's language."""
        field = self.env["iso10003.dispute"]._fields[name]
        return field._description_selection(self.env)

    @api.model
    def _get_states(self):
        return self._get_selection("state")

    @api.model
    def _units(self):
        return self._fields["unit"]._description_selection(self.env)

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._with_parent(vals) for vals in vals_list])

    @api.model
    def _with_parent(self, vals):
        """A part belongs where the limit belongs that it is a part of."""
        if not vals.get("parent_id"):
            return vals
        parent = self.browse(vals["parent_id"])
        return {**vals, "policy_id": parent.policy_id.id, "pack_id": parent.pack_id.id}

    @api.constrains("parent_id", "combine", "start_event", "end_event", "part_ids")
    def _check_can_end(self):
        """A rule starts at something, and does not start and end at one event."""
        for rule in self:
            if rule.parent_id and (rule.combine or rule.parent_id.parent_id):
                raise rule._refusal(
                    self.env._("a combined limit has plain limits as its parts.")
                )
            if rule.combine and not rule.part_ids:
                raise rule._refusal(
                    self.env._("add the limits that are combined, at least one.")
                )
            if rule.combine and rule.start_event:
                raise rule._refusal(
                    self.env._("a combined limit starts with its parts, not by itself.")
                )
            if not rule.combine and not rule.start_event:
                raise rule._refusal(self.env._("say from which event it counts."))
            events = rule.part_ids.mapped("start_event") or [rule.start_event]
            if rule.end_event and rule.end_event in events:
                raise rule._refusal(
                    self.env._(
                        "“%(event)s” starts it and meets it at once, so it could "
                        "never run. Choose another event.",
                        event=dict(self._get_events())[rule.end_event],
                    )
                )

    @api.constrains("start_event", "end_event", "parent_id")
    def _check_after_closing(self):
        """What begins when the file is closed can be met, and ends with nothing."""
        for rule in self.filtered(lambda rule: rule.start_event == CLOSING):
            event = dict(self._get_events())[CLOSING]
            if rule.end_event:
                raise rule._refusal(
                    self.env._(
                        "it begins with “%(event)s”, and nothing is filled in on a "
                        "closed file that could meet it. Leave “Met by” empty; who "
                        "leads the file says when it was done.",
                        event=event,
                    )
                )
            if rule.parent_id:
                raise rule._refusal(
                    self.env._(
                        "limits that begin with “%(event)s” run on a closed file, and "
                        "cannot be combined with others, which end with it.",
                        event=event,
                    )
                )

    @api.constrains("balance_rule_id", "parent_id", "policy_id", "pack_id")
    def _check_cycles(self):
        for rule in self:
            other = rule.balance_rule_id
            if rule._has_cycle("balance_rule_id"):
                raise rule._refusal(
                    self.env._(
                        "it takes what is left of “%(other)s”, which in turn depends "
                        "on it.",
                        other=other.name,
                    )
                )
            if rule._has_cycle("parent_id"):
                raise rule._refusal(self.env._("it is part of itself."))
            for named in (other, rule.parent_id):
                if named and (named.policy_id, named.pack_id) != (
                    rule.policy_id,
                    rule.pack_id,
                ):
                    raise rule._refusal(
                        self.env._(
                            "“%(other)s” is a rule of another version.",
                            other=named.name,
                        )
                    )

    def _refusal(self, why):
        return ValidationError(
            self.env._("Rule “%(rule)s”: %(why)s", rule=self.name, why=why)
        )

    def _prepare_sealed(self):
        """Return what the digest of an approved version covers of this rule."""
        skipped = {"id", "display_name", "create_uid", "create_date"}
        skipped |= {"write_uid", "write_date", "policy_id", "pack_id", "parent_id"}
        return {
            "rule": self._read_stored(skipped),
            "escalations": [
                level._read_stored(skipped | {"rule_id"})
                for level in self.escalation_ids
            ],
        }

    # ------------------------------------------------------------
    # Copies, into the next version and out of packs
    # ------------------------------------------------------------

    def copy(self, default=None):
        """Copy rules, into the same version or where ``default`` says."""
        default, copies = default or {}, self.browse()
        if "code" in default:
            return super().copy(default)
        for rule in self:
            taken = rule._get_taken_codes(default)
            copied = super(DeadlineRule, rule).copy(
                {
                    **default,
                    "code": _find_free(rule.code, taken),
                    "part_ids": [
                        Command.create(
                            {**vals, "code": _find_free(vals["code"], taken)}
                        )
                        for vals in rule.part_ids.copy_data()
                    ],
                }
            )
            for part, copied_part in zip(rule.part_ids, copied.part_ids, strict=True):
                part.copy_translations(copied_part)
            if (copied.policy_id, copied.pack_id) == (rule.policy_id, rule.pack_id):
                copied.balance_rule_id = rule.balance_rule_id
            copies += copied
        return copies

    def _get_taken_codes(self, default):
        """Return the codes of the rules beside which a copy comes to stand."""
        policy_id = default.get("policy_id", self.policy_id.id)
        beside = self.with_context(active_test=False).search(
            [("policy_id", "=", policy_id), ("policy_id", "!=", False)]
        )
        return set(beside.mapped("code"))

    def _copy_to(self, present, vals):
        """Copy these rules beside others, and let them refer to each other there.

        :param present: the rules that are there already
        :param vals: where the copies belong
        """
        copies = self.with_context(active_test=False).copy(vals)
        by_code = {rule.code: rule for rule in present | copies}
        for rule, copied in zip(self, copies, strict=True):
            copied.balance_rule_id = by_code.get(rule.balance_rule_id.code)
        return copies

    # ------------------------------------------------------------
    # Who may change it
    # ------------------------------------------------------------

    def _touch_policies(self):
        """An example is changed by who may change its pack."""
        self.pack_id._check_may_configure()
        return super()._touch_policies()


def _find_free(code, taken):
    """Return the code, with the first number that makes it another; and take it."""
    free = next(
        name
        for name in (code, *(f"{code}_{number}" for number in range(2, 1000)))
        if name not in taken
    )
    taken.add(free)
    return free
