# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_access
from . import test_dispatch
from . import test_house
from . import test_menus
from . import test_migrations
from . import test_neighbour_words
from . import test_private_doors
from . import test_reminder_migration
from . import test_reminders
from . import test_rooms
from . import test_translations
from . import test_words_migration
from .competence import *
from .conformity import *
from .core import *
from .correspondence import *
from .deadline import *
from .dispute import *
from .file import *
from .legal import *
from .mixin import *
from .policy import *
from .print import *
from .provider import *
from .register import *
from .wall import *
