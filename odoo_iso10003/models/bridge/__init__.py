# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import helpdesk_ticket
from . import helpdesk_ticket_import
from . import helpdesk_ticket_stage
from . import ir_rule
from . import mail_message_access
from . import res_company
from . import res_config_settings
from . import res_partner
from . import calendar_event
from . import document_page
from . import mgmtsystem_audit
from . import mgmtsystem_audit_independence
from . import mgmtsystem_audit_sample
from . import mgmtsystem_nonconformity
from . import mgmtsystem_review
from . import mgmtsystem_verification_line
from . import calendar_attendee
from . import mail_activity
from . import mail_followers_edit
from . import mail_mail
from . import mail_message
from . import mail_notification
from . import mail_scheduled_message
from . import mail_thread
from . import res_users
