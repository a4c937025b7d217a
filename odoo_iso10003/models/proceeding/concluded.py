# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ...core import flow
from .obligation_course import ATTEMPTS

MESSAGE = "odoo_iso10003.activity_message_came"
TELL_PROVIDER = "odoo_iso10003.activity_tell_provider"
# what tells how it ended
ENDING_LETTERS = ("closing", "settlement")
# ends that name the file which goes on in their place
JOINING = ("merged", "duplicate")
# the gates that are met by one dialog, at the end of the way
CONCLUDING = (
    "duties_confirmed",
    "lessons_drawn",
    "cause_named",
    "corrective_decided",
    "retention_set",
)
# the key under which gates are told how the file is to end: set where they are asked
ENDING = "iso10003_ending"


class Concluded(models.AbstractModel):
    """A file that is closed with all that its end wants (7.7, 8.2, 8.5).

    In whose favour, claimed against paid, why it happened, what is done so that it
    does not happen again or why nothing is, and how long the file is kept. An end
    before the way is done rests on what shows it: a withdrawal on a document, within
    the tiers of what was claimed; a merged or double file on the one that goes on;
    one whose complainant is not reached on the attempts and a last letter.

    What the complainant writes is a task of who leads the file, and their turn.
    """

    _name = "iso10003.concluded"
    _inherit = ["iso10003.claimed"]
    _description = "File that is closed"

    in_favour = fields.Selection(
        [
            ("complainant", "The complainant"),
            ("both", "Each in part"),
            ("organization", "The organization"),
            ("nobody", "Nobody: it was not decided"),
        ],
        "In whose favour",
        compute="_compute_in_favour",
        store=True,
    )
    paid_amount = fields.Monetary(
        "Performed by us",
        compute="_compute_paid_amount",
        help="What we performed of what we owe, in the currency of the file.",
    )
    cause_kind = fields.Selection(
        [
            ("product", "The product"),
            ("service", "The service"),
            ("promise", "What was promised or told"),
            ("contract", "Terms of the contract"),
            ("handling", "How the complaint was handled"),
            ("outside", "Something outside the organization"),
            ("none", "No fault was found"),
        ],
        "Why it happened",
        tracking=True,
        sealed=True,
    )
    cause = fields.Text("Cause in words", sealed="digest")
    corrective_id = fields.Many2one(
        "mgmtsystem.nonconformity",
        "Corrective action",
        readonly=True,
        copy=False,
        guarded=True,
        index="btree_not_null",
        ondelete="restrict",
        groups="odoo_iso10003.group_manager,odoo_iso10003.group_auditor",
    )
    is_corrected = fields.Boolean(
        "Corrective action opened", readonly=True, copy=False, guarded=True, sealed=True
    )
    no_corrective_reason = fields.Text(
        "Why no corrective action",
        sealed="digest",
        help="Where nothing has to change so that it does not happen again (8.5).",
    )
    retention_date = fields.Date(
        "Kept until", tracking=True, sealed=True, help="The last day it is kept (4.12)."
    )
    # what an end before the way is done rests on
    withdrawal = fields.Binary(
        "Document of the withdrawal",
        attachment=True,
        readonly=True,
        copy=False,
        guarded=True,
    )
    withdrawal_name = fields.Char(
        "Name of the file", readonly=True, copy=False, guarded=True, sealed="digest"
    )
    withdrawal_sha256 = fields.Char(
        "SHA-256 of the withdrawal",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    joined_id = fields.Many2one(
        "iso10003.dispute",
        "File that goes on",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    joined_number = fields.Char(
        "Number of the file that goes on", compute="_compute_joined_number"
    )

    @api.depends("outcome")
    def _compute_in_favour(self):
        for file in self:
            file.in_favour = flow.FAVOUR.get(file.outcome, False)

    @api.depends("currency_id")
    def _compute_paid_amount(self):
        for file in self:
            owed = file.sudo().obligation_ids  # what is owed, who reads the file may
            ours = owed.filtered(
                # what was carried over is counted where it is owed now
                lambda one: (
                    one._is_ours() and not one.plan_id and not one.replaced_by_id
                )
            )
            file.paid_amount = sum(
                one.currency_id._convert(
                    one.performed,
                    file.currency_id,
                    file.company_id,
                    one.done_date or file._get_company_day(),
                )
                for one in ours
            )

    @api.depends("joined_id")
    def _compute_joined_number(self):
        for file in self:
            # a number is all that is told of the other file
            file.joined_number = file.sudo().joined_id.name

    # ------------------------------------------------------------
    # No recurrence (8.5)
    # ------------------------------------------------------------

    def action_open_corrective(self):
        """Open the nonconformity of this file, made if need be, in the own system.

        It names the file, and the file names it; Findings show it.
        """
        self.ensure_one()
        self.check_access("write")
        if not self.is_corrected:
            self._check_not_frozen()
            self._lock()
            # it becomes one, whoever leads the file
            raised = self.env["mgmtsystem.nonconformity"].sudo()
            raised = raised.create(self._prepare_corrective())
            self.sudo()._guarded_write(
                {"corrective_id": raised.id, "is_corrected": True}
            )
            self._register_event("corrective_opened", {"reference": raised.ref})
        # opened only for who may read it, as the next line asks
        findings = self.sudo().corrective_id.with_env(self.env)
        if findings.has_access("read"):
            return findings.get_formview_action()
        return True

    def _prepare_corrective(self):
        leader = self.company_id.dispute_manager_id or self.user_id or self.env.user
        told = self.with_context(lang=leader.lang)
        return {
            "name": told.env._("%(file)s: let it not happen again", file=self.name),
            "description": "\n".join(
                filter(None, [self.subject, self.cause, self.lessons])
            ),
            "partner_id": self.company_id.partner_id.id,
            "responsible_user_id": leader.id,
            "manager_user_id": leader.id,
            "company_id": self.company_id.id,
            "reference": self.name,
            "res_model": self._name,
            "res_id": self.id,
        }

    # ------------------------------------------------------------
    # The end of the way (7.6, 7.7)
    # ------------------------------------------------------------

    def action_conclude(self):
        """Ask for all that closing wants still, in one dialog."""
        self.ensure_one()
        return self._ask_for("conclude", leads_on=True)

    def _tell_end(self):
        """Send the letter that tells how it ended, as its text is."""
        letters = self.env["iso10003.letter"]
        # its own file
        letter = {"file_id": self.sudo().file_ids.id, "kind": "closing"}
        letters.create(letter).action_send()

    def _get_gate_actions(self):
        conclude = (self.env._("Close the file"), "action_conclude")
        return {**super()._get_gate_actions(), **dict.fromkeys(CONCLUDING, conclude)}

    # ------------------------------------------------------------
    # What an early end rests on
    # ------------------------------------------------------------

    def action_record_withdrawal(self, document, name=None):
        """Put the document on file by which the complainant withdraws.

        :param document: its content, in base64
        """
        self.ensure_one()
        self.check_access("write")
        self._check_not_frozen()
        if not document:
            raise self._refusal(
                self.env._("attach the document by which it is withdrawn.")
            )
        self._lock()
        self._guarded_write(
            {
                "withdrawal": document,
                "withdrawal_name": name,
                "withdrawal_sha256": self._digest_document(document, name),
            }
        )
        self._register_event("withdrawal", {"sha256": self.withdrawal_sha256})
        return True

    def action_join(self, dispute_id):
        """Name the file that goes on in the place of this one.

        :param dispute_id: of the same company, and not this one, nor one that ends
            in this one
        """
        self.ensure_one()
        self.check_access("write")
        self._check_not_frozen()
        target = self.browse(dispute_id).exists()
        target.check_access("read")
        if not target or target.company_id != self.company_id:
            raise self._refusal(
                self.env._("name the file of the same company that goes on.")
            )
        self._lock()
        # nobody lets that one end in this one meanwhile: who ends it locks it, too
        target.sudo()._lock()
        following = target.sudo()  # which files end in which, whoever reads them
        while following:
            if following == self.sudo():
                raise self._refusal(
                    self.env._(
                        "%(other)s ends in this file: they would lead in a circle.",
                        other=target.name,
                    )
                )
            following = following.joined_id
        self._guarded_write({"joined_id": target.id})
        return True

    def _end_early(self, outcome, reason, date, given):
        """Where nobody is reached, the last letter has told how the file ends."""
        if outcome == "not_reached":
            self.check_access("write")
            sent = self.file_ids.letter_ids.filtered("sent_date").sorted("sent_date")
            last = sent.filtered(lambda letter: letter.kind == "last_letter")[-1:]
            if last:
                self._happen_by("informed", last)
        return super()._end_early(outcome, reason, date, given)

    def _weigh_given(self, outcome, amount, currency_id, day):
        """A withdrawal of what was claimed is within the tiers of who notes it."""
        if outcome == "withdrawn" and self._asks_for("ending_shown"):
            self._check_authority(
                self._weigh(self.amount_claimed, self.currency_id, day)
            )
        return super()._weigh_given(outcome, amount, currency_id, day)

    def _ask_the_way(self, step="forward", outcome=None):
        ending = self.with_context(**{ENDING: outcome})
        return super(Concluded, ending)._ask_the_way(step, outcome)

    def _asks_for(self, code):
        """Return whether the version of this file asks a gate."""
        asked = self.policy_id.sudo().gate_ids  # what is asked is no secret
        return any(gate.code == code and gate.severity != "off" for gate in asked)

    # ------------------------------------------------------------
    # Everybody is told
    # ------------------------------------------------------------

    def _bring_about(self, step):  # pylint: disable=missing-return
        """Closed, a file that a body had is to be told to it, too."""
        super()._bring_about(step)
        case = self.sudo()  # the task of whoever leads it
        if step == "reopen":
            case.activity_unlink([TELL_PROVIDER])
        elif case.state == flow.CLOSED and case._is_provider_untold():
            leader = case._get_leader()
            case._give_task(
                TELL_PROVIDER,
                leader,
                lambda file: file.env._(
                    "Tell %(provider)s that the file is closed",
                    provider=file.provider_id.name,
                ),
            )

    def _is_provider_untold(self):
        """Return whether a body had it in hand that no letter told of its end."""
        body = self.provider_id
        had = self.proceeding_ids or self._find_first_notice(of_a_body=True)
        letters = self.file_ids.letter_ids.filtered("sent_date")
        told = letters.filtered(lambda one: one.kind in ENDING_LETTERS)
        return body and had and body not in told.partner_ids

    def _follow_letter(self, letter):  # pylint: disable=missing-return
        """The provider is told by whatever is written to it once the file is closed."""
        super()._follow_letter(letter)
        case = self.sudo()  # the task of whoever leads it
        if case.state == flow.CLOSED and case.provider_id in letter.partner_ids:
            case.activity_feedback([TELL_PROVIDER])

    # ------------------------------------------------------------
    # Gates
    # ------------------------------------------------------------

    def _gate_ending_shown(self):
        """What an end before the way is done rests on is on file."""
        ending = self.env.context.get(ENDING)
        if ending == "withdrawn":
            return self.withdrawal_sha256
        if ending in JOINING:
            return self.joined_id
        if ending == "not_reached":
            return self._is_not_reached()
        return True

    def _is_not_reached(self):
        """Return whether enough was tried, and a last letter went."""
        file = self.sudo().file_ids  # a number of attempts and letters is told
        tried = (
            self.env["iso10003.attempt"]
            .sudo()
            .search_count([("file_id", "=", file.id), ("result", "!=", "reached")])
        )
        return tried >= ATTEMPTS and self.informed_date

    def _gate_cause_named(self):
        return self.cause_kind

    def _gate_corrective_decided(self):
        """An action against recurrence, or the reason for none."""
        return self.is_corrected or (self.no_corrective_reason or "").strip()

    def _gate_retention_set(self):
        return self.retention_date

    # ------------------------------------------------------------
    # What the complainant says
    # ------------------------------------------------------------

    def _message_post_after_hook(self, message, msg_values):
        """What comes from the complainant's side is a task, and our turn."""
        result = super()._message_post_after_hook(message, msg_values)
        if message.message_type in ("comment", "email") and not message.is_internal:
            self._take_up_message(message)
        return result

    def _take_up_message(self, message):
        case = self.sudo()  # who writes on the portal may do none of this
        author = message.sudo().author_id
        if author not in case._get_parties() or author.user_ids.filtered(
            lambda user: not user.share
        ):
            return
        leader = case._get_leader()
        case.activity_unlink([MESSAGE])
        case.with_context(mail_activity_quick_update=True)._give_task(
            MESSAGE, leader, lambda file: file.env._("The complainant wrote: answer")
        )
        former = case.waiting_on
        if former != "organization":
            case._guarded_write({"waiting_on": "organization"})
            case._note_turns([(case, former)])
