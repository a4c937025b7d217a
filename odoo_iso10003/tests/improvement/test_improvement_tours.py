# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import HttpCase, tagged

from .improvement_common import ImprovementPeople


@tagged("-at_install", "post_install")
class TestImprovementTours(ImprovementPeople, HttpCase):
    """From the cause of a file to an action that worked, in a browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls._set_up_improvement()

    # Both languages: selectors are names, so the same tours are played twice

    def test_from_a_cause_to_its_effect_in_english(self):
        self._play("en_US")

    def test_from_a_cause_to_its_effect_in_persian(self):
        self._play("fa_IR")

    def _play(self, lang):
        self.env["res.lang"]._activate_lang(lang)
        (self.handler | self.manager).partner_id.lang = lang
        cause = self._new_cause()
        self._new_file(cause_id=cause.id)
        self._new_file("<p>Nothing else</p>", cause_id=cause.id)
        file = self._new_file("<p>Again</p>")
        self._tour("cause", self.handler, f"/odoo/disputes/{file.id}")
        self.assertEqual(file.cause_id, cause)
        issue = self._look().filtered("cause_id")
        self.assertIn(file, issue.candidate_ids)
        self._tour("issue", self.manager, f"/odoo/dispute-issues/{issue.id}")
        self.assertEqual(issue.state, "ended")
        self.assertEqual(issue.effect, "effective")
        self.assertEqual(file.sudo().corrective_id, issue.nonconformity_id)
        register = self.env["iso10003.register"].with_user(self.auditor)
        self.assertEqual(register.verify_chain([f"iso10003.issue,{issue.id}"]), [])

    def test_one_thing_is_entered_for_all_in_english(self):
        self._enter_for_all("en_US")

    def test_one_thing_is_entered_for_all_in_persian(self):
        self._enter_for_all("fa_IR")

    def _enter_for_all(self, lang):
        """A letter and a settlement on three files, which rest on one action."""
        self.env["res.lang"]._activate_lang(lang)
        self.handler.partner_id.lang = lang
        people = self.env["res.partner"].create(
            [
                {"name": name, "email": f"{name.lower()}@example.com"}
                for name in ("Anneke", "Bastiaan", "Cornelis")
            ]
        )
        files = self.env["iso10003.dispute"].union(
            *(self._new_file(partner=one) for one in people)
        )
        for file in files.with_user(self.handler):
            self._lead_to(file, "position")
        issue = self._new_issue(files.with_user(self.handler))
        issue.action_open_nonconformity()
        place = f"/odoo/dispute-issues/{issue.id}"
        self._tour("enter_for_all", self.handler, place)
        self.assertEqual(set(files.mapped("outcome")), {"settled_early"})
        self.assertEqual(files.mapped("conceded_amount"), [40, 40, 40])
        self.assertEqual(files.corrective_id, issue.nonconformity_id)
        register = self.env["iso10003.register"].with_user(self.auditor)
        for file in files:
            letter = file.letter_ids.filtered(lambda one: one.kind == "progress")
            self.assertEqual(letter.subject, f"On {file.name}")
            self.assertIn(file.partner_id.name, letter.body)
            self.assertEqual(register.verify_chain([f"iso10003.dispute,{file.id}"]), [])

    def _tour(self, name, user, place):
        self.start_tour(
            place, f"odoo_iso10003_{name}_tour", login=user.login, timeout=120
        )
        self.env.invalidate_all()
