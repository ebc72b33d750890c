"""The presentation: short, and resting on the report (W15)."""

from __future__ import annotations

import dataclasses

from report_sample import FACTS, INSIGHT, said

from weerklank.chapters import (
    RoomHarvest,
    ThemeHarvest,
    report_of,
)
from weerklank.report import MAX_SLIDES, Citable, Document


def block(document: Document, name: str) -> Citable:
    return next(citable for citable in document.citables() if citable.id == name)


def test_the_presentation_stays_within_ten_slides_and_rests_on_the_report() -> None:
    insights = tuple(dataclasses.replace(INSIGHT, id=f"i{n}", explanation=None) for n in range(9))
    messages = tuple(dataclasses.replace(FACTS.messages[1], id=f"b{n}") for n in range(9))
    document, slides = report_of(dataclasses.replace(FACTS, insights=insights, messages=messages, answers=()))
    assert len(slides.slides) <= MAX_SLIDES
    titles = [slide.title for slide in slides.slides]
    assert len(set(titles)) == len(titles)
    for slide in slides.slides[1:]:
        assert slide.points, slide.title
        assert all(document.numbering.of(point.rests_on) for point in slide.points)
    second = slides.slides[titles.index("Inzichten (2)")]
    assert second.points[-1].text == "Meer hierover staat in het verslag."
    assert document.numbering.of("insight:i8") in " ".join(second.notes)
    assert block(document, "brief/insights/more").see == tuple(f"insight:i{n}" for n in range(5, 9))


def test_slides_of_rooms_quote_marked_fragments_of_every_theme_in_turn() -> None:
    themes = tuple(
        ThemeHarvest(
            f"Thema {letter}",
            tuple(
                RoomHarvest(
                    room=f"Groep {letter}{room}",
                    contributions=(
                        said(
                            f"{letter}{room}",
                            f"Wat {letter} zegt is kern.",
                            theme=f"Thema {letter}",
                            room=f"Groep {letter}{room}",
                            bold="kern" if letter != "C" else None,
                        ),
                    ),
                )
                for room in (1, 2)
            ),
        )
        for letter in "ABCDEFGHIJKLMN"
    )
    bare = dataclasses.replace(FACTS, themes=themes, insights=(), messages=(), answers=(), voices=())
    document, slides = report_of(bare)
    assert len(slides.slides) <= MAX_SLIDES
    leads = {point.lead for slide in slides.slides for point in slide.points if point.lead}
    assert {theme.theme for theme in themes} <= leads
    assert document.numbering.of("said:A1")
