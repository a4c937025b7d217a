# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.sql import table_exists

from ..legal.legal_common import LegalCase
from ..migration_common import empty_table, empty_what_names, run_migration

VERSION = "19.0.1.5.0"
# as an older version had it
BEFORE = """
    ALTER TABLE iso10003_party RENAME TO iso10003_referral_party;
    ALTER SEQUENCE iso10003_party_id_seq RENAME TO iso10003_referral_party_id_seq;
    ALTER TABLE iso10003_referral_party RENAME COLUMN capacity TO role;
    ALTER TABLE iso10003_referral_party ADD COLUMN referral_id INT4;
    UPDATE iso10003_referral_party AS party SET referral_id = file.res_id
      FROM iso10003_file AS file WHERE file.id = party.file_id;
    ALTER TABLE iso10003_referral_party DROP COLUMN file_id CASCADE;
    UPDATE ir_model SET model = 'iso10003.referral.party'
     WHERE model = 'iso10003.party';
    UPDATE ir_model_data SET name = 'model_iso10003_referral_party'
     WHERE module = 'odoo_iso10003' AND name = 'model_iso10003_party';
"""


class TestPartyMigration(LegalCase):
    """Parties of an older version: of referrals, and those who were fields."""

    def _forget_parties(self, represented=None):
        self.env.flush_all()
        empty_table(self.env.cr, "iso10003_party")
        self.env.cr.execute(
            "ALTER TABLE iso10003_dispute ADD COLUMN representative_id INT4"
        )
        for dispute, partner in (represented or {}).items():
            self.env.cr.execute(
                "UPDATE iso10003_dispute SET representative_id = %s WHERE id = %s",
                [partner.id, dispute.id],
            )
        self.env.invalidate_all()

    def test_parties_of_referrals_keep_their_numbers(self):
        referral = self._draft_referral()
        party = self._note_party(referral, self.customer, "defendant")
        rows = len(referral.register_ids)
        self.env.flush_all()
        empty_what_names(self.env.cr, "iso10003_party")
        self.env.cr.execute("DELETE FROM iso10003_party WHERE id <> %s", [party.id])
        self.env.cr.execute(BEFORE)
        run_migration(self.env, "19.0.1.6.0/pre-parties", VERSION)
        self.assertFalse(table_exists(self.env.cr, "iso10003_referral_party"))
        self.env.cr.execute("SELECT id, capacity, file_id FROM iso10003_party")
        self.assertEqual(
            self.env.cr.fetchall(),
            [(party.id, "defendant", referral.sudo().file_ids.id)],
        )
        self.assertEqual(referral.party_ids.partner_id, self.customer)
        self.assertEqual(len(referral.register_ids), rows)
        model = self.env.ref("odoo_iso10003.model_iso10003_party")
        self.assertEqual(model.model, "iso10003.party")

    def test_rows_of_before_are_told_as_ever(self):
        referral = self._draft_referral()
        referral._register_event(
            "party",
            {
                "change": "changed",
                "model": "iso10003.referral.party",
                "record": 1,
                "changes": {"role": {"from": "defendant", "to": "witness"}},
            },
        )
        self.assertIn("Defendant → Witness", referral.register_ids[-1].summary)

    def test_complainants_and_representatives_become_parties(self):
        lawyer = self._new_user("lawyer", "base.group_portal")
        closed = self._open_dispute(self._new_ticket())
        self._lead_to(closed, "closed")
        represented = {self.dispute: lawyer.partner_id, closed: lawyer.partner_id}
        self._forget_parties(represented)
        rows = len(self.dispute.register_ids)
        run_migration(self.env, "19.0.1.6.0/post-parties", VERSION)
        leading, acting = self.dispute.party_ids
        self.assertEqual(leading.partner_id, self.customer)
        self.assertTrue(leading.leads)
        self.assertEqual(acting.partner_id, lawyer.partner_id)
        self.assertTrue(acting.from_before and acting.mandate_missing)
        # of the two, only who represents is news to the register
        self.assertEqual(len(self.dispute.register_ids), rows + 2)
        files = self.env["iso10003.dispute"].with_user(lawyer)
        self.assertEqual(files.search([]).ids, self.dispute.ids)
        self.assertFalse(closed.party_ids[1].from_before)
        task = self.dispute.sudo().activity_ids.filtered(
            lambda one: "Ask for the document" in (one.summary or "")
        )
        self.assertEqual(len(task), 1)
        acting.with_user(self.manager).action_show_mandate("UGFwZXI=")
        self.assertFalse(task.exists().active)
        self.assertTrue(acting.reads)

    def test_a_second_run_changes_nothing(self):
        self._forget_parties()
        for _time in range(2):
            run_migration(self.env, "19.0.1.6.0/post-parties", VERSION)
        self.assertEqual(len(self.dispute.party_ids), 1)

    def test_the_rule_of_the_portal_follows(self):
        rule = self.env.ref("odoo_iso10003.rule_dispute_portal")
        present = rule.domain_force
        rule.domain_force = (
            "['|', ('partner_id', '=', user.partner_id.id), "
            "('representative_id', '=', user.partner_id.id)]"
        )
        run_migration(self.env, "19.0.1.6.0/post-parties", VERSION)
        self.assertEqual(rule.domain_force, present)
        own = "[('id', '=', 0)]"
        rule.domain_force = own
        run_migration(self.env, "19.0.1.6.0/post-parties", VERSION)
        self.assertEqual(rule.domain_force, own)
