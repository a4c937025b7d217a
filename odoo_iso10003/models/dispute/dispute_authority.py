# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import float_compare, float_repr

from ...core import authority, flow, segregation
from ..mixin.people_amount import format_people_amount
from ..mixin.plausible import is_number

TASK = "odoo_iso10003.activity_approve_concession"
GROUPS = {
    authority.MANAGER: "odoo_iso10003.group_manager",
    authority.SPONSOR: "odoo_iso10003.group_sponsor",
}
# questions of the dialog that who approves answers, without leading the file
APPROVING = frozenset({"approve", "refuse"})
# what the step to the next clause rests on, from this clause on
OWNED = ("owner",)
EVALUATED = ("owner", "evaluator", "findings")
BEFORE_EVALUATION = ("referral", "notice")


class DisputeAuthority(models.Model):
    """Who may decide what: separate duties, what we give, and who approves it.

    Who had which part in a file does not do what that part excludes (4.9, 7.4).

    What we pay, concede or give up is measured when it binds: where a result is noted,
    or a file ends early. The amount claimed plays no part. In the currency of the
    company, at the rate of that day, it has to be within the tier of who notes it, or
    within what was approved (5.3.1, 5.4, 7.5). Who corrects the day, weighs it anew.
    """

    _name = "iso10003.dispute"
    # before what it is added to: who is named is asked after the file is there
    _inherit = ["iso10003.segregated", "iso10003.dispute"]

    _part_fields = {"owner": "user_id", "evaluator": "evaluator_id"}
    _part_groups = {
        "owner": "odoo_iso10003.group_handler",
        "evaluator": "odoo_iso10003.group_handler",
        "rejecter": "odoo_iso10003.group_handler",
        "overrider": "odoo_iso10003.group_manager",
        "authorizer": "odoo_iso10003.group_manager",
        "lightener": "odoo_iso10003.group_manager",
    }
    _noted_parts = ("findings",)

    # what we give
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
        "res.currency",
        "Currency of the company",
        compute="_compute_company_currency_id",
        compute_sudo=True,
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
    # what somebody asked to give beyond the own tier, and who approved it
    approval_amount = fields.Monetary(
        "Asked to give",
        currency_field="approval_currency_id",
        readonly=True,
        copy=False,
        guarded=True,
        help="What somebody wants to pay, concede or give up beyond the own tier.",
    )
    approval_currency_id = fields.Many2one(
        "res.currency",
        "Currency asked for",
        readonly=True,
        copy=False,
        guarded=True,
        ondelete="restrict",
    )
    approval_asked_by_id = fields.Many2one(
        "res.users",
        "Approval asked by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    approval_asked_date = fields.Date(
        "Approval asked on", readonly=True, copy=False, guarded=True
    )
    approval_user_id = fields.Many2one(
        "res.users",
        "What we give approved by",
        readonly=True,
        copy=False,
        tracking=True,
        ondelete="restrict",
        guarded=True,
    )
    approval_level = fields.Selection(
        lambda self: (
            self.env["iso10003.policy.tier"]
            ._fields["level"]
            ._description_selection(self.env)
        ),
        "Approved at the level",
        readonly=True,
        copy=False,
        guarded=True,
    )
    approval_date = fields.Date(
        "What we give approved on", readonly=True, copy=False, guarded=True
    )

    @api.depends("company_id.currency_id")
    def _compute_company_currency_id(self):
        for dispute in self:
            dispute.company_currency_id = dispute.company_id._get_kept_currency()

    # ------------------------------------------------------------
    # Who had which part
    # ------------------------------------------------------------

    def _find_complaint(self, rows):
        """Return who handled the complaint, now or before, whoever is noted there."""
        ticket = self.ticket_id.sudo()  # who handled it counts, whoever may read it
        ticket.fetch(["user_id", "former_handler_ids"])  # and no more of it
        people = self.complaint_handler_id | ticket.user_id | ticket.former_handler_ids
        found = dict.fromkeys(people.ids)
        for row in rows:
            if row["event"] == "opened":
                for user in row["data"].get("complaint_handlers") or ():
                    found[user] = row["at"]
        return found

    def _find_opener(self, rows):
        """Return who opened the file where nobody was noted to handle the complaint.

        They took it up; else one person alone would lead a file to its end.
        """
        return {
            row["actor"]: row["at"]
            for row in rows
            if row["event"] == "opened"
            and not row["data"].get("complaint_handlers", self.complaint_handler_id.ids)
        }

    def _find_owner(self, rows):
        found = self._find_changed(rows, "user_id")
        for row in rows:
            if row["event"] == "opened" and row["data"].get("owner"):
                found.setdefault(row["data"]["owner"], row["at"])
        return found

    def _find_evaluator(self, rows):
        """Return who is to evaluate, and who had evaluated when 7.4.1 was left."""
        found = {
            row["data"]["evaluator"]: row["at"]
            for row in rows
            if row["event"] == "transition" and row["data"].get("evaluator")
        }
        if self.evaluator_id:
            found.setdefault(self.evaluator_id.id, None)
        return found

    def _find_bystander(self, rows):
        """Return who wrote the findings last, if that is not the evaluator.

        Who puts an outsider's word on record, with what shows it, wrote nothing.
        """
        writer = self._find_findings_writer(rows)
        if not writer or writer["actor"] == self.evaluator_id.id:
            return {}
        if self._is_evaluated_outside():
            return {}
        return {writer["actor"]: writer["at"]}

    def _find_findings_writer(self, rows):
        """Return the row of who wrote the findings last."""
        written = [
            row
            for row in rows
            if self._get_change(row, "findings")
            or (row["event"] == "opened" and self._were_opened_with_findings(row))
        ]
        return written[-1] if written else None

    def _were_opened_with_findings(self, row):
        return bool((row["data"].get("values") or {}).get("findings"))

    def _find_asker(self, rows):
        """Return who asked for the approval last."""
        asked = [row for row in rows if row["event"] == "concession_asked"]
        return {row["actor"]: row["at"] for row in asked[-1:]}

    def _find_noted_holder(self, part, rows):
        row = self._find_findings_writer(rows) if part == "findings" else None
        return self.env["res.users"].browse(row["actor"] if row else ())

    # ------------------------------------------------------------
    # What they do not do
    # ------------------------------------------------------------

    def _get_parts_taken(self, step, outcome):
        """Return the parts that a step rests on."""
        if step == "early_end" and outcome in segregation.REJECTIONS:
            return ("rejecter",)
        if step != "forward":
            return ()
        return OWNED if self.state in BEFORE_EVALUATION else EVALUATED

    def _find_conflicts(
        self, asked, only=(segregation.STRICT, segregation.TOLD), hands=None
    ):
        """Leave out the evaluator whom a manager let evaluate all the same."""
        return super()._find_conflicts(
            [
                (record, part, user)
                for record, part, user in asked
                if not (
                    part == "evaluator"
                    and record._name == self._name
                    and record.independence_override
                    and user == record.evaluator_id
                )
            ],
            only,
            hands,
        )

    def _prepare_conflict_checklist(self, step, rows=None):
        """Return what somebody has to answer for, as lines of the checklist."""
        if step == "early_end" or self.state == flow.CLOSED:
            return []
        return [
            {
                "code": conflict.code,
                "clause": self.env["iso10003.segregation"]._write_clause(conflict.code),
                "name": self._describe_conflict(conflict),
                "advice": self._describe_others(conflict),
                "severity": "warn"
                if conflict.strength == segregation.TOLD
                else "block",
                "met": False,
            }
            for conflict in self._find_untold(
                self._get_parts_taken("forward", None), rows=rows
            )
        ]

    def action_override_independence(self, evaluator_id, reason):
        """Let somebody evaluate who is not independent, as a manager.

        :param evaluator_id: id of the user who shall evaluate
        """
        self.ensure_one()
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._(
                    "Dispute %(number)s: only a dispute manager overrides the "
                    "independence of the evaluator.",
                    number=self.name,
                )
            )
        self._check_not_closed({"evaluator_id": evaluator_id})
        self._refuse_own("override_self", self.env["res.users"].browse(evaluator_id))
        self._need_reason(reason)
        self._lock()
        self._say_reason(reason)
        self._guarded_write(
            {"evaluator_id": evaluator_id, "independence_override": True}
        )
        self._register_event(
            "override", {"rule": "evaluator_independent", "user": evaluator_id}, reason
        )
        return True

    # ------------------------------------------------------------
    # What we give, when we are bound
    # ------------------------------------------------------------

    def _weigh_given(self, outcome, amount, currency_id, day):
        """Return what a result gives, as the file keeps it; asked before it binds.

        :param day: on which it binds
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
        return self._weigh_within(amount, currency, day)

    def _weigh_again(self, day):
        """Return what the noted result gives, had it bound us on another day.

        :raises UserError: when that is beyond the authority of who corrects the day
        """
        if not self.conceded_date:
            return self._prepare_nothing_given()
        return self._weigh_within(self.conceded_amount, self.conceded_currency_id, day)

    def _weigh_within(self, amount, currency, day):
        weighed = self._weigh(amount, currency, day)
        self._check_authority(weighed)
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
        given = self._fields["conceded_amount"]
        if not is_number(given, amount):
            self._refuse_no_number(given, amount)
        amount = currency.round(float(amount or 0))
        if amount < 0:
            raise self._refusal(
                self.env._(
                    "what we give cannot be %(amount)s. Give zero or more.",
                    amount=self._tell_amount(amount, currency),
                )
            )
        return amount, currency

    def _weigh(self, amount, currency, day=None):
        """Return what an amount is in the currency of the company.

        :param day: whose rate counts; that of today when not given
        """
        day = day or self._get_company_day()
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
        if not self._is_rated(currency, day):
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

    def _is_rated(self, currency, day):
        """Return whether it can be said how much a currency is in the company's."""
        rated = self.env["res.currency.rate"].sudo()  # rates are no secret
        return currency == self.company_currency_id or bool(
            rated.search_count(
                Domain("currency_id", "=", currency.id)
                & Domain("company_id", "in", [False, self.company_id.root_id.id])
                & Domain("name", "<=", day),
                limit=1,
            )
        )

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

    def _get_limits(self, day=None):
        """Return ``{level: limit}`` of the file's version, in the company's money.

        :param day: whose rate counts; that of today when not given
        """
        policy = self.policy_id
        limits = policy._get_limits()
        if policy.currency_id == self.company_currency_id:
            return limits
        rate = self._get_rate(policy.currency_id, day or self._get_company_day())
        return {
            level: limit
            if limit is None
            else self.company_currency_id.round(limit * rate)
            for level, limit in limits.items()
        }

    def _check_authority(self, weighed):
        """Refuse what is neither within the user's tier nor approved.

        :param weighed: what :meth:`_weigh` returned
        """
        company_amount = weighed["conceded_company_amount"]
        limits, level = self._get_limits(weighed["conceded_date"]), self._get_level()
        if (
            not company_amount
            or authority.covers(limits, level, company_amount)
            or self._is_approved(limits, weighed)
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

    def _is_within_approved(self, weighed):
        """Return whether an amount is no more than the approved one, on its day."""
        currency, approved = self.approval_currency_id, self.approval_amount
        amount = weighed["conceded_amount"]
        if weighed["conceded_currency_id"] != currency.id:
            approved = approved * self._get_rate(currency, weighed["conceded_date"])
            amount = weighed["conceded_company_amount"]
            currency = self.company_currency_id
        return (
            float_compare(amount, approved, precision_rounding=currency.rounding) <= 0
        )

    # ------------------------------------------------------------
    # Asking for, and giving, authority beyond the own tier
    # ------------------------------------------------------------

    def action_request_approval(self, amount, currency_id=None, reason=None):
        """Ask whoever may for the approval of more than the own tier allows.

        :param amount: what we would pay, concede or give up
        :param currency_id: of the amount; the currency of the file when not given
        """
        self.ensure_one()
        self._check_expected_state()
        self._need_reason(reason)
        self._lock()
        if self.state == flow.CLOSED:
            raise self._refusal(self.env._("it is closed; nothing is given any more."))
        amount, currency = self._read_given(amount, currency_id)
        weighed = self._weigh(amount or 0, currency)["conceded_company_amount"]
        limits = self._get_limits()
        if authority.covers(limits, self._get_level(), weighed) or not weighed:
            raise self._refusal(
                self.env._(
                    "%(amount)s needs nobody's approval: you may decide about it. Note "
                    "the result.",
                    amount=self._tell_amount(amount or 0, currency),
                )
            )
        approver = self._find_approver(limits, weighed)
        self._track_set_log_message(reason)
        self._guarded_write(
            {
                **self._prepare_no_approval(),
                "approval_amount": amount,
                "approval_currency_id": currency.id,
                "approval_asked_by_id": self.env.uid,
                "approval_asked_date": self._get_company_day(),
            }
        )
        self._register_event("concession_asked", self._prepare_asked_data(), reason)
        self._give_approval_task(approver)
        return True

    def action_approve_concession(self, reason):
        """Approve what somebody else asked to give, with a reason."""
        self.ensure_one()
        self._check_may_approve()
        self._need_reason(reason)
        self._lock_to_approve()
        self._pass_door("action_approve_concession", reason)
        currency = self.approval_currency_id
        weighed = self._weigh(self.approval_amount, currency)["conceded_company_amount"]
        limits, level = self._get_limits(), self._get_level()
        if not authority.covers(limits, level, weighed):
            raise self._refusal(self._tell_too_high(limits, level, weighed))
        # who approves reads the file; only this is theirs to write
        self.sudo()._guarded_write(
            {
                "approval_user_id": self.env.uid,
                "approval_level": level,
                "approval_date": self._get_company_day(),
            }
        )
        self._register_event(
            "concession_approved",
            {**self._prepare_asked_data(), "level": level},
            reason,
        )
        self._end_approval_task()
        return True

    def action_refuse_concession(self, reason):
        """Do not approve what somebody asked to give, with a reason."""
        self.ensure_one()
        self._check_may_approve()
        self._need_reason(reason)
        self._lock_to_approve()
        self._register_event("concession_refused", self._prepare_asked_data(), reason)
        # as above
        self.sudo()._guarded_write(self._prepare_no_approval())
        self._end_approval_task()
        return True

    def _is_approved(self, limits, weighed):
        """Return whether an amount was approved, and is still within that tier."""
        company_amount = weighed["conceded_company_amount"]
        return bool(
            self.approval_user_id
            and authority.covers(limits, self.approval_level, company_amount)
            and self._is_within_approved(weighed)
        )

    def _check_may_ask(self, question):
        if question in APPROVING:
            return self._check_may_approve()
        return super()._check_may_ask(question)

    def _check_may_approve(self):
        """Refuse who is neither manager nor top management, and reads it not."""
        self.check_access("read")
        if self._get_level() == authority.HANDLER:
            raise AccessError(
                self.env._(
                    "A dispute manager or the top management approves what we give."
                )
            )

    def _lock_to_approve(self):
        # who approves need not lead the file, and waits in line with those who do
        self.sudo()._lock()
        self.invalidate_recordset(["approval_asked_by_id", "approval_user_id"])
        if not self.approval_asked_by_id or self.approval_user_id:
            raise self._refusal(
                self.env._("nobody waits for an approval. Reload the page.")
            )

    def _tell_too_high(self, limits, level, weighed):
        return self.env._(
            "%(amount)s is beyond your tier (%(level)s: up to %(limit)s, %(policy)s). "
            "“%(wanted)s” approves it.",
            **self._describe_tiers(limits, level, weighed),
        )

    def _prepare_no_approval(self):
        return dict.fromkeys(
            (
                "approval_amount",
                "approval_currency_id",
                "approval_asked_by_id",
                "approval_asked_date",
                "approval_user_id",
                "approval_level",
                "approval_date",
            ),
            False,
        )

    def _prepare_asked_data(self):
        return self._prepare_weighed_data(
            self._weigh(self.approval_amount, self.approval_currency_id)
        )

    def _find_approver(self, limits, weighed):
        """Return who is asked: of the lowest level that may, and not who asks."""
        for level, group in GROUPS.items():
            if not authority.covers(limits, level, weighed):
                continue
            people = self.company_id._get_members(group) - self.env.user
            company = self.company_id.sudo()  # it says openly who answers for disputes
            named = company.dispute_manager_id | company.dispute_sponsor_id
            if people:
                return ((people & named) or people)[:1]
        raise self._refusal(
            self.env._(
                "nobody else may approve %(amount)s. Give somebody the role that may, "
                "such as “Top management”, under Settings ▸ Users.",
                amount=self._tell_amount(weighed, self.company_currency_id),
            )
        )

    def _give_approval_task(self, approver):
        self.sudo().activity_unlink([TASK])  # of who was asked for something else
        self.activity_schedule(
            TASK,
            user_id=approver.id,
            summary=self.with_context(lang=approver.lang).env._(
                "Approve what we give: %(amount)s",
                amount=self._tell_amount(
                    self.approval_amount, self.approval_currency_id
                ),
            ),
        )

    def _end_approval_task(self):
        # the task may be that of another one who may approve
        self.sudo().activity_feedback([TASK])
