# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_consent
from . import test_consent_checks
from . import test_consent_migration
from . import test_declaration
from . import test_declared
from . import test_declared_checks
from . import test_declared_migration
from . import test_facts
from . import test_files
from . import test_files_of_parties
from . import test_information_sheet
from . import test_letter_costs
from . import test_invitation
from . import test_participation
from . import test_invitation_checks
from . import test_invitation_migration
from . import test_participation_tours
