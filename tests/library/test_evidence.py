"""The gate: what is not carried by its sources is not published (W10, W13, W19; DOMAIN 7.4)."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_sample import ALL, R3, T1, quote

from weerklank.errors import BadInput, Unfounded
from weerklank.evidence import (
    Contribution,
    Quote,
    Span,
    admit,
    check_insight,
    check_message,
    check_quote,
    check_wording,
    ground_of,
    percent_of,
)
from weerklank.evidence.claims import numbers_in, quoted_in
from weerklank.report import (
    BarFigure,
    Basis,
    Block,
    Document,
    Figure,
    FigureRule,
    Language,
    Paragraph,
    Quotation,
    Role,
    Run,
    Section,
    Slide,
    SlidePoint,
    Slides,
    Table,
)

GROUND = ground_of(
    ALL,
    facts={"present": 105, "registered": 99, "few": 3, "hushed": None},
    given={"given:promise": "Antwoord binnen 6 weken."},
    names=("Groep 12", "17"),
    dates=(dt.date(2026, 4, 1),),
)


@pytest.mark.parametrize(
    "bad",
    [
        Quote("t1", Span(0, 10), "Een uur pre"),
        Quote("t1", Span(1, 11), T1.text[:10]),
        Quote("t1", Span(0, 10), T1.text[:10].upper()),
        Quote("t1", Span(5, 5), ""),
        Quote("t1", Span(0, 999), T1.text),
        Quote("t1", Span(-5, -1), T1.text[-5:-1]),
        Quote("nobody", Span(0, 3), "Een"),
    ],
)
def test_a_quote_is_a_literal_slice_or_it_is_refused(bad: Quote) -> None:
    check_quote(quote(T1, "zonder agenda"), ground=GROUND)
    with pytest.raises(Unfounded) as refused:
        check_quote(bad, ground=GROUND)
    assert refused.value.sentence == bad.text


@given(st.text(min_size=1), st.data())
def test_every_slice_passes_and_every_other_text_does_not(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    ground = ground_of((Contribution("x", text, "thema"),))
    check_quote(Quote("x", Span(start, end), text[start:end]), ground=ground)
    other = data.draw(st.text())
    if other != text[start:end]:
        with pytest.raises(Unfounded):
            check_quote(Quote("x", Span(start, end), other), ground=ground)


@pytest.mark.parametrize(
    ("sentence", "sources"),
    [
        ("We doen het met 4 mensen minder.", ("t3",)),
        ("In twaalf groepen klonk hetzelfde.", ("t3",)),
        ("Alle groepen zeiden dit.", ("t1", "t3")),
        ("De meeste groepen zeiden dit.", ("t1",)),
        ("Alle deelnemers willen dit.", tuple(c.id for c in ALL)),
        ("Iemand zei “niemand durft iets te zeggen”.", ("t3",)),
        ("Iemand zei ‘niemand durft iets te zeggen’.", ("t3",)),
        ("Het gaat om 40 % van de tijd.", ("t1",)),
        ("Dit staat er ½ keer.", ("t1",)),
        ("Dit komt van ver.", ("t1", "verzonnen")),
    ],
)
def test_a_worded_sentence_may_not_know_more_than_its_sources(
    sentence: str, sources: tuple[str, ...]
) -> None:
    with pytest.raises(Unfounded) as refused:
        check_wording(sentence, sources=sources, ground=GROUND)
    assert refused.value.sentence in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Er zijn 3 mensen minder, en “niemand zegt wat er dan blijft liggen”.",
        "Van de 105 aanwezigen hoorden wij dit vóór 1 januari 2027, en in 2028 weer.",
        "Het zijn twee werelden, met ‘gewoon’ werk en A3-formulieren.",
        "Twee bijdragen uit twee groepen.",
        'Zij zeggen "niemand  zegt wat er dan blijft liggen".',
    ],
)
def test_a_worded_sentence_may_say_what_follows(sentence: str) -> None:
    check_wording(sentence, sources=("t1", "t3"), ground=GROUND)


def test_the_error_names_the_one_sentence_that_fails() -> None:
    with pytest.raises(Unfounded, match="17") as refused:
        check_wording("Dit klopt. Er waren 17 klachten. Dit ook.", sources=("t1",), ground=GROUND)
    assert refused.value.sentence == "Er waren 17 klachten."


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"sources": ("t1", "t3")}, "minstens 3"),
        ({"sources": ("t1", "t2", "t2")}, "minstens 3"),
        ({"sources": ("t1", "t2", "t4")}, "minstens 2 groepen"),
        ({"claimed_sources": 5}, "genoemd"),
        ({"claimed_rooms": 4}, "genoemd"),
        ({"quotes": (Quote("t2", Span(0, 3), "Oud"),)}, "letterlijk"),
        ({"explanation": "Dat zeiden 8 van hen."}, "getal 8"),
        ({"sources": ("t1", "t2", "weg")}, "Onbekende bron"),
    ],
)
def test_an_insight_needs_three_contributions_from_two_rooms_and_true_claims(
    changed: dict[str, object], why: str
) -> None:
    sound: dict[str, object] = {"sources": ("t1", "t2", "t3"), "claimed_sources": 3, "claimed_rooms": 2}
    check_insight("Tijd is schaars.", ground=GROUND, **sound)  # type: ignore[arg-type]
    with pytest.raises(Unfounded, match=why):
        check_insight("Tijd is schaars.", ground=GROUND, **(sound | changed))  # type: ignore[arg-type]


def test_without_rooms_a_theme_stands_for_its_room() -> None:
    notes = tuple(
        Contribution(name, "tekst", theme)
        for name, theme in (("a", "één"), ("b", "één"), ("c", "één"), ("d", "twee"))
    )
    check_insight("Dit.", sources=("a", "b", "d"), ground=ground_of(notes))
    with pytest.raises(Unfounded, match="minstens 2 groepen"):
        check_insight("Dit.", sources=("a", "b", "c"), ground=ground_of(notes))


def test_a_message_needs_a_source() -> None:
    check_message("Geef tijd.", sources=("t1",), ground=GROUND)
    with pytest.raises(Unfounded, match="minstens één"):
        check_message("Geef tijd.", sources=(), ground=GROUND)


def published(
    *blocks: Block, title: str = "Hoofdstuk", slide: SlidePoint | None = None
) -> tuple[Document, Slides]:
    """The smallest publication that holds these blocks."""
    document = Document(
        title="Proef",
        language=Language.NL,
        date=dt.date(2026, 4, 1),
        organisers=(),
        sections=(Section(id="s", title=title, blocks=blocks),),
    )
    return document, Slides((Slide(title="Dia", points=(slide,)),) if slide else ())


def counted(text: str, *figures: Figure) -> Paragraph:
    return Paragraph(id="p", text=(Run(text),), figures=figures)


def literal(text: str, source: str = "t1", **more: object) -> Paragraph:
    return Paragraph(id="p", basis=Basis.LITERAL, sources=(source,), text=(Run(text),), **more)  # type: ignore[arg-type]


RATE = Figure("show_up", 106, FigureRule.PERCENT, of=("present", "registered"))

REFUSED: dict[str, tuple[Callable[[], tuple[Document, Slides]], str]] = {
    "a literal text that was touched": (
        lambda: published(literal(T1.text + "!")),
        "niet die van de bijdrage",
    ),
    "a literal text without its one source": (
        lambda: published(Paragraph(id="p", basis=Basis.LITERAL, text=(Run(T1.text),))),
        "precies één bron",
    ),
    "a quotation from elsewhere": (
        lambda: published(Quotation(id="q", basis=Basis.LITERAL, sources=("t1",), text="vertrekken")),
        "niet letterlijk",
    ),
    "an unfinished sentence that looks finished": (lambda: published(literal(R3.text, "r3")), "breekt af"),
    "a worded sentence without source": (
        lambda: published(Paragraph(id="p", basis=Basis.WORDED, text=(Run("Zo is het."),))),
        "geen bron",
    ),
    "an insight on two sources": (
        lambda: published(
            Paragraph(
                id="p", basis=Basis.WORDED, role=Role.INSIGHT, sources=("t1", "t3"), text=(Run("Zo is het."),)
            )
        ),
        "minstens 3",
    ),
    "a promise that was reworded": (
        lambda: published(
            Paragraph(
                id="p", basis=Basis.GIVEN, sources=("given:promise",), text=(Run("Antwoord binnen 2 weken."),)
            )
        ),
        "niet zo gegeven",
    ),
    "a number without figure": (lambda: published(counted("Er waren 105 mensen.")), "niet berekend"),
    "a figure that is not the fact": (
        lambda: published(counted("Er waren 104 mensen.", Figure("present", 104))),
        "volgt 105",
    ),
    "a figure that nobody knows": (
        lambda: published(counted("Er waren 7 honden.", Figure("dogs", 7))),
        "niet bekend",
    ),
    "a figure of three people": (
        lambda: published(counted("Er waren 3 mensen.", Figure("few", 3, people=True))),
        "minder dan 5 mensen",
    ),
    "a percentage that was clamped": (
        lambda: published(counted("Opkomst 100 %.", dataclasses.replace(RATE, value=100))),
        "volgt 106",
    ),
    "a number of rooms that its sources do not have": (
        lambda: published(
            Paragraph(
                id="p",
                text=(Run("Uit 3 groepen."),),
                sources=("t1", "t3"),
                figures=(Figure("rooms", 3, FigureRule.ROOMS),),
            )
        ),
        "volgt 2",
    ),
    "a day that nobody named": (lambda: published(counted("Op 2 april 2026.")), "niet berekend"),
    "a number in a heading": (
        lambda: published(counted("Ja."), title="Wat 40 mensen zeiden"),
        "niet berekend",
    ),
    "a name that only begins like a known one": (
        lambda: published(counted("In Groep 123.")),
        "niet berekend",
    ),
    "a room that is called 17, and a number that only holds its digits": (
        lambda: published(counted("In 1176 zalen en 17,5 zaal.", Figure("present", 105))),
        "niet berekend",
    ),
    "a number in a remark": (lambda: published(literal(T1.text, aside="regel 99")), "niet berekend"),
    "a number in a table": (
        lambda: published(
            Table(id="t", caption="Wie", header=("a", "b"), rows=(("mensen", "105"),), numeric=(1,))
        ),
        "geen berekend cijfer",
    ),
    "a number in a bar": (
        lambda: published(
            BarFigure(
                id="t", caption="Wie", bars=(("mensen", 4),), withheld="-", figures=(Figure("present", 105),)
            )
        ),
        "geen berekend cijfer",
    ),
    "a slide that knows more": (
        lambda: published(literal(T1.text), slide=SlidePoint(text="Wel 8 uur", rests_on="p")),
        "niet berekend",
    ),
    "a slide that quotes what was not said": (
        lambda: published(literal(T1.text), slide=SlidePoint(text="“twee uur per week”", rests_on="p")),
        "niet in de alinea",
    ),
    "a slide that rests on nothing": (
        lambda: published(literal(T1.text), slide=SlidePoint(text="Ja", rests_on="nergens")),
        "alinea die er niet is",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_the_gate_refuses(case: str) -> None:
    make, why = REFUSED[case]
    document, slides = make()
    with pytest.raises(Unfounded, match=why):
        admit(document, slides, ground=GROUND)


def test_the_gate_lets_through_what_is_sound() -> None:
    sound = (
        Paragraph(
            id="came",
            text=(Run("Aanwezig: 105, een opkomst van 106 %, op 1 april 2026, in Groep 12."),),
            figures=(Figure("present", 105, people=True), RATE),
        ),
        dataclasses.replace(literal(T1.text, aside="regels 12–13"), id="said"),
        dataclasses.replace(literal(R3.text, "r3", flag="zin breekt af"), id="broken"),
        Paragraph(
            id="hushed",
            text=(Run("Minder dan 5."),),
            figures=(Figure("hushed", None, people=True), Figure("k", 5)),
        ),
    )
    document, slides = published(*sound, slide=SlidePoint(text="“zonder agenda”", rests_on="said"))
    admit(document, slides, ground=dataclasses.replace(GROUND, facts={**GROUND.facts, "k": 5}))


@pytest.mark.parametrize(
    ("part", "whole", "percent"), [(105, 99, 106), (1, 200, 1), (0, 7, 0), (99, 99, 100)]
)
def test_show_up_is_rounded_half_up_and_never_clamped(part: int, whole: int, percent: int) -> None:
    assert percent_of(part, whole) == percent


def test_two_contributions_may_not_share_an_id() -> None:
    with pytest.raises(BadInput, match="t1"):
        ground_of((T1, T1))


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.000 of 1000", ("1000", "1000")),
        ("2,5 en 2.5", ("2.5", "2.5")),
        ("A3 en COVID19, maar 10x en 3e", ("10", "3")),
        ("25-jarigen op 16:30", ("25", "16", "30")),
        ("٣ mensen", ("3",)),
    ],
)
def test_a_number_is_the_same_however_it_is_written(text: str, numbers: tuple[str, ...]) -> None:
    assert numbers_in(text) == numbers


def test_scare_quotes_of_a_word_or_two_are_no_quotes() -> None:
    assert quoted_in("De ‘gewone’ foto's van collega's heten “out of the box”.") == ("out of the box",)
