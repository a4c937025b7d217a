# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_cause
from . import test_improved_checks
from . import test_files_of_many
from . import test_improvement_tours
from . import test_issue
from . import test_issue_enter
from . import test_issue_proposed
from . import test_similar
from . import test_split
