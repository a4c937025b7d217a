# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import exhibited
from . import parties_told
from . import bundle
from . import dispute_file
from . import parties_file
