# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import get_lang, html2plaintext
from odoo.tools.i18n import format_list

from ...core import flow
from ..mixin.people_date import format_people_date
from .invitation import TASK

# what happens, and the field that says when
EVENTS = {"invited": "invited_date", "answered_part": "part_answered_date"}
# … once a letter of a kind is sent
TOLD_BY = {
    "invitation": ("invited",),
    "participation_answer": ("answered_part", "acknowledged"),
}
# so many ways are proposed
OFFERED_WAYS = 3
# what the advisor begins with where nobody has said how much it weighs
USUAL_WEIGHTS = {"relationship": 1, "urgency": 1, "evidence": 1}
# what decides whether a complaint waits for an invitation
DEADLOCKING = ("deadlock", "final_answer_date")


class Invited(models.AbstractModel):
    """A file to which the complainant is invited: what ended it here, what is offered.

    The letter of the kind “Invitation” sends the draft of the file and is the event
    ``invited``, that of the kind “Answer to taking part” our answer and
    ``answered_part`` (7.2, 7.3). Answers themselves: ``answered.py``.
    """

    _name = "iso10003.invited"
    _description = "File with invitations"

    invited_date = fields.Date(
        "Invited on",
        copy=False,
        tracking=True,
        guarded=True,
        sealed=True,
        deed=True,
        help="When the complainant was invited to have it resolved outside (7.2).",
    )
    part_answered_date = fields.Date(
        "Answered on taking part",
        copy=False,
        tracking=True,
        guarded=True,
        sealed=True,
        deed=True,
        help="When we answered whether we take part in the resolution (7.3).",
    )
    invitation_ids = fields.One2many("iso10003.invitation", "dispute_id", readonly=True)
    final_answer_told = fields.Html(
        "What ended our own handling", compute="_compute_final_answer_told"
    )

    @api.depends("final_answer_date", "bare_events")
    @api.depends_context("lang")
    def _compute_final_answer_told(self):
        """Show the final answer in its own text, with its day and digest."""
        for dispute in self:
            letter = self.env["iso10003.letter"]
            if day := dispute.final_answer_date:
                letter = dispute._find_letter("final_answer", day)
            dispute.final_answer_told = (
                dispute._tell_final_answer(letter) if letter else False
            )

    def _tell_final_answer(self, letter):
        sent = self.env._(
            "Sent on %(day)s. SHA-256 of its text: %(digest)s",
            day=format_people_date(self.env, letter.sent_date, "short"),
            digest=letter.digest,
        )
        return Markup(
            "<h5>%s</h5><div dir='auto'>%s</div><p class='text-muted'>%s</p>"
        ) % (
            letter.subject or "",
            letter.body or "",
            sent,
        )

    # ------------------------------------------------------------
    # Events and letters
    # ------------------------------------------------------------

    @api.model
    def _get_deadline_events(self):
        return {**super()._get_deadline_events(), **EVENTS}

    @api.model
    def _get_deed_dates(self):
        return {**super()._get_deed_dates(), **EVENTS}

    @api.model
    def _get_letter_events(self):
        return {**super()._get_letter_events(), **TOLD_BY}

    @api.model
    def _get_letter_places(self):
        return {
            **super()._get_letter_places(),
            "offers": self.env._("The ways that the invitation offers"),
            "silence": self.env._("What silence means"),
            "sheet": self.env._("The information sheets of these ways"),
        }

    def _get_part_words(self, kind):
        """Return what fills the places of letters on taking part.

        :param kind: of the letter
        """
        if kind == "invitation":
            invitation = self._find_draft_invitation()
            return self._get_invitation_words(invitation) if invitation else {}
        if kind == "participation_answer":
            return self._get_part_answer_words()
        return {}

    def _get_invitation_words(self, invitation):
        lines = invitation.with_env(self.env).line_ids
        providers = lines.sudo().provider_id  # whom we offer, the letter says
        silent = invitation.silence == "refusal"
        return {
            "until": format_people_date(self.env, invitation.until, "long"),
            "offers": invitation.with_env(self.env)._tell_offers(),
            "sheet": "\n\n".join(sheet._get_text() for sheet in lines.sheet_id),
            "method": format_list(self.env, lines.method_id.mapped("name"), "or"),
            "provider": format_list(self.env, providers.mapped("display_name"), "or"),
            "silence": self.env._(
                "If we hear nothing from you until then, we take it that you do not "
                "wish to take part. You lose no right by that."
            )
            if silent
            else self.env._(
                "If we hear nothing from you until then, we ask you again."
            ),
        }

    def _check_told_by(self, letter):
        """Refuse a letter on taking part that says what nobody prepared.

        :raises UserError: when there is no draft of what it sends, or it cannot be sent
        """
        if letter.kind == "invitation":
            invitation = self._find_draft_invitation()
            if not invitation:
                raise self._refusal(
                    self.env._(
                        "press “Invite the complainant” first, so that the file keeps "
                        "what is offered, by whom and until when."
                    )
                )
            invitation._check_may_lead()
            invitation._check_offers(letter._get_sent_day())
            self._check_offers_named(invitation, letter)
        elif letter.kind == "participation_answer":
            self._check_part_letter()

    def _check_offers_named(self, invitation, letter):
        """Refuse a letter that was written before something else was offered."""
        if letter.channel not in ("mail", "post"):
            return  # it went already, as it was
        methods = invitation.line_ids.method_id.with_context(
            lang=letter._get_written_lang()
        )
        text = html2plaintext(letter.body or "")
        if lacking := [name for name in methods.mapped("name") if name not in text]:
            raise self._refusal(
                self.env._(
                    "the letter does not name what the invitation offers: %(ways)s. "
                    "Write the letter anew, or name it there.",
                    ways=format_list(self.env, lacking),
                )
            )

    def _follow_letter(self, letter):  # pylint: disable=missing-return
        """What a letter gives is frozen with it."""
        if letter.kind == "invitation":
            self._find_draft_invitation()._be_sent(letter)
            self._end_invitation_tasks()
        elif letter.kind == "participation_answer":
            self._give_part_answer(letter)
        super()._follow_letter(letter)

    def _happen_by(self, event, letter):  # pylint: disable=missing-return
        """Our answer acknowledges a notice too, where there is one by then."""
        acknowledges = letter.kind != "participation_answer" or self.notice_date
        if event != "acknowledged" or acknowledges:
            super()._happen_by(event, letter)

    def _end_invitation_tasks(self):
        # the task may be that of another one, who reads the complaint
        tasks = self.env["mail.activity"].sudo()
        kind = self.env["ir.model.data"]._xmlid_to_res_id(TASK)
        of_case = Domain.OR(
            Domain("res_model", "=", case._name) & Domain("res_id", "in", case.ids)
            for case in (self, self.ticket_id)
        )
        mine = Domain("activity_type_id", "=", kind) & Domain("automated", "=", True)
        if given := tasks.search(of_case & mine):
            given.action_feedback()

    # ------------------------------------------------------------
    # When it is to be proposed
    # ------------------------------------------------------------

    def write(self, vals):
        """Keep the way that both sides agreed on; propose what a deadlock asks for."""
        self._check_way_kept(vals)
        deadlocked = self._changing("deadlock", vals)
        result = super().write(vals)
        deadlocked._plan_invitation()
        return result

    def _guarded_write(self, vals):
        answered = self._changing("final_answer_date", vals)
        result = super()._guarded_write(vals)
        answered._plan_invitation()
        return result

    def _plan_invitation(self):
        """Let the complaint ask for the invitation as soon as it is deadlocked."""
        due = self.filtered(
            lambda one: one._awaits_invitation() and one._find_day_of_deadlock()
        )
        if due:
            due.ticket_id.sudo()._plan_reminders()  # whoever may write the complaint

    def _awaits_invitation(self):
        """Whether neither side nor a body has begun it yet."""
        begun = self.invited_date or self.notice_date
        return self.state == flow.STATES[0] and not begun

    def _find_day_of_deadlock(self):
        """Return the day on which our answer did not settle it, or nothing."""
        deadlocked = self.deadlock and self.deadlock != "time_out"
        return deadlocked and self.final_answer_date

    # ------------------------------------------------------------
    # Inviting
    # ------------------------------------------------------------

    def _find_invitation(self, state):
        """Return the invitation of this file in a state: one is draft, one is sent."""
        return self.invitation_ids.filtered(lambda one: one.state == state)[:1]

    def _find_draft_invitation(self):
        return self._find_invitation("draft")

    def action_invite(self):
        """Open the draft of the invitation; a new one offers what suits best."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_closed({"invited_date": self.invited_date})
        invitation = self._find_draft_invitation()
        if not invitation:
            invitation = invitation.create({"dispute_id": self.id})
        dialog = self._open_dialog("iso10003.invitation", self.env._("Invitation"))
        return {**dialog, "res_id": invitation.id}

    def _find_ways_to_offer(self):
        """Return what usable providers offer, what suits this file best first.

        A method that is to follow another one is left out, until that was chosen.
        """
        today = self._get_company_day()
        providers = self.env["iso10003.provider"].search(
            [("company_id", "=", self.company_id.id)]
        )
        # what is kept of providers decides, whoever may read their contacts
        usable = providers.sudo().filtered(
            lambda one: not one._find_obstacles(today, self.sudo())
        )
        rank = {
            advice.method: number
            for number, advice in enumerate(self._advise_methods(self._guess_weights()))
        }
        services = usable.service_ids._filter_valid(today).filtered(
            lambda row: (
                row.method_id.id in rank
                and (not self.method_id or row.method_id == self.method_id)
                and row.method_id._may_follow(self.method_id)
            )
        )
        ordered = services.sorted(
            lambda row: (rank[row.method_id.id], row.provider_id.sequence, row.id)
        )
        return ordered[:OFFERED_WAYS].with_env(self.env)

    def _find_way_lacks(self, method, provider, day):
        """Return the codes of what stands on a day against a provider for a method."""
        if not provider:
            return []
        # what is kept of a provider decides, whoever may read its contact
        provider = provider.sudo()
        found = provider._find_obstacles(day, self.sudo())
        # of another method than this one, nobody asks
        codes = [code for code in found if code != "method"]
        offered = provider.service_ids._filter_valid(day).method_id
        # its own, or the one that ships in whose place it stands
        if provider.service_ids and not offered & (method | method.replaces_id):
            codes.append("method")
        return codes

    def _guess_weights(self):
        """Return how much each criterion weighs, before anybody said it."""
        guessed = {name: int(self._guess_weight(name)) for name in ("amount", "border")}
        return {**USUAL_WEIGHTS, **guessed}

    def _get_lang_of_complainant(self):
        """Return the code of the language in which the complainant is told."""
        partner = self._find_claiming().filtered("leads").partner_id or self.partner_id
        return get_lang(self.env, self._get_language_of(partner)).code
