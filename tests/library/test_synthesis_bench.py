"""What a person changes at the bench: merged, split and framed, each a new synthesis (W13)."""

from __future__ import annotations

from pathlib import Path

import pytest

from weerklank.errors import BadInput
from weerklank.evidence import Contribution, check_insight, ground_of
from weerklank.notes import read_notes
from weerklank.synthesis import (
    Edit,
    Synthesis,
    evaluate,
    merge_insights,
    related_to,
    split_insight,
    suggestion_sentence,
    synthesise,
    with_frame_words,
)

SAMPLE = Path(__file__).parent / "data" / "uneven-notes.md"


@pytest.fixture(scope="module")
def found() -> Synthesis:
    return synthesise(read_notes(SAMPLE).contributions)


def test_merging_counts_the_union_and_can_be_taken_back(found: Synthesis) -> None:
    first, second = found.insights[:2]
    merged = merge_insights(found, first.id, second.id)
    one = merged.insights[0]
    assert set(one.coverage.contributions) == {*first.coverage.contributions, *second.coverage.contributions}
    assert one.merged_from == (first, second)
    assert second.anchor in one.associates
    assert len(merged.insights) == len(found.insights) - 1
    assert merged.edits == (Edit("merge", (first.id, second.id)),)
    assert evaluate(merged).counts == 1.0
    sentence = suggestion_sentence(one)
    check_insight(
        sentence,
        sources=one.coverage.contributions,
        quotes=one.evidence,
        ground=ground_of(found.contributions),
    )
    back = split_insight(merged, one.id)
    assert set(back.insights) == set(found.insights)
    assert len(back.edits) == 2
    assert found.edits == ()


def test_an_associate_can_go_its_own_way() -> None:
    along = "mandaat"
    bound = [
        "Vertrouwen vraagt een mandaat",
        "Een mandaat en vertrouwen",
        "Vertrouwen vooraf, mandaat daarna",
    ]
    loose = [
        "Vertrouwen in de kassa",
        "De sleutel van het lokaal",
        "Een rooster dat klopt",
        "Koffie in de gang",
    ]
    found = synthesise(
        Contribution(id=f"{theme} {number}", text=f"{text} bij {theme}", theme=theme)
        for theme in ("Werk", "Buurt", "School")
        for number, text in enumerate([bound[len(theme) % 3], *loose])
    )
    one = next(each for each in found.insights if along in each.associates)
    apart = split_insight(found, one.id, along=along)
    rest = next(each for each in apart.insights if each.id == one.id)
    assert along not in rest.associates
    alone = next(each for each in apart.insights if each.anchor == along)
    concept = next(each for each in found.concepts if each.label == along)
    assert alone.coverage == concept.coverage
    assert {quote.contribution for quote in alone.evidence} <= set(concept.coverage.contributions)
    assert evaluate(apart).counts == evaluate(apart).traceability == 1.0


def test_a_frame_word_heads_nothing_and_merges_are_kept(found: Synthesis) -> None:
    first, second, third = found.insights[:3]
    merged = merge_insights(found, first.id, second.id)
    framed = with_frame_words(merged, [third.anchor])
    assert third.anchor not in {one.anchor for one in framed.insights}
    assert third.anchor in {one.label for one in framed.frame}
    assert framed.settings.extra_frame == (third.anchor,)
    assert framed.insights[0].id == f"{first.id}+{second.id}"
    assert [one.deed for one in framed.edits] == ["merge", "frame"]


def test_what_is_read_along_comes_nearest_first(found: Synthesis) -> None:
    names = {one.id for one in found.contributions}
    everything = {name: related_to(found, name) for name in names}
    assert any(everything.values())
    for name, related in everything.items():
        likeness = [one.likeness for one in related]
        assert likeness == sorted(likeness, reverse=True)
        assert name not in {one.contribution for one in related} <= names


def test_what_is_not_there_cannot_be_changed(found: Synthesis) -> None:
    first = found.insights[0].id
    with pytest.raises(BadInput, match="geen voorstel"):
        merge_insights(found, first, "nergens")
    with pytest.raises(BadInput, match="met zichzelf"):
        merge_insights(found, first, first)
    with pytest.raises(BadInput, match="niet te splitsen"):
        split_insight(found, first)
    with pytest.raises(BadInput, match="geen bijdrage"):
        related_to(found, "nergens")
