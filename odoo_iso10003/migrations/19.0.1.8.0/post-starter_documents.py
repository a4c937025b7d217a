# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_open
from odoo.tools.convert import xml_import

ADDON = "odoo_iso10003"
STARTERS = f"{ADDON}/data/conformity/starter_documents.xml"


def migrate(cr, version):
    """Bring the texts to begin with up to date, and offer them to installed pages.

    A text that an administrator changed stays as it is, and nothing is offered of it.
    A page gets a change request beside what stands there; an approver decides.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    renewed = _renew(env)
    if not renewed:
        return
    # in the languages of the pages, before the update comes to translations itself
    env.ref(f"base.module_{ADDON}")._update_translations()
    env.invalidate_all()
    env.registry.clear_all_caches()
    renewed._offer()
    env.flush_all()


def _renew(env):
    """Give the texts as they ship now where nobody changed them; return these."""
    with file_open(STARTERS, mode="rb") as file:
        rows = etree.parse(file).getroot()
    renewed = env["iso10003.starter.document"]
    for row in rows.iter("record"):
        document = env.ref(f"{ADDON}.{row.get('id')}", raise_if_not_found=False)
        # a record that was changed after it came has another time of writing
        if not document or document.write_date != document.create_date:
            continue
        # translations of the former text would stand beside the new one
        env.cr.execute(
            "UPDATE iso10003_starter_document SET body = NULL WHERE id = %s",
            [document.id],
        )
        document.invalidate_recordset()
        xml_import(env, ADDON, {}, "init", noupdate=True)._tag_record(row)
        env.flush_all()
        # it is as it came again, for a version to come
        env.cr.execute(
            "UPDATE iso10003_starter_document SET write_date = create_date "
            "WHERE id = %s",
            [document.id],
        )
        renewed |= document
    env.invalidate_all()
    return renewed
