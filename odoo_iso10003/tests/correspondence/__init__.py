# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_letter_text
from . import test_letter
from . import test_letter_concurrency
from . import test_letter_killed
from . import test_letter_mail
from . import test_letter_ways
from . import test_letter_checks
