# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.i18n import format_list

from ...core.reference import fold_reference
from ...core.story import Fact
from ..mixin.people_date import format_people_date

BEGUN_BY = [
    ("complainant", "The complainant"),
    ("organization", "We"),
    ("both", "Both sides"),
    ("law", "The law"),
    ("body", "The body itself"),
]
# what a notice that corrects another begins with
TAKEN_OVER = (
    "provider_id",
    "method_id",
    "reference",
    "branch",
    "archive_number",
    "service_number",
    "channel",
    "service",
    "received_date",
    "deemed_date",
    "begun_by",
    "party_id",
    "reply_date",
    "pending_elsewhere",
    "pending_where",
    "document_name",
    "claim_ids",
)


class Notice(models.Model):
    """The notice that served a dispute on us, or our application to a body (7.3).

    It says which body has the matter and under which number, how and when it reached
    us, who began, what is claimed and by when the body wants our reply. Once recorded
    it stays as it is: whoever recorded it wrongly records it anew with the reason, and
    the former stays on record beside it.
    """

    _name = "iso10003.notice"
    _description = "Notice of dispute"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.withheld",
        "iso10003.registered.part",
    ]
    _order = "served_date, id"
    _rec_names_search = ["reference", "provider_id"]
    _check_company_auto = True
    _part_event = "noticed"
    _part_path = "dispute_id"

    dispute_id = fields.Many2one(
        "iso10003.dispute", required=True, index=True, ondelete="restrict", fixed=True
    )
    company_id = fields.Many2one(related="dispute_id.company_id", store=True)
    state = fields.Selection(
        [("recorded", "On record"), ("corrected", "Corrected")],
        required=True,
        readonly=True,
        copy=False,
        default="recorded",
        guarded=True,
        sealed=True,
    )
    # who has the matter, and under which number
    provider_id = fields.Many2one(
        "iso10003.provider",
        "Body",
        index="btree_not_null",
        ondelete="restrict",
        check_company=True,
        fixed=True,
        sealed=True,
        help="Who resolves the dispute. None where the complainant served the notice.",
    )
    method_id = fields.Many2one(
        "iso10003.method",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        compute="_compute_method_id",
        store=True,
        readonly=False,
        precompute=True,
        help="By which method the body resolves it, where the notice says so.",
    )
    reference = fields.Char(
        "Reference of the body",
        fixed=True,
        sealed="digest",
        help="The number of the case there, or of its docket.",
    )
    reference_key = fields.Char(
        compute="_compute_reference_key", store=True, precompute=True
    )
    branch = fields.Char("Branch or board", fixed=True, sealed="digest")
    archive_number = fields.Char("Archive number", fixed=True, sealed="digest")
    service_number = fields.Char(
        "Number of the service",
        fixed=True,
        sealed="digest",
        help="The number on the paper by which it was served.",
    )
    # when and how it was served
    channel = fields.Selection(
        [
            ("mail", "By e-mail"),
            ("post", "By post"),
            ("portal", "On the body's portal"),
            ("electronic", "By an electronic service of the authorities"),
            ("hand", "By hand or by an officer"),
            ("word", "By word"),
        ],
        "How it came",
        required=True,
        default="mail",
        fixed=True,
        sealed=True,
    )
    service = fields.Selection(
        [("actual", "Actual service"), ("deemed", "Deemed service")],
        required=True,
        default="actual",
        fixed=True,
        sealed=True,
        help="Deemed: the law counts it as served on a day, whether or not it reached "
        "us by then.",
    )
    received_date = fields.Date(
        "Reached us on",
        default=lambda self: self._get_company_day(),
        fixed=True,
        sealed=True,
        deed=True,
    )
    deemed_date = fields.Date("Deemed served on", fixed=True, sealed=True, deed=True)
    served_date = fields.Date(
        "Served on",
        compute="_compute_served_date",
        store=True,
        precompute=True,
        help="From when limits count: of a deemed service, the day that the law says.",
    )
    # what it is about
    begun_by = fields.Selection(
        BEGUN_BY,
        "Who began",
        required=True,
        default="complainant",
        fixed=True,
        sealed=True,
    )
    party_id = fields.Many2one(
        "iso10003.party", "Applicant", ondelete="restrict", fixed=True, sealed=True
    )
    claim_ids = fields.Many2many(
        "iso10003.claim",
        "iso10003_notice_claim_rel",
        "notice_id",
        "claim_id",
        "Claims that it names",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    new_claim_ids = fields.One2many(
        "iso10003.claim", "notice_id", "Claims noted from it"
    )
    reply_date = fields.Date(
        "Reply wanted by",
        fixed=True,
        sealed=True,
        help="The last day that the body has set. It runs as a limit of its own.",
    )
    deadline_id = fields.Many2one(
        "iso10003.deadline",
        "Limit for the reply",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    pending_elsewhere = fields.Selection(
        [("no", "No"), ("yes", "Yes"), ("unknown", "Not known")],
        "Pending elsewhere",
        fixed=True,
        sealed=True,
        help="Whether a court, an authority or another body has the same matter.",
    )
    pending_where = fields.Char("Where it is pending", fixed=True, sealed="digest")
    # its papers
    document = fields.Binary(
        "The notice", attachment=True, copy=False, fixed=True, help="The paper itself."
    )
    document_name = fields.Char("Name of the file", fixed=True, sealed="digest")
    document_sha256 = fields.Char(
        "SHA-256 of the notice", readonly=True, copy=False, guarded=True, sealed=True
    )
    paper_ids = fields.Many2many(
        "ir.attachment",
        "iso10003_notice_paper_rel",
        "notice_id",
        "attachment_id",
        "Papers with it",
        ondelete="restrict",
        fixed=True,
        sealed=True,
        help="Each is in the register with its SHA-256.",
    )
    # recorded anew
    replaces_id = fields.Many2one(
        "iso10003.notice",
        "Corrects",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        fixed=True,
        sealed=True,
    )
    reason = fields.Text(
        "Why it is recorded anew",
        fixed=True,
        sealed="digest",
        help="Kept on record.",
    )
    remarks = fields.Text("What to know about it", compute="_compute_remarks")

    _once = models.UniqueIndex(
        "(dispute_id, COALESCE(provider_id, 0), COALESCE(reference_key, '')) "
        "WHERE state = 'recorded'",
        "This notice is on the file already.",
    )
    _corrected_once = models.UniqueIndex(
        "(replaces_id) WHERE replaces_id IS NOT NULL",
        "This notice was corrected already.",
    )
    _served_some_day = models.Constraint(
        "CHECK (served_date IS NOT NULL)", "Say on which day the notice was served."
    )
    _reason_to_correct = models.Constraint(
        "CHECK (replaces_id IS NULL OR reason IS NOT NULL)",
        "Say why the notice is recorded anew.",
    )

    # ------------------------------------------------------------
    # Computed
    # ------------------------------------------------------------

    @api.depends("provider_id", "reference")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for notice in self:
            # who reads the notice may know which body it came from
            body = notice.provider_id.sudo().display_name
            notice.display_name = " · ".join(
                filter(None, [body or self.env._("Notice"), notice.reference])
            )

    def _list_facts(self):
        """Return what a notice tells in the story of its file."""
        return [
            Fact(self.served_date, self.display_name, self._selection_label("begun_by"))
        ]

    @api.depends("reference")
    def _compute_reference_key(self):
        for notice in self:
            notice.reference_key = fold_reference(notice.reference) or False

    @api.depends("service", "received_date", "deemed_date")
    def _compute_served_date(self):
        for notice in self:
            deemed = notice.service == "deemed"
            notice.served_date = notice.deemed_date if deemed else notice.received_date

    @api.depends("provider_id")
    def _compute_method_id(self):
        """The only method that the body offers is the one."""
        for notice in self:
            # what the body offers, whoever may read providers
            services = notice.provider_id.sudo().service_ids
            methods = services._filter_valid(self._get_company_day()).method_id
            notice.method_id = methods if len(methods) == 1 else notice.method_id

    @api.depends("dispute_id", "provider_id", "reference", "served_date", "document")
    @api.depends_context("lang", "uid")
    def _compute_remarks(self):
        for notice in self:
            notice.remarks = "\n".join(notice._find_remarks())

    def _find_remarks(self):
        """Return in sentences what is wrong with it, or to be known."""
        found = [
            self.env._(
                "This notice is on file %(dispute)s already.",
                dispute=twin.dispute_id.display_name,
            )
            for twin in self._find_twins()
        ]
        if self.pending_elsewhere == "yes":
            found.append(self.env._("The same matter is pending elsewhere."))
        dispute = self.dispute_id.sudo()  # its complaint, whoever may read it
        received = dispute.complaint_date
        if received and self.served_date and self.served_date < received:
            found.append(
                self.env._(
                    "It was served on %(served)s, before the complaint reached us on "
                    "%(day)s.",
                    served=format_people_date(self.env, self.served_date, "short"),
                    day=format_people_date(self.env, received, "short"),
                )
            )
        if self._origin and not self.document_sha256:
            found.append(self.env._("The paper itself is not on file."))
        return found

    def _find_twins(self):
        """Return the same notice of the same complainant on files that are open.

        Of files that the reader may not read nothing is told.
        """
        key = fold_reference(self.reference)
        # who it is counts, whoever may read it
        complainant = self.dispute_id.sudo().partner_id
        if not (key and self.provider_id and complainant):
            return self.browse()
        own = self._origin | self.replaces_id
        return self.sudo(False).search(
            [
                ("provider_id", "=", self.provider_id.id),
                ("reference_key", "=", key),
                ("state", "=", "recorded"),
                ("dispute_id.partner_id", "=", complainant.id),
                ("dispute_id.closed_date", "=", False),
                ("id", "not in", own.ids),
            ]
        )

    # ------------------------------------------------------------
    # Rules
    # ------------------------------------------------------------

    @api.constrains("provider_id", "dispute_id")
    def _check_body_apart(self):
        for notice in self.sudo():  # who they are counts, whoever may read them
            body = notice.provider_id.partner_id
            if body and notice.dispute_id._find_side_of(body) == "complainant":
                raise notice._refusal(
                    self.env._(
                        "“%(name)s” is on the complainant's side and no body that "
                        "resolves the dispute. Leave the body empty where the "
                        "complainant served the notice.",
                        name=body.name,
                    ),
                    ValidationError,
                )

    @api.constrains("reply_date", "received_date", "deemed_date")
    def _check_reply_after_service(self):
        for notice in self:
            served = notice.served_date
            if served and notice.reply_date and notice.reply_date < served:
                raise notice._refusal(
                    self.env._(
                        "the reply cannot be wanted by %(day)s, before it was served "
                        "on %(served)s.",
                        day=format_people_date(self.env, notice.reply_date, "short"),
                        served=format_people_date(self.env, served, "short"),
                    ),
                    ValidationError,
                )

    # ------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """Begin with what the file knows, or with the notice that is corrected."""
        values = super().default_get(fields)
        former = self.browse(values.get("replaces_id") or ())
        if former:
            former.check_access("read")
            taken = {
                name: self._fields[name].convert_to_write(former[name], former)
                for name in TAKEN_OVER
                if name in fields
            }
            return {**values, **taken}
        dispute = self.env["iso10003.dispute"].browse(values.get("dispute_id") or ())
        if dispute:
            known = dispute._prepare_notice_vals()
            values.update({k: v for k, v in known.items() if k in fields})
        return values

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
        """Record notices; what follows from each on its file, the file does."""
        ids = {vals.get("dispute_id") for vals in vals_list} - {None, False}
        self.env["iso10003.dispute"].browse(ids)._check_may_record_notice()
        for vals in vals_list:
            former = self.browse(vals.get("replaces_id") or ())
            former._step_aside(vals.get("dispute_id"))
        self._check_not_on_file(vals_list)
        notices = super().create([self._without_new_claims(v) for v in vals_list])
        for notice, vals in zip(notices, vals_list, strict=True):
            notice._put_papers_on_file()
            notice._note_new_claims(vals.get("new_claim_ids") or ())
            notice.dispute_id._take_notice(notice)
        return notices

    def write(self, vals):
        for notice in self if vals else ():
            raise notice._refusal(
                self.env._(
                    "it stays as it was recorded. Press “Correct the notice”, which "
                    "keeps it and asks for the reason."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for notice in self:
            raise notice._refusal(
                self.env._(
                    "it stays on record. Press “Correct the notice” if it is wrong."
                )
            )

    def copy_data(self, default=None):
        for notice in self:
            raise notice._refusal(
                self.env._("a notice is served once and is not duplicated.")
            )
        return []

    @api.model
    def _check_not_on_file(self, vals_list):
        """Refuse what was recorded on the file before, such as in another window."""
        computed = self._get_computed_only_fields()
        for vals in vals_list:
            self._refuse_computed(computed & vals.keys())  # whatever is on the file
            twin = self.sudo().search(  # on a file that the user may change
                [
                    ("dispute_id", "=", vals.get("dispute_id")),
                    ("provider_id", "=", vals.get("provider_id") or False),
                    (
                        "reference_key",
                        "=",
                        fold_reference(vals.get("reference")) or False,
                    ),
                    ("state", "=", "recorded"),
                ],
                limit=1,
            )
            if twin:
                raise twin.sudo(False)._refusal(
                    self.env._(
                        "this notice is on the file already. If something in it is "
                        "wrong, press “Correct the notice”; another one has another "
                        "body or reference."
                    )
                )

    def _step_aside(self, dispute_id):
        """Let a notice that is recorded anew hold no more."""
        for notice in self:
            notice.check_access("read")
            if notice.dispute_id.id != dispute_id:
                raise notice._refusal(
                    self.env._("it is corrected on the file that it is of.")
                )
            if notice.state != "recorded":
                raise notice._refusal(
                    self.env._("it was corrected already. Correct the later one.")
                )
        # who corrects a notice may record one; nobody writes one by hand
        self.sudo()._guarded_write({"state": "corrected"})
        self.flush_recordset()

    def _without_new_claims(self, vals):
        return {name: value for name, value in vals.items() if name != "new_claim_ids"}

    def _note_new_claims(self, commands):
        """Note the claims that the notice brings, beside those that the file has."""
        claims = self.env["iso10003.claim"].create(
            [
                {**vals, "dispute_id": self.dispute_id.id}
                for command, _id, vals in commands
                if command == fields.Command.CREATE
            ]
        )
        if claims:
            claims._guarded_write({"notice_id": self.id})
            named = [fields.Command.link(claim.id) for claim in claims]
            # the notice is being recorded by who may
            self.sudo()._guarded_write({"claim_ids": named})

    def _get_first_version(self):
        """Return the notice that this one corrects in the end, or itself."""
        notice = self
        while notice.replaces_id:
            notice = notice.replaces_id
        return notice

    def _put_papers_on_file(self):
        """Let uploaded papers belong to the notice; each leaves a row with its digest.

        What belongs to another record stays there and is refused.
        """
        papers = self.paper_ids
        # what they belong to is asked for the file
        for paper in papers.sudo():
            if paper.res_id or paper.create_uid != self.env.user:
                raise self._refusal(
                    self.env._(
                        "“%(name)s” belongs to another record. Upload it here.",
                        name=paper.with_env(self.env).name,
                    )
                )
        if papers:
            # a notice is written by nobody; these are their own uploads, as was asked
            papers.sudo().write({"res_model": self._name, "res_id": self.id})

    def _let_reply_run(self):
        """Let the day by which the body wants our reply run as a limit of its own."""
        former = self.replaces_id.deadline_id
        if former and former.state not in (*former.RUNNING, "lapsed"):
            return
        if former and self.reply_date:
            if former.due_date != self.reply_date:
                former.action_set_day(self.reply_date, self.reason)
            limit = former
        elif former:
            former.sudo()._cancel("start_withdrawn")  # by who may record notices
            return
        elif self.reply_date:
            limit = former._start_without_rule(
                self.dispute_id,
                "reply",
                self.reply_date,
                given_event="position_sent",
                # who reads the notice may know which body it came from
                set_by_id=self.provider_id.sudo().partner_id.id,
            )
        else:
            return
        # the notice is being recorded by who may
        self.sudo()._guarded_write({"deadline_id": limit.id})

    # ------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------

    def action_recorded(self):
        """Close the dialog that recorded it."""
        return {"type": "ir.actions.act_window_close"}

    def action_correct(self):
        """Ask for the notice as it should have been recorded, with the reason."""
        self.ensure_one()
        self.dispute_id._check_may_record_notice()
        return self._open_dialog(
            self._name,
            self.env._("Correct the notice"),
            default_dispute_id=self.dispute_id.id,
            default_replaces_id=self.id,
        )

    # ------------------------------------------------------------
    # Small words
    # ------------------------------------------------------------

    def _get_refused_name(self):
        return self.env._(
            "%(dispute)s, notice “%(notice)s”",
            dispute=self.dispute_id.sudo().name,  # who records it, knows the file
            notice=self.display_name,
        )

    def _tell_claims(self):
        """Return what it claims, for the printed file."""
        return format_list(self.env, self.claim_ids.mapped("name"))
