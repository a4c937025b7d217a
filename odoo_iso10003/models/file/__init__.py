# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import file
from . import storied
from . import filed
from . import lead
from . import helpdesk_ticket_team
from . import ir_rule
