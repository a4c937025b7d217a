# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Our words for what the neighbours show, by hand in ``i18n_neighbours/``."""

import functools
from collections import defaultdict

from odoo.tools import file_open
from odoo.tools.translate import get_base_langs, translation_file_reader

ADDON = "odoo_iso10003"


def get_path(lang):
    """Return where the words of a language are; not every language has some."""
    return f"{ADDON}/i18n_neighbours/{lang}.po"


@functools.cache  # one file that ships with the code
def get_web_words(lang):
    """Return our words for what scripts say: ``{module: {source: word}}``."""
    words = defaultdict(dict)
    for base in get_base_langs(lang):
        try:
            with file_open(get_path(base), mode="rb") as file:
                rows = list(translation_file_reader(file, fileformat="po"))
        except FileNotFoundError:
            continue
        for row in rows:
            if row["type"] == "code":
                words[row["module"]][row["src"]] = row["value"]
    return dict(words)
