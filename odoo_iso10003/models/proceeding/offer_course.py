# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import AccessError

from ...core import offer as rules
from ...core.result import OURS, THEIRS
from ..mixin.people_date import format_people_date
from ..party.party import CHANNELS

# what only deeds write
GIVEN = {"readonly": True, "copy": False, "guarded": True}


class OfferCourse(models.Model):
    """What becomes of an offer, deed by deed, each on its day (7.5.1).

    What the complainant said is noted as it came, with what is wrong beside it. A word
    that does not bind yet is confirmed, or denied and decided by who does not lead.
    """

    _inherit = "iso10003.offer"

    answered_date = fields.Date("Answered on", **GIVEN, sealed=True, deed=True)
    answer_channel = fields.Selection(
        CHANNELS,
        "How it was answered",
        **GIVEN,
        sealed=True,
    )
    answered_by_id = fields.Many2one(
        "iso10003.party",
        "Answered by",
        **GIVEN,
        sealed=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    taken_by_id = fields.Many2one(
        "res.users",
        "Answer taken by",
        **GIVEN,
        sealed=True,
        ondelete="restrict",
    )
    # on the offer, and not in the discussion, whose papers may be taken to a bundle
    answer_proof = fields.Binary("What shows the answer", **GIVEN, attachment=True)
    answer_proof_name = fields.Char("Name of the answer", **GIVEN, sealed="digest")
    answer_sha256 = fields.Char("SHA-256 of the answer", **GIVEN, sealed=True)
    confirm_until = fields.Date("To be confirmed until", **GIVEN, sealed=True)
    confirmed_date = fields.Date("Confirmed on", **GIVEN, sealed=True, deed=True)
    confirmation = fields.Binary("What confirms it", **GIVEN, attachment=True)
    confirmation_name = fields.Char(
        "Name of the confirmation", **GIVEN, sealed="digest"
    )
    confirmation_sha256 = fields.Char(
        "SHA-256 of the confirmation", **GIVEN, sealed=True
    )
    bound_date = fields.Date("Binds since", **GIVEN, sealed=True, deed=True)
    # what is wrong with it, kept beside it
    late = fields.Boolean("After the time", **GIVEN, sealed=True)
    unmandated = fields.Boolean(
        "Without a part in the file",
        **GIVEN,
        sealed=True,
        help="Who accepted took no part on that day, or showed no document.",
    )

    # ------------------------------------------------------------
    # Made
    # ------------------------------------------------------------

    def action_note_made(self, date=None, channel=None, reason=None):
        """Note that ours was made already, by word or otherwise than by its letter.

        Beyond the tier of who notes it, it is on record and does not bind us yet.
        """
        day = self._begin("make", date)
        self._check_channel(channel)
        self._check_whole()
        vals = {"channel": channel}
        if self.state == rules.DRAFT and self._is_mine_to_authorize():
            self._authorize("approved")
        elif self.state == rules.DRAFT:
            vals["unratified"] = True
        self._be_made(day, reason, **vals)
        if self.unratified:
            self._ask_for_ratification()
        return True

    def _be_made(self, day, reason=None, **vals):
        """Let it be live, in the place of what it answers and of a former one."""
        live = self.dispute_id._find_live_offers() - self
        own = live.filtered(lambda one: one.side == self.side)
        own._guarded_write({"state": rules.WITHDRAWN})
        (live & self.former_id)._guarded_write({"state": rules.COUNTERED})
        live.flush_recordset()  # one of each side is live at a time
        self._guarded_write({**vals, "state": rules.MADE, "date": day})
        self.flush_recordset()
        self._register_deed("made", reason, date=day.isoformat())
        self.dispute_id._follow_offers()

    # ------------------------------------------------------------
    # Answered
    # ------------------------------------------------------------

    def action_accept(
        self, date=None, channel=None, party_id=None, proof=None, proof_name=None,
        reason=None,
    ):  # fmt: skip
        """Accept an offer of theirs, or note that they accepted ours.

        :param channel: how they said so, as ``party_id``; of theirs none is asked
        :param reason: why an acceptance after the last day counts
        """
        day = self._begin("accept", date)
        dispute = self.dispute_id
        if dispute._find_pending_offer():
            raise self._refusal(
                self.env._(
                    "another offer was accepted by word. Have that confirmed, or note "
                    "that it is denied, first."
                )
            )
        late = bool(self.expires and day > self.expires)
        self._check_late(late, reason)
        shown = self._digest_document(proof, proof_name)
        vals = {
            "answered_date": day,
            "taken_by_id": self.env.uid,
            "late": late,
            "answer_proof": proof,
            "answer_proof_name": proof_name,
            "answer_sha256": shown,
        }
        if self.side == THEIRS:
            self._authorize_acceptance(day)
            return self._be_accepted(day, reason, vals)
        party = self._check_answer(channel, party_id)
        vals |= {
            "answer_channel": channel,
            "answered_by_id": party.id,
            "unmandated": not party._filter_reading(),
        }
        policy = dispute.sudo().policy_id  # which binds, the version says
        bound = rules.binds(policy.offer_acceptance, channel, shown)
        if bound and not vals["unmandated"]:
            return self._be_accepted(day, reason, vals)
        until = day + relativedelta(days=policy.confirmation_days)
        self._guarded_write({**vals, "state": rules.BY_WORD, "confirm_until": until})
        self.flush_recordset()
        self._register_deed(
            "by_word", reason, date=day.isoformat(), channel=channel, late=late
        )
        dispute._follow_offers()
        return dispute.action_write_letter("offer_confirmation")

    def action_confirm_acceptance(
        self, date=None, channel=None, proof=None, proof_name=None, party_id=None
    ):
        """Note that an acceptance by word was confirmed, so that it binds."""
        day = self._begin("confirm", date)
        party = self._check_answer(channel, party_id or self.answered_by_id.id)
        policy = self.dispute_id.sudo().policy_id  # as above
        if not (
            rules.binds(policy.offer_acceptance, channel, proof)
            and party._filter_reading()
        ):
            choices = policy._fields["offer_acceptance"]
            labels = dict(choices._description_selection(self.env))
            raise self._refusal(
                self.env._(
                    "that does not confirm it. By the policy an acceptance binds thus: "
                    "“%(rule)s”, with what shows it, and said by somebody who takes "
                    "part in the file.",
                    rule=labels[policy.offer_acceptance],
                )
            )
        vals = {
            "confirmed_date": day,
            "confirmation": proof,
            "confirmation_name": proof_name,
            "confirmation_sha256": self._digest_document(proof, proof_name),
        }
        return self._be_accepted(day, None, vals, deed="confirmed")

    def action_contest(self, reason=None, date=None):
        """Note that the complainant denies an acceptance by word; somebody decides."""
        day = self._begin("contest", date)
        self.dispute_id._need_reason(reason)
        self._end_with(rules.CONTESTED, "contested", day, reason)
        self.dispute_id._ask_to_decide(self)
        return True

    def action_decide(self, holds, reason=None):
        """Decide whether a contested acceptance holds, as who does not lead the file.

        :param holds: whether it does
        """
        self.ensure_one()
        self._check_decider()
        dispute = self.dispute_id
        dispute._need_reason(reason)
        dispute._check_not_frozen()
        dispute.sudo()._lock()  # who decides need not lead the file
        self.invalidate_recordset()
        self._check_state("decide")
        day = self._get_company_day()
        offer = self.sudo()  # who decides reads the file; only this is theirs to write
        if not holds:
            offer._end_with(rules.REJECTED, "denied", day, reason)
            return True
        offer._guarded_write({"state": rules.ACCEPTED, "bound_date": day})
        self._register_deed("upheld", reason, date=day.isoformat())
        dispute._follow_offers()
        return self._bind()

    def action_reject(self, date=None, channel=None, reason=None):
        """Reject an offer of theirs, or note that they rejected ours."""
        day = self._begin("reject", date)
        vals = {"taken_by_id": self.env.uid, "answered_date": day}
        if self.side == OURS and channel:
            self._check_channel(channel)
            vals["answer_channel"] = channel
        self._guarded_write(vals)
        self._end_with(rules.REJECTED, "rejected", day, reason)
        return True

    def action_withdraw(self, reason=None, date=None):
        """Withdraw an offer that does not bind yet, or note that they withdrew it."""
        self._begin_any()
        if not self._awaits_ratification():
            self._check_state("withdraw")
        day = self._read_day(date)
        if self.date:
            self.dispute_id._need_reason(reason)
        self._end_with(rules.WITHDRAWN, "withdrawn", day, reason)
        return True

    def _end_with(self, state, deed, day, reason=None):
        self._guarded_write({"state": state})
        self.flush_recordset()
        self._register_deed(deed, reason, date=day.isoformat())
        self.dispute_id._follow_offers()

    # ------------------------------------------------------------
    # Accepted, it makes the result
    # ------------------------------------------------------------

    def _be_accepted(self, day, reason, vals, deed="accepted"):
        bound = {} if self.unratified else {"bound_date": day}
        self._guarded_write({**vals, **bound, "state": rules.ACCEPTED})
        self.flush_recordset()
        data = {"date": day.isoformat(), "late": self.late}
        if self.answer_channel:
            data["channel"] = self.answer_channel
        self._register_deed(deed, reason, **data)
        self.dispute_id._follow_offers()
        return self._bind()

    def _bind(self):
        """Make the result of an accepted offer, or have it made by who may."""
        dispute = self.dispute_id
        if self.unratified:
            self._ask_for_ratification()
            return {"type": "ir.actions.act_window_close"}
        if not dispute.has_access("write"):
            dispute.sudo()._ask_to_settle(self)  # who leads the file is told
            return {"type": "ir.actions.act_window_close"}
        return dispute._settle_offer(self)

    def action_settle(self):
        """Make the result of an offer that was accepted, so that it binds."""
        self._begin_any()
        if self.state != rules.ACCEPTED or self.result_id:
            raise self._refusal(
                self.env._("it is not accepted, or has made its result already.")
            )
        return self._bind()

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_ask(self, question=None):
        """Ask for the day, way and reason of a deed.

        :param question: of the dialog ``iso10003.offer.step``
        """
        self.ensure_one()
        self.check_access("read")
        steps = self.env["iso10003.offer.step"]._fields["question"]
        labels = dict(steps._description_selection(self.env))
        leads = self.dispute_id._find_claiming().filtered("leads")
        return self._open_dialog(
            "iso10003.offer.step",
            labels.get(question),
            default_offer_id=self.id,
            default_question=question,
            default_party_id=leads.id,
        )

    def action_counter(self):
        """Ask for the offer that answers this one."""
        self.ensure_one()
        dispute = self.dispute_id
        ours = self.side == OURS
        return dispute.action_note_offer() if ours else dispute.action_make_offer()

    def action_write_letter(self, kind="offer"):
        """Open the letter that makes it, or that asks to confirm its acceptance."""
        return self.dispute_id.action_write_letter(kind)

    def action_noted(self):
        """Close the dialog; the offer was noted when it was saved."""
        return {"type": "ir.actions.act_window_close"}

    # ------------------------------------------------------------
    # What a deed asks first
    # ------------------------------------------------------------

    def _begin(self, step, date):
        """Let who leads the file take a step, and return its day, as it can be."""
        self._begin_any()
        self._check_state(step)
        return self._read_day(date)

    def _begin_any(self):
        self.ensure_one()
        self.dispute_id._check_may_record_result()  # and waits in line
        self.invalidate_recordset()

    def _check_state(self, step):
        if self.state not in rules.FROM[step]:
            raise self._refusal(
                self.env._(
                    "it is “%(state)s” by now. Reload the page.",
                    state=self._selection_label("state"),
                )
            )

    def _read_day(self, date):
        self._check_given("answered_date", date)
        day = fields.Date.to_date(date) or self._get_company_day()
        if self.date and day < self.date:
            raise self._refusal(
                self.env._(
                    "that cannot be of %(day)s, before it was made.",
                    day=format_people_date(self.env, day, "short"),
                )
            )
        return day

    def _check_late(self, late, reason):
        """Refuse one after its last day without a why, and one that others followed."""
        later = self.dispute_id._find_live_offers() - self
        if later.filtered(lambda one: one.side == self.side):
            raise self._refusal(self.env._("a later offer has taken its place."))
        if late and not self._is_said(reason):
            raise self._refusal(
                self.env._("its last day is over. Say why the acceptance still counts.")
            )

    def _check_channel(self, channel):
        if not isinstance(channel, str) or channel not in dict(CHANNELS):
            raise self._refusal(self.env._("say how it was said."))

    def _check_answer(self, channel, party_id):
        """Return who answered for the complainant."""
        self._check_channel(channel)
        known = party_id if isinstance(party_id, int) else ()
        party = self.env["iso10003.party"].browse(known or ()).exists()
        party.check_access("read")
        file = self.dispute_id.sudo().file_ids  # its own
        if len(party) != 1 or party.sudo().file_id != file:
            raise self._refusal(self.env._("say who said it for the complainant."))
        return party.sudo()  # how they stand, whoever notes the answer

    def _check_decider(self):
        """Who decides it is a manager or top management, and does not lead the file."""
        case = self.sudo().dispute_id  # who leads it, whoever decides
        groups = "odoo_iso10003.group_manager,odoo_iso10003.group_sponsor"
        self.check_access("read")
        if not self.env.user.has_groups(groups) or case.user_id == self.env.user:
            raise AccessError(
                self.env._(
                    "%(file)s: a dispute manager or top management decides that, and "
                    "not who leads the file.",
                    file=case.name,
                )
            )

    def _ask_for_ratification(self):
        """Give a task to who may ratify it; what happened stays where nobody may."""
        dispute = self.dispute_id
        if ratifier := dispute._find_ratifier(self):
            dispute._ask_about_offer(self, ratifier)
