# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
# transactions that meet each other have to be real ones
# pylint: disable=invalid-commit
from odoo.exceptions import UserError
from odoo.service import model as service
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..concurrency_common import ConcurrencyCase


@tagged("-at_install", "post_install")
class TestPositionAtOnce(ConcurrencyCase):
    """Two people approve one position, in two windows."""

    @mute_logger("odoo.sql_db")
    def test_it_is_approved_once(self):
        dispute = self._lead_to(self._open_dispute(self._new_ticket()), "position")
        position = dispute.env["iso10003.position"].create(
            {"dispute_id": dispute.id, "stance": "contest", "reasons": "The terms."}
        )
        self.cr.commit()
        with (
            self._at_work(self.manager) as first,
            self._at_work(self.chief, "5s") as second,
        ):
            own = position.with_env(second)
            self.assertEqual(own.state, "draft")
            position.with_env(first).action_approve()
            first.flush_all()
            with self.assertRaisesRegex(UserError, "somebody else is changing it"):
                own.action_approve()
            first.cr.commit()
            with self.assertRaisesRegex(UserError, "approved already"):
                service.retrying(own.action_approve, second)
        self.assertEqual(self._fresh(position).approved_by_id, self.manager)
        rows = dispute.register_ids.filtered(lambda row: row.event == "position")
        changes = [row.data["change"] for row in rows]
        self.assertEqual(changes.count("approved"), 1)
        self._check_whole(dispute)
