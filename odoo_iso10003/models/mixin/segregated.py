# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import dataclass
from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...core import segregation
from .people_date import format_people_date

# so many are named as those who can do it instead, of so many who are looked at
NAMED, LOOKED_AT = 3, 20
# rows that say who had which part
EVENTS = (
    "opened",
    "changed",
    "transition",
    "legal_review",
    "concession_asked",
    "told",
    # … and those that say with whom the file was
    "waiting",
)


@dataclass(frozen=True)
class Conflict:
    """Somebody who takes one part of a file had another one that excludes it."""

    record: models.Model
    code: str
    strength: str
    part: str
    user: models.Model
    had: str
    at: datetime | None


class Segregated(models.AbstractModel):
    """A file in which nobody judges what they had a hand in.

    Which parts exclude each other stands in ``core/segregation.py``, where they are
    taken too; how strictly it is meant, on the policy version of the file. Who had
    which part is told by ``_find_<part>(rows)`` from the register and from what only
    methods write: a field that somebody cleared or filled again hides nothing.

    Naming somebody for a part is refused where the rule is strict; where it may be
    told, the step that rests on it asks for the reason.
    """

    _name = "iso10003.segregated"
    _description = "File with separate duties"

    # {part: the field that names who has it}; the others are taken by the user
    _part_fields = {}
    # parts of which only the register tells who has them
    _noted_parts = ()
    # {part: group of those who may take it}
    _part_groups = {}

    @api.model
    def _get_doors(self):
        """Return ``{field or method: parts taken there}``."""
        return segregation.DOORS[self._name]

    def _get_strengths(self):
        """Return ``{code: strength}`` of the version that the file follows."""
        return self.env["iso10003.policy"]._get_segregation(self.policy_id.id)

    # ------------------------------------------------------------
    # Who had which part
    # ------------------------------------------------------------

    def _read_hands(self, events=EVENTS):
        """Return ``{record: rows of its register that say who had a part}``."""
        files = {record._register_file(): record for record in self}
        found = {record: [] for record in self}
        if not files:
            return found
        self.env["iso10003.register"]._write_waiting()
        rows = self.env.execute_query_dict(
            SQL(
                """SELECT file, event, actor, at, data FROM iso10003_register
                    WHERE file IN %s AND event IN %s ORDER BY file, sequence""",
                tuple(files),
                events,
            )
        )
        for row in rows:
            found[files[row["file"]]].append(row)
        return found

    def _find_changed(self, rows, name):
        """Return ``{id of a user: since when}`` of all whom a field ever named."""
        found = {}
        for row in rows:
            moved = self._get_change(row, name)
            if row["event"] == "opened":
                moved = {"to": (row["data"].get("values") or {}).get(name)}
            for user, at in ((moved.get("from"), None), (moved.get("to"), row["at"])):
                if user:
                    found.setdefault(user, at)
        if self[name]:
            found.setdefault(self[name].id, None)
        return found

    @api.model
    def _get_change(self, row, name):
        """Return ``{"from", "to"}`` of a field in a row, or nothing."""
        changes = row["data"].get("changes") if row["event"] == "changed" else None
        return (changes or {}).get(name) or {}

    def _find_part(self, part, rows):
        """Return ``{id of a user: since when}``, or None where there is no such part.

        An instant is in UTC, and None where nobody noted it.
        """
        finder = getattr(self, f"_find_{part}", None)
        return finder(rows) if finder else None

    def _get_holder(self, part):
        """Return who has, or is about to take, a part; nobody where it is to find."""
        if part in self._noted_parts:
            return self.env["res.users"]
        name = self._part_fields.get(part)
        return self[name] if name else self.env.user

    def _find_noted_holder(self, part, rows):
        """Return who has a part of ``_noted_parts``."""
        return self.env["res.users"]

    # ------------------------------------------------------------
    # Asking
    # ------------------------------------------------------------

    @api.model
    def _find_conflicts(
        self, asked, only=(segregation.STRICT, segregation.TOLD), hands=None
    ):
        """Return what stands against some people's taking some parts.

        :param asked: ``[(record, part, user)]``
        :param only: the strengths of rules that are asked
        :param hands: what :meth:`_read_hands` says of these records, if it was asked
        :return: a list of :class:`Conflict`, without what was told already
        """
        questions = [
            (record, part, user, code, others, record._get_strengths()[code])
            for record, part, user in asked
            for code, others in segregation.rules_of(part)
            if (user or part in record._noted_parts)
            and record._get_strengths()[code] in only
        ]
        if not questions:
            return []
        if hands is None:
            hands = self.browse().union(*(one[0] for one in questions))._read_hands()
        conflicts = {}
        for record, part, user, code, others, strength in questions:
            rows = hands[record]
            user = user or record._find_noted_holder(part, rows)
            if record._is_let(code, user, rows, strength):
                continue
            for had in others:
                people = record._find_part(had, rows) or {}
                if user.id in people:
                    # once, from whichever side of the rule it is asked
                    conflicts.setdefault(
                        (record, code, user),
                        Conflict(
                            record, code, strength, part, user, had, people[user.id]
                        ),
                    )
                    break
        return list(conflicts.values())

    def _is_let(self, code, user, rows, strength):
        """Whether somebody gave the reason already, where a reason is enough."""
        return strength == segregation.TOLD and any(
            row["event"] == "told"
            and row["data"].get("rule") == code
            and row["data"].get("user") == user.id
            for row in rows
        )

    def _find_untold(self, parts, user=None, rows=None):
        """Return what needs a reason, or is refused, before these parts are taken.

        :param rows: of its register, where they were read already
        """
        return self._find_conflicts(
            [(self, part, user or self._get_holder(part)) for part in parts],
            hands=rows if rows is None else {self: rows},
        )

    def _pass_door(self, door, reason=None, parts=None, user=None, found=None):
        """Let somebody take the parts of a door, or say why not.

        :param door: a method named in ``core/segregation.py``
        :param reason: why, where a rule may be told; it is sealed
        :param parts: those of the door that are taken now; all when not given
        :param user: who takes them; who has them, or the user, when not given
        :param found: what stands against it, where that was asked already
        :raises ValidationError: names the rule, the person, what they did and when
        """
        self.ensure_one()
        conflicts = found
        if conflicts is None:
            taken = self._get_doors()[door]
            conflicts = self._find_untold(
                [part for part in taken if parts is None or part in parts], user
            )
        self._refuse_strict(conflicts)
        if conflicts and not self._is_said(reason):
            raise self._segregation_refusal(conflicts)
        self._note_told(conflicts, reason)

    @api.model
    def _refuse_own(self, code, people, doers=None):
        """Refuse what nobody does for oneself, whatever a policy says.

        :param code: a rule of ``core/segregation.py`` that no policy loosens
        :param people: ``res.users`` or ``res.partner`` for whom it is done
        :param doers: users who did it; the present one when not given
        :raises ValidationError: when somebody is both
        """
        doers = self.env.user if doers is None else doers
        own = people & (doers if people._name == "res.users" else doers.partner_id)
        if own:
            raise ValidationError(
                self.env._(
                    "%(person)s: somebody else has to do this. "
                    "The rule is: “%(rule)s”.",
                    person=own[:1].name,
                    rule=self._get_rule_words(code),
                )
            )

    @api.model
    def _get_rule_words(self, code):
        """Return a rule in the reader's language."""
        rules = self.env["iso10003.segregation"]._fields["code"]
        return dict(rules._description_selection(self.env))[code]

    def _note_told(self, conflicts, reason):
        self.env["iso10003.register"]._append(
            [
                (
                    conflict.record,
                    "told",
                    {
                        "rule": conflict.code,
                        "user": conflict.user.id,
                        "part": conflict.had,
                    },
                    reason,
                )
                for conflict in conflicts
            ]
        )

    def _refuse_strict(self, conflicts):
        strict = [one for one in conflicts if one.strength == segregation.STRICT]
        if strict:
            raise self._segregation_refusal(strict)

    # ------------------------------------------------------------
    # Naming people
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_named(dict.fromkeys(self._get_named_doors(), records))
        return records

    def write(self, vals):
        result = super().write(vals)
        self._check_named_in(vals)
        return result

    def _guarded_write(self, vals):
        result = super()._guarded_write(vals)
        self._check_named_in(vals)
        return result

    @api.model
    def _get_named_doors(self):
        return [name for name in self._get_doors() if name in self._fields]

    def _check_named_in(self, vals):
        self._check_named(
            {name: self for name in self._get_named_doors() if name in vals}
        )

    def _check_named(self, named):
        """Refuse who is named for a part although a strict rule excludes it."""
        doors = self._get_doors()
        asked = {
            (record, part): record._get_holder(part)
            for name, records in named.items()
            for record in records
            for part in doors[name]
        }
        self._refuse_strict(
            self._find_conflicts(
                [(*key, user) for key, user in asked.items()],
                only=(segregation.STRICT,),
            )
        )

    # ------------------------------------------------------------
    # Words
    # ------------------------------------------------------------

    def _segregation_refusal(self, conflicts):
        """Return the error: which rule, who, what they did and when, and what to do."""
        lines = [self._describe_conflict(conflict) for conflict in conflicts]
        first = conflicts[0]
        if first.strength == segregation.TOLD:
            cure = self.env._("Give the reason for it; it is kept on record.")
        else:
            cure = self._describe_cure(first)
        name = first.record.display_name
        return ValidationError("\n".join([f"{name}: {lines[0]}", *lines[1:], cure]))

    def _describe_conflict(self, conflict):
        # the name of a colleague is no secret
        deed = self._describe_part(conflict.had, conflict.user.sudo().name)
        if conflict.at:
            deed = f"{deed} ({self._write_day(conflict.at)})"
        return self.env._(
            "%(deed)s. The rule is: “%(rule)s”.",
            deed=deed,
            rule=self._get_rule_words(conflict.code),
        )

    def _write_day(self, instant):
        """Return the reader's day of an instant in UTC."""
        day = fields.Datetime.context_timestamp(self, instant).date()
        return format_people_date(self.env, day, "short")

    def _describe_part(self, part, person):
        """Say in a sentence without its stop what a person did in a file."""
        sentences = {
            "complaint": self.env._("%(person)s handled the complaint"),
            "opener": self.env._(
                "%(person)s opened the file of a complaint that nobody else handled"
            ),
            "owner": self.env._("%(person)s owned the file"),
            "evaluator": self.env._("%(person)s evaluated the dispute"),
            "bystander": self.env._(
                "%(person)s wrote the findings and is not the evaluator"
            ),
            "author": self.env._("%(person)s wrote what is to be approved"),
            "counsel": self.env._("%(person)s handles the referral or handled it"),
            "reviewer": self.env._("%(person)s reviews the referral"),
            "approver": self.env._("%(person)s approved the referral"),
            "asker": self.env._("%(person)s asked for the approval"),
            "interested": self.env._("%(person)s has an interest in the dispute"),
        }
        return sentences[part] % {"person": person}

    def _describe_cure(self, conflict):
        """Say who can do it instead, and where rules are chosen."""
        sentences = [self._describe_others(conflict)]
        if not segregation.RULES[conflict.code].fixed:
            sentences.append(
                self.env._(
                    "Which rules hold is chosen by a dispute manager in a new version "
                    "of the policy, under “Separate duties”."
                )
            )
        return " ".join(sentences)

    def _describe_others(self, conflict):
        # as above
        names = self._find_others(conflict).sudo().mapped("name")
        if not names:
            return self.env._("Let somebody else do it.")
        return self.env._(
            "Let somebody else do it, such as %(people)s.", people=", ".join(names)
        )

    def _find_others(self, conflict):
        """Return a few people who may take the part and had none that excludes it."""
        group = self._part_groups.get(conflict.part)
        # colleagues' names are told to who needs one of them
        users = self.env.ref(group).sudo().all_user_ids if group else self.env.user
        company = conflict.record.company_id
        users = users.filtered(
            lambda user: (
                user.active
                and not user.share
                and not user._is_superuser()
                and user != conflict.user
                and company in user.company_ids
            )
        )[:LOOKED_AT]
        barred = self._find_conflicts(
            [(conflict.record, conflict.part, user) for user in users]
        )
        return (users - users.browse(one.user.id for one in barred))[:NAMED]


def told_in(model):
    """Return a domain of the files in which somebody had two parts, with a reason."""

    def to_sql(record, alias, _query):
        record.env["iso10003.register"]._write_waiting()
        return SQL(
            """EXISTS (SELECT FROM iso10003_register told
                        WHERE told.event = 'told' AND told.file = %s || %s)""",
            f"{model._name},",
            SQL.identifier(alias, "id"),
        )

    return Domain.custom(to_sql=to_sql)
