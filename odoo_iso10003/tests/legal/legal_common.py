# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
from datetime import date, datetime, timedelta

import lxml.html
from freezegun import freeze_time
from pypdf import PdfReader

from odoo import fields
from odoo.tests import TransactionCase, tagged

from ...core.working_time import day_of
from ..common import ADDON, DisputePeople
from ..deadline.deadline_common import DeadlineRules

COUNSEL = f"{ADDON}.group_counsel"
REPORT = f"{ADDON}.referral_dossier"
# 15 Farvardin 1405, on which a decision is served; the Iranian example
SERVED = date(2026, 4, 4)
# models with guarded fields in this room
LEGAL_GUARDED = {
    "iso10003.referral",
    "iso10003.referral.estimate",
    "iso10003.referral.provision",
    "iso10003.referral.review",
    "iso10003.hearing",
    "iso10003.hearing.adjournment",
}


class LegalPeople(DisputePeople):
    """The people of a dispute, a second counsel, and two courts."""

    @classmethod
    def _set_up_legal(cls):
        cls._set_up_people()
        # who leads what comes: approves, reviews
        cls.second_counsel = cls._new_user("second_counsel", COUNSEL)
        cls.appeal_court = cls.env["iso10003.authority"].create(
            {"name": "Court of appeal", "tz": "Asia/Tehran"}
        )
        cls.court = cls.env["iso10003.authority"].create(
            {
                "name": "Civil court",
                "tz": "Asia/Tehran",
                "appeal_authority_id": cls.appeal_court.id,
            }
        )
        cls.dispute = cls._open_dispute()
        cls.dispute.with_user(cls.handler).amount_claimed = 4000
        cls.today = fields.Date.today()

    @classmethod
    def _day(cls, days):
        return fields.Date.today() + timedelta(days=days)

    @classmethod
    def _limit_counsel(cls, limit):
        """Set the limit of the policy of the dispute, as if it were approved so."""
        cls.dispute.policy_id.sudo()._guarded_write({"counsel_limit": limit})

    @classmethod
    def _prepare_referral(cls, **values):
        return {
            "dispute_id": cls.dispute.id,
            "authority_id": cls.court.id,
            "basis": "contract",
            "legal_basis": "Article 10 of the contract",
            "reason": "The supplier refuses to pay what was agreed.",
            "counsel_id": cls.counsel.id,
            "reviewer_id": cls.chief.id,
            "limitation_date": cls._day(200),
            "limitation_rule": "Two years from delivery",
            **values,
        }

    @classmethod
    def _draft_referral(cls, user=None, **values):
        """Draft a referral the way counsel does."""
        referrals = cls.env["iso10003.referral"].with_user(user or cls.counsel)
        return referrals.create(cls._prepare_referral(**values))

    @classmethod
    def _step(cls, referral, question, **values):
        """Take a step with the dialog, as the buttons do."""
        action = referral.action_ask(question)
        dialog = referral.env[action["res_model"]].with_context(**action["context"])
        return dialog.create(values).action_confirm()

    @classmethod
    def _lead_referral(cls, referral, state):
        """Lead a referral of the counsel to ``state`` on the plain way."""
        if referral.state == "draft" and state != "draft":
            referral.with_user(cls.manager).action_approve()
        if referral.state == "approved" and state != "approved":
            cls._step(
                referral, "file", filed_date=cls._day(0), filing_number="F-1402-77"
            )
        if referral.state == "filed" and state != "filed":
            cls._step(referral, "take_up", docket_number="D-9/88")
        if referral.state == "pending" and state != "pending":
            cls._decide(referral)
        return referral

    @classmethod
    def _decide(cls, referral, **values):
        cls._step(
            referral,
            "decide",
            **{
                "decision_date": cls._day(0),
                "result": "for_other",
                "awarded": 3000,
                "duty_party": "organization",
                "duty_summary": "Pay the price back",
                "duty_date": cls._day(30),
                "appealable": "yes",
                "decision_served_date": cls._day(0),
                "appeal_until": cls._day(21),
                "appeal_rule": "Civil procedure, articles 336 and 445",
                **values,
            },
        )

    @classmethod
    def _plan_hearing(cls, referral, **values):
        start = datetime.combine(cls._day(20), datetime.min.time()) + timedelta(hours=7)
        return referral.env["iso10003.hearing"].create(
            {
                "referral_id": referral.id,
                "start": start,
                "duration": 2,
                "location": "Room 4",
                **values,
            }
        )

    @classmethod
    def _logged(cls, record):
        rows = cls.env["iso10003.register"].search(
            [("file", "=", record._register_file())], order="sequence"
        )
        return rows.mapped("event")


