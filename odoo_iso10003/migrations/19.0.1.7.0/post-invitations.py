# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import file_open, split_every
from odoo.tools.convert import xml_import

from odoo.addons.odoo_iso10003.models.participation.invited import EVENTS, TOLD_BY
from odoo.addons.odoo_iso10003.models.policy.deadline_rule_scope import PART_RULES

ADDON = "odoo_iso10003"
BATCH = 1000
PACKS = f"{ADDON}/data/policy/rule_packs.xml"
LETTERS = f"{ADDON}/data/correspondence/letter_templates.xml"
INVITATIONS = ("letter_invitation_en", "letter_invitation_fa")
# who may begin them, of the methods that ship
BEGINNERS = {
    "method_mediation": "together",
    "method_ombudsman": "complainant",
    "method_board": "complainant",
    "method_arbitration": "together",
}


def migrate(cr, version):
    """Let files, examples and texts of before know invitations and answers.

    What an organization changed stays. Approved versions keep their rules; a manager
    is asked, once, to take a new version where one names the position for what asks
    only whether we take part. Letters that were sent already are the deeds that they
    are; nothing else is known of files from before.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    _say_who_begins(cr)
    _renew_packs(env)
    _renew_letters(env)
    _tell_managers(env)
    _note_letters(env)
    _plan_complaints(env)


def _say_who_begins(cr):
    for name, beginner in BEGINNERS.items():
        cr.execute(
            """UPDATE iso10003_method AS method SET beginner = %s
                 FROM ir_model_data AS known
                WHERE known.module = %s AND known.name = %s
                  AND known.res_id = method.id AND method.beginner = 'either'""",
            [beginner, ADDON, name],
        )


def _read_rows(path):
    with file_open(path, mode="rb") as file:
        return list(etree.parse(file).getroot().iter("record"))


def _renew(env, row):
    """Give a record as it ships now, without translations of its former words."""
    record = env.ref(f"{ADDON}.{row.get('id')}")
    for name, field in record._fields.items():
        if field.translate and field.store and record[name]:
            env.cr.execute(
                f"UPDATE {record._table} SET {name} = "
                f"jsonb_build_object('en_US', {name} ->> 'en_US') WHERE id = %s",
                [record.id],
            )
    record.invalidate_recordset()
    xml_import(env, ADDON, {}, "init", noupdate=True)._tag_record(row)


def _renew_packs(env):
    """Renew packs and their rules where nobody changed them since they came."""
    for row in _read_rows(PACKS):
        record = env.ref(f"{ADDON}.{row.get('id')}", raise_if_not_found=False)
        shipped = row.get("model") in ("iso10003.rule.pack", "iso10003.deadline.rule")
        if record and shipped and record.write_date == record.create_date:
            _renew(env, row)
    env.flush_all()


def _renew_letters(env):
    for row in _read_rows(LETTERS):
        letter = env.ref(f"{ADDON}.{row.get('id')}", raise_if_not_found=False)
        if row.get("id") in INVITATIONS and letter and not letter.writer_id:
            _renew(env, row)
    env.flush_all()


def _tell_managers(env):
    """Ask a manager for a new version where a rule waits for the position."""
    rules = env["iso10003.deadline.rule"].search(
        [
            ("code", "in", list(PART_RULES)),
            ("end_event", "=", "position_sent"),
            ("policy_id.state", "in", ["approved", "in_force"]),
        ]
    )
    for policy in rules.policy_id:
        manager = policy.company_id._get_any_manager()
        if manager:
            words = env(context={"lang": manager.lang})
            policy.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=manager.id,
                summary=words._(
                    "Take a new version: “Reply to the ADR body” is met by our answer "
                    "to taking part, and not by the position alone"
                ),
            )


def _note_letters(env):
    """What letters told before is known from them, on files that are open."""
    for kind, events in TOLD_BY.items():
        sent = env["iso10003.letter"].search(
            [
                ("kind", "=", kind),
                ("state", "=", "sent"),
                ("file_id.model", "=", "iso10003.dispute"),
            ],
            order="sent_date, id",
        )
        for letter in sent:
            dispute = letter.file_id._get_case()
            for event in events:
                if not dispute[EVENTS[event]]:
                    dispute._happen_by(event, letter)


def _plan_complaints(env):
    """Let complaints whose time is not over yet be asked about once it is."""
    tickets = env["helpdesk.ticket"].search([("closed", "=", False)])
    for ids in split_every(BATCH, tickets.ids):
        batch = tickets.browse(ids)
        days = batch._find_reminder_days()
        batch.filtered(
            lambda ticket, days=days: (
                days[ticket]["invite"]
                and days[ticket]["invite"] >= ticket._get_company_day()
            )
        )._plan_reminders()
        env.flush_all()
        env.invalidate_all()
