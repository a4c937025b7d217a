# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import get_lang

from ...core import flow
from ...models.correspondence.letter_template import KINDS
from ...models.dispute.notice import BEGUN_BY

# what each file begins with itself, where the dialog says nothing
NOTICE = ("provider_id", "reference", "reply_date", "pending_elsewhere")
HEARING = ("mode", "start", "duration", "location", "notice_date")


class IssueEnter(models.TransientModel):
    """What many files of an issue have in common, entered on each of them (8.2).

    A body sends one notice for all of them, hears them together, decides on them with
    one paper; we write to each. Each file takes it by its own deed, with the rights of
    who enters it, its own words and its own row of the register, which names no other
    file; one that refuses does not hinder the others.
    """

    _name = "iso10003.issue.enter"
    _description = "Enter for all files of an issue"
    _inherit = ["iso10003.withheld"]

    issue_id = fields.Many2one("iso10003.issue", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="issue_id.company_id")
    dispute_ids = fields.Many2many(
        "iso10003.dispute",
        "iso10003_issue_enter_dispute_rel",
        string="Files",
        help="Its open files that you lead. Take out those that it does not concern.",
    )
    what = fields.Selection(
        [
            ("notice", "A notice"),
            ("letter", "A letter"),
            ("hearing", "A hearing"),
            ("result", "A result"),
        ],
        "What is entered",
        required=True,
        default="letter",
    )
    # a notice
    provider_id = fields.Many2one(
        "iso10003.provider",
        "Body",
        check_company=True,
        help="Who resolves the dispute. Empty: the one that each file names.",
    )
    reference = fields.Char("Reference of the body")
    notice_channel = fields.Selection(
        lambda self: self._choices_of("iso10003.notice", "channel"),
        "How it came",
        default="mail",
    )
    received_date = fields.Date(
        "Reached us on", default=lambda self: self._get_company_day(), deed=True
    )
    begun_by = fields.Selection(BEGUN_BY, "Who began", default="complainant")
    reply_date = fields.Date("Reply wanted by")
    pending_elsewhere = fields.Selection(
        lambda self: self._choices_of("iso10003.notice", "pending_elsewhere"),
        "Pending elsewhere",
        help="Of all of them; empty where each file says it itself.",
    )
    # a letter
    kind = fields.Selection(KINDS, "Kind of letter", default="progress")
    subject = fields.Char(
        help="Empty, with the text: each letter begins with the text of its kind, in "
        "the language of who gets it.",
    )
    body = fields.Html(
        "Text of the letter",
        sanitize_attributes=True,
        help="What stands in braces, such as {addressee} or {number}, is filled with "
        "the words of each file.",
    )
    language_id = fields.Many2one(
        "res.lang",
        "Language of the text",
        default=lambda self: self.env["res.lang"].search(
            [("code", "=", get_lang(self.env).code)]
        ),
    )
    channel = fields.Selection(
        [("mail", "By e-mail from here"), ("post", "By post or by hand")],
        "How it goes",
        default="mail",
    )
    went_date = fields.Date(
        "Went on", deed=True, help="When it went; today when empty."
    )
    # a hearing
    mode = fields.Selection(
        lambda self: self._choices_of("iso10003.hearing", "mode"), default="person"
    )
    start = fields.Datetime("Begins at")
    duration = fields.Float("Duration (hours)", default=1, least=0, most=1000)
    location = fields.Char("Place or link")
    notice_date = fields.Date("Hearing notified on", deed=True)
    # a result
    outcome = fields.Selection(lambda self: self._get_results(), "Result")
    date = fields.Date(
        "Result of", default=lambda self: self._get_company_day(), deed=True
    )
    gives = fields.Selection(
        [("amount", "We pay, concede or give up"), ("nothing", "Nothing")],
        "What we give in each file",
    )
    amount = fields.Monetary(help="In each file, and within your authority in each.")
    currency_id = fields.Many2one(
        "res.currency", default=lambda self: self.env.company.currency_id
    )
    reason = fields.Text(
        help="Kept on record in each file: name nobody whom it does not concern."
    )

    @api.model
    def _choices_of(self, model, name):
        return self.env[model]._fields[name]._description_selection(self.env)

    @api.model
    def _get_results(self):
        labels = dict(self._choices_of("iso10003.dispute", "outcome"))
        return [(code, labels[code]) for code in flow.RESULTS]

    @api.constrains("issue_id")
    def _check_may_read(self):
        """The dialog shows its issue: not to who may not read it."""
        for entered in self.sudo(False):
            # constraints run with all rights; this one is about those of the user
            entered.issue_id.check_access("read")

    # ------------------------------------------------------------
    # Entering it
    # ------------------------------------------------------------

    def action_confirm(self):
        """Enter it on each file; each checks itself whether that may be."""
        self.ensure_one()
        files = self.dispute_ids
        if not files:
            raise self.issue_id._refusal(
                self.env._("choose the files on which it is entered.")
            )
        done = files._take_each(self._enter)
        if not isinstance(done, dict):
            return {"type": "ir.actions.act_window_close"}
        done["params"]["next"] = {"type": "ir.actions.act_window_close"}
        return done

    def _enter(self, file):
        if file.issue_id != self.issue_id:
            raise file._refusal(self.env._("it does not belong to this issue."))
        if file.state == flow.CLOSED:
            raise file._refusal(self.env._("it is closed."))
        # the picture that was shown is that of the issue
        return getattr(self, f"_enter_{self.what}")(
            file.with_context(shown_state=False)
        )

    def _create_by(self, action, **values):
        """Create what a button of a file asks for, as its dialog begins it."""
        records = self.env[action["res_model"]].with_context(**action["context"])
        return records.create(values)

    def _get_filled(self, names):
        """Return what is filled in here, as values of what is made of it."""
        return {
            name: self._fields[name].convert_to_write(self[name], self)
            for name in names
            if self[name]
        }

    def _enter_notice(self, file):
        vals = {
            **file._prepare_notice_vals(),
            "dispute_id": file.id,
            "channel": self.notice_channel,
            "received_date": self.received_date,
            "begun_by": self.begun_by,
            **self._get_filled(NOTICE),
        }
        return self._create_by(file.action_record_notice(), **vals)

    def _enter_letter(self, file):
        own = {"template_id": False, "language_id": self.language_id.id}
        letter = self._create_by(
            file.action_write_letter(self.kind),
            channel=self.channel,
            went_date=self.went_date,
            **(own if self.body else {}),
        )
        if self.body:
            letter.write(letter._fill_in(self.subject, self.body))
        return letter.action_send()

    def _enter_hearing(self, file):
        proceeding = file._find_proceeding_in_force()
        if not proceeding:
            raise file._refusal(
                self.env._("no proceeding is on it in which it could be heard.")
            )
        if not self.start:
            raise file._refusal(self.env._("say when the hearing begins."))
        return self._create_by(
            proceeding.action_plan_hearing(), **self._get_filled(HEARING)
        )

    def _enter_result(self, file):
        return file.action_note_result(
            self.outcome, self.reason, self.date, **self._get_given()
        )

    def _get_given(self):
        """Return what we give as the file takes it; nothing where it was not said."""
        if self.gives == "amount" and not self.amount:
            raise UserError(
                self.env._("Give the amount, or choose “Nothing” where we give none.")
            )
        amount = {"amount": self.amount, "nothing": 0}.get(self.gives)
        return {"amount": amount, "currency_id": self.currency_id.id}
