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
class TestOfferAtOnce(ConcurrencyCase):
    """Two people accept one offer of theirs, in two windows."""

    @mute_logger("odoo.sql_db")
    def test_it_is_accepted_once(self):
        dispute = self._open_dispute(self._new_ticket())
        offer = dispute.env["iso10003.offer"].create(
            {
                "dispute_id": dispute.id,
                "side": "complainant",
                "terms": "They take the half.",
                "amount": 50,
                "channel": "email",
                "date": dispute._get_company_day(),
            }
        )
        self.cr.commit()
        with (
            self._at_work(self.handler) as first,
            self._at_work(self.manager, "5s") as second,
        ):
            own = offer.with_env(second)
            self.assertEqual(own.state, "made")
            offer.with_env(first).action_accept()
            first.flush_all()
            with self.assertRaisesRegex(UserError, "somebody else is changing it"):
                own.action_accept()
            first.cr.commit()
            with self.assertRaisesRegex(UserError, "“Accepted” by now"):
                service.retrying(own.action_accept, second)
        self.assertEqual(self._fresh(offer).taken_by_id, self.handler)
        self.assertEqual(len(dispute.result_ids), 1)
        self._check_whole(dispute)
