# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import category
from . import claim
from . import remedy
from . import proportioned
from . import guided
from . import provided
from . import advised
from . import claimed
from . import held
from . import notice
from . import noticed
from . import evaluated
from . import positioned
from . import disputed
from . import dispute
from . import dispute_flow
from . import dispute_deadlines
from . import dispute_authority
from . import dispute_checks
from . import dispute_register
from . import helpdesk_ticket
from . import helpdesk_ticket_import
from . import helpdesk_ticket_stage
from . import ir_fields_converter
from . import res_partner
