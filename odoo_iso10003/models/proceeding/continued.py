# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Command

from ...core import proceeding as course


class Continued(models.AbstractModel):
    """A proceeding that the same body leads on by its next step (7.5).

    A view and then a decision, a conciliation and then a determination, an inquiry and
    then an arbitration: each is a proceeding of its own, that takes over reference,
    papers and claims. What is without prejudice stays behind, for it never reaches who
    decides. Limits of the body's whole case stay with the first one and run on.
    """

    _name = "iso10003.continued"
    _description = "Proceeding that is continued"

    continues_id = fields.Many2one(
        "iso10003.proceeding",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        guarded=True,
        sealed=True,
        help="What the same body did before in this matter.",
    )
    continued_by_ids = fields.One2many(
        "iso10003.proceeding", "continues_id", "Continued by", readonly=True
    )
    first_id = fields.Many2one(
        "iso10003.proceeding",
        "First at this body",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        guarded=True,
        help="With it the matter came to the body. Limits of the body's whole case "
        "stay there.",
    )
    paper_ids = fields.Many2many(
        "iso10003.document",
        "iso10003_proceeding_paper_rel",
        "proceeding_id",
        "document_id",
        "Papers taken over",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        ondelete="restrict",
        help="What the body has from what it did before; nothing without prejudice.",
    )

    _continued_once = models.UniqueIndex(
        "(continues_id) WHERE continues_id IS NOT NULL",
        "This proceeding is continued already.",
    )

    def action_continue(self, method_id=None):
        """Note the next step of the same body: a proceeding that continues this one.

        It takes over body, reference, papers and claims. Limits of the body's whole
        case stay with the first one and run on.

        :param method_id: of the catalogue; the method that may follow at this body,
            where there is one only
        :return: the action that opens it
        """
        self.ensure_one()
        self._check_expected_state()
        self._lock()
        self._check_continued()
        method = self.env["iso10003.method"].browse(method_id or ())
        method = method or self._find_next_method()
        if not method:
            return self.action_ask("continue")
        following = self._continue(method)
        return following.get_formview_action()

    # ------------------------------------------------------------
    # The next step at the same body
    # ------------------------------------------------------------

    def _check_continued(self):
        """Refuse to continue what has not ended so that the body may go on."""
        self.dispute_id._check_may_propose()
        self._check_not_continued()
        if self.ended_by not in course.LEADING_ON:
            raise self._refusal(
                self.env._(
                    "the body goes on with what it has dealt with. Note first how this "
                    "step ended."
                )
            )

    def _check_not_continued(self):
        if following := self.continued_by_ids[:1]:
            raise self._refusal(
                self.env._(
                    "it is continued by %(number)s already.", number=following.name
                )
            )

    def _find_next_method(self):
        """Return the one method that may follow at this body, or nothing."""
        methods = self._find_next_methods()
        return methods if len(methods) == 1 else methods.browse()

    def _find_next_methods(self):
        """Return the methods that this body offers and that may follow this one."""
        offered = self.env["iso10003.method"]._get_effective(self.company_id)
        # what the body offers, whoever may read providers
        services = self.body_id.sudo().service_ids
        if own := services._filter_valid(self._get_company_day()).method_id:
            offered &= own
        return offered.filtered(
            lambda one: one != self.method_id and one._may_follow(self.method_id)
        )

    def _continue(self, method):
        """Return the proceeding that continues this one, by another method."""
        following = self.create(
            {
                "dispute_id": self.dispute_id.id,
                "method_id": method.id,
                "body_id": self.body_id.id,
                "reference": self.reference,
                "begun_by": self.begun_by,
                "claim_ids": self._find_claims_to_continue().ids,
            }
        )
        following._guarded_write(
            {
                "continues_id": self.id,
                "first_id": self.first_id.id,
                "paper_ids": [Command.set(self._find_papers_to_continue().ids)],
            }
        )
        following._reopen_matter()
        self.dispute_id._show_proceeding()
        self._register_event("proceeding", following._prepare_continued_data())
        return following

    def _prepare_continued_data(self):
        return {
            "change": "continued",
            "proceeding": self.name,
            "method": self.method_id.id,
        }

    def _find_claims_to_continue(self):
        """Return the claims before it that are open still."""
        return self.claim_ids.filtered(lambda claim: claim.state == "open")

    def _find_papers_to_continue(self):
        """Return its papers and those it took over, but for what bears the mark."""
        papers = self.document_ids | self.paper_ids
        return papers.filtered(lambda paper: not paper.without_prejudice)

    # ------------------------------------------------------------
    # The whole matter before the body
    # ------------------------------------------------------------

    def _find_former(self):
        """Return what this one continues, back to the first at this body."""
        chain, former = self.browse(), self.sudo().continues_id  # of the same file
        while former:
            chain |= former
            former = former.continues_id
        return chain

    def _end_matter(self):
        """The whole matter before the body ends with its last step."""
        former = self._find_former()
        former._guarded_write({"body_ended_date": self.ended_date})
        former._freeze_deadlines(former.browse())

    def _reopen_matter(self):
        """What is of the whole matter before the body, runs on."""
        former = self._find_former()
        former._guarded_write({"body_ended_date": False})
        former._thaw_deadlines(former)


class PaperTaken(models.Model):
    _inherit = "iso10003.document"

    taken_by_ids = fields.Many2many(
        "iso10003.proceeding",
        "iso10003_proceeding_paper_rel",
        "document_id",
        "proceeding_id",
        "Taken over by",
        readonly=True,
        copy=False,
        guarded=True,
        ondelete="restrict",
    )
