# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Domain

from ..dispute.dispute_checks import ASSESSED_MONTHS
from ..mixin.checks import Rule

# whoever sent the matter there has said by which rules
SENT_BY = ("law", "body")


class ByRules(models.AbstractModel):
    """By which rules a proceeding is led: their version, and their text on file (4.14).

    What the body's method says that its rules are is noted when it is admitted or
    begins, and does not follow the body any more: those of then hold.
    """

    _name = "iso10003.by.rules"
    _description = "What is led by rules"

    rules_version = fields.Char(
        "Rules",
        copy=False,
        sealed="digest",
        help="Title and version of the rules by which it is led. What the provider’s "
        "method says is noted once it is admitted or begins.",
    )
    rules_document_id = fields.Many2one(
        "iso10003.document",
        "Text of the rules",
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        sealed=True,
        help="The rules as they read then, put on file among the documents.",
    )

    def _note_rules(self):
        """The rules that hold when the body takes it up are those it is led by."""
        day = self.begun_date or self.admitted_date
        if not self.rules_version and (version := self._find_rules_version(day)):
            self.write({"rules_version": version})

    def _find_rules_version(self, day):
        """Return what its body says of the rules of its method on a day, if it does."""
        body = self.sudo().body_id  # what is kept of it, whoever reads its contact
        methods = self.method_id | self.method_id.sudo().replaces_id
        offered = body.service_ids._filter_valid(day).filtered(
            lambda row: row.method_id in methods and row.rules_version
        )
        return offered[:1].rules_version

    def _audit_rules_kept(self, company):
        """32: does each run under a version of rules that was agreed and is kept?

        Of those that began within a year; the complainant agreed by a consent, unless a
        law or a body sent it there.
        """
        since = fields.Date.today() - relativedelta(months=ASSESSED_MONTHS)
        begun = Domain("begun_date", ">=", since)
        agreed = Domain("dispute_id.consent_date", "!=", False) | Domain(
            "begun_by", "in", SENT_BY
        )
        return Rule(
            begun & Domain("from_before", "=", False),
            Domain("rules_version", "in", [False, ""])
            | Domain("rules_document_id", "=", False)
            | ~agreed,
            begun & Domain("from_before", "=", True),
        )
