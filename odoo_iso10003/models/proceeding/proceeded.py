# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.fields import Domain

from ...core import proceeding as course
from ...core.story import Source, everything
from .proceeding import SHOWN_DAYS

RESOLUTION = "resolution"


class Proceeded(models.AbstractModel):
    """A dispute that goes through proceedings before bodies outside (7.5).

    Its method, its provider and the days on which its file was complete and its result
    was served are those of the proceeding in force. Entering 7.5 makes the first one
    of what a notice or an invitation settled; of what neither did, a person adds it.
    """

    _name = "iso10003.proceeded"
    _description = "File with proceedings"

    proceeding_ids = fields.One2many("iso10003.proceeding", "dispute_id")

    def _get_story_files(self):
        """What is on the files of its proceedings is told with its own."""
        files = super()._get_story_files()
        return files | self.sudo().proceeding_ids.file_ids  # as of its own

    def _get_story_sources(self):
        own = Domain("dispute_id", "=", self.id)
        return super()._get_story_sources() | {
            "iso10003.proceeding": Source(self.env._("Proceeding"), own, everything),
            "iso10003.hearing": Source(
                self.env._("Hearing"),
                Domain("proceeding_id", "any", own)
                & Domain("state", "!=", "cancelled"),
                everything,
            ),
        }

    # ------------------------------------------------------------
    # The proceeding in force
    # ------------------------------------------------------------

    def _find_proceeding_in_force(self):
        """Return the proceeding whose method, body and days the dispute shows.

        It is the last that a body has in hand, else the last that has not ended, else
        the last of all.
        """
        ordered = self.sudo().proceeding_ids.sorted("number")  # it shows what they say
        pending = ordered.filtered(lambda one: one.state in course.PENDING)
        open_ones = ordered.filtered(lambda one: one.state != course.ENDED)
        return (pending or open_ones or ordered)[-1:].with_env(self.env)

    def _show_proceeding(self):
        """Show method, body and days of the proceeding in force."""
        for dispute in self.sudo():  # it follows, whoever leads the proceeding
            one = dispute._find_proceeding_in_force()
            if not one or dispute._is_frozen():
                continue
            shown = {
                "method": one.method,
                "method_id": one.method_id.id,
                "provider_id": one.provider_id.id,
                **{name: one[name] for name in SHOWN_DAYS},
            }
            changed = {
                name: value
                for name, value in shown.items()
                if dispute._would_change(name, value)
            }
            if changed:
                dispute._guarded_write(changed)

    def _write_event(self, event, day, bare):  # pylint: disable=missing-return
        """Days that are recorded here are days of the proceeding in force."""
        super()._write_event(event, day, bare)
        name = self._get_deed_dates()[event]
        if name not in SHOWN_DAYS:
            return
        one = self._find_proceeding_in_force()
        if one and one._would_change(name, day):
            one.write({name: day})

    def _check_way_kept(self, vals):  # pylint: disable=missing-return
        """By which method and body a proceeding is led, it says itself."""
        super()._check_way_kept(vals)
        for dispute in self._changing("method", vals) | self._changing(
            "provider_id", vals
        ):
            one = dispute._find_proceeding_in_force()
            if one and one.state != course.ENDED:
                raise dispute._refusal(
                    self.env._(
                        "method and provider are those of proceeding %(number)s. End "
                        "it in the tab “Proceedings”, and add another.",
                        number=one.name,
                    )
                )

    def _settle_way(  # pylint: disable=missing-return
        self, method, partner, more, reason=None
    ):
        """Another way that was agreed on takes the place of one not begun yet."""
        one = self._find_proceeding_in_force()
        if one.state in course.PENDING:
            raise self._refusal(
                self.env._(
                    "a body has it in proceeding %(number)s. End that first.",
                    number=one.name,
                )
            )
        if one and one.state != course.ENDED:
            one.with_context(shown_state=False).action_end(
                "withdrawn", reason or self.env._("Another way was agreed on.")
            )
        super()._settle_way(method, partner, more, reason)
        if one:
            self._begin_proceeding()

    # ------------------------------------------------------------
    # Proposing one
    # ------------------------------------------------------------

    def _find_open_claims(self):
        # what is claimed, whoever proposes to deal with it
        return self.sudo().claim_ids.filtered(lambda claim: claim.state == "open")

    def _check_may_propose(self):
        """Who leads the file notes its proceedings, while it is open."""
        self.check_access("write")
        self._check_not_closed({"subject": self.subject})
        self._lock()

    def action_add_proceeding(self):
        """Ask before which body, and by which method, it goes."""
        self.ensure_one()
        self._check_may_propose()
        return self._open_dialog(
            "iso10003.proceeding",
            self.env._("Proceeding"),
            default_dispute_id=self.id,
            **{f"default_{k}": v for k, v in self._prepare_known_way().items()},
        )

    def _prepare_known_way(self):
        """Return what the file knows of the way that it shows, before its first one."""
        if self.sudo().proceeding_ids:  # that there are some, is no secret
            return {}
        providers = self.env["iso10003.provider"].sudo()  # which one it is, it says
        body = providers._find_of(self.provider_id, self.company_id)
        return {
            "method_id": self.method_id.id,
            "body_id": body.filtered("active").id,
            "begun_by": self.begun_by or "complainant",
            **self._prepare_taken_over(),
        }

    def _prepare_taken_over(self):
        """Return the days of a new proceeding; the first has those of the dispute."""
        today = self._get_company_day()
        if self.sudo().proceeding_ids:  # as above
            return {"proposed_date": today}
        days = {name: self[name] for name in sorted(SHOWN_DAYS) if self[name]}
        return {"proposed_date": min([today, *days.values()]), **days}

    # ------------------------------------------------------------
    # The first one, of what was settled
    # ------------------------------------------------------------

    def _bring_about(self, step):  # pylint: disable=missing-return
        """Who enters 7.5 goes before the body that was settled."""
        super()._bring_about(step)
        if self.state == RESOLUTION and step in ("forward", "reopen"):
            self._begin_first_proceeding()

    def _follow_notice(self, notice):  # pylint: disable=missing-return
        """A notice of 7.5 tells of a proceeding: one that is known, or another."""
        super()._follow_notice(notice)
        if self.state != RESOLUTION or not notice.provider_id:
            return
        if told := self._find_told_by(notice):
            told._be_told_by(notice)
        elif not self.sudo().proceeding_ids:
            self._begin_first_proceeding()
        elif notice.method_id:
            self._begin_proceeding(notice)

    def _find_told_by(self, notice):
        """Return the open proceeding of which a notice tells, if any."""
        corrected = notice.replaces_id
        return self.proceeding_ids.filtered(
            lambda one: (
                one.state != course.ENDED
                and (
                    one.body_id == notice.provider_id
                    or (corrected and one.notice_id == corrected)
                )
            )
        )[:1]

    def _settle_by(self, notice):  # pylint: disable=missing-return
        """What a proceeding settled, a notice does not settle anew."""
        if not self.sudo().proceeding_ids:  # as above
            super()._settle_by(notice)

    def _begin_first_proceeding(self):
        """Note the first one, where a notice or an invitation settled the way."""
        settled = self.part_line_id or self._find_first_notice(of_a_body=True)
        if settled and self.method_id and not self.sudo().proceeding_ids:
            self._begin_proceeding(self._find_first_notice(of_a_body=True))

    def _begin_proceeding(self, notice=None):
        """Note a proceeding of the settled way, or of the way that a notice says."""
        vals = self._prepare_settled_way()
        if notice:
            vals |= self._prepare_way_of(notice, bool(self.sudo().proceeding_ids))
        one = self.env["iso10003.proceeding"].create(vals)
        if notice and notice.provider_id.id == vals["body_id"]:
            one._be_told_by(notice)
        answered = self.part_answered_date
        if answered and answered >= one.proposed_date:
            # which state of the dispute a form showed, says nothing of its proceeding
            one.with_context(shown_state=False).action_answer(answered)
        return one

    def _prepare_settled_way(self):
        providers = self.env["iso10003.provider"].sudo()  # which one it is, it says
        body = providers._find_of(self.provider_id, self.company_id)
        sent = self.part_line_id.invitation_id.sent_date
        return {
            **self._prepare_taken_over(),
            **({"proposed_date": sent} if sent else {}),
            "dispute_id": self.id,
            "method_id": self.method_id.id,
            "body_id": body.id,
            "begun_by": self.begun_by or "organization",
        }

    def _prepare_way_of(self, notice, another):
        """Return what a notice says of its proceeding.

        :param another: whether it is one beside others, with a body of its own
        """
        said = {"proposed_date": notice.served_date, "begun_by": notice.begun_by}
        if another:
            said |= {
                "method_id": notice.method_id.id,
                "body_id": notice.provider_id.id,
                "claim_ids": notice.claim_ids.ids,
            }
        return said

    def _end_proceedings_by(self, result):
        """A result ends the proceeding that it comes of; a settlement ends them all."""
        ended = result.proceeding_id
        if result.kind == "settlement":
            ended |= self.proceeding_ids
        for one in ended:
            one._be_ended_by(result)

    def _note_result(self, outcome, *args, **kwargs):
        """The result that was noted ends the proceeding that brought it."""
        done = super()._note_result(outcome, *args, **kwargs)
        if one := self._find_proceeding_in_force():
            one._end_with(course.END_OF_RESULTS[outcome], self.outcome_date)
        return done

    # ------------------------------------------------------------
    # Gates and the card
    # ------------------------------------------------------------

    def _gate_proceedings_ended(self):
        """Each proceeding has ended, whatever else settled the matter."""
        proceedings = self.sudo().proceeding_ids  # as for all gates
        return all(one.state == course.ENDED for one in proceedings)

    def _get_gate_actions(self):
        shown = (self.env._("Show the proceedings"), "action_view_proceedings")
        return {
            **super()._get_gate_actions(),
            "proceedings_ended": shown,
        }

    def action_view_proceedings(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "odoo_iso10003.proceeding_action"
        )
        return {**action, "domain": [("dispute_id", "=", self.id)], "context": {}}

    # ------------------------------------------------------------
    # Who sits in them (4.9)
    # ------------------------------------------------------------

    def _find_seats(self):
        """Return who sits in the proceedings that have not ended."""
        open_ones = self.sudo().proceeding_ids.filtered(  # as for all gates
            lambda one: one.state != course.ENDED
        )
        return open_ones.seat_ids.filtered(lambda seat: seat.state != "left")

    def _read_resolver(self, person_id):
        """Who sits in a proceeding need not belong to its body."""
        sitting = self._find_seats().partner_id.filtered(
            lambda person: person.id == person_id
        )
        return sitting.with_env(self.env) or super()._read_resolver(person_id)

    def _gate_resolver_declared(self):
        """Where it is known who sits, each of them declared."""
        if seats := self._find_seats():
            return all(seats.mapped("declared"))
        return super()._gate_resolver_declared()

    # ------------------------------------------------------------
    # What was there before there were proceedings
    # ------------------------------------------------------------

    def _note_way_from_before(self):
        """Note the way of a file that stands in 7.5 or 7.6 as its first proceeding.

        Nothing is made up: when it was answered and admitted, nobody noted, and what
        neither method nor body says is no proceeding. What brought a result has ended.
        """
        for dispute in self:
            if dispute.proceeding_ids or not (dispute.method or dispute.provider_id):
                continue
            moves = dispute._read_moves().get(dispute.id, ())
            entered = {state: at.date() for at, state in moves}
            one = self.env["iso10003.proceeding"]._note_from_before(
                dispute, entered.get(RESOLUTION)
            )
            notice = dispute._find_first_notice(of_a_body=True)
            if notice and notice.provider_id.partner_id == dispute.provider_id:
                one._be_told_by(notice)

    # ------------------------------------------------------------
    # What follows on its proceedings
    # ------------------------------------------------------------

    def _hand_down_copies(self, names):  # pylint: disable=missing-return
        """Who leads and reads the dispute leads and reads its proceedings."""
        super()._hand_down_copies(names)
        for one in self.sudo().proceeding_ids:  # files are written by their cases
            copied = [
                name
                for name in names
                if one._get_file_copies()[name].startswith("dispute_id.")
            ]
            one.file_ids.write(one._prepare_file_vals(copied))
            if "user_id" in names:
                one.hearing_ids._sync_event()  # it stands in the calendar of who leads

    def _stop_telling(self, partners):  # pylint: disable=missing-return
        """Who takes part no more hears of its proceedings no more."""
        super()._stop_telling(partners)
        self.sudo().proceeding_ids._stop_telling(partners)  # as above

    def _reconsider_deadlines(self):  # pylint: disable=missing-return
        """What rules ask of the dispute, they ask for its proceedings too."""
        super()._reconsider_deadlines()
        self.sudo().proceeding_ids._reconsider_deadlines()  # as above
