# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is kept at hand is the same for whoever asks first."""

import ast
from pathlib import Path

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from ...models.mixin import cached
from ..common import ADDON
from ..deadline.deadline_common import DeadlineRules

ROOT = Path(__file__).parents[2]
# the one file that may use Odoo's decorator
DECORATOR = Path(cached.__file__)


def find_bare_caches(sources):
    """Yield where a source keeps answers without taking the caller's context away.

    :param sources: pairs of a name and Python text
    """
    for name, text in sources:
        for node in ast.walk(ast.parse(text)):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.ImportFrom)
                else [node.attr]
                if isinstance(node, ast.Attribute)
                else []
            )
            if any(word.startswith("ormcache") for word in names):
                yield f"{name}:{node.lineno}"


def find_moved_answers(env, questions, contexts):
    """Yield the questions whose answer depends on who asks first.

    :param questions: ``{name: function of an environment}``
    :param contexts: contexts and users of whoever asks: ``[(user, context)]``
    """
    for name, ask in questions.items():
        env.registry.clear_cache("stable")
        plain = ask(env)
        for user, context in contexts:
            env.registry.clear_cache("stable")
            asked = env(user=user, context=context)
            if ask(asked) != plain or ask(env) != plain:
                yield f"{name}, asked by {asked.user.login} with {context}"


