# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import result
from . import result_line
from . import result_answer
from . import result_effect
from . import result_review
from . import result_checks
from . import result_answered
from . import resulted
from . import settled
from . import proceeding
from . import proceeding_deadlines
from . import proceeding_flow
from . import proceeding_register
from . import proceeded
from . import document_register
from . import document_kind
from . import document
from . import disclosure
from . import restriction
from . import bundle
from . import bundle_line
from . import documented
from . import checklisted
from . import dispute
