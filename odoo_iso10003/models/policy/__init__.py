# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gate
from . import policy
from . import policy_life
from . import policy_checks
from . import deadline_rule
from . import deadline_rule_count
from . import deadline_rule_scope
from . import escalation
from . import rule_pack
from . import policy_rules
from . import job_forecast
from . import segregation
from . import policy_authority
from . import policy_gate
from . import policy_tier
from . import policy_track
from . import policy_track_criterion
from . import policy_register
from . import deadline_rule_checks
from . import res_company
from . import res_config_settings
