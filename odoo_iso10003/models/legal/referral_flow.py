# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import docket, segregation

# decisions that are taken on a settle-or-litigate sheet, and freeze it
FREEZING = docket.WEIGHED | {"appeal", "review"}


class ReferralFlow(models.Model):
    """The one door of a referral: every change of state goes through here.

    The buttons call the public methods, which may be called by RPC as well: each
    checks by itself what it needs. What a step wants on record first, a method
    ``_wanted_to_<step>`` lists; the form shows the list of the next step, and the
    door refuses a step while something of its list is missing.
    """

    _inherit = "iso10003.referral"

    _step_dialog = "iso10003.referral.step"
    _step_link = "referral_id"

    checklist = fields.Json("What is still wanted", compute="_compute_checklist")

    # ------------------------------------------------------------
    # What a user can do
    # ------------------------------------------------------------

    def action_approve(self, reason=None):
        """Let the matter be filed: somebody else's draft, within one's own tier.

        :param reason: why by who also reviews it, where the policy lets that be told
        :return: the question for the reason, if one is needed
        """
        self.ensure_one()
        untold = self._find_untold(("approver",)) if not reason else ()
        if untold and all(one.strength == segregation.TOLD for one in untold):
            return self.action_ask("approve")
        return self._transition("approve", reason)

    def action_send_back(self, reason):
        """Send an approved referral back to draft, to change it."""
        self.ensure_one()
        return self._transition("send_back", reason)

    def action_file(self):
        """Note that the matter was filed, by us or by the complainant."""
        self.ensure_one()
        theirs = self.side == "complainant"
        return self._transition("note_filing" if theirs else "file")

    def action_take_up(self):
        """Note that the authority has taken the matter up, under its docket number."""
        self.ensure_one()
        return self._transition("take_up")

    def action_decide(self):
        """Note the decision; what it obliges whom to do goes to the dispute's file."""
        self.ensure_one()
        self._transition("decide")
        self._return_result()
        return True

    def action_enforce(self):
        """Note that the decision was enforced."""
        self.ensure_one()
        return self._transition("enforce")

    def action_close(self):
        """Close a decided referral of which nothing is to be enforced."""
        self.ensure_one()
        return self._transition("close")

    def action_settle(self, reason, result=None):
        """End the matter by an agreement with the other side.

        :param result: what is agreed: new values of the result, also of a decided one
        """
        self.ensure_one()
        self._check_expected_state()
        self._lock()
        self._find_way("settle")
        self._write_result(result or {})
        self._transition("settle", reason)
        self._return_result()
        return True

    def action_withdraw(self, reason):
        """Take the matter back from the authority, or not file it after all."""
        self.ensure_one()
        return self._transition("withdraw", reason)

    def action_reopen(self, reason):
        """Reopen an ended referral where it ended, as a manager."""
        self.ensure_one()
        self._transition("reopen", reason)
        self._return_again()
        return True

    # ------------------------------------------------------------
    # The door
    # ------------------------------------------------------------

    def _transition(self, step, reason=None):
        """Take one referral by ``step`` to where the step leads.

        :param step: a step of ``core/docket.py``
        :param reason: free text; needed where the step leaves the plain way
        :raises UserError: says what is wanted, or that there is no such way
        """
        self.ensure_one()
        self._check_expected_state()
        self._lock()
        from_state = self.state
        to_state = self._find_way(step)
        self._check_step(step, reason)
        self._freeze_estimate(step)
        self._say_reason(reason)
        self._end_limit_reminders(step)
        self._guarded_write(self._prepare_transition_vals(step, to_state))
        self._register_event(
            "transition",
            self._prepare_transition_data(step, from_state),
            reason,
        )
        self._move_clocks()
        return True

    def _find_way(self, step):
        to_state = docket.target(step, self.state, self.ended_from)
        if not to_state and step in ("file", "note_filing") and self.state == "draft":
            raise self._refusal(self.env._("it is filed once somebody approved it."))
        if not to_state:
            steps = self.env["iso10003.register"]._get_referral_steps()
            raise self._refusal(
                self.env._(
                    "it is “%(state)s”, and there is no way from there by “%(step)s”.",
                    state=self._selection_label("state", self.state),
                    step=steps.get(step, step),
                )
            )
        return to_state

    def _check_step(self, step, reason):
        if step in docket.REASONED:
            self._need_reason(reason)
        if step == "approve":
            self._pass_door("_transition", reason)
            self._check_tier(self.amount)
        if step == "reopen" and not self._is_manager(self.env.user):
            raise self._refusal(self.env._("only a dispute manager reopens it."))
        missing = [want["name"] for want in self._list_wanted(step) if not want["met"]]
        if missing:
            raise self._refusal_of_missing(missing)

    def _refusal_of_missing(self, names):
        return self._refusal(
            self.env._("this is still wanted:")
            + "".join(f"\n• {name}" for name in names)
        )

    def _check_tier(self, amount):
        """Above the limit of the policy a manager answers for it."""
        if not self._is_above_limit(amount) or self._is_manager(self.env.user):
            return
        raise self._refusal(
            self.env._(
                "a dispute manager approves it: the amount in dispute is above "
                "counsel's limit of %(limit)s, or not stated.",
                limit=self.policy_id.currency_id.format(self.policy_id.counsel_limit),
            )
        )

    def _is_above_limit(self, amount):
        limit = self.policy_id.counsel_limit
        if not limit or not amount:
            return bool(limit)
        claimed = self.currency_id._convert(
            amount,
            self.policy_id.currency_id,
            self.company_id,
            fields.Date.context_today(self),
        )
        return claimed > limit

    def _prepare_transition_vals(self, step, to_state):
        today = fields.Date.context_today(self)
        vals = {"state": to_state, "state_date": fields.Datetime.now()}
        if to_state in docket.ENDS:
            vals["ended_from"] = self.state
        if step == "approve":
            vals.update(approver_id=self.env.uid, approved_date=today)
        if step == "send_back":
            vals.update(approver_id=False, approved_date=False)
        if step == "reopen":
            vals["ended_from"] = False
        return {**vals, **self._prepare_review_vals(to_state)}

    def _prepare_transition_data(self, step, from_state):
        data = {"step": step, "from": from_state, "to": self.state}
        if step == "approve":
            data["amount"] = self._seal_amount(self.amount)
        if step == "decide":
            data["result"] = self.result
        return data

    def _is_manager(self, user):
        return user.has_group("odoo_iso10003.group_manager")

    def _present_estimate(self):
        """Return the sheet that is not decided on yet."""
        return self.estimate_ids.filtered(lambda sheet: not sheet.frozen_date)

    def _freeze_estimate(self, decision):
        if decision in FREEZING:
            self._present_estimate()._freeze(decision)

    # ------------------------------------------------------------
    # What each step wants
    # ------------------------------------------------------------

    @api.depends_context("uid", "lang")
    def _compute_checklist(self):
        for referral in self:
            step = docket.AHEAD.get(referral.state)
            referral.checklist = referral._list_wanted(step) if step else []

    def _list_wanted(self, step):
        """Return what ``step`` wants: ``[{"code", "name", "met", …}]``."""
        self.ensure_one()
        wanted = getattr(self, f"_wanted_to_{step}", None)
        return [
            {
                "code": code,
                "name": name,
                "met": bool(met),
                "clause": "",
                "advice": "",
                "severity": "block",
            }
            for code, name, met in (wanted() if wanted else [])
        ]

    def _wanted_to_approve(self):
        wanted = [
            ("authority", self.env._("The authority"), self.authority_id),
            (
                "basis",
                self.env._("The basis, with the law or clause"),
                self._is_based(),
            ),
            (
                "reason",
                self.env._("The reason why an authority is needed"),
                (self.reason or "").strip(),
            ),
            ("counsel", self.env._("The counsel in charge"), self.counsel_id),
            (
                "reviewer",
                self.env._("A reviewer who does not handle it"),
                self.reviewer_id,
            ),
        ]
        if self.side != "complainant":
            wanted.append(
                (
                    "limitation",
                    self.env._("The limitation date, with the rule that gives it"),
                    self.limitation_date and (self.limitation_rule or "").strip(),
                )
            )
            if self._is_above_limit(self.amount):
                wanted.append(
                    (
                        "estimate",
                        self.env._("A settle-or-litigate sheet of today's knowledge"),
                        self._present_estimate(),
                    )
                )
        return wanted

    def _is_based(self):
        return self.basis and (self.legal_basis or "").strip()

    def _wanted_to_file(self):
        wanted = [
            ("filed_date", self.env._("The date of filing"), self.filed_date),
            ("filing_number", self.env._("The filing number"), self.filing_number),
        ]
        if self.stops_clocks:
            wanted.append(
                (
                    "clocks",
                    self.env._("Until when the clocks stand still, a day to come"),
                    self.clocks_until
                    and self.clocks_until > fields.Date.context_today(self),
                )
            )
        return wanted

    def _wanted_to_note_filing(self):
        return [
            ("authority", self.env._("The authority"), self.authority_id),
            ("counsel", self.env._("The counsel in charge"), self.counsel_id),
            (
                "reviewer",
                self.env._("A reviewer who does not handle it"),
                self.reviewer_id,
            ),
            *self._wanted_to_file(),
        ]

    def _wanted_to_take_up(self):
        return [
            ("docket_number", self.env._("The docket number"), self.docket_number),
        ]

    def _wanted_to_decide(self):
        wanted = [
            ("docket_number", self.env._("The docket number"), self.docket_number),
            (
                "decision_date",
                self.env._("The date of the decision"),
                self.decision_date,
            ),
            ("result", self.env._("The result"), self.result),
            (
                "appealable",
                self.env._("Whether the decision may be appealed"),
                self.appealable,
            ),
            (
                "duty",
                self.env._("Whom it obliges, to what and until when"),
                self._is_duty_stated(),
            ),
        ]
        return wanted

    def _is_duty_stated(self):
        if self.duty_party == "nobody":
            return True
        return self.duty_party and self.duty_summary and self.duty_date

    def _wanted_to_enforce(self):
        return [
            (
                "enforced_date",
                self.env._("The date of enforcement"),
                self.enforced_date,
            ),
            *self._wanted_to_end(),
        ]

    def _wanted_to_close(self):
        return self._wanted_to_end()

    def _wanted_to_end(self):
        return [
            (
                "appeal",
                self.env._("The right of appeal used, waived or noted as lapsed"),
                self.appealable != "yes" or self.appeal_decision,
            ),
            (
                "instances",
                self.env._("The instances that follow from it ended"),
                not self._open_children(),
            ),
        ]

    def _wanted_to_settle(self):
        return [
            (
                "settled_date",
                self.env._("The date of the settlement"),
                self.settled_date,
            ),
            (
                "duty",
                self.env._("Whom it obliges, to what and until when"),
                self._is_duty_stated(),
            ),
            (
                "instances",
                self.env._("The instances that follow from it ended"),
                not self._open_children(),
            ),
        ]
