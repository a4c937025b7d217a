# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The register's hash chain, without Odoo.

Every file (a dispute, later a referral) has a chain of its own. An entry is a
dictionary with the keys of :data:`ENTRY_KEYS`; its hash is the SHA-256 of the
canonical JSON of the entry without the hash, so each entry seals all that came
before it. Nothing but the standard library is needed to check a chain.
"""

import hashlib
import json

VERSION = 1
GENESIS = "0" * 64
# the event of a row that says which rows' texts were erased
ERASED = "erased"
SEALED_KEYS = (
    "version",
    "company",
    "file",
    "sequence",
    "at",
    "actor",
    "event",
    "data",
    "previous_hash",
)
ENTRY_KEYS = (*SEALED_KEYS, "hash")


def canonical(value):
    """Return the one JSON text of ``value``: sorted keys, no spaces, UTF-8.

    Floats are refused because two machines may write the same number in two
    ways; amounts are given as decimal strings.

    :raises TypeError: for anything that is not a string, integer, boolean,
        null, list or dictionary with string keys
    :raises ValueError: for text that PostgreSQL or UTF-8 cannot hold
    """
    _refuse_ambiguous(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _refuse_ambiguous(value):
    if isinstance(value, str):
        if "\x00" in value:
            raise ValueError("a register value cannot hold the NUL character")
        value.encode("utf-8")  # a lone surrogate has no UTF-8 form
    elif value is None or isinstance(value, int):
        pass
    elif isinstance(value, list):
        for item in value:
            _refuse_ambiguous(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a register key must be a string, not {key!r}")
            _refuse_ambiguous(key)
            _refuse_ambiguous(item)
    else:
        raise TypeError(f"a register value cannot be {type(value).__name__}: {value!r}")


class SealedText(str):
    """A text of people on its way into the register, which keeps its digest only."""

    __slots__ = ()


def digest_texts(value, salt):
    """Return ``value`` with ``{"sha256": …}`` in the place of each text of people.

    The salt is the file's: the same text has one digest in all its rows, so that
    "what it was before" can be compared with "what it became" earlier.
    """
    if isinstance(value, SealedText):
        return {"sha256": note_digest(salt, str(value))}
    if isinstance(value, list):
        return [digest_texts(item, salt) for item in value]
    if isinstance(value, dict):
        return {key: digest_texts(item, salt) for key, item in value.items()}
    return value


def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def entry_hash(entry):
    """Return the hash that ``entry`` should carry."""
    return sha256(canonical({key: entry[key] for key in SEALED_KEYS}))


def note_digest(salt, text):
    """Return what the register keeps of a free text.

    Only this digest is sealed: the text itself may name people and can be
    erased without breaking the chain. The salt keeps a short text from being
    guessed from its digest. Both are told apart, so that no word of the text can
    be passed off as salt.
    """
    return sha256(canonical([salt, text]))


def seal(head, entry):
    """Return ``entry`` continued from ``head``: numbered, linked and hashed.

    :param head: ``(sequence, hash)`` of the last entry, ``(0, GENESIS)`` for none
    """
    sequence, previous_hash = head
    sealed = {
        **entry,
        "version": VERSION,
        "sequence": sequence + 1,
        "previous_hash": previous_hash,
    }
    return {**sealed, "hash": entry_hash(sealed)}


def first_break(entries, head=None):
    """Return what is wrong with one file's chain, or ``None``.

    :param entries: the entries of one file in the order of their sequence
    :param head: ``(sequence, hash)`` noted elsewhere for the end of the chain;
        without it a chain that was cut at its end looks whole
    :return: ``(sequence, code)`` where the sequence names the first broken row
        and the code is one of ``version``, ``file``, ``missing``, ``doubled``,
        ``content``, ``link``, ``surplus`` and ``head``
    """
    expected, previous, file = 1, GENESIS, None
    for entry in entries:
        sequence = entry["sequence"]
        if sequence is None or sequence > expected:
            return expected, "missing"
        if sequence < expected:
            return sequence, "doubled"
        if entry["version"] != VERSION:
            return sequence, "version"
        if file not in (None, entry["file"]):
            return sequence, "file"
        if _recomputed(entry) != entry["hash"]:
            return sequence, "content"
        if entry["previous_hash"] != previous:
            return sequence, "link"
        expected, previous, file = sequence + 1, entry["hash"], entry["file"]
    return None if head is None else _end_break(expected - 1, previous, head)


def _recomputed(entry):
    if not isinstance(entry["data"], dict):
        return None  # the register seals objects; this one cannot even be read
    try:
        return entry_hash(entry)
    except (TypeError, ValueError, RecursionError):
        # somebody put a value there that the register would never have written
        return None


def _end_break(last, last_hash, head):
    sequence, head_hash = head
    if sequence > last:
        return last + 1, "missing"
    if sequence < last:
        return sequence + 1, "surplus"
    return None if head_hash == last_hash else (last, "head")
