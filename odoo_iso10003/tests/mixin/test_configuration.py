# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError

from ..common import ADDON, DisputeCase
from ..migration_common import run_migration

# Models without a company of their own that decide nothing by themselves, and why.
NO_CONFIGURATION = {
    "iso10003.starter.document": "texts to begin with, which no role may change",
    "iso10003.first.step": "counted at the moment of looking",
    "iso10003.starter.course": "courses to begin with, which no role may change",
    "iso10003.health": "counted at the moment of looking",
    "iso10003.word": "counted over all companies, and read by nobody",
    "iso10003.cron.run": "when the system's scheduled actions ran",
    "iso10003.certification.reminder": "of its holder's company",
    "iso10003.contact.certification": "of its contact's company",
}

BELONGING = {"iso10003.alarm": "of the company of the limit, or of what it reminds of"}


def find_ownerless(models, named=()):
    """Return the models whose records belong to nobody and are no configuration.

    :param models: model classes of the registry, by name
    :param named: models that are meant to be so
    """
    return {
        name
        for name, model in models.items()
        if model._auto
        and not model._abstract
        and not model._transient
        and name not in named
        and "company_id" not in model._fields
    }


def find_shared(models, configuration):
    """Return the models that keep rows of nobody outside of ``iso10003.configuration``.

    :param configuration: names of the models that are configuration
    """
    return {
        name
        for name, model in models.items()
        if name not in configuration
        and model._auto
        and not model._abstract
        and not model._transient
        and (company := model._fields.get("company_id")) is not None
        and company.store
        and not company.compute
        and not company.required
        and not company.related
    }


