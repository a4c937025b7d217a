# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from unittest.mock import patch

from odoo import api
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.service.model import get_public_method
from odoo.tools import mute_logger

from ...models.wall.withheld import NEIGHBOURS
from ..common import ADDON
from ..legal.legal_common import LegalCase
from . import walls

SECRET = "Zarathustra"

# roles of the company whose records are walked; all others read nothing of them
LEADS = frozenset({"handler", "evaluator"})
PRIVY = frozenset({"manager", "counsel", "auditor"})
# top management reads all disputes, and nothing privileged
FILE = LEADS | PRIVY | {"sponsor"}
TAKES_PART = FILE | {"stranger"}
MANAGEMENT = frozenset({"manager", "auditor"})
# readiness and the audit programme, which top management reads as well
READINESS = MANAGEMENT | {"sponsor"}
# what the employee whose it is may read as well
PERSONAL = MANAGEMENT | {"evaluator"}
STAFF = TAKES_PART | {"employee", "agent", "viewer"}
# of no company: whoever has the role in another one reads it too
EVERYWHERE = {
    "takes part": TAKES_PART
    | {
        "other_handler",
        "other_manager",
        "other_sponsor",
        "other_counsel",
        "other_auditor",
    },
    "management": MANAGEMENT | {"other_manager", "other_auditor"},
}
# dialogs are who filled them in, here the handler's, who may not open them all
OWN = frozenset({"handler"})
NOBODY = frozenset()

