# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import Form

from ..common import PAPER
from .result_common import ResultCase

SECRET = "Zarafshan"


class OfferCase(ResultCase):
    """A file in 7.5 with one claim of 500, and offers as people make and note them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.offers = cls.env["iso10003.offer"].with_user(cls.handler)

    @classmethod
    def _draft(cls, amount=300, user=None, **values):
        """Write an offer of ours, as the dialog does."""
        dispute = cls.dispute.with_user(user or cls.handler)
        action = dispute.action_make_offer()
        offers = dispute.env["iso10003.offer"].with_context(**action["context"])
        form = Form(offers)
        for name, value in {
            "terms": f"We pay towards the {SECRET} drum.",
            "amount": amount,
            **values,
        }.items():
            setattr(form, name, value)
        return form.save()

    @classmethod
    def _make_offer(cls, amount=300, user=None, went=None, **values):
        """Make an offer of ours by its letter, which went on a day."""
        offer = cls._draft(amount, user, **values)
        cls._send_letter(offer.action_make(), went)
        return offer

    @classmethod
    def _send_letter(cls, action, went=None):
        letters = cls.env[action["res_model"]].with_user(cls.handler)
        form = Form(letters.with_context(**action["context"]))
        if went:
            form.channel = "post"
            form.went_date = went
        letter = form.save()
        letter.action_send()
        return letter

    @classmethod
    def _note(cls, amount=450, **values):
        """Note an offer of theirs, as the dialog does."""
        action = cls.dispute.with_user(cls.handler).action_note_offer()
        form = Form(cls.offers.with_context(**action["context"]))
        for name, value in {
            "terms": f"They want more for the {SECRET} drum.",
            "amount": amount,
            "channel": "email",
            "proof": PAPER,
            **values,
        }.items():
            setattr(form, name, value)
        return form.save()

    @classmethod
    def _step(cls, offer, question, user=None, **values):
        """Answer the dialog of a deed, and press its button."""
        offer = offer.with_user(user or cls.handler)
        action = offer.action_ask(question)
        steps = offer.env[action["res_model"]].with_context(**action["context"])
        form = Form(steps)
        for name, value in values.items():
            setattr(form, name, value)
        return form.save().action_confirm()
