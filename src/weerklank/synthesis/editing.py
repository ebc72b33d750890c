"""What a person at the bench changes in a synthesis: each verb gives a new one and leaves the old as it was (W13)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from weerklank.evidence import Contribution
from weerklank.synthesis.insights import evidence_for
from weerklank.synthesis.reading import coverage_of, read
from weerklank.synthesis.records import Concept, Edit, Insight, Related, Synthesis
from weerklank.synthesis.refusals import because
from weerklank.synthesis.synthesising import synthesise

__all__ = ["merge_insights", "related_to", "split_insight", "with_frame_words"]

#: Makes a synthesis of contributions with the settings it is given; how ``with_frame_words`` runs again.
Again = Callable[..., Synthesis]


def _found(synthesis: Synthesis, name: str) -> int:
    for place, one in enumerate(synthesis.insights):
        if one.id == name:
            return place
    raise because.bad_input("no-insight", name=name)


def _with(synthesis: Synthesis, insights: Sequence[Insight], deed: str, subjects: Iterable[str]) -> Synthesis:
    edit = Edit(deed, tuple(subjects))
    return replace(synthesis, insights=tuple(insights), edits=(*synthesis.edits, edit))


def merge_insights(synthesis: Synthesis, first: str, second: str) -> Synthesis:
    """Two suggestions as one, at the place of the first; counted again as the union, literally.

    :param first: id of the suggestion that names the anchor.
    :raises BadInput: one of them is not there, or they are the same.
    """
    here, there = _found(synthesis, first), _found(synthesis, second)
    if here == there:
        raise because.bad_input("merge-self")
    one, other = synthesis.insights[here], synthesis.insights[there]
    ids = {*one.coverage.contributions, *other.coverage.contributions}
    related = tuple(sorted({*one.coverage.related, *other.coverage.related} - ids))
    held = [said for said in synthesis.contributions if said.id in ids]
    along = dict.fromkeys((other.anchor, *one.associates, *other.associates))
    along.pop(one.anchor, None)
    merged = Insight(
        anchor=one.anchor,
        associates=tuple(along),
        evidence=tuple(dict.fromkeys((*one.evidence, *other.evidence))),
        coverage=coverage_of(held, related),
        id=f"{one.id}+{other.id}",
        families=tuple(dict.fromkeys((*one.families, *other.families))),
        parts=one.parts,
        merged_from=(one, other),
        strength=max(one.strength, other.strength),
    )
    kept = [
        merged if place == here else each for place, each in enumerate(synthesis.insights) if place != there
    ]
    return _with(synthesis, kept, "merge", (first, second))


def split_insight(synthesis: Synthesis, name: str, *, along: str | None = None) -> Synthesis:
    """A merged suggestion as its parts again; or one of its associates as a suggestion of its own.

    :param along: label of the associate that goes its own way; not needed for a merged one.
    :raises BadInput: there is no such suggestion, or nothing to split along.
    """
    place = _found(synthesis, name)
    one = synthesis.insights[place]
    together_again = along is None and one.merged_from
    parts = one.merged_from if together_again else _apart(synthesis, one, along)
    kept = (*synthesis.insights[:place], *parts, *synthesis.insights[place + 1 :])
    return _with(synthesis, kept, "split", (name,) if along is None else (name, along))


def _apart(synthesis: Synthesis, one: Insight, along: str | None) -> tuple[Insight, ...]:
    concept = next((each for each in synthesis.concepts if each.label == along), None)
    if along not in one.associates or concept is None or concept.family in one.families:
        raise because.bad_input("no-split", name=one.anchor)
    rest = replace(one, associates=tuple(each for each in one.associates if each != along))
    if any(each.id == concept.family for each in synthesis.insights):
        return (rest,)
    return (rest, _alone(synthesis, concept))


def _alone(synthesis: Synthesis, concept: Concept) -> Insight:
    reading = read(synthesis.contributions, synthesis.settings)
    return Insight(
        anchor=concept.label,
        associates=(),
        evidence=evidence_for([concept.family], (), reading),
        coverage=concept.coverage,
        id=concept.family,
        families=(concept.family,),
        parts=concept.parts,
        strength=concept.score,
    )


def with_frame_words(synthesis: Synthesis, words: Iterable[str], *, again: Again = synthesise) -> Synthesis:
    """The synthesis made anew with more words that everybody uses here; merges that still can be are made again.

    :param again: makes it, when it was made with other vectors or an encoder than the usual.
    """
    new = tuple(dict.fromkeys((*synthesis.settings.extra_frame, *words)))
    settings = replace(synthesis.settings, extra_frame=new)
    made = again(synthesis.contributions, settings=settings, seed=synthesis.seed)
    added = tuple(word for word in new if word not in synthesis.settings.extra_frame)
    made = replace(made, edits=(*synthesis.edits, Edit("frame", added)))
    for merged in (one for one in synthesis.insights if one.merged_from):
        made = _merged_again(made, merged)
    return made


def _merged_again(synthesis: Synthesis, merged: Insight) -> Synthesis:
    there = {one.id for one in synthesis.insights}
    first, second = merged.merged_from
    for part in (first, second):
        if part.merged_from:
            synthesis = _merged_again(synthesis, part)
            there = {one.id for one in synthesis.insights}
    if {first.id, second.id} <= there:
        edits = synthesis.edits
        synthesis = replace(merge_insights(synthesis, first.id, second.id), edits=edits)
    return synthesis


def related_to(synthesis: Synthesis, contribution: str) -> tuple[Related, ...]:
    """Contributions near this one, nearest first: to read along with it, in no count.

    Empty when more contributions came in than stand in the graph (``Settings.full_graph``).

    :raises BadInput: there is no such contribution.
    """
    place = _place_of(synthesis.contributions, contribution)
    return synthesis.related[place] if synthesis.related else ()


def _place_of(said: Sequence[Contribution], name: str) -> int:
    for place, one in enumerate(said):
        if one.id == name:
            return place
    raise because.bad_input("no-contribution", name=name)
