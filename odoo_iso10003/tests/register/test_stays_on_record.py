# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What stays on record stays, by every path: merging, attachments, cascades."""

import base64
import json
from types import SimpleNamespace

from psycopg2.errors import InsufficientPrivilege

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ...core import chain
from ..common import ADDON, PAPER, DisputePeople
from ..competence.competence_common import CompetencePeople
from ..legal.legal_common import LegalCase
from .register_common import RegisterCase


class Merging:
    def _merge(self, *partners, into, user=None):
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard = wizard.with_user(user or self.env.ref("base.user_admin")).create(
            {
                "partner_ids": [(6, 0, [partner.id for partner in (*partners, into)])],
                "dst_partner_id": into.id,
            }
        )
        wizard.action_merge()
        self.env.invalidate_all()

    def _new_contact(self, name):
        return self.env["res.partner"].create({"name": name})


class TestMergingPartiesOfADispute(Merging, RegisterCase):
    def test_a_complainant_that_moves_is_a_row_and_the_chain_whole(self):
        customer = self._new_contact("Roya again")
        self.ticket.partner_id = customer
        managed = self.dispute.with_user(self.manager)
        managed.action_change_complainant(customer.id, "It was her sister.")
        count = len(self._rows())
        self._merge(customer, into=self.customer)
        self.assertEqual(self.dispute.partner_id, self.customer)
        row = self._rows()[count:].filtered(lambda row: row.event == "changed")
        self.assertEqual(row.data["by"], "merge")
        self.assertEqual(
            row.data["changes"],
            {"partner_id": {"from": customer.id, "to": self.customer.id}},
        )
        self.assertIn("Contacts merged", row.summary)
        self.assertEqual(self._breaks([self.file]), [])

    def test_contacts_of_a_closed_file_merge_too(self):
        lawyer, same = self._new_contact("Lawyer"), self._new_contact("Lawyer LLP")
        self._note_party(self.dispute, lawyer, mandate=PAPER)
        self._lead_to(self.dispute, "closed")
        lifted = self.dispute.with_user(self.manager)
        lifted.action_lift_hold("The matter is over.")
        self._merge(lawyer, into=same)
        self.assertEqual(self.dispute.representative_id, same)
        self.assertEqual(self._rows()[-1].data["by"], "merge")


class TestMergingPartiesOfAReferral(Merging, LegalCase):
    def test_rows_without_conflict_move_and_conflicts_refuse_by_name(self):
        first, second = self._draft_referral(), self._draft_referral()
        roya, again = self._new_contact("Roya"), self._new_contact("Roya again")
        parties = self._note_party(first, roya, "defendant")
        parties |= self._note_party(second, again, "defendant")
        both = self._note_party(first, again, "defendant")
        with self.assertRaises(UserError) as caught:
            with self.env.cr.savepoint():
                # who reads referrals and merges contacts
                self.manager.group_ids += self.env.ref("base.group_partner_manager")
                self._merge(again, into=roya, user=self.manager)
        message = str(caught.exception)
        self.assertIn(first.name, message)
        self.assertNotIn(second.name, message)
        self.assertIn("A party has each capacity once", message)
        self.env.invalidate_all()
        self.assertEqual(both.partner_id, again)
        both.unlink()
        self._merge(again, into=roya)
        self.assertEqual(parties.mapped("partner_id"), roya)
        rows = self.env["iso10003.register"].search(
            [("file", "=", second._register_file()), ("event", "=", "party")]
        )
        self.assertEqual(rows[-1].data["by"], "merge")

    def test_who_may_not_read_the_referral_does_not_learn_of_it(self):
        referral = self._draft_referral()
        roya, again = self._new_contact("Roya"), self._new_contact("Roya again")
        for partner in roya | again:
            self._note_party(referral, partner, "defendant")
        clerk = self._new_user("clerk", "base.group_user,base.group_partner_manager")
        with self.assertRaises(UserError) as caught:
            self._merge(again, into=roya, user=clerk)
        self.assertNotIn(referral.name, str(caught.exception))
        self.assertNotIn(referral.subject or "-", str(caught.exception))


