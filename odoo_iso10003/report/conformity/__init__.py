# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import audit_report
from . import certificate_register
from . import finding_report
from . import printed_programme
from . import readiness_statement
