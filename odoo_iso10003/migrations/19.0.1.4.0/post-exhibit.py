# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Give documents of referrals the numbers with which dossiers were printed so far."""


def migrate(cr, version):
    """Number the documents of each matter by their dates, once and for all.

    By then they are documents of files (``19.0.1.8.0/pre-documents.py``).
    """
    cr.execute(
        """UPDATE iso10003_document AS document SET exhibit_number = new.number
             FROM (SELECT document.id, row_number() OVER (
                              PARTITION BY matter_id
                                  ORDER BY date, file.res_id, document.id
                          ) AS number
                     FROM iso10003_document AS document
                     JOIN iso10003_file AS file ON file.id = document.file_id
                    WHERE file.model = 'iso10003.referral'
                      AND NOT COALESCE(without_prejudice, FALSE)) AS new
            WHERE new.id = document.id
              AND NOT EXISTS (SELECT FROM iso10003_document AS given
                               WHERE given.exhibit_number > 0
                                 AND given.matter_id = document.matter_id)"""
    )
    cr.execute(
        """UPDATE iso10003_referral AS referral SET last_exhibit = given.last
             FROM (SELECT file.res_id, max(document.exhibit_number) AS last
                     FROM iso10003_document AS document
                     JOIN iso10003_file AS file ON file.id = document.matter_id
                    WHERE file.model = 'iso10003.referral'
                    GROUP BY file.res_id) AS given
            WHERE given.res_id = referral.id"""
    )
