# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import importlib.util

from odoo.tools.misc import file_path


def run_migration(env, script, version="19.0.1.2.0"):
    """Run a migration script as an update does, and read everything anew.

    :param script: its path below ``migrations/``, without ``.py``
    :param version: the version that was installed before
    """
    path = file_path(f"odoo_iso10003/migrations/{script}.py")
    spec = importlib.util.spec_from_file_location("migration", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    env.flush_all()
    module.migrate(env.cr, version)
    env.invalidate_all()
