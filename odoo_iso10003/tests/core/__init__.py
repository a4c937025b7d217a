# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import hypothesis_profile
from . import test_core_advisor
from . import test_core_authority
from . import test_core_bounds
from . import test_core_calendar
from . import test_core_chain
from . import test_core_clock
from . import test_core_clock_answers
from . import test_core_clock_rules
from . import test_core_clock_stops
from . import test_core_exhibit
from . import test_core_flow
from . import test_core_linked
from . import test_core_paper
from . import test_core_pdf
from . import test_core_people_text
from . import test_core_press
from . import test_core_proportion
from . import test_core_result
from . import test_core_similar
from . import test_core_story
from . import test_core_working_time
