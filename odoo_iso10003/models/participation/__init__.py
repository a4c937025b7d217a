# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import information_sheet
from . import information_sheet_approval
from . import information_sheet_checks
from . import participation_register
from . import consent
from . import consent_flaws
from . import consent_withdrawal
from . import invitation
from . import invitation_line
from . import participation
from . import letter
from . import helpdesk_ticket
from . import invited
from . import answered
from . import consented
from . import consent_checks
from . import facts
from . import declaration
from . import declaration_confirmation
from . import declared
from . import evaluation
from . import position
from . import dispute
