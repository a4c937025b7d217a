# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import competence
from . import dispute
from . import legal
from . import register
from . import conformity
from . import deadline
from . import party
from . import policy
from . import participation
from . import proceeding
from . import improvement
