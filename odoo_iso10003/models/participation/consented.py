# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import datetime, time

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...core.story import Source, everything
from ..party.party import ACTING
from .consent import KNOWN_BY, PROVEN
from .participation import TAKING_PART

ASK_CONSENT = "odoo_iso10003.activity_ask_consent"
WITHDRAWN = "odoo_iso10003.activity_consent_withdrawn"
# what happens, and the field that says when
EVENTS = {
    "consent_given": "consent_date",
    "consent_withdrawn": "consent_withdrawn_date",
}
# who began the matter at the body, and what that says of consent; where we did, the
# complainant is asked all the same
PROVEN_BY = {
    "complainant": "application",
    "both": "application",
    "law": "sent",
    "body": "sent",
}


class Consented(models.AbstractModel):
    """A file in which the complainant takes part by an informed consent (4.6).

    Everybody who claims agrees, by themselves or by who acts for them. Who withdrew
    agrees no more; what that stops is for people to do, and nothing goes on unseen.
    """

    _name = "iso10003.consented"
    _description = "File with consent"

    consent_ids = fields.One2many("iso10003.consent", "dispute_id", readonly=True)
    consent_date = fields.Date(
        "Consent given on",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        deed=True,
        help="When all who claim had agreed to take part, for the first time (4.6).",
    )
    consent_withdrawn_date = fields.Date(
        "Consent withdrawn on",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        deed=True,
        help="When somebody withdrew who has not agreed anew.",
    )

    def _get_story_sources(self):
        return super()._get_story_sources() | {
            "iso10003.consent": Source(
                self.env._("Consent"),
                Domain("dispute_id", "=", self.id) & Domain("state", "!=", "mistake"),
                everything,
            )
        }

    @api.model
    def _get_deadline_events(self):
        return {**super()._get_deadline_events(), **EVENTS}

    # ------------------------------------------------------------
    # Who agrees
    # ------------------------------------------------------------

    def _find_not_consenting(self):
        """Return the parties who claim and have not agreed on all that they claim."""
        file = self.sudo()  # who takes part and agreed, whoever asks
        counting = file.consent_ids.filtered("counts")
        given = {consent: consent._get_claiming() for consent in counting}
        claims = file.claim_ids.filtered(lambda claim: claim.state == "open")
        lacking = self.env["iso10003.party"]
        for party in self._find_claiming():
            own = [consent for consent in given if party in given[consent]]
            claimed = claims.filtered(
                lambda claim, whose=party: claim.party_id == whose
            )
            covered = all(any(one._covers(claim) for one in own) for claim in claimed)
            if not own or not covered:
                lacking |= party
        return lacking

    def _find_withdrawn(self):
        """Return the last withdrawals of parties who have not agreed anew."""
        file = self.sudo()  # as above
        lacking = self._find_not_consenting()
        return file.consent_ids.filtered(
            lambda one: one.state == "withdrawn" and one._get_claiming() & lacking
        )

    def _follow_consents(self):
        """Keep when all had agreed, and whether somebody withdrew since."""
        for dispute in self.sudo():  # consents were noted by who may
            consents = dispute.consent_ids
            vals = {}
            if not dispute._find_not_consenting() and dispute._find_claiming():
                vals = {"consent_withdrawn_date": False}
                if not dispute.consent_date:
                    counting = consents.filtered("counts")
                    days = [one._get_company_day(one.date) for one in counting]
                    vals["consent_date"] = max(days)
                dispute.activity_feedback([ASK_CONSENT, WITHDRAWN])
            elif withdrawn := dispute._find_withdrawn():
                vals = {
                    "consent_withdrawn_date": max(withdrawn.mapped("withdrawn_date"))
                }
            elif not consents.filtered(lambda one: one.state != "mistake"):
                vals = {"consent_date": False}  # there was none
            vals = {name: day for name, day in vals.items() if dispute[name] != day}
            if vals:
                dispute._guarded_write(vals)

    def _tell_withdrawn(self, consent):
        """Let the owner do what the withdrawal wants."""
        self.activity_unlink([WITHDRAWN])
        self._give_task(
            WITHDRAWN,
            self.user_id,
            lambda file: file.env._(
                "%(party)s withdrew from taking part. Tell the body, and do what the "
                "withdrawal says (4.6).",
                party=consent.party_id.sudo().partner_id.name,  # of the owner's file
            ),
        )

    def _follow_mandate_shown(self):  # pylint: disable=missing-return
        """A consent of who acts counts, once it is shown on what that rests."""
        super()._follow_mandate_shown()
        self._follow_consents()

    def _bring_about(self, step):  # pylint: disable=missing-return
        """Whatever let consents count until now, the file keeps since when it did."""
        super()._bring_about(step)
        if step == "forward" and self.state == "evaluation":
            self._follow_consents()

    def _follow_change_of_party(self, party, follower):  # pylint: disable=missing-return
        """Who follows a complainant is asked anew; nothing ends by that."""
        super()._follow_change_of_party(party, follower)
        agreed = self.sudo().consent_ids.filtered("counts")  # as above
        if agreed and follower and follower in self._find_not_consenting():
            self._give_task(
                ASK_CONSENT,
                self.user_id,
                lambda file: file.env._(
                    "Ask %(party)s whether they take part (4.6)",
                    party=follower.sudo().partner_id.name,  # of the owner's file
                ),
            )
        self._follow_consents()

    def _follow_their_answer(self, answer):  # pylint: disable=missing-return
        """Who chose a way of the invitation agreed on the sheet that came with it."""
        super()._follow_their_answer(answer)
        party, sheet = answer.party_id, answer.line_id.sheet_id
        told = answer.answer in TAKING_PART and sheet and not answer.lacks
        lacking = told and self._find_not_consenting()
        if (
            lacking
            and answer.channel in KNOWN_BY
            and (party in lacking or party.capacity in ACTING)
        ):
            self._note_consent_with(answer, party, sheet)

    def _note_consent_with(self, answer, party, sheet):
        at = self._find_instant(answer.date)
        if sheet.written_date and sheet.written_date > at:
            return  # a draft that was written on since: which text, people say
        self.env["iso10003.consent"].create(
            {
                "dispute_id": self.id,
                "party_id": party.id,
                "sheet_id": sheet.id,
                "channel": answer.channel,
                "date": at,
                "claim_ids": [Command.set(answer.claim_ids.ids)],
            }
        )

    def _find_instant(self, day):
        """Return the instant to note of what happened on a day: noon, if not today."""
        now = fields.Datetime.now()
        if day >= self._get_company_day():  # deemed service may be to come
            return now
        return min(datetime.combine(day, time(12)), now)

    def _follow_notice(self, notice):  # pylint: disable=missing-return
        """Where the complainant applied to the body, or a law or a body sent the
        matter, that is the consent, and the notice proves it."""
        super()._follow_notice(notice)
        if corrected := notice.replaces_id:
            consents = self.sudo().consent_ids  # what it proved, whoever corrects it
            consents.filtered(lambda one: one.notice_id == corrected)._take_back()
            self._follow_consents()
        if channel := PROVEN_BY.get(notice.begun_by):
            self._note_consent_by(notice, channel)

    def _note_consent_by(self, notice, channel):
        """Note that who is named, or whoever claims, agreed by going to the body."""
        lacking = self._find_not_consenting()
        named = notice.party_id.sudo()  # of the file, as above
        # whom a law or a body sends, it sends all; who applied, did for themselves
        parties = named if named and channel == "application" else lacking
        parties -= self._find_claiming() - lacking  # they agreed already
        at = self._find_instant(notice.served_date)
        if lacking and parties:
            # it follows from the notice, whoever recorded that
            consents = self.env["iso10003.consent"].sudo()
            consents._note_proven(
                [
                    {
                        "dispute_id": self.id,
                        "party_id": party.id,
                        "channel": channel,
                        "date": at,
                    }
                    for party in parties
                ],
                notice.sudo(),  # as above
            )

    # ------------------------------------------------------------
    # What they were told, and when the dispute began
    # ------------------------------------------------------------

    def _find_sheet(self, party=None):
        """Return what a party is told of the method, in their language.

        Where no method is chosen yet, the one approved sheet there is, if there is one.
        """
        case = self.sudo()  # what is told of a file, whoever asks
        party = party or self._find_claiming().filtered("leads")
        language = self._find_language_of(party)
        provider = self.env["iso10003.provider"]
        if case.provider_id:
            # which body has the file decides, whoever may read providers
            provider = provider.sudo()._find_of(case.provider_id, case.company_id)
        methods = case.method_id or case._find_methods()
        sheets = self.env["iso10003.information.sheet"]
        found = sheets.union(
            *(
                sheets._find(case.company_id, method, language, provider)
                for method in methods
            )
        )
        if not case.method_id:
            found = found.filtered(lambda one: one.state == "approved")
        return found if len(found) == 1 else sheets

    def _find_methods(self):
        """Return the methods of the catalogue that the file could take."""
        kind = [("kind", "=", self.method)] if self.method else []
        return self.env["iso10003.method"]._get_effective(self.company_id, kind)

    def _find_language_of(self, party):
        """Return the language in which a party is written to."""
        languages = self.env["res.lang"].with_context(active_test=False)
        code = self._get_language_of(party.partner_id)
        return languages.search([("code", "=", code)], limit=1)

    def _reads(self, party, language):
        """Return whether a language is the one in which a party is written to."""
        code = self._get_language_of(party.partner_id) or ""
        return code.split("_")[0] == (language.code or "").split("_")[0]

    def _get_first_day(self):
        """Return the first day on which there was something to agree about."""
        opened = self._get_company_day(self.opened_date)
        return min(day for day in (self.complaint_date, opened) if day)

    # ------------------------------------------------------------
    # Gates
    # ------------------------------------------------------------

    def _gate_consent_given(self):
        """Whoever claims has agreed to take part, and not withdrawn."""
        return self._find_claiming() and not self._find_not_consenting()

    def _gate_sheet_approved(self):
        """What they were told before they agreed was an approved text."""
        consents = self.sudo().consent_ids.filtered("counts")  # as for all gates
        return not consents.filtered(
            lambda one: one.channel not in dict(PROVEN) and not one.sheet_approved
        )

    def _gate_consent_stands(self):
        """Nobody withdrew who has not agreed anew."""
        return not self.consent_withdrawn_date

    def _get_gate_actions(self):
        consents = (self.env._("Show the consents"), "action_view_consents")
        return {
            **super()._get_gate_actions(),
            "consent_given": (
                self.env._("Record the consent"),
                "action_record_consent",
            ),
            "sheet_approved": consents,
            "consent_stands": consents,
        }

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_record_consent(self):
        """Ask who agreed; the file goes on, where nothing else is wanted."""
        self.ensure_one()
        self.check_access("write")
        self._refuse_party_change()
        lacking = self._find_not_consenting() or self._find_claiming()
        party = lacking.filtered("leads") or lacking[:1]
        return self._open_dialog(
            "iso10003.consent",
            self.env._("Consent to take part"),
            default_dispute_id=self.id,
            default_party_id=party.id,
            default_sheet_id=self._find_sheet(party).id,
            leads_on=True,
        )

    def action_view_consents(self):
        """Show who agreed, on what, and what is wrong with it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.consent_action"
        )
        return {**action, "domain": [("dispute_id", "=", self.id)], "context": {}}