@tagged("-at_install", "post_install")
class TestMergingTrainedPeople(
    Merging, CompetencePeople, DisputePeople, TransactionCase
):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls._set_up_competence()
        cls.course = cls._new_course()

    def _held_session(self):
        return self._new_session(self.course)

    def test_attendances_and_roles_of_both_contacts_stay(self):
        sessions = [self._held_session() for _number in range(3)]
        roya, again = self._new_contact("Roya"), self._new_contact("Roya again")
        attendance = self.env["iso10003.training.attendance"]
        for session in sessions[:2]:
            attendance |= attendance.create(
                {"training_id": session.id, "partner_id": again.id}
            )
        attendance |= attendance.create(
            {"training_id": sessions[2].id, "partner_id": roya.id}
        )
        role = self.env["iso10003.role"].search([], limit=2)
        holders = self.env["iso10003.role.holder"].create(
            [
                {"role_id": role[0].id, "partner_id": roya.id},
                {"role_id": role[1].id, "partner_id": again.id},
            ]
        )
        self._merge(again, into=roya)
        self.assertEqual(attendance.exists().mapped("partner_id"), roya)
        self.assertEqual(len(attendance.exists()), 3)
        self.assertEqual(holders.exists().mapped("partner_id"), roya)
        self.assertEqual(len(holders.exists()), 2)
        rows = self.env["iso10003.register"].search(
            [("file", "=", sessions[0]._register_file())]
        )
        self.assertEqual(rows[-1].data["by"], "merge")

    def test_both_in_one_session_refuse_the_merge_and_nothing_is_lost(self):
        session = self._held_session()
        roya, again = self._new_contact("Roya"), self._new_contact("Roya again")
        rows = self.env["iso10003.training.attendance"].create(
            [
                {"training_id": session.id, "partner_id": partner.id}
                for partner in roya | again
            ]
        )
        with self.assertRaisesRegex(UserError, session.name):
            with self.env.cr.savepoint():
                self._merge(again, into=roya)
        self.env.invalidate_all()
        self.assertEqual(rows.exists(), rows)


class TestDocumentsOnFile(LegalCase):
    def setUp(self):
        super().setUp()
        self.referral = self._draft_referral()
        self.document = self.referral.env["iso10003.document"].create(
            {
                "file_id": self.referral.file_ids.id,
                "name": "Contract",
                "content": base64.b64encode(b"What was agreed"),
            }
        )
        self.file = self.document._get_stored_files()[self.document]

    def test_its_content_is_neither_replaced_nor_moved_nor_destroyed(self):
        other = self.document.copy()
        for vals in (
            {"raw": b"Something else"},
            {"datas": base64.b64encode(b"Something else")},
            {"res_id": other.id},
            {"res_model": "res.partner"},
            {"res_field": False},
            {"name": "other"},
            {"type": "url", "url": "https://example.com"},
        ):
            for user in (self.counsel, self.manager, self.env.ref("base.user_admin")):
                with self.subTest(vals, user=user.login), self.assertRaises(UserError):
                    with self.env.cr.savepoint():
                        self.file.with_user(user).sudo().write(vals)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.file.with_user(self.counsel).unlink()
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.file.sudo().unlink()
        self.env.invalidate_all()
        self.assertEqual(self.file.raw, b"What was agreed")

    def test_no_other_content_is_put_in_its_place(self):
        place = {
            "res_model": self.document._name,
            "res_id": self.document.id,
            "res_field": "content",
        }
        for user in (self.counsel, self.manager, self.env.ref("base.user_admin")):
            files = self.env(su=False)["ir.attachment"].with_user(user)
            loose = files.create({"name": "content", "raw": b"Something else"})
            for door in (
                lambda files=files: files.create(
                    {"name": "content", "raw": b"Something else", **place}
                ),
                lambda loose=loose: loose.write(place),
            ):
                with self.subTest(user=user.login), self.assertRaises(UserError):
                    with self.env.cr.savepoint():
                        door()
        # what is downloaded is the newest of them
        newest = self.env["ir.attachment"].search(
            [(name, "=", value) for name, value in place.items()], limit=1
        )
        self.assertEqual(newest, self.file)

    def test_its_content_may_move_to_other_storage(self):
        self.file.sudo().write({"raw": self.file.raw, "mimetype": self.file.mimetype})
        self.assertEqual(self.file.raw, b"What was agreed")

    def test_a_letter_in_the_discussion_of_a_referral_leaves_rows(self):
        letter = (
            self.env["ir.attachment"]
            .with_user(self.counsel)
            .create(
                {
                    "name": "Letter",
                    "raw": b"x",
                    "res_model": self.referral._name,
                    "res_id": self.referral.id,
                }
            )
        )
        letter.unlink()
        rows = self.env["iso10003.register"].search(
            [
                ("file", "=", self.referral._register_file()),
                ("event", "=", "attachment"),
            ]
        )
        self.assertEqual([row.data["change"] for row in rows], ["came", "went"])


