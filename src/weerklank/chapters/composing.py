"""Building blocks of the document: literal, worded, given or counted, never anything else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from weerklank.chapters.sentences import Sentences, sentences_for
from weerklank.evidence.claims import numbers_in
from weerklank.evidence.records import Contribution, ContributionKind, Quote
from weerklank.report.citable import Basis, Figure, Role, Run
from weerklank.report.days import day_in_words
from weerklank.report.document import Block, Language, Paragraph, Point, Points, Quotation
from weerklank.report.words import words_for

__all__ = ["Composer", "Slot"]

Slot = Figure | dt.date


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes blocks in one language.

    :param facts: known counts, so that a worded sentence that states one can name it.
    :param levels: short names of the format's own levels, by key.
    """

    language: Language
    contributions: Mapping[str, Contribution]
    facts: Mapping[str, int | None]
    k: int
    levels: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentences(self) -> Sentences:
        """The standing sentences of this language."""
        return sentences_for(self.language)

    def say(self, name: str) -> str:
        """A standing sentence or heading without slots."""
        return self.sentences.say(name)

    def day(self, day: dt.date) -> str:
        """A day in words."""
        return day_in_words(day, language=self.language)

    def quoted(self, text: str) -> str:
        """Literal words between the quotation marks of this language."""
        return words_for(self.language).quoted(text)

    def fact(self, name: str, *, people: bool = False) -> Figure:
        """The figure for a known fact."""
        return Figure(name, self.facts[name], people=people)

    def shown(self, figure: Figure) -> str:
        """A figure as people read it; "fewer than k" when it is withheld."""
        if figure.value is None:
            return self.sentences.say("people.fewer", {"k": str(self.k)})
        return str(figure.value)

    def counted(self, block_id: str, name: str, /, *, muted: bool = False, **slots: Slot) -> Paragraph:
        """A standing sentence with its figures and days filled in."""
        figures = tuple(slot for slot in slots.values() if isinstance(slot, Figure))
        filled = {
            slot: self.shown(value) if isinstance(value, Figure) else self.day(value)
            for slot, value in slots.items()
        }
        count = figures[0].value if figures else None
        text = self.sentences.say(name, filled, count=count)
        return Paragraph(id=block_id, text=(Run(text),), figures=self.with_k(figures), muted=muted)

    def with_k(self, figures: tuple[Figure, ...]) -> tuple[Figure, ...]:
        """Add k where something is withheld, since "fewer than k" states it."""
        return (*figures, self.fact("k")) if any(figure.value is None for figure in figures) else figures

    def given(self, source: str, text: str, *, label: str | None = None, at: str | None = None) -> Paragraph:
        """A text that somebody answerable gave; ``at`` tells apart a text that is shown twice."""
        block_id = source if at is None else f"{at}/{source}"
        return Paragraph(id=block_id, basis=Basis.GIVEN, sources=(source,), text=(Run(text),), label=label)

    def given_points(self, source: str, texts: tuple[str, ...]) -> Points:
        """A list of given texts; their sources are ``source:0``, ``source:1`` and so on."""
        return Points(
            tuple(
                Point(
                    id=f"{source}:{place}",
                    basis=Basis.GIVEN,
                    sources=(f"{source}:{place}",),
                    text=(Run(text),),
                )
                for place, text in enumerate(texts)
            )
        )

    def worded(
        self, block_id: str, text: str, *, sources: tuple[str, ...], role: Role = Role.TEXT
    ) -> Paragraph:
        """A sentence that a person worded on the strength of ``sources``."""
        return Paragraph(
            id=block_id,
            basis=Basis.WORDED,
            role=role,
            sources=sources,
            figures=self._facts_in(text, sources),
            text=(Run(text),),
        )

    def worded_point(
        self, block_id: str, text: str, *, sources: tuple[str, ...], role: Role, see: tuple[str, ...]
    ) -> Point:
        """The same, as an item of a list that points to the full text."""
        return Point(
            id=block_id,
            basis=Basis.WORDED,
            role=role,
            sources=sources,
            figures=self._facts_in(text, sources),
            see=see,
            text=(Run(text),),
        )

    def _facts_in(self, text: str, sources: tuple[str, ...]) -> tuple[Figure, ...]:
        cited = (self.contributions[source].text for source in sources if source in self.contributions)
        borrowed = {number for literal in cited for number in numbers_in(literal)}
        wanted = set(numbers_in(text)) - borrowed
        return tuple(Figure(name, value) for name, value in self.facts.items() if str(value) in wanted)

    def quotation(self, block_id: str, quote: Quote, *, reason: str | None = None) -> Quotation:
        """A literal slice, with where it was said."""
        contribution = self.contributions.get(quote.contribution)
        where = self.where(contribution) if contribution is not None else ()
        broken = (
            contribution is not None and contribution.unfinished and contribution.text.endswith(quote.text)
        )
        remarks = (reason, self.say("harvest.unfinished") if broken else None)
        attribution = " · ".join((*where, *(remark for remark in remarks if remark)))
        return Quotation(
            id=block_id,
            basis=Basis.LITERAL,
            sources=(quote.contribution,),
            text=quote.text,
            attribution=attribution or None,
        )

    def where(self, contribution: Contribution) -> tuple[str, ...]:
        """Theme, room and level in words, as far as they are known."""
        level = contribution.level
        named = None if level is None else self.level_name(level)
        return tuple(part for part in (contribution.theme, contribution.room, named) if part)

    def level_name(self, key: str) -> str:
        """The short name of a level: the format's own, else the usual one, else its key."""
        if key in self.levels:
            return self.levels[key]
        name = f"levels.{key}"
        return self.say(name).partition(":")[0].rstrip() if self.sentences.has(name) else key

    def noted(self, contributions: tuple[Contribution, ...]) -> tuple[Block, ...]:
        """Contributions as they were noted: prose as paragraphs, points as lists, sub-points under their point."""
        blocks: list[Block] = []
        items: list[Point] = []
        depths: dict[str, int] = {}
        for contribution in contributions:
            if contribution.kind is ContributionKind.POINT:
                parent = depths.get(contribution.context or "")
                depths[contribution.id] = 0 if parent is None else min(parent + 1, 2)
                items.append(replace(self._point(contribution), depth=depths[contribution.id]))
                continue
            if items:
                blocks.append(Points(tuple(items)))
                items, depths = [], {}
            blocks.append(self._prose(contribution))
        if items:
            blocks.append(Points(tuple(items)))
        return tuple(blocks)

    def _point(self, contribution: Contribution) -> Point:
        return Point(
            id=f"said:{contribution.id}",
            basis=Basis.LITERAL,
            sources=(contribution.id,),
            text=_marked(contribution),
            label=self._tone(contribution),
            aside=self._line(contribution),
            flag=self.say("harvest.unfinished") if contribution.unfinished else None,
        )

    def _prose(self, contribution: Contribution) -> Paragraph:
        refers = contribution.kind is ContributionKind.CROSS_REFERENCE
        return Paragraph(
            id=f"said:{contribution.id}",
            basis=Basis.LITERAL,
            sources=(contribution.id,),
            text=_marked(contribution),
            label=self.say("harvest.cross_reference") if refers else self._tone(contribution),
            aside=self._line(contribution),
            flag=self.say("harvest.unfinished") if contribution.unfinished else None,
        )

    def _tone(self, contribution: Contribution) -> str | None:
        if contribution.tone is None:
            return None
        name = f"tones.{contribution.tone}"
        return self.say(name) if self.sentences.has(name) else contribution.tone

    def _line(self, contribution: Contribution) -> str | None:
        origin = contribution.origin
        if origin is None:
            return None
        lines = {"first": str(origin.first_line), "last": str(origin.last_line)}
        return self.sentences.say(
            "harvest.line", lines, count=1 if origin.first_line == origin.last_line else 2
        )


def _marked(contribution: Contribution) -> tuple[Run, ...]:
    """The text cut at its key fragments (W10)."""
    runs: list[Run] = []
    at = 0
    for span in sorted(contribution.emphasis):
        if span.start < at or span.end > len(contribution.text) or span.start >= span.end:
            continue
        runs.append(Run(contribution.text[at : span.start]))
        runs.append(Run(contribution.text[span.start : span.end], strong=True))
        at = span.end
    runs.append(Run(contribution.text[at:]))
    return tuple(run for run in runs if run.text)
