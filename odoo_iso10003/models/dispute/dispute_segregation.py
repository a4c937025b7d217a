# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ...core import flow, segregation

# what the step to the next clause rests on, from this clause on
OWNED = ("owner",)
EVALUATED = ("owner", "evaluator", "findings")
BEFORE_EVALUATION = ("referral", "notice")


class DisputeSegregation(models.Model):
    """Who had which part in a dispute, and what they do not do therefore (4.9, 7.4)."""

    _name = "iso10003.dispute"
    # before what it is added to: who is named is asked after the file is there
    _inherit = ["iso10003.segregated", "iso10003.dispute"]

    _part_fields = {"owner": "user_id", "evaluator": "evaluator_id"}
    _part_groups = {
        "owner": "odoo_iso10003.group_handler",
        "evaluator": "odoo_iso10003.group_handler",
        "rejecter": "odoo_iso10003.group_handler",
        "overrider": "odoo_iso10003.group_manager",
        "authorizer": "odoo_iso10003.group_manager",
    }
    _noted_parts = ("findings",)

    # ------------------------------------------------------------
    # Who had which part
    # ------------------------------------------------------------

    def _find_complaint(self, rows):
        """Return who handled the complaint, now or before, whoever is noted there."""
        ticket = self.ticket_id.sudo()  # who handled it counts, whoever may read it
        people = self.complaint_handler_id | ticket.user_id | ticket.former_handler_ids
        found = dict.fromkeys(people.ids)
        for row in rows:
            if row["event"] == "opened":
                for user in row["data"].get("complaint_handlers") or ():
                    found[user] = row["at"]
        return found

    def _find_opener(self, rows):
        """Return who opened the file where nobody was noted to handle the complaint.

        They took it up; else one person alone would lead a file to its end.
        """
        return {
            row["actor"]: row["at"]
            for row in rows
            if row["event"] == "opened"
            and not row["data"].get("complaint_handlers", self.complaint_handler_id.ids)
        }

    def _find_owner(self, rows):
        found = self._find_changed(rows, "user_id")
        for row in rows:
            if row["event"] == "opened" and row["data"].get("owner"):
                found.setdefault(row["data"]["owner"], row["at"])
        return found

    def _find_evaluator(self, rows):
        """Return who is to evaluate, and who had evaluated when 7.4.1 was left."""
        found = {
            row["data"]["evaluator"]: row["at"]
            for row in rows
            if row["event"] == "transition" and row["data"].get("evaluator")
        }
        if self.evaluator_id:
            found.setdefault(self.evaluator_id.id, None)
        return found

    def _find_bystander(self, rows):
        """Return who wrote the findings last, if that is not the evaluator."""
        writer = self._find_findings_writer(rows)
        if not writer or writer["actor"] == self.evaluator_id.id:
            return {}
        return {writer["actor"]: writer["at"]}

    def _find_findings_writer(self, rows):
        """Return the row of who wrote the findings last."""
        written = [
            row
            for row in rows
            if self._get_change(row, "findings")
            or (row["event"] == "opened" and self._were_opened_with_findings(row))
        ]
        return written[-1] if written else None

    def _were_opened_with_findings(self, row):
        return bool((row["data"].get("values") or {}).get("findings"))

    def _find_noted_holder(self, part, rows):
        row = self._find_findings_writer(rows) if part == "findings" else None
        return self.env["res.users"].browse(row["actor"] if row else ())

    # ------------------------------------------------------------
    # What they do not do
    # ------------------------------------------------------------

    def _get_parts_taken(self, step, outcome):
        """Return the parts that a step rests on."""
        if step == "early_end" and outcome in segregation.REJECTIONS:
            return ("rejecter",)
        if step != "forward":
            return ()
        return OWNED if self.state in BEFORE_EVALUATION else EVALUATED

    def _find_conflicts(self, asked, **options):
        """Leave out the evaluator whom a manager let evaluate all the same."""
        return super()._find_conflicts(
            [
                (record, part, user)
                for record, part, user in asked
                if not (
                    part == "evaluator"
                    and record._name == self._name
                    and record.independence_override
                    and user == record.evaluator_id
                )
            ],
            **options,
        )

    def _prepare_gate_checklist(self, step="forward"):
        """Show what somebody has to answer for beside what is missing."""
        checklist = super()._prepare_gate_checklist(step)
        if step == "early_end" or self.state == flow.CLOSED:
            return checklist
        return checklist + [
            {
                "code": conflict.code,
                "clause": self.env["iso10003.segregation"]._write_clause(conflict.code),
                "name": self._describe_conflict(conflict),
                "advice": self._describe_others(conflict),
                "severity": "warn"
                if conflict.strength == segregation.TOLD
                else "block",
                "met": False,
            }
            for conflict in self._find_untold(self._get_parts_taken("forward", None))
        ]

    def _prepare_transition_data(self, step, from_state, way):
        data = super()._prepare_transition_data(step, from_state, way)
        if step == "forward" and from_state == "evaluation":
            data["evaluator"] = self.evaluator_id.id
        return data

    def _prepare_opened_data(self):
        ticket = self.ticket_id.sudo()  # as above
        handlers = ticket.user_id | ticket.former_handler_ids
        if ticket.create_uid == self.env.user and not self._have_worked(handlers):
            handlers |= self.env.user  # in whose name somebody enters it is no matter
        return {**super()._prepare_opened_data(), "complaint_handlers": handlers.ids}

    def _have_worked(self, handlers):
        """Return whether any of these people left a trace on the complaint."""
        ticket = self.ticket_id.sudo()  # as above
        written = ticket.message_ids.author_id & handlers.partner_id
        return bool(written or ticket.write_uid & handlers)


def handled_before():
    """Return a domain of the disputes whose evaluator had handled the complaint."""

    def to_sql(_model, alias, _query):
        return SQL(
            """EXISTS (SELECT FROM iso10003_ticket_handler_rel handler
                        WHERE handler.ticket_id = %s AND handler.user_id = %s)""",
            SQL.identifier(alias, "ticket_id"),
            SQL.identifier(alias, "evaluator_id"),
        )

    return Domain.custom(to_sql=to_sql)
