# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The register's chain and the script that verifies it, without a database."""

import copy
import json

from hypothesis import assume, given
from hypothesis import strategies as st

from odoo.tests import BaseCase

from ...core import chain, verify
from .verify_script import VerifyScript

FILE = "iso10003.dispute,7"

texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
    ),
    max_leaves=8,
)
# what rows hold; the depth of values is tried with canonical() alone
data_values = st.dictionaries(
    texts, st.none() | st.booleans() | st.integers() | texts, max_size=2
)
events = st.tuples(st.integers(1, 99), st.sampled_from(["opened", "hold"]), data_values)


def make_chain(events, file=FILE):
    entries, head = [], (0, chain.GENESIS)
    for actor, event, data in events:
        entry = chain.seal(
            head,
            {
                "company": 1,
                "file": file,
                "at": "2026-04-04T08:00:00Z",
                "actor": actor,
                "event": event,
                "data": data,
            },
        )
        entries.append(entry)
        head = (entry["sequence"], entry["hash"])
    return entries


def head_of(entries):
    return (entries[-1]["sequence"], entries[-1]["hash"])


def reseal(entries, start=0):
    """Compute the hashes and links anew from ``start`` on, as a forger would."""
    entries = copy.deepcopy(entries)
    for place, entry in enumerate(entries):
        if place >= start:
            if place:
                entry["previous_hash"] = entries[place - 1]["hash"]
            entry["hash"] = chain.entry_hash(entry)
    return entries


chains = st.lists(events, min_size=1, max_size=5).map(make_chain)


@st.composite
def chains_with_place(draw, min_size=1):
    """A chain and the place of one of its rows."""
    entries = make_chain(draw(st.lists(events, min_size=min_size, max_size=5)))
    return entries, draw(st.integers(0, len(entries) - 1))


def another(value):
    """Values of the same type that are not ``value``."""
    kinds = {int: st.integers(-9, 99), str: texts, dict: data_values}
    return kinds[type(value)].filter(lambda new: new != value)


class TestCanonical(BaseCase):
    @given(json_values)
    def test_what_is_written_can_be_read_back(self, value):
        self.assertEqual(json.loads(chain.canonical(value)), value)

    @given(st.dictionaries(texts, json_values, max_size=5), st.randoms())
    def test_the_order_of_keys_does_not_matter(self, value, random):
        items = list(value.items())
        random.shuffle(items)
        self.assertEqual(chain.canonical(value), chain.canonical(dict(items)))

    @given(json_values, json_values)
    def test_different_values_have_different_texts(self, one, other):
        # to Python, but to no other reader, True equals 1
        same = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
        self.assertEqual(chain.canonical(one) == chain.canonical(other), same)

    @given(st.floats())
    def test_a_float_is_refused_at_any_depth(self, number):
        for value in (number, [number], {"a": {"b": [1, number]}}):
            with self.assertRaises(TypeError):
                chain.canonical(value)

    @given(texts, texts, st.sampled_from(["\x00", "\ud800", "\udfff"]))
    def test_text_that_no_database_holds_is_refused(self, before, after, bad):
        text = before + bad + after
        for value in (text, [text], {"a": text}, {text: 1}):
            with self.assertRaises(ValueError):
                chain.canonical(value)

    def test_what_json_would_turn_into_something_else_is_refused(self):
        for value in ({1: "a"}, {None: "a"}, {True: "a"}, (1,), {1}, b"a", object()):
            with self.subTest(value), self.assertRaises(TypeError):
                chain.canonical({"data": value})

    def test_the_text_is_fixed_for_ever(self):
        """An export that was made years ago is verified by this very form."""
        self.assertEqual(
            chain.canonical({"z": [True, None, -3], "a": "é\n\u2028"}),
            '{"a":"é\\n\u2028","z":[true,null,-3]}',
        )
        self.assertEqual(
            chain.note_digest("salt", "text"),
            "26c894a4fbb2d143e75f7fa5c3911788063b57245ce5470ceeaf4608678adf8c",
        )


