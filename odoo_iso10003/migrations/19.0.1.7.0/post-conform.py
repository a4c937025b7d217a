# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_path

from odoo.addons.odoo_iso10003.core import segregation

RULE = "confirmer_answerer"
QUESTIONS = "odoo_iso10003/data/conformity/requirements.xml"
WORDS = ("looks_at", "blind_to")


def migrate(cr, version):
    """Give each policy version the rule of the second person, and questions words.

    Assessments in work are counted as they are from now on; frozen ones stay.
    """
    _give_rule(cr)
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.invalidate_all()
    env.registry.clear_cache()
    _give_words(env)
    drafts = env["iso10003.assessment"].search([("state", "=", "draft")])
    clauses = drafts.clause_result_ids
    env.add_to_compute(clauses._fields["score"], clauses)
    env.add_to_compute(drafts._fields["score"], drafts)
    env.flush_all()


def _give_words(env):
    """Say what questions look at: it is new, so nobody's own words are overwritten."""
    for record in etree.parse(file_path(QUESTIONS)).iter("record"):
        question = env.ref(f"odoo_iso10003.{record.get('id')}", False)
        words = {
            field.get("name"): field.text.strip()
            for field in record.iter("field")
            if field.get("name") in WORDS
        }
        if question and words:
            question.write(words)


def _give_rule(cr):
    cr.execute(
        """INSERT INTO iso10003_segregation (
               policy_id, sequence, code, strength, create_uid, write_uid,
               create_date, write_date)
           SELECT id, %s, %s, 'strict', 1, 1,
                  now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
             FROM iso10003_policy
               ON CONFLICT DO NOTHING""",
        [list(segregation.RULES).index(RULE) + 1, RULE],
    )
