# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import SQL


def migrate(cr, version):
    """Let files know who was competent when assigned, as the register says it."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for model in ("iso10003.dispute", "iso10003.policy", "iso10003.referral"):
        for name, role in env[model]._get_assigned_roles().items():
            _fill(env[model], name, role)


def _fill(model, name, role):
    key = "user" if model._fields[name].comodel_name == "res.users" else "contact"
    model.env.cr.execute(
        SQL(
            """UPDATE %(table)s AS file
                  SET competence_seen = COALESCE(file.competence_seen, '{}')
                                     || jsonb_build_object(%(name)s, file.%(column)s)
                WHERE EXISTS (SELECT 1
                                FROM iso10003_register AS row
                               WHERE row.file = %(prefix)s || file.id
                                 AND row.event = 'competent'
                                 AND row.data ->> 'role' = %(role)s
                                 AND (row.data ->> %(key)s)::int = file.%(column)s)""",
            table=SQL.identifier(model._table),
            name=name,
            column=SQL.identifier(name),
            prefix=f"{model._name},",
            role=role,
            key=key,
        )
    )
