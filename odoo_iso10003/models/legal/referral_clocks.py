# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from odoo import fields, models

from ...core import docket

WHY = "authority"


class ReferralClocks(models.Model):
    """While an authority has the matter, clocks of the dispute may stand still.

    Which may, their rules say; that they shall, the referral does, until a day named
    from the beginning. They go on when the last such referral ends.
    """

    _inherit = "iso10003.referral"

    stops_clocks = fields.Boolean(
        "Clocks of the dispute stand still",
        tracking=True,
        help="From the filing until the end of the referral, as far as their rules "
        "let clocks be stopped.",
        sealed=True,
    )
    clocks_until = fields.Date(
        "At most until",
        tracking=True,
        help="Then they go on by themselves.",
        sealed=True,
    )

    def _wanted_to_file(self):
        wanted = super()._wanted_to_file()
        if self.stops_clocks:
            wanted.append(
                (
                    "clocks",
                    self.env._("Until when the clocks stand still, a day to come"),
                    self.clocks_until
                    and self.clocks_until > fields.Date.context_today(self),
                )
            )
        return wanted

    def _transition(self, step, reason=None):
        result = super()._transition(step, reason)
        if self.state == "filed":
            self._stop_clocks()
        elif self.state in docket.ENDS:
            self._release_clocks()
        return result

    def _stop_clocks(self):
        """Stop what may stand still, with a message on the dispute as its proof."""
        # counsel acts on a dispute that they read and others lead
        dispute = self.dispute_id.sudo()
        if not self.stops_clocks or not dispute or dispute._is_frozen():
            return
        deadlines = dispute.deadline_ids.filtered(
            lambda deadline: deadline.state == "running" and deadline.may_suspend
        )
        if not deadlines:
            return
        message = dispute.message_post(
            body=self.with_context(lang=dispute._get_leader().lang).env._(
                "An authority has the matter (%(number)s): clocks stand still.",
                number=self.name,
            ),
            subtype_xmlid="mail.mt_note",
        )
        deadlines.action_suspend(
            WHY,
            self._get_clocks_end(),
            message_id=message.id,
        )

    def _get_clocks_end(self):
        """Return the instant at which the last day ends where the dispute is led."""
        rules = self.env["iso10003.deadline.rule"]
        zone = ZoneInfo(rules._get_company_zone(self.company_id))
        end = datetime.combine(self.clocks_until, time(23, 59, 59), zone)
        return end.astimezone(UTC).replace(tzinfo=None)

    def _release_clocks(self):
        """Let go on what stands still because of this, unless another one holds it."""
        # what a referral stopped goes on with it, whoever leads the dispute
        dispute = self.dispute_id.sudo()
        holding = dispute.referral_ids.filtered(
            lambda other: other.stops_clocks and other.state in docket.WITH_AUTHORITY
        )
        if not self.stops_clocks or not dispute or holding or dispute._is_frozen():
            return
        now = fields.Datetime.now()
        dispute.deadline_ids.filtered(
            lambda deadline: (
                deadline.state == "suspended"
                and deadline._get_present_stop(now).reason == WHY
            )
        ).action_resume()
