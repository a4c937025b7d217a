# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_methods
from . import test_provider_checks
from . import test_providers
from . import test_provider_migration
