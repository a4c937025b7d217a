# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_bundle
from . import test_concluded
from . import test_cost
from . import test_cost_migration
from . import test_document
from . import test_document_migration
from . import test_first_proceeding
from . import test_marked
from . import test_obligation
from . import test_obligation_checks
from . import test_proceeding
from . import test_proceeding_continued
from . import test_proceeding_days
from . import test_proceeding_hearing
from . import test_recorded
from . import test_result
from . import test_result_answer
from . import test_result_checks
from . import test_result_migration
from . import test_seat
from . import test_settle_now
from . import test_settling_tours
from . import test_today
from . import test_parties_file
from . import test_today_tours