class TestAttachmentsOfADispute(RegisterCase):
    def _attach(self, **values):
        return (
            self.env["ir.attachment"]
            .with_user(self.handler)
            .create(
                {
                    "name": "Passport of Roya Example.txt",
                    "raw": b"first",
                    "res_model": self.dispute._name,
                    "res_id": self.dispute.id,
                    **values,
                }
            )
        )

    def _attached(self):
        return self._rows().filtered(lambda row: row.event == "attachment")

    def test_what_came_and_went_leaves_its_digest_and_no_name(self):
        letter = self._attach()
        letter.unlink()
        came, went = self._attached()
        self.assertEqual((came.data["change"], went.data["change"]), ("came", "went"))
        digest = chain.sha256("first")
        self.assertEqual((came.data["sha256"], went.data["sha256"]), (digest, digest))
        self.assertEqual(went.actor, self.handler.id)
        self.assertNotIn("Roya", json.dumps(came.data))
        self.assertIn("Taken away", went.summary)

    def test_what_is_replaced_renamed_or_moved_leaves_rows(self):
        letter = self._attach()
        letter.raw = b"second"
        row = self._attached()[-1]
        self.assertEqual(row.data["was"], chain.sha256("first"))
        self.assertEqual(row.data["sha256"], chain.sha256("second"))
        letter.name = "Other"
        self.assertEqual(self._attached()[-1].data["change"], "changed")
        other = self._open_dispute(self._new_ticket())
        letter.res_id = other.id
        self.assertEqual(self._attached()[-1].data["change"], "went")
        self.assertEqual(other.register_ids[-1].data["change"], "came")

    def test_what_comes_with_a_message_leaves_a_row(self):
        self.dispute.message_post(body="See the letter", attachments=[("a.txt", b"a")])
        self.assertEqual(self._attached().data["change"], "came")

    def test_elsewhere_nothing_is_looked_at(self):
        count = len(self._rows())
        attachment = self.env["ir.attachment"].create(
            {"name": "x", "res_model": "res.partner", "res_id": self.customer.id}
        )
        attachment.unlink()
        self.assertEqual(len(self._rows()), count)


