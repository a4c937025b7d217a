#!/usr/bin/env python3
# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Check an exported register without Odoo.

    python3 verify.py register.jsonl [--head SEQUENCE:HASH]

Needs Python 3.10 or newer and the file chain.py beside this one. The export
holds one JSON object a line: the entries of one or more files, each file ended
by a line with its ``head`` and with the salt of the digests in its rows. Give
``--head`` the sequence and hash printed on a paper copy of a dispute file to prove
that nothing was cut off since.

Exit status: 0 when every chain is whole, 1 when one is broken, 2 when the
export cannot be read.
"""

# a script speaks on its standard output
# pylint: disable=print-used
import argparse
import json
import re
import sys

try:
    from .chain import ENTRY_KEYS, ERASED, VERSION, first_break, note_digest
except ImportError:  # run as a script, away from Odoo
    from chain import ENTRY_KEYS, ERASED, VERSION, first_break, note_digest

# what a file is called, and all that a line of the report repeats of the export
FILE_NAME = re.compile(r"[a-z0-9_.]+,[0-9]+")
# where a row says what it is, outside any text that it holds
ROW_FILE = re.compile(rf'(?<!\\)"file": ?"({FILE_NAME.pattern})"')
ROW_SEQUENCE = re.compile(r'(?<!\\)"sequence": ?([0-9]{1,9})(?![0-9])')
# what Python reads of a number by default
MOST_DIGITS = 4300
PAPER_HEAD = re.compile(r"([0-9]{1,9}):([0-9A-Fa-f]{64})")

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
    "gone": "lost its text, and no row says that it was erased",
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
            row = _read_row(line)
            _check_shape(row)
            entries, head = files.setdefault(row["file"], ([], None))
            if "head" not in row:
                entries.append(row)
            elif head:
                raise ValueError("a second head")
            else:
                head = (row["head"]["sequence"], row["head"]["hash"])
                files[row["file"]] = (entries, head)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise BadExport(
                f"line {number} is neither a register row nor a head"
            ) from None
    if not files:
        raise BadExport("there is no register row in it")
    return files


def _read_row(line):
    try:
        return json.loads(
            line, object_pairs_hook=_without_doubles, parse_int=_read_number
        )
    except RecursionError:
        return _name_row(line)


def _read_number(digits):
    """A number longer than any that was sealed is none: no hash matches it."""
    return int(digits) if len(digits) < MOST_DIGITS else float("nan")


def _name_row(line):
    """Return a row that nobody can read by its name alone, to be found broken.

    :raises ValueError: when the line does not say which row it is
    """
    files, numbers = set(ROW_FILE.findall(line)), set(ROW_SEQUENCE.findall(line))
    if len(files) != 1 or len(numbers) != 1:
        raise ValueError("no name of a row")
    row = dict.fromkeys(ENTRY_KEYS, "")
    return {**row, "version": VERSION, "file": files.pop(), "sequence": int(*numbers)}


def _without_doubles(pairs):
    """A key that is there twice would be read in two ways by two readers."""
    row = dict(pairs)
    if len(row) < len(pairs):
        raise ValueError("a key is there twice")
    return row


def _check_shape(row):
    """Refuse what is no row and no head, and what no hash would seal."""
    _check_types([row], dict)
    if "head" in row:
        salt = {"salt"} & row.keys()
        _check_keys(row, salt.union({"file", "head"}))
        _check_keys(row["head"], {"sequence", "hash"})
        numbered = row["head"]
    else:
        note = {"note"} & row.keys()
        _check_keys(row, note.union(ENTRY_KEYS))
        if note:
            _check_keys(row["note"], {"salt", "text"})
            # a text without its salt proves nothing: its row is named as broken
            _check_types([part for part in row["note"].values() if part], str)
        numbered = row
    _check_types([numbered["sequence"]], int)
    if not FILE_NAME.fullmatch(row["file"]):
        raise ValueError("no name of a file")


def _check_keys(value, keys):
    _check_types([value], dict)
    if value.keys() != keys:
        raise ValueError("other keys than expected")


def _check_types(values, kind):
    # a boolean is an integer to Python
    if not all(type(value) is kind for value in values):
        raise TypeError(f"not a {kind.__name__}")


def find_break(entries, head, paper_head=None):
    """Return ``(sequence, code)`` of the first break of one file, or ``None``."""
    if not entries:
        # no file is without a first row, whatever its head says
        return 1, "missing"
    broken = first_break(entries, head)
    if broken:
        return broken
    if head is None:
        return len(entries) + 1, "no head"
    erased = erased_rows(entries)
    for entry in entries:
        if not note_matches(entry):
            return entry["sequence"], "note"
        if lacks_note(entry) and entry["sequence"] not in erased:
            return entry["sequence"], "gone"
    # the chain may have grown since the paper was printed
    noted = entries[: paper_head[0]] if paper_head else []
    return first_break(noted, paper_head)


def erased_rows(entries):
    """Return the numbers of the rows whose texts were erased, as later rows say."""
    erased = set()
    for entry in entries:
        if entry["event"] == ERASED:
            rows = entry["data"].get("rows")
            erased.update(
                row
                for row in rows or ()
                if type(row) is int and row < entry["sequence"]
            )
    return erased


def lacks_note(entry):
    """Return whether a row sealed a text that is not there."""
    return "note" not in entry and "note_sha256" in entry["data"]


def note_matches(entry):
    """Return whether the text of a row is the one that it sealed, if it is there."""
    if "note" not in entry:
        return True
    note, data = entry["note"], entry["data"]
    sealed = data.get("note_sha256") if isinstance(data, dict) else None
    try:
        return note_digest(note["salt"], note["text"]) == sealed
    except (TypeError, ValueError):
        # a lone surrogate, NUL, or no text at all: nothing that the register took
        return False


def _parse_head(text):
    head = PAPER_HEAD.fullmatch(text)
    if not head:
        raise argparse.ArgumentTypeError("write it as SEQUENCE:HASH, 64 hex digits")
    return int(head[1]), head[2].lower()


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
            erased = sum(map(lacks_note, entries))
            told = f", {erased} texts erased" if erased else ""
            print(f"{file}: whole, {len(entries)} rows{told}, head {last['hash']}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
