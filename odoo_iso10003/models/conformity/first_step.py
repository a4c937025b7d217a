# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from collections import namedtuple

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.i18n import format_list

# what there is to do, in the order in which one thing rests on the other
STEPS = (
    "roles",
    "duties",
    "calendar",
    "mail",
    "policy",
    "limits",
    "documents",
    "assessment",
    "backup",
    "head",
)
# what no record shows, and somebody says that they did: {step: event in the register}
SAID = {"backup": "backup_tried", "head": "end_kept"}
# a backup that was tried, or an end noted outside, is good for so long
SAID_MONTHS = 3

State = namedtuple("State", "done told", defaults=("",))


class FirstStep(models.Model):
    """What an organization settles before its first dispute, in the present company.

    A step is done when the records show it, by ``_look_at_<code>``, which says what is
    missing otherwise. Whether a backup was tried, no record shows: somebody says so,
    and the register keeps who and when.
    """

    _name = "iso10003.first.step"
    _description = "First step"
    _auto = False
    _order = "id"
    _rec_name = "code"

    code = fields.Char(readonly=True)
    name = fields.Char("Step", compute="_compute_name")
    told = fields.Text("What is missing", compute="_compute_done")
    done = fields.Boolean(compute="_compute_done")
    is_said = fields.Boolean("Said by somebody", compute="_compute_done")

    @property
    def _table_query(self):
        return SQL(
            "SELECT id, code FROM unnest(%s) WITH ORDINALITY AS step(code, id)",
            list(STEPS),
        )

    @api.depends_context("lang")
    def _compute_name(self):
        names = {
            "roles": self.env._("Give people their roles"),
            "duties": self.env._("Name the dispute manager and top management"),
            "calendar": self.env._("Working time, time zone and public holidays"),
            "mail": self.env._("Mail: out, and in"),
            "policy": self.env._("A policy of your own, approved by a second person"),
            "limits": self.env._("Time limits in the policy in force"),
            "documents": self.env._("Policy and procedures, installed and approved"),
            "assessment": self.env._("The first gap analysis"),
            "backup": self.env._("A backup, restored on trial"),
            "head": self.env._("An end of the register, noted outside"),
        }
        for step in self:
            step.name = names[step.code]

    @api.depends_context("lang", "company", "uid")
    def _compute_done(self):
        company = self.env.company
        for step in self:
            step.done, step.told = getattr(self, f"_look_at_{step.code}")(company)
            step.is_said = step.code in SAID

    # ------------------------------------------------------------
    # What the records show; what is told is words, and no record
    # ------------------------------------------------------------

    def _look_at_roles(self, company):
        vacant = company._find_vacant_roles()
        if not vacant:
            return State(True)
        told = self.env._("Nobody is: %(roles)s.", roles=format_list(self.env, vacant))
        return State(False, told)

    def _look_at_duties(self, company):
        vacant = company._find_vacant_duties()
        if not vacant:
            return State(True)
        told = self.env._(
            "Not named: %(duties)s.", duties=format_list(self.env, vacant)
        )
        return State(False, told)

    def _look_at_calendar(self, company):
        calendar = company.resource_calendar_id
        if not calendar:
            return State(False, self.env._("The company has no working time."))
        now = fields.Datetime.now()
        # when everybody is off is no secret
        leaves = self.env["resource.calendar.leaves"].sudo()
        holidays = leaves.search_count(
            Domain("resource_id", "=", False)
            & Domain("company_id", "in", [company.id, False])
            & Domain("calendar_id", "in", [calendar.id, False])
            & Domain("date_to", ">=", now)
            & Domain("date_from", "<", now + relativedelta(years=1)),
            limit=1,
        )
        if holidays:
            return State(True)
        return State(
            False,
            self.env._(
                "“%(calendar)s” (%(zone)s) has no public holiday within a year: a "
                "limit could end on one.",
                calendar=calendar.name,
                zone=calendar.tz,
            ),
        )

    def _look_at_mail(self, company):
        # that there is one is no secret; its address and password are
        servers = self.env["ir.mail_server"].sudo()
        told = []
        if not servers.search_count([("active", "=", True)], limit=1):
            told.append(self.env._("No mail server sends our letters."))
        if not company.sudo().alias_domain_id:  # as above
            told.append(self.env._("No domain takes the answers."))
        return State(not told, " ".join(told))

    def _get_policy(self, company):
        # that there is one is no secret to who installs the product
        policies = self.env["iso10003.policy"].sudo()
        today = company._get_company_day()
        return policies.search(policies._get_in_force_domain(company, today))

    def _look_at_policy(self, company):
        if self._get_policy(company).approver_id:
            return State(True)
        return State(
            False,
            self.env._(
                "The one that ships is in force. Write a version, choose how duties "
                "are kept separate, and let a second person approve it."
            ),
        )

    def _look_at_limits(self, company):
        if self._get_policy(company).rule_ids:
            return State(True)
        return State(
            False,
            self.env._(
                "Without, nothing is ever late. “Example rules” has those of laws; "
                "take them into your version."
            ),
        )

    def _look_at_documents(self, company):
        # whether they are approved is no secret
        starters = self.env["iso10003.starter.document"].sudo()
        documents = starters.search([])  # pylint: disable=no-search-all  # seven
        open_ones = documents.filtered(lambda one: one.standing != "current")
        if not open_ones:
            return State(True)
        told = self.env._(
            "Open: %(names)s.", names=format_list(self.env, open_ones.mapped("name"))
        )
        return State(False, told)

    def _look_at_assessment(self, company):
        # that there is one is no secret
        assessments = self.env["iso10003.assessment"].sudo()
        if assessments.search_count(
            [("company_id", "=", company.id), ("state", "=", "done")], limit=1
        ):
            return State(True)
        return State(False, self.env._("None was frozen yet."))

    def _look_at_backup(self, company):
        return self._look_at_said("backup", company)

    def _look_at_head(self, company):
        return self._look_at_said("head", company)

    def _look_at_said(self, code, company):
        """Return whether somebody said of late that they did it."""
        since = fields.Datetime.now() - relativedelta(months=SAID_MONTHS)
        # that it was said, and when, is no secret
        said = (
            self.env["iso10003.register"]
            .sudo()
            .search_count(
                [
                    ("company_id", "=", company.id),
                    ("event", "=", SAID[code]),
                    ("at", ">=", since),
                ],
                limit=1,
            )
        )
        if said:
            return State(True)
        return State(
            False, self.env._("Nobody said within three months that they did it.")
        )

    # ------------------------------------------------------------
    # By hand
    # ------------------------------------------------------------

    def action_go(self):
        """Lead to where the step is done."""
        self.ensure_one()
        places = {
            "roles": "base.action_res_users",
            "duties": "helpdesk_mgmt.action_helpdesk_mgmt_config_settings",
            "calendar": "resource.action_resource_calendar_form",
            "mail": "base.action_ir_mail_server_list",
            "policy": "odoo_iso10003.policy_action",
            "limits": "odoo_iso10003.rule_pack_action",
            "documents": "odoo_iso10003.starter_document_action",
            "assessment": "odoo_iso10003.assessment_action",
        }
        if self.code in places:
            actions = self.env["ir.actions.act_window"]
            return actions._for_xml_id(places[self.code])
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "iso10003.first.step.said",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_code": self.code},
        }

    @api.model
    @api.private
    def _note_said(self, code, note):
        """Keep in the register of the present company that somebody did it."""
        # auditors read the steps, and settle none
        if not self.env["iso10003.first.step.said"].has_access("create"):
            raise AccessError(
                self.env._("Only an administrator or a dispute manager says that.")
            )
        self.env["iso10003.register"]._append(
            [(self.env.company, SAID[code], {}, note)]
        )
