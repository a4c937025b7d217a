# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...core import flow
from ...core.result import HOLDING
from ..mixin.checks import Rule
from .concluded import ENDING_LETTERS
from .obligation import OURS, VOID
from .obligation_course import ATTEMPTS
from .proceeding_checks import NOTHING_SAID

# so long after a file need not be kept any more, what becomes of it is decided
DECIDED_DAYS = 90


class ObligationChecks(models.AbstractModel):
    """What assessments ask of how results were carried out, and files closed."""

    _name = "iso10003.obliged.checks"
    _description = "Checks of what is owed, and of closed files"

    @api.model
    def _get_owed_domain(self):
        """Return what we owe that has to be done before a file is closed."""
        return (
            Domain("owed_by", "=", OURS)
            & Domain("ruling", "not in", VOID)
            & Domain("plan_id", "=", False)
            & Domain("watched", "=", False)
        )

    def _audit_carried_out(self, company):
        """79: was each obligation done, on a day, and proven?

        Of files under versions from before obligations, that the result was carried
        out; a performance before its result is no fault.
        """
        rule = super()._audit_carried_out(company)
        unproven = Domain(
            "performance_ids", "any", [("counts", "=", True), ("proven", "=", False)]
        )
        undone = self._get_owed_domain() & (Domain("done_date", "=", False) | unproven)
        return Rule(
            rule.population,
            rule.broken
            | (self._asked("duties_proven") & Domain("obligation_ids", "any", undone)),
        )

    def _audit_confirmation_asked(self, company):
        """81: did whom we owed it to confirm it, or was that tried often enough?"""
        attempts = self.env["iso10003.attempt"]._read_group(
            [("file_id.model", "=", self._name)],
            ["file_id"],
            having=[("__count", ">=", ATTEMPTS)],
        )
        tried = [file.id for (file,) in attempts]
        done = self._get_owed_domain() & Domain("done_date", "!=", False)
        with_any = self._closed() & Domain("obligation_ids", "any", done)
        return Rule(
            with_any & self._asked("duties_confirmed"),
            Domain("obligation_ids", "any", done & Domain("ruling", "!=", "confirmed"))
            & Domain("file_ids", "not any", [("id", "in", tried)]),
            left_out=with_any & ~self._asked("duties_confirmed"),
        )

    def _audit_retention_set(self, company):
        """84: is it said how long a file is kept, and decided what follows then?

        What is held is kept as long as that; who decides has a quarter of a year.
        """
        asked = self._asked("retention_set")
        over = self._get_over_domain()
        undecided = (
            over
            & Domain("preserved", "=", False)
            & Domain("retention_date", "<", f"today -{DECIDED_DAYS}d")
        )
        return Rule(
            self._closed() & asked | over,
            self._empty("retention_date") | undecided,
            left_out=self._closed() & ~asked & ~over,
        )

    def _audit_lessons_drawn(self, company):
        """89: was the cause found, and something learned, where it went against us?

        Of files under versions from before causes, what was learned.
        """
        rule = super()._audit_lessons_drawn(company)
        return Rule(
            rule.population,
            rule.broken | (self._asked("cause_named") & self._empty("cause_kind")),
        )

    def _audit_closure_told(self, company):
        """83: … and the body that had it in hand, where there was one?

        Of files under versions from before proceedings, that is not asked.
        """
        rule = super()._audit_closure_told(company)
        had = Domain("provider_id", "!=", False) & Domain("proceeding_ids", "!=", False)
        untold = self._asked("proceedings_ended") & had & self._body_untold()
        return Rule(rule.population, rule.broken | untold, rule.left_out)

    @api.model
    def _body_untold(self):
        """Return the files of whose end no letter tells the body that had them."""

        def to_sql(_model, alias, _query):
            return SQL(
                """NOT EXISTS (
                    SELECT FROM iso10003_letter AS letter
                      JOIN iso10003_file AS own ON own.id = letter.file_id
                      JOIN iso10003_letter_partner_rel AS reader
                        ON reader.letter_id = letter.id
                     WHERE own.model = 'iso10003.dispute' AND own.res_id = %(dispute)s
                       AND reader.partner_id = %(body)s AND letter.state = 'sent'
                       AND (letter.kind IN %(ending)s
                            OR letter.sent_date >= %(closed)s::date))""",
                dispute=SQL.identifier(alias, "id"),
                body=SQL.identifier(alias, "provider_id"),
                closed=SQL.identifier(alias, "closed_date"),
                ending=tuple(ENDING_LETTERS),
            )

        return Domain.custom(to_sql=to_sql)

    def _audit_file_complete(self, company):
        """111: … with its result in writing, and what was said where it was heard?

        Of files under versions from before results, that is not asked.
        """
        rule = super()._audit_file_complete(company)
        written = Domain("effect", "in", HOLDING) & (
            Domain("text", "not in", [False, ""])
            | Domain("document_sha256", "!=", False)
        )
        silent = [("state", "=", "held"), ("summary", "in", NOTHING_SAID)]
        lacking = (
            self._beyond("resolution")
            & Domain("outcome", "in", flow.RESULTS)
            & Domain("result_ids", "not any", written)
        ) | Domain("proceeding_ids", "any", [("hearing_ids", "any", silent)])
        return Rule(
            rule.population,
            rule.broken | (self._asked("result_written") & lacking),
            rule.left_out,
        )
