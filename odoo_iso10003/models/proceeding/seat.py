# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core import impartiality
from ..mixin.people_date import format_people_date

APPOINTED_BY = [
    ("complainant", "The complainant"),
    ("organization", "We"),
    ("both", "Both sides"),
    ("body", "The body"),
    ("others", "The other members"),
    ("authority", "An authority"),
]
SIDES = [
    ("complainant", "The complainant"),
    ("organization", "We"),
    ("body", "The body"),
]


class Seat(models.Model):
    """Somebody who sits in a proceeding and resolves it (4.9, 7.5).

    Who it is and who appointed them is given once. Whether they declared to be
    impartial, the declarations of the dispute say. A side challenges them on a
    ground, which is decided; who leaves is replaced, and stays on record.
    """

    _name = "iso10003.seat"
    _description = "Seat in a proceeding"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "proceeding_id, id"
    _rec_name = "partner_id"
    _part_event = "seat"
    _part_path = "proceeding_id"

    proceeding_id = fields.Many2one(
        "iso10003.proceeding",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    company_id = fields.Many2one(
        related="proceeding_id.company_id", store=True, precompute=True
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Who sits",
        required=True,
        index=True,
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    role = fields.Selection(
        [("sole", "Alone"), ("chair", "Chair"), ("member", "Member")],
        required=True,
        default="sole",
        fixed=True,
        sealed=True,
    )
    appointed_by = fields.Selection(
        APPOINTED_BY,
        "Appointed by",
        required=True,
        default="body",
        fixed=True,
        sealed=True,
    )
    appointed_date = fields.Date(
        "Appointed on",
        required=True,
        default=lambda self: self._get_company_day(),
        fixed=True,
        sealed=True,
        deed=True,
    )
    replaces_id = fields.Many2one(
        "iso10003.seat",
        "In the place of",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    state = fields.Selection(
        [("sits", "Sits"), ("challenged", "Challenged"), ("left", "Left")],
        required=True,
        readonly=True,
        copy=False,
        default="sits",
        guarded=True,
        sealed=True,
    )
    declared = fields.Boolean(
        "Declared to be impartial",
        compute="_compute_declared",
        help="And nothing stands against them, or it was waived.",
    )
    challenged_by = fields.Selection(
        SIDES, "Challenged by", readonly=True, copy=False, guarded=True, sealed=True
    )
    challenged_date = fields.Date(
        "Challenged on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    challenge_ground = fields.Text(
        "On what ground", readonly=True, copy=False, guarded=True, sealed="digest"
    )
    decision = fields.Selection(
        [("upheld", "Upheld"), ("rejected", "Rejected")],
        "Decision about it",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    decided_date = fields.Date(
        "Decided on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    left_date = fields.Date(
        "Left on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )

    _once = models.UniqueIndex(
        "(proceeding_id, partner_id) WHERE state <> 'left'",
        "This person sits in the proceeding already.",
    )
    _replaced_once = models.UniqueIndex(
        "(replaces_id) WHERE replaces_id IS NOT NULL",
        "Somebody sits in this place already.",
    )

    def _compute_declared(self):
        for seat in self:
            known = seat.sudo()  # that they declared is for who reads the proceeding
            rows = known.proceeding_id.dispute_id.confirmation_ids.filtered(
                lambda row, who=known.partner_id: (
                    row.role == impartiality.RESOLVER and row.partner_id == who
                )
            )
            seat.declared = bool(rows) and rows[:1]._is_enough()

    @api.constrains("partner_id", "proceeding_id")
    def _check_apart(self):
        for seat in self.sudo():  # who they are counts, whoever may read them
            dispute = seat.proceeding_id.dispute_id
            sides = dispute.partner_id | dispute.party_ids.partner_id
            sides |= seat.company_id.partner_id
            if seat.partner_id.commercial_partner_id in sides.commercial_partner_id:
                raise seat._refusal(
                    self.env._("who sits belongs to neither side. Choose another."),
                    ValidationError,
                )

    # ------------------------------------------------------------
    # Taking a seat
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        seats = super().create(vals_list)
        for proceeding in seats.proceeding_id:
            proceeding._check_may_be_heard()  # who leads it, while it is open
        return seats

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [{"state": "sits"} for _vals in vals_list]

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for seat in self:
            raise seat._refusal(
                self.env._("it stays on record. Note that they left instead.")
            )

    def action_ask(self, question=None):
        """Return the dialog that asks for what became of the seat.

        :param question: a question of ``iso10003.seat.step``; the first one when not
            given
        """
        self.ensure_one()
        self.check_access("write")
        questions = self.env["iso10003.seat.step"]._fields["question"]
        labels = dict(questions._description_selection(self.env))
        question = question or next(iter(labels))
        return self._open_dialog(
            "iso10003.seat.step",
            labels.get(question),
            default_seat_id=self.id,
            default_question=question,
        )

    def action_note_declaration(self):
        """Ask what they declared, on which document."""
        self.ensure_one()
        dispute = self.proceeding_id.dispute_id
        action = dispute.action_ask_resolver()
        action["context"]["default_person_id"] = self.partner_id.id
        return action

    # ------------------------------------------------------------
    # Challenged, and replaced
    # ------------------------------------------------------------

    def action_challenge(self, ground=None, by="organization", date=None):
        """Note that a side challenges them.

        :param ground: why; kept in the register
        :param by: which side, or the body by itself
        :param date: the day; today when not given
        """
        self.ensure_one()
        day = self._begin_deed("sits", "challenged_date", date)
        self._need_ground(ground)
        if by not in dict(SIDES):
            raise self._refusal(self.env._("say which side challenges them."))
        self._guarded_write(
            {
                "state": "challenged",
                "challenged_by": by,
                "challenged_date": day,
                "challenge_ground": ground,
                "decision": False,
                "decided_date": False,
            }
        )
        return True

    def action_decide_challenge(self, decision=None, date=None):
        """Note how it was decided: upheld they leave, rejected they sit on."""
        self.ensure_one()
        day = self._begin_deed("challenged", "decided_date", date)
        if decision not in ("upheld", "rejected"):
            raise self._refusal(self.env._("say whether it was upheld or rejected."))
        upheld = decision == "upheld"
        self._guarded_write(
            {
                "state": "left" if upheld else "sits",
                "decision": decision,
                "decided_date": day,
                "left_date": day if upheld else False,
            }
        )
        return True

    def action_leave(self, date=None):
        """Note that they do not sit any more, by themselves."""
        self.ensure_one()
        day = self._begin_deed("sits", "left_date", date)
        self._guarded_write({"state": "left", "left_date": day})
        return True

    def action_replace(self, partner_id=None, appointed_by="body", date=None):
        """Note who sits in the place of somebody who left.

        :param partner_id: the contact
        :return: the new seat's form
        """
        self.ensure_one()
        self._begin_deed("left", "appointed_date", date)
        person = self.env["res.partner"].browse(partner_id or ()).exists()
        if not person:
            raise self._refusal(self.env._("say who sits in their place."))
        person.check_access("read")
        seat = self.create(
            {
                "proceeding_id": self.proceeding_id.id,
                "partner_id": person.id,
                "role": self.role,
                "appointed_by": appointed_by,
                **({"appointed_date": date} if date else {}),
            }
        )
        seat._guarded_write({"replaces_id": self.id})
        return seat.get_formview_action()

    def _begin_deed(self, state, name, date):
        """Return the day of a deed, or refuse it."""
        self.check_access("write")
        self.proceeding_id._check_may_be_heard()
        self._check_given(name, date)
        if self.state != state:
            raise self._refusal(
                self.env._(
                    "it is “%(state)s”; that is not noted now.",
                    state=self._selection_label("state"),
                )
            )
        day = fields.Date.to_date(date) or self._get_company_day()
        if day < self.appointed_date:
            raise self._refusal(
                self.env._(
                    "that was not before they were appointed on %(day)s.",
                    day=format_people_date(self.env, self.appointed_date, "short"),
                )
            )
        return day

    def _need_ground(self, ground):
        if not self._is_said(ground):
            raise self._refusal(self.env._("say on what ground."))

    def _get_refused_name(self):
        return self.env._(
            "%(proceeding)s, seat of %(name)s",
            proceeding=self.sudo().proceeding_id.name,  # who notes it knows the file
            name=self.sudo().partner_id.name,
        )
