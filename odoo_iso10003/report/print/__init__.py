# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import ir_actions_report
from . import print_bounds
from . import people_text
from . import printed
