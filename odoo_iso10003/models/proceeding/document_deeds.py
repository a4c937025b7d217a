# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from ...core.story import Fact


class DocumentDeeds(models.Model):
    """What is done with a document on file, and whether it may go to somebody."""

    _inherit = "iso10003.document"

    restricted = fields.Boolean(
        "May not be shown",
        compute="_compute_restricted",
        help="An order, a term or a law forbids it today, to all but whom it names.",
    )

    @api.depends("sha256")
    def _compute_restricted(self):
        restricted = self.env["iso10003.restriction"]._filter_restricted(self)
        for document in self:
            document.restricted = document in restricted

    # ------------------------------------------------------------
    # Lifting the mark, checking a copy
    # ------------------------------------------------------------

    def action_ask_lift(self):
        """Ask on what ground the mark is lifted."""
        self.ensure_one()
        self._check_may_lift()
        return self._open_dialog(
            "iso10003.document.lift",
            self.env._("Lift the mark"),
            default_document_id=self.id,
        )

    def _check_may_lift(self):
        self.check_access("write")
        if not self.env.user.has_group("odoo_iso10003.group_manager"):
            raise AccessError(
                self.env._("Only a dispute manager lifts the mark of a document.")
            )
        if not self.without_prejudice:
            raise self._refusal(self.env._("it is not without prejudice."))
        if self.create_uid == self.env.user:
            raise self._refusal(
                self.env._("you put it on file. Another manager lifts its mark.")
            )

    def action_lift_mark(self, ground=None, reason=None, basis_id=None):
        """Let a document be told of to who decides, as a manager who did not file it.

        :param ground: ``both`` (both sides say so, in a document) or ``law``
        :param reason: which law, or what was agreed; kept in the register
        :param basis_id: the document by which both sides say so
        """
        self.ensure_one()
        self._check_may_lift()
        case = self.file_id._get_case()
        case._refuse_paper_change()
        if ground not in ("both", "law") or not self._is_said(reason):
            raise self._refusal(
                self.env._("say by which law, or what both sides agreed.")
            )
        basis = self.browse(basis_id or ()).exists()
        if ground == "both" and (not basis or basis.file_id != self.file_id):
            raise self._refusal(
                self.env._("name the document on this file by which both sides say so.")
            )
        case._lock()
        vals = {"without_prejudice": False, "mark_lifted_by_id": self.env.uid}
        if not self.exhibit_number:
            vals["exhibit_number"] = case._get_matter()._take_exhibit_number()
        before = self._read_sealed(vals)
        self._guarded_write(vals)
        self._register_changes(
            self._find_sealed_changes(before), ground=ground, basis=basis.id or None
        )
        case._register_event(
            "mark_lifted",
            {"document": self.id, "ground": ground, "basis": basis.id or None},
            reason,
        )
        return True

    def action_check_redaction(self):
        """Say that what others may not read is taken out, as somebody else."""
        self.ensure_one()
        self.check_access("write")
        if not self.redacts_id or self.checked_by_id:
            raise self._refusal(self.env._("it is no redacted copy to be checked."))
        if self.create_uid == self.env.user:
            raise self._refusal(
                self.env._("you made the copy. Somebody else checks it.")
            )
        before = self._read_sealed(["checked_by_id"])
        self._guarded_write({"checked_by_id": self.env.uid})
        self._register_changes(self._find_sealed_changes(before))
        return True

    # ------------------------------------------------------------
    # Making others of it
    # ------------------------------------------------------------

    def action_replace(self):
        """Ask for a newer version, which names this one."""
        return self._open_made_of("replaces_id", self.env._("Newer version"))

    def action_redact(self):
        """Ask for a copy in which others may not read everything."""
        return self._open_made_of("redacts_id", self.env._("Redacted copy"))

    def _open_made_of(self, link, title):
        self.ensure_one()
        self.check_access("write")
        return self._open_dialog(
            self._name,
            title,
            default_file_id=self.file_id.id,
            default_name=self.name,
            default_kind_id=self.kind_id.id,
            default_source=self.source,
            default_without_prejudice=self.without_prejudice,
            **{f"default_{link}": self.id},
        )

    def action_note_disclosure(self):
        """Ask who sent it to us, or to whom it went."""
        self.ensure_one()
        self.check_access("write")
        return self._open_dialog(
            "iso10003.disclosure",
            self.env._("Sent or received"),
            default_document_id=self.id,
        )

    def _list_facts(self):
        """Return what a document tells in the story of its file."""
        return [Fact(self.date, self.display_name, self._selection_label("source"))]

    # ------------------------------------------------------------
    # Who may have it
    # ------------------------------------------------------------

    def _filter_unmarked(self):
        """Return the documents that who decides may learn of."""
        return self.filtered(lambda document: not document.without_prejudice)

    def _filter_for_parties(self):
        """Return what who takes part from outside may have, and nothing marked."""
        hindrances = self._find_hindrances("body")
        return self.filtered(lambda document: not hindrances[document])

    def _find_hindrances(self, reader, partner=None):
        """Return ``{document: codes}`` of why documents may not go to somebody.

        :param reader: ``body``, ``court``, ``complainant`` or ``other``
        :param partner: who gets them
        """
        restricted = self.env["iso10003.restriction"]._filter_restricted(self, partner)
        return {
            document: [
                code
                for code, holds in (
                    (
                        "marked",
                        document.without_prejudice and reader != "complainant",
                    ),
                    ("privileged", document.audience == "privileged"),
                    ("internal", document.audience == "internal"),
                    ("unchecked", document._is_unchecked()),
                    ("replaced", document.replaced_by_ids),
                    ("restricted", document in restricted),
                )
                if holds
            ]
            for document in self
        }

    def _find_versions(self):
        """Return these documents with what they replaced and what replaced them."""
        found, more = self.browse(), self
        while more:
            found |= more
            more = (more.replaces_id | more.replaced_by_ids) - found
        return found

    def _filter_lying_in(self, attachments):
        """Return those whose file is one of these, or is in a bundle that is."""
        given = set(attachments.sudo().mapped("checksum"))  # compared, and not told
        given.discard(False)
        lines = self.env["iso10003.bundle.line"].search(
            [("document_id", "in", self.ids), ("bundle_id.sha256", "!=", False)]
        )
        stored = self.env["ir.attachment"].search(
            Domain("res_field", "=", "content")
            & Domain("checksum", "in", list(given))
            & (
                Domain("res_model", "=", self._name) & Domain("res_id", "in", self.ids)
                | Domain("res_model", "=", "iso10003.bundle")
                & Domain("res_id", "in", lines.bundle_id.ids)
            )
        )
        by_model = stored.grouped("res_model")
        own = by_model.get(self._name, stored.browse()).mapped("res_id")
        bundles = by_model.get("iso10003.bundle", stored.browse()).mapped("res_id")
        held = lines.filtered(lambda one: one.bundle_id.id in bundles)
        return self.filtered(lambda one: one.id in own) | (
            held.bundle_id._get_shown() & self
        )

    def _export_rows(self, fields, *, _is_toplevel_call=True):
        self.env["iso10003.restriction"]._check_export(self, fields)
        return super()._export_rows(fields, _is_toplevel_call=_is_toplevel_call)

    def _is_unchecked(self):
        return bool(self.redacts_id and not self.checked_by_id)

    def _get_hindrance_words(self):
        """Return ``{code: words}`` of what may stand against handing it out."""
        return {
            "marked": self.env._("it is without prejudice"),
            "privileged": self.env._("it is privileged"),
            "internal": self.env._("it is internal"),
            "unchecked": self.env._("nobody has checked the redacted copy"),
            "replaced": self.env._("there is a newer version"),
            "restricted": self.env._("an order or a term forbids it"),
            "changed": self.env._("what is stored is not the file of its SHA-256"),
        }
