# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_configuration
from . import test_defaults_of_callers
from . import test_given_to_deeds
from . import test_kept_answers
from . import test_links_within
from . import test_numbers
from . import test_people_number
from . import test_people_amount
from . import test_plausible
from . import test_segregation
from . import test_segregation_doors
from . import test_walk_of_fields
