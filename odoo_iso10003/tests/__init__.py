# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import hypothesis_profile
from . import test_access
from . import test_bulk
from . import test_concurrency
from . import test_conformity_core
from . import test_core_calendar
from . import test_core_chain
from . import test_core_flow
from . import test_core_pdf
from . import test_dispute_file_report
from . import test_dispute_lifecycle
from . import test_gate_checklist
from . import test_import
from . import test_one_door
from . import test_policy
from . import test_portal
from . import test_print_button
from . import test_register
from . import test_report_engine
from . import test_rules
from . import test_ticket
from . import test_tours
from . import test_translations
