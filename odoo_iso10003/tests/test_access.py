# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError

from .common import ADDON, DisputeCase

OPERATIONS = {"r": "read", "w": "write", "c": "create", "d": "unlink"}

EVERYBODY_READS = dict.fromkeys(
    ("employee", "reader", "handler", "manager", "sponsor", "counsel", "auditor"), "r"
)

# Who may do what with whole models; record rules narrow it down further.
# r: read, w: write, c: create, d: delete. Roles that are not named may nothing.
ACCESS = {
    "iso10003.dispute": {
        "handler": "rwc",
        "manager": "rwc",
        "sponsor": "r",
        "counsel": "r",
        "auditor": "r",
        # own files, and some fields of them: see test_portal.py
        "portal": "r",
    },
    "iso10003.method.advice": {"handler": "rwcd", "manager": "rwcd"},
    # top management answers with it whether it approves
    "iso10003.dispute.step": {"handler": "rwcd", "manager": "rwcd", "sponsor": "rwcd"},
    "iso10003.dispute.category": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.remedy": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.policy": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "r",
        "auditor": "r",
    },
    # one for each level; changed while the version is a draft
    "iso10003.policy.tier": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwc",
        "counsel": "r",
        "auditor": "r",
    },
    # changed while the version is a draft
    **dict.fromkeys(
        ("iso10003.policy.track", "iso10003.policy.track.criterion"),
        {
            "reader": "r",
            "sponsor": "r",
            "handler": "r",
            "manager": "rwcd",
            "counsel": "r",
            "auditor": "r",
        },
    ),
    **dict.fromkeys(
        (
            "iso10003.method",
            "iso10003.provider.service",
            "iso10003.provider.credential",
        ),
        {
            "reader": "r",
            "sponsor": "r",
            "handler": "r",
            "manager": "rwcd",
            "counsel": "r",
            "auditor": "r",
        },
    ),
    # what was used or evaluated stays on record
    **dict.fromkeys(
        ("iso10003.provider", "iso10003.provider.evaluation"),
        {
            "reader": "r",
            "sponsor": "r",
            "handler": "r",
            "manager": "rwc",
            "counsel": "r",
            "auditor": "r",
        },
    ),
    # made with their version, and tuned while it is a draft
    "iso10003.segregation": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rw",
        "counsel": "r",
        "auditor": "r",
    },
    # a gate is switched off, not deleted: the switch leaves a trace
    "iso10003.gate": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwc",
        "counsel": "r",
        "auditor": "r",
    },
    # frozen with their version once it is approved
    "iso10003.policy.gate": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "r",
        "auditor": "r",
    },
    # the rows are written by what happens, the rights of users do not reach them
    "iso10003.register": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "r",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.register.note": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "r",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.register.head": {"manager": "r", "auditor": "r"},
    "iso10003.register.erase": {"manager": "rwcd"},
    # a draft goes, what was sent stays
    "iso10003.letter": {
        "handler": "rwcd",
        "manager": "rwcd",
        "sponsor": "r",
        "counsel": "rwcd",
        "auditor": "r",
    },
    "iso10003.letter.template": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "r",
        "auditor": "r",
    },
    # written by managers; top management approves without writing
    "iso10003.information.sheet": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "r",
        "auditor": "r",
    },
    # legal: a privileged file is for counsel, managers and auditors
    "iso10003.authority": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "rwc",
        "auditor": "r",
    },
    "iso10003.referral": {"manager": "rwc", "counsel": "rwc", "auditor": "r"},
    # who took part in a dispute is ended, not deleted
    "iso10003.party": {
        "handler": "rwc",
        "manager": "rwcd",
        "counsel": "rwcd",
        "auditor": "r",
        "sponsor": "r",
    },
    # an attempt is noted and never changed
    "iso10003.attempt": {
        "handler": "rc",
        "manager": "rc",
        "counsel": "rc",
        "auditor": "r",
        "sponsor": "r",
    },
    # what is owed is waived, and what was done reversed, not deleted
    **dict.fromkeys(
        ("iso10003.obligation", "iso10003.performance"),
        {
            "handler": "rwc",
            "manager": "rwc",
            "counsel": "rwc",
            "auditor": "r",
            "sponsor": "r",
        },
    ),
    "iso10003.obligation.step": {
        "handler": "rwcd",
        "manager": "rwcd",
        "counsel": "rwcd",
        "sponsor": "rwcd",
    },
    # a claim is withdrawn, not deleted
    "iso10003.claim": {
        "handler": "rwc",
        "manager": "rwc",
        "counsel": "r",
        "auditor": "r",
        "sponsor": "r",
    },
    # a notice is recorded, and stays as it is
    "iso10003.notice": {
        "handler": "rc",
        "manager": "rc",
        "counsel": "r",
        "auditor": "r",
        "sponsor": "r",
    },
    # a proceeding is ended, not deleted
    "iso10003.proceeding": {
        "handler": "rwc",
        "manager": "rwc",
        "counsel": "r",
        "auditor": "r",
        "sponsor": "r",
    },
    "iso10003.proceeding.step": {"handler": "rwcd", "manager": "rwcd"},
    # who sat stays on record
    "iso10003.seat": {
        "handler": "rwc",
        "manager": "rwc",
        "counsel": "r",
        "auditor": "r",
        "sponsor": "r",
    },
    "iso10003.seat.step": {"handler": "rwcd", "manager": "rwcd"},
    # signed by whose it is, and never changed
    "iso10003.declaration": dict.fromkeys(
        ("reader", "sponsor", "handler", "manager", "counsel", "auditor"), "rc"
    ),
    # made by the deeds of the file
    "iso10003.declaration.confirmation": {
        "handler": "r",
        "manager": "r",
        "counsel": "r",
        "auditor": "r",
        "sponsor": "r",
    },
    # top management declares and waives with it
    "iso10003.declaration.step": {
        "handler": "rwcd",
        "manager": "rwcd",
        "sponsor": "rwcd",
    },
    # an answer stays on record, and of invitations what was sent
    "iso10003.participation": {
        "handler": "rwc",
        "manager": "rwc",
        "counsel": "r",
        "auditor": "r",
        "sponsor": "r",
    },
    **dict.fromkeys(
        ("iso10003.invitation", "iso10003.invitation.line"),
        {
            "handler": "rwcd",
            "manager": "rwcd",
            "counsel": "r",
            "auditor": "r",
            "sponsor": "r",
        },
    ),
    "iso10003.way.change": {"handler": "rwcd", "manager": "rwcd"},
    # what was recorded stays; what becomes of it is a deed
    **dict.fromkeys(
        ("iso10003.offer", "iso10003.result", "iso10003.result.answer"),
        {
            "handler": "rwc",
            "manager": "rwc",
            "counsel": "r",
            "auditor": "r",
            "sponsor": "r",
        },
    ),
    "iso10003.result.line": {
        "handler": "rc",
        "manager": "rc",
        "counsel": "r",
        "auditor": "r",
        "sponsor": "r",
    },
    "iso10003.result.step": {"handler": "rwcd", "manager": "rwcd"},
    "iso10003.offer.step": {
        "handler": "rwcd",
        "manager": "rwcd",
        "sponsor": "rwcd",
    },
    "iso10003.settlement": {"handler": "rwcd", "manager": "rwcd"},
    "iso10003.claim.withdraw": {"handler": "rwcd", "manager": "rwcd"},
    # a consent is withdrawn, not deleted
    "iso10003.consent": {
        "handler": "rwc",
        "manager": "rwc",
        "counsel": "r",
        "auditor": "r",
        "sponsor": "r",
    },
    "iso10003.consent.withdraw": {"handler": "rwcd", "manager": "rwcd"},
    # a draft goes; what was submitted, approved or sent stays
    **dict.fromkeys(
        ("iso10003.evaluation", "iso10003.position", "iso10003.position.line"),
        {
            "handler": "rwcd",
            "manager": "rwcd",
            "counsel": "r",
            "auditor": "r",
            "sponsor": "r",
        },
    ),
    "iso10003.party.change": {
        "handler": "rwcd",
        "manager": "rwcd",
        "counsel": "rwcd",
    },
    # what is on file stays there
    **dict.fromkeys(
        ("iso10003.document", "iso10003.restriction"),
        {
            "handler": "rwc",
            "manager": "rwc",
            "counsel": "rwc",
            "auditor": "r",
            "sponsor": "r",
        },
    ),
    # what happened stays as it was noted
    "iso10003.disclosure": {
        "handler": "rc",
        "manager": "rc",
        "counsel": "rc",
        "auditor": "r",
        "sponsor": "r",
    },
    # a draft goes; what was issued stays
    **dict.fromkeys(
        ("iso10003.bundle", "iso10003.bundle.line"),
        {
            "handler": "rwcd",
            "manager": "rwcd",
            "counsel": "rwcd",
            "auditor": "r",
            "sponsor": "r",
        },
    ),
    "iso10003.document.kind": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.document.lift": {"manager": "rwcd"},
    # what was destroyed stays on record, and is decided by its deeds alone
    "iso10003.disposal": {"manager": "rc", "auditor": "r", "sponsor": "r"},
    "iso10003.disposal.step": {"manager": "rwcd", "sponsor": "rwcd"},
    **dict.fromkeys(
        ("iso10003.document.take", "iso10003.restriction.end"),
        {"handler": "rwcd", "manager": "rwcd", "counsel": "rwcd"},
    ),
    # a review and a snapshot are made and never changed
    "iso10003.referral.review": {"manager": "rc", "counsel": "rc", "auditor": "r"},
    "iso10003.referral.provision": {"manager": "rc", "counsel": "rc", "auditor": "r"},
    "iso10003.cost": {
        "handler": "rwcd",
        "manager": "rwcd",
        "counsel": "rwcd",
        "auditor": "r",
        "sponsor": "r",
    },
    "iso10003.referral.amendment": {
        "manager": "rwc",
        "counsel": "rwc",
        "auditor": "r",
    },
    # until somebody has decided on it
    "iso10003.referral.estimate": {
        "manager": "rwcd",
        "counsel": "rwcd",
        "auditor": "r",
    },
    "iso10003.hearing": {
        "handler": "rwc",
        "manager": "rwc",
        "counsel": "rwc",
        "auditor": "r",
        "sponsor": "r",
    },
    "iso10003.hearing.participant": {
        "handler": "rwcd",
        "manager": "rwcd",
        "counsel": "rwcd",
        "auditor": "r",
        "sponsor": "r",
    },
    "iso10003.hearing.adjournment": {
        "handler": "rc",
        "manager": "rc",
        "counsel": "rc",
        "auditor": "r",
        "sponsor": "r",
    },
    "iso10003.referral.step": {"manager": "rwcd", "counsel": "rwcd"},
    # handlers hand over what they cannot read from then on
    "iso10003.dispute.refer": {
        "handler": "rwcd",
        "manager": "rwcd",
        "counsel": "rwcd",
    },
    # each company has each role from the start; what it needs is listed with it
    "iso10003.role": {**EVERYBODY_READS, "manager": "rw"},
    "iso10003.role.requirement": {**EVERYBODY_READS, "manager": "rwcd"},
    # of the following, employees see what is their own: see test_competence_privacy.py
    "iso10003.role.holder": {**EVERYBODY_READS, "manager": "rwcd"},
    "iso10003.contact.certification": {**EVERYBODY_READS, "manager": "rwcd"},
    "iso10003.training.attendance": {**EVERYBODY_READS, "manager": "rwcd"},
    "iso10003.competence": EVERYBODY_READS,
    "iso10003.competence.matrix": EVERYBODY_READS,
    "iso10003.course": {**EVERYBODY_READS, "manager": "rwcd"},
    # a session is cancelled, not deleted
    "iso10003.training": {**EVERYBODY_READS, "manager": "rwc"},
    "iso10003.certification.reminder": {"manager": "r", "auditor": "r"},
    "iso10003.competence.override": {"manager": "rwcd"},
    "iso10003.training.correction": {"manager": "rwcd"},
    "iso10003.training.people": {"manager": "rwcd"},
    "iso10003.starter.course": {"manager": "r", "auditor": "r"},
    # prints what its user may see
    "iso10003.training.register": dict.fromkeys(EVERYBODY_READS, "rwcd"),
    "iso10003.rule.pack": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.deadline.rule": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.escalation": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.deadline.extension": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "r",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.deadline.suspension": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "r",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.alarm": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "r",
        "counsel": "r",
        "auditor": "r",
    },
    # a file is written by its case alone
    "iso10003.file": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "r",
        "counsel": "r",
        "auditor": "r",
    },
    # of a deadline users write why it was late, and nothing else
    "iso10003.deadline": {
        "handler": "rw",
        "manager": "rw",
        "sponsor": "r",
        "counsel": "rw",
        "auditor": "r",
    },
    "iso10003.deadline.step": {
        "handler": "rwcd",
        "manager": "rwcd",
        # on the deadlines of their referrals
        "counsel": "rwcd",
    },
    "iso10003.policy.forecast": {"manager": "rwcd"},
    "iso10003.policy.forecast.line": {"manager": "rwcd"},
    "iso10003.implausible": {"manager": "r", "auditor": "r"},
    "iso10003.health": {"manager": "r", "auditor": "r"},
    "iso10003.unsent": {"manager": "r", "auditor": "r"},
    "iso10003.job": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "r",
        "counsel": "r",
        "auditor": "r",
    },
    # read through Health alone
    "iso10003.cron.run": {},
    # counts of words, which weigh and tell nobody anything
    "iso10003.word": {},
    # named by who leads a file; managers put its words right
    "iso10003.cause": {
        "reader": "r",
        "sponsor": "r",
        "handler": "rc",
        "manager": "rwc",
        "counsel": "r",
        "auditor": "r",
    },
    # handlers by their files, and they suggest one by a dialog
    "iso10003.issue": {
        "sponsor": "r",
        "handler": "r",
        "manager": "rwc",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.issue.enter": {"handler": "rwcd", "manager": "rwcd"},
    "iso10003.issue.step": {"manager": "rwcd"},
    "iso10003.issue.suggest": {"handler": "rwcd", "manager": "rwcd"},
    "iso10003.ticket.split": {"handler": "rwcd", "manager": "rwcd"},
    # conformity: managers assess, auditors read; what is on record is not deleted
    "iso10003.requirement.set": {"manager": "rwcd", "auditor": "r", "sponsor": "r"},
    "iso10003.requirement": {"manager": "rwcd", "auditor": "r", "sponsor": "r"},
    "iso10003.clause": {"manager": "rwcd", "auditor": "r", "sponsor": "r"},
    "iso10003.assessment": {"manager": "rwc", "auditor": "r", "sponsor": "r"},
    "iso10003.assessment.clause": {"manager": "r", "auditor": "r", "sponsor": "r"},
    "iso10003.assessment.line": {"manager": "rw", "auditor": "r", "sponsor": "r"},
    "iso10003.certificate": {"manager": "rwc", "auditor": "r"},
    # who takes part sees how far the organization is
    "iso10003.roadmap": {
        "reader": "r",
        "sponsor": "r",
        "handler": "r",
        "manager": "rwcd",
        "counsel": "r",
        "auditor": "r",
    },
    "iso10003.roadmap.plan": {"manager": "rwcd"},
    # auditors plan; managers whose work is audited do not choose when and by whom
    **dict.fromkeys(
        ("iso10003.audit.programme", "iso10003.audit.programme.line"),
        {"manager": "r", "auditor": "rwcd", "sponsor": "r"},
    ),
    "iso10003.audit.programme.review": {
        "manager": "r",
        "auditor": "rc",
        "sponsor": "rc",
    },
    "iso10003.audit.activity": {"manager": "r", "auditor": "rwcd"},
    # the lot puts files there; auditors say what they saw, in their own audits
    "iso10003.audit.sample": {"manager": "r", "auditor": "rw"},
    "iso10003.starter.document": {"manager": "r", "auditor": "r"},
    "iso10003.first.step": {"manager": "r", "auditor": "r"},
    "iso10003.first.step.said": {"manager": "rwcd"},
    "iso10003.starter.install": {"manager": "rwcd"},
    "iso10003.finding.report": {"manager": "r", "auditor": "r"},
}

