# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts as they are compared when somebody searches.

The same word is written in many ways: ي and ی, ك and ک, رؤیا and رویا, نمی‌کند and
نمی کند and نمیکند, ۱۲ and ١٢ and 12. Odoo compares what ``unaccent`` makes of both
sides, if the database has a function of that name, and indexes that. This one is
made of the same constants as its Python twin :func:`fold`, with which Odoo filters
records at hand. Printed when run, for ``psql``.
"""

import re
import sys
import unicodedata

# What a letter with a mark is made of is told apart by the normal form NFKD: ؤ is و
# with a hamza, é is e with an accent. Then go marks, the hamza that stands alone, the
# kashida, and what is not seen (joiners, marks of direction);
_UNHEARD = (
    r"\u0300-\u036f\u0610-\u061a\u061c\u0621\u0640\u064b-\u065f\u0670\u06d6-\u06dc"
    r"\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
)
# and the blank beside a letter of this script, where another writes none.
_LETTERS = r"\u0610-\u061a\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff"
_DROPPED = f"[{_UNHEARD}]| +(?=[{_LETTERS}])|(?<=[{_LETTERS}]) +"
# Today ئ is written before و (مسئول, رئوف, شئون) where it was ؤ (مسؤول): then the hamza
# is on a ی, as it is for who leaves it out (مسیول), and not on a و as in رؤیا.
_OLD_HAMZA = r"\u0648[\u064b-\u0652]*\u0654(?=\u0648)"
_REPLACED = str.maketrans(
    "يىېكګةەھہۃ۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩٫٬",
    "یییکگههههه01234567890123456789.,",
)

_old_hamza = re.compile(_OLD_HAMZA)
# Python, and not PostgreSQL, would look for that letter from each of many blanks anew.
_dropped = re.compile(_DROPPED.replace("| +(?=", "|(?<! ) +(?="))


def fold(text):
    """Return what is compared of a text; upper and lower case are left alone."""
    if not text or text.isascii():
        return text
    text = _old_hamza.sub("ی", unicodedata.normalize("NFKD", text))
    return _dropped.sub("", text).translate(_REPLACED)


# Of the function in the database, by which it is known again
BODY = f"""
BEGIN
    IF octet_length($1) = length($1) THEN
        RETURN $1; -- nothing but ASCII
    END IF;
    RETURN translate(
        regexp_replace(
            regexp_replace(normalize($1, NFKD), '{_OLD_HAMZA}', 'ی', 'g'),
            '{_DROPPED}', '', 'g'
        ),
        '{"".join(map(chr, _REPLACED))}',
        '{"".join(map(chr, _REPLACED.values()))}'
    );
END
"""

# Indexes of another function, or of none, would not be used: Odoo makes them anew.
SCRIPT = f"""\
CREATE EXTENSION IF NOT EXISTS pg_trgm;
DO $$
DECLARE made text;
BEGIN
    FOR made IN
        SELECT indexrelid::regclass FROM pg_index
        JOIN pg_opclass ON pg_opclass.oid = ANY (indclass)
        WHERE opcname = 'gin_trgm_ops'
    LOOP
        EXECUTE 'DROP INDEX ' || made;
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION unaccent(text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $${BODY}$$;
"""

if __name__ == "__main__":
    sys.stdout.write(SCRIPT)
