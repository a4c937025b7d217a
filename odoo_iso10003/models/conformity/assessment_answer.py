# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core import scoring, segregation
from ...core.chain import SealedText
from ..mixin.people_date import format_people_number

# what an answer by hand carries over to the next assessment
CARRIED = (
    "verdict",
    "reason",
    "interviewee",
    "interviewed_on",
    "answered_at",
    "confirmed_at",
)


class AssessmentAnswer(models.Model):
    """What an answer rests on, and who stands for one better than the records.

    An answer by hand that earns points wants evidence: a text of substance, a page or
    a file. One that says more than the records, or leaves a question out, wants its
    reason, and a second person where duties are separate (4.4). Each is a row in the
    register and a line of the printed statement.
    """

    _inherit = "iso10003.assessment.line"

    page_id = fields.Many2one(
        "document.page",
        "Document seen",
        ondelete="restrict",
        domain="['|', ('company_id', '=', False), ('company_id', '=', company_id)]",
    )
    evidence_ids = fields.Many2many(
        "ir.attachment",
        "iso10003_assessment_line_attachment_rel",
        "line_id",
        "attachment_id",
        "Files seen",
        ondelete="restrict",
    )
    interviewee = fields.Char("Interview with")
    interviewed_on = fields.Date("Interview on", deed=True)
    departure = fields.Selection(
        [
            ("raised", "Better than the records"),
            ("excluded", "Left out"),
        ],
        "Beside the records",
        compute="_compute_departure",
        store=True,
        help="A person says more than the records do, or leaves the question out. "
        "It is printed with its reason and who said so.",
    )
    confirmed_by_id = fields.Many2one(
        "res.users",
        "Confirmed by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    confirmed_at = fields.Datetime(
        "Confirmed on", readonly=True, copy=False, guarded=True
    )

    @api.depends("verdict", "auto_verdict", "requirement_id.check")
    def _compute_departure(self):
        for line in self:
            line.departure = line._find_departure(line.verdict)

    # ------------------------------------------------------------
    # Evidence
    # ------------------------------------------------------------

    @api.constrains("verdict", "auto_verdict", "reason", "page_id", "evidence_ids")
    def _check_reason(self):
        for line in self:
            if lacks := line._tell_lack():
                raise ValidationError(lacks)

    def _tell_lack(self):
        """Return, in words, what an answer lacks to count; or nothing."""
        self.ensure_one()
        if self._find_departure(self.verdict) == "excluded":
            return "" if scoring.says_something(self.reason) else self._tell_why()
        if self._find_departure(self.verdict) == "raised":
            return "" if scoring.says_something(self.reason) else self._tell_records()
        if self._earns_by_hand() and not self._has_evidence():
            return self.env._(
                "Question %(code)s: “%(verdict)s” wants evidence. Say in a few words "
                "what was seen, or add the document or file.",
                code=self._tell_code(),
                verdict=self._label("verdict"),
            )
        return ""

    def _tell_why(self):
        return self.env._(
            "Question %(code)s: say why it does not apply, in a few words; it is "
            "kept on record and printed.",
            code=self._tell_code(),
        )

    def _tell_records(self):
        return self.env._(
            "Question %(code)s: the records say “%(found)s”. To answer "
            "“%(verdict)s”, give a reason in a few words; it is kept on record and "
            "printed.",
            code=self._tell_code(),
            found=self._label("auto_verdict")
            or dict(self._fields["verdict"]._description_selection(self.env))[
                "unchecked"
            ],
            verdict=self._label("verdict"),
        )

    def _tell_code(self):
        return format_people_number(self.env, self.requirement_id.code)

    def _earns_by_hand(self):
        automatic = self.requirement_id.check or self.check_code
        return not automatic and scoring.POINTS.get(self.verdict, 0) > 0

    def _has_evidence(self):
        # whether there is any content is asked, whoever may read it
        files = self.sudo().evidence_ids.filtered("file_size")
        return bool(scoring.says_something(self.reason) or self.page_id or files)

    # ------------------------------------------------------------
    # Answering
    # ------------------------------------------------------------

    def _note_answer(self):
        """Note whose answer it is; a row for one that departs from the records."""
        self._guarded_write(
            {
                "answered_by_id": self.env.uid,
                "answered_at": fields.Datetime.now(),
                "confirmed_by_id": False,
                "confirmed_at": False,
            }
        )
        for line in self.filtered("departure"):
            line.assessment_id._register_event(
                "raised",
                {
                    "question": line.requirement_id.code,
                    "from": line.auto_verdict or "unchecked",
                    "to": line.verdict,
                },
                line.reason,
            )

    def action_confirm(self):
        """Stand for answers that say more than the records, or leave a question out.

        :raises ValidationError: for one's own answer
        """
        self.assessment_id.check_access("read")
        self.assessment_id._check_in_work()
        mixin = self.env["iso10003.segregated"]
        for line in self.filtered(lambda line: line._waits_for_second()):
            mixin._refuse_own("confirmer_answerer", line.answered_by_id)
            # who confirms may be of the top management, who writes nothing else here
            line.sudo()._guarded_write(
                {
                    "confirmed_by_id": self.env.uid,
                    "confirmed_at": fields.Datetime.now(),
                }
            )
            # as above: the row of what they confirmed
            line.assessment_id.sudo()._register_event(
                "confirmed",
                {
                    "question": line.requirement_id.code,
                    "to": line.verdict,
                    "answered_by": line.answered_by_id.id,
                },
            )
        return True

    def _waits_for_second(self):
        return bool(self.departure) and not self.confirmed_by_id

    @api.model
    def _wants_second(self, company):
        """Whether the policy in force separates duties, so that two have to stand."""
        policies = self.env["iso10003.policy"].sudo()  # how strict it is, is no secret
        today = company._get_company_day()
        policy = policies.search(policies._get_in_force_domain(company, today), limit=1)
        return bool(policy) and policy.segregation_profile != segregation.SMALL

    # ------------------------------------------------------------
    # What the next assessment takes over, and the register keeps
    # ------------------------------------------------------------

    def _carry(self, former):
        """Take over an answer by hand of the assessment before."""
        self._guarded_write(
            {
                **{name: former[name] for name in CARRIED},
                "page_id": former.page_id.id,
                "evidence_ids": [fields.Command.set(former.evidence_ids.ids)],
                "answered_by_id": former.answered_by_id.id,
                "confirmed_by_id": former.confirmed_by_id.id,
            }
        )

    def _seal_evidence(self):
        """Return what an answer rests on as the register keeps it."""
        # what was seen is sealed whole, whoever freezes
        files = self.sudo().evidence_ids
        sealed = {
            "page": self.page_id.id,
            "files": sorted(
                hashlib.sha256(file.raw or b"").hexdigest() for file in files
            ),
            "interview": self.interviewed_on and self.interviewed_on.isoformat(),
            "interviewee": self.interviewee and SealedText(self.interviewee),
            "answered_by": self.answered_by_id.id,
            "confirmed_by": self.confirmed_by_id.id,
        }
        return {name: value for name, value in sealed.items() if value}
