"""From facts to chapters: everything that was said arrives, and nothing is made up (W4, W5, W12–W19)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import tomllib
from importlib.resources import files

import pytest
from report_sample import ALL, FACTS, INSIGHT, NOTES, R2, T1, said

from weerklank.chapters import (
    AttendanceFacts,
    CommitmentFacts,
    CommitmentState,
    LevelFacts,
    Margin,
    MessageFacts,
    NotesFacts,
    Promise,
    ReportFacts,
    Stances,
    ThemeHarvest,
    Voice,
    WordFacts,
    report_of,
    report_of_notes,
)
from weerklank.errors import BadInput, Unfounded
from weerklank.evidence import Contribution, ContributionKind, Quote, Span
from weerklank.report import Basis, Citable, Document, Language, Point, Points, Section
from weerklank.report.visible import main_text, side_texts


def block(document: Document, name: str) -> Citable:
    return next(citable for citable in document.citables() if citable.id == name)


def text(document: Document, name: str) -> str:
    return main_text(block(document, name))


def chapter(document: Document, title: str) -> Section:
    return next(section for section in document.sections if section.title == title)


def everything(document: Document) -> str:
    return "\n".join(
        part for citable in document.citables() for part in (main_text(citable), *side_texts(citable))
    )


def with_attendance(**changed: object) -> ReportFacts:
    attendance = FACTS.attendance
    assert attendance is not None
    return dataclasses.replace(FACTS, attendance=dataclasses.replace(attendance, **changed))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def document() -> Document:
    return report_of(FACTS)[0]


def test_the_reading_order_is_that_of_somebody_with_three_minutes(document: Document) -> None:
    assert [section.title for section in document.sections] == [
        "In het kort",
        "Wie er was",
        "Tijd voor het vak",
        "Samen aan één loket",
        "Werken met regels",
        "Inzichten",
        "Boodschappen",
        "Andere stemmen",
        "Verantwoording",
    ]
    assert document.organisers == ("Gemeente Waterkant", "Provincie Laagland")
    assert ("Voor", "Wethouder Dienstverlening") in document.cover_lines


@pytest.mark.parametrize("made", [report_of(FACTS)[0], report_of_notes(NOTES)[0]], ids=["gathering", "notes"])
def test_every_contribution_is_printed_once_and_literally(made: Document) -> None:
    printed = [b for b in made.citables() if b.basis is Basis.LITERAL and b.id.startswith("said:")]
    assert sorted((b.sources[0], main_text(b)) for b in printed) == sorted((c.id, c.text) for c in ALL)


def test_105_of_99_is_106_percent(document: Document) -> None:
    assert (
        text(document, "attendance/came") == "Ingeschreven: 99. Aanwezig: 105. Dat is een opkomst van 106 %."
    )


def test_a_withheld_figure_is_said_to_be_withheld() -> None:
    document, slides = report_of(with_attendance(registered=None))
    assert text(document, "attendance/came") == "Ingeschreven: minder dan 5. Aanwezig: 105."
    assert "%" not in everything(document)
    assert [point.figure for point in slides.slides[1].points] == ["minder dan 5", "105", "10"]


@pytest.mark.parametrize(
    "facts",
    [
        with_attendance(registered=4, present=3),
        with_attendance(margins=(Margin("Taal", (("Nederlands", 101), ("Frans", 4))),)),
        with_attendance(walk_ins=0),
        dataclasses.replace(
            FACTS,
            messages=(
                dataclasses.replace(FACTS.messages[0], stances=Stances((("eens", 71), ("oneens", 2)))),
            ),
            answers=(),
        ),
        dataclasses.replace(with_attendance(present=9), k=10),
    ],
)
def test_a_count_of_few_people_stops_the_report(facts: ReportFacts) -> None:
    with pytest.raises(Unfounded, match="minder dan"):
        report_of(facts)


def test_an_empty_level_stays_empty(document: Document) -> None:
    rules = chapter(document, "Werken met regels")
    levels = {s.title: [main_text(b) for b in s.citables()] for s in rules.sections[0].sections}
    assert levels["Micro: ik en mijn werk"] == ["Niets genoteerd op dit niveau."]
    assert levels["Meso: team en organisatie"] == ["Niets genoteerd op dit niveau."]
    assert levels["Macro: bestuur en systeem"] == ["En als het dan misgaat zouden we eigenlijk"]
    assert [main_text(b) for b in rules.sections[1].citables()] == ["Van deze groep zijn geen notities."]


def test_an_unfinished_sentence_is_kept_and_flagged_wherever_it_stands(document: Document) -> None:
    assert "zin breekt af" in side_texts(block(document, "said:r3"))
    assert "zin breekt af" in side_texts(block(document, "dissent/voice:1"))[0]
    assert text(document, "method/unfinished") == "Er is 1 zin die afbreekt. Die is zo gelaten en gemerkt."


def test_key_fragments_prompts_cross_references_and_sub_points_keep_their_form(document: Document) -> None:
    point = block(document, "said:t1")
    assert isinstance(point, Point)
    assert [run.text for run in point.text if run.strong] == ["zonder agenda"]
    assert side_texts(point) == ("regels 12–13",)
    assert side_texts(block(document, "said:l5")) == ("Verwijst naar andere groepen",)
    assert side_texts(block(document, "said:t5")) == ("Wens",)
    counter = chapter(document, "Samen aan één loket").sections[0]
    lists = [b.items for s in counter.walk() for b in s.blocks if isinstance(b, Points)]
    assert [[(item.id, item.depth) for item in items] for items in lists] == [
        [("said:l1", 0)],
        [("said:l3", 0), ("said:l4", 1)],
    ]
    assert chapter(document, "Werken met regels").sections[0].sections[0].title == "Goed aan regels"


def test_what_was_noted_without_a_level_stands_where_it_was_noted() -> None:
    def noted(name: str, level: str | None) -> Contribution:
        return said(name, f"Tekst {name}", theme="T", room=None, level=level)

    notes = (noted("a", None), noted("b", "micro"), noted("c", "niveau 9"))
    late = (noted("b", "micro"), noted("a", None))
    for contributions, first in ((notes, "Zonder niveau genoteerd"), (late, "Micro: ik en mijn werk")):
        document, _ = report_of_notes(dataclasses.replace(NOTES, contributions=contributions))
        assert document.sections[2].sections[0].title == first
    document, _ = report_of_notes(dataclasses.replace(NOTES, contributions=notes))
    assert document.sections[2].sections[-1].title == "niveau 9"


def test_the_levels_are_those_of_the_format() -> None:
    levels = (LevelFacts("micro", "Ik", "Wat raakt jou?"), LevelFacts("ring 2", "Ring 2"))
    document, _ = report_of(dataclasses.replace(FACTS, levels=levels))
    titles = [s.title for s in chapter(document, "Tijd voor het vak").sections[0].sections]
    assert titles == ["Waarom dit thema", "Ik – Wat raakt jou?", "Ring 2", "meso"]


def test_a_theme_without_rooms_is_shown_as_empty() -> None:
    document, _ = report_of(dataclasses.replace(FACTS, themes=(*FACTS.themes, ThemeHarvest("Loon", ()))))
    assert [main_text(b) for b in chapter(document, "Loon").citables()] == [
        "Over dit thema zijn geen notities."
    ]


def test_sign_off_and_later_changes_stay_visible(document: Document) -> None:
    assert text(document, "theme:1/room:1/signed").endswith("tekende af op 12 maart 2026.")
    assert text(document, "theme:1/room:1/changed") == "Na het aftekenen zijn 2 wijzigingen aangebracht."
    assert text(document, "theme:1/room:2/signed") == "De groep heeft deze oogst nog niet afgetekend."


def test_an_insight_says_what_it_rests_on_and_where_that_is_printed(document: Document) -> None:
    rests = block(document, "insight:tijd/rests")
    assert main_text(rests) == "Dit inzicht steunt op 4 bijdragen uit 3 groepen."
    assert rests.sources == ("t1", "t2", "t3", "l1")
    assert {document.numbering.where_printed(source) for source in rests.sources} == {
        "said:t1",
        "said:t2",
        "said:t3",
        "said:l1",
    }


def test_the_figures_of_an_insight_count_its_quoted_sources_too() -> None:
    quoted = dataclasses.replace(INSIGHT, sources=("l1",), explanation=None)
    document, _ = report_of(dataclasses.replace(FACTS, insights=(quoted,)))
    assert text(document, "insight:tijd/rests") == "Dit inzicht steunt op 3 bijdragen uit 3 groepen."


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"insights": (dataclasses.replace(INSIGHT, sources=("t1", "t2"), quotes=()),)}, "minstens 3"),
        ({"insights": (dataclasses.replace(INSIGHT, claimed_sources=7),)}, "7 bronnen"),
        ({"insights": (dataclasses.replace(INSIGHT, claimed_rooms=7),)}, "7 groepen"),
        (
            {"insights": (dataclasses.replace(INSIGHT, quotes=(Quote("t1", Span(0, 4), "Drie"),)),)},
            "letterlijk",
        ),
        (
            {
                "answers": (),
                "messages": (MessageFacts(id="x", text="Doe iets.", addressee="De raad", sources=()),),
            },
            "minstens één",
        ),
        ({"voices": (Voice("weg"),)}, "Onbekende bron"),
    ],
)
def test_unfounded_facts_make_no_report(facts: dict[str, object], why: str) -> None:
    with pytest.raises(Unfounded, match=why):
        report_of(dataclasses.replace(FACTS, **facts))  # type: ignore[arg-type]


def test_an_answer_to_nothing_is_refused() -> None:
    with pytest.raises(BadInput, match="m2"):
        report_of(dataclasses.replace(FACTS, messages=FACTS.messages[:1]))


def test_answers_silence_and_objections_travel_with_the_message(document: Document) -> None:
    assert text(document, "message:m1/answer") == (
        "Nog niet beantwoord. De beloofde datum is 12 dagen voorbij."
    )
    assert text(document, "message:m2/answer") == "Deels overgenomen"
    assert text(document, "message:m2/answer/reason") == "We beginnen met 2 diensten."
    assert text(document, "message:m1/stances") == (
        "Bij het teruglezen: eens 71, oneens 12, geen oordeel minder dan 5."
    )
    assert text(document, "message:m1/objection:0").startswith("Bij ons aan de balie")
    assert block(document, "dissent/objections").see == ("message:m1/objection:0",)


def test_whoever_saw_it_differently_stands_beside_the_sentence() -> None:
    insight = dataclasses.replace(
        INSIGHT,
        dissent="Voor een ander geven regels juist rust.",
        against=("r2",),
        stances=Stances((("eens", 71), ("oneens en weet niet samen", 6))),
        objections=("Bij ons niet.",),
    )
    document, _ = report_of(dataclasses.replace(FACTS, insights=(insight,)))
    said = block(document, f"insight:{insight.id}/dissent")
    assert said.sources == ("r2",)
    assert text(document, f"insight:{insight.id}/stances").endswith("eens 71, oneens en weet niet samen 6.")
    assert f"insight:{insight.id}/objection:0" in block(document, "dissent/objections").see
    assert text(document, "brief/dissent").endswith("Bezwaren in eigen woorden: 2.")


@pytest.mark.parametrize("against", [(), ("r2",)])
def test_dissent_without_ground_is_refused(against: tuple[str, ...]) -> None:
    insight = dataclasses.replace(INSIGHT, dissent="Wel 40 collega's zien het anders.", against=against)
    with pytest.raises(Unfounded, match="40 collega"):
        report_of(dataclasses.replace(FACTS, insights=(insight,)))


def test_a_word_to_everybody_and_what_was_committed_to_come_along() -> None:
    commitment = CommitmentFacts(
        text="Team 7 krijgt een vaste dag.",
        owner="Dienst 2",
        due=dt.date(2026, 9, 1),
        state=CommitmentState.DONE,
    )
    answer = dataclasses.replace(FACTS.answers[0], commitments=(commitment,))
    word = WordFacts(
        text="Dank voor 448 keer inbreng.",
        answered_on=dt.date(2026, 3, 30),
        film="https://film.example/12",
        transcript="Goedendag.\nIk heb jullie gelezen.",
    )
    document, _ = report_of(dataclasses.replace(FACTS, answers=(answer,), word=word))
    assert text(document, "word/text") == word.text
    assert text(document, "word/transcript") == word.transcript
    assert text(document, "message:m2/answer/commitment:0/text") == commitment.text
    assert text(document, "message:m2/answer/commitment:0/due") == "Tegen 1 september 2026. Dit is gedaan."


@pytest.mark.parametrize(
    ("promise", "today", "said_"),
    [
        (None, dt.date(2026, 4, 13), "Er was geen antwoord beloofd"),
        (Promise("Een brief."), dt.date(2026, 4, 13), "Nog niet beantwoord."),
        (Promise("Een brief.", dt.date(2026, 4, 13)), dt.date(2026, 4, 13), "uiterlijk op 13 april 2026"),
        (Promise("Een brief.", dt.date(2026, 4, 12)), dt.date(2026, 4, 13), "is 1 dag voorbij"),
    ],
)
def test_silence_is_measured_against_the_promise(promise: Promise | None, today: dt.date, said_: str) -> None:
    facts = dataclasses.replace(
        FACTS, gathering=dataclasses.replace(FACTS.gathering, promise=promise), report_date=today
    )
    document, slides = report_of(facts)
    assert said_ in text(document, "message:m1/answer")
    if promise is None:
        assert "geen antwoord beloofd" in text(document, "given:promise")
        assert "geen antwoord beloofd" in slides.slides[-1].points[0].text


def test_what_was_taken_back_or_hidden_leaves_an_honest_trace(document: Document) -> None:
    assert text(document, "withdrawn:0") == "1 inbreng ingetrokken op 20 maart 2026."
    assert "1 inbreng verborgen" in text(document, "hidden")


def test_dissent_has_a_chapter_even_when_there_is_none(document: Document) -> None:
    assert R2.text in everything(document)
    assert text(document, "brief/dissent").endswith("Andere stemmen: 2. Bezwaren in eigen woorden: 1.")
    quiet = dataclasses.replace(
        FACTS, voices=(), messages=tuple(dataclasses.replace(m, objections=()) for m in FACTS.messages)
    )
    document, _ = report_of(quiet)
    assert text(document, "dissent/none").startswith("Er zijn geen andere stemmen aangewezen")


def test_notes_tell_nothing_about_people() -> None:
    document, slides = report_of_notes(NOTES)
    told = everything(document)
    assert "Ingeschreven" not in told
    assert "Wie er was, vertellen de notities niet." in told
    assert [point.figure for point in slides.slides[1].points] == ["13", "3"]


def test_notes_with_suggestions_name_their_sources() -> None:
    notes = dataclasses.replace(
        NOTES, insights=(INSIGHT,), voices=(Voice("r2"),), remarks=("Regel 40: klopt dit?",)
    )
    document, slides = report_of_notes(notes)
    assert [s.title for s in document.sections][-3:] == ["Inzichten", "Andere stemmen", "Verantwoording"]
    assert any(slide.title == "Inzichten" for slide in slides.slides)


def test_an_empty_file_still_makes_an_honest_report() -> None:
    document, slides = report_of_notes(
        NotesFacts(title="Leeg", contributions=(), report_date=dt.date(2026, 1, 1), source="leeg.md")
    )
    assert "Het bevat alle bijdragen: 0" in everything(document)
    assert len(slides.slides) >= 2


def test_a_lead_in_is_a_paragraph_before_its_points() -> None:
    head = Contribution("h", "Nodig is:", "T", kind=ContributionKind.LEAD_IN)
    tail = Contribution("p", "rust", "T", context="h")
    document, _ = report_of_notes(dataclasses.replace(NOTES, contributions=(head, tail)))
    noted = document.sections[2].sections[0].blocks
    assert [type(b).__name__ for b in noted] == ["Paragraph", "Points"]


def test_without_attendance_that_is_said() -> None:
    document, _ = report_of(dataclasses.replace(FACTS, attendance=None))
    assert text(document, "brief/attendance") == "Opkomst is niet geregistreerd."
    assert "Wie er was" not in [s.title for s in document.sections]


def test_nobody_registered_is_no_division_by_zero() -> None:
    facts = with_attendance(registered=None, present=None, margins=())
    assert isinstance(facts.attendance, AttendanceFacts)
    document, _ = report_of(facts)
    assert text(document, "attendance/came") == "Ingeschreven: minder dan 5. Aanwezig: minder dan 5."


def test_english_is_complete() -> None:
    document, slides = report_of(dataclasses.replace(FACTS, language=Language.EN))
    assert [s.title for s in document.sections][:2] == ["In brief", "Who was there"]
    assert "show-up of 106%" in text(document, "attendance/came")
    assert slides.slides[1].title == "Who was there"
    # What participants said stays as it was said.
    assert text(document, "said:t1") == T1.text


def test_french_is_complete() -> None:
    document, slides = report_of(dataclasses.replace(FACTS, language=Language.FR))
    assert [s.title for s in document.sections][:2] == ["En bref", "Qui était là"]
    assert "participation de 106\u00a0%" in text(document, "attendance/came")
    assert slides.slides[1].title == "Qui était là"
    assert text(document, "said:t1") == T1.text


def test_all_languages_have_the_same_sentences_with_the_same_slots() -> None:
    def shape(language: str) -> dict[str, object]:
        raw = files("weerklank.chapters.texts").joinpath(f"{language}.toml").read_text(encoding="utf-8")
        return {section: slots(entries) for section, entries in tomllib.loads(raw).items()}

    def slots(value: object) -> object:
        if isinstance(value, dict):
            return {key: slots(deeper) for key, deeper in value.items()}
        return len(value) if isinstance(value, list) else sorted(re.findall(r"{\w+}", str(value)))

    assert shape("nl") == shape("en") == shape("fr")
