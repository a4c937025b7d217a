# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import register_guard
from . import register
from . import register_head
from . import register_note
from . import register_changes
from . import register_proof
from . import register_erasure
from . import job
from . import job_verify
from . import job_export
from . import job_print
from . import register_checks
from . import base_partner_merge
from . import ir_attachment
from . import privacy_lookup
from . import ir_module_module
