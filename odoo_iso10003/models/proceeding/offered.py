# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ...core import authority, flow
from ...core import offer as rules
from ...core.result import OURS, THEIRS
from ...core.story import Source
from ..dispute.dispute_authority import GROUPS
from ..mixin.people_date import format_people_date

APPROVE_TASK = "odoo_iso10003.activity_approve_offer"
TASK = "odoo_iso10003.activity_offer"
# letters that tell of offers: marked, and for the parties alone
OFFER_LETTERS = ("offer", "offer_confirmation")


class Offered(models.AbstractModel):
    """A file in which both sides make offers, in any state (7.5.1).

    An offer is made and confirmed by a letter of its own, without prejudice. Once one
    is accepted so that it binds, what it says is settled as by *Settle now*
    (``settled.py``). While one is accepted by word, contested or beyond authority, the
    file does not go on.
    """

    _name = "iso10003.offered"
    _description = "File in which offers are made"

    offer_ids = fields.One2many("iso10003.offer", "dispute_id", "Offers", readonly=True)

    def _get_story_sources(self):
        made = Domain("dispute_id", "=", self.id) & Domain("date", "!=", False)
        return super()._get_story_sources() | {
            # of which the story for parties, which others may read, tells nothing
            "iso10003.offer": Source(self.env._("Offer"), made)
        }

    # ------------------------------------------------------------
    # Which there are
    # ------------------------------------------------------------

    def _find_offers(self, *states):
        offers = self.sudo().offer_ids  # which there are, whoever asks
        return offers.filtered(lambda one: one.state in states).with_env(self.env)

    def _find_live_offers(self):
        return self._find_offers(rules.MADE)

    def _find_pending_offer(self):
        """Return the one that was accepted by word, or whose acceptance is denied."""
        return self._find_offers(*rules.PENDING)

    def _find_unsettled_offers(self):
        """Return those of which it is not known whether they bind."""
        accepted = self._find_offers(rules.ACCEPTED).filtered(
            lambda one: not one.result_id
        )
        return accepted | self._find_pending_offer()

    # ------------------------------------------------------------
    # Making and noting them
    # ------------------------------------------------------------

    def action_make_offer(self):
        """Ask what we offer; the one of the other side that lives is countered."""
        return self._open_offer(OURS, self.env._("Make an offer"))

    def action_note_offer(self):
        """Ask what the other side offered."""
        leads = self._find_claiming().filtered("leads")
        return self._open_offer(
            THEIRS,
            self.env._("Note their offer"),
            default_date=self._get_company_day(),
            default_party_id=leads.id,
            default_expires=False,
        )

    def _open_offer(self, side, title, **context):
        self.ensure_one()
        self._check_may_record_result()
        if draft := side == OURS and self._find_offers(rules.DRAFT, rules.APPROVED):
            return {**self._open_dialog(draft._name, title), "res_id": draft[:1].id}
        live = self._find_live_offers().filtered(lambda one: one.side != side)
        return self._open_dialog(
            "iso10003.offer",
            title,
            default_dispute_id=self.id,
            default_side=side,
            default_former_id=live.id,
            default_proceeding_id=self._find_proceeding_in_force().id,
            **context,
        )

    def action_view_offers(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.offer_action"
        )
        return {**action, "domain": [("dispute_id", "=", self.id)], "context": {}}

    # ------------------------------------------------------------
    # Who is asked and told
    # ------------------------------------------------------------

    def _ask_about_offer(self, offer, approver):
        """Give a task to who may authorize it, in the place of a former one."""
        self.sudo().activity_unlink([APPROVE_TASK])  # of who was asked before
        self._give_task(
            APPROVE_TASK,
            approver,
            lambda file: file.env._(
                "Approve: %(offer)s", offer=offer.with_env(file.env).display_name
            ),
        )

    def _find_ratifier(self, offer):
        """Return somebody of the lowest level that may, and not who made it."""
        limits, measured = self._get_limits(), offer._measure()
        company = self.company_id.sudo()  # it says openly who answers for disputes
        named = company.dispute_manager_id | company.dispute_sponsor_id
        for level, group in GROUPS.items():
            people = self.company_id._get_members(group) - offer.sudo().author_id
            if people and authority.covers(limits, level, measured):
                return ((people & named) or people)[:1]
        return self.env["res.users"]

    def _ask_to_decide(self, offer):
        """Ask somebody who does not lead the file whether an acceptance holds."""
        managers = self.company_id._get_members(GROUPS[authority.MANAGER])
        named = self.company_id.sudo().dispute_manager_id  # as above
        people = managers - self._get_leader()
        if people:
            self._ask_about_offer(offer, ((people & named) or people)[:1])

    def _ask_to_settle(self, offer):
        self._tell_offer(
            self._get_leader(),
            lambda file: file.env._(
                "%(offer)s binds us: record what was settled",
                offer=offer.with_env(file.env).display_name,
            ),
        )

    def _tell_offer(self, user, describe):
        """Give a task on offers, in the place of the former one."""
        self.sudo().activity_unlink([TASK])  # of whoever had it
        if user:
            quietly = self.with_context(mail_activity_quick_update=True)
            quietly._give_task(TASK, user, describe)

    def _end_offer_tasks(self):
        # the task may be that of another one who may approve
        self.sudo().activity_unlink([APPROVE_TASK])

    def _follow_offers(self):
        """End tasks of its offers that are done."""
        offers = self.sudo().offer_ids  # how they stand, whoever did what
        waits = offers.filtered(
            lambda one: one.state == rules.CONTESTED or one._awaits_ratification()
        )
        if not waits:
            self._end_offer_tasks()
        if not self._find_offers(rules.MADE, rules.APPROVED, rules.BY_WORD):
            self.sudo().activity_feedback([TASK])  # of whoever had it

    # ------------------------------------------------------------
    # Papers
    # ------------------------------------------------------------

    def _is_marked_talk(self, message):
        """So is the mail that shows an offer of theirs."""
        offers = self.sudo().offer_ids  # which there are, whoever takes papers over
        return message in offers.mail_id or super()._is_marked_talk(message)

    # ------------------------------------------------------------
    # Letters
    # ------------------------------------------------------------

    def action_write_letter(self, kind="other"):
        """Letters that tell of offers bear the mark."""
        action = super().action_write_letter(kind)
        if kind in OFFER_LETTERS:
            action["context"]["default_without_prejudice"] = True
        return action

    @api.model
    def _get_letter_places(self):
        return {
            **super()._get_letter_places(),
            "offer": self.env._("What the offer says"),
            "offer_gives": self.env._("What we would give by the offer"),
            "offer_until": self.env._("Until when the offer is open"),
            "confirm_until": self.env._("Until when its acceptance is confirmed"),
        }

    def _find_offer_told_by(self, kind):
        """Return the offer that a letter of a kind tells of, if it is one of these."""
        if kind == "offer":
            ours = self._find_offers(rules.APPROVED, rules.MADE)
            ours = ours.filtered(lambda one: one.side == OURS)
            return ours.sorted(lambda one: one.state != rules.APPROVED)[:1]
        if kind == "offer_confirmation":
            return self._find_pending_offer()
        return self.env["iso10003.offer"]

    def _get_part_words(self, kind):
        words = super()._get_part_words(kind)
        offer = self._find_offer_told_by(kind).sudo()  # what the parties are told
        if not offer:
            return words
        days = {"offer_until": offer.expires, "confirm_until": offer.confirm_until}
        return {
            **words,
            "offer": offer.terms or "",
            "offer_gives": self._tell_amount(offer.amount, offer.currency_id),
            **{
                name: format_people_date(self.env, day)
                for name, day in days.items()
                if day
            },
        }

    def _check_told_by(self, letter):  # pylint: disable=missing-return
        """Refuse an offer that nobody authorized, or that others than parties read."""
        super()._check_told_by(letter)
        if letter.kind not in OFFER_LETTERS:
            return
        offer = self._find_offer_told_by(letter.kind)
        if not offer:
            raise self._refusal(
                self.env._(
                    "there is no offer that this letter tells. Press “Make an offer”, "
                    "and have it authorized, first."
                )
            )
        if not letter.without_prejudice or letter.audience != "parties":
            raise self._refusal(
                self.env._(
                    "an offer is without prejudice and for the parties: its letter "
                    "bears the mark."
                )
            )
        over = offer.expires and offer.expires < self._get_company_day()
        if over and letter.kind == "offer" and letter.channel == "mail":
            raise offer._refusal(
                self.env._("it would be over already. Withdraw it, and make another.")
            )
        # who takes part in it, whoever writes to them
        if letter.partner_ids - self.sudo()._get_parties():
            raise self._refusal(
                self.env._(
                    "an offer goes to the parties alone, and never to who decides."
                )
            )

    def _follow_letter(self, letter):  # pylint: disable=missing-return
        """What a letter offers is made with it, on the day on which it went."""
        super()._follow_letter(letter)
        offer = self._find_offers(rules.APPROVED) if letter.kind == "offer" else None
        if offer:
            way = "post" if letter.channel == "post" else "email"
            offer._be_made(letter.sent_date, letter_id=letter.id, channel=way)

    # ------------------------------------------------------------
    # Accepted, it is settled
    # ------------------------------------------------------------

    def _settle_offer(self, offer):
        """Settle what an accepted offer says, and open the letter that tells it."""
        settlement = self.env["iso10003.settlement"].create(
            {
                "dispute_id": self.id,
                "offer_id": offer.id,
                "claim_ids": (offer.claim_ids & self._find_open_claims()).ids,
                "text": offer.terms,
                "date": offer.bound_date,
                "amount": offer.amount,
                "currency_id": offer.currency_id.id,
                "performance": "due",
                "due_date": fields.Date.add(offer.bound_date, days=offer.due_days),
            }
        )
        action = self._settle_now(settlement)
        result = self.result_ids.sorted("id")[-1:]
        offer._guarded_write({"result_id": result.id})
        if not result.sudo().obligation_ids:  # of something else than money
            result.env["iso10003.obligation"]._note_of_result(result, 0)
        offer._register_deed("settled", result=result.id)
        self._follow_offers()
        return action

    def _prepare_settlement_vals(self, settlement):
        vals = super()._prepare_settlement_vals(settlement)
        # of this file, as the offer is
        if proceeding := settlement.offer_id.sudo().proceeding_id:
            vals["proceeding_id"] = proceeding.id
        return vals

    def _is_approved(self, limits, weighed):
        """What an accepted offer gives was approved when that was authorized."""
        return super()._is_approved(limits, weighed) or any(
            one._is_covered(weighed["conceded_date"])
            and weighed["conceded_company_amount"]
            <= one._measure(weighed["conceded_date"])
            # what was authorized is kept beside it, whoever records the result
            for one in self._find_offers(rules.ACCEPTED).sudo()
            if one.result_id in (one.result_id.browse(), self._find_holding_result())
        )

    def _bring_about(self, step):  # pylint: disable=missing-return
        """Closed, its offers are over; reopened, a word waits again."""
        super()._bring_about(step)
        if step == "reopen":
            self._find_pending_offer().sudo()._plan_reminders()  # by the system
        if self.state == flow.CLOSED:
            day = self._get_company_day()
            for one in self._find_offers(rules.DRAFT, rules.APPROVED, rules.MADE):
                # as the file, whoever closes it
                made = one.sudo().state == rules.MADE
                state = rules.LAPSED if made else rules.WITHDRAWN
                one.sudo()._end_with(state, "closed", day)

    # ------------------------------------------------------------
    # Gate and card
    # ------------------------------------------------------------

    def _gate_offers_settled(self):
        """No offer is accepted by word, contested, or beyond authority (7.5.1)."""
        live = self._find_live_offers().sudo()  # as for all gates
        return not self._find_unsettled_offers() and not live.filtered("unratified")

    def _get_gate_actions(self):
        return {
            **super()._get_gate_actions(),
            "offers_settled": (self.env._("Show the offers"), "action_view_offers"),
        }
