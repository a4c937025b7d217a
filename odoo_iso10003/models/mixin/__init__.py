# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import cached
from . import named
from . import configuration
from . import file_currency
from . import guarded
from . import worded
from . import ir_default
from . import ir_http
from . import ir_module_module
from . import listed
from . import one_door
from . import plausible
from . import preserved
from . import policy_part
from . import sealed
from . import within
from . import registered
from . import registered_part
from . import segregated
from . import people_amount
from . import people_date
from . import swept