class TestChain(BaseCase):
    @given(chains)
    def test_a_chain_made_by_seal_is_whole(self, entries):
        self.assertIsNone(chain.first_break(entries))
        self.assertIsNone(chain.first_break(entries, head_of(entries)))
        numbers = [entry["sequence"] for entry in entries]
        self.assertEqual(numbers, list(range(1, len(entries) + 1)))

    @given(chains_with_place(), st.data())
    def test_an_edit_of_any_sealed_value_is_found_in_its_row(self, chained, data):
        entries, place = chained
        edited = copy.deepcopy(entries)
        key = data.draw(
            st.sampled_from([key for key in chain.ENTRY_KEYS if key != "sequence"])
        )
        edited[place][key] = data.draw(another(edited[place][key]))
        found = chain.first_break(edited)
        self.assertEqual(found[0], place + 1)
        code = {"version": "version", "file": "file"}.get(key, "content")
        # the name of the first row is the one that the others are held against
        self.assertIn(found[1], {code, "content"})

    @given(chains_with_place(), st.integers(-9, 99))
    def test_a_row_with_another_number_is_found(self, chained, number):
        entries, place = chained
        assume(number != place + 1)
        edited = copy.deepcopy(entries)
        edited[place]["sequence"] = number
        expected = (place + 1, "missing") if number > place + 1 else (number, "doubled")
        self.assertEqual(chain.first_break(edited), expected)

    @given(chains_with_place())
    def test_a_deletion_is_found(self, chained):
        entries, place = chained
        cut = entries[:place] + entries[place + 1 :]
        self.assertEqual(
            chain.first_break(cut, head_of(entries)), (place + 1, "missing")
        )

    @given(chains_with_place(), st.integers(0, 5))
    def test_a_cut_at_the_end_is_found_by_the_head_alone(self, chained, kept):
        entries, _place = chained
        assume(kept < len(entries))
        self.assertIsNone(chain.first_break(entries[:kept]))
        self.assertEqual(
            chain.first_break(entries[:kept], head_of(entries)), (kept + 1, "missing")
        )

    @given(chains_with_place(), events)
    def test_an_insertion_is_found(self, chained, event):
        entries, place = chained
        foreign = make_chain([event])[0]
        foreign["sequence"] = place + 1
        inserted = entries[:place] + [foreign] + entries[place:]
        found = chain.first_break(inserted)
        # in the place of the first row a first row is whole, and the next doubled
        self.assertEqual(found[0], place + 1)
        self.assertIn(found[1], {"content", "doubled"})

    @given(chains_with_place(), events)
    def test_a_row_added_at_the_end_is_found_by_the_head(self, chained, event):
        entries, _place = chained
        head = head_of(entries)
        longer = make_chain(
            [(entry["actor"], entry["event"], entry["data"]) for entry in entries]
            + [event]
        )
        self.assertIsNone(chain.first_break(longer))
        self.assertEqual(chain.first_break(longer, head), (head[0] + 1, "surplus"))

    @given(chains_with_place(min_size=2), st.data())
    def test_a_swap_is_found_at_its_first_row(self, chained, data):
        entries, place = chained
        other = data.draw(
            st.integers(0, len(entries) - 1).filter(lambda other: other != place)
        )
        first = min(place, other) + 1
        swapped = list(entries)
        swapped[place], swapped[other] = swapped[other], swapped[place]
        self.assertEqual(chain.first_break(swapped), (first, "missing"))
        # and with the numbers swapped too, so that they are in order
        renumbered = [
            {**entry, "sequence": number} for number, entry in enumerate(swapped, 1)
        ]
        self.assertEqual(chain.first_break(renumbered), (first, "content"))

    @given(chains_with_place(), data_values)
    def test_an_edited_row_with_a_new_hash_breaks_the_next(self, chained, data):
        entries, place = chained
        assume(data != entries[place]["data"])
        edited = copy.deepcopy(entries)
        edited[place]["data"] = data
        edited[place]["hash"] = chain.entry_hash(edited[place])
        expected = (
            (place + 2, "link") if place + 1 < len(entries) else (place + 1, "head")
        )
        self.assertEqual(chain.first_break(edited, head_of(entries)), expected)

    @given(chains_with_place(), data_values)
    def test_a_chain_forged_to_its_end_is_found_by_the_head(self, chained, data):
        entries, place = chained
        assume(data != entries[place]["data"])
        edited = copy.deepcopy(entries)
        edited[place]["data"] = data
        forged = reseal(edited, place)
        self.assertIsNone(chain.first_break(forged))
        self.assertEqual(
            chain.first_break(forged, head_of(entries)), (len(entries), "head")
        )

    @given(chains_with_place(min_size=2))
    def test_a_row_of_another_file_is_found(self, chained):
        entries, place = chained
        assume(place)
        entries[place]["file"] = "iso10003.dispute,8"
        self.assertEqual(chain.first_break(reseal(entries, place)), (place + 1, "file"))

    @given(chains_with_place())
    def test_a_value_the_register_never_writes_is_found(self, chained):
        entries, place = chained
        for value in (1.5, {"amount": 2.0}, "\x00", ["\ud800"]):
            edited = copy.deepcopy(entries)
            edited[place]["data"] = value
            self.assertEqual(chain.first_break(edited), (place + 1, "content"))


