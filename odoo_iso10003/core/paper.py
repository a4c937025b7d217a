# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether a file can be put on record as a document, without Odoo.

A document is kept for years and handed to others, so it must be what its name says,
and nothing that a computer runs. What a file is, its first bytes tell.
"""

MEBIBYTE = 1024 * 1024
MAX_BYTES = 100 * MEBIBYTE

# where a PDF says that it is one; there may be something before it
HEADER = 1024
OFFICE = {"docx", "xlsx", "pptx", "odt", "ods", "odp", "odg"}
# how files begin, and which names they have
BEGINS = (
    (b"\x89PNG\r\n\x1a\n", {"png"}),
    (b"\xff\xd8\xff", {"jpg", "jpeg", "jfif"}),
    (b"GIF8", {"gif"}),
    (b"BM", {"bmp"}),
    (b"PK\x03\x04", {"zip", "epub", *OFFICE}),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", {"doc", "xls", "ppt", "msg"}),
    (b"{\\rtf", {"rtf", "doc"}),
    (b"II*\x00", {"tif", "tiff"}),
    (b"MM\x00*", {"tif", "tiff"}),
    (b"7z\xbc\xaf\x27\x1c", {"7z"}),
    (b"Rar!\x1a\x07", {"rar"}),
    (b"\x1f\x8b", {"gz", "tgz"}),
)
NAMED = {"pdf"}.union(*(names for _begin, names in BEGINS))
# what people can read as it is; none of the above begins so
PLAIN = {"txt", "csv", "eml", "md", "json", "xml", "html", "htm", "log"}
# "BM" is also how a word may begin
WEAK = (b"BM",)

RUN_BY_NAME = {
    "apk", "app", "bash", "bat", "cmd", "com", "cpl", "deb", "dll", "exe", "hta",
    "jar", "js", "jse", "lnk", "msi", "pif", "ps1", "py", "reg", "rpm", "scr", "sh",
    "vbe", "vbs", "wsf", "wsh",
}  # fmt: skip
RUN_BY_CONTENT = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
)


def find_fault(content, name=""):
    """Return why a file is not put on record, or None where it may be.

    :param content: the file, as bytes
    :param name: of the file, as people gave it
    :return: ``empty``, ``large``, ``run`` (a computer runs it) or ``kind`` (it is not
        what its name says)
    """
    if not content:
        return "empty"
    if len(content) > MAX_BYTES:
        return "large"
    ending = find_ending(name)
    if ending in RUN_BY_NAME or content.startswith(RUN_BY_CONTENT):
        return "run"
    return None if _fits(content, ending) else "kind"


def find_ending(name):
    """Return the ending of a file name in small letters, without its dot."""
    _stem, dot, ending = (name or "").strip().rpartition(".")
    return ending.lower() if dot else ""


def _fits(content, ending):
    if ending == "pdf":
        return b"%PDF-" in content[:HEADER]
    if ending in NAMED:
        return any(
            ending in names and content.startswith(begin) for begin, names in BEGINS
        )
    if ending in PLAIN:
        return not content.startswith(
            (b"%PDF-", *(begin for begin, _names in BEGINS if begin not in WEAK))
        )
    return True
