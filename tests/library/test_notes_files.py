"""Files of each kind, good and broken."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from weerklank.errors import BadInput
from weerklank.notes import MarkerRole, read_notes

DATA = Path(__file__).parent / "data"


def _document(path: Path) -> Path:
    """A Word report: headings at two depths, nested lists, bold fragments, a table, a sentence over two paragraphs."""
    document = docx.Document()
    document.add_heading("Bijlage", level=1)
    document.add_heading("De haven van morgen", level=2)
    document.add_paragraph("Voor jezelf? (micro)")
    point = document.add_paragraph("Ik wil ", style="List Bullet")
    point.add_run("stille uren").bold = True
    point.add_run(" op de kade.")
    document.add_paragraph("vooral 's nachts", style="List Bullet 2")
    document.add_paragraph("Boodschap aan de gemeente? (macro)")
    document.add_paragraph("Wie beslist, moet eerst komen kijken omdat het")
    document.add_paragraph("op papier altijd anders lijkt.")
    document.add_heading("Werken op het water", level=2)
    table = document.add_table(rows=2, cols=2)
    for row, texts in zip(
        table.rows,
        (("Micro", "Ik ben graag buiten"), ("Meso", "Wij missen elkaar\nDe kantine is dicht")),
        strict=True,
    ):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph().add_run("Waarom dit thema?").bold = True
    document.add_paragraph("Omdat niemand het deed")
    document.save(str(path))
    return path


def test_word_keeps_levels_nesting_marks_and_tables(tmp_path: Path) -> None:
    notes = read_notes(_document(tmp_path / "haven.docx"))
    assert notes.themes == ("De haven van morgen", "Werken op het water")
    assert [(one.theme[:8], one.level, one.text) for one in notes.contributions] == [
        ("De haven", "micro", "Ik wil stille uren op de kade."),
        ("De haven", "micro", "vooral 's nachts"),
        (
            "De haven",
            "macro",
            "Wie beslist, moet eerst komen kijken omdat het op papier altijd anders lijkt.",
        ),
        ("Werken o", "micro", "Ik ben graag buiten"),
        ("Werken o", "meso", "Wij missen elkaar"),
        ("Werken o", "meso", "De kantine is dicht"),
        ("Werken o", None, "Omdat niemand het deed"),
    ]
    first = notes.contributions[0]
    assert [first.text[span.start : span.end] for span in first.emphasis] == ["stille uren"]
    assert notes.contributions[1].context == first.id
    assert notes.contributions[-1].prompt == "Waarom dit thema?"


def test_word_keeps_what_stands_in_links_and_insertions(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Water", level=1)
    paragraph = document.add_paragraph("Kijk op ")
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for tag, text in (("hyperlink", "de kaart"), ("ins", " van gisteren")):
        holder = paragraph._p.makeelement(f"{{{word}}}{tag}")
        run = paragraph.add_run(text)._r
        holder.append(run)
        paragraph._p.append(holder)
    document.save(str(tmp_path / "links.docx"))
    assert [one.text for one in read_notes(tmp_path / "links.docx").contributions] == [
        "Kijk op de kaart van gisteren"
    ]


def test_a_table_of_contributions(tmp_path: Path) -> None:
    notes = read_notes(DATA / "contributions.csv")
    rows = [
        (one.theme, one.room, one.level, one.tone, one.origin and one.origin.first_line)
        for one in notes.contributions
    ]
    assert rows == [
        ("Werkdruk", "Kamer 1", "micro", "min", 2),
        ("Werkdruk", "Kamer 2", "meso", "wish", 3),
        ("De wijk in", "Kamer 3", None, "plus", 5),
        ("De wijk in", "Kamer 3", None, None, 7),
    ]
    assert notes.contributions[1].text == "Een uur zonder mail, elke week."
    assert [(one.code, one.line) for one in notes.questions] == [("unknown-level", 7)]
    other_signs = tmp_path / "windows.csv"
    other_signs.write_bytes("theme\tcomment\nCafé\tTe duur, één keer\n".encode("cp1252"))
    assert [(one.theme, one.text) for one in read_notes(other_signs).contributions] == [
        ("Café", "Te duur, één keer")
    ]


def test_a_transcript_forgets_who_spoke() -> None:
    notes = read_notes(DATA / "transcript.vtt")
    assert [one.text for one in notes.contributions] == [
        "Ik vind dat we te veel vergaderen. Drie keer per dag, dat houdt niemand vol.",
        "Klopt, Noor. Bij ons is woensdag vrij van overleg.",
        "En werkt dat ook als de",
    ]
    assert {(one.theme, one.room) for one in notes.contributions} == {("Werkdruk", "Kamer 4")}
    assert [one.unfinished for one in notes.contributions] == [False, False, True]
    kept = repr(notes)
    assert "Vandenberghe" not in kept
    assert "Peeters" not in kept
    assert ("speaker-in-text", 19) in {(one.code, one.line) for one in notes.questions}


def test_a_transcript_with_names_in_front_of_the_words_forgets_them_too(tmp_path: Path) -> None:
    path = tmp_path / "zoom.vtt"
    path.write_text(
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nAnna De Wit: Het begint.\n\n"
        "2\n00:00:02.000 --> 00:00:03.000\nKoen Maas: Goed zo.\n",
        encoding="utf-8",
    )
    notes = read_notes(path, agenda=["Begin"])
    assert [(one.theme, one.text) for one in notes.contributions] == [
        ("Begin", "Het begint."),
        ("Begin", "Goed zo."),
    ]
    assert "Maas" not in repr(notes)


BROKEN = {
    "binary.md": (b"PK\x03\x04\x00\x00rommel", 1, "geen tekstbestand"),
    "empty.md": (b" \n\n", 1, "leeg"),
    "headings.md": (b"# Alleen\n\n## Koppen\n", 1, "geen inbreng"),
    "header.csv": (b"naam;leeftijd\nAnna;40\n", 1, "geen kolom met de inbreng (gevonden: naam, leeftijd)"),
    "quotes.csv": (b'thema,tekst\nA,"een" twee\n', 2, "klopt hier niet"),
    "timing.vtt": (b"WEBVTT\n\n1\n00:00:01 --> 00:00:02\nhallo\n", 4, "tijdregel"),
    "backwards.vtt": (b"WEBVTT\n\n00:00:03.000 --> 00:00:02.000\nhallo\n", 3, "eindtijd"),
    "untimed.vtt": (b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nhallo\n\nzomaar tekst\n", 6, "zonder tijd"),
    "glued.vtt": (
        b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n00:02.000 --> 00:03.000\nb\n",
        5,
        "zonder lege regel",
    ),
    "noheader.vtt": (b"00:00:01.000 --> 00:00:02.000\nhallo\n", 1, "WEBVTT"),
    "silent.vtt": (b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v Jan></v>\n", 5, "niets gezegd"),
    "plain.docx": (b"dit is geen Word", 1, "geen Word-bestand"),
    "scan.pdf": (b"%PDF-1.7", None, "„.pdf”"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_says_where_and_what_to_do(name: str, tmp_path: Path) -> None:
    content, line, words = BROKEN[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(BadInput) as caught:
        read_notes(tmp_path / name)
    assert caught.value.source == name
    assert caught.value.line == line
    assert caught.value.remedy
    assert words in str(caught.value)


def test_a_zip_that_is_no_word_file_and_a_file_that_is_not_there(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "zip.docx", "w") as archive:
        archive.writestr("hallo.txt", "hallo")
    with pytest.raises(BadInput, match="geen Word-bestand"):
        read_notes(tmp_path / "zip.docx")
    with pytest.raises(BadInput, match="kan niet gelezen worden"):
        read_notes(tmp_path / "weg.md")


def test_a_long_file_tells_how_far_it_is(tmp_path: Path) -> None:
    path = tmp_path / "lang.md"
    path.write_text("# Lang\n" + "- punt van iemand\n" * 1200, encoding="utf-8")
    told: list[tuple[int, int]] = []
    notes = read_notes(path, progress=lambda done, total: told.append((done, total)))
    assert len(notes.contributions) == 1200
    assert told[-1][0] == told[-1][1]
    assert len(told) > 2


def test_front_matter_and_comments_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "voor.md"
    path.write_text("---\ntitle: Avond\n---\n# Water\n<!-- concept -->\n- Nat\n", encoding="utf-8")
    notes = read_notes(path)
    assert [one.text for one in notes.contributions] == ["Nat"]
    assert [one.text for one in notes.markers if one.role is MarkerRole.META] == [
        "title: Avond",
        "<!-- concept -->",
    ]


def test_a_refusal_is_told_in_the_readers_language(tmp_path: Path) -> None:
    empty = tmp_path / "leeg.md"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(BadInput) as refused:
        read_notes(empty)
    assert str(refused.value) == "leeg.md, regel 1: Het bestand is leeg. Kies een bestand met tekst."
    told = refused.value.told("en")
    assert told == "leeg.md, line 1: The file is empty. Choose a file that holds text."
