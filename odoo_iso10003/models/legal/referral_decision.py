# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..mixin.people_date import format_people_date
from .duties import WITH_RESULT

APPEAL_DECISIONS = ("use", "not_use", "lapsed")
# what a decision or settlement says: once it is noted, it changes by a step
RESULT = (
    "decision_date",
    "result",
    "awarded",
    "decision",
    "duty_party",
    "duty_summary",
    "duty_date",
)
# a later instance that decides the matter itself replaces the decision before it
REPLACING = ("appeal", "cassation", "annulment")
DECIDED_ITSELF = ("for_us", "partly", "for_other")


class ReferralDecision(models.Model):
    """What was decided, what it obliges whom to do, and the right to appeal.

    A right of appeal does not lapse in silence: somebody decides with name and
    reason whether it is used, and until then ``referral_reminding.py`` reminds.

    What was noted as decided is corrected by a step with a reason, and the dispute's
    file is told anew: its last row of a referral is what holds. What an instance
    obliges to ends as replaced when a later one decides the matter itself, so that
    nothing is paid twice.
    """

    _inherit = "iso10003.referral"

    # the decision
    decision_date = fields.Date("Decided on", tracking=True, sealed=True, deed=True)
    decision_served_date = fields.Date(
        "Decision served on",
        tracking=True,
        help="When the decision was served on us: the limit to appeal runs from it.",
        sealed=True,
        deed=True,
    )
    result = fields.Selection(
        [
            ("for_us", "For us"),
            ("partly", "In part for each"),
            ("for_other", "For the other party"),
            ("no_jurisdiction", "The authority is not competent"),
            ("discontinued", "Discontinued"),
        ],
        tracking=True,
        index="btree_not_null",
        sealed=True,
    )
    decision = fields.Html("Decision and reasons", prefetch=False, sealed="digest")
    awarded = fields.Monetary(
        tracking=True,
        help="What we owe by the decision or settlement, without our own costs.",
        sealed=True,
    )
    enforced_date = fields.Date("Enforced on", tracking=True, sealed=True, deed=True)
    settled_date = fields.Date("Settled on", tracking=True, sealed=True, deed=True)
    # what it obliges whom to do by when: read by the handlers of the dispute
    duty_party = fields.Selection(
        [
            ("organization", "The organization"),
            ("complainant", "The other party"),
            ("both", "Both"),
            ("nobody", "Nobody"),
        ],
        "Obliges",
        tracking=True,
        sealed=True,
    )
    duty_summary = fields.Char(
        "To do what",
        tracking=True,
        help="Without anything privileged: the handlers of the dispute read it.",
        sealed="digest",
    )
    duty_date = fields.Date("To be done by", tracking=True, sealed=True)
    duty_done_date = fields.Date(
        "Done on",
        readonly=True,
        copy=False,
        tracking=True,
        guarded=True,
        sealed=True,
        deed=True,
        help="When the last of its obligations was done.",
    )
    duty_ids = fields.One2many(
        "iso10003.obligation", "referral_id", "What it obliges to", readonly=True
    )
    duty_replaced_by_id = fields.Many2one(
        "iso10003.referral",
        "Replaced by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
        help="The later instance whose decision holds in the place of this one.",
        guarded=True,
    )
    # the right to appeal
    appealable = fields.Selection(
        [("yes", "Yes"), ("no", "No, it is final")],
        "May be appealed",
        tracking=True,
        sealed=True,
    )
    appeal_until = fields.Date(
        "Last day to appeal",
        tracking=True,
        help="The last day on which an appeal may be filed.",
    )
    appeal_rule = fields.Char(
        "Rule of the appeal limit",
        help="The law or rule that gives the last day.",
        sealed="digest",
    )
    appeal_decision = fields.Selection(
        [
            ("use", "Appeal"),
            ("not_use", "Do not appeal"),
            ("lapsed", "Lapsed without a decision"),
        ],
        "Right of appeal",
        readonly=True,
        copy=False,
        tracking=True,
        guarded=True,
    )
    appeal_reason = fields.Text(
        "Reason for it", readonly=True, copy=False, guarded=True
    )
    appeal_user_id = fields.Many2one(
        "res.users",
        "Appeal decided by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    appeal_decided_date = fields.Date(
        "Appeal decided on", readonly=True, copy=False, guarded=True
    )

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    def _check_result_stays(self, vals):
        """What was noted as decided is corrected by a step with a reason."""
        decided = self.filtered(lambda referral: referral.state == "decided")
        for referral in decided._changing(frozenset(RESULT), vals):
            raise referral._refusal(
                self.env._(
                    "its decision is on record, and the dispute's file was told. "
                    "Correct the result, with a reason."
                )
            )

    def _check_appeal_limit(self):
        """From the day of service on it is known until when one may appeal.

        Called after each write that concerns it, and after the rules of the policy
        have counted the last day: see ``referral_counted_limits.py``.
        """
        for referral in self:
            if referral.appealable != "yes" or not referral.decision_served_date:
                continue
            if not referral.appeal_until or not (referral.appeal_rule or "").strip():
                raise ValidationError(
                    self.env._(
                        "Referral %(number)s: the decision was served and may be "
                        "appealed. Give the last day to appeal, with its rule.",
                        number=referral.name,
                    )
                )
            if referral.appeal_until < referral.decision_served_date:
                raise ValidationError(
                    self.env._(
                        "Referral %(number)s: the last day to appeal cannot be "
                        "before the day of service.",
                        number=referral.name,
                    )
                )

    @api.constrains(
        "claim_date",
        "filed_date",
        "served_date",
        "decision_date",
        "decision_served_date",
    )
    def _check_dates_in_order(self):
        for referral in self:
            for earlier, later in (
                ("claim_date", "filed_date"),
                ("filed_date", "served_date"),
                ("filed_date", "decision_date"),
                ("decision_date", "decision_served_date"),
            ):
                if referral[earlier] and referral[later]:
                    referral._check_in_order(earlier, later)

    def _check_in_order(self, earlier, later):
        if self[later] < self[earlier]:
            labels = self.fields_get([earlier, later], ["string"])
            raise ValidationError(
                self.env._(
                    "Referral %(number)s: “%(later)s” cannot be before “%(earlier)s”.",
                    number=self.name,
                    later=labels[later]["string"],
                    earlier=labels[earlier]["string"],
                )
            )

    # ------------------------------------------------------------
    # The right to appeal
    # ------------------------------------------------------------

    def action_decide_appeal(self, decision, reason, kind="appeal"):
        """Decide whether the right of appeal is used, with name and reason.

        :param decision: one of APPEAL_DECISIONS
        :param kind: which instance hears it, where it is used
        :return: the new instance to look at, where it is used
        """
        self.ensure_one()
        self._check_appeal_decision(decision, reason)
        self._lock()
        if decision == "not_use":
            self._pass_door("action_decide_appeal", reason)
        self._freeze_estimate("appeal")
        self._guarded_write(
            {
                "appeal_decision": decision,
                "appeal_reason": reason,
                "appeal_user_id": self.env.uid,
                "appeal_decided_date": fields.Date.context_today(self),
            }
        )
        self._register_event(
            "appeal_right",
            {
                "decision": decision,
                "until": self.appeal_until and self.appeal_until.isoformat() or None,
            },
            reason,
        )
        self.activity_unlink(["odoo_iso10003.activity_legal_limit"])
        if decision == "use":
            return self._open_instance(kind).get_formview_action()
        return True

    def _check_appeal_decision(self, decision, reason):
        lapsed = self._appeal_has_lapsed()
        if self.state != "decided" or self.appealable != "yes" or self.appeal_decision:
            why = self.env._("there is no right of appeal to decide about.")
        elif decision not in APPEAL_DECISIONS:
            why = self.env._("say whether the right of appeal is used.")
        elif not self._is_said(reason):
            why = self.env._("a reason is needed; it is kept on record.")
        elif decision == "lapsed" and not lapsed:
            why = self.env._("the right of appeal has not lapsed yet: decide about it.")
        elif decision != "lapsed" and lapsed:
            why = self.env._("the last day to appeal is over: note that it has lapsed.")
        else:
            return
        raise self._refusal(why)

    def _appeal_has_lapsed(self):
        today = fields.Date.context_today(self)
        return bool(self.appeal_until) and self.appeal_until < today

    # ------------------------------------------------------------
    # Correcting
    # ------------------------------------------------------------

    def action_correct_result(self, result, reason):
        """Correct what was noted of the decision, and tell the dispute's file anew.

        :param result: new values of fields of ``RESULT``
        """
        self.ensure_one()
        self._check_expected_state()
        self._lock()
        self._need_reason(reason)
        if self.state != "decided":
            raise self._refusal(self.env._("only a decision on record is corrected."))
        if not self._write_result(result):
            raise self._refusal(self.env._("the correction changes nothing."))
        missing = [
            want["name"] for want in self._list_wanted("decide") if not want["met"]
        ]
        if missing:
            raise self._refusal_of_missing(missing)
        self._register_event("result_corrected", {"result": self.result}, reason)
        self._return_result()
        return True

    def _write_result(self, result):
        """Write values of a result, and return whether any of them was new.

        What was before and what is now, the register keeps: the fields are sealed.
        """
        self._refuse_fields(result.keys() - set(RESULT))
        changed = {
            name: value
            for name, value in result.items()
            if self._would_change(name, value)
        }
        if changed:
            self._guarded_write(changed)
        return bool(changed)

    # ------------------------------------------------------------
    # Back to the dispute
    # ------------------------------------------------------------

    def _return_result(self):
        """Tell the dispute's file what came out, and what it obliges whom to do.

        What was told before is replaced, if anything changed since.
        """
        self.ensure_one()
        self._replace_former_duties()
        self._note_duties()
        self._tell_dispute()

    def _return_again(self):
        """Tell the dispute's file if what it was told does not hold any more."""
        if self.dispute_id and self._find_told_result():
            self._return_result()

    def _tell_dispute(self):
        if not self.dispute_id:
            return
        data = self._prepare_result_data()
        note = self.duty_summary if data["obliges"] else None
        told = self._find_told_result()
        if told:
            # words cannot be compared in what is sealed; the note that is kept can
            if {**told.data, **data} == told.data and (told.note or "") == (note or ""):
                return
            data["replaces"] = told.sequence
        self.dispute_id._register_event("legal_result", data, note)

    def _find_told_result(self):
        """Return the last row that told the dispute's file of this referral."""
        # what was told of this referral is no secret to who handles it
        rows = self.env["iso10003.register"].sudo()
        told = rows.search(
            [
                ("file", "=", self.dispute_id._register_file()),
                ("event", "=", "legal_result"),
            ],
            order="sequence desc",
        )
        return told.filtered(lambda row: row.data.get("referral") == self.name)[:1]

    def _prepare_result_data(self):
        holds = self.state in WITH_RESULT
        obliges = holds and not self.duty_replaced_by_id
        return {
            "referral": self.name,
            "state": self.state,
            "result": self.result if holds and self.result else None,
            "obliges": self.duty_party if obliges else None,
            "by": self.duty_date.isoformat() if obliges and self.duty_date else None,
            "replaced_by": self.duty_replaced_by_id.name or None,
        }

    def _describe_duty(self):
        """Return whom the result obliges, to what, by when; empty before it."""
        if self.state not in WITH_RESULT:
            return ["", "", ""]
        if self.duty_replaced_by_id:
            replaced = self.env._(
                "Replaced by %(number)s", number=self.duty_replaced_by_id.name
            )
            return [replaced, "", ""]
        return [
            self._selection_label("duty_party", self.duty_party),
            self.duty_summary or "",
            format_people_date(self.env, self.duty_date, "short"),
        ]

    # ------------------------------------------------------------
    # What a later instance replaces
    # ------------------------------------------------------------

    def _replace_former_duties(self):
        """End what the instances before oblige to, or let it hold again."""
        replaces = self._replaces_former()
        former = self._get_former_instances()
        if replaces:
            changed = former.filtered(lambda one: not one.duty_replaced_by_id)
        else:
            changed = former.filtered(lambda one: one.duty_replaced_by_id == self)
        for instance in changed:
            instance._guarded_write({"duty_replaced_by_id": replaces and self.id})
            instance._follow_replaced(replaces)
            instance._register_event(
                "duty_replaced", {"by": self.name if replaces else None}
            )
            instance._note_duties()
            instance._tell_dispute()

    def _follow_replaced(self, replaced):
        """Limits to do what was replaced end with it, and run again without that."""
        deadlines = self.env["iso10003.deadline"]
        if replaced:
            deadlines._end_moot(self, "duty_done")
        elif not self._is_frozen():
            deadlines._thaw(self, "matter_ended")

    def _replaces_former(self):
        if self.kind not in REPLACING or self.state not in WITH_RESULT:
            return False
        settled = self.state == "settled"
        return settled or self.result in DECIDED_ITSELF

    def _get_former_instances(self):
        """Return the instances before this one that have a result, nearest first."""
        former, instance = self.browse(), self.parent_id
        while instance:
            if instance.state in WITH_RESULT:
                former |= instance
            instance = instance.parent_id
        return former
