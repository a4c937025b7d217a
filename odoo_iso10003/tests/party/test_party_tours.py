# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged

from ..common import DisputePeople


@tagged("-at_install", "post_install")
class TestPartyTours(DisputePeople, HttpCase):
    """Heirs take over in a browser, whichever language its reader has."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_people()
        cls.customer.name = "Roya Example"
        cls.daughter = cls._new_user(
            "heir",
            "base.group_portal",
            name="Daughter Example",
            email="daughter@example.com",
        )

    def test_heirs_take_over_in_english(self):
        self._play("en_US")

    def test_heirs_take_over_in_persian(self):
        self._play("fa_IR")

    def _play(self, lang):
        self.env["res.lang"]._activate_lang(lang)
        people = self.manager.partner_id | self.customer | self.daughter.partner_id
        people.lang = lang
        dispute = self._open_dispute()
        drafted = dispute.env["iso10003.letter"].create(
            {
                "file_id": dispute.file_ids.id,
                "kind": "other",
                "subject": "Where we are",
                "body": "<p>We are still at it.</p>",
            }
        )
        self.assertEqual(drafted.partner_ids, self.customer)
        self.assertTrue(self._reads(self.portal, dispute))
        self.assertFalse(self._reads(self.daughter, dispute))
        self.start_tour(
            f"/odoo/disputes/{dispute.id}",
            "odoo_iso10003_heirs_tour",
            login=self.manager.login,
            timeout=120,
        )
        self.env.invalidate_all()
        heir = dispute.party_ids.filtered("leads")
        self.assertEqual(
            (heir.partner_id, heir.capacity), (self.daughter.partner_id, "heir")
        )
        self.assertTrue(heir.mandate_sha256)
        self.assertEqual(dispute.partner_id, self.daughter.partner_id)
        # the former one's portal and letters have ended
        self.assertFalse(self._reads(self.portal, dispute))
        self.assertTrue(self._reads(self.daughter, dispute))
        self.assertNotIn(self.customer, dispute._get_addressees("parties"))
        with self.assertRaisesRegex(UserError, self.customer.name):
            drafted.with_context(lang="en_US").action_send()
        self.assertFalse(
            self.env["iso10003.register"]
            .sudo()
            .verify_chain([f"{dispute._name},{dispute.id}"])
        )

    def _reads(self, user, dispute):
        """Return whether somebody finds the file on their portal."""
        self.authenticate(user.login, user.login)
        page = self.url_open(f"/my/disputes/{dispute.id}")
        self.assertEqual(page.status_code, 200)  # where they may not: their home page
        return dispute.name in page.text
