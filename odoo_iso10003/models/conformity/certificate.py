# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...core.ladder import Ladder
from ..mixin.checks import Answer

# when somebody is reminded of the end
LADDER = Ladder((90, 60, 30))
# what a registrar wants before it looks at dispute resolution
WANTED_FIRST = ("iso9001", "iso10001", "iso10002", "iso10004")


class Certificate(models.Model):
    """A certificate that the organization holds from another body.

    Of management systems such as ISO 9001, and what bodies attest to ISO 10001, 10002
    and 10004.
    """

    _name = "iso10003.certificate"
    _description = "Certificate held"
    _inherit = [
        "iso10003.withheld",
        "iso10003.told",
        "iso10003.reminded",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "valid_to desc, id desc"
    _check_company_auto = True

    name = fields.Char("Number", required=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        index=True,
    )
    standard = fields.Selection(
        [
            ("iso9001", "ISO 9001"),
            ("iso10001", "ISO 10001"),
            ("iso10002", "ISO 10002"),
            ("iso10004", "ISO 10004"),
            ("other", "Other"),
        ],
        required=True,
        default="iso9001",
        tracking=True,
    )
    edition = fields.Char(help="The year of the standard, such as 2015.")
    body_id = fields.Many2one(
        "res.partner", "Issued by", required=True, ondelete="restrict", tracking=True
    )
    scope = fields.Text(required=True, help="What the certificate covers.")
    accreditation = fields.Char(
        help="By whom, and under which number, the body may issue it (ISO/IEC 17021-1)."
    )
    sites = fields.Text(help="The places that it covers, where these are not all.")
    surveillance_date = fields.Date(
        "Next surveillance", help="When the body comes to see whether it still holds."
    )
    valid_from = fields.Date("Valid from", required=True, tracking=True)
    valid_to = fields.Date(
        "Valid until", required=True, tracking=True, help="The last day it is valid."
    )
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        tracking=True,
        help="Who is reminded before it ends.",
    )
    file = fields.Binary("Copy of the certificate", attachment=True)
    filename = fields.Char("Name of the file")
    active = fields.Boolean(default=True)
    standing = fields.Selection(
        [
            ("coming", "Not yet valid"),
            ("valid", "Valid"),
            ("ending", "Ends soon"),
            ("ended", "Ended"),
        ],
        compute="_compute_standing",
    )
    _number_unique = models.UniqueIndex(
        "(company_id, standard, name, valid_from)",
        "This certificate is in the register already.",
    )
    _valid_in_order = models.Constraint(
        "CHECK (valid_to >= valid_from)", "A certificate cannot end before it begins."
    )

    @api.depends("name", "standard")
    @api.depends_context("lang")
    def _compute_display_name(self):
        labels = dict(self._fields["standard"]._description_selection(self.env))
        for certificate in self:
            label = labels.get(certificate.standard, "")
            certificate.display_name = f"{label} · {certificate.name or ''}"

    @api.depends("valid_from", "valid_to")
    def _compute_standing(self):
        today = fields.Date.context_today(self)
        for certificate in self:
            if not certificate.valid_to:
                certificate.standing = False
            elif certificate.valid_to < today:
                certificate.standing = "ended"
            elif certificate.valid_from and certificate.valid_from > today:
                certificate.standing = "coming"
            else:
                days = (certificate.valid_to - today).days
                certificate.standing = "ending" if days <= LADDER.rungs[0] else "valid"

    @api.constrains("name", "scope")
    def _check_filled_in(self):
        for certificate in self:
            if not (certificate.name.strip() and certificate.scope.strip()):
                raise ValidationError(
                    self.env._("Give the certificate its number and its scope.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        for certificate in self:
            raise UserError(
                self.env._(
                    "%(certificate)s stays on record: archive it instead.",
                    certificate=certificate.display_name,
                )
            )

    # ------------------------------------------------------------
    # Reminders
    # ------------------------------------------------------------

    @api.model
    def _get_ladders(self):
        return {"end": LADDER}

    def _get_reminder_days(self):
        return {"end": self.active and self.valid_to}

    def _find_reminded(self, ladder):
        """Remind who is responsible; where it was renewed, nobody needs to act."""
        renewed, nobody = self._filter_renewed(), self.env["res.users"]
        return {
            certificate: nobody if certificate in renewed else certificate._get_leader()
            for certificate in self
        }

    def _get_leader(self):
        return self.user_id.filtered("active") or super()._get_leader()

    def _describe_reminder(self, reminder, day):
        return self.env._("Certificate ends: renew it")

    def _filter_renewed(self):
        """Return those in whose place there is one that is valid longer."""
        later = self.search(
            [
                ("company_id", "in", self.company_id.ids),
                ("standard", "in", [*set(self.mapped("standard")) - {"other"}]),
                ("valid_to", ">", min(self.mapped("valid_to"))),
            ]
        )
        last = {}
        for one in later:
            place = (one.company_id, one.standard)
            last[place] = max(last.get(place, one.valid_to), one.valid_to)
        return self.filtered(
            lambda one: (
                last.get((one.company_id, one.standard), one.valid_to) > one.valid_to
            )
        )

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    def _audit_prerequisites_held(self, company):
        """110: are the certificates that a registrar wants first valid, and on file?"""
        today = fields.Date.context_today(self)
        held = self.search(
            [
                ("company_id", "=", company.id),
                ("standard", "in", WANTED_FIRST),
                ("valid_from", "<=", today),
                ("valid_to", ">=", today),
            ]
        )
        # a number that somebody typed shows nothing; that there is a copy is asked
        held = held.filtered(lambda one: one.sudo().with_context(bin_size=True).file)
        standards = set(held.mapped("standard"))
        ended = self.search(
            [
                ("company_id", "=", company.id),
                ("standard", "in", [s for s in WANTED_FIRST if s not in standards]),
            ]
        )
        # a certificate that never was entered is no failing record, but a missing one
        return Answer(
            population=len(held | ended),
            failing=ended,
            value=float(len(standards)),
            threshold=float(len(WANTED_FIRST)),
        )

    # ------------------------------------------------------------
    # On paper
    # ------------------------------------------------------------

    @api.model
    def action_print_register(self):
        """Print all certificates of the company as a register."""
        certificates = self.search([("company_id", "=", self.env.company.id)])
        if not certificates:
            raise UserError(
                self.env._("No certificate is entered yet, so there is no register.")
            )
        report = self.env.ref("odoo_iso10003.certificate_register_report")
        return report.report_action(certificates)
