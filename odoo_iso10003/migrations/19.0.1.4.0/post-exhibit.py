# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Give documents of referrals the numbers with which dossiers were printed so far."""

CLASSES = ["public", "parties", "internal", "privileged"]


def migrate(cr, version):
    """Number the documents of each matter by their dates, once and for all."""
    cr.execute(
        """UPDATE iso10003_referral_document AS document SET exhibit_number = new.number
             FROM (SELECT id, row_number() OVER (
                              PARTITION BY root_id ORDER BY date, referral_id, id
                          ) AS number
                     FROM iso10003_referral_document
                    WHERE confidentiality = ANY(%s)) AS new
            WHERE new.id = document.id
              AND NOT EXISTS (SELECT FROM iso10003_referral_document AS given
                               WHERE given.exhibit_number > 0
                                 AND given.root_id = document.root_id)""",
        [CLASSES],
    )
    cr.execute(
        """UPDATE iso10003_referral AS referral SET last_exhibit = given.last
             FROM (SELECT root_id, max(exhibit_number) AS last
                     FROM iso10003_referral_document GROUP BY root_id) AS given
            WHERE given.root_id = referral.id"""
    )
