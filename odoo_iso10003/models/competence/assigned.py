# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class Assigned(models.AbstractModel):
    """A record that gives people roles: nobody without the competence for it.

    A model inherits this and says in :meth:`_get_assigned_roles` which of its
    fields gives which role. It is ``iso10003.guarded`` and ``iso10003.registered``
    and has a ``company_id``. What is asked is asked when the person changes, not
    each time that the record is written.
    """

    _name = "iso10003.assigned"
    _description = "Record that gives people roles"

    # {field: id of the person whom a manager let have it}
    competence_overrides = fields.Json(
        "Competence overridden", readonly=True, copy=False, guarded=True
    )
    # {field: id of the person who held what the role required when it was given}; the
    # register has it too, this is its present state
    competence_seen = fields.Json(
        "Competence seen", readonly=True, copy=False, guarded=True
    )

    asks_competence = fields.Boolean(
        "Certifications are required", compute="_compute_asks_competence"
    )

    @api.depends("company_id")
    def _compute_asks_competence(self):
        roles = set(self._get_assigned_roles().values())
        for record in self:
            codes = self.env["iso10003.role"]._get_enforced_codes(record.company_id.id)
            record.asks_competence = bool(roles & codes)

    @api.model
    def _get_assigned_roles(self):
        """Return ``{field that names a user or contact: code of the role}``."""
        return {}

    @api.model_create_multi
    def create(self, vals_list):
        self._check_to_be_assigned(vals_list)
        records = super().create(vals_list)
        for name in self._get_assigned_roles():
            records._check_assigned(name)
        return records

    def write(self, vals):
        assigned = self._find_reassigned(vals)
        result = super().write(vals)
        for name, records in assigned.items():
            records._check_assigned(name)
        return result

    def _guarded_write(self, vals):
        assigned = self._find_reassigned(vals)
        result = super()._guarded_write(vals)
        for name, records in assigned.items():
            records._check_assigned(name)
        return result

    def _find_reassigned(self, vals):
        """Return ``{field: records}`` where these values give the role to another."""
        return {
            name: self.filtered(
                lambda record, name=name: record._would_change(name, vals[name])
            )
            for name in self._get_assigned_roles()
            if name in vals
        }

    # ------------------------------------------------------------
    # The check
    # ------------------------------------------------------------

    @api.model
    def _check_to_be_assigned(self, vals_list):
        """Refuse who lacks competence before a record takes a number from its series.

        What a refusal takes from a series is a gap in it.
        """
        self.browse().check_access("create")
        roles = self._get_assigned_roles()
        defaults = self.default_get([*roles, "company_id"])
        gaps = {}  # each person is asked for once in a batch
        for vals in vals_list:
            filled = {**defaults, **vals}
            for name, code in roles.items():
                asked = (name, filled.get(name), filled.get("company_id"))
                if asked not in gaps:
                    gaps[asked] = self._find_gap_of(code, *asked)
                if gaps[asked]:
                    role, person, gap = gaps[asked]
                    title = {key: filled.get(key) for key in ("subject", "name")}
                    record = self.new(
                        {key: text for key, text in title.items() if text}
                    )
                    raise UserError(role._explain_gap(person, gap, record))

    @api.model
    def _find_gap_of(self, code, name, person_id, company_id):
        """Return the role, the person and what they lack for it, or nothing."""
        company = self.env["res.company"].browse(company_id or ())
        role = person_id and self.env["iso10003.role"]._get_enforced(code, company)
        if not role:
            return None
        person = self.env[self._fields[name].comodel_name].browse(person_id)
        gap = role._find_gaps(person).get(person)
        return gap and (role, person, gap)

    def _check_assigned(self, name):
        """Ask for the competence of whom the field ``name`` names, each person once.

        :raises UserError: for the first who lacks something
        """
        Role = self.env["iso10003.role"]
        code = self._get_assigned_roles()[name]
        for company, records in self.grouped("company_id").items():
            role = Role._get_enforced(code, company)
            if not role:
                continue
            records = records.filtered(
                lambda record: record[name] and not record._is_overridden(name)
            )
            gaps = role._find_gaps(records[name])
            for record in records:
                if gap := gaps.get(record[name]):
                    raise UserError(role._explain_gap(record[name], gap, record))
            records._note_competent(name, role)
        self._forget_overrides(name)

    def _forget_overrides(self, name):
        """An override holds for the person it was given for."""
        for record in self:
            others = dict(record.competence_overrides or {})
            if name in others and not record._is_overridden(name):
                del others[name]
                record._guarded_write({"competence_overrides": others})

    def _note_competent(self, name, role):
        """Keep that somebody was asked for their certifications, and had them."""
        for seen, records in self.grouped(
            lambda record: tuple(
                {**(record.competence_seen or {}), name: record[name].id}.items()
            )
        ).items():
            records._guarded_write({"competence_seen": dict(seen)})
        key = "user" if self._fields[name].comodel_name == "res.users" else "contact"
        self.env["iso10003.register"]._append(
            [
                (record, "competent", {"role": role.code, key: record[name].id}, None)
                for record in self
            ]
        )

    def _is_overridden(self, name):
        return (self.competence_overrides or {}).get(name) == self[name].id

    def _people_are_competent(self):
        """Whether all who have a role here are competent today, or let have it."""
        self.ensure_one()
        roles = self.env["iso10003.role"]
        asked = []
        for name, code in self._get_assigned_roles().items():
            role = roles._get_enforced(code, self.company_id)
            if role and self[name] and not self._is_overridden(name):
                asked.append((role, self[name]))
        return not roles._lack_something(asked)

    # ------------------------------------------------------------
    # The way round
    # ------------------------------------------------------------

    def action_override_competence(self, name, person_id, reason):
        """Give a role to somebody who lacks the competence, as a manager.

        :param name: the field that gives the role
        :param person_id: id of the person, in the model of that field
        :param reason: kept in the register
        """
        self.ensure_one()
        role = self._get_assigned_roles().get(name)
        person = self._check_may_override(role, name, person_id, reason)
        self._prepare_for_override(reason)
        self._guarded_write(
            {
                **self._prepare_override_vals(name, person),
                "competence_overrides": {
                    **(self.competence_overrides or {}),
                    name: person.id,
                },
            }
        )
        key = "user" if person._name == "res.users" else "contact"
        self._register_event(
            "override", {"rule": "competent", "role": role, key: person.id}, reason
        )
        return True

    def _check_may_override(self, role, name, person_id, reason):
        self.check_access("write")
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._(
                    "%(record)s: only a dispute manager gives a role to somebody "
                    "without the certifications for it.",
                    record=self.display_name,
                )
            )
        if not role:
            raise UserError(
                self.env._(
                    "%(record)s: “%(field)s” gives no role.",
                    record=self.display_name,
                    field=name,
                )
            )
        person = self.env[self._fields[name].comodel_name].browse(person_id).exists()
        if not person:
            raise UserError(
                self.env._(
                    "%(record)s: choose who shall have the role.",
                    record=self.display_name,
                )
            )
        self.env["iso10003.segregated"]._refuse_own("override_self", person)
        if not self._is_said(reason):
            raise UserError(
                self.env._(
                    "%(record)s: a reason is needed; it is kept on record.",
                    record=self.display_name,
                )
            )
        return person

    def _prepare_for_override(self, reason):
        """Do what the model wants before: take the record, note the reason."""

    def _prepare_override_vals(self, name, person):
        """Return the values that give the role."""
        return {name: person.id}

    def action_ask_competence(self):
        """Return the dialog that asks a manager for person and reason."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Override competence"),
            "res_model": "iso10003.competence.override",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_res_id": self.id,
            },
        }
