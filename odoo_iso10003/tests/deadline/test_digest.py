# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Each person has one message of all that was fired, with their own lines alone."""

from datetime import timedelta
from unittest.mock import patch

import lxml.html

from odoo.tests import tagged

from .deadline_common import TODAY
from .test_alarm_effects import DISPUTE, REFERRAL, SWEEP, AlarmEffects

# the day on which the cases of AlarmEffects lapse
LAPSE = TODAY + timedelta(days=10)


@tagged("-at_install", "post_install")
class TestDigest(AlarmEffects):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sponsor_group = cls.env.ref("odoo_iso10003.group_sponsor")

    def _certificate(self, user, **values):
        return self.env["iso10003.certificate"].create(
            {
                "name": f"Q-{user.login}",
                "standard": "other",
                "body_id": self.customer.id,
                "scope": "Sale of kettles",
                "valid_from": TODAY,
                # the first of its reminders is due on this day
                "valid_to": LAPSE + timedelta(days=90),
                "user_id": user.id,
                "company_id": self.company.id,
                **values,
            }
        )

    def _digests(self, user):
        return self.env["mail.mail"].search(
            [
                ("recipient_ids", "in", user.partner_id.ids),
                ("subject", "like", "need you"),
            ]
        )

    def _rows(self, user):
        """Return ``[(path, what, day)]`` of the one message to a user."""
        [digest] = self._digests(user)
        self.assertEqual(digest.recipient_ids, user.partner_id)
        page = lxml.html.document_fromstring(digest.body_html)
        return [
            (
                row.xpath(".//a/@href")[0].partition("/odoo/")[2],
                *(" ".join(cell.text_content().split()) for cell in row[1:3]),
            )
            for row in page.xpath("//tr")
        ]

    def _paths(self, user):
        return [path for path, *_words in self._rows(user)]

    @staticmethod
    def _path(record):
        return f"{record._name}/{record.id}"

    # ------------------------------------------------------------
    # One message, of all kinds
    # ------------------------------------------------------------

    def test_a_limit_and_a_certificate_of_one_person_are_one_message(self):
        dispute = self._case(DISPUTE, self._level("notify"))
        certificate = self._certificate(self.manager)
        self._let_it_lapse()
        (limit, what, day), (reminder, words, end) = self._rows(self.manager)
        # the oldest first
        self.assertEqual(limit, self._path(dispute))
        self.assertEqual(reminder, self._path(certificate))
        self.assertEqual(what, dispute.deadline_ids.display_name)
        self.assertEqual(words, "Certificate ends: renew it")
        self.assertIn("March 5", day)
        self.assertIn("June 10", end)
        self.assertIn("2 need you", self._digests(self.manager).subject)

    def test_each_reads_their_own_lines_and_no_others(self):
        dispute = self._case(
            DISPUTE, self._level("notify"), self._level("notify", role="owner")
        )
        mine, theirs = (self._certificate(one) for one in (self.manager, self.chief))
        self._let_it_lapse()
        self.assertEqual(
            self._paths(self.manager), [self._path(dispute), self._path(mine)]
        )
        self.assertEqual(self._paths(self.chief), [self._path(theirs)])
        self.assertEqual(self._paths(self.handler), [self._path(dispute)])
        for nobody in (self.stranger, self.evaluator, self.sponsor, self.counsel):
            self.assertFalse(self._digests(nobody))

    def test_what_was_told_is_not_told_again(self):
        self._case(DISPUTE, self._level("notify"))
        self._certificate(self.manager)
        self._let_it_lapse()
        self._let_it_lapse()
        self.assertEqual(len(self._digests(self.manager)), 1)

    # ------------------------------------------------------------
    # What one may not read
    # ------------------------------------------------------------

    def test_nobody_hears_of_what_they_may_not_read(self):
        """The rest of the message is theirs all the same."""
        dispute = self._case(DISPUTE, self._level("notify"))
        referral = self._case(REFERRAL, self._level("notify"))
        certificate = self._certificate(self.manager)
        alarms = self.env["iso10003.alarm"]
        with patch.object(type(alarms), "_tell", lambda _alarms: None):
            self._let_it_lapse()
        fired = alarms.search([("user_id", "=", self.manager.id)])
        self.assertEqual(
            {alarm._get_record() for alarm in fired}, {dispute, referral, certificate}
        )
        # top management reads no privileged matter, and no certificates
        groups = self.env.ref("base.group_user") | self.sponsor_group
        self.manager.sudo().group_ids = groups
        self._sweep()
        self.assertEqual(self._paths(self.manager), [self._path(dispute)])
        for words in (referral.name, certificate.name):
            self.assertNotIn(words, self._digests(self.manager).body_html)
        self.assertTrue(all(fired.mapped("told")))

    def test_who_has_left_hears_of_nothing(self):
        dispute = self._case(DISPUTE, self._level("notify", role="owner"))
        fired = dispute.deadline_ids.alarm_ids
        with self._at(2026, 3, 12, 8):
            fired.write({"user_id": self.handler.id, "state": "fired"})
            self.handler.sudo().active = False
            self._sweep()
        self.assertFalse(self._digests(self.handler))
        self.assertTrue(all(fired.mapped("told")))

    def test_more_than_a_message_holds_is_counted(self):
        for _number in range(3):
            self._certificate(self.manager, name=f"Q-{_number}")
        with patch(f"{SWEEP}.DIGEST", 2):
            self._let_it_lapse()
        [digest] = self._digests(self.manager)
        self.assertEqual(len(self._rows(self.manager)), 2)
        self.assertIn("3 need you", digest.subject)
        more = lxml.html.document_fromstring(digest.body_html).xpath("//p")[-1]
        self.assertEqual(more.text_content().split(), ["Further", "limits", "1"])