# Who reads the record of each model: decide it for a new one. A pair is for models
# of disputes and of privileged files, of which there is a record of each.
READERS = {
    "iso10003.dispute": FILE | {"portal"},
    "iso10003.register": (FILE, PRIVY),
    "iso10003.register.note": (FILE, PRIVY),
    "iso10003.register.head": (MANAGEMENT, MANAGEMENT),
    "iso10003.file": (FILE, PRIVY),
    "iso10003.letter": (FILE, PRIVY),
    "iso10003.letter.template": TAKES_PART,
    "iso10003.document": (FILE, PRIVY),
    "iso10003.document.kind": TAKES_PART,
    "iso10003.disclosure": (FILE, PRIVY),
    "iso10003.restriction": (FILE, PRIVY),
    "iso10003.disposal": READINESS,
    "iso10003.bundle": (FILE, PRIVY),
    "iso10003.bundle.line": (FILE, PRIVY),
    "iso10003.information.sheet": TAKES_PART,
    "iso10003.deadline": (FILE, PRIVY),
    "iso10003.party": (FILE, PRIVY),
    "iso10003.claim": FILE,
    "iso10003.consent": FILE,
    "iso10003.evaluation": FILE,
    "iso10003.position": FILE,
    "iso10003.position.line": FILE,
    "iso10003.notice": FILE,
    "iso10003.invitation": FILE,
    "iso10003.invitation.line": FILE,
    "iso10003.participation": FILE,
    "iso10003.offer": FILE,
    "iso10003.result": FILE,
    "iso10003.result.line": FILE,
    "iso10003.result.answer": FILE,
    "iso10003.proceeding": FILE,
    "iso10003.seat": FILE,
    "iso10003.attempt": (FILE, PRIVY),
    "iso10003.obligation": (FILE, PRIVY),
    "iso10003.cost": (FILE, PRIVY),
    "iso10003.performance": (FILE, PRIVY),
    "iso10003.declaration": MANAGEMENT | {"handler"},  # whose it is here
    "iso10003.declaration.confirmation": FILE,
    "iso10003.deadline.extension": (FILE, PRIVY),
    "iso10003.deadline.suspension": (FILE, PRIVY),
    "iso10003.alarm": (FILE, PRIVY),
    "iso10003.referral": PRIVY,
    "iso10003.referral.amendment": PRIVY,
    "iso10003.referral.estimate": PRIVY,
    "iso10003.referral.provision": PRIVY,
    "iso10003.referral.review": PRIVY,
    "iso10003.hearing": PRIVY,
    "iso10003.hearing.adjournment": PRIVY,
    "iso10003.hearing.participant": PRIVY,
    # rules of the house, for who works by them
    "iso10003.policy": TAKES_PART,
    "iso10003.policy.gate": TAKES_PART,
    "iso10003.policy.tier": TAKES_PART,
    "iso10003.policy.track": TAKES_PART,
    "iso10003.policy.track.criterion": TAKES_PART,
    "iso10003.segregation": TAKES_PART,
    "iso10003.deadline.rule": TAKES_PART,
    "iso10003.escalation": TAKES_PART,
    "iso10003.authority": TAKES_PART,
    "iso10003.roadmap": TAKES_PART,
    "iso10003.cause": TAKES_PART,
    "iso10003.gate": TAKES_PART,
    "iso10003.dispute.category": TAKES_PART,
    "iso10003.remedy": TAKES_PART,
    "iso10003.method": TAKES_PART,
    "iso10003.provider": TAKES_PART,
    "iso10003.provider.credential": TAKES_PART,
    "iso10003.provider.evaluation": TAKES_PART,
    "iso10003.provider.service": TAKES_PART,
    "iso10003.rule.pack": TAKES_PART,
    # readiness and audits
    "iso10003.requirement": READINESS,
    "iso10003.requirement.set": READINESS,
    "iso10003.clause": READINESS,
    "iso10003.starter.document": EVERYWHERE["management"],
    "iso10003.assessment": READINESS,
    "iso10003.assessment.clause": READINESS,
    "iso10003.assessment.line": READINESS,
    "iso10003.audit.programme": READINESS,
    "iso10003.audit.programme.line": READINESS,
    "iso10003.audit.programme.review": READINESS,
    "iso10003.audit.activity": MANAGEMENT,
    "iso10003.audit.sample": MANAGEMENT,
    "iso10003.certificate": MANAGEMENT,
    "iso10003.finding.report": MANAGEMENT,
    # people and what they can
    "iso10003.role": STAFF,
    "iso10003.role.requirement": STAFF,
    "iso10003.course": STAFF,
    "iso10003.training": STAFF,
    "iso10003.starter.course": EVERYWHERE["management"],
    "iso10003.role.holder": PERSONAL,
    "iso10003.training.attendance": PERSONAL,
    "iso10003.competence": PERSONAL,
    "iso10003.competence.matrix": PERSONAL,
    "iso10003.contact.certification": MANAGEMENT,
    "iso10003.certification.reminder": MANAGEMENT,
    # dialogs
    "iso10003.competence.override": NOBODY,
    "iso10003.register.erase": NOBODY,
    "iso10003.job": MANAGEMENT | {"handler"},  # who asked for it here
    # handlers by their files, and this one has none: tests/improvement
    "iso10003.issue": PRIVY | {"sponsor"},
    "iso10003.issue.enter": OWN,
    "iso10003.issue.step": NOBODY,
    "iso10003.issue.suggest": OWN,
    "iso10003.ticket.split": OWN,
    "iso10003.deadline.step": OWN,
    "iso10003.dispute.refer": OWN,
    "iso10003.dispute.step": OWN,
    "iso10003.party.change": OWN,
    "iso10003.method.advice": OWN,
    "iso10003.claim.withdraw": OWN,
    "iso10003.disposal.step": NOBODY,
    "iso10003.document.lift": NOBODY,
    "iso10003.document.take": OWN,
    "iso10003.restriction.end": OWN,
    "iso10003.consent.withdraw": OWN,
    "iso10003.declaration.step": OWN,
    "iso10003.way.change": OWN,
    "iso10003.obligation.step": OWN,
    "iso10003.offer.step": OWN,
    "iso10003.result.step": OWN,
    "iso10003.settlement": OWN,
    "iso10003.proceeding.step": OWN,
    "iso10003.seat.step": OWN,
    "iso10003.policy.forecast": NOBODY,
    "iso10003.policy.forecast.line": NOBODY,
    "iso10003.referral.step": NOBODY,
    "iso10003.roadmap.plan": NOBODY,
    "iso10003.first.step.said": NOBODY,
    "iso10003.starter.install": NOBODY,
    "iso10003.training.correction": NOBODY,
    "iso10003.training.people": NOBODY,
    "iso10003.training.register": OWN,
    # records of other apps that name a file
    "helpdesk.ticket": FILE | {"agent", "portal"},
    "calendar.event": PRIVY,
    "calendar.attendee": PRIVY,
    "mgmtsystem.nonconformity": MANAGEMENT,
    "mgmtsystem.action": MANAGEMENT,
    "mail.activity": (FILE, PRIVY),
    "mail.message": (FILE, PRIVY),
    "ir.attachment": (FILE, PRIVY),
}
# who is told by no search what may be read with its id
NOT_FOUND = {("mail.activity", "auditor")}
# without rows of their own: numbers of the server, and what is looked for
WITHOUT_RECORD = {
    "iso10003.first.step",
    "iso10003.health",
    "iso10003.implausible",
    "iso10003.unsent",
    "iso10003.cron.run",
    "iso10003.word",
}
# columns that a record needs to be one
COLUMNS = {
    "iso10003.competence.override": {"res_model": "iso10003.dispute"},
    "iso10003.alarm": {"model": None, "res_id": None},  # it is of a limit
}


