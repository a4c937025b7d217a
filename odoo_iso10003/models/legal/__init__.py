# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import legal_register
from . import legal_policy
from . import legal_company
from . import authority
from . import duties
from . import referral
from . import referral_flow
from . import referral_decision
from . import referral_deadlines
from . import referral_reminding
from . import referral_instances
from . import referral_approval
from . import referral_checks
from . import review
from . import cost
from . import provision
from . import estimate
from . import amendment
from . import hearing
from . import escalation_referral
from . import dispute_referrals
from . import proceeding_passed
from . import duty
