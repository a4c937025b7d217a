# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL

from ...core import flow, impartiality, segregation
from ..mixin.checks import Rule
from ..party.party import ACTING, CLAIMING

PEOPLE, RESOLVER = "people_declared", "resolver_declared"
# of whom the gates ask it, and the field that names them
NAMED = {impartiality.OWNER: "user_id", impartiality.EVALUATOR: "evaluator_id"}
GOOD = (impartiality.CLEAR, impartiality.WAIVED)


class Declared(models.AbstractModel):
    """A file whose people declare that they are impartial (4.9).

    Whoever takes a role confirms the declaration of the year for this file, by the
    very button: the first step that they take, or the findings that they write. Where
    something is found, or said, they are asked, and somebody else waives it or the
    role goes to another. A confirmation holds while the people of the file are those
    it was about. Files under versions from before are asked nothing.
    """

    _name = "iso10003.declared"
    _description = "File with declarations"

    confirmation_ids = fields.One2many(
        "iso10003.declaration.confirmation", "dispute_id", readonly=True
    )

    def write(self, vals):
        result = super().write(vals)
        if "findings" in vals:
            for dispute in self.filtered(lambda one: one.evaluator_id == self.env.user):
                dispute._confirm_own()
        return result

    # ------------------------------------------------------------
    # Who declares what about whom
    # ------------------------------------------------------------

    def _asks_declarations(self):
        """Whether the version of the file asks who has a role to declare."""
        return self._asks_gate(PEOPLE)

    def _get_sides(self):
        """Return the contacts on the complainant's side."""
        case = self.sudo()  # who takes part counts, whoever may read them
        parties = case.party_ids.filtered(
            lambda party: (
                party.capacity in (*CLAIMING, *ACTING)
                and party.standing in ("in_force", "unshown")
            )
        )
        return parties.partner_id | case.partner_id

    def _get_about(self, role):
        """Return the numbers of those a declaration of today is about."""
        people = self._get_sides()
        if role == impartiality.RESOLVER:
            people |= self.sudo().provider_id  # whoever may read it
        return sorted(people.ids)

    def _get_own_roles(self):
        """Return the roles that the user has in the file."""
        return [role for role, name in NAMED.items() if self[name] == self.env.user]

    def _get_declarable_roles(self):
        """Return the roles that the user has, or may take by an approval that waits."""
        roles = self._get_own_roles()
        if self._waits_for_user():
            roles.append(impartiality.AUTHORIZER)
        return roles

    def _waits_for_user(self):
        """Whether the user may approve what another one asked for or wrote."""
        user, asked = self.env.user, self.approval_asked_by_id
        if asked and not self.approval_user_id and asked != user:
            return self._get_level() != "handler"
        draft = self.sudo()._find_position("draft")  # whoever wrote it
        return bool(draft) and user not in draft._get_authors()

    def _find_confirmation(self, role, partner):
        """Return the last declaration of somebody in a role, if it holds still."""
        about = self._get_about(role)
        rows = self.sudo().confirmation_ids  # whoever asks
        return rows.filtered(
            lambda row: (
                row.role == role and row.partner_id == partner and row.about == about
            )
        )[:1]

    def _find_undeclared(self, roles=None):
        """Return the roles of the user in which nothing is declared yet."""
        partner = self.env.user.partner_id
        return [
            role
            for role in (self._get_own_roles() if roles is None else roles)
            if not self._find_confirmation(role, partner)
        ]

    def _get_holding_declaration(self):
        """Return the declaration of the year of the user, if there is one."""
        return self.env["iso10003.declaration"]._find_holding(
            self.env.user, self.company_id, self._get_company_day()
        )

    def _find_interested(self, rows):
        """Return who declared something in the file that nobody waived."""
        found = self.sudo().confirmation_ids.filtered(  # as above
            lambda row: row.user_id and row.state == impartiality.FOUND
        )
        return dict.fromkeys(found.user_id.ids)

    # ------------------------------------------------------------
    # Declaring
    # ------------------------------------------------------------

    def _transition(self, to_state, *args, **kwargs):
        """Whoever leads the file on, confirms with it what they have to declare."""
        self._lock()  # before its register: who comes second is refused, and waits not
        if flow.step(self.state, to_state, None) == "forward":
            self._confirm_own()
        return super()._transition(to_state, *args, **kwargs)

    def action_approve_concession(self, reason):
        """Approve what somebody else asked to give, as somebody impartial."""
        self.ensure_one()
        self._check_may_approve()
        self._pass_impartially(impartiality.AUTHORIZER)
        return super().action_approve_concession(reason)

    def _confirm_own(self, roles=None):
        """Confirm the roles of the user, where there is nothing to be asked.

        :param roles: those that they take now; all that they have when not given
        """
        self.ensure_one()
        roles = self._get_own_roles() if roles is None else roles
        if not roles or not self._asks_declarations():
            return
        roles = self._find_undeclared(roles)
        if not roles:
            return
        declaration = self._get_holding_declaration()
        if declaration.interests != impartiality.NONE:
            return  # there is none, or they have to say whether it touches this file
        facts = {role: self._find_facts(role) for role in roles}
        self._note_confirmations(
            {
                role: found
                for role, found in facts.items()
                if not impartiality.find_standing(found, role)
            },
            declaration,
        )

    def _find_facts(self, role):
        user = self.env.user
        return self.env["iso10003.facts"]._find(self, role, user, user.partner_id)

    def _note_confirmations(self, facts, declaration, interests=None, details=None):
        """Keep what the user declares, with what was found.

        :param facts: ``{role: what was found}``
        """
        rows = self.env["iso10003.declaration.confirmation"].sudo()  # made here alone
        rows = rows.create(
            [
                {
                    "dispute_id": self.id,
                    "role": role,
                    "user_id": self.env.uid,
                    "partner_id": self.env.user.partner_id.id,
                    "declaration_id": declaration.id,
                    "interests": interests or impartiality.NONE,
                    "details": details,
                    "facts": found,
                    "about": self._get_about(role),
                    "date": self._get_company_day(),
                }
                for role, found in facts.items()
            ]
        )
        found = rows.filtered(lambda row: row.state == impartiality.FOUND)
        found._give_waiver_task()
        return rows

    def _pass_impartially(self, role):
        """Let the user do what a role does, or say what keeps them from it.

        What a deed elsewhere rests on, such as the approval of a position, calls it.
        """
        if not self._asks_declarations():
            return
        self._confirm_own([role])
        if self._get_strengths()[impartiality.RULE_OF[role]] == segregation.OFF:
            return
        row = self._find_confirmation(role, self.env.user.partner_id)
        if not row:
            raise self._refusal(
                self.env._(
                    "declare first whether you have an interest in it: press “Declare "
                    "interests” in the tab “Parties and claims” (4.9)."
                ),
                ValidationError,
            )
        if not row._is_enough():
            raise self._refusal(
                self.env._(
                    "something stands against your being impartial. Let somebody else "
                    "do it, or another manager waive it (4.9)."
                ),
                ValidationError,
            )

    def action_declare(self):
        """Confirm for oneself, or ask where something is found or not signed yet."""
        self.ensure_one()
        self._check_may_declare()
        roles = self._get_declarable_roles()
        self._confirm_own(roles)
        if self._find_undeclared(roles):
            return self._open_dialog(
                "iso10003.declaration.step",
                self.env._("Declare interests"),
                default_question="declare",
                default_dispute_id=self.id,
            )
        return self._lead_on_if_theirs()

    def action_confirm_impartial(self, interests="none", details=None):
        """Declare for oneself, in each role that one has in the file.

        :param interests: ``none``, or ``some`` which ``details`` say
        :raises UserError: when the declaration of the year is not signed yet
        """
        self.ensure_one()
        self._check_may_declare()
        self._check_said(interests, details)
        declaration = self._get_holding_declaration()
        if not declaration:
            raise self._refusal(
                self.env._(
                    "sign your declaration of the year first, under Disputes ▸ "
                    "Declarations of interests."
                )
            )
        # who declares need not lead the file
        self.sudo()._lock()
        roles = self._find_undeclared(self._get_declarable_roles())
        self._note_confirmations(
            {role: self._find_facts(role) for role in roles},
            declaration,
            interests,
            details,
        )
        return self._lead_on_if_theirs()

    def _check_said(self, interests, details):
        if interests not in (impartiality.NONE, impartiality.SOME):
            raise self._refusal(self.env._("say whether there are interests."))
        said = self._is_said(details)
        if said != (interests == impartiality.SOME):
            raise self._refusal(
                self.env._("say in words which interests there are, or that none are.")
            )

    def _check_may_declare(self):
        self.check_access("read")
        if self.state == flow.CLOSED:
            raise self._refusal(self.env._("it is closed. Nothing is declared now."))
        if self.env.user.share or not self._get_declarable_roles():
            raise self._refusal(
                self.env._(
                    "you have no role in it of which interests are declared. Whoever "
                    "owns, evaluates or approves declares the own ones."
                )
            )

    def _lead_on_if_theirs(self):
        return self._lead_on() if self.has_access("write") else True

    # ------------------------------------------------------------
    # Who resolves it outside
    # ------------------------------------------------------------

    def action_ask_resolver(self):
        """Ask what the provider declared."""
        self.ensure_one()
        self._check_may_note_resolver()
        return self._open_dialog(
            "iso10003.declaration.step",
            self.env._("Declaration of the provider"),
            default_question="resolver",
            default_dispute_id=self.id,
            default_person_id=self.provider_id.id,
        )

    def action_note_resolver(
        self, interests, document, details=None, date=None, name=None, person_id=None
    ):
        """Note what the provider, or one of its people, declared.

        :param document: its content, in base64
        :param date: on which they declared it; today when not given
        :param name: of the document
        :param person_id: the contact who declared; the provider when not given
        """
        self.ensure_one()
        self._check_may_note_resolver()
        self._check_said(interests, details)
        rows = self.env["iso10003.declaration.confirmation"]
        rows._check_given("date", date)
        digest = self._digest_document(document)
        if not digest:
            raise self._refusal(self.env._("attach the document on which they did."))
        person = self._read_resolver(person_id)
        self._lock()
        nobody = self.env["res.users"]
        facts = self.env["iso10003.facts"]
        row = rows.sudo().create(  # made here alone
            {
                "dispute_id": self.id,
                "role": impartiality.RESOLVER,
                "partner_id": person.id,
                "interests": interests,
                "details": details,
                "facts": facts._find(self, impartiality.RESOLVER, nobody, person),
                "about": self._get_about(impartiality.RESOLVER),
                "date": fields.Date.to_date(date) or self._get_company_day(),
                "document": document,
                "document_name": name,
                "document_sha256": digest,
            }
        )
        if row.state == impartiality.FOUND:
            row._give_waiver_task()
        return self._lead_on()

    def _read_resolver(self, person_id):
        """Return who declared: the provider, or somebody who belongs to it."""
        if not person_id:
            return self.provider_id
        person = self.env["res.partner"].browse(person_id).exists()
        person.check_access("read")
        body = self.provider_id.sudo().commercial_partner_id  # whoever may read it
        if person.sudo().commercial_partner_id != body:
            raise self._refusal(
                self.env._(
                    "“%(name)s” does not belong to the provider.", name=person.name
                )
            )
        return person

    def _check_may_note_resolver(self):
        self.check_access("write")
        if self.state == flow.CLOSED:
            raise self._refusal(self.env._("it is closed. Nothing is declared now."))
        if not self.provider_id:
            raise self._refusal(
                self.env._("no provider is named. Name it first, and note it then.")
            )

    # ------------------------------------------------------------
    # Gates and the card
    # ------------------------------------------------------------

    def _gate_people_declared(self):
        """Owner and evaluator declared, and nothing stands against them."""
        # who they are as contacts, whoever may read users
        return all(
            self._find_confirmation(role, self[name].sudo().partner_id)._holds_good()
            for role, name in NAMED.items()
            if self[name]
        )

    def _gate_resolver_declared(self):
        """Who resolves it declared, and nothing stands against them."""
        body = self.sudo().provider_id.commercial_partner_id  # as for all gates
        if not body:
            return True
        about = self._get_about(impartiality.RESOLVER)
        rows = self.sudo().confirmation_ids.filtered(  # as above
            lambda row: (
                row.role == impartiality.RESOLVER
                and row.partner_id.commercial_partner_id == body
                and row.about == about
            )
        )
        latest = {row.partner_id: row for row in reversed(rows)}
        return bool(latest) and all(row._is_enough() for row in latest.values())

    def _get_gate_actions(self):
        return super()._get_gate_actions() | {
            PEOPLE: (self.env._("Declare interests"), "action_settle_impartiality"),
            RESOLVER: (
                self.env._("Note what the provider declared"),
                "action_settle_resolver",
            ),
        }

    def _describe_gate_step(self, gate):
        step = super()._describe_gate_step(gate)
        if gate["code"] == PEOPLE and not self._find_undeclared():
            row = self._find_waivable(impartiality.OURS)
            if row and self._get_level() != "handler":
                step["label"] = self.env._("Waive it")
            else:
                step |= {"label": "", "advice": self._tell_undeclared()}
        if gate["code"] == RESOLVER and self._find_waivable([impartiality.RESOLVER]):
            manages = self._get_level() != "handler"
            step["label"] = self.env._("Waive it") if manages else ""
        return step

    def _find_waivable(self, roles):
        """Return a declaration of somebody else against which something stands."""
        about = {role: self._get_about(role) for role in roles}
        partner = self.env.user.partner_id
        return self.confirmation_ids.filtered(
            lambda row: (
                row.role in roles
                and row.state == impartiality.FOUND
                and row.about == about[row.role]
                and row.partner_id != partner
                and row._get_strength() == segregation.TOLD
            )
        )[:1]

    def _tell_undeclared(self):
        """Say of whom a declaration is missing, or what is to be waived."""
        missing = [
            self[name].sudo().name  # who has a role, the file shows
            for role, name in NAMED.items()
            if self[name]
            and not self._find_confirmation(role, self[name].sudo().partner_id)
        ]
        if missing:
            return self.env._(
                "Declares with the next step taken in this file: %(people)s.",
                people=", ".join(dict.fromkeys(missing)),
            )
        return self.env._(
            "Something stands against somebody's being impartial. A dispute manager "
            "waives it, or somebody else takes the role."
        )

    def action_settle_impartiality(self):
        """Declare, where that is one's own to do; else decide what to waive."""
        self.ensure_one()
        self.check_access("read")
        if not self._find_undeclared() and (
            row := self._find_waivable(impartiality.OURS)
        ):
            return row.action_ask_waiver()
        return self.action_declare()

    def action_settle_resolver(self):
        """Note what the provider declared; or decide what to waive."""
        self.ensure_one()
        self.check_access("read")
        if row := self._find_waivable([impartiality.RESOLVER]):
            return row.action_ask_waiver()
        return self.action_ask_resolver()

    # ------------------------------------------------------------
    # What assessments ask
    # ------------------------------------------------------------

    def _audit_resolvers_declared(self, company):
        """18: did who resolves declare before they acted, and was it cleared?

        Of files under versions that did not ask, nobody asks.
        """
        resolved = self._beyond("resolution") & Domain("provider_id", "!=", False)
        asked = self._under(Domain("code", "=", RESOLVER))
        return Rule(
            resolved & asked,
            ~Domain.custom(to_sql=_declared_before),
            resolved & ~asked,
        )

    def _audit_evaluator_independent(self, company):
        """21: nor was anything waived of what who evaluates had to declare."""
        rule = super()._audit_evaluator_independent(company)
        doubted = Domain(
            "confirmation_ids",
            "any",
            [
                ("role", "=", impartiality.EVALUATOR),
                ("state", "!=", impartiality.CLEAR),
            ],
        )
        return Rule(rule.population | doubted, rule.broken | doubted, rule.left_out)


def _declared_before(_model, alias, _query):
    return SQL(
        """EXISTS (SELECT FROM iso10003_declaration_confirmation AS declared
                    WHERE declared.dispute_id = %s AND declared.role = %s
                      AND declared.state IN %s
                      AND (%s IS NULL OR declared.date <= %s))""",
        SQL.identifier(alias, "id"),
        impartiality.RESOLVER,
        GOOD,
        SQL.identifier(alias, "outcome_date"),
        SQL.identifier(alias, "outcome_date"),
    )
