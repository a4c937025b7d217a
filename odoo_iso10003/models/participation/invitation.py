# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Command

from ...core import chain
from ...core.ladder import Ladder
from ..mixin.people_date import format_people_date

# so long there is to answer, in calendar days, where nobody says otherwise
ANSWER_DAYS = 14
# who leads the file is told on the day after the last one, and then each week
LADDER = Ladder((-1,), 7)
TASK = "odoo_iso10003.activity_invite"


class Invitation(models.Model):
    """Which ways to resolve a dispute outside are offered to its complainant (7.2).

    A draft is written on, one a file. The letter of the kind “Invitation” sends it:
    what it offers, each with cost, duration and binding effect, is frozen then. Where
    the time to answer is over without an answer, who leads the file decides what that
    means; no file ends by silence alone.
    """

    _name = "iso10003.invitation"
    _description = "Invitation"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
        "iso10003.reminded",
    ]
    _order = "id desc"
    _part_event = "invitation"
    _part_path = "dispute_id"
    _part_begins = "drafted"

    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("sent", "Sent"),
            ("replaced", "Replaced by a later one"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        guarded=True,
        sealed=True,
    )
    until = fields.Date(
        "Answer until",
        required=True,
        default=lambda self: self._get_company_day() + timedelta(days=ANSWER_DAYS),
        sealed=True,
        help="The last day on which an answer is in time.",
    )
    silence = fields.Selection(
        [
            ("refusal", "Silence counts as refusal"),
            ("nothing", "Silence means nothing: we ask again"),
        ],
        "What silence means",
        required=True,
        default="refusal",
        sealed=True,
        help="The letter says it; who leads the file decides once the time is over.",
    )
    line_ids = fields.One2many("iso10003.invitation.line", "invitation_id", "Offered")
    answer_ids = fields.One2many(
        "iso10003.participation", "invitation_id", "Answers", readonly=True
    )
    # as it was sent
    letter_id = fields.Many2one(
        "iso10003.letter",
        readonly=True,
        copy=False,
        guarded=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    sent_date = fields.Date(
        "Sent on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    digest = fields.Char(
        "SHA-256 of what is offered",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )

    _one_draft = models.UniqueIndex(
        "(dispute_id) WHERE state = 'draft'",
        "There is a draft of an invitation in this file already: write on that one.",
    )
    _frozen_when_sent = models.Constraint(
        "CHECK (state = 'draft' OR (sent_date IS NOT NULL AND digest IS NOT NULL))",
        "What was sent has its day, and the digest of what it offers.",
    )

    @api.depends("dispute_id.name", "sent_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for invitation in self:
            # who reads the invitation, knows its file
            number = invitation.dispute_id.sudo().name or ""
            day = format_people_date(self.env, invitation.sent_date, "short")
            invitation.display_name = " · ".join(
                part for part in (self.env._("Invitation"), number, day) if part
            )

    # ------------------------------------------------------------
    # Making, changing, deleting
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self.flush_model(["state"])  # what was sent is no draft any more
        invitations = super().create(vals_list)
        for invitation in invitations:
            invitation._check_may_lead()
            if not invitation.line_ids:
                invitation._propose_lines()
        return invitations

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        for invitation in self:
            if invitation.state != "draft":
                raise invitation._refusal(
                    self.env._("it is sent, and stays on record.")
                )
        self.line_ids.unlink()

    def _check_may_lead(self):
        """Who leads the file invites, while it is open."""
        for dispute in self.dispute_id:
            dispute.check_access("write")
            dispute._check_not_closed({"invited_date": dispute.invited_date})

    def _check_draft(self):
        for invitation in self:
            if invitation.state != "draft":
                raise invitation._refusal(
                    self.env._(
                        "it is sent, and does not change any more. Invite anew where "
                        "something else is to be offered."
                    )
                )

    def _propose_lines(self):
        """Offer what suits best of what may be used today."""
        self.line_ids = [
            Command.create(
                {
                    "sequence": number,
                    "method_id": service.method_id.id,
                    "provider_id": service.provider_id.id,
                }
            )
            for number, service in enumerate(self.dispute_id._find_ways_to_offer(), 1)
        ]

    # ------------------------------------------------------------
    # Sending it
    # ------------------------------------------------------------

    def action_write_letter(self):
        """Open the letter that sends this invitation."""
        self.ensure_one()
        self._check_may_lead()
        self._check_draft()
        self._check_offers(self._get_company_day())
        dialog = self.dispute_id.action_write_letter("invitation")
        if self.env.context.get("leads_on"):
            dialog["context"]["leads_on"] = True
        return dialog

    def _check_offers(self, day):
        """Refuse to send what offers nothing, or what may not be used on that day."""
        if not self.line_ids:
            raise self._refusal(
                self.env._(
                    "it offers nothing. Add a method and who leads it; who may be used "
                    "stands under Disputes ▸ Rules ▸ Providers."
                )
            )
        if self.until < day:
            raise self._refusal(
                self.env._(
                    "the last day to answer, %(day)s, is over. Give a later one.",
                    day=format_people_date(self.env, self.until, "short"),
                )
            )
        for line in self.line_ids:
            line._check_usable(day)

    def _be_sent(self, letter):
        """Freeze what a sent letter offers; the invitation before it is replaced."""
        former = self.dispute_id.invitation_ids.filtered(
            lambda one: one.state == "sent"
        )
        former._guarded_write({"state": "replaced"})
        self._guarded_write(
            {
                "state": "sent",
                "letter_id": letter.id,
                "sent_date": letter.sent_date,
                "digest": chain.sha256("\n".join(self.line_ids._list_texts())),
            }
        )
        self._register_part(
            "sent",
            {
                self: {
                    "letter": letter.id,
                    "digest": self.digest,
                    "lines": [line._prepare_part_data() for line in self.line_ids],
                    "until": self.until.isoformat(),
                }
            },
        )

    def _tell_offers(self):
        """Return as HTML what is offered, in the language of the context."""
        return Markup("<ol>%s</ol>") % Markup("").join(
            Markup("<li>%s</li>") % Markup("<br>").join(line._list_words())
            for line in self.line_ids
        )

    # ------------------------------------------------------------
    # The time is over
    # ------------------------------------------------------------

    def _is_answered(self):
        """Return whether the complainant's side has answered it."""
        return any(
            answer.side == "complainant" and answer.state == "given"
            for answer in self.answer_ids
        )

    @api.model
    def _get_ladders(self):
        return {"answer": LADDER}

    def _get_tasks_on(self):
        return self.dispute_id

    def _get_reminder_days(self):
        waits = (
            self.state == "sent"
            and not self.dispute_id._is_frozen()
            and not self._is_answered()
        )
        return {"answer": waits and self.until}

    def _remind(self, ladder, due):
        """Give who leads the file a task on it."""
        people = {}
        for (invitation, reminder), day in due.items():
            dispute = invitation.dispute_id
            people[invitation, reminder] = leader = dispute._get_leader()
            dispute.activity_unlink([TASK])
            if leader:
                dispute.with_context(mail_activity_quick_update=True)._give_task(
                    TASK,
                    leader,
                    lambda file, one=invitation, day=day: one.with_env(
                        file.env
                    )._describe_reminder("answer", day),
                )
        return people

    def _describe_reminder(self, reminder, day):
        if self.silence == "refusal":
            return self.env._(
                "No answer to the invitation of %(number)s: note the silence, which "
                "counts as refusal, or invite anew",
                number=self.dispute_id.name,
            )
        return self.env._(
            "No answer to the invitation of %(number)s: ask again",
            number=self.dispute_id.name,
        )

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, invitation",
            dispute=self.dispute_id.sudo().name,  # who invites, knows the file
        )
