# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..mixin.people_date import format_people_date, format_people_number


class Policy(models.Model):
    """One version of an organization's dispute policy.

    Written by one person, approved by another, in force between two dates and
    never edited afterwards: a change is a new version. A dispute keeps the
    version it started under. ISO 10003:2018, 5.3 and annex K.
    """

    _name = "iso10003.policy"
    _description = "Dispute policy"
    _inherit = [
        "iso10003.guarded",
        "iso10003.named",
        "iso10003.registered",
        "iso10003.told",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "company_id, version desc, id desc"
    _check_company_auto = True

    # what an approved version says for ever
    _frozen_fields = frozenset(
        {
            "name",
            "page_id",
            "scope",
            "methods",
            "cost_to_complainant",
            "recourse",
            "currency_id",
            "answer_days",
            "vacancy_days",
            "offer_acceptance",
            "confirmation_days",
        }
    )

    name = fields.Char("Title", required=True, translate=True, tracking=True)
    version = fields.Integer(copy=False, readonly=True, aggregator=None, guarded=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        fixed=True,
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("approved", "Approved"),
            ("in_force", "In force"),
            ("superseded", "Superseded"),
        ],
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
        guarded=True,
    )
    author_id = fields.Many2one(
        "res.users", copy=False, readonly=True, ondelete="restrict", guarded=True
    )
    writer_ids = fields.Many2many(
        "res.users",
        "iso10003_policy_writer_rel",
        "policy_id",
        "user_id",
        "Changed by",
        copy=False,
        readonly=True,
        ondelete="restrict",
        help="Who else changed the draft. They do not approve it either.",
        guarded=True,
    )
    approver_id = fields.Many2one(
        "res.users",
        "Approved by",
        copy=False,
        readonly=True,
        ondelete="restrict",
        tracking=True,
        guarded=True,
    )
    approved_date = fields.Date("Approved on", copy=False, readonly=True, guarded=True)
    valid_from = fields.Date(
        "In force from", copy=False, readonly=True, tracking=True, guarded=True
    )
    valid_to = fields.Date(
        "In force until",
        copy=False,
        readonly=True,
        help="The first day on which this version is no longer in force.",
        guarded=True,
    )
    previous_id = fields.Many2one(
        "iso10003.policy",
        "Previous version",
        copy=False,
        readonly=True,
        ondelete="restrict",
        guarded=True,
    )
    review_date = fields.Date(
        "Next review",
        default=lambda self: fields.Date.context_today(self) + relativedelta(years=1),
        copy=False,
        tracking=True,
        help="When the policy is reviewed again (5.3.2).",
    )
    page_id = fields.Many2one(
        "document.page",
        "Full text",
        domain=[("type", "=", "content")],
        help="The policy as a controlled document, approved there.",
        ondelete="restrict",
    )
    # long texts, which a dispute does not read to name its policy
    scope = fields.Html(
        translate=True,
        prefetch=False,
        help="Which disputes the organization takes outside, and which not.",
    )
    methods = fields.Html(
        "Methods offered",
        translate=True,
        prefetch=False,
        help="Facilitative, advisory or determinative, and by whom (annex A).",
    )
    cost_to_complainant = fields.Char(
        "Cost to the complainant",
        translate=True,
        help="What the complainant pays, in words.",
    )
    recourse = fields.Html(
        "Other recourse",
        translate=True,
        prefetch=False,
        help="What a complainant is told about other ways, inside and outside the "
        "organization, when a complaint is not settled (ISO 10002, 7.9).",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    answer_days = fields.Integer(
        "Days to answer a complaint",
        default=56,
        help="After so many calendar days without a final answer a complaint counts "
        "as unresolved, and the complainant may go outside (7.2).",
        least=1,
        most=3650,
    )
    vacancy_days = fields.Integer(
        "Days that a vacancy stops limits",
        default=0,
        help="While nobody follows a complainant who died or left the file, the "
        "complainant's limits stand still, for so many days at most. Zero: they run "
        "on.",
        least=0,
        most=3650,
    )
    offer_acceptance = fields.Selection(
        [
            ("written", "In writing: by e-mail, portal or post, or on signed paper"),
            ("signed", "On signed paper only"),
            ("any", "Any way, also by word"),
        ],
        "An acceptance of an offer binds",
        required=True,
        default="written",
        help="What was accepted otherwise is confirmed before anything is owed by it "
        "(7.5.1).",
    )
    confirmation_days = fields.Integer(
        "Days to confirm an acceptance",
        default=14,
        help="So many calendar days after an acceptance by word it should be "
        "confirmed.",
        least=1,
        most=365,
    )
    dispute_count = fields.Integer(compute="_compute_dispute_count")

    _version_unique = models.UniqueIndex(
        "(company_id, version)", "A policy has each version number once."
    )
    _approver_not_author = models.Constraint(
        "CHECK (approver_id IS NULL OR approver_id IS DISTINCT FROM author_id)",
        "A policy is approved by somebody other than its author.",
    )
    _valid_in_order = models.Constraint(
        "CHECK (valid_to IS NULL OR valid_to >= valid_from)",
        "A policy cannot end before it begins.",
    )
    _answer_days_positive = models.Constraint(
        "CHECK (answer_days > 0)", "Give the days to answer a complaint: one or more."
    )
    # ranges of integers need no extension of PostgreSQL, unlike “company_id WITH =”
    _one_in_force = models.Constraint(
        """EXCLUDE USING gist (
            int4range(company_id, company_id, '[]') WITH &&,
            daterange(valid_from, valid_to) WITH &&
        ) WHERE (state IN ('in_force', 'superseded'))""",
        "Another version of the policy is in force at that date. "
        "Put the new version into force: it supersedes the old one by itself.",
    )

    @api.depends("name", "version")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for policy in self:
            policy.display_name = self.env._(
                "%(title)s, version %(version)s",
                title=policy.name or "",
                version=format_people_number(self.env, policy.version),
            )

    def _compute_dispute_count(self):
        counts = dict(
            self.env["iso10003.dispute"]._read_group(
                [("policy_id", "in", self.ids)], ["policy_id"], ["__count"]
            )
        )
        for policy in self:
            policy.dispute_count = counts.get(policy, 0)

    # ------------------------------------------------------------
    # What may be written
    # ------------------------------------------------------------

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        last = dict(
            # the version numbers of a company are one series, whoever may read it
            self.sudo()._read_group([], ["company_id"], ["version:max"])
        )
        prepared = []
        for vals in vals_list:
            company = self.env["res.company"].browse(
                vals.get("company_id") or self.env.company.id
            )
            last[company] = last.get(company, 0) + 1
            prepared.append(
                {
                    "state": "draft",
                    "version": last[company],
                    "author_id": self.env.uid,
                }
            )
        return prepared

    def _prepare_opened_data(self):
        return {"version": self.version}

    def write(self, vals):
        names = self._frozen_fields & vals.keys()
        rewritten = self.filtered(
            lambda policy: any(policy._would_change(name, vals[name]) for name in names)
        )
        rewritten._check_not_frozen()
        result = super().write(vals)
        rewritten._note_writer()
        return result

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        # the translation dialog writes by SQL, past write()
        if field_name in self._frozen_fields:
            self._check_not_frozen()
            self._note_writer()
        return super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )

    def _check_not_frozen(self):
        for policy in self:
            if policy.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(policy)s” is approved and does not change any more. "
                        "Make a new version of it.",
                        policy=policy.display_name,
                    )
                )

    def _note_writer(self):
        """Note who changes a draft, so that nobody approves their own words."""
        writer = self.env.user
        self.filtered(
            lambda policy: writer not in policy.author_id | policy.writer_ids
        )._guarded_write({"writer_ids": [Command.link(writer.id)]})

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        for policy in self:
            if policy.state != "draft":
                raise UserError(
                    self.env._(
                        "“%(policy)s” was approved and stays on record.",
                        policy=policy.display_name,
                    )
                )

    # ------------------------------------------------------------
    # Which version applies
    # ------------------------------------------------------------

    @api.model
    def _get_in_force_domain(self, company, day):
        return (
            Domain("company_id", "=", company.id)
            & Domain("state", "in", ["in_force", "superseded"])
            & Domain("valid_from", "<=", day)
            & (Domain("valid_to", "=", False) | Domain("valid_to", ">", day))
        )

    @api.model
    def _in_force(self, company, day):
        """Return the version of ``company`` in force on ``day``.

        :raises UserError: when there is none
        """
        policy = self.search_fetch(
            self._get_in_force_domain(company, day), ["company_id"], limit=1
        )
        if not policy:
            raise UserError(
                self.env._(
                    "%(company)s has no dispute policy in force on %(day)s. "
                    "Approve one and put it into force under "
                    "Helpdesk ▸ Disputes ▸ Rules ▸ Policies.",
                    company=company.name,
                    day=format_people_date(self.env, day, "short"),
                )
            )
        return policy
