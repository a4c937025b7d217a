# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_path, split_every

from odoo.addons.odoo_iso10003.core.result import NOTED

BATCH = 500
RECORDS = "odoo_iso10003/data/conformity/requirements.xml"
# questions that results answer from now on: {number: (model, check, check before)}
QUESTIONS = {
    "074": ("iso10003.result", "settlements_written", None),
    "075": ("iso10003.result", "recommendations_answered", "recommendations_answered"),
    "076": ("iso10003.result.answer", "rejections_approved", None),
    "078": ("iso10003.result", "binding_written", None),
}


def migrate(cr, version):
    """Keep as a result what files had as a word, a day and an amount.

    As it stands, and nothing more: no text, no answer, no line on a claim. What has no
    day gets none. Claims stay as they are.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    _answer_questions(cr, env)
    cr.execute(
        """SELECT dispute.id FROM iso10003_dispute AS dispute
            WHERE dispute.outcome = ANY(%s) AND dispute.outcome_date IS NOT NULL
              AND NOT EXISTS (SELECT FROM iso10003_result AS result
                               WHERE result.dispute_id = dispute.id)
            ORDER BY dispute.id""",
        [list(NOTED)],
    )
    for ids in split_every(BATCH, [row[0] for row in cr.fetchall()]):
        for dispute in env["iso10003.dispute"].browse(ids):
            dispute._record_from_before()
        env.flush_all()
        env.invalidate_all()


def _answer_questions(cr, env):
    """Answer questions that nobody changed from the records of results."""
    answered = []
    for number, (model, check, before) in QUESTIONS.items():
        cr.execute(
            """UPDATE iso10003_requirement AS question
                  SET "check" = %s, check_model = %s, awaited = FALSE, way = 'automatic'
                 FROM ir_model_data AS known
                WHERE known.module = 'odoo_iso10003'
                  AND known.name = %s AND known.model = 'iso10003.requirement'
                  AND known.res_id = question.id
                  AND question.check IS NOT DISTINCT FROM %s
                  AND (question.awaited OR %s IS NOT NULL)""",
            [check, model, f"requirement_{number}", before, before],
        )
        if cr.rowcount:
            answered.append(f"requirement_{number}")
    _give_words(env, answered)


def _give_words(env, answered):
    """Say what the questions look at that results answer now."""
    for record in etree.parse(file_path(RECORDS)).iter("record"):
        if record.get("id") in answered:
            words = {
                field.get("name"): field.text.strip()
                for field in record.iter("field")
                if field.get("name") in ("looks_at", "blind_to")
            }
            env.ref(f"odoo_iso10003.{record.get('id')}").write(words)
