# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import issue_enter
from . import issue_step
from . import issue_suggest
from . import ticket_split
