# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import float_repr, is_html_empty

from ...core import chain
from ...core.story import Fact
from ..mixin.people_date import format_people_number
from .positioned import STANCES, seal_inside

# what is written on a sheet, besides the facts
TEXTS = ("issues", "earlier_handling", "commitment", "others", "merits")
# what a new version takes over from the one before
TAKEN_OVER = (
    "facts",
    *TEXTS,
    "others_count",
    "severity",
    "exposure_least",
    "exposure_likely",
    "exposure_most",
    "stance",
    "amount",
    "reasons",
)
# a dispute is evaluated from its notice on, until it has a result
EVALUATED_IN = ("evaluation", "position", "resolution")


class Evaluation(models.Model):
    """What the evaluator makes of a dispute: one version of the sheet (7.4.1).

    Facts, issues, how it was handled before, whom else it concerns, and what is at
    stake in money. A version is submitted once and frozen with its digest; another one
    replaces it, and the former stays. The evaluator writes it; the word of somebody
    from outside is put on record by who leads the file, with what shows it.
    """

    _name = "iso10003.evaluation"
    _description = "Evaluation"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "dispute_id, version desc"
    _part_event = "evaluation"
    _part_path = "dispute_id"
    _part_begins = "drafted"

    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    version = fields.Integer(readonly=True, copy=False, guarded=True, least=1)
    state = fields.Selection(
        [("draft", "Draft"), ("submitted", "Submitted"), ("replaced", "Replaced")],
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        guarded=True,
    )
    # whose word it is
    author_id = fields.Many2one(
        "res.users",
        "Written by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
    )
    outside_name = fields.Char(
        "Evaluated outside by",
        sealed="digest",
        help="Who evaluated it, where that is nobody of ours. What shows it is "
        "attached.",
    )
    scan = fields.Binary("What shows it", attachment=True, copy=False)
    scan_name = fields.Char("Name of the file", sealed="digest")
    scan_sha256 = fields.Char(
        "SHA-256 of what shows it", readonly=True, copy=False, guarded=True
    )
    # what was found
    facts = fields.Html(
        prefetch=False, sealed="digest", help="What happened, and what shows it."
    )
    issues = fields.Text(sealed="digest", help="What the sides disagree on.")
    earlier_handling = fields.Text(
        sealed="digest", help="How the complaint was handled, and whether rightly."
    )
    commitment = fields.Text(
        "Promise concerned",
        sealed="digest",
        help="Which of our promises or commitments it is about.",
    )
    others = fields.Text(
        "Others affected", sealed="digest", help="Which customers else it may concern."
    )
    others_count = fields.Integer(
        "How many others", sealed=True, least=0, most=1_000_000_000
    )
    merits = fields.Text(
        "Merits and recommendation",
        sealed="digest",
        help="Who is right, how far, and what we should do. It stays inside.",
    )
    severity = fields.Selection(
        lambda self: self._get_severities(),
        compute="_compute_severity",
        store=True,
        readonly=False,
        precompute=True,
        sealed=True,
        help="How serious it is for the complainant and for others.",
    )
    # what is at stake for us
    exposure_least = fields.Monetary("Exposure, least", sealed="digest")
    exposure_likely = fields.Monetary(
        "Exposure, most likely",
        compute="_compute_exposure",
        store=True,
        readonly=False,
        precompute=True,
        sealed="digest",
        help="What it costs us most likely. A position is approved by whom this "
        "amount, or what it concedes, is within the tier of.",
    )
    exposure_most = fields.Monetary(
        "Exposure, most",
        compute="_compute_exposure_most",
        store=True,
        readonly=False,
        precompute=True,
        sealed="digest",
    )
    currency_id = fields.Many2one(
        "res.currency",
        readonly=True,
        required=True,
        default=lambda self: self._default_currency(),
        ondelete="restrict",
        guarded=True,
    )
    # what we should answer; where evaluation and position are one step, our draft
    stance = fields.Selection(
        STANCES, "Stance proposed", sealed="digest", help="What we should answer."
    )
    amount = fields.Monetary("Amount to concede", sealed="digest")
    reasons = fields.Text(
        "Reasons for the other side",
        sealed="digest",
        help="As the complainant and the provider read them in our position.",
    )
    merges = fields.Boolean(compute="_compute_merges")
    is_evaluator = fields.Boolean("I evaluate it", compute="_compute_is_evaluator")
    # what was submitted
    submitted_date = fields.Date(
        "Submitted on", readonly=True, copy=False, guarded=True, sealed=True, deed=True
    )
    digest = fields.Char(
        "SHA-256",
        readonly=True,
        copy=False,
        guarded=True,
        help="Of all that is written on the sheet.",
    )

    _version_once = models.UniqueIndex(
        "(dispute_id, version)", "A sheet of this number is there already."
    )
    _one_draft = models.UniqueIndex(
        "(dispute_id) WHERE state = 'draft'",
        "A sheet is being written already. Reload the page.",
    )
    _one_submitted = models.UniqueIndex(
        "(dispute_id) WHERE state = 'submitted'",
        "Another sheet was submitted just now. Reload the page.",
    )
    _exposure_rises = models.Constraint(
        "CHECK (exposure_least >= 0 AND exposure_least <= exposure_likely "
        "AND exposure_likely <= exposure_most)",
        "The least exposure is no more than the most likely one, and that no more "
        "than the most; none is negative.",
    )
    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "What we concede cannot be negative."
    )
    _others_not_negative = models.Constraint(
        "CHECK (others_count >= 0)", "No fewer than none are affected."
    )
    _frozen_when_submitted = models.Constraint(
        "CHECK (state = 'draft' "
        "OR (submitted_date IS NOT NULL AND digest IS NOT NULL))",
        "What was submitted has its day, and the digest of its text.",
    )

    # ------------------------------------------------------------
    # What it begins with
    # ------------------------------------------------------------

    @api.model
    def _get_severities(self):
        disputes = self.env["iso10003.dispute"]
        return disputes._fields["severity"]._description_selection(self.env)

    def _default_currency(self):
        disputes = self.env["iso10003.dispute"]
        dispute = disputes.browse(self.env.context.get("default_dispute_id") or ())
        # which money a file is in, is no secret to who evaluates it
        return dispute.sudo().currency_id or self.env.company.currency_id

    @api.depends("version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for sheet in self:
            sheet.display_name = self.env._(
                "Evaluation %(version)s",
                version=format_people_number(self.env, sheet.version or ""),
            )

    def _list_facts(self):
        """Return what a sheet tells in the story of its file."""
        return [Fact(self.submitted_date, self.display_name)]

    @api.depends("dispute_id")
    def _compute_severity(self):
        for sheet in self:
            sheet.severity = sheet.severity or sheet.dispute_id.severity

    @api.depends("dispute_id")
    def _compute_exposure(self):
        """Begin with what is claimed, until somebody knows better."""
        for sheet in self:
            claimed = sheet.dispute_id.amount_claimed
            sheet.exposure_likely = sheet.exposure_likely or claimed

    @api.depends("dispute_id", "exposure_likely")
    def _compute_exposure_most(self):
        for sheet in self:
            claimed, likely = sheet.dispute_id.amount_claimed, sheet.exposure_likely
            sheet.exposure_most = max(sheet.exposure_most or claimed, likely)

    @api.depends("dispute_id.evaluator_id")
    @api.depends_context("uid")
    def _compute_is_evaluator(self):
        for sheet in self:
            sheet.is_evaluator = sheet.dispute_id.evaluator_id == self.env.user

    @api.depends("dispute_id")
    def _compute_merges(self):
        for sheet in self:
            sheet.merges = bool(sheet.dispute_id) and sheet.dispute_id._merges_sheets()

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        disputes = self.env["iso10003.dispute"].browse(
            vals.get("dispute_id") for vals in vals_list
        )
        return [
            {
                "version": dispute._count_versions(self._name) + 1,
                "author_id": self.env.uid,
                # which money a file is in, is no secret to who evaluates it
                "currency_id": dispute.sudo().currency_id.id,
            }
            for dispute in disputes
        ]

    # ------------------------------------------------------------
    # Writing it
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        sheets = super().create(vals_list)
        sheets._check_may_write()
        return sheets

    def write(self, vals):
        self._check_draft()
        self._check_may_write()
        result = super().write(vals)
        self._check_may_write()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_drafts_only(self):
        self._check_draft()
        self._check_may_write()

    def _check_draft(self):
        for sheet in self:
            if sheet.state != "draft":
                raise sheet._refusal(
                    self.env._(
                        "it is submitted, and does not change any more. Write a new "
                        "version; this one stays on record."
                    )
                )

    def _check_may_write(self):
        """Leave the sheet to the evaluator, or to who has an outsider's word on paper.

        :raises AccessError: for who leads the file and does not evaluate it
        """
        for sheet in self:
            dispute = sheet.dispute_id
            dispute.check_access("write")
            if dispute.state not in EVALUATED_IN:
                raise sheet._refusal(
                    self.env._(
                        "a dispute is not evaluated in the state “%(state)s”.",
                        state=dispute._selection_label("state", dispute.state),
                    )
                )
            if not sheet.outside_name and dispute.evaluator_id != self.env.user:
                raise AccessError(
                    self.env._(
                        "%(sheet)s: only the evaluator writes it (%(evaluator)s). What "
                        "somebody from outside found is put on record with their name "
                        "and what shows it.",
                        sheet=sheet._get_refused_name(),
                        # who evaluates, whoever leads the file may know
                        evaluator=dispute.evaluator_id.sudo().name or "–",
                    )
                )

    # ------------------------------------------------------------
    # Submitting it
    # ------------------------------------------------------------

    def action_submit(self):
        """Submit the sheet: it is frozen, and the file keeps what was found.

        :raises UserError: while it lacks something, or another one writes it
        """
        for sheet in self:
            sheet._submit()
        return {"type": "ir.actions.act_window_close"}

    def _submit(self):
        dispute = self.dispute_id
        self._check_may_write()
        dispute._lock()
        self.invalidate_recordset(["state"])
        if self.state != "draft":  # pressed twice
            return
        self._check_whole()
        dispute._find_evaluation()._be_replaced()
        self._guarded_write(
            {
                "state": "submitted",
                "submitted_date": dispute._get_company_day(),
                "author_id": self.env.uid,
                "scan_sha256": self._digest_document(self.scan),
                "digest": self._compute_digest(),
            }
        )
        self.flush_recordset()
        self._register_part("submitted", {self: self._prepare_submitted_data()})
        dispute._follow_evaluation(self)

    def _check_whole(self):
        lacking = self._find_lacking()
        if lacking:
            labels = self.fields_get(lacking, ["string"])
            raise self._refusal(
                self.env._(
                    "this is still to be written: %(fields)s.",
                    fields=", ".join(labels[name]["string"] for name in lacking),
                )
            )

    def _find_lacking(self):
        """Return the fields that are wanted before it is submitted."""
        wanted = ["severity"]
        if self.outside_name:
            wanted.append("scan")
        if self.dispute_id._merges_sheets() and self.dispute_id._wants_position():
            wanted += ["stance", "reasons"]
            if self.stance == "in_part":
                wanted.append("amount")
        lacking = [name for name in wanted if not self[name]]
        return (["facts"] if is_html_empty(self.facts) else []) + lacking

    def _be_replaced(self):
        self._guarded_write({"state": "replaced"})
        self.flush_recordset()  # one is submitted at a time
        self._register_part("replaced", {sheet: {} for sheet in self})

    def _compute_digest(self):
        amounts = [
            float_repr(self[name], self.currency_id.decimal_places)
            for name in ("exposure_least", "exposure_likely", "exposure_most", "amount")
        ]
        texts = [self[name] or "" for name in ("outside_name", "facts", *TEXTS)]
        answer = [self.severity, self.stance or "", self.reasons or ""]
        count = str(self.others_count)
        return chain.sha256("\n".join([*texts, count, *amounts, *answer]))

    def _seal_field(self, name):
        """Of what is at stake, the register has a digest."""
        return seal_inside(self, name) or super()._seal_field(name)

    def _prepare_part_data(self):
        return {"version": self.version}

    def _prepare_submitted_data(self):
        """Return what the register keeps of it, without personal data.

        What is at stake is sealed by the digest: the register is printed for outsiders.
        """
        data = {
            "severity": self.severity,
            "digest": self.digest,
            "date": self.submitted_date.isoformat(),
            "outside": bool(self.outside_name),
        }
        return {**data, **({"scan": self.scan_sha256} if self.scan_sha256 else {})}

    def _write_findings(self):
        """Return what was found as the findings of the file."""
        labels = self.fields_get(TEXTS, ["string"])
        parts = [
            Markup("<p><strong>%s</strong><br>%s</p>")
            % (
                labels[name]["string"],
                Markup("<br>").join(self[name].splitlines()),
            )
            for name in TEXTS
            if self[name]
        ]
        return Markup("").join([Markup(self.facts or ""), *parts])

    # ------------------------------------------------------------
    # Rules, small words
    # ------------------------------------------------------------

    @api.constrains("amount", "stance")
    def _check_amount_of_part(self):
        for sheet in self:
            if sheet.amount and sheet.stance != "in_part":
                raise sheet._refusal(
                    self.env._(
                        "an amount to concede belongs to “in part”. What is conceded "
                        "whole is what is claimed."
                    ),
                    ValidationError,
                )

    def action_new_version(self):
        """Open a new version that begins with what this one says."""
        self.ensure_one()
        return self.dispute_id.action_write_evaluation()

    def _prepare_next(self):
        """Return the defaults of the version after this one."""
        return {name: self[name] for name in TAKEN_OVER if self[name]}

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, evaluation %(version)s",
            dispute=self.dispute_id.sudo().name,  # who evaluates, knows the file
            version=format_people_number(self.env, self.version),
        )