# Fields of ours on other people's models that everybody may see; all others need
# a group.
OPEN_FIELDS = {
    # empty to whoever neither works on pages nor manages or audits
    ("document.page", "waiting_content"),
    # when a complaint came in is known to whoever may read the complaint
    ("helpdesk.ticket", "complaint_date"),
    # who answers a complaint tells of recourse, and knows that it is in dispute
    ("helpdesk.ticket", "in_dispute"),
    ("helpdesk.ticket", "recourse"),
    # who answers a complaint that a body referred back settles it here until then
    ("helpdesk.ticket", "referred_back_until"),
}


class TestAccess(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.roles = {
            "public": cls.env.ref("base.public_user"),
            "portal": cls.portal,
            "employee": cls.employee,
            "reader": cls._new_user("reader", f"{ADDON}.group_reader"),
            "handler": cls.handler,
            "manager": cls.manager,
            "sponsor": cls.sponsor,
            "counsel": cls.counsel,
            "auditor": cls.auditor,
        }
        cls.outsiders = cls.portal | cls.employee | cls.agent

    def _our_models(self):
        return {
            name
            for name, model in self.env.registry.items()
            if not model._abstract
            and (model._original_module == ADDON or name.startswith("iso10003."))
        }

    def _may(self, model, user):
        return "".join(
            letter
            for letter, operation in OPERATIONS.items()
            if self.env[model].with_user(user).has_access(operation)
        )

    # ------------------------------------------------------------
    # Our models
    # ------------------------------------------------------------

    def test_each_model_says_who_may_do_what(self):
        models = self._our_models()
        self.assertIn("iso10003.dispute", models)
        for model in sorted(models - ACCESS.keys()):
            found = {
                role: may
                for role, user in self.roles.items()
                if (may := self._may(model, user))
            }
            self.fail(
                f"{model} has no row in ACCESS of {__name__}. Decide who may do what "
                f"with it and add a row; the rights are now {{{model!r}: {found}}}"
            )
        self.assertFalse(
            ACCESS.keys() - models, "ACCESS names models that do not exist"
        )

    def test_each_role_may_what_the_table_says_and_no_more(self):
        for model in sorted(self._our_models()):
            for role, user in self.roles.items():
                with self.subTest(model=model, role=role):
                    self.assertEqual(
                        self._may(model, user), ACCESS.get(model, {}).get(role, "")
                    )

    def test_no_right_is_given_to_everybody(self):
        rights = self.env["ir.model.access"].search(
            [("model_id.model", "in", list(self._our_models()))]
        )
        self.assertTrue(rights)
        self.assertFalse(rights.filtered(lambda right: not right.group_id))

    def test_outside_users_write_neither_disputes_nor_complaints(self):
        models = self._our_models() | {"helpdesk.ticket", "helpdesk.ticket.team"}
        for user in (self.roles["public"], self.portal):
            for model in sorted(models):
                with self.subTest(model=model, user=user.login):
                    for operation in ("write", "create", "unlink"):
                        self.assertFalse(
                            self.env[model].with_user(user).has_access(operation)
                        )

    def test_reading_a_category_takes_no_right_on_disputes(self):
        """Being a reader opens lists of choices, not files."""
        self._open_dispute()
        reader = self.roles["reader"]
        with self.assertRaises(AccessError):
            self.env["iso10003.dispute"].with_user(reader).search([])
        self.assertFalse(self.env["iso10003.register"].with_user(reader).search([]))

    # ------------------------------------------------------------
    # Other people's models
    # ------------------------------------------------------------

    def _fields_on_other_models(self):
        ours = self._our_models()
        return {
            (name, field.name)
            for name, model in self.env.registry.items()
            if not model._abstract and name not in ours
            for field in model._fields.values()
            if field._modules == (ADDON,)
        }

    def test_fields_on_other_models_are_hidden_from_outside(self):
        added = self._fields_on_other_models()
        self.assertIn(("helpdesk.ticket", "dispute_ids"), added)
        self.assertIn(("res.partner", "dispute_count"), added)
        self.assertFalse(OPEN_FIELDS - added, "OPEN_FIELDS names unknown fields")
        for model, name in sorted(added - OPEN_FIELDS):
            for user in self.outsiders:
                with self.subTest(model=model, field=name, user=user.login):
                    self.assertNotIn(
                        name,
                        self.env[model].with_user(user).fields_get(),
                        f"give {model}.{name} groups, or name it in OPEN_FIELDS "
                        f"of {__name__} with the reason",
                    )

    def test_hidden_fields_tell_outsiders_nothing(self):
        self._open_dispute()
        self.agent.group_ids += self.env.ref("base.group_allow_export")
        ticket = self.ticket.with_user(self.agent)
        for name in ("dispute_ids", "dispute_count", "open_dispute_id"):
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    ticket.read([name])
                with self.assertRaises(AccessError):
                    ticket.export_data([name])
        with self.assertRaises(AccessError):
            ticket.search([("dispute_ids.state", "=", "referral")])
        with self.assertRaises(AccessError):
            ticket.search([("dispute_ids", "!=", False)])
        with self.assertRaises(AccessError):
            self.customer.with_user(self.agent).read(["dispute_count"])

    def _visible_fields(self, model, user):
        """What the client can ask for: all but lists of closed models."""
        model = self.env[model].with_user(user)
        return [
            name
            for name in model.fields_get(attributes=["type"])
            if (
                not (comodel := model._fields[name].comodel_name)
                or model.env[comodel].has_access("read")
            )
            # mail shows some to portal users that they cannot read
            and (user._is_internal() or not name.startswith("activity_"))
        ]

    def test_outsiders_still_read_tickets_and_contacts(self):
        self._open_dispute()
        self._new_ticket(partner_id=self.employee.partner_id.id)
        for user in self.outsiders:
            for model in ("helpdesk.ticket", "res.partner"):
                with self.subTest(model=model, user=user.login):
                    model = self.env[model].with_user(user)
                    names = self._visible_fields(model._name, user)
                    self.assertGreater(len(names), 20)
                    self.env.invalidate_all()
                    found = model.web_search_read([], dict.fromkeys(names, {}))
                    self.assertTrue(found["records"])
                    self.assertTrue(model.search_count([("id", "!=", 0)]))

    def test_outsiders_still_export_tickets_and_contacts(self):
        self.agent.group_ids += self.env.ref("base.group_allow_export")
        self._open_dispute()
        for record in (self.ticket, self.customer):
            record = record.with_user(self.agent)
            names = [
                name
                for name in self._visible_fields(record._name, self.agent)
                if record._fields[name].exportable
            ]
            self.env.invalidate_all()
            exported = record.export_data(names)["datas"]
            self.assertEqual(len(exported[0]), len(names))
