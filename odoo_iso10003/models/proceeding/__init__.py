# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import obligation_register
from . import obligation
from . import obligation_course
from . import obligation_reminding
from . import performance
from . import obliged
from . import concluded
from . import obligation_checks
from . import dispute
