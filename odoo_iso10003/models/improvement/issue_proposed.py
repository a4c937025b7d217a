# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...core import similar
from .issue import SETTLED

# so many files at most are compared with each other, the latest ones
COMPARED = 5000
# so many of the words that files share are told
WORDS = 8


class IssueProposed(models.Model):
    """What is proposed as an issue by looking at all files of a company.

    As many files with one cause, or as many that tell of the same in one category, as
    the policy in force says, within the months that it says. What somebody dismissed
    is not proposed again; a new file of an issue that is open is proposed for that.
    """

    _inherit = "iso10003.issue"

    def action_look_for_issues(self):
        """Ask for a look at all files now, in the background."""
        self.browse().check_access("create")
        return self.env["iso10003.job"]._ask("issues", self.env.company)._show()

    @api.model
    def _look_at_files(self, company):
        """Propose issues, and return how many are new.

        With the rights of who asks: a manager, or the system.
        """
        policy = self.env["iso10003.policy"]._in_force(
            company, company._get_company_day()
        )
        since = fields.Datetime.now() - relativedelta(months=policy.issue_months)
        files = self.env["iso10003.dispute"].search_fetch(
            Domain("company_id", "=", company.id)
            & Domain("opened_date", ">=", since)
            & Domain("issue_id", "=", False),
            ["stems", "cause_id", "category_id", "subject", "description"],
            limit=COMPARED,
        )
        by_cause = self._look_at_causes(company, files, policy.issue_files)
        by_words = self._look_at_words(company, files, policy.issue_files)
        return len(by_cause | by_words)

    @api.model
    def _look_at_causes(self, company, files, least):
        """Propose an issue of each cause that enough files have."""
        found = self.browse()
        for cause, having in files.filtered("cause_id").grouped("cause_id").items():
            issue = self.search([("cause_id", "=", cause.id), *self._alive(company)])
            new = having - self._find_dismissed(company, having)
            if issue:
                issue[:1]._add_candidates(new)
            elif len(new) >= least:
                vals = {"name": cause.name, "cause_id": cause.id}
                found |= self._propose(company, new, vals, "cause")
        return found

    @api.model
    def _look_at_words(self, company, files, least):
        """Propose an issue of each group of files that tell of the same."""
        found = self.browse()
        texts = {file.id: (file.stems or "").split() for file in files}
        kinds = {file.id: file.category_id.id for file in files}
        for group in similar.group(texts, least, kinds):
            members = [group.leader, *(key for key, _score in group.members)]
            alike = files.browse(members)
            new = alike - self._find_dismissed(company, alike)
            # those of one issue with its own files are more of the same
            issue = self.search(
                [("candidate_ids", "in", alike.ids), *self._alive(company)], limit=1
            )
            if issue:
                issue._add_candidates(new)
            elif len(new) >= least:
                leader = files.browse(group.leader)
                vals = {"name": self._name_group(company, leader)}
                words = self._name_words(leader, group.stems)
                found |= self._propose(company, new, vals, "words", words=words)
        return found

    @api.model
    def _name_group(self, company, leader):
        manager = company._get_any_manager()
        told = self.with_context(lang=manager.lang)
        category = leader.category_id.with_context(lang=manager.lang)
        if not category:
            return told.env._("Complaints that tell of the same")
        return told.env._(
            "Complaints that tell of the same: %(category)s", category=category.name
        )

    @api.model
    def _name_words(self, leader, stems):
        named = similar.name_stems(leader._read_complaint())
        return ", ".join(named.get(stem, stem).lower() for stem in stems[:WORDS])

    @api.model
    def _alive(self, company):
        return [("company_id", "=", company.id), ("state", "not in", SETTLED)]

    @api.model
    def _find_dismissed(self, company, files):
        """Return those of the files that were in a proposal which is no issue."""
        dismissed = self.search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "dismissed"),
                ("candidate_ids", "in", files.ids),
            ]
        )
        return dismissed.candidate_ids & files

    def _add_candidates(self, files):
        new = files - self.candidate_ids - self.dispute_ids
        if new:
            links = [Command.link(file.id) for file in new]
            self._guarded_write({"candidate_ids": links})

    @api.model
    def _propose(self, company, files, vals, found_by, reason=False, words=False):
        """Propose an issue to the manager who answers for the disputes of a company."""
        manager = company._get_any_manager()
        issue = self.create({**vals, "company_id": company.id, "user_id": manager.id})
        issue._guarded_write(
            {
                "state": "proposed",
                "found_by": found_by,
                "words": words,
                "why": reason,
                "candidate_ids": [Command.set(files.ids)],
            }
        )
        issue._register_event(
            "issue_proposed", {"by": found_by, "files": files.ids}, reason or None
        )
        issue._ask(
            "odoo_iso10003.activity_issue_proposed",
            {issue: manager},
            {issue: issue._get_today()},
            lambda one: one.env._("Is it an issue? %(name)s", name=one.name),
        )
        return issue