@tagged("-at_install", "post_install")
class LegalCase(LegalPeople, TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_legal()

    def _sweep_on(self, day):
        """Let the scheduled action run on the morning of ``day``."""
        self.env.flush_all()
        with freeze_time(f"{day} 06:00:00"), self.enter_registry_test_mode():
            self.env.ref(f"{ADDON}.cron_escalate").method_direct_trigger()
        self.env.invalidate_all()

    def _find_next_reminder(self, record, reminder):
        """Return the day on which the next reminder comes, or nothing."""
        [*alarms] = record._find_reminders().filtered(
            lambda alarm: (alarm.ladder, alarm.state) == (reminder, "pending")
        )
        return alarms and day_of(alarms[0].at, record._get_reminder_zone())


class DossierPrints:
    """Print the dossier of the matter ``first`` the way a user does."""

    def _reports(self, user, lang="en_US"):
        return self.env["ir.actions.report"].with_user(user).with_context(lang=lang)

    def _html(self, user, referral=None):
        html, _kind = self._reports(user)._render_qweb_html(
            REPORT, (referral or self.first).ids, data={"report_type": "pdf"}
        )
        return lxml.html.document_fromstring(html.decode())

    def _text(self, user, referral=None):
        return " ".join(self._html(user, referral).text_content().split())

    def _print(self, user, lang="en_US", records=None):
        content, _kind = (
            self._reports(user, lang)
            .with_context(force_report_rendering=True, tz="Asia/Tehran")
            ._render_qweb_pdf(REPORT, (records or self.first).ids)
        )
        reader = PdfReader(io.BytesIO(content))
        return reader, " ".join(self._page_texts(reader))

    def _page_texts(self, reader):
        return [
            " ".join(page.extract_text().split()).replace("\u202f", " ")
            for page in reader.pages
        ]


class LegalRules(LegalPeople, DeadlineRules):
    """The legal room with a policy whose rules count."""

    @classmethod
    def _appeal_rule(cls, **values):
        return cls._rule(
            "appeal",
            **{
                "name": "Decide whether to appeal",
                "start_event": "decision_served",
                "end_event": "appeal_decided",
                "quantity": 20,
                "exclude_action": True,
                "abroad_quantity": 2,
                "abroad_unit": "month30",
                "roll": "next",
                "may_suspend": False,
                **values,
            },
        )

    @classmethod
    def _limitation_rule(cls, code="limitation", **values):
        return cls._rule(
            code,
            **{
                "name": "File the claim",
                "start_event": "claim_arose",
                "end_event": "referral_filed",
                "quantity": 2,
                "unit": "month",
                "legal_basis": "Article 12 of the contract",
                **values,
            },
        )

    def _policy(self, *rules):
        """Let these rules be those of the dispute and its referrals."""
        self._enforce(*rules)
        self.dispute = self._open_dispute(self._new_ticket())
        self.dispute.amount_claimed = 4000

    def _decided(self, **values):
        referral = self._lead_referral(
            self._draft_referral(dispute_id=self.dispute.id, **values), "pending"
        )
        self._decide(
            referral,
            appeal_until=False,
            appeal_rule=False,
            decision_date=SERVED,
            decision_served_date=SERVED,
        )
        return referral

    def _limit(self, referral, code="appeal"):
        return referral.deadline_ids.filtered(
            lambda deadline: deadline.rule_id.code == code
        )
