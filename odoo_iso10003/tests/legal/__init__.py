# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_files_before_authorities
from . import test_legal_amendments
from . import test_legal_checks
from . import test_legal_deadlines
from . import test_legal_dossier
from . import test_legal_duties
from . import test_legal_ending
from . import test_legal_exhibits
from . import test_legal_flow
from . import test_legal_hearings
from . import test_legal_instances
from . import test_legal_limitation
from . import test_legal_limits
from . import test_legal_one_door
from . import test_legal_reminders
from . import test_legal_result
from . import test_legal_reviews
from . import test_legal_sweep
from . import test_legal_tours
from . import test_legal_wall
