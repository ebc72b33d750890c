"""Whatever is refused, and by which part, a reader can be told in their own language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from weerklank.allocation import Event, Person, Room, allocate, check_plan, draw_panel
from weerklank.allocation.people_sheet import read_event
from weerklank.allocation.pool import Candidate, Quota
from weerklank.disclosure import Release, release
from weerklank.errors import BadInput, MissingExtra, Phrase, Refusals, Unfounded, WeerklankError
from weerklank.evidence import Contribution, check_message, ground_of
from weerklank.formats import parse_format
from weerklank.opinion import read_polis_export

ROOM = Room("r", name="Atrium", theme="Wonen", max=2, min=0)


def _crowd(many: int) -> Event:
    return Event(people=tuple(Person(f"p{number}") for number in range(many)), rooms=(ROOM,))


def _changed_plan() -> None:
    event = _crowd(2)
    check_plan(replace(event, rooms=(replace(ROOM, max=3),)), allocate(event, seed=1))


def _panel() -> None:
    draw_panel([Candidate("a", {"x": "1"})], [Quota("x", "1", 2, 2)], 2, seed=1)


def _unfounded() -> None:
    said = ground_of((Contribution("a", "We willen 3 bomen", theme="t"),))
    check_message("Er komen 4 bomen.", sources=("a",), ground=said)


def _rows(folder: Path) -> None:
    people, rooms = folder / "people.csv", folder / "rooms.csv"
    people.write_text("Naam;Keuzes\nAn;Onzin\n;Wonen\n", encoding="utf-8")
    rooms.write_text("Zaal;Thema;Plaatsen\nAtrium;Wonen;4\n", encoding="utf-8")
    read_event(people, rooms)


#: What goes wrong, and a few words that must be in it in Dutch, English and French.
REFUSED: dict[str, tuple[Callable[[Path], object], tuple[str, str, str]]] = {
    "no seating": (lambda _: allocate(_crowd(3), seed=1), ("3 mensen en 2 plaatsen", "3 people and 2 places", "3 personnes et 2 places")),
    "another event": (lambda _: _changed_plan(), ("andere mensen", "other people", "d’autres personnes")),
    "no panel": (lambda _: _panel(), ("Het panel vraagt", "The panel asks", "Le panel demande")),
    "rows of a sheet": (_rows, ("rij 3, kolom «Naam»", "row 3, column “Naam”", "ligne 3, colonne «\u00a0Naam\u00a0»")),
    "released twice": (
        lambda _: release({"a": {"x": 9}}, total=9, earlier=[release({"a": {"x": 9}}, total=9)]),
        ("Al vrijgegeven", "Released before", "Déjà publié"),
    ),
    "no release": (lambda _: Release.from_dict({}), ("geen vrijgegeven tabel", "not a released table", "pas un tableau publié")),
    "no votes": (read_polis_export, ("geen stemmen", "no votes", "pas de votes")),
    "unfounded": (lambda _: _unfounded(), ("Het getal 4", "The number 4", "Le nombre 4")),
    "no format": (lambda _: parse_format("x = ", source="w.toml"), ("w.toml, regel 1: Dit is geen", "w.toml, line 1: This is not", "w.toml, ligne 1\u00a0: Ce n’est pas")),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_told_in_the_language_of_the_reader(name: str, tmp_path: Path) -> None:
    ask, said = REFUSED[name]
    with pytest.raises(WeerklankError) as refused:
        ask(tmp_path)
    error = refused.value
    for language, words in zip(("nl", "en", "fr"), said, strict=True):
        assert words in error.told(language)
        assert "{" not in error.told(language)
    assert str(error) == error.told("nl")
    # A language that we do not have yet is answered in English, never with a second error.
    assert error.told("de") == error.told("en")


def test_what_is_filled_in_is_told_in_the_same_language() -> None:
    because = Refusals("weerklank.opinion")
    wrong = because.bad_input("unknown-id", source="v.csv", line=3, noun=because("statement"), one=9)
    assert wrong.told("nl").startswith("v.csv, regel 3: Er is geen stelling «9»")
    assert wrong.told("en").startswith("v.csv, line 3: There is no statement “9”")
    assert "(affirmation)" in wrong.told("fr")
    assert (wrong.source, wrong.line) == ("v.csv", 3)
    missing = MissingExtra("parquet", needed_for=because("parquet"))
    assert "weerklank[parquet]" in missing.told("fr")
    assert missing.told("en").startswith("Reading or writing a Parquet file")


def test_a_refusal_without_a_table_stays_what_it_is() -> None:
    """Who uses the library may raise our errors with a sentence of their own."""
    assert BadInput("Eigen zin.", remedy="Doe iets.").told("fr") == "Eigen zin. Doe iets."
    assert Unfounded("Eigen zin.", sentence="s").phrase == Phrase("", "Eigen zin.")
