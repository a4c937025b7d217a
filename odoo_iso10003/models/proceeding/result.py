# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from ...core import chain
from ...core import result as rules
from ...core.story import Fact
from ..mixin.people_date import format_people_date

KINDS = [
    (rules.SETTLEMENT, "Settlement"),
    (rules.RECOMMENDATION, "Recommendation"),
    (rules.VIEW, "Adjudicator's view"),
    (rules.DECISION, "Decision"),
    (rules.NONE, "No agreement"),
]
VERDICTS = [
    ("granted", "Granted"),
    ("part", "Granted in part"),
    ("refused", "Refused"),
    ("not_decided", "Not decided"),
]
# what only methods write, of a result whose file says it already
OWN = ("effect", "effective_date", "origin", "noted_as")
# what a result begins with that takes the place of another
TAKEN_OVER = (
    "kind",
    "proceeding_id",
    "reference",
    "binding",
    "answer_until",
    "silence",
    "review_route",
    "review_until",
)


class Result(models.Model):
    """What a dispute was resolved by: settlement, recommendation, decision (7.5.3–5).

    It is recorded as it came, with its real day, what it says of each claim, and whom
    it binds. What it brings about, its effect, follows from that and from the answers
    of both sides (``result_effect.py``); the outcome of the file follows from the
    results that have one. None changes: what was corrected, decided anew or set aside
    stays on record beside what took its place.
    """

    _name = "iso10003.result"
    _description = "Result"
    _inherit = [
        "iso10003.file.currency",
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
        "iso10003.reminded",
    ]
    _order = "date desc, id desc"
    _money_of = "dispute_id"
    _part_event = "result"
    _part_path = "dispute_id"

    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    kind = fields.Selection(
        KINDS,
        "Kind of result",
        required=True,
        default=rules.SETTLEMENT,
        fixed=True,
        sealed=True,
    )
    proceeding_id = fields.Many2one(
        "iso10003.proceeding",
        "Comes of",
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        help="The proceeding that it comes of; none where it was settled between us.",
    )
    date = fields.Date(
        "Result of",
        required=True,
        default=lambda self: self._get_company_day(),
        deed=True,
        fixed=True,
        sealed=True,
        help="The day on which it was agreed, recommended or decided.",
    )
    reference = fields.Char("Reference of the body", fixed=True, sealed="digest")
    text = fields.Text(
        "What it says",
        fixed=True,
        sealed="digest",
        help="The terms, or the decision with its reasons.",
    )
    document = fields.Binary(
        "The paper", attachment=True, copy=False, fixed=True, help="The paper itself."
    )
    document_name = fields.Char("Name of the file", fixed=True, sealed="digest")
    document_sha256 = fields.Char(
        "SHA-256 of the paper", readonly=True, copy=False, guarded=True, sealed=True
    )
    digest = fields.Char(
        "SHA-256 of what it says",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
    )
    # what it gives
    line_ids = fields.One2many("iso10003.result.line", "result_id", "Claims")
    verdict = fields.Selection(
        VERDICTS,
        "Of all claims together",
        compute="_compute_verdict",
        store=True,
        readonly=False,
        precompute=True,
        fixed=True,
        sealed=True,
    )
    amount = fields.Monetary(
        "What we give",
        compute="_compute_amount",
        store=True,
        readonly=False,
        precompute=True,
        fixed=True,
        sealed=True,
        help="What we pay, concede or give up by it; the sum of its lines.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self._default_currency(),
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    # whom it binds; who answers until when: result_effect.py
    binding = fields.Selection(
        [
            (rules.NOBODY, "Nobody: each side may refuse it"),
            (rules.US, "Us"),
            (rules.BOTH, "Both sides"),
            (rules.ON_ACCEPTANCE, "Us, once the complainant accepts"),
        ],
        "Binds",
        compute="_compute_binding",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        fixed=True,
        sealed=True,
    )
    due_date = fields.Date(
        "To be given until",
        fixed=True,
        sealed=True,
        help="The day until which it is carried out, where it says one.",
    )
    # what it brings about
    effect = fields.Selection(
        [
            (rules.OPEN, "Open: an answer is wanted"),
            (rules.EFFECTIVE, "Effective"),
            (rules.WITHOUT, "Without effect"),
            (rules.UNDER_REVIEW, "Under review"),
            (rules.REPLACED, "Replaced"),
            (rules.SET_ASIDE, "Set aside"),
        ],
        required=True,
        readonly=True,
        copy=False,
        default=rules.OPEN,
        guarded=True,
        sealed=True,
    )
    effective_date = fields.Date(
        "Effective on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    replaces_id = fields.Many2one(
        "iso10003.result",
        "Takes the place of",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        help="A result that it corrects, or that was decided anew.",
    )
    replaced_by_id = fields.Many2one(
        "iso10003.result",
        "Its place took",
        compute="_compute_replaced_by",
    )
    counts_anew = fields.Boolean(
        "Limits count anew",
        fixed=True,
        sealed=True,
        help="Whether the time to answer and to ask for a review begins again with it.",
    )
    origin = fields.Selection(
        [
            ("recorded", "Recorded"),
            ("settled", "Settled now"),
            ("noted", "Noted in short"),
            ("before", "Before"),
        ],
        "How it came on record",
        required=True,
        readonly=True,
        copy=False,
        default="recorded",
        guarded=True,
        sealed=True,
        help="Before: the file had it as a word and a day when results came.",
    )
    noted_as = fields.Selection(
        lambda self: (
            self.env["iso10003.dispute"]
            ._fields["outcome"]
            ._description_selection(self.env)
        ),
        "Noted as",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="How the file was said to end, where that is all that was noted.",
    )
    letter_id = fields.Many2one(
        "iso10003.letter",
        "Told by",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The letter that told it to the complainant.",
    )
    remarks = fields.Text("What is wrong with it", compute="_compute_remarks")

    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "What we give cannot be negative."
    )
    _replaced_once = models.UniqueIndex(
        "(replaces_id) WHERE replaces_id IS NOT NULL",
        "This result was replaced already.",
    )

    # ------------------------------------------------------------
    # What follows from what is filled in
    # ------------------------------------------------------------

    @api.depends("kind", "date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for result in self:
            words = (
                result._selection_label("kind"),
                format_people_date(self.env, result.date, "short"),
            )
            result.display_name = " · ".join(filter(None, words))

    def _list_facts(self):
        """Return what a result tells in the story of its file."""
        kind, effect = self._selection_label("kind"), self._selection_label("effect")
        return [Fact(self.date, kind, effect)]

    @api.depends("line_ids.verdict")
    def _compute_verdict(self):
        for result in self:
            verdicts = result.line_ids.mapped("verdict")
            if verdicts:
                result.verdict = rules.find_verdict(verdicts)
            else:
                result.verdict = result.verdict

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for result in self:
            total = sum(result.line_ids.mapped("amount"))
            result.amount = total or result.amount

    @api.depends("kind")
    def _compute_binding(self):
        for result in self:
            result.binding = rules.USUAL_BINDING[result.kind or rules.SETTLEMENT]

    def _compute_replaced_by(self):
        found = self.search([("replaces_id", "in", self.ids)])
        by_former = found.grouped("replaces_id")
        for result in self:
            result.replaced_by_id = by_former.get(result._origin)

    @api.model
    def default_get(self, fields):
        """Begin with each claim that is open, or with what it takes the place of."""
        values = super().default_get(fields)
        dispute = self.env["iso10003.dispute"].browse(values.get("dispute_id") or ())
        former = self.browse(values.get("replaces_id") or ())
        if former:
            former.check_access("read")
            taken = {
                name: self._fields[name].convert_to_write(former[name], former)
                for name in TAKEN_OVER
                if name in fields
            }
            values.update(taken)
        if "line_ids" in fields and dispute:
            begun = former._prepare_lines() or dispute._prepare_result_lines()
            values["line_ids"] = [Command.create(vals) for vals in begun]
        return values

    def _prepare_lines(self):
        """Return the lines that the result in its place begins with."""
        return [
            {
                "claim_id": line.claim_id.id,
                "head": line.head,
                "verdict": line.verdict,
                "amount": line.amount,
            }
            for line in self.line_ids
        ]

    # ------------------------------------------------------------
    # What cannot be true
    # ------------------------------------------------------------

    @api.constrains("answer_until", "review_until", "date")
    def _check_windows(self):
        for result in self:
            for name in ("answer_until", "review_until"):
                if result[name] and result[name] < result.date:
                    raise result._refusal(
                        self.env._(
                            "“%(field)s” cannot be %(day)s, before it was made.",
                            field=self._fields[name]._description_string(self.env),
                            day=format_people_date(self.env, result[name], "short"),
                        ),
                        ValidationError,
                    )

    @api.constrains("amount", "line_ids")
    def _check_sum(self):
        for result in self:
            total = sum(result.line_ids.mapped("amount"))
            if total and result.currency_id.compare_amounts(total, result.amount):
                raise result._refusal(
                    self.env._("what we give by it is the sum of its lines."),
                    ValidationError,
                )

    def _check_can_be(self):
        """Refuse what cannot be true of a result that somebody records."""
        # who records it leads the file
        self.dispute_id.sudo()._check_result_day(self.date)
        decided = self.verdict and self.verdict != "not_decided"
        if self.kind == rules.DECISION and not decided:
            raise self._refusal(
                self.env._(
                    "a decision decides something. Say of each claim whether it is "
                    "granted or refused."
                ),
                ValidationError,
            )

    # ------------------------------------------------------------
    # Recording: made once, and never changed
    # ------------------------------------------------------------

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        return [
            {
                "document_sha256": self._digest_document(
                    vals.get("document"), vals.get("document_name")
                )
            }
            for vals in vals_list
        ]

    @api.model_create_multi
    def create(self, vals_list):
        """Record results, and let follow on their files what rests on them."""
        # of which file it is decides, also where a default says it
        vals_list = [{**self.default_get(["dispute_id"]), **vals} for vals in vals_list]
        for dispute in self.dispute_id.browse(
            {vals.get("dispute_id") for vals in vals_list} - {None, False}
        ):
            dispute._check_may_record_result()
        for vals in vals_list:
            self.browse(vals.get("replaces_id") or ())._check_has_effect()
        results = super().create(vals_list)
        for result in results:
            result._check_can_be()
            result._freeze()
            result._stand_in()
            result._follow_answers()
            result.dispute_id._end_proceedings_by(result)
        return results

    @api.model
    def _note(self, vals_list):
        """Keep results that their files have followed already."""
        said = [
            {key: value for key, value in vals.items() if key not in OWN}
            for vals in vals_list
        ]
        # what the file says, whoever may record results
        results = super(Result, self.sudo()).create(said)  # pylint: disable=super-method-mismatch
        for result, vals in zip(results, vals_list, strict=True):
            own = {key: vals[key] for key in OWN if key in vals}
            result._guarded_write({**own, "digest": result._find_digest()})
        return results.with_env(self.env)

    def _freeze(self):
        """Keep the digest of what it says, from when on it has no more lines."""
        self._guarded_write({"digest": self._find_digest()})

    def _find_digest(self):
        said = [self.kind, self.text or "", *self.line_ids._list_texts()]
        return chain.sha256("\n".join(said))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for result in self:
            raise result._refusal(
                self.env._("it stays on record. Record the one that takes its place.")
            )

    def copy_data(self, default=None):
        for result in self:
            raise result._refusal(
                self.env._("a result is recorded once and is not duplicated.")
            )
        return []

    def _prepare_part_data(self):
        return {"kind": self.kind}

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, result “%(result)s”",
            dispute=self.dispute_id.sudo().name,  # who records it, knows the file
            result=self.display_name,
        )
