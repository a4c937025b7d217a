# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import functools

from odoo import api, models
from odoo.api import SUPERUSER_ID
from odoo.tools import ormcache


def kept(*keys, by_language=False, cache="default"):
    """Keep what a method answers, whoever asks first: Odoo's ``ormcache``, neutral.

    What is kept is given to all. So the method runs as the superuser with an empty
    context: it sees neither who asks, nor from which company, nor what the client
    wrote into the context (``active_test``, ``lang``, ``allowed_company_ids``…). What
    the answer depends on is an argument, and named as a key.

    :param keys: expressions over the method's arguments, as for ``ormcache``
    :param by_language: the answer is in words; it is kept for each language
    :param cache: which of the registry's caches, as for ``ormcache``
    """
    if by_language:
        keys = (*keys, "self.env.lang")

    def decorate(method):
        @functools.wraps(method)
        def ask(self, *args, **kwargs):
            context = {"lang": self.env.lang} if by_language else {}
            neutral = self.env(user=SUPERUSER_ID, su=True, context=context)
            return method(self.with_env(neutral), *args, **kwargs)

        ask.kept = True
        return ormcache(*keys, cache=cache)(ask)

    return decorate


class Cached(models.AbstractModel):
    """A record that answers kept by :func:`kept` depend on: each change drops them.

    To be inherited after ``iso10003.guarded``, whose private writes pass here too.
    """

    _name = "iso10003.cached"
    _description = "Record that kept answers depend on"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    def _update_field_translations(
        self, field_name, translations, digest=None, source_lang=""
    ):
        # the translation dialog writes by SQL, past write()
        result = super()._update_field_translations(
            field_name, translations, digest=digest, source_lang=source_lang
        )
        self.env.registry.clear_cache()
        return result
