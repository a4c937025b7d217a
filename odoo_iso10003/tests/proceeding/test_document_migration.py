# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo.tools import SQL
from odoo.tools.sql import table_exists

from ..legal.legal_common import DossierPrints, LegalCase
from ..migration_common import run_migration

VERSION = "19.0.1.7.0"
# what names documents
LATER = (
    "iso10003_disclosure",
    "iso10003_bundle_line",
    "iso10003_restriction_document_rel",
)
# as an older version had it
BEFORE = """
    ALTER TABLE iso10003_document RENAME TO iso10003_referral_document;
    ALTER SEQUENCE iso10003_document_id_seq
        RENAME TO iso10003_referral_document_id_seq;
    ALTER TABLE iso10003_referral_document ADD COLUMN referral_id INT4,
        ADD COLUMN root_id INT4, ADD COLUMN confidentiality VARCHAR;
    UPDATE iso10003_referral_document AS document
       SET referral_id = file.res_id, root_id = matter.res_id,
           confidentiality = CASE WHEN without_prejudice
               THEN 'without_prejudice' ELSE audience END
      FROM iso10003_file AS file, iso10003_file AS matter
     WHERE file.id = document.file_id AND matter.id = document.matter_id;
    ALTER TABLE iso10003_referral_document DROP COLUMN file_id CASCADE,
        DROP COLUMN matter_id CASCADE, DROP COLUMN audience CASCADE,
        DROP COLUMN without_prejudice CASCADE, DROP COLUMN version CASCADE;
    UPDATE ir_attachment SET res_model = 'iso10003.referral.document'
     WHERE res_model = 'iso10003.document';
    -- what came with documents of files
    DELETE FROM ir_model_data WHERE module = 'odoo_iso10003'
       AND (starts_with(name, 'model_iso10003_document_')
            OR starts_with(name, 'selection__iso10003_document__'));
    UPDATE ir_model SET model = 'iso10003.referral.document'
     WHERE model = 'iso10003.document';
    UPDATE ir_model_fields SET model = 'iso10003.referral.document'
     WHERE model = 'iso10003.document';
    UPDATE ir_model_data SET name = replace(
               name, '_iso10003_document', '_iso10003_referral_document')
     WHERE module = 'odoo_iso10003'
       AND (name = 'model_iso10003_document'
            OR starts_with(name, 'field_iso10003_document__'));
    -- and what had this name: what printed reports have in common
    UPDATE ir_model SET model = 'iso10003.document' WHERE model = 'iso10003.printed';
    UPDATE ir_model_fields SET model = 'iso10003.document'
     WHERE model = 'iso10003.printed';
    UPDATE ir_model_data SET name = replace(
               name, '_iso10003_printed', '_iso10003_document')
     WHERE module = 'odoo_iso10003'
       AND (name = 'model_iso10003_printed'
            OR starts_with(name, 'field_iso10003_printed__'));
"""


