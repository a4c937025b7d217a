# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import competence_override
from . import dispute_step
from . import referral_step
from . import dispute_refer
from . import register_erase
from . import roadmap_plan
from . import starter_install
from . import training_correction
from . import training_register
from . import deadline_step
from . import policy_forecast
