# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What assessments ask of sessions, hearings and papers before a body.

Files under policy versions from before there were proceedings are not asked, and it
is told how many that are.
"""

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..deadline.deadline_checks import ASSESSED_MONTHS, PROCEEDINGS
from ..mixin.checks import Rule

# who speaks for us in a session or hearing
OURS = ("counsel", "representative")
# methods by which somebody recommends or decides
DECIDING = ("advisory", "determinative")
# what an empty text of people may look like
NOTHING_SAID = (False, "", "<p></p>", "<p><br></p>")


class HearingChecks(models.Model):
    """What assessments ask of sessions and hearings of proceedings (7.5.1, 7.5.2)."""

    _inherit = "iso10003.hearing"

    @api.model
    def _get_assessed_hearings(self, company, methods):
        """Return the domains of those that were to take place within a year.

        :return: those that are asked, and those under versions from before
        """
        now = fields.Datetime.now()
        since = now - relativedelta(months=ASSESSED_MONTHS)
        versions = self.env["iso10003.policy"]._find_asking(company, PROCEEDINGS)
        over = Domain("start", ">=", since) & Domain("stop", "<", now)
        over &= Domain("state", "!=", "cancelled")
        over &= Domain("proceeding_id.method", "in", methods)
        known = Domain("proceeding_id.dispute_id.policy_id", "in", versions.ids)
        return over & known, over & ~known

    def _audit_talks_attended(self, company):
        """70: did we come to facilitated talks, with our position stated before?"""
        asked, left_out = self._get_assessed_hearings(company, ["facilitative"])
        held = Domain("state", "=", "held")
        came = Domain("role", "in", OURS) & Domain("attended", "=", "yes")
        return Rule(
            asked & held,
            Domain("outcome", "=", "absent_us")
            | Domain("participant_ids", "not any", came)
            | Domain("proceeding_id.dispute_id.response_date", "=", False),
            left_out=left_out & held,
        )

    def _audit_hearings_recorded(self, company):
        """73: was each hearing announced in time, and what came of it written down?"""
        asked, left_out = self._get_assessed_hearings(company, DECIDING)
        return Rule(
            asked,
            Domain("notice_date", "=", False)
            | Domain("id", "in", self._find_announced_late(asked).ids)
            | Domain("state", "=", "planned")
            | Domain("summary", "in", NOTHING_SAID),
            left_out=left_out,
        )

    @api.model
    def _find_announced_late(self, asked):
        """Return those with less notice than they want, each by its own clock."""

        def nearly(_model, alias, _query):
            # a day more than any zone makes of it; the hearing itself is asked then
            return SQL(
                "%s::date - %s <= %s",
                *(
                    SQL.identifier(alias, name)
                    for name in ("start", "notice_date", "notice_days")
                ),
            )

        announced = asked & Domain("notice_date", "!=", False)
        found = self.search(announced & Domain.custom(to_sql=nearly))
        return found.filtered("notice_too_short")


class DocumentChecks(models.Model):
    """What assessments ask of papers that went to a body, and of those that must not.

    Whom they went to, disclosures and bundles say (4.9, 4.12).
    """

    _inherit = "iso10003.document"

    def _audit_mark_kept(self, company):
        """29: did nothing without prejudice reach who decides?"""
        marked = Domain("without_prejudice", "=", True) & self._before_deciders()
        known = self._of_known_files(company)
        return Rule(
            marked & known,
            self._went_to(parties=False) | self._is_in_bundle(),
            left_out=marked & ~known,
        )

    def _audit_shown_to_both(self, company):
        """20: did the complainant get what we gave to who decides?

        What is theirs they know.
        """
        given = (
            Domain("without_prejudice", "=", False)
            & self._before_deciders()
            & self._went_to(parties=False)
        )
        known = self._of_known_files(company)
        return Rule(
            given & known,
            Domain("source", "!=", "other") & ~self._went_to(parties=True),
            left_out=given & ~known,
        )

    @api.model
    def _of_known_files(self, company):
        versions = self.env["iso10003.policy"]._find_asking(company, PROCEEDINGS)
        return Domain("file_id.policy_id", "in", versions.ids)

    @api.model
    def _before_deciders(self):
        """Return the papers of matters in which somebody recommends or decides.

        Whatever part of a dispute is no proceeding is before an authority.
        """

        def to_sql(_model, alias, _query):
            return SQL(
                """EXISTS (
                    SELECT FROM iso10003_file AS own
                      JOIN iso10003_file AS top
                        ON top.id = COALESCE(own.parent_id, own.id)
                     WHERE own.id = %(file)s
                       AND (EXISTS (SELECT FROM iso10003_proceeding AS one
                                     WHERE one.dispute_id = top.res_id
                                       AND one.method IN %(deciding)s)
                            OR EXISTS (SELECT FROM iso10003_file AS part
                                        WHERE part.parent_id = top.id
                                          AND part.model <> 'iso10003.proceeding')))
                """,
                file=SQL.identifier(alias, "file_id"),
                deciding=DECIDING,
            )

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _went_to(self, parties):
        """Return the papers that went to a party, or to somebody else outside."""

        def to_sql(_model, alias, _query):
            return SQL(
                """EXISTS (
                    SELECT FROM iso10003_disclosure AS went
                      JOIN iso10003_file AS own ON own.id = %(file)s
                     WHERE went.document_id = %(document)s
                       AND went.direction <> 'received'
                       AND NOT EXISTS (SELECT FROM res_users AS one
                                        WHERE one.partner_id = went.partner_id
                                          AND NOT one.share)
                       AND %(parties)s = EXISTS (
                           SELECT FROM iso10003_party AS party
                            WHERE party.partner_id = went.partner_id
                              AND party.file_id IN (own.id, own.parent_id)))""",
                file=SQL.identifier(alias, "file_id"),
                document=SQL.identifier(alias, "id"),
                parties=parties,
            )

        return Domain.custom(to_sql=to_sql)

    @api.model
    def _is_in_bundle(self):
        """Return the papers in a bundle that was issued for who decides."""
        bundles = self.env["iso10003.bundle"]._search(
            [("state", "!=", "draft"), ("reader", "!=", "complainant")]
        )
        lines = self.env["iso10003.bundle.line"]._search([("bundle_id", "in", bundles)])

        def to_sql(_model, alias, _query):
            return SQL(
                "%s IN %s",
                SQL.identifier(alias, "id"),
                lines.subselect(SQL.identifier(lines.table, "document_id")),
            )

        return Domain.custom(to_sql=to_sql)
