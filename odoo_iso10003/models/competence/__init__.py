# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import certifying
from . import competence_register
from . import role
from . import role_requirement
from . import role_holder
from . import role_door
from . import contact_certification
from . import employee_skill
from . import base_partner_merge
from . import course
from . import training
from . import training_calendar
from . import attendance
from . import attendance_result
from . import attendance_effectiveness
from . import training_effectiveness
from . import training_exam
from . import competence
from . import competence_matrix
from . import competence_plan
from . import certification_reminder
from . import assigned
from . import assignments
from . import res_company
from . import role_checks
from . import training_checks
