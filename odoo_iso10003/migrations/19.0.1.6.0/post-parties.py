# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import split_every
from odoo.tools.sql import column_exists

BATCH = 1000
TASK = "odoo_iso10003.activity_show_mandate"
READING = (
    "[('file_ids', 'any', [('party_ids', 'any', "
    "[('partner_id', '=', user.partner_id.id), ('reads', '=', True), "
    "'|', ('date_from', '=', False), ('date_from', '<=', 'today'), "
    "'|', ('date_until', '=', False), ('date_until', '>=', 'today')])])]"
)


def migrate(cr, version):
    """Let the complainant of each dispute, and who represents them, be parties.

    No document was asked for before: who represents somebody in a file that is open
    goes on reading it, and a manager is asked to have the document shown.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    _turn_rule(env)
    represented = _read_represented(cr)
    cr.execute(
        """SELECT dispute.id FROM iso10003_dispute AS dispute
             JOIN iso10003_file AS file
               ON file.model = 'iso10003.dispute' AND file.res_id = dispute.id
            WHERE NOT EXISTS (SELECT 1 FROM iso10003_party WHERE file_id = file.id)
            ORDER BY dispute.id"""
    )
    for ids in split_every(BATCH, [row[0] for row in cr.fetchall()]):
        disputes = env["iso10003.dispute"].browse(ids)
        _note_parties(disputes, represented)
        env.flush_all()
        env.invalidate_all()
    if represented:
        cr.execute("ALTER TABLE iso10003_dispute DROP COLUMN representative_id CASCADE")


def _turn_rule(env):
    """An organization may have a rule of its own: then it knows what it asks."""
    rule = env.ref("odoo_iso10003.rule_dispute_portal", False)
    if rule and "representative_id" in (rule.domain_force or ""):
        rule.domain_force = READING


def _read_represented(cr):
    if not column_exists(cr, "iso10003_dispute", "representative_id"):
        return {}
    cr.execute(
        """SELECT id, representative_id FROM iso10003_dispute
            WHERE representative_id IS DISTINCT FROM partner_id
              AND representative_id IS NOT NULL"""
    )
    return dict(cr.fetchall())


def _note_parties(disputes, represented):
    parties = disputes.env["iso10003.party"]
    rows = []
    for dispute in disputes:
        own = {"file_id": dispute.file_ids.id}
        if dispute.partner_id:
            rows.append(
                {
                    **own,
                    "partner_id": dispute.partner_id.id,
                    "capacity": "complainant",
                    "leads": True,
                }
            )
        if dispute.id in represented:
            rows.append(
                {
                    **own,
                    "partner_id": represented[dispute.id],
                    "capacity": "representative",
                }
            )
    acting = parties._note(rows).filtered(
        lambda party: party.capacity == "representative"
    )
    is_open = acting.filtered(lambda party: party._get_case().state != "closed")
    is_open._guarded_write({"from_before": True})
    for party in is_open:
        dispute = party._get_case()
        if manager := dispute.company_id._get_any_manager():
            dispute._give_task(
                TASK,
                manager,
                lambda file: file.env._("Ask for the document of who represents them"),
            )
