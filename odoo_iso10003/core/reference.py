# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers that others give to a case, compared whatever way they were typed."""

import unicodedata


def fold_reference(reference):
    """Return a reference without what people type differently.

    Digits of any script are one; case, spaces, dashes, slashes and invisible
    characters do not count.
    """
    folded = []
    for char in unicodedata.normalize("NFKC", str(reference or "")):
        digit = unicodedata.decimal(char, None)
        if digit is not None:
            folded.append(str(digit))
        elif char.isalnum():
            folded.append(char.casefold())
    return "".join(folded).replace("ي", "ی").replace("ك", "ک")
