# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from .party import ACTING, BY_MANDATE, CLAIMING

# in which capacity somebody follows; who comes in by mistake of ours, or by a new
# mandate, in that of the former
SUCCESSORS = {"death": "heir", "assignment": "assignee"}
# who can end how: whoever died may have had any capacity
ENDING = {
    "majority": ("guardian",),
    "assignment": CLAIMING,
    "mandate_ended": (
        *ACTING,
        "third_party",
        "lawyer",
        "own_lawyer",
        "expert",
        "witness",
    ),
}


class PartyChange(models.Model):
    """Changes of parties, each a deed: why somebody left, and who follows."""

    _inherit = "iso10003.party"

    def action_show_mandate(self, document, name=None, kind=None, date=None):
        """Put on file the document on which it rests that they act.

        :param document: its content, in base64
        :param kind: a code of ``mandate_kind``; as noted when not given
        :param date: of the document
        """
        self.ensure_one()
        self._check_may_change()
        if self.capacity not in BY_MANDATE:
            raise self._refusal(
                self.env._("they take part by themselves, and no document is wanted.")
            )
        if self.mandate_sha256:
            raise self._refusal(
                self.env._(
                    "their document is on file and stays there. For another one, end "
                    "the former mandate and note the new one."
                )
            )
        digest = self._digest_document(document, name)
        if not digest:
            raise self._refusal(self.env._("attach the document."))
        self._check_given("mandate_date", date)
        self._check_mandate_kind(kind)
        self._guarded_write(
            {
                "mandate": document,
                "mandate_name": name,
                "mandate_kind": kind or self.mandate_kind,
                "mandate_date": date or self.mandate_date,
                "mandate_sha256": digest,
            }
        )
        self._get_case().with_env(self.env)._follow_mandate_shown()
        return True

    def _check_mandate_kind(self, kind):
        """Refuse a kind of document that there is not, and say which there are."""
        kinds = dict(self._fields["mandate_kind"]._description_selection(self.env))
        if kind and kind not in kinds:
            raise self._refusal(
                self.env._(
                    "“%(kind)s” is no kind of document. Choose one of: %(kinds)s.",
                    kind=kind,
                    kinds=", ".join(f"{code} ({name})" for code, name in kinds.items()),
                )
            )

    def action_end(self, kind, reason, date=None, successor=None):
        """Note that somebody takes part no more, and who follows.

        What they claimed and what happened stays; they read nothing any more and are
        not written to.

        :param kind: a code of ``end_kind``
        :param date: of what happened; today when not given
        :param successor: values of the party that follows, with at least
            ``partner_id``; who succeeds into a claim reads once the document is there
        :raises UserError: when it cannot be so, or is not theirs to say
        """
        self.ensure_one()
        self._check_may_change()
        self._check_ending(kind, reason)
        case = self._get_case().with_env(self.env)
        case._lock()
        case._check_may_end(self)
        self._check_given("ended_date", date)
        day = fields.Date.to_date(date) or self._get_company_day()
        led, former = self.leads, self._read_told(self.file_id)
        self._write_unfollowed({"end_kind": kind, "ended_date": day, "leads": False})
        self.flush_recordset()  # the next one may lead
        if kind == "death":
            self._note_death(day)
        follower = self._note_successor(kind, successor, led)
        # only now: where nobody follows, another one leads on
        self._follow_cases(former)
        case._register_event(
            "party_changed",
            {
                "kind": kind,
                "party": self.id,
                "partner": self.partner_id.id,
                "capacity": self.capacity,
                "day": day.isoformat(),
                "successor": follower.partner_id.id or None,
            },
            reason,
        )
        case._follow_change_of_party(self, follower)
        return True

    def _check_ending(self, kind, reason):
        kinds = dict(self._fields["end_kind"]._description_selection(self.env))
        if self.end_kind:
            raise self._refusal(
                self.env._(
                    "they left the file already: %(how)s.",
                    how=self._selection_label("end_kind"),
                )
            )
        if kind not in kinds:
            raise self._refusal(self.env._("say why it ended."))
        if self.capacity not in ENDING.get(kind, (self.capacity,)):
            raise self._refusal(
                self.env._(
                    "“%(how)s” does not end the part of a “%(capacity)s”. Choose "
                    "another reason.",
                    how=kinds[kind],
                    capacity=self._selection_label("capacity"),
                )
            )
        if not self._is_said(reason):
            raise self._refusal(self.env._("a reason is needed; it is kept on record."))

    def _note_death(self, day):
        """Nobody writes to who has died, and nobody acts for them any more."""
        # a fact of the file, whoever may change contacts
        self.partner_id.sudo().deceased_date = day
        others = self.file_id.sudo().party_ids.filtered(
            lambda party: party != self and not party.end_kind
        )
        for_nobody_else = not others.filtered(lambda party: party.capacity in CLAIMING)
        acting = others.filtered(
            lambda party: (
                party.capacity in ACTING
                and (party.for_id == self or (not party.for_id and for_nobody_else))
            )
        )
        acting._write_unfollowed({"end_kind": "mandate_ended", "ended_date": day})

    def _note_successor(self, kind, successor, led):
        """Note who follows, who leads where the former did."""
        if not (successor or {}).get("partner_id"):
            return self.browse()
        capacity = SUCCESSORS.get(kind, self.capacity)
        partner = self.env["res.partner"].browse(successor["partner_id"])
        partner.check_access("read")
        if partner == self.partner_id:
            raise self._refusal(
                self.env._(
                    "“%(name)s” cannot follow themselves. Choose who does.",
                    name=partner.name,
                )
            )
        taken_over = self if kind in SUCCESSORS else self.for_id
        return self.create(
            {
                "channel": self.channel,
                **successor,
                "file_id": self.file_id.id,
                "capacity": capacity,
                "for_id": taken_over.id,
                "leads": led,
            }
        )
