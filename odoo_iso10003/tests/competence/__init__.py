# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_competence_assignments
from . import test_competence_checks
from . import test_competence_door
from . import test_competence_matrix
from . import test_competence_privacy
from . import test_competence_referral
from . import test_competence_tours
from . import test_competence_training
from . import test_training_people