class TestErasingTexts(RegisterCase):
    def setUp(self):
        super().setUp()
        self.dispute.action_hold("Mrs Example is in hospital.")
        self.row = self._rows()[-1]

    def _note(self):
        return self.env["iso10003.register.note"].search(
            [("register_id", "=", self.row.id)]
        )

    def _erase(self, rows=None, user=None, reason="Asked for on 1 March"):
        rows = (rows or self.row).with_user(user or self.manager)
        action = rows.action_ask_erasure()
        dialog = rows.env[action["res_model"]].with_context(**action["context"])
        dialog.create({"reason": reason}).action_confirm()

    def test_the_text_goes_a_row_says_so_and_the_chain_is_whole(self):
        self._erase()
        self.assertFalse(self._note())
        self.assertEqual(self.row.note, "(erased)")
        last = self._rows()[-1]
        self.assertEqual((last.event, last.actor), ("erased", self.manager.id))
        self.assertEqual(last.data["rows"], [self.row.sequence])
        self.assertEqual(last.note, "Asked for on 1 March")
        self.assertEqual(last.summary, f"Texts of the rows {self.row.sequence}")
        self.assertEqual(self._breaks([self.file]), [])
        register = self.env["iso10003.register"].with_user(self.auditor)
        told = register._show_breaks([self.file])["params"]["message"]
        self.assertIn("Texts erased, as later rows say: 1.", told)
        exported = "\n".join(register._export_lines([self.file]))
        self.assertNotIn("hospital", exported)

    def test_the_reason_of_an_erasure_can_be_erased_too(self):
        self._erase()
        self._erase(self._rows()[-1], reason="It named her")
        self.assertEqual(self._breaks([self.file]), [])

    def test_only_managers_erase_and_only_with_a_reason(self):
        for user in (self.handler, self.counsel, self.auditor, self.evaluator):
            with self.subTest(user.login), self.assertRaises(AccessError):
                self.row.with_user(user).action_erase_texts("Because")
        for reason in ("", "  ", None):
            with self.assertRaisesRegex(UserError, "reason"):
                self.row.with_user(self.manager).action_erase_texts(reason)
        with self.assertRaisesRegex(UserError, "None of these rows"):
            self._rows()[0].with_user(self.manager).action_ask_erasure()
        with self.assertRaisesRegex(UserError, "None of these rows"):
            self._rows()[0].with_user(self.manager).action_erase_texts("Because")
        self.assertTrue(self._note())

    def test_a_manager_elsewhere_erases_nothing_here(self):
        company = self.env["res.company"].create({"name": "Elsewhere"})
        stranger = self._new_user(
            "manager_elsewhere",
            f"{ADDON}.group_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        with self.assertRaises(AccessError):
            self.row.with_user(stranger).action_erase_texts("Because")

    def test_what_has_to_be_kept_is_refused_by_name(self):
        def kept(rows):
            return dict.fromkeys(rows, "under the hold of 1 March")

        self.patch(type(self.row), "_find_kept", kept)
        with self.assertRaisesRegex(UserError, f"{self.file}.*hold of 1 March"):
            self._erase()
        self.assertTrue(self._note())

    @mute_logger("odoo.sql_db")
    def test_the_database_lets_no_text_go_without_a_row(self):
        note = self._note()
        for statement in (
            "DELETE FROM iso10003_register_note WHERE id = %s",
            "UPDATE iso10003_register_note SET text = 'x' WHERE id = %s",
            "TRUNCATE iso10003_register_note -- %s",
        ):
            with self.subTest(statement), self.assertRaises(InsufficientPrivilege):
                with self.env.cr.savepoint():
                    self.env.cr.execute(statement, [note.id])
        for user in (self.manager, self.env.ref("base.user_root")):
            with self.assertRaises(UserError):
                note.with_user(user).unlink()
            with self.assertRaises(UserError):
                note.with_user(user).write({"text": "x"})

    def test_it_is_reached_from_a_privacy_lookup(self):
        admin = self._new_user("privacy", f"base.group_system,{ADDON}.group_manager")
        self.dispute.action_resume()
        self.dispute.action_hold("roya@example.com wrote 100% of it")
        lookup = self.env["privacy.lookup.wizard"].with_user(admin)
        lookup = lookup.create({"name": "Mrs Example", "email": "roya@example.com"})
        lookup.action_lookup()
        lines = lookup.line_ids.filtered(
            lambda line: line.res_model == "iso10003.register.note"
        )
        self.assertEqual(len(lines), 2)
        action = lines.action_unlink_all()
        dialog = self.env[action["res_model"]].with_user(admin)
        dialog = dialog.with_context(**action["context"])
        dialog.create({"reason": "Asked for on 1 March"}).action_confirm()
        self.assertEqual(lines.mapped("is_unlinked"), [True, True])
        self.assertIn("Erased", lookup.execution_details)
        self.assertFalse(self._note())
        self.assertEqual(self._breaks([self.file]), [])


class TestMessagesAsProof(RegisterCase):
    def _message(self, user, author):
        return (
            self.env["mail.message"]
            .with_user(user)
            .create(
                {
                    "model": self.dispute._name,
                    "res_id": self.dispute.id,
                    "author_id": author.id,
                    "body": "I need three more weeks.",
                    "message_type": "email",
                }
            )
        )

    def test_a_message_written_in_anothers_name_proves_nothing(self):
        deadline = self.env["iso10003.deadline"]
        forged = self._message(self.manager, self.customer)
        own = self._message(self.manager, self.manager.partner_id)
        came = self._message(self.env.ref("base.user_root"), self.customer)
        portal = (
            self.dispute.with_user(self.portal)
            .sudo()
            .message_post(body="From the portal", author_id=self.customer.id)
        )
        self.assertFalse(deadline._is_genuine(forged))
        touched = self._message(self.env.ref("base.user_root"), self.customer)
        touched.with_user(self.manager).sudo().body = "I need ten more weeks."
        touched.flush_recordset()
        self.assertFalse(deadline._is_genuine(touched))
        for message in (own, came, portal):
            self.assertTrue(deadline._is_genuine(message))


def find_loose_links(models, allowed):
    """Return the links by which a deletion elsewhere changes our records unseen.

    PostgreSQL follows them itself, past every ``unlink`` and its guards.

    :param models: ``{name: {field: field object}}``
    :param allowed: ``{"model.field": why}``
    """
    loose = {
        f"{model}.{name}": field.ondelete
        for model, model_fields in models.items()
        for name, field in model_fields.items()
        if field.type in ("many2one", "many2many")
        and field.store
        and not field.related
        and name not in ("create_uid", "write_uid")
        and field.ondelete != "restrict"
    }
    return [
        *(f"{path}: {how}" for path, how in loose.items() if path not in allowed),
        *(f"{path} needs no exception" for path in allowed if path not in loose),
    ]


# links that may be emptied or take a record with them, and why
ALONE = "a row of its own once what it replaced is gone"
EDITION = "says what changed since the edition before, and holds without it"
LOOSE = {
    "iso10003.cron.run.cron_id": "how one action ran, of no interest without it",
    "iso10003.authority.replaces_id": ALONE,
    "iso10003.clause.former_id": EDITION,
    "iso10003.clause.replaces_id": ALONE,
    "iso10003.dispute.category.replaces_id": ALONE,
    "iso10003.gate.replaces_id": ALONE,
    "iso10003.policy.gate.policy_id": "a part of it, frozen with its version",
    "iso10003.policy.tier.policy_id": "a part of it, frozen with its version",
    "iso10003.policy.track.policy_id": "a part of it, frozen with its version",
    "iso10003.policy.track.criterion.track_id": "a part of it, frozen with its version",
    "iso10003.letter.template.replaces_id": ALONE,
    "iso10003.information.sheet.replaces_id": ALONE,
    "iso10003.method.replaces_id": ALONE,
    "iso10003.remedy.replaces_id": ALONE,
    "iso10003.document.kind.replaces_id": ALONE,
    "iso10003.requirement.replaces_id": ALONE,
    "iso10003.requirement.set.former_id": EDITION,
    "iso10003.requirement.set.replaces_id": ALONE,
    "iso10003.rule.pack.replaces_id": ALONE,
    "iso10003.segregation.policy_id": "a part of it, frozen with its version",
    "iso10003.alarm.user_id": "whom it told; the register has the number",
    "iso10003.audit.activity.audit_id": "a part of it",
    "iso10003.audit.programme.line.programme_id": "a part of it",
    "iso10003.certificate.user_id": "whom it reminds",
    "iso10003.certification.reminder.holder_id": "a note that somebody was reminded",
    "iso10003.certification.reminder.skill_id": "a note that somebody was reminded",
    "iso10003.course.material_ids": "hand-outs, not records",
    "iso10003.deadline.rule.pack_id": "a template",
    "iso10003.deadline.rule.parent_id": "a part of it, frozen with its version",
    "iso10003.deadline.rule.policy_id": "a part of it, frozen with its version",
    "iso10003.deadline.user_id": "whom it reminds",
    "iso10003.dispute.complaint_stage_id": "where a complaint goes back to",
    "iso10003.escalation.rule_id": "a part of it, frozen with its version",
    "iso10003.hearing.alarm_ids": "when it reminds",
    "iso10003.hearing.company_id": "follows from what is heard, which restricts",
    "iso10003.requirement.set_id": "a part of it",
    "iso10003.roadmap.user_id": "whom it reminds",
    "iso10003.training.event_id": "an appointment in calendars",
    "iso10003.training.attendance.contact_certification_id": "shows where it stands",
    "iso10003.training.attendance.employee_skill_id": "shows where it stands",
}


@tagged("-at_install", "post_install")
class TestNothingGoesWithAnother(TransactionCase):
    def test_no_deletion_elsewhere_empties_or_takes_our_records(self):
        models = {
            name: model._fields
            for name, model in self.env.registry.items()
            if name.startswith("iso10003.") and model._auto and not model._transient
        }
        self.assertIn("iso10003.dispute", models)
        self.assertEqual(find_loose_links(models, LOOSE), [])

    def test_a_link_outside_the_rule_is_found(self):
        link = {"store": True, "related": None, "type": "many2one"}
        models = {
            "a": {
                "lost": SimpleNamespace(**link, ondelete="cascade"),
                "kept": SimpleNamespace(**link, ondelete="restrict"),
            }
        }
        self.assertEqual(find_loose_links(models, {}), ["a.lost: cascade"])
        self.assertEqual(
            find_loose_links(models, {"a.lost": "", "a.kept": ""}),
            ["a.kept needs no exception"],
        )

    def test_each_contact_in_a_unique_rule_is_moved_before_odoo_does(self):
        moved = set(self.env["base.partner.merge.automatic.wizard"]._get_kept_fields())
        named = {
            (name, field.name)
            for name, model in self.env.registry.items()
            if name.startswith("iso10003.") and model._auto and not model._transient
            for field in model._fields.values()
            if field.type == "many2one"
            and field.comodel_name == "res.partner"
            and self._is_ruled(model._table, field.name)
        }
        self.assertIn(("iso10003.party", "partner_id"), named)
        self.assertIn(("iso10003.role.holder", "partner_id"), named)
        self.assertEqual(named - moved, set())

    def _is_ruled(self, table, column):
        """Return whether a check, unique index or exclusion names the column."""
        self.env.cr.execute(
            """SELECT 1 FROM pg_constraint c
                WHERE c.conrelid = %(table)s::regclass AND c.contype IN ('c', 'u', 'x')
                  AND pg_get_constraintdef(c.oid) ~ %(word)s
            UNION ALL
               SELECT 1 FROM pg_index i
                WHERE i.indrelid = %(table)s::regclass AND i.indisunique
                  AND pg_get_indexdef(i.indexrelid) ~ %(word)s""",
            {"table": table, "word": rf"\m{column}\M"},
        )
        return bool(self.env.cr.rowcount)
