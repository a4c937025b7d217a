# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each rule of separate duties has its doors, and each door its rule."""

import importlib.util
import inspect
import re

from odoo.tools import SQL
from odoo.tools.misc import file_path

from ...core import segregation
from ..common import ADDON, DisputeCase

# models whose people and deeds are looked at: files, and what judges them
JUDGED = (
    "iso10003.dispute",
    "iso10003.policy",
    "iso10003.referral",
    "iso10003.referral.review",
)
# deeds and people that no rule is about, and why
THROUGH_THE_DOOR = "changes the state, through _transition"
SHOWS = "shows something, or asks"
NO_JUDGEMENT = "judges nothing of what somebody did"
FREE = {
    "iso10003.dispute": {
        "action_suggest_issue": NO_JUDGEMENT,
        "action_advance": THROUGH_THE_DOOR,
        "action_next_step": THROUGH_THE_DOOR,
        "action_advise_method": SHOWS,
        "action_choose_method": NO_JUDGEMENT,
        "action_add_obligation": SHOWS,
        "action_carry_out": SHOWS,
        "action_prove_owed": SHOWS,
        "action_conclude": SHOWS,
        "action_add_cost": SHOWS,
        "action_record_withdrawal": NO_JUDGEMENT,
        "action_join": NO_JUDGEMENT,
        "action_open_corrective": NO_JUDGEMENT,
        "action_close": THROUGH_THE_DOOR,
        "action_reopen": THROUGH_THE_DOOR,
        "action_step_back": THROUGH_THE_DOOR,
        "action_note_result": "each file passes the door in _note_result",
        "action_correct_result_date": NO_JUDGEMENT,
        "action_hold": NO_JUDGEMENT,
        "action_resume": NO_JUDGEMENT,
        "action_record_notice": SHOWS,
        "action_notice_has_come": THROUGH_THE_DOOR,
        "action_refer_back": NO_JUDGEMENT,
        "action_go_on": NO_JUDGEMENT,
        "action_settle_here": THROUGH_THE_DOOR,
        "action_hold_records": NO_JUDGEMENT,
        "action_lift_hold": "a manager's, and says nothing of what was done",
        "action_give_date": NO_JUDGEMENT,
        "action_change_complainant": NO_JUDGEMENT,
        "action_add_party": SHOWS,
        "action_add_attempt": SHOWS,
        "action_add_claim": SHOWS,
        "action_add_document": SHOWS,
        "action_add_restriction": SHOWS,
        "action_propose_disposal": SHOWS,
        "action_make_bundle": SHOWS,
        "action_take_over_papers": SHOWS,
        "action_invite": SHOWS,
        "action_note_answer": SHOWS,
        "action_record_consent": SHOWS,
        "action_answer_part": SHOWS,
        "action_record_result": SHOWS,
        "action_add_proceeding": SHOWS,
        "action_settle_now": SHOWS,
        "action_make_offer": SHOWS,
        "action_note_offer": SHOWS,
        "action_after_refusal": SHOWS,
        "action_change_way": NO_JUDGEMENT,
        "action_write_evaluation": SHOWS,
        "action_take_evaluation": "names the evaluator, which is a door of its own",
        "action_take_position": SHOWS,
        "action_declare": NO_JUDGEMENT,
        "action_confirm_impartial": NO_JUDGEMENT,
        "action_note_resolver": NO_JUDGEMENT,
        "action_settle_impartiality": SHOWS,
        "action_settle_resolver": SHOWS,
        "action_refer": SHOWS,
        "action_write_letter": SHOWS,
        "action_record_event": NO_JUDGEMENT,
        "action_request_approval": NO_JUDGEMENT,
        "action_refuse_concession": "gives nothing; who asked may take it back",
    },
    "iso10003.policy": {
        "action_put_in_force": "what was approved enters into force",
        "action_new_version": NO_JUDGEMENT,
        "action_choose_packs": NO_JUDGEMENT,
        "action_take_tracks": NO_JUDGEMENT,
    },
    "iso10003.referral": dict.fromkeys(
        (
            "action_approve",
            "action_send_back",
            "action_file",
            "action_take_up",
            "action_decide",
            "action_enforce",
            "action_close",
            "action_settle",
            "action_withdraw",
            "action_reopen",
        ),
        THROUGH_THE_DOOR,
    )
    | {
        "action_correct_result": NO_JUDGEMENT,
        "action_open_instance": NO_JUDGEMENT,
        "action_add_party": SHOWS,
        "action_add_attempt": SHOWS,
        "action_add_obligation": SHOWS,
        "action_add_document": SHOWS,
        "action_add_restriction": SHOWS,
        "action_make_bundle": SHOWS,
        "action_take_over_papers": SHOWS,
        "action_propose_amendment": SHOWS,
        "action_record_event": NO_JUDGEMENT,
        "action_write_letter": SHOWS,
    },
    "iso10003.referral.review": {},
}
SHOWING = re.compile(r"action_(view|ask|export|verify|forecast|open_person|print)")
# what a door calls to ask
ASKING = re.compile(r"_pass_door\(|_refuse_(own|strict)\(|_find_partiality\(")


def find_faults(rules, doors):
    """Return what is wrong between rules and doors."""
    taken = {
        part for model in doors.values() for door in model.values() for part in door
    }
    asked = {rule.part for rule in rules.values()}
    known = asked.union(*(rule.others for rule in rules.values()))
    return sorted(
        [f"rule {code} has no door" for code, r in rules.items() if r.part not in taken]
        + [f"door to {part} has no rule" for part in taken - known]
    )


