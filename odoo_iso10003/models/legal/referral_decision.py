# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

APPEAL_DECISIONS = ("use", "not_use", "lapsed")


class ReferralDecision(models.Model):
    """What was decided, what it obliges whom to do, and the right to appeal.

    A right of appeal does not lapse in silence: somebody decides with name and
    reason whether it is used, and until then ``referral_limits.py`` reminds.
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
    duty_done_date = fields.Date("Done on", tracking=True, sealed=True, deed=True)
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
        elif not (reason or "").strip():
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
