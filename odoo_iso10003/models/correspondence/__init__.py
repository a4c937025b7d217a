# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import letter_template
from . import letter
from . import letter_sending
from . import letter_register
from . import filed
from . import mail
