# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_after_closing
from . import test_alarm_effects
from . import test_alarm_people
from . import test_calendar_change
from . import test_deadline_checks
from . import test_deadline_course
from . import test_deadline_file
from . import test_deadline_processes
from . import test_deadline_readers
from . import test_deadline_rules
from . import test_deadline_stops
from . import test_deadline_sweep
from . import test_digest
from . import test_given
from . import test_health
from . import test_missed_limits
from . import test_reopening
from . import test_rule_copies
from . import test_rules
