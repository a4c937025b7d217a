# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_conformity_assessment
from . import test_conformity_audit
from . import test_conformity_audit_work
from . import test_conformity_auditor
from . import test_conformity_certificates
from . import test_conformity_checks
from . import test_conformity_core
from . import test_conformity_documents
from . import test_conformity_doors
from . import test_conformity_editions
from . import test_conformity_gaming
from . import test_conformity_migration
from . import test_conformity_own_checks
from . import test_conformity_programme
from . import test_conformity_recomputed
from . import test_conformity_reports
from . import test_conformity_roadmap
from . import test_conformity_tours
from . import test_first_steps
from . import test_findings_of_files
from . import test_recomputed_files
from . import test_gaming_ways
