# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import information_sheet
from . import participation_register
from . import consent
from . import invited
from . import consented
from . import consent_checks
from . import declared
from . import dispute
