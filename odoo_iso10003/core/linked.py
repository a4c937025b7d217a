# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which stored files the text of a message shows or links to, without Odoo."""

import html
import re
from urllib.parse import parse_qs, urlsplit

ATTACHMENT = "ir.attachment"
ADDRESS = re.compile(r"/web/(?:content|image)[/?][^\s\"'<>)]*")
BY_PATH = re.compile(r"/web/(?:content|image)/(?:([a-z_][\w.]*)/)?(\d{1,10})(?![\w.])")


def find_linked(text):
    """Return ``{(model, id)}`` of the records whose files a text leads to.

    An address names an attachment, or a record whose field the file is.
    """
    found = set()
    for address in ADDRESS.findall(html.unescape(text or "")):
        parts = urlsplit(address)
        if match := BY_PATH.match(parts.path):
            found.add((match[1] or ATTACHMENT, int(match[2])))
            continue
        given = parse_qs(parts.query)
        number = given.get("id", [""])[0]
        if number.isascii() and number.isdigit() and len(number) <= 10:
            found.add((given.get("model", [ATTACHMENT])[0], int(number)))
    return found
