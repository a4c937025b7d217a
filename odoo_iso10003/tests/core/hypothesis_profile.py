# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Property tests that do not fail because the machine is busy.

To be imported before the tests: ``from . import hypothesis_profile``.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "odoo_iso10003",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    # The addon's folder may be read-only to who runs the tests.
    database=None,
    print_blob=True,
)
settings.load_profile("odoo_iso10003")
