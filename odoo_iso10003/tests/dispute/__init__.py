# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_authority
from . import test_bulk
from . import test_claim
from . import test_concurrency
from . import test_deeds
from . import test_dispute_checks
from . import test_dispute_complainant
from . import test_dispute_file_report
from . import test_dispute_lifecycle
from . import test_dispute_steps
from . import test_early_end
from . import test_evaluation
from . import test_gate_checklist
from . import test_gates
from . import test_import
from . import test_method_advice
from . import test_new_dispute
from . import test_next_step
from . import test_one_door
from . import test_one_door_rpc
from . import test_portal
from . import test_position
from . import test_ticket
from . import test_ticket_portal
from . import test_tours
from . import test_tracks
