# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import is_html_empty

from .obligation import OURS, VOID

PRESENT, MISSING, NOT_APPLICABLE = "present", "missing", "na"


class Recorded(models.AbstractModel):
    """What the file of a dispute has to hold, and whether it does (16 CFR 703.6).

    A list of ten things that is used well beyond the law it comes from. What cannot be
    there yet, or is not wanted of this file, is not applicable; nothing is inferred
    from a date where a paper or a letter would show it.
    """

    _name = "iso10003.recorded"
    _description = "File that holds what is wanted"

    def _list_contents(self):
        """Return ``[(what, state, detail)]``: what is wanted, and what is there.

        :return: states are ``present``, ``missing`` and ``na``
        """
        self.ensure_one()
        return [
            self._judge_content(words, *self._find_content(code))
            for code, words in self._get_contents().items()
        ]

    def _get_contents(self):
        """Return ``{code: words}`` of what the file has to hold."""
        return {
            "parties": self.env._("Who the parties are, and how to reach them"),
            "received": self.env._("When it was received, and when the end was told"),
            "subject": self.env._("What was bought: order, invoice or contract"),
            "letters": self.env._("All letters"),
            "evidence": self.env._("All other evidence, and notes of talks"),
            "oral": self.env._("What was said in sessions and hearings"),
            "decision": self.env._("How it was resolved, and when"),
            "reasons": self.env._("Why it was resolved so, and who decided"),
            "disclosed": self.env._("What the parties were told of that"),
            "performance": self.env._("What we were to do, and that it was done"),
            "follow_up": self.env._("What was written afterwards"),
        }

    def _judge_content(self, words, wanted, found):
        """Return one line: found is a list of what is there, in words."""
        state = PRESENT if found else MISSING if wanted else NOT_APPLICABLE
        return words, state, " · ".join(found)

    def _find_content(self, code):
        return getattr(self, f"_find_content_{code}")()

    def _find_content_parties(self):
        people = self.party_ids.partner_id | self.partner_id
        reached = people.filtered(lambda one: one.email or one.phone or one.street)
        return True, reached.mapped("name")

    def _find_content_received(self):
        began = self.notice_date or self.sudo().ticket_id.complaint_date
        told = self.informed_date if self._has_ended() else began
        return True, [self.env._("On record")] if began and told else []

    def _find_content_subject(self):
        kind = self.env.ref("odoo_iso10003.document_kind_order", False)
        papers = self.document_ids.filtered(
            lambda one: kind and self._get_kind_key(one.kind_id) == kind
        )
        wanted = bool(kind and kind._filter_wanted_for(self.category_id))
        return wanted, papers.mapped("display_name")

    def _find_content_letters(self):
        sent = self.letter_ids.filtered(lambda letter: letter.state == "sent")
        return bool(self.notice_date), self._tell_count(len(sent))

    def _find_content_evidence(self):
        return bool(self.notice_date), self._tell_count(len(self.document_ids))

    def _find_content_oral(self):
        """What was said; nothing is wanted where nobody met."""
        held = self.proceeding_ids.hearing_ids.filtered(lambda one: one.state == "held")
        silent = held.filtered(lambda one: is_html_empty(one.summary))
        return bool(held), [] if silent else self._tell_count(len(held))

    def _find_content_decision(self):
        results = self.result_ids.filtered(lambda one: one.effect == "effective")
        told = results.mapped("display_name")
        if not told and self.outcome:
            told = [self._selection_label("outcome")]
        return self._has_ended(), told

    def _find_content_reasons(self):
        """The words of each result; who sat, where a body decided."""
        results = self.result_ids.filtered(lambda one: one.effect == "effective")
        told = results.filtered(lambda one: (one.text or "").strip() or one.document)
        people = told.proceeding_id.seat_ids.filtered(lambda one: not one.left_date)
        words = [*told.mapped("display_name"), *people.sudo().partner_id.mapped("name")]
        return bool(results), words if told == results else []

    def _find_content_disclosed(self):
        letter = self.informed_date and self._find_letter("closing", self.informed_date)
        return self._has_ended(), [letter.subject] if letter else []

    def _find_content_performance(self):
        owed = self.obligation_ids.filtered(
            lambda one: one.owed_by == OURS and one.state not in VOID
        )
        if owed:
            waits = owed.filtered(lambda one: not one.done_date)
            return True, [] if waits else self._tell_count(len(owed))
        wanted = self._has_ended() and bool(self.conceded_amount)
        done = [self.env._("On record")] if self.implemented_date else []
        return wanted, done

    def _find_content_follow_up(self):
        day = self.informed_date
        later = self.letter_ids.filtered(
            lambda one: day and one.sent_date and one.sent_date > day
        )
        return False, self._tell_count(len(later))

    def _tell_count(self, count):
        return [self.env._("%(count)s on record", count=count)] if count else []

    def _has_ended(self):
        return self.state == "closed"
