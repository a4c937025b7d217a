# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_policy
from . import test_policy_at_once
from . import test_policy_checks
from . import test_policy_day
from . import test_policy_gate_migration
from . import test_policy_gates
from . import test_policy_tier_migration
from . import test_policy_track_migration
from . import test_policy_tracks