def find_unlisted(found, doors, free):
    """Return deeds and people that are neither a door nor free, or both of it."""
    return sorted(
        f"{model}.{name}"
        for model, names in found.items()
        for name in names
        if (name in doors.get(model, {})) == (name in free.get(model, {}))
    )


def find_open_doors(doors, ask):
    """Return the doors that are not there, or do not ask."""
    return sorted(
        f"{model}.{door}"
        for model, names in doors.items()
        for door in names
        if not ask(model, door)
    )


class TestSegregationDoors(DisputeCase):
    def _find_deeds(self):
        """Return ``{model: public actions, and fields in which people are named}``."""
        return {
            name: {
                action
                for action in dir(type(self.env[name]))
                if action.startswith("action_")
                and not SHOWING.match(action)
                and self._is_ours(name, action)
            }
            | {
                field.name
                for field in self.env[name]._fields.values()
                if field.type in ("many2one", "many2many")
                and field.comodel_name == "res.users"
                and field.store
                and not field.readonly
            }
            for name in JUDGED
        }

    def _is_ours(self, model, name):
        return any(
            ADDON in klass.__module__
            for klass in type(self.env[model]).mro()
            if name in vars(klass)
        )

    def _asks(self, model, door):
        """Whether a door is there and asks, by itself or by what it calls."""
        if door in self.env[model]._fields:
            return True  # by the mixin, or by a constraint of the audit
        return self._source_asks(model, door, set())

    def _source_asks(self, model, name, seen):
        seen |= {name, "_guarded_write"}  # which asks about other doors
        for klass in type(self.env[model]).mro():
            method = vars(klass).get(name)
            if ADDON not in klass.__module__ or not inspect.isfunction(method):
                continue
            source = inspect.getsource(inspect.unwrap(method))
            if ASKING.search(source):
                return True
            called = set(re.findall(r"\.(_\w+)\(", source)) - seen
            if any(self._source_asks(model, one, seen) for one in sorted(called)):
                return True
        return False

    def test_each_rule_has_a_door_and_each_door_a_rule(self):
        self.assertFalse(find_faults(segregation.RULES, segregation.DOORS))
        words = self.env["iso10003.segregation"]._fields["code"]
        self.assertEqual(
            [code for code, _words in words._description_selection(self.env)],
            list(segregation.RULES),
        )

    def test_each_deed_is_a_door_or_free(self):
        found = self._find_deeds()
        self.assertFalse(find_unlisted(found, segregation.DOORS, FREE))
        for model, names in FREE.items():
            self.assertLessEqual(names.keys(), found[model], model)

    def test_each_door_asks(self):
        self.assertFalse(find_open_doors(segregation.DOORS, self._asks))

    def test_each_part_can_be_found_and_told_in_words(self):
        files = [
            self.env[name]
            for name in JUDGED
            if hasattr(self.env[name], "_find_conflicts")
        ]
        for code, rule in segregation.RULES.items():
            if rule.fixed and code != "approver_author":
                continue  # about oneself
            for part in rule.others:
                with self.subTest(rule=code, part=part):
                    self.assertTrue(any(hasattr(m, f"_find_{part}") for m in files))
                    self.assertTrue(files[0]._describe_part(part, "Roya"))

    def test_the_walks_see_what_is_outside(self):
        rule = segregation.Rule("judge", ("judged",), "4.9", "strict")
        self.assertEqual(find_faults({"new": rule}, {}), ["rule new has no door"])
        self.assertEqual(
            find_faults({}, {"m": {"action_new": ("judge",)}}),
            ["door to judge has no rule"],
        )
        found = {"m": {"action_new"}}
        self.assertEqual(find_unlisted(found, {}, {}), ["m.action_new"])
        both = {"m": {"action_new": ()}}
        self.assertEqual(find_unlisted(found, both, both), ["m.action_new"])
        self.assertFalse(find_unlisted(found, both, {}))
        silent = {"iso10003.dispute": {"action_resume": ("judge",), "gone": ()}}
        self.assertEqual(
            find_open_doors(silent, self._asks),
            ["iso10003.dispute.action_resume", "iso10003.dispute.gone"],
        )


class TestSegregationMigration(DisputeCase):
    def _migrate(self):
        path = file_path(f"{ADDON}/migrations/19.0.1.3.0/post-segregation.py")
        spec = importlib.util.spec_from_file_location("migration", path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        self.env.flush_all()
        module.migrate(self.env.cr, "19.0.1.2.0")
        self.env.invalidate_all()

    def test_versions_of_before_say_what_was_enforced_until_now(self):
        approved = self._open_dispute().policy_id
        draft = (
            self.env["iso10003.policy"]
            .with_user(self.manager)
            .create({"name": "Draft"})
        )
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "DELETE FROM iso10003_segregation WHERE policy_id IN %s",
                (approved.id, draft.id),
            )
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self._migrate()
        before = segregation.strengths("before")
        self.assertEqual(approved._get_strengths(), before)
        self.assertEqual(
            {code for code, strength in before.items() if strength == "strict"},
            {
                "evaluator_complaint",
                "reviewer_handler",
                "approver_author",
                "override_self",
                "certifier_self",
                "auditor_audited",
                "concession_asker",
                "track_owner",
                "confirmer_answerer",
            },
        )
        self.assertEqual(
            draft._get_strengths(), segregation.strengths(segregation.SMALL)
        )
        row = self.env["iso10003.register"].search(
            [("file", "=", approved._register_file())], order="sequence desc", limit=1
        )
        self.assertEqual((row.event, row.data), ("segregation", {"rules": before}))
        rows = len(approved.segregation_ids)
        self._migrate()  # once is enough
        self.assertEqual(len(approved.segregation_ids), rows)
