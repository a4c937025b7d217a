# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import print
from . import correspondence
from . import dispute
from . import proceeding
from . import legal
from . import conformity
from . import competence
