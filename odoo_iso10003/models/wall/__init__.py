# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import searched
from . import withheld
from . import told
from . import told_content
from . import told_words
from . import ir_rule
from . import mail_message_access
from . import calendar_attendee
from . import mail_activity
from . import mail_followers
from . import mail_followers_edit
from . import mail_mail
from . import mail_message
from . import mail_notification
from . import mail_scheduled_message
from . import mail_thread
from . import res_partner
from . import res_users
