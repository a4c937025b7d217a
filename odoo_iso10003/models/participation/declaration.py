# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core import impartiality
from ...core.ladder import Ladder
from ..mixin.people_date import format_people_date

# so long it holds; the year of a calendar begins elsewhere on another day
MONTHS = 12
# when somebody who has a role is reminded to sign the next one, until it is
LADDER = Ladder((30, 7, 0), 30)

INTERESTS = [
    (impartiality.NONE, "No interests"),
    (impartiality.SOME, "Interests, in words"),
]


class Declaration(models.Model):
    """What one person declares for a year: which interests there are, or none (4.9).

    Whoever makes it signs it: nobody signs for another, and what is signed stays.
    It holds for a year, or until the same person signs the next one. For each file it
    is confirmed, see ``declaration_confirmation.py``.
    """

    _name = "iso10003.declaration"
    _description = "Declaration of interests"
    _inherit = [
        "iso10003.guarded",
        "iso10003.worded",
        "iso10003.registered",
        "iso10003.told",
        "iso10003.reminded",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "date desc, id desc"
    _rec_names_search = ["user_id.name"]

    user_id = fields.Many2one(
        "res.users",
        "Person",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        ondelete="restrict",
        guarded=True,
        sealed=True,
        default=lambda self: self.env.user,
        help="Who signed it: whoever made it.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
        fixed=True,
    )
    interests = fields.Selection(
        INTERESTS,
        required=True,
        default=impartiality.NONE,
        fixed=True,
        sealed=True,
        help="Interests in customers, providers or other people of disputes: family, "
        "money, employment now or before, memberships.",
    )
    details = fields.Text("Which interests", fixed=True, sealed="digest")
    date = fields.Date(
        "Signed on",
        required=True,
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        deed=True,
        default=lambda self: self._get_company_day(),
    )
    valid_until = fields.Date(
        "Valid until",
        required=True,
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        help="The last day. Interests that come up before are a new declaration.",
        default=lambda self: self._find_last_day(self._get_company_day()),
    )
    superseded = fields.Boolean(
        "Signed anew",
        readonly=True,
        copy=False,
        guarded=True,
        help="The same person signed a later one.",
    )

    _one_holds = models.UniqueIndex(
        "(user_id, company_id) WHERE superseded IS NOT TRUE",
        "One declaration of a person holds at a time.",
    )

    @api.depends("user_id", "date")
    def _compute_display_name(self):
        for declaration in self:
            # who reads it, knows whose it is
            name = declaration.user_id.sudo().name
            day = format_people_date(self.env, declaration.date, "short")
            declaration.display_name = f"{name} · {day}" if name else ""

    @api.constrains("interests", "details")
    def _check_said(self):
        for declaration in self:
            said = bool((declaration.details or "").strip())
            if said != (declaration.interests == impartiality.SOME):
                raise ValidationError(
                    self.env._(
                        "Your declaration of interests: say in words which interests "
                        "there are, or that there are none."
                    )
                )

    @api.model
    def _prepare_guarded_vals(self, vals_list):
        """Whoever makes it signs it, today."""
        prepared = []
        companies = self.env["res.company"]
        for vals in vals_list:
            company = companies.browse(vals.get("company_id") or self.env.company.id)
            day = company._get_company_day()
            prepared.append(
                {
                    "user_id": self.env.uid,
                    "date": day,
                    "valid_until": self._find_last_day(day),
                }
            )
        return prepared

    @api.model
    def _find_last_day(self, day):
        return day + relativedelta(months=MONTHS, days=-1)

    @api.model_create_multi
    def create(self, vals_list):
        self._end_former(vals_list)
        return super().create(vals_list)

    @api.model
    def _end_former(self, vals_list):
        """The one that somebody signed before holds no more."""
        companies = {
            vals.get("company_id") or self.env.company.id for vals in vals_list
        }
        former = self.search(
            [
                ("user_id", "=", self.env.uid),
                ("company_id", "in", list(companies)),
                ("superseded", "=", False),
            ]
        )
        # one's own, which nobody else changes
        former.sudo()._guarded_write({"superseded": True})
        former.sudo()._plan_reminders()
        former.flush_recordset()

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for declaration in self:
            raise declaration._refusal(
                self.env._(
                    "it stays on record. If it does not hold any more, sign a new one."
                )
            )

    def copy_data(self, default=None):
        raise UserError(self.env._("A declaration is signed, and not duplicated."))

    @api.model
    def _find_holding(self, user, company, day):
        """Return the declaration of somebody that holds on a day."""
        return self.search(
            [
                ("user_id", "=", user.id),
                ("company_id", "=", company.id),
                ("superseded", "=", False),
                ("date", "<=", day),
                ("valid_until", ">=", day),
            ],
            limit=1,
        )

    def _get_refused_name(self):
        return self.env._("Declaration “%(name)s”", name=self.display_name)

    def _prepare_opened_data(self):
        return {"declared": self.interests}

    # ------------------------------------------------------------
    # The next one
    # ------------------------------------------------------------

    @api.model
    def _get_ladders(self):
        return {"renewal": LADDER}

    def _get_reminder_days(self):
        holds = not self.superseded and self.user_id.active
        return {"renewal": holds and self.valid_until}

    def _find_reminded(self, ladder):
        """Who has a role in an open file is reminded, and nobody else."""
        users = self.user_id
        disputes = self.env["iso10003.dispute"].sudo()  # who has a role, whoever asks
        busy = disputes.search_fetch(
            [
                ("closed_date", "=", False),
                "|",
                ("user_id", "in", users.ids),
                ("evaluator_id", "in", users.ids),
            ],
            ["user_id", "evaluator_id"],
        )
        people = busy.user_id | busy.evaluator_id
        return {one: one.user_id & people for one in self}

    def _describe_reminder(self, reminder, day):
        return self.env._("Sign your declaration of interests for the next year")