class TestDocumentMigration(DossierPrints, LegalCase):
    """Documents of referrals become documents of files, as they were."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls._lead_referral(cls._draft_referral(), "decided")
        cls._step(cls.first, "appeal", appeal_decision="use", reason="They erred.")
        cls.appeal = cls.first.child_ids
        cls.papers = (
            cls._put_on_file("Invoice", cls.first, audience="parties")
            | cls._put_on_file("Offer", cls.first, without_prejudice=True)
            | cls._put_on_file("Opinion", cls.first)
            | cls._put_on_file("Appeal", cls.appeal, audience="public")
        )

    @classmethod
    def _put_on_file(cls, name, referral, **values):
        return cls.first.env["iso10003.document"].create(
            {
                "file_id": referral.file_ids.id,
                "name": name,
                "content": base64.b64encode(name.encode()),
                **values,
            }
        )

    def _go_back(self):
        self.env.flush_all()
        for table in LATER:
            self.env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))
        self.env.cr.execute(
            "DELETE FROM iso10003_document WHERE id <> ALL(%s)", [self.papers.ids]
        )
        self.env.cr.execute(BEFORE)

    def _read(self):
        self.env.invalidate_all()
        return [
            (
                paper.id,
                paper.file_id,
                paper.matter_id,
                paper.exhibit_number,
                paper.sha256,
                paper.name,
                paper.source,
                paper.date,
                paper.without_prejudice,
                paper.version,
                base64.b64decode(paper.content),
                paper._get_stored_files()[paper].id,
            )
            for paper in self.papers
        ]

    def _registered(self):
        rows = self.first.register_ids | self.appeal.register_ids
        return [(row.hash, row.data) for row in rows.sorted("id")]

    def test_numbers_digests_contents_and_dossiers_are_as_before(self):
        before, rows = self._read(), self._registered()
        printed = self._text(self.counsel)
        self._go_back()
        run_migration(self.env, "19.0.1.8.0/pre-documents", VERSION)
        self.assertFalse(table_exists(self.env.cr, "iso10003_referral_document"))
        self.assertEqual(self._read(), before)
        self.assertEqual(
            self.papers.mapped("audience"),
            ["parties", "privileged", "privileged", "public"],
        )
        self.assertEqual(self._registered(), rows)
        again = self._text(self.counsel)
        self.assertEqual(again.split("Printed on")[0], printed.split("Printed on")[0])
        self.assertNotIn("Offer", again)
        model = self.env.ref("odoo_iso10003.model_iso10003_document")
        self.assertEqual(model.model, "iso10003.document")
        printed = self.env.ref("odoo_iso10003.model_iso10003_printed")
        self.assertEqual(printed.model, "iso10003.printed")
        field = self.env.ref("odoo_iso10003.field_iso10003_document__sha256")
        self.assertEqual(field.model, "iso10003.document")
        # and the numbers go on
        self.assertEqual(self._put_on_file("Late", self.appeal).exhibit_number, 4)

    def test_from_before_there_were_numbers(self):
        self._go_back()
        self.env.cr.execute(
            "ALTER TABLE iso10003_referral_document DROP COLUMN root_id CASCADE"
        )
        run_migration(self.env, "19.0.1.8.0/pre-documents", "19.0.1.2.0")
        self.env.cr.execute("UPDATE iso10003_document SET exhibit_number = NULL")
        self.env.cr.execute("UPDATE iso10003_referral SET last_exhibit = NULL")
        run_migration(self.env, "19.0.1.4.0/post-exhibit", "19.0.1.2.0")
        self.assertEqual(self.papers.mapped("exhibit_number"), [1, 0, 2, 3])
        self.assertEqual(self.papers.matter_id, self.first.sudo().file_ids)
        self.assertEqual(self.first.last_exhibit, 3)

    def test_a_second_run_changes_nothing(self):
        self._go_back()
        for _time in range(2):
            run_migration(self.env, "19.0.1.8.0/pre-documents", VERSION)
        self.assertEqual(len(self.first.document_ids), 3)

    def test_rows_of_before_are_told_as_ever(self):
        own = {
            "model": "iso10003.referral.document",
            "record": 1,
            "document": 1,
            "exhibit": 1,
            "sha256": "0123456789abcdef",
        }
        for data, words in (
            (
                {"change": "noted", "class": "without_prejudice"},
                "Noted · Without prejudice · SHA-256 0123456789ab",
            ),
            ({"change": "noted", "class": "parties"}, "Noted · Parties · SHA-256"),
            (
                {
                    "change": "changed",
                    "class": "internal",
                    "changes": {
                        "confidentiality": {
                            "from": "without_prejudice",
                            "to": "internal",
                        },
                        "source": {"from": "organization", "to": "third"},
                    },
                },
                "Without prejudice → Internal; Whose: Ours → Of others",
            ),
        ):
            self.first._register_event("document", {**own, **data})
            self.first.invalidate_recordset(["register_ids"])
            self.assertIn(words, self.first.register_ids.sorted("id")[-1].summary)
