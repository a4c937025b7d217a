# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError

from ..common import DisputeCase


class RulesCase(DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # so that nothing but the rules refuses an export
        export = cls.env.ref("base.group_allow_export")
        cls.env.ref("base.group_user").implied_ids += export

    def _seen(self, user, records, **context):
        """Return the records that ``user`` sees, the same by every way to read."""
        self.env.flush_all()
        self.env.invalidate_all()
        model = records.with_user(user).with_context(**context).browse()
        domain = [("id", "in", records.ids)]
        try:
            found = model.search(domain)
        except AccessError:
            found = model
        by_count = by_group = by_web = by_name = ()
        if model.has_access("read"):
            by_count = model.search_count(domain)
            by_group = [group[0].id for group in model._read_group(domain, ["id"])]
            by_web = [
                row["id"]
                for row in model.web_search_read(domain, {"display_name": {}})[
                    "records"
                ]
            ]
            by_name = [row[0] for row in model.name_search("", domain, limit=None)]
            self.assertEqual(by_count, len(found))
        self.assertEqual(set(by_group), set(found.ids))
        self.assertEqual(set(by_web), set(found.ids))
        self.assertEqual(set(by_name), set(found.ids))
        for record in records.with_user(user).with_context(**context):
            with self.subTest(record=record, user=user.login):
                if record in found:
                    self.assertTrue(record.read(["display_name"]))
                    self.assertTrue(record.web_read({"display_name": {}}))
                    if user._is_internal():
                        self.assertTrue(record.export_data(["display_name"])["datas"])
                else:
                    self.env.invalidate_all()
                    if user._is_internal():
                        with self.assertRaises(AccessError):
                            record.export_data(["display_name"])
                    for way in (
                        lambda: record.read(["display_name"]),
                        lambda: record.web_read({"display_name": {}}),
                        lambda: record.check_access("read"),
                    ):
                        with self.assertRaises(AccessError):
                            way()
        return found.with_env(records.env)

    def _register(self, disputes):
        return self.env["iso10003.register"].search(
            [("dispute_id", "in", disputes.ids)], order="id"
        )

    def _notes(self, disputes):
        return self.env["iso10003.register.note"].search(
            [("register_id.dispute_id", "in", disputes.ids)], order="id"
        )
