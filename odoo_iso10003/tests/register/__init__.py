# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_job
from . import test_job_print
from . import test_register
from . import test_register_append
from . import test_register_proof
from . import test_register_sealed
from . import test_stays_on_record