@tagged("-at_install", "post_install")
class TestKeptAnswers(DeadlineRules, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls.other_company = cls.env["res.company"].create({"name": "Other Trade"})

    def _get_kept_methods(self):
        """Return the product's methods whose answers are kept, by model and name."""
        return {
            (name, attribute)
            for name, model in self.env.registry.items()
            for attribute in dir(model)
            if getattr(getattr(model, attribute, None), "__cache__", None)
            and getattr(model, attribute).__module__.startswith(f"odoo.addons.{ADDON}.")
        }

    def _get_questions(self):
        """Return how each method is asked; one that is added needs a line."""
        policy = self._draft(self._rule("running"), self._rule("off", active=False))
        body = self.env["res.partner"].create({"name": "Board of the trade"})
        provider = self.env["iso10003.provider"].create(
            {
                "partner_id": body.id,
                "lang_ids": [Command.link(self.env.ref("base.lang_fr").id)],
            }
        )
        return {
            "iso10003.deadline.rule._get_rules_by_event": lambda env: env[
                "iso10003.deadline.rule"
            ]._get_rules_by_event(policy.id),
            "iso10003.policy.gate._describe_asked_in": lambda env: env(
                context={**env.context, "lang": "en_US"}
            )["iso10003.policy.gate"]._describe_asked_in(
                policy.id, "standard", "notice", "forward"
            ),
            "iso10003.policy.gate._get_asked_ids": lambda env: env[
                "iso10003.policy.gate"
            ]._get_asked_ids(policy.id, "standard", "notice", "forward"),
            "iso10003.policy.gate._get_asked_codes": lambda env: env[
                "iso10003.policy.gate"
            ]._get_asked_codes(policy.id, "standard"),
            "res.company._get_kept_currency": lambda env: (
                env["res.company"].browse(self.company.id)._get_kept_currency()
            ),
            "ir.rule._is_about_teams": lambda env: env["ir.rule"]._is_about_teams(
                "iso10003.claim"
            ),
            "iso10003.named._get_kept_name": lambda env: env(
                context={**env.context, "lang": "en_US"}
            )["iso10003.policy"]._get_kept_name(policy.id),
            "iso10003.deadline.rule._get_zone": lambda env: env[
                "iso10003.deadline.rule"
            ]._get_zone(self.company.id),
            "iso10003.policy._get_tracks": lambda env: env[
                "iso10003.policy"
            ]._get_tracks(policy.id),
            "iso10003.policy._get_segregation": lambda env: env[
                "iso10003.policy"
            ]._get_segregation(policy.id),
            "iso10003.role._get_enforced_codes": lambda env: env[
                "iso10003.role"
            ]._get_enforced_codes(self.company.id),
            "hr.employee.skill._get_controlled_skill_ids": lambda env: env[
                "hr.employee.skill"
            ]._get_controlled_skill_ids(),
            "base._get_plausible_fields": lambda env: env[
                "iso10003.dispute"
            ]._get_plausible_fields(),
            "iso10003.sealed._get_sealed_fields": lambda env: env[
                "iso10003.dispute"
            ]._get_sealed_fields(),
            "base._get_numbers": lambda env: env["iso10003.dispute"]._get_numbers(),
            "base._get_computed_only_fields": lambda env: env[
                "iso10003.dispute"
            ]._get_computed_only_fields(),
            "iso10003.within._get_links_within": lambda env: env[
                "iso10003.position.line"
            ]._get_links_within(),
            "iso10003.guarded._get_marked_fields": lambda env: env[
                "iso10003.dispute"
            ]._get_marked_fields("guarded"),
            "iso10003.restriction._is_any_open": lambda env: env[
                "iso10003.restriction"
            ]._is_any_open(),
            "iso10003.provider._get_general_obstacles": lambda env: env[
                "iso10003.provider"
            ]._get_general_obstacles(provider.id, fields.Date.today()),
            "iso10003.provider._get_language_codes": lambda env: env[
                "iso10003.provider"
            ]._get_language_codes(provider.id),
        }

    def _get_hostile_contexts(self):
        other = self.other_company.ids
        return [
            (user, context)
            for user in (self.env.uid, self.handler.id, self.portal.id)
            for context in (
                {},
                {"active_test": False},
                {"active_test": True, "lang": "fa_IR"},
                {"lang": "xx_XX"},
                {"allowed_company_ids": other},
                {"prefetch_fields": False, "bin_size": True},
            )
        ]

    def test_nobody_uses_a_cache_that_takes_the_callers_context(self):
        sources = [
            (str(path.relative_to(ROOT)), path.read_text("utf-8"))
            for path in ROOT.rglob("*.py")
            if path != DECORATOR and "tests" not in path.parts
        ]
        self.assertFalse(list(find_bare_caches(sources)))

    def test_a_bare_cache_would_be_found(self):
        for text in (
            "from odoo.tools import ormcache",
            "from odoo import tools\n@tools.ormcache('self.id')\ndef ask(self): pass",
            "import odoo\n@odoo.tools.cache.ormcache_context()\ndef ask(self): pass",
        ):
            with self.subTest(text):
                self.assertTrue(list(find_bare_caches([("made up", text)])))
        self.assertFalse(list(find_bare_caches([("fine", "kept = 'ormcache'")])))

    def test_each_kept_answer_is_asked_here(self):
        asked = {name.rsplit(".", 1)[1] for name in self._get_questions()}
        kept = {attribute for _model, attribute in self._get_kept_methods()}
        self.assertEqual(asked, kept, "add a line to _get_questions")

    def test_answers_are_the_same_whoever_asks_first(self):
        moved = find_moved_answers(
            self.env, self._get_questions(), self._get_hostile_contexts()
        )
        self.assertFalse(list(moved))

    def test_an_answer_that_moves_would_be_found(self):
        offenders = {
            "active": lambda env: env["iso10003.remedy"].sudo().search_count([]),
            "company": lambda env: env.context.get("allowed_company_ids"),
            "user": lambda env: env.uid,
        }
        self.env.ref(f"{ADDON}.remedy_refund").active = False
        found = list(
            find_moved_answers(self.env, offenders, self._get_hostile_contexts())
        )
        for name in offenders:
            with self.subTest(name):
                self.assertTrue([line for line in found if line.startswith(name)])

    def test_a_context_starts_no_rule_that_is_switched_off(self):
        """One write by a handler used to do so, for everybody."""
        self._enforce(self._rule("running"), self._rule("off", active=False))
        dispute = self._open_dispute(self._new_ticket())
        self.env.registry.clear_cache()
        self._record(
            dispute.with_user(self.handler).with_context(active_test=False),
            notice_date=fields.Date.today(),
        )
        self.assertEqual(dispute.deadline_ids.rule_id.mapped("code"), ["running"])