class TestPaperHead(BaseCase):
    @given(chains_with_place())
    def test_a_paper_head_proves_a_chain_that_went_on(self, chained):
        entries, place = chained
        paper = head_of(entries[: place + 1])
        self.assertIsNone(verify.find_break(entries, head_of(entries), paper))

    @given(chains_with_place(), data_values)
    def test_a_paper_head_finds_a_forged_chain_with_a_forged_head(self, chained, data):
        entries, place = chained
        paper = head_of(entries)
        edited = copy.deepcopy(entries)
        edited[place]["data"] = data
        assume(data != entries[place]["data"])
        forged = reseal(edited, place)
        self.assertEqual(
            verify.find_break(forged, head_of(forged), paper), (len(entries), "head")
        )

    @given(chains_with_place(min_size=2))
    def test_a_paper_head_finds_an_end_that_was_cut_off_with_its_head(self, chained):
        entries, place = chained
        assume(place)
        cut = entries[:place]
        self.assertIsNone(verify.find_break(cut, head_of(cut)))
        self.assertEqual(
            verify.find_break(cut, head_of(cut), head_of(entries)),
            (place + 1, "missing"),
        )

    def test_a_file_without_rows_is_broken_whatever_its_head_says(self):
        for head in (None, (0, chain.GENESIS), (3, "a" * 64)):
            with self.subTest(head):
                self.assertEqual(verify.find_break([], head), (1, "missing"))

    @given(chains)
    def test_a_chain_without_a_head_was_cut_off(self, entries):
        self.assertEqual(
            verify.find_break(entries, None), (len(entries) + 1, "no head")
        )


class TestNotes(BaseCase):
    def _entries(self, salt, text, last=("hold", {})):
        data = {"note_sha256": chain.note_digest(salt, text)}
        entries = make_chain([(1, "opened", {}), (1, "hold", data), (1, *last)])
        entries[1]["note"] = {"salt": salt, "text": text}
        return entries

    @given(texts, texts)
    def test_a_note_that_is_as_sealed_is_fine(self, salt, text):
        entries = self._entries(salt, text)
        self.assertIsNone(verify.find_break(entries, head_of(entries)))

    @given(texts, texts)
    def test_a_note_that_was_erased_is_fine_once_a_later_row_says_so(self, salt, text):
        for rows, found in (
            ([2], None),
            ([1, 2], None),
            ([], (2, "gone")),
            ([1, 3], (2, "gone")),
            (["2", True], (2, "gone")),
            ("2", (2, "gone")),
            (None, (2, "gone")),
        ):
            entries = self._entries(salt, text, ("erased", {"rows": rows}))
            del entries[1]["note"]
            self.assertEqual(verify.find_break(entries, head_of(entries)), found)

    def test_no_row_erases_a_text_in_advance(self):
        entries = make_chain(
            [
                (1, "erased", {"rows": [2]}),
                (1, "hold", {"note_sha256": chain.note_digest("salt", "text")}),
            ]
        )
        self.assertEqual(verify.find_break(entries, head_of(entries)), (2, "gone"))

    def test_a_note_without_salt_or_text_is_found(self):
        for salt, text in ((None, "text"), ("salt", None), (None, None)):
            entries = self._entries("salt", "text")
            entries[1]["note"] = {"salt": salt, "text": text}
            self.assertEqual(verify.find_break(entries, head_of(entries)), (2, "note"))

    @given(texts, texts, st.sampled_from(["salt", "text"]), texts)
    def test_a_note_that_was_changed_is_found(self, salt, text, key, new):
        entries = self._entries(salt, text)
        assume(new != entries[1]["note"][key])
        entries[1]["note"][key] = new
        self.assertEqual(verify.find_break(entries, head_of(entries)), (2, "note"))

    @given(texts, texts)
    def test_a_note_on_a_row_that_sealed_none_is_found(self, salt, text):
        entries = self._entries(salt, text)
        entries[2]["note"] = entries[1]["note"]
        self.assertEqual(verify.find_break(entries, head_of(entries)), (3, "note"))

    def test_a_note_that_is_no_text_is_found(self):
        entries = self._entries("salt", "text")
        for text in ("\ud800", "a\x00b"):
            entries[1]["note"]["text"] = text
            self.assertEqual(verify.find_break(entries, head_of(entries)), (2, "note"))

    @given(texts, texts, texts)
    def test_no_part_of_a_text_can_be_passed_off_as_salt(self, salt, start, end):
        for gap in ("", "\n", ","):
            text = start + gap + end
            assume(end != text)
            entries = self._entries(salt, text)
            for forged in (salt + gap + start, salt + start + gap):
                entries[1]["note"] = {"salt": forged, "text": end}
                found = verify.find_break(entries, head_of(entries))
                self.assertEqual(found, (2, "note"))


