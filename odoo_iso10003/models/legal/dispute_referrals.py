# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...core import docket
from ...core.story import Source
from ..mixin.people_date import format_people_date

PRIVY = ",".join(
    f"odoo_iso10003.{group}"
    for group in ("group_counsel", "group_manager", "group_auditor")
)


class DisputeReferrals(models.Model):
    """What a dispute shows of its legal referrals.

    Handlers see that there is one, how it stands, its next date, and what its
    result obliges whom to do: these fields are computed with all rights and carry
    nothing else. The referrals themselves are for counsel, managers and auditors.
    """

    _inherit = "iso10003.dispute"

    referral_ids = fields.One2many("iso10003.referral", "dispute_id", groups=PRIVY)
    # compute_sudo in the fields below: numbers, states, dates, and the summary that
    # is written for the handlers, of files that the reader leads anyway
    legal_state = fields.Selection(
        [
            ("none", "None"),
            ("open", "Open"),
            ("ended", "Ended"),
        ],
        "Legal referral",
        compute="_compute_legal",
        compute_sudo=True,
        search="_search_legal_state",
    )
    referral_count = fields.Integer(
        "Referrals", compute="_compute_legal", compute_sudo=True
    )
    legal_next_date = fields.Date(
        "Next date of the referral", compute="_compute_legal", compute_sudo=True
    )
    legal_status = fields.Html(
        "Standing of the referrals",
        compute="_compute_legal_status",
        compute_sudo=True,
        sanitize=False,
    )

    def _compute_legal(self):
        referrals = (
            self.env["iso10003.referral"]
            .search_fetch(
                [("dispute_id", "in", self.ids)], ["dispute_id", "state", "next_date"]
            )
            .grouped("dispute_id")
        )
        for dispute in self:
            own = referrals.get(dispute, self.env["iso10003.referral"])
            open_ones = own.filtered(lambda one: one.state in docket.OPEN_STATES)
            dispute.referral_count = len(own)
            dispute.legal_state = "open" if open_ones else "ended" if own else "none"
            dispute.legal_next_date = min(
                filter(None, open_ones.mapped("next_date")), default=False
            )

    def _search_legal_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        # that a dispute has a referral, and whether it is open, is for its readers
        referrals = self.env["iso10003.referral"].sudo()
        with_any = referrals._search([("dispute_id", "!=", False)])
        with_open = referrals._search([("state", "in", docket.OPEN_STATES)])
        has_any = Domain("id", "in", with_any.subselect("dispute_id"))
        has_open = Domain("id", "in", with_open.subselect("dispute_id"))
        found = {"none": ~has_any, "open": has_open, "ended": has_any & ~has_open}
        return Domain.OR(found[code] for code in value if code in found)

    def _get_story_sources(self):
        """Who may read its referrals is told of them; nobody else, that there are."""
        return super()._get_story_sources() | {
            "iso10003.referral": Source(
                self.env._("Referral"), Domain("dispute_id", "=", self.id)
            )
        }

    @api.depends_context("lang")
    def _compute_legal_status(self):
        for dispute in self:
            # only what _list_legal_status names gets out of here
            rows = dispute.referral_count and dispute._list_legal_status()
            dispute.legal_status = rows and dispute._render_legal_status(rows)

    def _list_legal_status(self):
        """Return what readers of the file may know of each referral, as words."""
        referrals = self.env["iso10003.referral"].search(
            [("dispute_id", "=", self.id)], order="id"
        )
        return [
            [
                referral.name,
                referral._selection_label("kind", referral.kind),
                referral._selection_label("state", referral.state),
                format_people_date(self.env, referral.next_date, "short"),
                referral._selection_label("result", referral.result),
                *referral._describe_duty(),
            ]
            for referral in referrals
        ]

    def _render_legal_status(self, rows):
        heads = [
            self.env._("Referral"),
            self.env._("Instance"),
            self.env._("State"),
            self.env._("Next date"),
            self.env._("Result"),
            self.env._("Obliges"),
            self.env._("To do what"),
            self.env._("To be done by"),
        ]
        head = Markup().join(Markup("<th>%s</th>") % word for word in heads)
        body = Markup().join(
            Markup("<tr>%s</tr>")
            % Markup().join(Markup("<td>%s</td>") % word for word in row)
            for row in rows
        )
        return Markup(
            "<table class='table table-sm'><thead><tr>%s</tr></thead>"
            "<tbody>%s</tbody></table>"
        ) % (head, body)

    def _gate_legal_ended(self):
        """7.7: a file ends once no authority has it any more."""
        # that a legal matter is open is for all who read the file, and no more
        referrals = self.env["iso10003.referral"].sudo()
        return not referrals.search_count(
            [("dispute_id", "=", self.id), ("state", "in", docket.OPEN_STATES)],
            limit=1,
        )

    def action_refer(self):
        """Return the dialog that hands the dispute to counsel."""
        self.ensure_one()
        self._check_may_refer()  # no dialog to who may not confirm it
        return self._open_dialog(
            "iso10003.dispute.refer",
            self.env._("Refer to an authority"),
            default_dispute_id=self.id,
        )

    def _check_may_refer(self):
        """Who leads a dispute refers it, and so do counsel and managers."""
        self.ensure_one()
        if not self.has_access("write") and not (
            self.has_access("read")
            and self.env["iso10003.referral"].has_access("create")
        ):
            raise AccessError(
                self.env._(
                    "Only who leads a dispute, counsel or a dispute manager refers it "
                    "to an authority."
                )
            )

    def _list_keeping(self):
        """Nothing goes that a court may ask for; of a referral no more is told."""
        keeping = super()._list_keeping()
        if self.sudo().legal_state == "open":
            keeping.append(self.env._("a legal referral of it is open"))
        return keeping

    def action_view_referrals(self):
        """Show the referrals, to who may read them."""
        self.ensure_one()
        self.env["iso10003.referral"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.referral_action"
        )
        return {**action, "domain": [("dispute_id", "=", self.id)], "context": {}}
