# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import wall
from . import mixin
from . import register
from . import file
from . import correspondence
from . import party
from . import policy
from . import deadline
from . import provider
from . import dispute
from . import participation
from . import proceeding
from . import improvement
from . import conformity
from . import legal
from . import competence
