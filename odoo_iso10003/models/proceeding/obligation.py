# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

OURS, THEIRS = "organization", "other_side"
# there is nothing to be done about it any more
SETTLED = ("confirmed", "waived", "replaced")
# nothing has to be done about it, whatever was done
VOID = ("waived", "replaced")
# done, and told by nobody yet that it was
DONE = ("performed", "confirmed")
# what it is paid for: a sum above that of the result wants one that says why
PRINCIPAL = "principal"
# what somebody owes, which stays once some of it was done
TERMS = frozenset(
    [
        "owed_by",
        "owed_by_id",
        "owed_to_id",
        "name",
        "head",
        "amount",
        "currency_id",
        "plan_id",
    ]
)


class Obligation(models.Model):
    """What a result, or a judgment, obliges somebody to: how much, to whom, when (7.6).

    It is due on a day, or so many days after another one was done or something
    happened. What was done stands in its performances, each with its proof; how it
    stands follows from them, and from the deeds that confirm, contest, suspend or
    waive it (``obligation_course.py``). One that is paid in instalments is their plan.

    Handlers read it, whatever it came of: it says nothing privileged.
    """

    _name = "iso10003.obligation"
    _description = "Obligation"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.booked",
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
        "iso10003.reminded",
    ]
    _order = "due_date, id"
    _rec_names_search = ["name", "file_id.name"]
    _money_of = "file_id"
    _part_event = "obligation"
    _part_path = "file_id"

    file_id = fields.Many2one(
        "iso10003.file", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(
        related="file_id.company_id", store=True, precompute=True
    )
    result_id = fields.Many2one(
        "iso10003.result",
        "By the result",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        help="Which it follows from: without effect any more, it obliges to nothing.",
    )
    name = fields.Char(
        "To do what",
        required=True,
        sealed="digest",
        help="Without anything privileged: the handlers of the dispute read it.",
    )
    owed_by = fields.Selection(
        [
            (OURS, "The organization"),
            (THEIRS, "The other side"),
            ("third", "Somebody else"),
        ],
        "Who owes",
        required=True,
        default=OURS,
        sealed=True,
    )
    owed_by_id = fields.Many2one(
        "res.partner",
        "Owed by",
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
        help="Who it is, where neither side owes it.",
    )
    owed_to_id = fields.Many2one(
        "res.partner",
        "Owed to",
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
        help="To whom; the other side, where nobody is named.",
    )
    head = fields.Selection(
        [
            (PRINCIPAL, "Principal"),
            ("interest", "Interest"),
            ("costs", "Costs"),
            ("late", "Damages for late payment"),
            ("fine", "Fine to the State"),
            ("goodwill", "Goodwill, beyond what is owed"),
        ],
        required=True,
        default=PRINCIPAL,
        sealed=True,
    )
    amount = fields.Monetary(
        sealed=True, help="Zero where something else than a sum is owed."
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self._default_currency(),
        sealed=True,
    )
    # when
    day = fields.Date("On the day", sealed=True)
    after_id = fields.Many2one(
        "iso10003.obligation",
        "After another one",
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
        help="It is due so many days after that one was done.",
    )
    after_event = fields.Selection(
        lambda self: self.env["iso10003.deadline.rule"]._get_events(),
        "After what has happened",
        sealed=True,
    )
    after_days = fields.Integer(
        "Days after it", sealed=True, least=0, most=3650, aggregator=None
    )
    grace_days = fields.Integer(
        "Days of grace",
        sealed=True,
        least=0,
        most=365,
        aggregator=None,
        help="So many days after the last one it is late.",
    )
    due_date = fields.Date(
        "Due on", compute="_compute_due_date", store=True, recursive=True
    )
    # instalments
    plan_id = fields.Many2one(
        "iso10003.obligation",
        "Instalment of",
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
    )
    part_ids = fields.One2many(
        "iso10003.obligation", "plan_id", "Instalments", readonly=True
    )
    whole_due = fields.Boolean(
        "Whole becomes due",
        sealed=True,
        help="Once an instalment is late, all that is left is due at once.",
    )
    fell_due_date = fields.Date(
        "Fell due on", readonly=True, copy=False, guarded=True, sealed=True
    )
    # what was done
    performance_ids = fields.One2many(
        "iso10003.performance", "obligation_id", "Performances", readonly=True
    )
    performed = fields.Monetary(
        "Performed so far", compute="_compute_performed", store=True, recursive=True
    )
    done_date = fields.Date(
        "Done on", compute="_compute_performed", store=True, recursive=True
    )
    # what somebody said of it
    ruling = fields.Selection(
        [
            ("confirmed", "Confirmed"),
            ("contested", "Contested"),
            ("suspended", "Suspended"),
            ("waived", "Waived"),
            ("replaced", "Replaced"),
        ],
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    ruled_date = fields.Date(
        "Since", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    replaced_by_id = fields.Many2one(
        "iso10003.obligation",
        "Replaced by",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    former_ids = fields.One2many(
        "iso10003.obligation",
        "replaced_by_id",
        "In the place of",
        readonly=True,
        help="What was done of these counts as performed already.",
    )
    watched = fields.Boolean(
        "Watched after closing",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="The file may be closed before it is done: its reminders run on, and one "
        "that is missed opens the file again.",
    )
    from_before = fields.Boolean(
        "From before",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="What it was when obligations were not noted yet; that it was done late "
        "becomes no nonconformity now.",
    )
    state = fields.Selection(
        [
            ("waiting", "Waiting"),
            ("due", "Due"),
            ("performed", "Performed"),
            ("confirmed", "Confirmed"),
            ("contested", "Contested"),
            ("suspended", "Suspended"),
            ("waived", "Waived"),
            ("replaced", "Replaced"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
    )
    late = fields.Boolean(compute="_compute_late", search="_search_late")
    remarks = fields.Text("What is odd about it", compute="_compute_remarks")
    # numbers and links to what came of it elsewhere
    task = fields.Integer(
        "Task to see to it", readonly=True, copy=False, guarded=True, aggregator=None
    )
    nonconformity_id = fields.Many2one(
        "mgmtsystem.nonconformity",
        "Nonconformity of being late",
        readonly=True,
        copy=False,
        guarded=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="odoo_iso10003.group_manager,odoo_iso10003.group_auditor",
    )

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "What somebody owes cannot be negative."
    )
    _due_by_one = models.Constraint(
        "CHECK (num_nonnulls(day, after_id, after_event) <= 1)",
        "It is due on a day, or after one thing: choose one.",
    )
    _third_is_named = models.Constraint(
        "CHECK (owed_by <> 'third' OR owed_by_id IS NOT NULL)",
        "Say who owes it, where neither side does.",
    )

    @api.depends("name", "amount", "currency_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = one.name

    # ------------------------------------------------------------
    # What cannot be true
    # ------------------------------------------------------------

    @api.constrains("after_id", "plan_id")
    def _check_in_order(self):
        for one in self.sudo():  # the others of its file, whoever notes it
            if one._has_cycle("after_id") or one._has_cycle("plan_id"):
                raise one._refusal(self.env._("it cannot hang on itself."))
            if one.plan_id.plan_id or (one.plan_id and one.part_ids):
                raise one._refusal(
                    self.env._("an instalment has no instalments of its own.")
                )

    @api.constrains("plan_id", "amount", "currency_id")
    def _check_plan(self):
        """Instalments are no more than what is owed, in its currency."""
        for plan in self.plan_id | self.filtered("part_ids"):
            parts = plan.part_ids.filtered(lambda part: part.ruling not in VOID)
            if parts.currency_id - plan.currency_id:
                raise plan._refusal(
                    self.env._("its instalments are in its own currency."),
                    ValidationError,
                )
            total = sum(parts.mapped("amount"))
            if plan.currency_id.compare_amounts(total, plan.amount) > 0:
                raise plan._refusal(
                    self.env._("its instalments come to more than what is owed."),
                    ValidationError,
                )

    @api.constrains("result_id", "amount", "head", "currency_id", "owed_by")
    def _check_above_result(self):
        """More than the result gives is owed under a head that says why."""
        for result in self.sudo().result_id:  # whoever notes it, leads its file
            owed = result.obligation_ids.filtered(
                lambda one: (
                    one._is_ours()
                    and one.head == PRINCIPAL
                    and one.ruling not in VOID
                    and not one.plan_id
                    and one.currency_id == one.result_id.currency_id
                )
            )
            above = sum(owed.mapped("amount")) - result._find_given_amount()
            if result.currency_id.compare_amounts(above, 0) > 0:
                raise owed[-1]._refusal(
                    self.env._(
                        "the result gives less. What is owed beyond it has a head of "
                        "its own, such as interest or costs."
                    ),
                    ValidationError,
                )

    # ------------------------------------------------------------
    # Noting, changing
    # ------------------------------------------------------------

    @api.model
    def _get_money(self, holder_id):
        # which money a file is in, is no secret to who adds an amount to it
        file = self.env["iso10003.file"].browse(holder_id or ()).sudo()
        case = file and file._get_case().sudo()
        return (case and case.currency_id) or file.company_id.currency_id

    @api.model_create_multi
    def create(self, vals_list):
        obligations = super().create(vals_list)
        obligations._check_may_note()
        obligations._follow_course()
        return obligations

    @api.model
    def _note(self, vals_list):
        """Note what follows from a result by itself, whoever noted that."""
        return super().create(vals_list)  # pylint: disable=super-method-mismatch

    @api.model
    def _note_of_result(self, result, amount):
        """Note that we owe what a result gives, or as much of it as we accepted."""
        owed = self._note(
            [
                {
                    "file_id": result.dispute_id.sudo().file_ids.id,  # its own
                    "result_id": result.id,
                    "name": self.env._("Give what the result says"),
                    "amount": amount,
                    "currency_id": result.currency_id.id,
                    "day": result.due_date,
                }
            ]
        )
        owed._follow_course()
        return owed

    def write(self, vals):
        self._check_may_note()
        self._check_open(vals)
        result = super().write(vals)
        self._follow_course()
        return result

    def _check_may_note(self):
        """Who leads the case notes what is owed in it, until it is closed."""
        for one in self:
            case = one._get_case()
            case._check_may_oblige(one)

    def _check_open(self, vals):
        """What is settled stays, and so do the terms once some of it was done."""
        for one in self:
            settled = one.ruling in SETTLED
            frozen = vals.keys() if settled else TERMS & vals.keys()
            if (settled or one.performance_ids) and any(
                one._would_change(name, vals[name]) for name in frozen
            ):
                raise one._refusal(
                    self.env._(
                        "some of it was done, or it is settled: what is owed stays as "
                        "it is. Waive it with a reason, and note what holds instead."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for one in self:
            raise one._refusal(
                self.env._("it stays on record. Waive it, with a reason.")
            )

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_case(self):
        """Return the case, with the rights of who asks."""
        # only which one it is, is looked up with more
        return self.file_id.sudo()._get_case().with_env(self.env)

    def _get_registered_file(self):
        return self._get_case()

    def _get_leader(self):
        return self.sudo()._get_case()._get_leader()  # who sees to it, whoever asks

    def _outlives_file(self):
        """Return whether it is to be done, though its file was closed."""
        return self.watched

    def _is_ours(self):
        return self.owed_by == OURS

    def _get_refused_name(self):
        return self.env._(
            "%(file)s, obligation “%(what)s”",
            file=self.file_id.sudo().name,  # who notes it knows the file
            what=self.name,
        )
