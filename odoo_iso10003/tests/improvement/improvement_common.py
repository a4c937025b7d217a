# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields

from ..common import DisputeCase, DisputePeople

CRACKED = (
    "<p>The drum of the washing machine cracked after a few washes, and water ran "
    "over the kitchen floor.</p>"
)
LATE = "<p>The courier lost our wardrobe, and the hotline hung up on my husband.</p>"


class ImprovementPeople(DisputePeople):
    """Files that tell of the same, and others; the handler leads them all."""

    @classmethod
    def _set_up_improvement(cls):
        cls.env["iso10003.issue"].search([])._guarded_write({"state": "dismissed"})
        cls.old = cls.env["iso10003.dispute"].search([])
        cls.causes = cls.env["iso10003.cause"].with_user(cls.handler)
        cls.issues = cls.env["iso10003.issue"].with_user(cls.manager)

    @classmethod
    def _new_file(cls, description=CRACKED, user=None, partner=None, **values):
        partner = partner or cls.env["res.partner"].create({"name": "Somebody"})
        ticket = cls._new_ticket(
            name="Complaint", description=description, partner_id=partner.id
        )
        file = cls._open_dispute(ticket, user=cls.handler)
        if values:
            file.write(values)
        if user:
            file.sudo().write({"user_id": user.id, "team_id": False})
            file = file.with_user(user)
        return file

    @classmethod
    def _new_cause(cls, **values):
        return cls.causes.create(
            {"name": "Drum cracks", "kind": "product", "product": "W-17", **values}
        )

    @classmethod
    def _look(cls):
        """Look at all files as each night, and return what is proposed."""
        cls.env["iso10003.word"]._recount()
        before = cls.issues.search([])
        cls.env["iso10003.issue"]._look_at_files(cls.company)
        return cls.issues.search([]) - before

    @classmethod
    def _new_issue(cls, files, **values):
        issue = cls.issues.create({"name": "The drum cracks", **values})
        issue.action_take_files(files.ids)
        return issue

    @classmethod
    def _day(cls, days):
        return fields.Date.add(fields.Date.today(), days=days)


class ImprovementCase(ImprovementPeople, DisputeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._set_up_improvement()
