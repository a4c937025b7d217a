# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import document_register
from . import document_kind
from . import document
from . import document_deeds
from . import disclosure
from . import restriction
from . import bundle
from . import bundle_line
from . import documented
from . import checklisted
from . import recorded
from . import proceeding
from . import proceeding_deadlines
from . import proceeding_flow
from . import proceeding_register
from . import proceeded
from . import dispute
