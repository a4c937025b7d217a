# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_attempt
from . import test_death
from . import test_party
from . import test_party_change
from . import test_party_migration
from . import test_party_tours
from . import test_vacancy
