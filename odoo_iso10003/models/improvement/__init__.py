# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import policy
from . import word
from . import cause
from . import improvement_register
from . import compared
from . import improved
from . import dispute
from . import issue
from . import issue_proposed
from . import issue_effect
from . import nonconformity
from . import job
from . import health
from . import helpdesk_ticket
