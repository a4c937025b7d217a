# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from ..mixin.people_date import format_people_date

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
# states in which a referral has a result
WITH_RESULT = ("decided", "enforced", "closed", "settled")
# a later instance that decides the matter itself replaces the decision before it
REPLACING = ("appeal", "cassation", "annulment")
DECIDED_ITSELF = ("for_us", "partly", "for_other")


class ReferralResult(models.Model):
    """The result of a referral, and what the dispute's file is told of it.

    What was noted as decided is corrected by a step with a reason, and the dispute's
    file is told anew: its last row of a referral is what holds. What an instance
    obliges to ends as replaced when a later one decides the matter itself, so that
    nothing is paid twice.
    """

    _inherit = "iso10003.referral"

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
    # a number and no link: whoever leads the dispute may delete its tasks
    duty_task = fields.Integer(
        "Task to carry it out",
        readonly=True,
        copy=False,
        aggregator=None,
        help="The number of the task that asks to carry out the result.",
        guarded=True,
    )

    def write(self, vals):
        decided = self.filtered(lambda referral: referral.state == "decided")
        for referral in decided._changing(frozenset(RESULT), vals):
            raise referral._refusal(
                self.env._(
                    "its decision is on record, and the dispute's file was told. "
                    "Correct the result, with a reason."
                )
            )
        return super().write(vals)

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
        self._tell_dispute()
        self._hand_duty_over()

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
            instance._register_event(
                "duty_replaced", {"by": self.name if replaces else None}
            )
            instance._tell_dispute()
            instance._hand_duty_over()

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

    # ------------------------------------------------------------
    # The task of who leads the dispute
    # ------------------------------------------------------------

    def _hand_duty_over(self):
        """Ask who leads the dispute to carry the result out, in the place of before."""
        # counsel hands it over to who leads the dispute, and may not write there
        dispute = self.dispute_id.sudo()
        if not dispute:
            return
        self._take_task_back(dispute)
        if not self._obliges_us():
            return
        owner = dispute._get_leader()
        words = self.with_context(lang=owner.lang).env
        task = dispute.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.duty_date,
            summary=words._("Carry out: %(what)s", what=self.duty_summary),
            user_id=owner.id,
        )
        self._guarded_write({"duty_task": task.id})

    def _obliges_us(self):
        return (
            self.state in WITH_RESULT
            and self.duty_party in ("organization", "both")
            and not self.duty_replaced_by_id
            and not self.duty_done_date
        )

    def _take_task_back(self, dispute):
        task = dispute.activity_ids.filtered(
            lambda activity: activity.id == self.duty_task
        )
        task.unlink()
        if self.duty_task:
            self._guarded_write({"duty_task": 0})