class TestConfiguration(DisputeCase):
    """What decides belongs to a company or to nobody."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls._new_user(
            "administrator", f"{ADDON}.group_manager,base.group_system"
        )
        cls.branch = cls.env["res.company"].create({"name": "Branch"})
        cls.branch_manager = cls._new_user(
            "branch_manager",
            f"{ADDON}.group_manager,{ADDON}.group_counsel",
            company_id=cls.branch.id,
            company_ids=[(6, 0, cls.branch.ids)],
        )

    def _our_models(self):
        return {
            name: self.env[name] for name in self.env if name.startswith("iso10003.")
        }

    def _configuration(self):
        """Return the models of configuration, each with a row that ships."""
        return {
            name: self.env[name]
            .with_context(active_test=False)
            .search([("company_id", "=", False)], limit=1)
            for name, model in self._our_models().items()
            if not model._abstract and "iso10003.configuration" in model._inherit_module
        }

    @staticmethod
    def _change(row, number):
        """Return a small change: of the place in the list, or of what a sheet says."""
        if "sequence" in row._fields:
            return {"sequence": number}
        return {"process": f"In {number} steps"}

    # ------------------------------------------------------------
    # By kind
    # ------------------------------------------------------------

    def test_each_model_belongs_to_somebody(self):
        self.assertFalse(find_ownerless(self._our_models(), NO_CONFIGURATION))
        shared = self._configuration() | BELONGING.keys()
        self.assertFalse(find_shared(self._our_models(), shared))

    def test_a_model_of_nobody_is_found(self):
        models = {
            "iso10003.remedy": self.env["iso10003.remedy"],
            "res.country": self.env["res.country"],
            "res.partner.bank": self.env["res.partner.bank"],
        }
        self.assertEqual(find_ownerless(models), {"res.country"})
        self.assertEqual(
            find_shared({"mail.template": self.env["ir.default"]}, ()),
            {"mail.template"},
        )

    def test_each_shipped_row_is_changed_by_administrators_only(self):
        configuration = self._configuration()
        self.assertGreaterEqual(len(configuration), 8)
        for name, shipped in configuration.items():
            with self.subTest(model=name):
                self.assertTrue(shipped, "there is a row to try")
                for user in (self.manager, self.branch_manager):
                    row = shipped.with_user(user)
                    self.assertTrue(row.has_access("read"))
                    for vals in (
                        self._change(shipped, 3),
                        {"company_id": user.company_id.id},
                    ):
                        with self.assertRaisesRegex(AccessError, "for all companies"):
                            row.write(vals)
                    with self.assertRaises(AccessError):
                        row.unlink()
                    # sheets have no words in several languages: each is in one
                    if "name" in row._fields:
                        with self.assertRaises(UserError):  # or answered already
                            row.update_field_translations("name", {"en_US": "Ours"})
                    # gates are not copied at all
                    with self.assertRaisesRegex(UserError, "for all companies|once"):
                        row.copy({"company_id": False, **self._change(row, 9)})
                change = self._change(shipped, 3)
                shipped.with_user(self.admin).write(change)
                [(field, value)] = change.items()
                self.assertEqual(shipped[field], value)

    def test_a_company_does_not_see_what_is_anothers(self):
        for name, shipped in self._configuration().items():
            with self.subTest(model=name):
                action = shipped.with_user(self.manager).action_adapt()
                own = self.env[name].browse(action["res_id"])
                self.assertEqual(own.company_id, self.company)
                self.assertEqual(own.replaces_id, shipped)
                foreign = own.with_user(self.branch_manager)
                self.assertFalse(foreign.search([("id", "=", own.id)]))
                for do in (
                    lambda foreign=foreign: foreign.read(["display_name"]),
                    lambda foreign=foreign: foreign.write(self._change(foreign, 4)),
                    lambda foreign=foreign: foreign.unlink(),
                ):
                    with self.assertRaises(AccessError):
                        do()
                own.with_user(self.manager).write(self._change(own, 4))

    def test_nobody_gives_a_company_what_it_did_not_choose(self):
        """Odoo asks for the company that a record leaves, not for where it goes."""
        boss = self._new_user("boss", f"{ADDON}.group_manager,{ADDON}.group_counsel")
        for name, shipped in self._configuration().items():
            with self.subTest(model=name):
                action = shipped.with_user(boss).action_adapt()
                own = self.env(su=False)[name].with_user(boss).browse(action["res_id"])
                for company in (self.branch.id, str(self.branch.id)):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        own.write({"company_id": company})
                self.env.invalidate_all()
                own.write({"company_id": self.company.id})
        movable = 0
        for name, model in self._our_models().items():
            if model._abstract or model._transient or not model._auto:
                continue
            field = model._fields.get("company_id")
            if not field or not field.store:
                continue
            row = model.search([("company_id", "=", self.company.id)], limit=1)
            if row.with_user(boss).has_access("write"):
                movable += bool(row)
                with self.subTest(model=name), self.assertRaises(UserError):
                    with self.env.cr.savepoint():
                        row.sudo(False).with_user(boss).write(
                            {"company_id": self.branch.id}
                        )
                        self.env.flush_all()
                        row.exists() and self.fail("It moved.")
        self.assertGreater(movable, 8)

    def test_a_companys_own_row_stands_in_place_of_the_shipped_one(self):
        for name, shipped in self._configuration().items():
            with self.subTest(model=name):
                rows = self.env[name].with_context(active_test=False)
                shipped = shipped.with_user(self.manager)
                own = rows.browse(shipped.action_adapt()["res_id"])
                self.assertEqual(shipped.action_adapt()["res_id"], own.id, "once")
                ours = rows._get_effective(self.company)
                theirs = rows._get_effective(self.branch)
                self.assertIn(own, ours)
                self.assertNotIn(shipped, ours)
                self.assertIn(shipped, theirs)
                self.assertNotIn(own, theirs)
                with self.assertRaisesRegex(UserError, "own already"):
                    own.with_user(self.manager).action_adapt()

    # ------------------------------------------------------------
    # Gates
    # ------------------------------------------------------------

    def test_a_companys_gate_is_known_by_its_check_and_state(self):
        shipped = self.env.ref(f"{ADDON}.gate_notice_category_set")
        own = (
            self.env["iso10003.gate"]
            .with_user(self.manager)
            .create(
                {
                    "name": "Our category",
                    "code": "category_set",
                    "state": "notice",
                    "clause": "8.2",
                    "severity": "block",
                }
            )
        )
        self.assertEqual(own.replaces_id, shipped)
        version = self._ask_in_new_version("gate_referral_recourse_told", "block")
        self.assertIn(own, version.gate_ids.gate_id)
        self.assertNotIn(shipped, version.gate_ids.gate_id)
        asked = version.gate_ids.filtered(lambda gate: gate.gate_id == own)
        self.assertEqual(asked.severity, "block")
        own.state = "position"
        self.assertFalse(own.replaces_id)
        own.state = "notice"
        self.assertEqual(own.replaces_id, shipped)

    # ------------------------------------------------------------
    # Questions
    # ------------------------------------------------------------

    def test_an_assessment_asks_a_companys_own_question_with_its_threshold(self):
        question = self.env["iso10003.requirement"].search(
            [("company_id", "=", False), ("check", "!=", False)], limit=1
        )
        action = question.with_user(self.manager).action_adapt()
        own = question.browse(action["res_id"]).with_user(self.manager)
        own.write({"target": 70, "partly_from": 40})
        self.assertEqual(question.target, 100)
        for company, user, wanted in (
            (self.company, self.manager, own),
            (self.branch, self.branch_manager, question),
        ):
            assessment = (
                self.env["iso10003.assessment"]
                .with_user(user)
                .with_company(company)
                .create({})
            )
            assessment.action_check()
            asked = assessment.line_ids.requirement_id
            self.assertIn(wanted, asked)
            self.assertEqual(len((own | question) & asked), 1)

    def test_a_duplicated_set_has_each_question_once(self):
        questions = self.env["iso10003.requirement.set"]._get_present()
        question = questions.requirement_ids[0]
        question.with_user(self.manager).action_adapt()
        copied = questions.with_user(self.manager).copy()
        self.assertEqual(copied.company_id, self.company)
        self.assertEqual(copied.requirement_ids.company_id, self.company)
        self.assertEqual(copied.requirement_count, questions.requirement_count)

    # ------------------------------------------------------------
    # Examples
    # ------------------------------------------------------------

    def test_shipped_examples_are_changed_by_administrators_only(self):
        rules = self.env["iso10003.deadline.rule"].with_context(active_test=False)
        rule = rules.search([("pack_id", "!=", False)], limit=1)
        theirs = rule.with_user(self.manager)
        with self.assertRaisesRegex(AccessError, "for all companies"):
            theirs.quantity = 900
        with self.assertRaisesRegex(AccessError, "for all companies"):
            theirs.unlink()
        with self.assertRaisesRegex(AccessError, "for all companies"):
            self.env["iso10003.escalation"].with_user(self.manager).create(
                {"rule_id": rule.id, "offset": 1}
            )
        own = rule.pack_id.with_user(self.manager).action_adapt()
        own = self.env["iso10003.rule.pack"].browse(own["res_id"])
        self.assertEqual(
            own.rule_ids.mapped("code"), rule.pack_id.rule_ids.mapped("code")
        )
        own.rule_ids[0].with_user(self.manager).quantity = 9
        self.assertFalse(
            own.rule_ids[0]
            .with_user(self.branch_manager)
            .search([("id", "in", own.rule_ids.ids)])
        )

    # ------------------------------------------------------------
    # On record
    # ------------------------------------------------------------

    def _sealed(self, company, model):
        rows = self.env["iso10003.register"].search(
            [("file", "=", f"res.company,{company.id}"), ("event", "=", "configured")]
        )
        return rows.filtered(lambda row: row.data["model"] == model)

    def test_a_change_of_what_decides_for_all_is_sealed_in_each_company(self):
        gate = self.env.ref(f"{ADDON}.gate_notice_category_set")
        gate.with_user(self.admin).severity = "off"
        for company in self.company | self.branch:
            row = self._sealed(company, "iso10003.gate")[-1]
            self.assertEqual(row.company_id, company)
            self.assertEqual(row.actor, self.admin.id)
            self.assertEqual(
                row.data,
                {
                    "model": "iso10003.gate",
                    "row": gate.id,
                    "changes": {"severity": {"from": "warn", "to": "off"}},
                },
            )
            self.assertIn("Warns: going on takes a reason → Off", row.summary)
        read = row.with_user(self.branch_manager)
        self.assertIn("A category", read.summary)

    def test_a_change_of_what_decides_in_a_company_is_sealed_there(self):
        question = self.env["iso10003.requirement"].search(
            [("check", "!=", False)], limit=1
        )
        action = question.with_user(self.manager).action_adapt()
        own = question.browse(action["res_id"]).with_user(self.manager)
        own.target = 95
        row = self._sealed(self.company, "iso10003.requirement")[-1]
        self.assertEqual(
            row.data["changes"], {"target": {"from": "100.0", "to": "95.0"}}
        )
        own.unlink()
        gone = self._sealed(self.company, "iso10003.requirement")[-1]
        self.assertEqual(gone.data["changes"]["target"], {"from": "95.0", "to": None})
        self.assertFalse(self._sealed(self.branch, "iso10003.requirement"))
        self.assertTrue(gone.summary)
        self.assertFalse(
            self.env["iso10003.register"].with_user(self.manager).verify_chain()
        )

    def test_a_change_of_words_or_order_is_not_a_decision(self):
        gate = self.env.ref(f"{ADDON}.gate_notice_category_set")
        before = self._sealed(self.company, "iso10003.gate")
        gate.with_user(self.admin).write({"name": "A category", "sequence": 7})
        gate.with_user(self.admin).severity = gate.severity
        self.assertEqual(self._sealed(self.company, "iso10003.gate"), before)

    # ------------------------------------------------------------
    # In files
    # ------------------------------------------------------------

    # ------------------------------------------------------------
    # Before rows had owners
    # ------------------------------------------------------------

    def test_what_people_made_becomes_their_only_companys(self):
        remedies = self.env["iso10003.remedy"]
        made = remedies.create({"name": "A visit"})
        shipped = self.env.ref(f"{ADDON}.remedy_refund")
        run_migration(self.env, "19.0.1.3.0/post-configuration")
        self.assertFalse(made.company_id, "there are two companies")
        companies = type(self.env["res.company"])
        with patch.object(companies, "search", lambda *_args, **_kw: self.company):
            run_migration(self.env, "19.0.1.3.0/post-configuration")
        self.assertEqual(made.company_id, self.company)
        self.assertFalse(shipped.company_id)

    def test_a_file_takes_no_category_or_remedy_of_another_company(self):
        dispute = self._open_dispute()
        for name, field in (
            ("iso10003.dispute.category", "category_id"),
            ("iso10003.remedy", "remedy_ids"),
        ):
            foreign = self.env[name].create(
                {"name": "Of the branch", "company_id": self.branch.id}
            )
            value = foreign.id if field == "category_id" else [(4, foreign.id)]
            with self.assertRaises(UserError):
                dispute.sudo().write({field: value})
