# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models
from odoo.fields import Command
from odoo.tools.i18n import format_list
from odoo.tools.mail import generate_tracking_message_id

from ...core import chain, letter_text

# what is read apart from the rest of a letter, and needed to send it
HEAVY = ("partner_ids", "body", "scan")
QUEUE, COMMENT = "mail.ir_cron_mail_scheduler_action", "mail.mt_comment"


class LetterSending(models.Model):
    """How a letter leaves: once, to people who may have it, and frozen from then on.

    The mail is queued with its own Message-ID in the transaction that freezes the
    letter. If a worker dies before the mail server took it, it is sent later; if it
    dies after that, a second copy has the same Message-ID, by which mail servers know
    that it is the same.
    """

    _inherit = "iso10003.letter"

    def action_send(self):
        """Send the letter; what is sent already is not sent again.

        :raises UserError: when it cannot be: without text or addressee, with places
            that nothing filled, to somebody without a part in the file
        """
        self._lock()
        self._read_whole()
        for letter in self:
            letter._send()
        return {"type": "ir.actions.act_window_close"}

    def _send(self):
        case = self.file_id._get_case()
        case.check_access("write")
        if self.state != "draft":  # pressed twice
            return
        self._check_sendable()
        case._check_letter_rests(self)
        with self.env["iso10003.register"]._together():
            self._freeze(self._get_sent_day())
            self._dispatch()
            case._follow_letter(self)

    def _read_whole(self):
        """Read at once what is sent: the heavy fields too, that lists leave out.

        With whom it is for, who writes is read, whose address the mail bears.
        """
        names = [
            name
            for name, field in self._fields.items()
            if (field.prefetch is True or name in HEAVY)
            and self._has_field_access(field, "read")
        ]
        self.fetch(names)
        people = self.with_context(active_test=False).partner_ids
        # as where it goes, below
        everybody = {*people._ids, *self.env.user.partner_id._ids}
        people.browse(everybody).sudo().mapped("email")

    def _lock(self):
        taken = self.try_lock_for_update(allow_referencing=True)
        for letter in (self - taken)[:1]:
            raise letter._refusal(self.env._("somebody else is sending it right now."))
        self.invalidate_recordset(["state"])

    # ------------------------------------------------------------
    # What cannot be sent
    # ------------------------------------------------------------

    def _check_sendable(self):
        if self.channel == "message":
            self._take_over_mail()
        if self.channel == "elsewhere" and not self._is_said(self.reason):
            raise self._refusal(self.env._("say why and where it was sent."))
        self._check_people()
        self._check_mark()
        if self.channel != "elsewhere":
            self._check_text()
        if self.channel == "mail":
            self._check_addresses()

    def _check_addresses(self):
        # whether those whom it is for have an address is no secret to who writes
        if nowhere := self.partner_ids.sudo().filtered(lambda one: not one.email):
            raise self._refusal(
                self.env._(
                    "%(people)s has no e-mail address. Fill it in on the contact.",
                    people=format_list(self.env, nowhere.mapped("name")),
                )
            )

    def _check_text(self):
        if not (self.subject and letter_text.has_words(self.body)):
            raise self._refusal(self.env._("it has no text or no subject."))
        if gaps := letter_text.find_gaps(f"{self.subject}{self.body}"):
            raise self._refusal(
                self.env._(
                    "still to be written: %(gaps)s. Write it in their place, "
                    "or take them out.",
                    gaps=format_list(self.env, [f"⟦{gap}⟧" for gap in gaps]),
                )
            )

    def _check_mark(self):
        """What is without prejudice goes to both sides, and never to who decides."""
        if not self.without_prejudice:
            return
        case = self.file_id._get_case().sudo()  # who the sides are, whoever writes
        sides = case._get_parties() | case._get_never_told()
        # who works here reads what the wall lets them read, whoever writes to them
        users = self.partner_ids.sudo().user_ids
        sides |= users.filtered(lambda user: not user.share).partner_id
        if others := self.partner_ids - sides:
            raise self._refusal(
                self.env._(
                    "it is without prejudice, and %(people)s is on neither side: it "
                    "goes to the parties alone, and never to who decides.",
                    people=format_list(self.env, others.sudo().mapped("name")),
                )
            )

    def _check_people(self):
        if not self.partner_ids:
            raise self._refusal(self.env._("say whom it is for."))
        case = self.file_id._get_case()
        if strangers := self.partner_ids - case._filter_addressees(
            self.partner_ids, self.audience
        ):
            # whom they named themselves
            raise self._refusal(
                self.env._(
                    "%(people)s has no part in the file, or may not be told of it.",
                    # as above
                    people=format_list(self.env, strangers.sudo().mapped("name")),
                )
            )

    # ------------------------------------------------------------
    # Sent
    # ------------------------------------------------------------

    def _get_sent_day(self):
        if self.channel == "message":
            return self._get_company_day(self.picked_id.date)
        day = self.went_date if self.channel != "mail" else False
        return day or self.file_id._get_case()._get_company_day()

    def _freeze(self, day):
        """Keep what was sent, to whom, when and by whom."""
        self._guarded_write(
            {
                "state": "sent",
                "sent_date": day,
                "sent_by_id": self.env.uid,
                "digest": self._compute_digest(),
                "sent_to": self._list_recipients(),
                "unapproved": self._is_unapproved(),
            }
        )
        self._register_part("sent", {self: self._prepare_sent_data()})

    def _is_unapproved(self):
        """Return whether it began with a text of ours that nobody else approved."""
        return bool(self.template_id) and not self.template_id.approved

    def _compute_digest(self):
        return chain.sha256(f"{self.subject}\n{self.body or ''}")

    def _list_recipients(self):
        return [
            {
                "partner": one.id,
                "name": one.name,
                "address": self._get_address(one),
                "language": one.lang or "",
            }
            for one in self.partner_ids.sudo()  # where a letter goes, its file knows
        ]

    def _get_address(self, partner):
        if self.channel == "post":
            return (partner.contact_address_inline or "").strip(", ")
        return partner.email or ""

    def _prepare_sent_data(self):
        """Return what the register keeps of it, without personal data."""
        return {
            "channel": self.channel,
            "date": self.sent_date.isoformat(),
            "digest": self.digest,
            "language": self._get_language().code,
            "partners": sorted(self.partner_ids.ids),
            **self._prepare_scan_data(),
        }

    def _prepare_scan_data(self):
        if not self.scan:
            return {}
        return {"scan": self._digest_document(self.scan)}

    def _dispatch(self):
        if self.channel == "mail":
            self._queue_mail()

    # ------------------------------------------------------------
    # A mail that was the letter
    # ------------------------------------------------------------

    def _take_over_mail(self):
        """Let the letter say what the picked mail said, to whom it said it.

        :raises UserError: when it is none of this file, or not ours
        """
        mail = self.picked_id
        if not mail:
            raise self._refusal(self.env._("choose the mail that was the letter."))
        domain = self.file_id._get_case()._get_mail_domain()
        if not mail.filtered_domain(domain):
            raise self._refusal(
                self.env._("the chosen mail is not one that we sent on this file.")
            )
        said = mail.sudo()  # who may read the file was let in by the mail's own rules
        self.write(
            {
                "subject": said.subject or self.subject or self.file_id.display_name,
                "body": said.body,
                "partner_ids": [Command.set(said.partner_ids.ids)],
                "template_id": False,
            }
        )
        if self._find_by_mail([said.message_id]):
            raise self._refusal(self.env._("the chosen mail is a letter already."))
        self._guarded_write({"message_id": said.message_id})

    # ------------------------------------------------------------
    # What comes back
    # ------------------------------------------------------------

    @api.model
    def _find_by_mail(self, message_ids):
        """Return the letters whose mails have these numbers."""
        # whoever handles what comes back, of whichever file it is
        return self.sudo().search([("message_id", "in", list(message_ids))])

    def _come_back(self, address, why=""):
        """Note that a letter did not reach somebody, and give its owner a task."""
        for letter in self:
            known = (letter.undelivered or "").splitlines()
            if address in [line.split(" · ")[0] for line in known]:
                continue
            line = " · ".join(filter(None, [address, why]))
            letter._guarded_write({"undelivered": "\n".join([*known, line])})
            letter._register_part("undelivered", {letter: {}})
            letter._give_undelivered_task(address)

    def _give_undelivered_task(self, address):
        case = self.file_id._get_case()
        owner = case.user_id if case.user_id.active else case._get_stand_in()
        if not owner:
            return
        words = self.with_context(lang=owner.lang).env
        case.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=case._get_company_day(),
            user_id=owner.id,
            summary=words._(
                "The letter “%(subject)s” did not reach %(address)s: find another way",
                subject=self.subject,
                address=address,
            ),
        )

    # ------------------------------------------------------------
    # By e-mail
    # ------------------------------------------------------------

    def _queue_mail(self):
        """Queue the mail in this transaction, and wake who sends it."""
        self._guarded_write(
            {"message_id": generate_tracking_message_id(f"letter-{self.id}")}
        )
        # mails are the system's; who leads the file was asked above
        self.env["mail.mail"].sudo().create(self._prepare_mail())
        # kept at hand, unlike env.ref(), which looks each time whether it is there
        queue = self.env["ir.model.data"]._xmlid_to_res_id(QUEUE)
        # the mail leaves once this is committed
        self.env["ir.cron"].sudo().browse(queue)._trigger()

    def _prepare_mail(self):
        case = self.file_id._get_case()
        body = self._render_mail()
        return {
            "message_id": self.message_id,
            "model": case._name,
            "res_id": case.id,
            "subject": self.subject,
            # on the file it is read as it was sent
            "body": body,
            "body_html": body,
            "recipient_ids": [Command.set(self.partner_ids.ids)],
            # on the portal they read what is addressed to them
            "partner_ids": [Command.set(self.partner_ids.ids)],
            "subtype_id": self.env["ir.model.data"]._xmlid_to_res_id(COMMENT),
            "auto_delete": False,
        }

    def _render_mail(self):
        """Return the whole letter as HTML, in its language and direction."""
        writer = self.with_context(lang=self._get_written_lang())
        return self.env["ir.qweb"]._render(
            "odoo_iso10003.letter_mail",
            {"letter": writer},
            lang=self._get_written_lang(),
        )
