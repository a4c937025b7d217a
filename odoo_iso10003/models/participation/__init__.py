# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import information_sheet
from . import invitation
from . import invitation_line
from . import participation
from . import invitation_register
from . import letter
from . import helpdesk_ticket
from . import deadline_rule
from . import invited
from . import answered
from . import consented
from . import facts
from . import declaration
from . import declaration_confirmation
from . import declaration_register
from . import declared
from . import dispute
