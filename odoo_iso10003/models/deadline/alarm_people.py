# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

# the line, from below: whom an escalation reaches when its own role is vacant
LINE = ("team_leader", "manager", "sponsor")


class AlarmPeople(models.Model):
    """Who hears of an alarm, and that it is somebody else than the level names."""

    _inherit = "iso10003.alarm"

    vacant = fields.Boolean(
        "Role vacant",
        readonly=True,
        help="Nobody could be told in the role that the level names, so it went up "
        "the line.",
    )

    def _choose_people(self):
        """Note who hears of each: the one whom the level names, or who stands in."""
        for alarm in self.filtered(lambda alarm: alarm.escalation_id.role):
            level, file = alarm.escalation_id, alarm._get_file()
            named = level._choose_named(file)
            alarm.user_id = named or level._choose_next_in_line(file)
            alarm.vacant = not named

    def _prepare_sealed_people(self):
        """Return what the register says of who was told in whose place."""
        return {"vacant": True, "told": self.user_id.id} if self.vacant else {}

    def _tell_vacancy(self):
        """Say in the reader's language that a role is vacant, and who hears of it."""
        if not self.vacant:
            return False
        return self.env["iso10003.escalation"]._tell_vacancy(
            self.escalation_id.role, self.user_id
        )


class EscalationPeople(models.Model):
    """Whom a level names, and who is next in line where nobody plays the role.

    An escalation goes up the line, and never to who is late: the owner of the file
    hears of it only where the level names the owner, or where there is nobody else.
    """

    _inherit = "iso10003.escalation"

    def _get_person(self, file):
        """Return who hears of this level on ``file``; never nobody."""
        return self._choose_named(file) or self._choose_next_in_line(file)

    def _choose_named(self, file):
        """Return who plays this level's role on ``file``, if they can be told."""
        self.ensure_one()
        people = self._find_role(self.role, file)
        if not self._means_owner(file):
            people -= file.user_id
        return people.filtered(lambda user: self._can_take(file, user))[:1]

    def _means_owner(self, file):
        """Return whether the role is that of who leads such a file."""
        return self.role in ("owner", file._lead_role)

    def _find_role(self, role, file):
        find = getattr(self, f"_get_{role}", None)
        return find(file) if find else self.user_id

    def _can_take(self, file, user):
        """A task on a file, and word of it, are for who may read it.

        Who takes the file over must be able to lead it, too.
        """
        takes_over = self.kind == "reassign"
        return file._may_read(user) and (not takes_over or file._may_be_given_to(user))

    def _choose_next_in_line(self, file):
        """Return the next one up the line; it must not end in nowhere."""
        above = LINE[LINE.index(self.role) + 1 :] if self.role in LINE else LINE
        managers = file.company_id._get_managers()
        line = [self._find_role(role, file) for role in above]
        for people in (*line, file._get_stand_in(), managers):
            for user in people - file.user_id:
                if self._can_take(file, user):
                    return user
        return file._get_stand_in() or file.company_id._get_any_manager()

    def _tell_vacancy(self, role, user):
        """Return that nobody is told in this role, and who hears of it instead."""
        labels = dict(self._fields["role"]._description_selection(self.env))
        return self.env._(
            "The role “%(role)s” is vacant, so %(person)s hears of it.",
            role=labels.get(role, role),
            person=user.sudo().name,  # who hears of it is told to who may read it
        )

    # ------------------------------------------------------------
    # The roles
    # ------------------------------------------------------------

    def _get_owner(self, file):
        return file.user_id

    def _get_evaluator(self, file):
        return file.evaluator_id if "evaluator_id" in file else file.user_id.browse()

    def _get_team_leader(self, file):
        return file.team_id.user_id if "team_id" in file else file.user_id.browse()

    def _get_manager(self, file):
        return file.company_id.dispute_manager_id

    def _get_sponsor(self, file):
        return file.company_id.dispute_sponsor_id
