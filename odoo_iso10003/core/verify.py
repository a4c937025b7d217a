#!/usr/bin/env python3
# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Check an exported register without Odoo.

    python3 verify.py register.jsonl [--head SEQUENCE:HASH]

Needs Python 3.10 or newer and the file chain.py beside this one. The export
holds one JSON object a line: the entries of one or more files, each file ended
by a line with its ``head``. Give ``--head`` the sequence and hash printed on a
paper copy of a dispute file to prove that nothing was cut off since.

Exit status: 0 when every chain is whole, 1 when one is broken, 2 when the
export cannot be read.
"""

import argparse
import json
import sys

try:
    from .chain import ENTRY_KEYS, first_break, note_digest
except ImportError:  # run as a script, away from Odoo
    from chain import ENTRY_KEYS, first_break, note_digest

MEANINGS = {
    "version": "is of a version this script does not know",
    "file": "belongs to another file",
    "missing": "is missing",
    "doubled": "is there twice or out of order",
    "content": "was changed: its content does not match its hash",
    "link": "does not continue the row before it",
    "surplus": "was added after the head was noted",
    "head": "has another hash than the head that was noted",
    "note": "carries a text that does not match the sealed digest",
    "no head": "ends without a head: the end of the export was cut off",
}


class BadExport(Exception):
    """The export is not what this script can read."""


def read_files(lines):
    """Return ``{file: (entries, head)}`` of an export.

    :raises BadExport: naming the line that cannot be read
    """
    files = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            entries, head = files.get(row["file"], ([], None))
            if "head" in row:
                head = (row["head"]["sequence"], row["head"]["hash"])
            elif not all(key in row for key in ENTRY_KEYS):
                raise KeyError
            else:
                entries.append(row)
        except (ValueError, KeyError, TypeError):
            raise BadExport(
                f"line {number} is neither a register row nor a head"
            ) from None
        files[row["file"]] = (entries, head)
    if not files:
        raise BadExport("there is no register row in it")
    return files


def find_break(entries, head, paper_head=None):
    """Return ``(sequence, code)`` of the first break of one file, or ``None``."""
    broken = first_break(entries, head)
    if broken:
        return broken
    if head is None:
        return len(entries) + 1, "no head"
    for entry in entries:
        if not note_matches(entry):
            return entry["sequence"], "note"
    if paper_head and len(entries) >= paper_head[0]:
        return first_break(entries[: paper_head[0]], paper_head)
    return first_break(entries, paper_head) if paper_head else None


def note_matches(entry):
    """A text that was erased leaves no note; one that is there must match."""
    note = entry.get("note")
    if not note:
        return True
    sealed = (entry["data"] or {}).get("note_sha256")
    return note_digest(note["salt"], note["text"]) == sealed


def _parse_head(text):
    sequence, _colon, head_hash = text.partition(":")
    if not sequence.isdigit() or len(head_hash) != 64:
        raise argparse.ArgumentTypeError("write it as SEQUENCE:HASH, 64 hex digits")
    return int(sequence), head_hash.lower()


def main(argv=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("export", help="the exported register, JSON lines")
    parser.add_argument("--head", type=_parse_head, metavar="SEQUENCE:HASH")
    options = parser.parse_args(argv)
    try:
        with open(options.export, encoding="utf-8") as export:
            files = read_files(export)
        if options.head and len(files) > 1:
            raise BadExport("a paper head proves one file, but several are in it")
    except (OSError, UnicodeDecodeError, BadExport) as error:
        print(f"{options.export}: cannot be read: {error}", file=sys.stderr)
        return 2
    broken = 0
    for file, (entries, head) in sorted(files.items()):
        found = find_break(entries, head, options.head)
        if found:
            broken += 1
            sequence, code = found
            print(f"{file}: BROKEN: row {sequence} {MEANINGS[code]}")
        else:
            last = entries[-1]
            print(f"{file}: whole, {len(entries)} rows, head {last['hash']}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
