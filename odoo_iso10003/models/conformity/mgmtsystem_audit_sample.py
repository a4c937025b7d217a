# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import secrets

from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...core import flow, sampling
from ..mixin.checks import Rule
from ..mixin.people_date import format_people_date
from .mgmtsystem_audit import SEEN_BY

# files of so many months before the audit may be drawn
PERIOD_MONTHS = 12


class MgmtsystemAuditSample(models.Model):
    """Which files an audit looks at: drawn by lot, so that anybody can draw again."""

    _inherit = "mgmtsystem.audit"

    sample_ids = fields.One2many("iso10003.audit.sample", "audit_id", groups=SEEN_BY)
    sample_seed = fields.Char(
        "Seed of the sample",
        copy=False,
        groups=SEEN_BY,
        help="What the lots are drawn with: chance, fixed when the audit was planned, "
        "behind words that were agreed, if any. Once the sample is drawn it stays.",
    )
    # drawn when the audit is planned, and told nobody until the lots are cast
    sample_secret = fields.Char(
        readonly=True, copy=False, groups="base.group_system", guarded=True
    )
    sample_commitment = fields.Char(
        "Commitment to the seed",
        readonly=True,
        copy=False,
        groups=SEEN_BY,
        guarded=True,
        help="SHA-256 of what the lots are drawn with, fixed when the audit was "
        "planned: nobody can have tried it on the files.",
    )
    sample_from = fields.Date("Files from", copy=False, groups=SEEN_BY)
    sample_to = fields.Date("Files until", copy=False, groups=SEEN_BY)
    sample_population = fields.Integer(
        "Files to draw from",
        readonly=True,
        copy=False,
        groups=SEEN_BY,
        guarded=True,
        least=0,
        most=10_000_000,
    )
    sample_date = fields.Datetime(
        "Drawn on", readonly=True, copy=False, groups=SEEN_BY, guarded=True
    )
    # number, group and weight of each file that could be drawn, to draw again
    sample_frame = fields.Json(
        "Files at the draw",
        readonly=True,
        copy=False,
        prefetch=False,
        groups="odoo_iso10003.group_manager,odoo_iso10003.group_auditor",
        guarded=True,
    )

    def _check_sample_kept(self, vals):
        if {"sample_seed", "sample_from", "sample_to"} & vals.keys():
            self._check_not_drawn()

    def _check_not_drawn(self):
        for audit in self:
            if audit.sample_date:
                raise UserError(
                    self.env._(
                        "The sample of audit “%(audit)s” is drawn and stays as it is.",
                        audit=audit.name or audit.reference,
                    )
                )

    def action_draw_sample(self):
        """Draw √n of the files, at least five, and all that are high or critical."""
        for audit in self:
            audit.check_access("write")
            audit._check_in_work()
            audit._check_not_drawn()
            disputes, frame = audit._prepare_frame()
            seed = audit._reveal_seed()
            drawn = sampling.draw([sampling.File(*file) for file in frame], seed)
            of_number = {dispute.name: dispute for dispute in disputes}
            self.env["iso10003.audit.sample"]._draw(
                audit, [(of_number[file.key], file) for file in drawn]
            )
            audit._guarded_write(
                {
                    "sample_seed": seed,
                    "sample_population": len(frame),
                    "sample_frame": frame,
                    "sample_from": audit._sample_period()[0],
                    "sample_to": audit._sample_period()[1],
                    "sample_date": fields.Datetime.now(),
                }
            )
            audit._note_sampled()
        return True

    def _commit_seed(self):
        """Fix what the lots will be drawn with before anybody sees the files."""
        for audit in self.filtered(
            lambda audit: audit.dispute_audit and not audit.sample_commitment
        ):
            # chance is nobody's: kept aside until the lots are cast
            secret = secrets.token_hex(8)
            commitment = hashlib.sha256(secret.encode()).hexdigest()
            audit.sudo()._guarded_write(
                {"sample_secret": secret, "sample_commitment": commitment}
            )
            if audit.programme_id:
                # the row is the system's, whoever plans the audit
                audit.programme_id.sudo()._register_event(
                    "seed_committed",
                    {"audit": audit.reference, "sha256": commitment},
                )

    def _reveal_seed(self):
        """Return the seed: words that were agreed, and the chance that was fixed."""
        self._commit_seed()
        # the lots are cast now, so everybody learns what with
        secret = self.sudo().sample_secret
        agreed = (self.sample_seed or "").strip()
        return f"{agreed}:{secret}" if agreed else secret

    def _keeps_commitment(self):
        """Whether the seed is the one that was fixed; older audits fixed none."""
        if not self.sample_commitment:
            return True
        secret = (self.sample_seed or "").rpartition(":")[2]
        return hashlib.sha256(secret.encode()).hexdigest() == self.sample_commitment

    def _sample_period(self):
        last = self.sample_to or fields.Date.context_today(self)
        return self.sample_from or last - relativedelta(months=PERIOD_MONTHS), last

    def _prepare_frame(self):
        """Return the files that may be drawn, and what the lot needs of each."""
        begin, end = self._sample_period()
        company = self.company_id or self.env.company
        disputes = self.env["iso10003.dispute"].search_fetch(
            Domain("company_id", "=", company.id)
            & Domain("opened_date", "<", end + relativedelta(days=1))
            & (Domain("closed_date", "=", False) | Domain("closed_date", ">=", begin)),
            ["name", "state", "outcome", "severity"],
            order="name",
        )
        if not disputes:
            raise UserError(
                self.env._(
                    "No dispute file was open between %(begin)s and %(end)s: there is "
                    "nothing to draw from. Choose another period.",
                    begin=format_people_date(self.env, begin),
                    end=format_people_date(self.env, end),
                )
            )
        frame = [
            [
                dispute.name,
                self._get_stratum(dispute),
                dispute.severity in ("2", "3"),
                # what is asked of closed files needs closed files
                "closed" if dispute.state == flow.CLOSED else "open",
            ]
            for dispute in disputes
        ]
        return disputes, frame

    def _get_stratum(self, dispute):
        """Return the group of a file: where it stands, and how it ended."""
        if dispute.state == flow.CLOSED:
            return f"{dispute.state},{dispute.outcome}"
        return dispute.state

    def _note_sampled(self):
        if self.programme_id:
            self.programme_id._register_event(
                "sampled",
                {
                    "audit": self.reference,
                    "seed": self.sample_seed,
                    "population": self.sample_population,
                    "drawn": len(self.sample_ids),
                    "files": self.sample_ids.mapped("dispute_id.id"),
                },
            )

    def action_verify_sample(self):
        """Draw again with the same seed from the same files, and compare."""
        self.ensure_one()
        self.check_access("read")
        if not self.sample_date:
            raise UserError(self.env._("No sample is drawn yet."))
        drawn = self.sample_ids.sorted("sequence").dispute_id.mapped("name")
        same = self._keeps_commitment() and self._draw_again() == drawn
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if same else "danger",
                "title": self.env._("Sample"),
                "message": self.env._("The same seed draws the same files.")
                if same
                else self.env._("The same seed draws other files: it was changed."),
                "sticky": not same,
            },
        }

    def _draw_again(self):
        """Return the numbers of the files that the lot draws from what was kept."""
        try:
            frame = [sampling.File(*file) for file in self.sample_frame or ()]
            return [file.key for file in sampling.draw(frame, self.sample_seed)]
        except (TypeError, ValueError):
            return []  # no list of files: it was changed, past all that forbids it

    # ------------------------------------------------------------
    # What an assessment asks
    # ------------------------------------------------------------

    def _audit_sample_kept(self, company):
        """105: has each closed audit a sample with its seed?"""
        return Rule(
            Domain("dispute_audit", "=", True) & Domain("state", "=", "done"),
            Domain("sample_date", "=", False) | Domain("sample_seed", "=", False),
        )
