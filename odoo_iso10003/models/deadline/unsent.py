# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from ..mixin.people_date import format_people_number


class Unsent(models.Model):
    """E-mails of files that failed or came back: what it was, to whom, and why.

    Of a record that its reader may not read, there is a number and no name.
    """

    _name = "iso10003.unsent"
    _description = "E-mail that did not arrive"
    _auto = False
    _order = "at desc, id"
    _depends = {
        "mail.mail": ["state", "told_of", "mail_message_id"],
        "mail.message": ["date", "model", "res_id"],
        "mail.notification": ["notification_status", "mail_message_id"],
    }
    _rec_name = "at"

    at = fields.Datetime("When", readonly=True)
    mail_id = fields.Many2one("mail.mail", readonly=True, groups="base.group_system")
    message_id = fields.Many2one(
        "mail.message", readonly=True, groups="base.group_system"
    )
    model = fields.Char("Model of the record", readonly=True)
    res_id = fields.Many2oneReference("Record", model_field="model", readonly=True)
    kind = fields.Selection(
        [("exception", "Failed"), ("bounce", "Came back")],
        "What happened",
        readonly=True,
    )
    reason = fields.Char(compute="_compute_words")
    record_label = fields.Char("About", compute="_compute_words")
    subject = fields.Char("What it was", compute="_compute_words")
    recipients = fields.Char("To", compute="_compute_words")

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT mail.id * 2::bigint AS id, message.date AS at, mail.id AS mail_id,
                   message.id AS message_id, message.model, message.res_id,
                   'exception' AS kind
              FROM mail_mail mail
              JOIN mail_message message ON message.id = mail.mail_message_id
             WHERE mail.state = 'exception'
               AND (message.model LIKE 'iso10003.%%' OR mail.told_of IS NOT NULL)
             UNION ALL
            SELECT note.id * 2::bigint + 1, message.date, NULL, message.id,
                   message.model, message.res_id, note.notification_status
              FROM mail_notification note
              JOIN mail_message message ON message.id = note.mail_message_id
             WHERE note.notification_status IN ('bounce', 'exception')
               AND message.model LIKE 'iso10003.%%'
               AND NOT EXISTS (SELECT FROM mail_mail mail
                    WHERE mail.mail_message_id = message.id
                      AND mail.state = 'exception')
            """
        )

    @api.model
    def _get_ours(self):
        """Return the domain of mails that tell of our records."""
        return ["|", ("told_of", "!=", False), ("model", "=like", "iso10003.%")]

    @api.depends_context("lang", "uid")
    def _compute_words(self):
        types = dict(
            self.env["mail.mail"]
            ._fields["failure_type"]
            ._description_selection(self.env)
        )
        for row in self:
            # of a mail of the system: what follows is shown as its reader may read
            hidden = row.sudo()
            mail, message = hidden.mail_id, hidden.message_id
            notes = message.notification_ids.filtered("failure_type")
            failure = mail.failure_type or notes[:1].failure_type
            row.reason = types.get(failure) or self.env._("Unknown error")
            record = row._find_readable()
            if row.model and not record:
                number = format_people_number(self.env, str(row.res_id))
                row.record_label = f"#{number}"
                row.subject = row.recipients = False
                continue
            row.record_label = record.display_name if record else False
            row.subject = message.subject or (
                message.subtype_id.name if message.subtype_id else False
            )
            people = mail.recipient_ids or notes.res_partner_id
            row.recipients = ", ".join(
                [*people.mapped("name"), *filter(None, [mail.email_to])]
            )

    def _find_readable(self):
        """Return what it was about, if its reader may read it."""
        if self.model not in self.env:
            return None
        record = self.env[self.model].browse(self.res_id).exists()
        return record if record and record.has_access("read") else None

    def action_open(self):
        """Open what it was about."""
        self.ensure_one()
        return self.env[self.model].browse(self.res_id).get_formview_action()