class TestVerifyScript(VerifyScript, BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.entries = make_chain([(1, "opened", {"نام": "é"}), (2, "hold", {})])
        cls.other = make_chain([(1, "opened", {})], "iso10003.policy,1")

    def _lines(self, entries, head=True):
        lines = [json.dumps(entry, ensure_ascii=False) for entry in entries]
        if head:
            sequence, head_hash = head_of(entries)
            end = {"sequence": sequence, "hash": head_hash}
            lines.append(json.dumps({"file": entries[0]["file"], "head": end}))
        return lines

    def _paper(self, entries):
        sequence, head_hash = head_of(entries)
        return ["--head", f"{sequence}:{head_hash}"]

    def test_whole_chains_end_with_status_0(self):
        run = self._run_script(self._lines(self.entries) + self._lines(self.other))
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn(
            f"{FILE}: whole, 2 rows, head {self.entries[-1]['hash']}", run.stdout
        )
        self.assertIn("iso10003.policy,1: whole, 1 rows", run.stdout)

    def test_a_broken_chain_ends_with_status_1_and_names_file_and_row(self):
        edited = copy.deepcopy(self.entries)
        edited[1]["actor"] = 9
        run = self._run_script(self._lines(self.other) + self._lines(edited))
        self.assertEqual((run.returncode, run.stderr), (1, ""))
        self.assertIn(f"{FILE}: BROKEN: row 2 was changed", run.stdout)
        self.assertIn("iso10003.policy,1: whole", run.stdout)

    def test_every_kind_of_break_has_words(self):
        forged = copy.deepcopy(self.entries)
        forged[0]["data"] = {}
        forged[0]["hash"] = chain.entry_hash(forged[0])
        newer = [{**self.entries[0], "version": 2}, self.entries[1]]
        noted = [{**self.entries[0], "note": {"salt": "", "text": "x"}}]
        lines, first = self._lines(self.entries), self._lines(self.entries[:1])
        ends = "row 2 ends without a head"
        for broken, message in [
            (self._lines(forged), "row 2 does not continue"),
            (self._lines(newer), "row 1 is of a version"),
            (lines[1:], "row 1 is missing"),
            (lines[2:], "row 1 is missing"),
            (lines[:1] + lines[2:], "row 2 is missing"),
            (lines[:1] + lines, "row 1 is there twice"),
            (lines[:2] + first[1:], "row 2 was added after"),
            (lines[:1], ends),
            (self._lines(noted), "row 1 carries a text"),
            (self._lines(forged[:1])[:1] + first[1:], "row 1 has another hash"),
        ]:
            with self.subTest(message):
                run = self._run_script(broken)
                self.assertEqual((run.returncode, run.stderr), (1, ""))
                self.assertIn(f"{FILE}: BROKEN: {message}", run.stdout)

    def test_a_row_that_python_cannot_read_is_named_and_the_next_file_checked(self):
        row = self.entries[1]
        digits, depth = "9" * 5000, 3000
        for data in (digits, f'{{"n": {digits}}}', "[" * depth + "]" * depth):
            line = json.dumps({**row, "data": "DATA"}).replace('"DATA"', data)
            lines = [*self._lines(self.entries[:1], head=False), line]
            lines += [self._lines(self.entries)[-1], *self._lines(self.other)]
            with self.subTest(data[:9]):
                run = self._run_script(lines)
                self.assertEqual((run.returncode, run.stderr), (1, ""))
                self.assertIn(f"{FILE}: BROKEN: row 2 was changed", run.stdout)
                self.assertIn("iso10003.policy,1: whole", run.stdout)

    def test_a_text_that_no_register_took_is_named(self):
        noted = {**self.entries[0], "note": {"salt": "s", "text": "NUL \x00"}}
        unsalted = {**self.entries[0], "note": {"salt": None, "text": "x"}}
        for first in (noted, unsalted):
            run = self._run_script(self._lines([first, *self.entries[1:]]))
            self.assertEqual((run.returncode, run.stderr), (1, ""))
            self.assertIn(f"{FILE}: BROKEN: row 1 carries a text", run.stdout)

    def test_a_text_that_is_gone_is_told_from_one_that_was_erased(self):
        data = {"note_sha256": chain.note_digest("salt", "text")}
        rows = [(1, "opened", data), (1, "hold", {})]
        lost = make_chain(rows)
        run = self._run_script(self._lines(lost))
        self.assertEqual(run.returncode, 1)
        self.assertIn("row 1 lost its text, and no row says", run.stdout)
        erased = make_chain([*rows, (1, "erased", {"rows": [1]})])
        run = self._run_script(self._lines(erased))
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        self.assertIn("whole, 3 rows, 1 texts erased, head", run.stdout)

    def test_a_paper_head_is_compared(self):
        lines = self._lines(self.entries)
        first = self.entries[:1]
        self.assertEqual(self._run_script(lines, *self._paper(first)).returncode, 0)
        run = self._run_script(self._lines(first), *self._paper(self.entries))
        self.assertEqual(run.returncode, 1)
        self.assertIn(f"{FILE}: BROKEN: row 2 is missing", run.stdout)
        typed = f"1:{first[0]['hash'].upper()}"
        self.assertEqual(self._run_script(lines, "--head", typed).returncode, 0)
        run = self._run_script(lines, "--head", "2:" + "a" * 64)
        self.assertIn("row 2 has another hash", run.stdout)

    def test_a_paper_head_proves_one_file(self):
        run = self._run_script(
            self._lines(self.entries) + self._lines(self.other),
            *self._paper(self.entries),
        )
        self.assertEqual(run.returncode, 2)
        self.assertIn("several", run.stderr)

    def test_a_paper_head_that_was_mistyped_is_refused(self):
        for text in ("2", "2:abc", "two:" + "a" * 64, "2:" + "g" * 64, "²:" + "a" * 64):
            with self.subTest(text):
                run = self._run_script(self._lines(self.entries), "--head", text)
                self.assertEqual(run.returncode, 2)
                self.assertIn("SEQUENCE:HASH", run.stderr)

    def test_a_line_that_cannot_be_read_ends_with_status_2_and_its_number(self):
        row = self.entries[1]
        end = {"sequence": 2, "hash": row["hash"]}
        without_hash = {key: row[key] for key in row if key != "hash"}
        for line in (
            "not JSON",
            "[" * 100_000,
            '"text"',
            "5",
            "null",
            '["head"]',
            "{}",
            json.dumps(without_hash),
            json.dumps({**row, "sequence": "2"}),
            json.dumps({**row, "sequence": None}),
            json.dumps({**row, "sequence": True}),
            json.dumps({**row, "file": 7}),
            json.dumps({**row, "file": []}),
            json.dumps({**row, "file": "x\x1b[2J\n: whole"}),
            json.dumps({**row, "file": f"{FILE}: whole, 2 rows"}),
            json.dumps({**row, "note": "text"}),
            json.dumps({**row, "note": {"text": "text"}}),
            json.dumps({**row, "note": {"salt": 1, "text": "text"}}),
            json.dumps({"file": FILE, "head": 5}),
            json.dumps({"file": FILE, "head": {"sequence": 2}}),
            json.dumps({"file": FILE, "head": {**end, "sequence": "2"}}),
            # what no hash seals, or what two readers would read in two ways
            json.dumps({**row, "remark": "paid"}),
            json.dumps({**row, "head": end}),
            json.dumps(row)[:-1] + ', "actor": 2}',
        ):
            with self.subTest(line[:60]):
                run = self._run_script(
                    self._lines(self.entries[:1], head=False) + ["", line]
                )
                self.assertEqual((run.returncode, run.stdout), (2, ""))
                self.assertIn("line 3 is neither", run.stderr)
                self.assertNotIn("Traceback", run.stderr)

    def test_a_second_head_cannot_be_read(self):
        lines = self._lines(self.entries)
        run = self._run_script(lines + lines[-1:])
        self.assertEqual(run.returncode, 2)
        self.assertIn("line 4", run.stderr)

    def test_a_value_nested_too_deep_was_never_written_by_the_register(self):
        deep = json.dumps(self.entries[0]).replace('"opened"', "[" * 900 + "]" * 900)
        run = self._run_script([deep])
        self.assertIn(run.returncode, (1, 2))
        self.assertNotIn("Traceback", run.stderr)

    def test_nothing_to_read_ends_with_status_2(self):
        self.assertIn("no register row", self._run_script([""]).stderr)
        missing = self._run_script_on(self.folder / "missing.jsonl")
        self.assertEqual(missing.returncode, 2)
        binary = self.folder / "binary.jsonl"
        binary.write_bytes(b"\xff\xfe\x00")
        self.assertEqual(self._run_script_on(binary).returncode, 2)

    def test_help_tells_how_to_use_it(self):
        run = self._run_script_on("--help")
        self.assertEqual(run.returncode, 0)
        self.assertIn("--head SEQUENCE:HASH", run.stdout)
