# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import ir_actions_report
from . import print_bounds
from . import people_date
from . import people_text
from . import document
from . import dispute_file
from . import referral_dossier
from . import audit_report
from . import certificate_register
from . import finding_report
from . import readiness_statement
from . import training_certificate
from . import training_register
