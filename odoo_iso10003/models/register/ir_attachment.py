# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib

from odoo import api, models
from odoo.exceptions import UserError

from ...core.chain import SealedText

# what an attachment is: whose, where, and with which content
IDENTITY = {"res_model", "res_id", "res_field", "name", "type", "url"}
CONTENT = {"raw", "datas", "db_datas"}


class IrAttachment(models.Model):
    """What was put on file stays as it is, and what hangs on a file leaves rows.

    The content of a ``fixed`` field is neither replaced, moved nor deleted through its
    attachment. An attachment of a file, or of a part of one, may come and go: the
    register says when, by whom, and with which digest.
    """

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        attachments = super().create(vals_list)
        attachments._check_no_client_puts_on_file()
        self._register_attachments(attachments._seal_on_file(), "came")
        return attachments

    def write(self, vals):
        if not vals.keys() & (IDENTITY | CONTENT):
            return super().write(vals)
        self._check_not_in_use()
        held = self._find_preserving()
        kept = self._filter_kept().union(*held)
        seals = {attachment: attachment._seal_content() for attachment in kept}
        former = self._seal_on_file()
        result = super().write(vals)
        # as it was, such as when an administrator moves contents to other storage
        touched = [a for a in kept if a._seal_content() != seals[a]]
        self.browse().union(*(a for a in touched if a in held))._refuse_preserved()
        self.browse()._refuse_kept(touched)
        (self - kept)._check_no_client_puts_on_file()
        self._register_moves(former, self._seal_on_file())
        return result

    def unlink(self):
        self._check_not_in_use()
        # the record itself is gone first where it may be deleted
        self._refuse_kept(self._filter_kept())
        self._register_attachments(self._seal_on_file(), "went")
        return super().unlink()

    def _unlink_kept(self):
        """Delete what was put on file, too, for who destroys it by decision.

        Rows of the register say so for all of it; what is held is refused as ever.
        """
        return super().unlink()  # pylint: disable=super-method-mismatch

    def _empty_kept(self, name):
        """Leave nothing of what something still names but that it was there."""
        # pylint: disable-next=super-method-mismatch
        return super().write({"name": name, "raw": b""})

    def _find_preserving(self):
        """What hangs on a record that is held, is held with it."""
        # where they hang is asked for the file
        return self._find_preserving_of(
            {
                one: (one.res_model, one.res_id)
                for one in self.sudo()
                # a picture of a contact, and the like, is a value of its field
                if not one.res_field or (one.res_model or "").startswith("iso10003.")
            }
        )

    def _check_not_in_use(self):
        """Refuse to change or delete what something else keeps, in rooms above."""

    # ------------------------------------------------------------
    # What was put on file
    # ------------------------------------------------------------

    def _filter_kept(self):
        """Return the contents of fields that stay, of records that are still there.

        Those of ``fixed`` ones for everybody, those of others of ours for clients.
        """
        # what an attachment belongs to is asked for the record, not for the user
        client = not self.env.su
        fixed = self.sudo().filtered(
            lambda attachment: (
                attachment._is_fixed() or (client and attachment._is_value())
            )
        )
        by_model = fixed.grouped("res_model")
        present = {
            name: set(self.env[name].browse(of_model.mapped("res_id")).exists().ids)
            for name, of_model in by_model.items()
        }
        return fixed.filtered(lambda a: a.res_id in present[a.res_model])

    def _is_fixed(self):
        if not self.res_field or self.res_model not in self.env:
            return False
        field = self.env[self.res_model]._fields.get(self.res_field)
        return bool(getattr(field, "fixed", False))

    def _is_value(self):
        """Return whether it is the content of a field of ours.

        Its record changes that, with all that this asks, and no client beside it.
        """
        return bool(self.res_field) and (self.res_model or "").startswith("iso10003.")

    def _check_no_client_puts_on_file(self):
        """Refuse a second content: what is downloaded is the newest.

        Fields store theirs with all rights.
        """
        if not self.env.su:
            self._refuse_kept(self._filter_kept())

    def _refuse_kept(self, kept):
        for attachment in kept:
            # named by its class and number: a title may be privileged
            raise UserError(
                self.env._(
                    "%(kind)s No. %(number)s was put on file and stays as it is.",
                    kind=self.env["ir.model"]._get(attachment.res_model).name,
                    number=attachment.res_id,
                )
            )

    # ------------------------------------------------------------
    # What hangs on a file
    # ------------------------------------------------------------

    def _seal_on_file(self):
        """Return ``{attachment: (file, seal)}`` for those of files in the register."""
        return {
            attachment: (file, attachment._seal_content())
            # as in _filter_kept
            for attachment in self.sudo()
            if not attachment.res_field
            if (file := attachment._find_registered_file())
        }

    def _find_registered_file(self):
        name = self.res_model
        if not self.res_id or not name or not name.startswith("iso10003."):
            return None
        if name not in self.env:
            return None
        record = self.env[name].browse(self.res_id).exists()
        if record and hasattr(record, "_get_registered_file"):
            record = record._get_registered_file()
        return record if record and hasattr(record, "_register_file") else None

    def _seal_content(self):
        content = self.raw if self.type == "binary" else (self.url or "").encode()
        return {
            "attachment": self.id,
            "of": f"{self.res_model},{self.res_id}",
            "field": self.res_field or None,
            "name": SealedText(self.name or ""),
            "sha256": hashlib.sha256(content or b"").hexdigest(),
        }

    def _register_moves(self, former, present):
        left, came, changed = {}, {}, {}
        for attachment in former.keys() | present.keys():
            was, now = former.get(attachment), present.get(attachment)
            if was and now and was[0] == now[0]:
                if was[1] != now[1]:
                    seal = {**now[1], "was": was[1]["sha256"]}
                    changed[attachment] = now[0], seal
                continue
            if was:
                left[attachment] = was
            if now:
                came[attachment] = now
        self._register_attachments(left, "went")
        self._register_attachments(came, "came")
        self._register_attachments(changed, "changed")

    @api.model
    def _register_attachments(self, sealed, change):
        self.env["iso10003.register"]._append(
            [
                (file, "attachment", {"change": change, **seal}, None)
                for file, seal in sealed.values()
            ]
        )
