# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import method
from . import provider
from . import provider_credential
from . import provider_service
from . import provider_evaluation
from . import provider_register
from . import provider_checks
