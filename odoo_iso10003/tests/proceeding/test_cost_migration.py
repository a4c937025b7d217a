# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tools.sql import table_exists

from ..legal.legal_common import LegalCase
from ..migration_common import run_migration

# as an older version had it
BEFORE = """
    DELETE FROM iso10003_cost WHERE referral_id IS NULL;
    ALTER TABLE iso10003_cost RENAME TO iso10003_referral_cost;
    ALTER SEQUENCE iso10003_cost_id_seq RENAME TO iso10003_referral_cost_id_seq;
    ALTER TABLE iso10003_referral_cost DROP COLUMN file_id CASCADE,
        ALTER COLUMN referral_id SET NOT NULL;
    UPDATE ir_model SET model = 'iso10003.referral.cost'
     WHERE model = 'iso10003.cost';
    UPDATE ir_model_fields SET model = 'iso10003.referral.cost'
     WHERE model = 'iso10003.cost';
    UPDATE ir_model_data SET name = replace(
               name, '_iso10003_cost', '_iso10003_referral_cost')
     WHERE module = 'odoo_iso10003'
       AND (name = 'model_iso10003_cost'
            OR starts_with(name, 'field_iso10003_cost__'));
    UPDATE ir_model_data SET model = 'iso10003.referral.cost'
     WHERE model = 'iso10003.cost';
"""


class TestCostMigration(LegalCase):
    """Costs of referrals become costs of their files, as they were."""

    def test_they_keep_their_numbers_and_rows(self):
        referral = self._draft_referral()
        cost = referral.env["iso10003.cost"].create(
            {"referral_id": referral.id, "name": "Fee", "amount": 70}
        )

        def read():
            self.env.invalidate_all()
            return (
                cost.file_id,
                cost.referral_id,
                cost.amount,
                cost.company_amount,
                cost.kind,
                referral.cost_total,
                [(row.hash, row.data) for row in referral.register_ids],
            )

        before = read()
        self.assertEqual(before[0], referral.file_ids)
        self.env.flush_all()
        self.env.cr.execute(BEFORE)
        for _again in range(2):
            run_migration(self.env, "19.0.1.8.0/pre-costs", "19.0.1.7.0")
            self.assertFalse(table_exists(self.env.cr, "iso10003_referral_cost"))
            self.assertEqual(read(), before)
        model = self.env.ref("odoo_iso10003.model_iso10003_cost")
        self.assertEqual(model.model, "iso10003.cost")
        self.env.registry.clear_cache()
        named = self.env.ref("odoo_iso10003.cost_flood_1")
        self.assertEqual(named._name, "iso10003.cost")

    def test_rows_from_before_read_as_they_did(self):
        referral = self._draft_referral()
        cost = referral.env["iso10003.cost"].create(
            {"referral_id": referral.id, "name": "Fee", "amount": 70}
        )
        referral._register_event(
            "cost",
            {
                "change": "changed",
                "model": "iso10003.referral.cost",
                "record": cost.id,
                "cost": cost.id,
                "kind": "court",
                "amount": "70.00 EUR",
                "changes": {"kind": {"from": "court", "to": "lawyer"}},
            },
        )
        row = referral.register_ids.sorted("id")[-1]
        self.assertIn("Lawyer", row.summary)
        self.assertIn("70.00 EUR", row.summary)
