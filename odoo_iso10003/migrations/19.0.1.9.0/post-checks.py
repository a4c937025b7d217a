# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo.tools import SQL, file_path

QUESTIONS = "odoo_iso10003/data/conformity/requirements.xml"
# questions that records answer from now on: {number: (model, check)}
ANSWERED = {
    "087": ("iso10003.dispute", "cost_known"),
    "107": ("iso10003.dispute", "promises_named"),
}
# what questions said that look at more by now, as it came: {(number, field): words}
FORMER = {
    ("027", "looks_at"): "Our limits missed within a year: a reason is noted.",
    ("027", "blind_to"): "Whether the complainant was told, unless a letter shows it.",
    ("030", "looks_at"): "Policy in force: methods, cost and other recourse.",
    ("063", "looks_at"): "Direct notices: days from notice to entry.",
    ("064", "looks_at"): "Notices of files: acknowledged, and not before they came.",
    ("068", "looks_at"): (
        "Files beyond the position: it went out, within its limit; under "
        "versions that ask for it, as an approved position."
    ),
    ("087", "looks_at"): "Costs of five closed files: fees, time, what was paid.",
    ("087", "blind_to"): None,
    ("101", "looks_at"): (
        "Pages that began as starter documents: approved, with no change waiting."
    ),
    ("107", "looks_at"): "Disputes about a promise of a code: the promise named.",
    ("107", "blind_to"): None,
}


def migrate(cr, version):
    """Note when resolution began, and let questions say what they look at by now.

    What somebody changed stays as it is.
    """
    cr.execute(
        """UPDATE iso10003_dispute AS dispute SET resolution_date = begun.at
             FROM (SELECT dispute_id, MIN(at) AS at
                     FROM iso10003_register
                    WHERE event = 'transition' AND data ->> 'to' = 'resolution'
                      AND dispute_id IS NOT NULL
                 GROUP BY dispute_id) AS begun
            WHERE begun.dispute_id = dispute.id AND dispute.resolution_date IS NULL"""
    )
    for number, (model, check) in ANSWERED.items():
        cr.execute(
            """UPDATE iso10003_requirement AS question
                  SET "check" = %s, check_model = %s, awaited = FALSE, way = 'automatic'
                 FROM ir_model_data AS known
                WHERE known.module = 'odoo_iso10003'
                  AND known.name = %s AND known.model = 'iso10003.requirement'
                  AND known.res_id = question.id
                  AND question.check IS NULL AND question.awaited""",
            [check, model, f"requirement_{number}"],
        )
    # the terms are asked of the sheets, too
    cr.execute(
        """UPDATE iso10003_requirement SET check_model = 'iso10003.information.sheet'
            WHERE "check" = 'terms_public' AND check_model = 'iso10003.policy'"""
    )
    _say_anew(cr)


def _say_anew(cr):
    """Give the words of now where those of before stand; translations follow."""
    now = {
        (record.get("id").removeprefix("requirement_"), field.get("name")): field.text
        for record in etree.parse(file_path(QUESTIONS)).iter("record")
        for field in record.iter("field")
    }
    for (number, name), former in FORMER.items():
        cr.execute(
            SQL(
                """UPDATE iso10003_requirement AS question
                      SET %(name)s = jsonb_build_object('en_US', %(now)s::text)
                     FROM ir_model_data AS known
                    WHERE known.module = 'odoo_iso10003'
                      AND known.name = %(known)s
                      AND known.model = 'iso10003.requirement'
                      AND known.res_id = question.id
                      AND question.%(name)s ->> 'en_US'
                          IS NOT DISTINCT FROM %(former)s""",
                name=SQL.identifier(name),
                now=now[number, name].strip(),
                known=f"requirement_{number}",
                former=former,
            )
        )
