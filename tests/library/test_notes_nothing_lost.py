"""Property: whatever people type, every word arrives once, in order, with its line (W12)."""

from __future__ import annotations

import csv
import io
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from library.notes_coverage import lines_covered, words, words_that_arrived
from weerklank.errors import BadInput
from weerklank.notes import Notes, parse_notes, read_notes

_TYPED = (
    "de rust team vertrouwen Micro meso? (macro) Thema ook waarom koos Positief: niveaus zie andere groepen "
    "pagina 3 Kamer 2 **kern** *schuin* **open einde. kan! én e-mail 's ochtends [link](adres) `code` <b>vet</b> | "
    "Verslag: bijlage: Aanwezig: wat betekent \\* > >> — + - = 1. a) # ## ... “citaat” &amp; ~~weg~~ __sterk__"
)
WORDS = st.sampled_from(_TYPED.split(" "))
LINE = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
START = st.sampled_from(
    [
        "",
        "# ",
        "## ",
        "### ",
        "#### ",
        "- ",
        "  - ",
        "    * ",
        "1. ",
        "2) ",
        "> ",
        "| ",
        "• ",
        "+ ",
        "– ",
        "**",
        "\t",
    ]
)
END = st.sampled_from(["", "  ", ".", "?", ":", ",", "**", " |", "\\", " ##", "\r"])
SOURCE = st.lists(
    st.one_of(
        st.just(""),
        st.sampled_from(["---", "===", "***", "```", "|---|---|", "\f", "- 3 -", "<!-- bladwissel -->"]),
        st.builds(lambda start, line, end: start + line + end, START, LINE, END),
    ),
    min_size=1,
    max_size=25,
).map("\n".join)


def _read(text: str) -> Notes | None:
    try:
        return parse_notes(text)
    except BadInput:
        return None


def assert_arrived(notes: Notes, text: str) -> None:
    typed, arrived = words(text.replace("\r", "")), words_that_arrived(notes)
    assert Counter(arrived) == Counter(typed)
    # Only a sentence that runs on past a page number is told before that number.
    if not any(entry.code == "merged" for entry in notes.log):
        assert arrived == typed


@settings(max_examples=150, deadline=None)
@given(SOURCE)
def test_every_word_arrives_in_order_with_its_line(text: str) -> None:
    notes = _read(text)
    if notes is None:
        return
    assert_arrived(notes, text)
    filled = {n for n, line in enumerate(text.split("\n"), start=1) if words(line)}
    assert lines_covered(notes) >= filled


@settings(max_examples=150, deadline=None)
@given(SOURCE)
def test_what_arrives_is_well_formed(text: str) -> None:
    notes = _read(text)
    if notes is None:
        return
    known = {one.id for one in notes.contributions}
    assert len(known) == len(notes.contributions)
    seen: set[str] = set()
    for one in notes.contributions:
        assert one.text.strip()
        assert one.theme in notes.themes
        assert one.context is None or one.context in seen
        assert list(one.emphasis) == sorted(one.emphasis)
        assert all(0 <= span.start < span.end <= len(one.text) for span in one.emphasis)
        seen.add(one.id)


@settings(max_examples=60, deadline=None)
@given(SOURCE, st.lists(LINE, max_size=4))
def test_an_agenda_loses_nothing_either(text: str, agenda: list[str]) -> None:
    try:
        notes = parse_notes(text, agenda=agenda)
    except BadInput:
        return
    assert_arrived(notes, text)


SPOKEN = st.lists(
    st.tuples(
        st.sampled_from(["Ann Vos", "Bea"]),
        st.lists(
            st.sampled_from(["ja.", "nee,", "R&amp;D", "één", "twee", "Bea:", "<i>schuin</i>"]), max_size=7
        ),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(SPOKEN)
def test_every_spoken_word_arrives_and_no_speaker_does(spoken: list[tuple[str, list[str]]]) -> None:
    cues = [
        f"{number}\n00:00:{number:02}.000 --> 00:00:{number:02}.500\n<v {speaker}>{' '.join(parts)}</v>\n"
        for number, (speaker, parts) in enumerate(spoken)
    ]
    said = words(" ".join(part for _, parts in spoken for part in parts).replace("&amp;", "&"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spraak.vtt"
        path.write_text("WEBVTT\n\n" + "\n".join(cues), encoding="utf-8")
        try:
            notes = read_notes(path, agenda=["Eén"])
        except BadInput:
            assert not said
            return
    assert words(" ".join(one.text for one in notes.contributions)) == [word for word in said if word != "i"]
    assert "Vos" not in repr(notes)


CELL = st.text(alphabet="ab é;,\"'\n|\t1", max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), min_size=1, max_size=8), st.sampled_from([";", ",", "\t"]))
def test_every_cell_arrives(rows: list[tuple[str, str, str, str]], sign: str) -> None:
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=sign)
    writer.writerows([("thema", "niveau", "tekst", "bijzaak"), *rows])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tabel.csv"
        path.write_text(page.getvalue(), encoding="utf-8", newline="")
        try:
            notes = read_notes(path)
        except BadInput:
            assert not any(row[2].strip() for row in rows)
            return
    arrived = Counter(words(" ".join(one.text for one in notes.contributions)))
    kept = Counter(words(" ".join(one.text for one in notes.markers[1:])))
    asked = Counter(words(" ".join(one.subject for one in notes.questions if one.code == "unknown-level")))
    titles = Counter(
        words(" ".join(one.theme for one in notes.contributions if one.theme in {r[0].strip() for r in rows}))
    )
    assert arrived == Counter(words(" ".join(row[2] for row in rows)))
    everything = Counter(words(" ".join(" ".join(row) for row in rows)))
    assert not everything - (arrived + kept + asked + titles + asked + asked)
