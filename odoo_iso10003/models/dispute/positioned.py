# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain

from ...core import authority
from ...core.chain import SealedText
from ...core.story import Source, everything

# what we answer to a claim
STANCES = [
    ("concede", "We concede"),
    ("in_part", "We concede in part"),
    ("contest", "We contest"),
]
GATE = "position_approved"
APPROVE = "odoo_iso10003.activity_approve_position"
# where a position is formed; a new one also while the dispute is being resolved
POSITIONED_IN = ("evaluation", "position", "resolution")


def seal_inside(record, name):
    """Return the digest of an amount or choice that stays inside, for the register.

    The register is printed, for outsiders too: a row tells that it changed.
    """
    field = record._fields[name]
    if field.type not in ("monetary", "selection") or field.sealed != "digest":
        return None
    value = record.sudo()[name]  # whatever it is, whoever changes it
    return (
        SealedText(value or "")
        if field.type == "selection"
        else SealedText(repr(value))
    )


class Positioned(models.AbstractModel):
    """A file in which we state our position, claim by claim (7.4.2)."""

    _name = "iso10003.positioned"
    _description = "File with our position"

    position_ids = fields.One2many(
        "iso10003.position", "dispute_id", "Positions", readonly=True
    )

    def _get_story_sources(self):
        return super()._get_story_sources() | {
            "iso10003.position": Source(
                self.env._("Position"),
                Domain("dispute_id", "=", self.id) & Domain("sent_date", "!=", False),
                everything,
            )
        }

    # ------------------------------------------------------------
    # Which one holds
    # ------------------------------------------------------------

    def _find_position(self, *states):
        """Return the newest position in one of these states, if there is one."""
        positions = self.sudo().position_ids  # what holds of the file, whoever asks
        found = positions.filtered(lambda position: position.state in states)
        return found.sorted("version", reverse=True)[:1].with_env(self.env)

    def _wants_position(self):
        """Whether the version asks for an approved position, and none is there."""
        wanted = self._asks_gate(GATE)
        return wanted and not self._find_position("draft", "approved", "sent")

    def _gate_position_approved(self):
        """Our position is approved by somebody else, and sent or on its way."""
        return bool(self._find_position("approved", "sent"))

    def _find_open_claims(self):
        """Return what is claimed and neither withdrawn nor decided yet."""
        return self.claim_ids.filtered(lambda claim: claim.state == "open")

    # ------------------------------------------------------------
    # Forming it
    # ------------------------------------------------------------

    def _get_gate_actions(self):
        return {
            **super()._get_gate_actions(),
            # whether there is a draft costs a query, which the button does without
            GATE: (self.env._("Open our position"), "action_take_position"),
        }

    def action_take_position(self):
        """Open the position that is being written, or a new one."""
        self.ensure_one()
        title = self.env._("Our position")
        if draft := self._find_position("draft"):
            draft.check_access("read")
            return {**self._open_dialog(draft._name, title), "res_id": draft.id}
        self.check_access("write")
        former = self._find_position("approved", "sent")
        begun = former._prepare_next() if former else self._prepare_position()
        return self._open_dialog(
            "iso10003.position",
            title,
            default_dispute_id=self.id,
            **{f"default_{name}": value for name, value in begun.items()},
        )

    def _prepare_position(self):
        """Return what a first position begins with: what the evaluator proposed."""
        sheet = self._find_evaluation()
        names = ("stance", "amount", "reasons")
        return {name: sheet[name] for name in names if sheet and sheet[name]}

    def _propose_position(self, sheet):
        """Let the one sheet of the small track be our position, to be approved."""
        self.env["iso10003.position"].create(
            {"dispute_id": self.id, **self._prepare_position()}
        )

    # ------------------------------------------------------------
    # Who is asked to approve it
    # ------------------------------------------------------------

    def _ask_for_approval(self, position):
        """Give a task to who may approve a position, in the place of a former one."""
        self._end_position_task()
        if approver := self._find_position_approver(position):
            self._give_task(
                APPROVE,
                approver,
                lambda file: file.env._("Approve our position (7.4.2)"),
            )

    def _find_position_approver(self, position):
        """Return somebody of the lowest level that may, who did not write it.

        A manager or the top management; nobody while there is none, or while no rate
        says how much it is.
        """
        measured = position._measure(strict=False)
        if measured is None:
            return self.env["res.users"]
        limits = self._get_limits()
        company = self.company_id.sudo()  # it says openly who answers for disputes
        named = company.dispute_manager_id | company.dispute_sponsor_id
        for level, group in position._get_approving_groups().items():
            if authority.covers(limits, level, measured):
                people = self.company_id._get_members(group) - position._get_authors()
                if people:
                    return ((people & named) or people)[:1]
        return self.env["res.users"]

    def _end_position_task(self):
        # the task may be that of another one who may approve
        self.sudo().activity_unlink([APPROVE])

    # ------------------------------------------------------------
    # Sending it
    # ------------------------------------------------------------

    def _check_letter_rests(self, letter):  # pylint: disable=missing-return
        """Refuse to send a position that nobody has approved.

        What went by another way is put on record as it happened.
        """
        super()._check_letter_rests(letter)
        if (
            letter.kind == "position"
            and letter.channel == "mail"
            and self._asks_gate(GATE)
            and not self._gate_position_approved()
        ):
            raise self._refusal(
                self.env._(
                    "our position is not approved, and cannot be sent. Write it in the "
                    "tab “7.4 Evaluation and position”, and let somebody else approve "
                    "it."
                )
            )

    def _follow_letter(self, letter):  # pylint: disable=missing-return
        super()._follow_letter(letter)
        if letter.kind == "position" and not self._is_frozen():
            self._note_position_sent(letter.sent_date, letter)

    def _record_event(  # pylint: disable=missing-return
        self, event, day, reason, scan, scan_name
    ):
        super()._record_event(event, day, reason, scan, scan_name)
        if event == "position_sent" and day:
            self._note_position_sent(day)

    def _note_position_sent(self, day, letter=None):
        """Let the approved position be the one that was sent."""
        self._find_position("approved")._be_sent(day, letter)

    def _get_letter_words_of(self, kind):
        """A position's letter says our stances and reasons; never the range."""
        words = super()._get_letter_words_of(kind)
        position = kind == "position" and self._find_position("approved", "sent")
        return {**words, **position._get_words()} if position else words
