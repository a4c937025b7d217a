# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import category
from . import remedy
from . import dispute
from . import dispute_opening
from . import dispute_referral
from . import dispute_evaluation
from . import dispute_flow
from . import dispute_complainant
from . import dispute_gates
from . import dispute_deadlines
from . import dispute_time
from . import dispute_people
from . import dispute_portal
from . import dispute_segregation
from . import dispute_concession
from . import dispute_approval
from . import dispute_authority_register
from . import dispute_checks
from . import remedy_checks
from . import helpdesk_ticket
from . import helpdesk_ticket_import
from . import helpdesk_ticket_stage
from . import ir_fields_converter
from . import res_partner
