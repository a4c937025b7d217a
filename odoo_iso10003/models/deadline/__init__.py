# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import timed
from . import deeds
from . import clock
from . import clock_words
from . import deadline
from . import deadline_course
from . import letter
from . import deadline_manual
from . import deadline_register
from . import deadline_extension
from . import deadline_suspension
from . import alarm
from . import deadline_alarms
from . import alarm_people
from . import alarm_levels
from . import alarm_sweep
from . import calendar_change
from . import reminded
from . import policy_review
from . import health
from . import health_first_day
from . import health_told
from . import ir_cron
from . import unsent
from . import implausible
from . import deadline_checks
