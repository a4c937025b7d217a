# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Letters, invitations and answers of the files that ``world.py`` makes."""

from odoo.tools import SQL

DIGEST = "0" * 64
# kinds of letters, and the date that each has written
LETTERS = {
    "invitation": "invited_date",
    "participation_answer": "part_answered_date",
    "acknowledgement": "acknowledged_date",
    "position": "response_date",
    "closing": "informed_date",
}


def write_letters(disputes):
    """Let each date that a letter writes have its letter."""
    disputes.env.flush_all()
    disputes.env.cr.execute(
        SQL(
            """INSERT INTO iso10003_letter (
                   file_id, company_id, language_id, kind, state, audience, channel,
                   subject, body, sent_date, sent_by_id, sent_to, digest, create_uid,
                   write_uid, create_date, write_date)
               SELECT file.id, dispute.company_id, %(language)s, told.kind, 'sent',
                      'parties', 'mail', dispute.subject, dispute.description,
                      told.day, dispute.user_id, '[]', %(digest)s, dispute.user_id,
                      dispute.user_id, now() AT TIME ZONE 'UTC',
                      now() AT TIME ZONE 'UTC'
                 FROM iso10003_dispute AS dispute
                 JOIN iso10003_file AS file
                   ON file.model = 'iso10003.dispute' AND file.res_id = dispute.id,
                      LATERAL (VALUES %(told)s) AS told(kind, day)
                WHERE told.day IS NOT NULL AND dispute.id = ANY(%(ids)s)""",
            language=disputes.env.ref("base.lang_en").id,
            digest=DIGEST,
            told=SQL(", ").join(
                SQL("(%s, %s)", kind, SQL.identifier("dispute", name))
                for kind, name in LETTERS.items()
            ),
            ids=disputes.ids,
        )
    )
    disputes.env.invalidate_all()


def invite(disputes):
    """Let each file that invited have its invitation, and then what each side said."""
    env = disputes.env
    env.cr.execute(
        SQL(
            """WITH invited AS (
                   INSERT INTO iso10003_invitation (
                          dispute_id, company_id, state, silence, until, sent_date,
                          digest)
                   SELECT id, company_id, 'sent', 'refusal', invited_date,
                          invited_date, %(digest)s
                     FROM iso10003_dispute
                    WHERE id = ANY(%(ids)s) AND invited_date IS NOT NULL
                RETURNING id, dispute_id, company_id)
               INSERT INTO iso10003_invitation_line (
                      invitation_id, dispute_id, company_id, sequence, method_id)
               SELECT id, dispute_id, company_id, 10, %(method)s FROM invited""",
            digest=DIGEST,
            method=env.ref("odoo_iso10003.method_mediation").id,
            ids=disputes.ids,
        )
    )
    env.cr.execute(
        SQL(
            """INSERT INTO iso10003_participation (
                      dispute_id, company_id, invitation_id, side, answer, state,
                      basis, date)
               SELECT dispute.id, dispute.company_id, invitation.id, said.side, 'yes',
                      'given', said.basis, dispute.part_answered_date
                 FROM iso10003_dispute AS dispute
                 JOIN iso10003_invitation AS invitation
                   ON invitation.dispute_id = dispute.id,
                      (VALUES ('complainant', NULL), ('organization', 'free'))
                      AS said(side, basis)
                WHERE dispute.id = ANY(%s)
                  AND dispute.part_answered_date IS NOT NULL""",
            disputes.ids,
        )
    )
    env.invalidate_all()
