"""One uneven report, with the irregularities that real ones have (W8–W13)."""

from __future__ import annotations

from pathlib import Path

import pytest

from library.notes_coverage import lines_covered, words, words_that_arrived
from weerklank.evidence import ContributionKind
from weerklank.notes import MarkerRole, Notes, read_notes

SAMPLE = Path(__file__).parent / "data" / "uneven-notes.md"
THEMES = (
    "Lezen en ontmoeten, in het algemeen",
    "Lezen en ontmoeten in de zomer",
    "Lezen en ontmoeten ondanks krappe openingstijden",
    "Lezen en ontmoeten met vrijwilligers",
    "De bibliotheek en de school",
    "Samen optrekken met de buurt",
)


@pytest.fixture(scope="module")
def notes() -> Notes:
    return read_notes(SAMPLE)


def _saying(notes: Notes, start: str):
    return next(one for one in notes.contributions if one.text.startswith(start))


def test_every_line_arrives_word_for_word(notes: Notes) -> None:
    source = SAMPLE.read_text(encoding="utf-8")
    assert words_that_arrived(notes) == words(source)
    filled = {number for number, line in enumerate(source.split("\n"), start=1) if line.strip()}
    assert lines_covered(notes) >= filled


def test_themes_are_found_at_any_depth_and_nothing_else_is_one(notes: Notes) -> None:
    assert notes.themes == THEMES
    assert {one.theme for one in notes.contributions} == set(THEMES)


def test_an_agenda_gives_its_own_titles_one_to_one() -> None:
    agenda = (
        "Lezen en ontmoeten",
        "In de zomer",
        "Openingstijden",
        "Vrijwilligers",
        "Bibliotheek en school",
        "Samen met de buurt",
    )
    notes = read_notes(SAMPLE, agenda=agenda)
    assert notes.themes == agenda
    assert not [one for one in notes.questions if one.code in ("agenda-missing", "agenda-extra")]


def test_an_agenda_item_without_a_heading_is_asked_not_invented() -> None:
    notes = read_notes(SAMPLE, agenda=("Vrijwilligers", "Digitale geletterdheid"))
    assert "Digitale geletterdheid" not in notes.themes
    assert [one.subject for one in notes.questions if one.code == "agenda-missing"] == [
        "Digitale geletterdheid"
    ]


def test_empty_levels_stay_empty(notes: Notes) -> None:
    levels = {
        theme: {one.level for one in notes.contributions if one.theme == theme} for theme in notes.themes
    }
    assert levels[THEMES[0]] == {"micro", "meso", None}
    assert levels[THEMES[1]] == {None}
    assert all(levels[theme] >= {"micro", "meso", "macro"} for theme in THEMES[2:])


def test_a_level_ends_where_a_higher_heading_begins(notes: Notes) -> None:
    assert _saying(notes, "Wie avonddienst heeft").level == "meso"
    assert _saying(notes, "Zorg dat nieuwe").level is None


def test_a_heading_that_is_a_sentence_or_a_remark_is_said_not_a_theme(notes: Notes) -> None:
    joined = _saying(notes, "De bibliotheek hoort (nog) niet bij de buurt in de gewoonten")
    assert joined.origin is not None
    assert (joined.origin.first_line, joined.origin.last_line) == (25, 27)
    assert _saying(notes, "Ook plaats maken voor wie niet leest").theme == THEMES[0]
    asked = {question.code for question in notes.questions}
    assert {"heading-continues", "heading-remark", "theme-nested"} <= asked


def test_a_sentence_broken_by_a_page_is_one_again(notes: Notes) -> None:
    broken = _saying(notes, "Vrijwilligers vragen begeleiding")
    assert broken.text.endswith(
        "denken veel collega's nog altijd dat het vanzelf gaat als de groep maar gezellig is."
    )
    assert [entry.code for entry in notes.log].count("merged") == 2


def test_what_breaks_off_is_kept_and_flagged(notes: Notes) -> None:
    flagged = [one.text for one in notes.contributions if one.unfinished]
    assert flagged[0] == "Ook plannen met andere"
    assert flagged[1].endswith("gedeeld worden om zo")
    assert len(flagged) == 2


def test_points_keep_the_sentence_they_complete(notes: Notes) -> None:
    opening = _saying(notes, "De meeste collega's")
    assert opening.kind is ContributionKind.LEAD_IN
    completed = [one.text for one in notes.contributions if one.context == opening.id]
    assert completed == ["de kassa die nooit werkt,", "te weinig handen,", "het rooster."]
    nested = _saying(notes, "een uur per week")
    assert nested.context == _saying(notes, "rust inbouwen").id
    assert _saying(notes, "Wie avonddienst").context is None


def test_a_remark_about_other_rooms_keeps_its_own_kind(notes: Notes) -> None:
    kinds = [one.text for one in notes.contributions if one.kind is ContributionKind.CROSS_REFERENCE]
    assert kinds == ["Zie ook andere tafels, dit kwam overal terug."]


def test_plus_and_min_become_tones_and_end_with_their_heading(notes: Notes) -> None:
    assert _saying(notes, "Buiten lezen").tone == "plus"
    assert _saying(notes, "De lift").tone == "min"
    assert _saying(notes, "De website").tone is None


def test_marked_fragments_survive(notes: Notes) -> None:
    one = _saying(notes, "Een boek is")
    assert [one.text[span.start : span.end] for span in one.emphasis] == ["rust in mijn hoofd"]
    joined = _saying(notes, "De bibliotheek hoort")
    assert [joined.text[span.start : span.end] for span in joined.emphasis] == [
        "De bibliotheek hoort (nog) niet bij de buurt",
        "gewoonten",
    ]


def test_prompts_travel_with_the_answers(notes: Notes) -> None:
    assert _saying(notes, "Omdat de klassen").prompt == "Waarom koos men dit thema?"
    assert _saying(notes, "Een afspraak op papier").prompt == "Voor het team? (meso)"
    assert {marker.role for marker in notes.markers} >= {
        MarkerRole.THEME,
        MarkerRole.LEVEL,
        MarkerRole.STRUCTURE,
    }
