# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL
from odoo.tools.translate import TranslationImporter, get_base_langs, get_po_paths

from .neighbour_words import get_path


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Put our words over those of the neighbours, each time theirs were loaded."""
        result = super()._load_module_terms(modules, langs, overwrite)
        for lang in langs:
            self._correct_neighbours(lang)
            self._take_words_of_mixins(lang)
        return result

    def _take_words_of_mixins(self, lang):
        """Call what our models have of a mixin of others as they do there.

        Their files have the choices of each model that ships with Odoo, by its name.
        """
        mixins = [name for name, model in self.env.items() if model._abstract]
        self.env["ir.model.fields.selection"].flush_model()
        self.env.cr.execute(
            SQL(
                """
                UPDATE ir_model_fields_selection AS ours
                   SET name = ours.name || jsonb_build_object(
                           %(lang)s, theirs.name ->> %(lang)s
                       )
                  FROM ir_model_fields AS field,
                       ir_model_fields AS taken,
                       ir_model_fields_selection AS theirs
                 WHERE field.id = ours.field_id
                   AND field.model LIKE 'iso10003.%%'
                   AND taken.name = field.name
                   AND taken.model = ANY(%(mixins)s)
                   AND theirs.field_id = taken.id
                   AND theirs.value = ours.value
                   AND theirs.name ->> 'en_US' = ours.name ->> 'en_US'
                   AND theirs.name ? %(lang)s
                   AND NOT ours.name ? %(lang)s
                """,
                lang=lang,
                mixins=mixins,
            )
        )
        self.env["ir.model.fields.selection"].invalidate_model(["name"])

    def _correct_neighbours(self, lang):
        """Correct what neighbours call their fields, views and menus in a language.

        Records that an organization makes its own (``noupdate``, such as stages) are
        corrected only while they bear the word that their addon ships.
        """
        ours = TranslationImporter(self.env.cr, verbose=False)
        for base in get_base_langs(lang):
            ours.load_file(get_path(base), lang)
        unchanged = self._named_as_shipped(ours.model_translations, lang)
        ours.save(overwrite=True)
        if unchanged:
            own = TranslationImporter(self.env.cr, verbose=False)
            for base in get_base_langs(lang):
                own.load_file(get_path(base), lang, xmlids=unchanged)
            own.save(force_overwrite=True)

    def _named_as_shipped(self, words, lang):
        """Return the XML ids among ``words`` whose ``noupdate`` record is unchanged.

        :param dict words: ``{model: {field: {xmlid: {lang: word}}}}``
        """
        xmlids = {
            xmlid
            for fields in words.values()
            for ids in fields.values()
            for xmlid in ids
        }
        kept = self._get_kept(xmlids)
        shipped = TranslationImporter(self.env.cr, verbose=False)
        for module in sorted({xmlid.partition(".")[0] for xmlid in kept}):
            for path in get_po_paths(module, lang):
                shipped.load_file(path, lang, xmlids=kept)
        return {
            xmlid
            for model, fields in shipped.model_translations.items()
            for name, ids in fields.items()
            for xmlid, word in ids.items()
            if self.env.ref(xmlid).with_context(lang=lang)[name] == word[lang]
        }

    def _get_kept(self, xmlids):
        """Return those of ``xmlids`` whose record no update of its addon changes."""
        # names of records that ship, for the loading of their words
        data = self.env["ir.model.data"].sudo()
        modules = {xmlid.partition(".")[0] for xmlid in xmlids}
        rows = data.search([("noupdate", "=", True), ("module", "in", sorted(modules))])
        return {row.complete_name for row in rows} & xmlids
