# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...core.chain import SealedText

TEXTS = ("char", "text", "html")
# what stands where a text was: no constraint misses it, and that there was one is seen
GONE = "–"
# what tells of people beside what is sealed by a digest, and fields that hold it
PERSONAL = {
    "iso10003.letter": ("sent_to", "undelivered"),
    "iso10003.file": ("subject",),
    "iso10003.dispute": ("stems", "hold_reason", "method_reason", "scope_reason"),
    "iso10003.deadline": ("name",),
    "iso10003.deadline.extension": ("reason",),
    "iso10003.hearing.adjournment": ("reason",),
}
# of records of other apps, which have much that is not ours
ELSEWHERE = {
    "helpdesk.ticket": ("name", "description"),
    "calendar.event": ("name", "description", "location"),
}
# of a file, but no part that says anything of itself
NOT_SEARCHED = {
    "iso10003.alarm",
    "iso10003.disposal",
    "iso10003.file",
    "iso10003.register",
}


class Disposing(models.AbstractModel):
    """How what a file said is destroyed: by kind, whatever belongs to it.

    All of it, whoever may read it: who decided that was asked before, and with all
    rights each query here finds and destroys.

    A text of people is what the register has by its digest alone; a content is
    whatever a binary field or an attachment holds. Parts are found by what they are
    linked to, so that what is added to a file later is found too.
    """

    _name = "iso10003.disposing"
    _description = "What is destroyed of a file"

    def _dispose(self, with_complaint, reason):
        """Destroy it, and return what was: ``files``, ``counts`` and ``sealed``.

        :param reason: why, as the register is told for its own texts
        """
        self.ensure_one()
        belongings = self._find_belongings()
        if with_complaint and self._is_last_of_complaint():
            belongings["helpdesk.ticket"] = self.ticket_id
        if hearings := belongings.get("iso10003.hearing"):
            belongings["calendar.event"] = hearings.event_id
        notes = self._erase_notes(belongings, reason)
        files, texts = [], []
        messages = self._find_messages(belongings)
        for model, records in belongings.items():
            files += self._destroy_files(Domain("res_model", "=", model), records.ids)
            texts += self._destroy_texts(records, self._list_texts(model))
        files += self._destroy_files(
            Domain("res_model", "=", messages._name), messages.ids
        )
        files += self._destroy_attached(messages)
        texts += self._destroy_texts(messages, ("body", "subject"))
        self._destroy_traces(messages)
        self._guarded_write({"disposed_date": self._get_company_day()})
        self.env.invalidate_all()
        return {
            "files": files,
            "counts": {
                "file_count": len(files),
                "text_count": len(texts),
                "message_count": len(messages),
                "note_count": notes,
            },
            "sealed": {
                "files": [
                    {name: one[name] for name in ("model", "record", "sha256")}
                    for one in files
                ],
                # one digest for all texts: of one alone it could be guessed
                "texts": SealedText("\n".join(sorted(texts))),
                "messages": len(messages),
                "count": len(texts),
            },
        }

    def _is_last_of_complaint(self):
        """Return whether no other file of its complaint is kept still."""
        others = self.ticket_id.dispute_ids - self
        return all(one.disposed_date for one in others)

    # ------------------------------------------------------------
    # What belongs to it
    # ------------------------------------------------------------

    def _find_belongings(self):
        """Return ``{model: records}`` of the file, its proceedings, all their parts."""
        cases = [self, *self.proceeding_ids]
        found = {
            self._name: self,
            "iso10003.proceeding": self.proceeding_ids,
            "iso10003.file": self.file_ids | self.proceeding_ids.file_ids,
        }
        links, ahead = self._find_links(), [*found.items()]
        while ahead:
            model, records = ahead.pop()
            for name, field, is_sure in links.get(model, ()):
                # all parts, also those that who decides does not read
                parts = self.env[name].sudo().with_context(active_test=False)
                parts = parts.search([(field, "in", records.ids)])
                if not is_sure:
                    parts = parts.filtered(
                        lambda one: one._get_registered_file() in cases
                    )
                known = found.get(name, parts.browse())
                if more := parts - known:
                    found[name] = known | more
                    ahead.append((name, more))
        return found

    @api.model
    def _find_links(self):
        """Return ``{model: [(model of its parts, their field, whether surely)]}``.

        A registered part says itself whose it is. What else tells of people, and is no
        part of its own, is named, and linked to what it hangs on.
        """
        part = self.env.registry["iso10003.registered.part"]
        case = self.env.registry["iso10003.filed"]
        found = {}
        for name, model in self.env.registry.items():
            is_part = issubclass(model, part)
            if (
                not name.startswith("iso10003.")
                or model._abstract
                or model._transient
                or issubclass(model, case)
                or name in NOT_SEARCHED
            ):
                continue
            for field in model._fields.values():
                if field.type != "many2one" or not field.store or field.related:
                    continue
                if is_part or (field.required and name in PERSONAL):
                    found.setdefault(field.comodel_name, []).append(
                        (name, field.name, not is_part)
                    )
        return found

    @api.model
    def _list_texts(self, model):
        """Return the names of fields in which people wrote, or that hold a file."""
        fields = self.env[model]._fields
        by_kind = [
            name
            for name, field in fields.items()
            if field.store
            and not field.related
            and (
                # amounts stay, those that the register keeps by digest, too
                (getattr(field, "sealed", False) == "digest" and field.type in TEXTS)
                or (field.type == "binary" and not field.attachment)
            )
        ]
        if model in ELSEWHERE:
            return ELSEWHERE[model]
        own = PERSONAL.get(model, ())
        return (*by_kind, *own)

    def _find_messages(self, belongings):
        every = self.env["mail.message"].sudo()  # as above
        return every.search(
            Domain.OR(
                Domain("model", "=", model) & Domain("res_id", "in", records.ids)
                for model, records in belongings.items()
            )
        )

    # ------------------------------------------------------------
    # Destroying
    # ------------------------------------------------------------

    def _erase_notes(self, belongings, reason):
        """Erase the free texts of the register, and return how many there were."""
        cases = [self, *belongings["iso10003.proceeding"]]
        # the texts go by the register's own way of erasing
        rows = self.env["iso10003.register"].sudo()
        rows = rows.search([("file", "in", [one._register_file() for one in cases])])
        notes = self.env["iso10003.register.note"].sudo()
        with_text = notes.search([("register_id", "in", rows.ids)]).register_id
        if with_text:
            with_text._erase_texts(reason)
        return len(with_text)

    def _destroy_files(self, place, ids):
        """Destroy the attachments of records, in fields or not."""
        stored = self.env["ir.attachment"].sudo()  # as above
        return stored.search(
            place
            & Domain("res_id", "in", ids)
            & (Domain("res_field", "=", False) | Domain("res_field", "!=", False))
        )._destroy()

    def _destroy_attached(self, messages):
        """Destroy what is attached to messages, and hangs nowhere else."""
        attached = messages.attachment_ids.sudo()  # as above
        ours = attached.filtered(
            lambda one: not one.res_id or one.res_model in ("mail.compose.message",)
        )
        return ours._destroy()

    @api.model
    def _destroy_texts(self, records, names):
        """Put a dash where somebody wrote, and return what was there, as a list.

        By SQL: what is fixed, frozen or closed is changed by nothing else, and who may
        was asked before.
        """
        texts = []
        for name in names if records else ():
            said = records.filtered(name)
            if not said:
                continue
            texts += [f"{one._name},{one.id},{name}: {one[name]}" for one in said]
            self.env.flush_all()
            self.env.cr.execute(
                SQL(
                    "UPDATE %s SET %s = %s WHERE id IN %s",
                    SQL.identifier(records._table),
                    SQL.identifier(name),
                    _write_gone(records._fields[name]),
                    tuple(said.ids),
                )
            )
            records.invalidate_model([name], flush=False)
        return texts

    def _destroy_traces(self, messages):
        """Destroy what was queued of messages, and what they say of former values."""
        self.env["mail.mail"].sudo().search(
            [("mail_message_id", "in", messages.ids)]
        ).write({"body_html": False})
        self.env["mail.tracking.value"].sudo().search(
            [("mail_message_id", "in", messages.ids)]
        ).unlink()
        # what was to be done in it, by whom
        self.with_context(active_test=False).activity_ids.unlink()


def _write_gone(field):
    """Return what stands in the place of a text, as SQL."""
    if field.type in ("binary", "json"):
        return SQL("NULL")
    gone = f"<p>{GONE}</p>" if field.type == "html" else GONE
    if field.translate:
        return SQL("jsonb_build_object('en_US', %s)", gone)
    return SQL("%s", gone)


class IrAttachment(models.Model):
    _inherit = "ir.attachment"

    def _destroy(self):
        """Delete contents for good, and return what they were of, with digests.

        What is held is refused all the same.
        """
        files = [
            {
                "model": one.res_model or one._name,
                "record": one.res_id or one.id,
                "sha256": hashlib.sha256(one.raw or b"").hexdigest(),
                "size": one.file_size,
            }
            for one in self
        ]
        # on what a clock was stopped, a limit names still: it is emptied
        stops = self.env["iso10003.deadline.suspension"].sudo()
        named = stops.search([("attachment_id", "in", self.ids)]).attachment_id
        named._empty_kept(GONE)
        (self - named)._unlink_kept()
        return files
