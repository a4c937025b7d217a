# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import competence_override
from . import training_correction
from . import training_people
from . import training_register