# Methods of ours that everybody may call by RPC, beside buttons and what Odoo has:
# name a new one with the reason, or let it be private.
PUBLIC = {
    # the client asks which engine prints a report
    ("ir.actions.report", "uses_iso10003_engine"),
    # and whether it prints them in the background, with the rights of who asks
    ("ir.actions.report", "ask_iso10003_print"),
    # auditors check files, also with scripts; it asks for the right to read them
    ("iso10003.register", "verify_chain"),
    # the banner of managers asks; everybody else gets nothing
    ("iso10003.health", "get_warnings"),
    # the page of what waits; each section is searched with the rights of who asks
    ("iso10003.today", "get_today"),
}
# which record of a view it is
VIEWS = {
    "iso10003.competence": [("employee_id.name", "=", SECRET)],
    "iso10003.competence.matrix": [("employee_id.name", "=", SECRET)],
    "iso10003.finding.report": [("nonconformity_id.name", "=", SECRET)],
}


class WallFiles(LegalCase):
    """A dispute and a privileged file, and somebody of each role in two companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        export = cls.env.ref("base.group_allow_export")
        cls.env.ref("base.group_user").implied_ids += export
        cls._set_up_roles()
        cls._set_up_files()
        cls._set_up_neighbours()
        cls.env.flush_all()

    @classmethod
    def _set_up_roles(cls):
        other = cls.env["res.company"].create({"name": "Other Trade"})
        abroad = {"company_id": other.id, "company_ids": [Command.set(other.ids)]}
        groups = ("handler", "manager", "sponsor", "counsel", "auditor")
        own = (
            "employee agent handler evaluator stranger manager sponsor counsel auditor "
            "portal"
        )
        cls.roles = {
            **{role: getattr(cls, role) for role in own.split()},
            "other_portal": cls._new_user("other_portal", "base.group_portal"),
            "viewer": cls._new_user("viewer", "mgmtsystem.group_mgmtsystem_viewer"),
            **{
                f"other_{group}": cls._new_user(
                    f"other_{group}", f"{ADDON}.group_{group}", **abroad
                )
                for group in groups
            },
        }

    @classmethod
    def _set_up_files(cls):
        cls.dispute.write(
            {"subject": SECRET, "evaluator_id": cls.evaluator.id, "description": SECRET}
        )
        cls.dispute.ticket_id.sudo().name = SECRET
        cls.dispute.action_hold(SECRET)
        cls.referral = cls._draft_referral(subject=SECRET, reason=SECRET)
        cls._lead_referral(cls.referral, "filed")
        cls._step(cls.referral, "withdraw", reason=SECRET)
        cls.hearing = cls._plan_hearing(cls.referral, location=SECRET)
        cls.files = (cls.dispute.sudo(), cls.referral.sudo())

    @classmethod
    def _set_up_neighbours(cls):
        """Note what other apps keep of a dispute, and of a privileged file."""
        cls.messages, cls.activities, cls.attachments = [], [], []
        for file, user in zip(cls.files, (cls.handler, cls.counsel), strict=True):
            cls.messages.append(file.with_user(user).message_post(body=SECRET))
            activity = file.with_user(user).activity_schedule(
                "mail.mail_activity_data_todo", summary=SECRET, user_id=user.id
            )
            cls.activities.append(activity)
            attachments = cls.env["ir.attachment"].with_user(user)
            cls.attachments.append(
                attachments.create(
                    {
                        "name": SECRET,
                        "raw": SECRET.encode(),
                        "res_model": file._name,
                        "res_id": file.id,
                    }
                )
            )
        # a finding is read as a record of its own
        requirement = cls.env["iso10003.requirement"].search([], limit=1)
        cls.env["mgmtsystem.nonconformity"].create(
            cls._prepare_nonconformity(requirement_id=requirement.id)
        )
        event = cls.hearing.sudo().event_id
        cls.nonconformity = cls.env["mgmtsystem.nonconformity"].create(
            cls._prepare_nonconformity(
                res_model=cls.referral._name,
                res_id=cls.referral.id,
                action_ids=[
                    Command.create({"name": SECRET, "type_action": "correction"})
                ],
            )
        )
        cls.neighbours = {
            "helpdesk.ticket": [cls.dispute.ticket_id],
            "calendar.event": [event],
            "calendar.attendee": [event.attendee_ids[:1]],
            "mgmtsystem.nonconformity": [cls.nonconformity],
            "mgmtsystem.action": [cls.nonconformity.action_ids],
            "mail.message": cls.messages,
            "mail.activity": cls.activities,
            "ir.attachment": cls.attachments,
        }

    @classmethod
    def _prepare_nonconformity(cls, **values):
        return {
            "name": SECRET,
            "description": SECRET,
            "partner_id": cls.customer.id,
            "responsible_user_id": cls.manager.id,
            "manager_user_id": cls.manager.id,
            "company_id": cls.company.id,
            **values,
        }


class TestWalls(WallFiles):
    """One record of each model, and the walks over all of them.

    To fill all models takes long, so it is done once.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._fill_the_rest()
        cls.env.flush_all()

    @classmethod
    def _fill_the_rest(cls):
        """Let there be a record of each model, and of each kind of file."""
        employee = cls.env["hr.employee"].create(
            {"name": SECRET, "user_id": cls.evaluator.id, "company_id": cls.company.id}
        )
        contact = cls.env["res.partner"].create(
            {"name": SECRET, "company_id": cls.company.id}
        )
        shared = {
            "res.company": cls.company.id,
            "res.partner": contact.id,
            "res.currency": cls.company.currency_id.id,
            "hr.employee": employee.id,
            "helpdesk.ticket": cls.dispute.ticket_id.id,
            "iso10003.policy": cls.dispute.policy_id.id,
            "mgmtsystem.nonconformity": cls.nonconformity.id,
        }
        links = (
            {"iso10003.dispute": cls.dispute.id, "res.users": cls.handler.id},
            {
                "iso10003.referral": cls.referral.id,
                "iso10003.hearing": cls.hearing.id,
                "res.users": cls.counsel.id,
            },
        )
        fillers = []
        for file, own in zip(cls.files, links, strict=True):
            filler = walls.Filler(cls.env, SECRET, {**shared, **own}, COLUMNS)
            filler.links |= cls._find_register(file)
            filler.links["iso10003.file"] = file.file_ids.id
            fillers.append(filler)
        cls.samples = dict(cls.neighbours)
        models = walls.product_models(cls.env.registry) - WITHOUT_RECORD
        for name in sorted(models & READERS.keys(), key=cls._turn):
            cls.samples[name] = cls._fill(name, fillers)

    @classmethod
    def _find_register(cls, file):
        of_file = [("file", "=", file._register_file())]
        notes = cls.env["iso10003.register.note"].sudo()
        note = notes.search([("register_id.file", "=", file._register_file())], limit=1)
        heads = cls.env["iso10003.register.head"].sudo()
        return {
            "iso10003.register": note.register_id.id,
            "iso10003.register.note": note.id,
            "iso10003.register.head": heads.search(of_file).id,
        }

    @classmethod
    def _turn(cls, name):
        """Fill what others lead to first, and read views on them in the end."""
        of_a_file = isinstance(READERS[name], tuple) or READERS[name] == PRIVY
        return name in VIEWS, of_a_file, name in COLUMNS, name

    @classmethod
    def _fill(cls, name, fillers):
        model = cls.env[name].sudo()
        if not model._auto:  # a view on the others
            return [model.search(VIEWS[name], limit=1)]
        if isinstance(READERS[name], tuple):
            return [filler.fill(name) for filler in fillers]
        if READERS[name] == PRIVY:
            return [fillers[1].fill(name)]
        record = fillers[0].fill(name)
        if name != "iso10003.dispute":
            fillers[1].links.setdefault(name, record.id)
        return [record]

    def _readers(self, name):
        readers = READERS[name]
        return readers if isinstance(readers, tuple) else (readers,)

    def _walked(self):
        """Yield each record, with the people who read it and all others."""
        for name, records in sorted(self.samples.items()):
            for record, readers in zip(records, self._readers(name), strict=True):
                unclear = {role for model, role in NOT_FOUND if model == name}
                inside = [self.roles[role] for role in sorted(readers - unclear)]
                outside = [
                    user for role, user in self.roles.items() if role not in readers
                ]
                yield record.sudo(), inside, outside

    def _assert_none(self, leaks):
        found = [f"{' '.join(map(str, way))}: {leak}" for *way, leak in leaks]
        self.assertFalse(found, "\n".join(sorted({line[:300] for line in found})))

    # ------------------------------------------------------------
    # The walks
    # ------------------------------------------------------------

    def test_each_model_says_who_reads_its_records(self):
        models = walls.product_models(self.env.registry)
        missing = models - READERS.keys() - WITHOUT_RECORD
        self.assertFalse(missing, f"say who reads them in READERS of {__name__}")
        self.assertFalse(READERS.keys() - models - NEIGHBOURS - {"calendar.attendee"})
        for record, _inside, _outside in self._walked():
            self.assertTrue(record.exists(), record)

    def test_who_is_inside_reads(self):
        """Else the walls below would prove nothing."""
        for record, inside, _outside in self._walked():
            for user in inside:
                with self.subTest(record=record, user=user.login):
                    record.invalidate_recordset()
                    own = record.with_env(self.env).with_user(user)
                    self.assertTrue(own.search([("id", "=", record.id)]))
                    self.assertTrue(own.read(["id", walls._first_column(own)]))

    def test_who_is_outside_reads_on_no_way(self):
        for record, _inside, outside in self._walked():
            with self.subTest(record=record):
                self._assert_none(walls.walk_record(record, outside, [SECRET]))

    def test_no_button_works_on_what_one_may_not_read(self):
        for record, _inside, outside in self._walked():
            if not walls.public_actions(record):
                continue
            with self.subTest(record=record):
                self._assert_none(walls.walk_actions(record, outside, [SECRET]))

    @mute_logger("odoo.sql_db")  # half a dialog is no row
    def test_no_form_or_dialog_tells_what_its_user_may_not_read(self):
        links = self._links()
        self.assertIn(("iso10003.dispute.refer", "dispute_id"), links)
        for record, _inside, outside in self._walked():
            for model, names in self._forms_on(record, links):
                with self.subTest(record=record, model=model._name):
                    self._assert_none(
                        walls.walk_links(record, model, names, outside, [SECRET])
                    )

    def _links(self):
        """Return ``(model, field)`` of all links that users put into records."""
        ours = walls.product_models(self.env.registry)
        return {
            (model._name, field.name)
            for model in self.env.registry.values()
            if not model._abstract and model._auto
            for field in model._fields.values()
            if walls.is_link(field)
            and (model._name in ours or field._modules == (ADDON,))
        }

    def _forms_on(self, record, links):
        by_model = {}
        for name, field in sorted(links):
            if self.env[name]._fields[field].comodel_name == record._name:
                by_model.setdefault(name, []).append(field)
        return [(self.env[name], fields) for name, fields in by_model.items()]

    def test_nothing_is_found_by_the_way_of_another_record(self):
        ours = walls.product_models(self.env.registry)
        through = ours | NEIGHBOURS | {"res.partner", "res.users", "res.company"}
        for record, _inside, outside in self._walked():
            paths = walls.paths_to(self.env.registry, record._name, through)
            with self.subTest(record=record):
                self._assert_none(walls.walk_paths(record, paths, outside))

    def test_no_field_is_guessed_that_one_may_not_read(self):
        ours = walls.product_models(self.env.registry)
        hidden = set()
        for name in sorted(ours | NEIGHBOURS):
            for role, user in self.roles.items():
                model = self.env[name].with_user(user)
                if not model.has_access("read"):
                    continue
                names = [
                    field
                    for field in walls.hidden_fields(model)
                    if name in ours or model._fields[field]._modules == (ADDON,)
                ]
                hidden |= {(name, field) for field in names}
                with self.subTest(model=name, role=role):
                    self._assert_none(walls.walk_hidden_fields(model, names))
        self.assertIn(("iso10003.dispute", "legal_state"), hidden)

    def test_each_public_method_is_meant_to_be_public(self):
        found = {
            (name, method)
            for name in self.env.registry
            for method in walls.public_methods(self.env[name])
        }
        self.assertEqual(found, PUBLIC)

    def test_what_widgets_write_is_for_pages_alone(self):
        """Odoo lets everybody call the methods of its own widgets."""
        asked = 0
        for name, widget in self.env.registry.items():
            if widget._original_module != ADDON or "qweb.field" not in name:
                continue
            for method in ("record_to_html", "value_to_html"):
                kind = next(one for one in widget.mro() if method in vars(one))
                if not kind.__module__.startswith(f"odoo.addons.{ADDON}."):
                    continue
                asked += 1
                with self.subTest(widget=name), self.assertRaises(AccessError):
                    get_public_method(self.env[name], method)
        self.assertGreater(asked, 3)

    # ------------------------------------------------------------
    # Each walk finds what it is made for
    # ------------------------------------------------------------

    def test_a_record_that_somebody_reads(self):
        leaks = list(
            walls.walk_record(self.dispute.sudo(), [self.handler, self.employee], [])
        )
        self.assertEqual({login for login, *_ in leaks}, {self.handler.login})
        doors = {door for _login, door, _leak in leaks}
        self.assertEqual(doors, walls.FINDING.keys() | walls.OPENING.keys())

    def test_a_refusal_that_tells(self):
        def tell():
            # pylint: disable=translation-required
            raise UserError(SECRET)

        self.assertTrue(walls.find_leak(tell, [SECRET]))
        self.assertFalse(walls.find_leak(tell, ["else"]))

    def test_a_button_that_tells(self):
        disputes = self.env.registry["iso10003.dispute"]

        def action_view_complaint(dispute):
            return {"name": dispute.sudo().subject}

        action_view_complaint.__module__ = f"odoo.addons.{ADDON}.models"
        with patch.object(disputes, "action_view_complaint", action_view_complaint):
            leaks = list(
                walls.walk_actions(self.dispute.sudo(), [self.employee], [SECRET])
            )
        self.assertEqual([leak[1] for leak in leaks], ["action_view_complaint"])

    def test_a_dialog_that_looks_at_no_rights(self):
        withheld = self.env.registry["iso10003.withheld"]
        dialogs = self.env["iso10003.dispute.refer"]
        with (
            patch.object(withheld, "_check_links", lambda *args: None),
            mute_logger("odoo.sql_db"),
        ):
            leaks = list(
                walls.walk_links(
                    self.dispute.sudo(), dialogs, ["dispute_id"], [self.stranger], []
                )
            )
        kinds = {way.split()[-1] for _login, way, _leak in leaks}
        self.assertIn("onchange", kinds)

    def test_a_search_that_looks_at_no_rights(self):
        searched = self.env.registry["iso10003.searched"]
        disputes = self.env["iso10003.dispute"].with_user(self.portal)
        with patch.object(searched, "_check_searched", lambda *args: None):
            leaks = list(walls.walk_hidden_fields(disputes, ["legal_state"]))
        self.assertIn("in", {kind for _name, kind, _leak in leaks})

    def test_a_way_that_asks_no_rights(self):
        paths = [("helpdesk.ticket", "dispute_ids")]
        leaks = list(walls.walk_paths(self.dispute.sudo(), paths, [self.handler]))
        self.assertEqual([leak[1] for leak in leaks], ["helpdesk.ticket.dispute_ids"])

    def test_a_public_method(self):
        disputes = self.env["iso10003.dispute"]
        kind = next(
            kind
            for kind in type(disputes).mro()
            if kind.__module__ == f"odoo.addons.{ADDON}.models.dispute.dispute"
        )

        def tell_all(disputes):
            return disputes.sudo().read()

        with patch.object(kind, "tell_all", tell_all, create=True):
            self.assertEqual(walls.public_methods(disputes), {"tell_all"})
        with patch.object(kind, "tell_all", api.private(tell_all), create=True):
            self.assertFalse(walls.public_methods(disputes))

    def test_a_model_without_a_row(self):
        models = walls.product_models({**self.env.registry.models})
        self.assertIn("iso10003.dispute", models)
        self.assertNotIn("iso10003.guarded", models)
        self.assertNotIn("helpdesk.ticket", models)
