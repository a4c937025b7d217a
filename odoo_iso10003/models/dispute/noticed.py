# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain

from ...core import flow
from ...core.story import Source, everything
from ..mixin.people_date import format_people_date
from .notice import BEGUN_BY

# what a new file is given of its notice: {field of the file: field of the notice}
GIVEN = {
    "new_notice_provider_id": "provider_id",
    "new_notice_reference": "reference",
    "new_notice_date": "received_date",
    "new_notice_reply_date": "reply_date",
    "new_notice_begun_by": "begun_by",
    "new_notice_pending": "pending_elsewhere",
}


class Noticed(models.AbstractModel):
    """A file with the notices by which it was served on us (7.3).

    The first notice says when it was served, who began, which body has it and from
    when its records are held; another body's is a second notice beside it. The body
    may refer it back for handling here first: then it goes on when that has ended.
    """

    _name = "iso10003.noticed"
    _inherit = ["iso10003.held"]
    _description = "File with notices"

    notice_ids = fields.One2many("iso10003.notice", "dispute_id", readonly=True)
    begun_by = fields.Selection(
        BEGUN_BY, "Who began", readonly=True, copy=False, guarded=True, sealed=True
    )
    notified_date = fields.Date(
        "Notified by the body on",
        copy=False,
        guarded=True,
        sealed=True,
        deed=True,
        help="When the body that resolves it told us of the dispute.",
    )
    # referred back to us
    referred_back_date = fields.Date(
        "Referred back on",
        readonly=True,
        copy=False,
        guarded=True,
        sealed=True,
        deed=True,
        help="When the body sent it back for us to handle it first.",
    )
    is_referred_back = fields.Boolean(
        "Referred back to us", readonly=True, copy=False, guarded=True, sealed=True
    )
    referred_back_limit_id = fields.Many2one(
        "iso10003.deadline",
        "Limit for handling it here",
        readonly=True,
        copy=False,
        ondelete="restrict",
        guarded=True,
        sealed=True,
    )
    # a direct notice, given with the new file
    new_notice_provider_id = fields.Many2one(
        "iso10003.provider", "Body", store=False, check_company=True
    )
    new_notice_reference = fields.Char("Reference of the body", store=False)
    new_notice_date = fields.Date("Reached us on", store=False)
    new_notice_reply_date = fields.Date("Reply wanted by", store=False)
    new_notice_begun_by = fields.Selection(BEGUN_BY, "Who began it", store=False)
    new_notice_pending = fields.Selection(
        [("no", "No"), ("yes", "Yes"), ("unknown", "Not known")],
        "Pending elsewhere",
        store=False,
    )

    def _get_story_sources(self):
        return super()._get_story_sources() | {
            "iso10003.notice": Source(
                self.env._("Notice"),
                Domain("dispute_id", "=", self.id) & Domain("state", "=", "recorded"),
                everything,
            )
        }

    @api.onchange("direct_notice")
    def _onchange_notice(self):
        """A direct notice reached us, most often today, from the complainant."""
        if self._origin:
            return
        if self.direct_notice:
            self.new_notice_date = self.new_notice_date or self._get_company_day()
            self.new_notice_begun_by = self.new_notice_begun_by or "complainant"
        else:
            self.update(dict.fromkeys(GIVEN, False))

    @api.model
    def _split_given_notices(self, vals_list):
        """Return the values of new files, and those of the notices given with them."""
        notices = [
            {name: vals[source] for source, name in GIVEN.items() if vals.get(source)}
            for vals in vals_list
        ]
        files = [
            {name: value for name, value in vals.items() if name not in GIVEN}
            for vals in vals_list
        ]
        return files, notices

    def _record_given_notices(self, notices):
        """Record on new files the notices that they were given."""
        self.env["iso10003.notice"].create(
            [
                {
                    **file._prepare_notice_vals(),
                    "received_date": False,
                    **vals,
                    "dispute_id": file.id,
                }
                for file, vals in zip(self, notices, strict=True)
                # one of which only the choices of the form are there is none
                if vals.keys() - {"begun_by", "pending_elsewhere"}
            ]
        )

    # ------------------------------------------------------------
    # Recording a notice
    # ------------------------------------------------------------

    def action_record_notice(self):
        """Ask for the notice: the body, when and how it was served, what it claims."""
        self.ensure_one()
        self._check_expected_state()
        self._check_may_record_notice()
        return self._open_dialog(
            "iso10003.notice",
            self.env._("Record the notice"),
            default_dispute_id=self.id,
        )

    def _record_notice_and_go_on(self):
        action = self.action_record_notice()
        return {**action, "context": {**action["context"], "leads_on": True}}

    def action_notice_has_come(self):
        """Ask for the notice that has come; recording it leads the file to 7.3.

        One that is on record already leads it there at once, and so does whatever
        stands in the way: it is told before anything is asked.
        """
        self.ensure_one()
        way = self._ask_the_way()
        if self.notice_date or way.unmet or way.conflicts:
            return self.action_advance()
        return self._record_notice_and_go_on()

    def _take_step_on(self):
        if self.state == flow.STATES[0]:
            return self.action_notice_has_come()
        return super()._take_step_on()

    def _check_may_record_notice(self):
        for file in self:
            file.check_access("write")
            file._check_not_frozen()
            file._lock()

    def _prepare_notice_vals(self):
        """Return what a notice on this file begins with."""
        self.ensure_one()
        file = self.sudo()  # what it begins with, who leads the file may read
        providers = self.env["iso10003.provider"].sudo()
        provider = providers._find_of(file.provider_id, file.company_id)
        return {
            "provider_id": provider.filtered("active").id
            if file.provider_id and not file.notice_ids
            else False,
            "begun_by": file.begun_by or "complainant",
            "party_id": file._find_claiming().filtered("leads").id,
            "claim_ids": [
                fields.Command.set(
                    file.claim_ids.filtered(lambda one: one.state == "open").ids
                )
            ],
        }

    def _take_notice(self, notice):
        """Let the file follow a notice that was recorded on it."""
        self.ensure_one()
        self._settle_by(notice)
        self._date_by(notice)
        self._hold_records()
        notice._let_reply_run()
        self._follow_notice(notice)
        if self.env.context.get("leads_on"):
            self.with_context(shown_state=False)._lead_on()

    def _follow_notice(self, notice):
        """Do what follows from a notice in rooms above; called once it is recorded."""

    def _settle_by(self, notice):
        """The first notice settles who began, the body and the method, unless known."""
        if self._find_first_notice() != notice:
            return
        if self.begun_by != notice.begun_by:
            self._guarded_write({"begun_by": notice.begun_by})
        body = notice.provider_id.sudo().partner_id  # whoever may read providers
        former = notice.replaces_id.provider_id.sudo().partner_id
        if body and (not self.provider_id or self.provider_id == former):
            self.write({"provider_id": body.id})
        if notice.method_id and not self.method:
            self.write({"method": notice.method_id.kind})
            self._guarded_write({"method_id": notice.method_id.id})

    def _find_first_notice(self, of_a_body=False):
        """Return the first notice that holds; what corrects it takes its place."""
        # which notices there are, who leads the file knows
        standing = self.sudo().notice_ids.filtered(
            lambda one: one.state == "recorded" and (one.provider_id or not of_a_body)
        )
        first = standing.sorted(lambda one: one._get_first_version().id)[:1]
        return first.with_env(self.env)

    def _date_by(self, notice):
        """The first notice says when it was served, and the body's when it told us.

        A date of before, of which nobody knows by which notice it came, stays.
        """
        if self._find_first_notice() == notice and (
            not self.notice_date
            or self._is_bare("notice_received")
            or notice.replaces_id
        ):
            self._note_event_by("notice_received", notice)
        if self._find_first_notice(of_a_body=True) == notice:
            self._note_event_by("notified", notice)

    def _note_event_by(self, event, notice):
        former = self[self._get_deed_dates()[event]]
        if former == notice.served_date and not self._is_bare(event):
            return
        self._write_event(event, notice.served_date, bare=False)
        self._register_happened(event, notice.served_date, former, notice=notice.id)

    def _record_event(self, event, day, reason, scan, scan_name):
        """A bare date is given where no notice says it, and holds the records too."""
        told_by = {"notice_received": False, "notified": True}
        if event in told_by and self._find_first_notice(told_by[event]):
            raise self._refusal(
                self.env._(
                    "its notice says when. Press “Correct the notice” in the tab "
                    "“7.3 Notice”."
                )
            )
        result = super()._record_event(event, day, reason, scan, scan_name)
        if event == "notice_received" and day:
            self._hold_records()
        return result

    # ------------------------------------------------------------
    # Referred back to us
    # ------------------------------------------------------------

    def action_ask_referred_back(self):
        """Ask until when the body wants us to handle it ourselves."""
        return self.action_ask("refer_back")

    def action_refer_back(self, until=None, reason=None, date=None):
        """Note that the body sent it back for us to handle it first (7.3).

        Also after our own handling had ended. What is settled meanwhile is ended by
        :meth:`action_settle_here`; else :meth:`action_go_on` takes it up again.

        :param until: the last day that the body has set
        :param reason: what the body said; kept in the register
        :param date: on which it was referred back; today when not given
        """
        self.ensure_one()
        self.check_access("write")
        self._check_expected_state()
        self._check_not_frozen()
        if self.is_referred_back:
            raise self._refusal(
                self.env._("it is referred back to us already. Let it go on first.")
            )
        self._need_reason(reason)
        if not until:
            raise self._refusal(
                self.env._("say until when the body wants us to handle it.")
            )
        self._check_given("referred_back_date", date)
        deadlines = self.env["iso10003.deadline"]
        deadlines._check_given("due_date", until)
        day = fields.Date.to_date(date) or self._get_company_day()
        if fields.Date.to_date(until) < day:
            raise self._refusal(
                self.env._(
                    "it cannot be handled here until %(until)s: it was referred back "
                    "on %(day)s.",
                    until=format_people_date(
                        self.env, fields.Date.to_date(until), "short"
                    ),
                    day=format_people_date(self.env, day, "short"),
                )
            )
        self._lock()
        limit = deadlines._start_without_rule(
            self, "refer_back", until, set_by_id=self.provider_id.id
        )
        self._say_reason(reason)
        self._guarded_write(
            {
                "referred_back_date": day,
                "is_referred_back": True,
                "referred_back_limit_id": limit.id,
            }
        )
        if self.waiting_on != "organization":
            self.write({"waiting_on": "organization"})
        self._register_event(
            "referred_back",
            {"date": day.isoformat(), "until": limit.due_date.isoformat()},
            reason,
        )
        return True

    def action_settle_here(self, reason=None, date=None, amount=None, currency_id=None):
        """End a file that was referred back to us, for it was settled here meanwhile.

        What we give is weighed as with any result. What is owed by the settlement is
        carried out first: the file ends with it.

        :param reason: what was agreed; kept in the register
        :param date: the day of the settlement; today when not given
        :param amount: what we give, zero is an answer
        :param currency_id: of the amount; the currency of the file when not given
        """
        self.ensure_one()
        self.check_access("write")
        self._check_not_frozen()
        if not self.is_referred_back:
            raise self._refusal(self.env._("it is not referred back to us."))
        self._need_reason(reason)
        if amount and not self.implemented_date:
            raise self._refusal(
                self.env._(
                    "fill in “Carried out on” once we have given what was agreed; the "
                    "file ends with it."
                )
            )
        given = (amount, currency_id)
        return self._end_early(flow.SETTLED_HERE, reason, date, given)

    def action_go_on(self):
        """Let it go on at the body: it was not settled here, and the limit ends."""
        self.ensure_one()
        self.check_access("write")
        self._check_expected_state()
        self._check_not_frozen()
        if not self.is_referred_back:
            raise self._refusal(self.env._("it is not referred back to us."))
        self._lock()
        limit = self.referred_back_limit_id
        if limit.state in (*limit.RUNNING, "lapsed"):
            limit.action_meet(self._get_company_day())
        self._guarded_write({"is_referred_back": False})
        self._register_event("went_on", {})
        return True

    # ------------------------------------------------------------
    # Gates and the card
    # ------------------------------------------------------------

    def _gate_not_referred_back(self):
        return not self.is_referred_back

    def _gate_pending_elsewhere(self):
        """Each notice says that no other body has the matter, or that nobody knows."""
        # as for all gates
        standing = self.sudo().notice_ids.filtered(lambda one: one.state == "recorded")
        return all(one.pending_elsewhere in ("no", "unknown") for one in standing)

    def _get_gate_actions(self):
        return {
            **super()._get_gate_actions(),
            "notice_received": (
                self.env._("Record the notice"),
                "_record_notice_and_go_on",
            ),
            "not_referred_back": (self.env._("It goes on"), "action_go_on"),
            "pending_elsewhere": (
                self.env._("Show the notices"),
                "action_view_notices",
            ),
        }

    def action_view_notices(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.notice_action"
        )
        return {**action, "domain": [("dispute_id", "=", self.id)], "context": {}}

    # ------------------------------------------------------------
    # Letters
    # ------------------------------------------------------------

    @api.model
    def _get_letter_places(self):
        return {
            **super()._get_letter_places(),
            "notice_body": self.env._("Body that the notice came from"),
            "notice_reference": self.env._("Reference of the body"),
        }

    def _get_letter_words(self):
        # what stands in its letters, the file itself knows
        notice = self.sudo()._find_first_notice()
        return {
            **super()._get_letter_words(),
            "notice_body": notice.provider_id.partner_id.name or "",
            "notice_reference": notice.reference or "",
        }
