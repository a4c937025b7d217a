# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_readers
from . import test_references
from . import test_teams
from . import test_told_doors
from . import test_told_language
from . import test_told_walk
from . import test_told_when
from . import test_wall_routes
from . import test_walls
from . import test_withheld
