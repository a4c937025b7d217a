# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import dispute_step
from . import obligation_step
from . import result_step
from . import settlement
from . import offer_step
from . import proceeding_step
from . import document_lift
from . import document_take
from . import restriction_end
from . import disposal_step
from . import seat_step
