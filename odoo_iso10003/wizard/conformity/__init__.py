# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import roadmap_plan
from . import first_step_said
from . import starter_install
