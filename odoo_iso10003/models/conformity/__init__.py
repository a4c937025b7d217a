# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import conformity_register
from . import clause
from . import requirement
from . import requirement_checks
from . import checked_line
from . import assessment
from . import assessment_life
from . import assessment_clause
from . import assessment_line
from . import certificate
from . import roadmap
from . import roadmap_progress
from . import audit_programme
from . import audit_programme_plan
from . import audit_programme_line
from . import audit_sample
from . import starter_document
from . import document_page
from . import filed
from . import ir_attachment
from . import mgmtsystem_audit
from . import mgmtsystem_audit_independence
from . import mgmtsystem_audit_sample
from . import mgmtsystem_nonconformity
from . import mgmtsystem_review
from . import mgmtsystem_verification_line
