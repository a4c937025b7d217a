# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...core.story import Source
from ..wall.told import NEVER, TOLD

INSIDE = ("internal", "privileged")
# of letters and documents, what parties have in hand
OUTSIDE = ("public", "parties")


class FiledLetters(models.AbstractModel):
    """What letters ask of a kind of file, and what a sent one does on it."""

    _inherit = "iso10003.filed"

    letter_ids = fields.One2many(related="file_ids.letter_ids", string="Letters")

    def _get_story_sources(self):
        return super()._get_story_sources() | {
            "iso10003.letter": Source(
                self.env._("Letter"),
                Domain("file_id", "in", self._get_story_files().ids)
                & Domain("state", "=", "sent"),
                for_parties=lambda letters: letters._filter_open_letters(),
            )
        }

    def _find_sent_letters(self, kinds, day):
        """Return the letters of these kinds that went on a day, the last one first.

        The form of a file asks this for each date that it was told of; by SQL, since
        most of the answers are none.
        """
        letters = self.env["iso10003.letter"]
        letters.flush_model(["file_id", "kind", "sent_date", "state"])
        rows = self.env.execute_query(
            SQL(
                """SELECT letter.id FROM iso10003_letter letter
                     JOIN iso10003_file file ON file.id = letter.file_id
                    WHERE file.model = %s AND file.res_id = ANY(%s)
                      AND letter.state = 'sent' AND letter.kind = ANY(%s)
                      AND letter.sent_date = %s
                    ORDER BY letter.id DESC""",
                self._name,
                list(self.ids),
                list(kinds),
                day,
            )
        )
        return letters.browse(letter for (letter,) in rows)

    # ------------------------------------------------------------
    # What a kind of file answers
    # ------------------------------------------------------------

    def _get_addressees(self, audience):
        """Return the contacts whom a letter of this file is for.

        :param audience: one of ``iso10003.letter``; what is for people who work here
            is addressed by hand
        """
        if audience in INSIDE:
            return self.env["res.partner"]
        return self._get_parties()

    def _get_language_of(self, partner):
        """Return the code of the language in which somebody is written to, if known."""
        return partner.sudo().lang  # what somebody reads is no secret

    def _get_named_people(self):
        """Return the contacts that this file names: its parties, its provider."""
        case = self.sudo()  # who takes part in it, whoever writes to them
        return self.env["res.partner"].union(
            case._get_parties(),
            *(
                case[name]
                for name, field in case._fields.items()
                if field.comodel_name == "res.partner"
                and field.store
                and not name.startswith("message_")
            ),
        )

    def _get_mail_domain(self):
        """Return which messages may have been a letter: mails of ours to somebody."""
        return (
            Domain("model", "=", self._name)
            & Domain("res_id", "=", self.id)
            & self._get_our_mails_domain()
        )

    @api.model
    def _get_our_mails_domain(self):
        return (
            Domain("message_type", "in", ["comment", "email_outgoing", "auto_comment"])
            & Domain("is_internal", "=", False)
            & Domain("partner_ids", "!=", False)
            & Domain("author_id.user_ids.share", "=", False)
        )

    @api.model
    def _get_letter_events(self):
        """Return ``{kind of letter: events}`` that have happened once it is sent."""
        return {}

    @api.model
    def _get_letter_places(self):
        """Return ``{name: label}`` of what fills places in texts of letters."""
        return {
            "addressee": self.env._("Who gets the letter"),
            "today": self.env._("The day on which it is written"),
            "number": self.env._("Number of the file"),
            "subject": self.env._("What the file is about"),
            "company": self.env._("Our name"),
            "owner": self.env._("Who leads the file"),
            # what only people know: a gap until somebody writes it
            "answer": self.env._("our answer"),
            "reasons": self.env._("our reasons"),
            "until": self.env._("until when"),
            "done": self.env._("what was done"),
            "what_next": self.env._("what happens next, and by when"),
        }

    def _get_letter_words(self):
        """Return ``{name: word}`` for the places, in the language of the context."""
        case = self.sudo()  # what stands in its letters, the file itself knows
        return {
            "number": case.name or "",
            "subject": case.subject or "",
            "company": case.company_id.name,
            "owner": case.user_id.name or "",
        }

    def _get_letter_words_of(self, kind):
        """Return ``{name: word}`` for places that only letters of a kind fill."""
        return {}

    def _check_letter_rests(self, letter):
        """Refuse to send a letter that rests on a deed that was not done."""

    # ------------------------------------------------------------
    # Letters
    # ------------------------------------------------------------

    def action_write_letter(self, kind="other"):
        """Open a new letter of this kind, with its text and its addressees.

        :param kind: a choice of ``iso10003.letter``
        """
        self.ensure_one()
        self.check_access("write")  # no letter for who may not send it
        kinds = self.env["iso10003.letter"]._fields["kind"]
        labels = dict(kinds._description_selection(self.env))
        return self._open_new_letter(labels[kind], kind=kind)

    def _open_new_letter(self, title, **values):
        """Return the dialog with a new letter of this file that begins with these."""
        values["file_id"] = self.file_ids.id
        return self._open_dialog(
            "iso10003.letter",
            title,
            **{f"default_{name}": value for name, value in values.items()},
        )

    def _filter_addressees(self, partners, audience="parties"):
        """Return those to whom a letter for this audience may be addressed."""
        standing = self._get_standing(partners)
        # who takes part in it, whoever writes to them
        parties, named = self.sudo()._get_parties(), self._get_named_people()
        if audience in INSIDE:
            return partners.filtered(
                lambda one: standing[self.id, one.id] == TOLD and one not in parties
            )
        return partners.filtered(
            lambda one: (
                standing[self.id, one.id] == TOLD
                or (one in named and standing[self.id, one.id] != NEVER)
            )
        )

    def _follow_letter(self, letter):
        """Let follow on the file what a sent letter tells."""
        for event in self._get_letter_events().get(letter.kind, ()):
            self._happen_by(event, letter)

    def _happen_by(self, event, letter):
        """Note that an event has happened by this letter."""

    def _tell_letter_remarks(self, letter):
        """Return in words what this kind of file misses in a sent letter."""
        return []


class FileLetters(models.Model):
    _inherit = "iso10003.file"

    letter_ids = fields.One2many("iso10003.letter", "file_id", "Letters", readonly=True)
