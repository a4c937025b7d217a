# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_path

RECORDS = "odoo_iso10003/data/conformity/requirements.xml"
# questions that proceedings, papers and results answer from now on:
# {number: (model, check)}
QUESTIONS = {
    "020": ("iso10003.document", "shown_to_both"),
    "029": ("iso10003.document", "mark_kept"),
    "070": ("iso10003.hearing", "talks_attended"),
    "072": ("iso10003.deadline", "submissions_in_time"),
    "073": ("iso10003.hearing", "hearings_recorded"),
    "077": ("iso10003.result", "reviews_considered"),
}
# … and a check that one of them takes the place of, in sets of an organization too
FORMER, MODEL, LATTER = "review_window_kept", "iso10003.result", "reviews_considered"

# questions whose check looks at more than these words of before say
TOLD = {
    "requirement_083": "Files closed within a year, not merged: a deed by which the "
    "complainant was told.",
    "requirement_111": "Files beyond the referral: what each state wants, and mandates "
    "shown.",
}


def migrate(cr, version):
    """Answer questions that nobody changed from the records that are there now.

    Files under policy versions from before are left out, and how many is told.
    """
    answered = []
    for number, (model, check) in QUESTIONS.items():
        cr.execute(
            """UPDATE iso10003_requirement AS question
                  SET "check" = %s, check_model = %s, awaited = FALSE, way = 'automatic'
                 FROM ir_model_data AS known
                WHERE known.module = 'odoo_iso10003'
                  AND known.name = %s AND known.model = 'iso10003.requirement'
                  AND known.res_id = question.id
                  AND (question.check = %s OR question.check IS NULL
                       AND question.awaited)""",
            [check, model, f"requirement_{number}", FORMER],
        )
        if cr.rowcount:
            answered.append(f"requirement_{number}")
    cr.execute(
        """UPDATE iso10003_requirement SET "check" = %s, check_model = %s
            WHERE "check" = %s""",
        [LATTER, MODEL, FORMER],
    )
    _tell_what_they_look_at(cr, answered + _find_told_as_before(cr))


def _find_told_as_before(cr):
    """Return the questions that look at more now, and whose words nobody changed."""
    cr.execute(
        """SELECT known.name FROM iso10003_requirement AS question
             JOIN ir_model_data AS known
               ON known.res_id = question.id AND known.module = 'odoo_iso10003'
              AND known.model = 'iso10003.requirement'
            WHERE (known.name, question.looks_at ->> 'en_US') IN %s""",
        [tuple(TOLD.items())],
    )
    return [name for (name,) in cr.fetchall()]


def _tell_what_they_look_at(cr, names):
    env = api.Environment(cr, SUPERUSER_ID, {})
    tree = etree.parse(file_path(RECORDS))
    for name in names:
        [record] = tree.xpath(f"//record[@id='{name}']")
        texts = {
            field.get("name"): field.text.strip()
            for field in record.iter("field")
            if field.get("name") in ("looks_at", "blind_to")
        }
        env.ref(f"odoo_iso10003.{name}").write(texts)
