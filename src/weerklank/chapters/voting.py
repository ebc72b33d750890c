"""What people voted in a gathering, as a chapter of its own report: the same picture as on the page, in the words of votes.

Every step of votes keeps names of its own (``votes:0/share:agree:…``), so that one report can hold several.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from weerklank.chapters.composing import Composer
from weerklank.chapters.opinion_facts import OpinionFacts
from weerklank.chapters.opinion_grounding import given_of, known_of
from weerklank.chapters.opinion_sections import (
    map_section,
    method_blocks,
    size_of_vote,
    statement_points,
    too_few,
    verdict_of_vote,
)
from weerklank.chapters.opinion_tables import margins_table
from weerklank.chapters.opinions import SHORT, found_sections
from weerklank.chapters.sentences import sentences_for
from weerklank.evidence.records import Contribution
from weerklank.report.citable import Citable, plain
from weerklank.report.document import Block, Points, Section
from weerklank.report.slides import Slide, SlideKind, SlidePoint

__all__ = ["Polling", "pollings_of"]

_C = TypeVar("_C", bound=Citable)


@dataclass(frozen=True, slots=True)
class Polling:
    """One step of votes within a report. ``place`` counts from 0; ``alone``: no other step stands in the report."""

    facts: OpinionFacts
    place: int
    alone: bool
    contributions: Mapping[str, Contribution]

    @property
    def known(self) -> dict[str, int | None]:
        """Its figures, under the names that they have in the report."""
        return {self._named(name): value for name, value in known_of(self.facts).items()}

    @property
    def given(self) -> dict[str, str]:
        """Its given texts, likewise."""
        given = given_of(self.facts, said=set(self.contributions))
        return {self._named(name): text for name, text in {**given, "given:step": self.facts.title}.items()}

    @property
    def title(self) -> str:
        """The heading of its chapter."""
        sentences = sentences_for(self.facts.language)
        return (
            sentences.say("opinions.title")
            if self.alone
            else sentences.say("opinions.votes_more", {"step": self.facts.title})
        )

    def brief(self) -> Section:
        """What belongs on the first page: the verdict, what unites and what divides."""
        facts, compose = self.facts, self._compose()
        if facts.people is None:
            blocks: list[Block] = [too_few(compose, at="brief")]
            return self._placed(Section(id="brief", title=self.title, blocks=tuple(blocks)))
        blocks = [verdict_of_vote(facts, compose, at="brief")]
        for kind, statements in facts.found:
            points = statement_points(statements[:SHORT], f"brief/{kind}", facts, compose)
            label = compose.say(f"opinions.{kind}")
            blocks.append(Points(tuple(replace(point, label=label) for point in points)))
        return self._placed(Section(id="brief", title=self.title, blocks=tuple(blocks)))

    def chapter(self) -> Section:
        """Who voted, the verdict, what was found, all statements, and how sure it is."""
        facts, compose = self.facts, self._compose()
        step = compose.given("given:step", facts.title, label=compose.say("opinions.asked_in"))
        if facts.people is None:
            few = Section(id="chapter", title=self.title, blocks=(step, too_few(compose)))
            return self._placed(few)
        found = found_sections(facts, compose)
        drawn = () if facts.grid is None else (map_section(facts, compose),)
        return self._placed(
            Section(
                id="chapter",
                title=self.title,
                blocks=(step, size_of_vote(facts, compose), verdict_of_vote(facts, compose)),
                sections=(*found[:2], *drawn, *found[2:], self._sure(compose)),
            )
        )

    def slides(self) -> tuple[Slide, ...]:
        """The verdict with what unites and divides; then what divides, or else what unites, as a figure."""
        facts, compose = self.facts, self._compose()
        if facts.people is None:
            return ()
        verdict = verdict_of_vote(facts, compose)
        points = [SlidePoint(text=plain(verdict.text), rests_on=self._named(verdict.id))]
        for kind, (first, *_) in facts.found:
            home = self._named(f"brief/{kind}/{first}")
            lead = compose.say(f"opinions.{kind}")
            points.append(SlidePoint(text=facts.texts[first], rests_on=home, lead=lead))
        found = Slide(title=self.title, points=tuple(points))
        if facts.divides and any(one.shares.agree is not None for one in facts.statements):
            caption, chart = "opinions.divided_caption", "divides/chart"
        elif facts.unites:
            caption, chart = "opinions.unites_caption", "unites/chart"
        else:
            return (found,)
        title = compose.say(caption) if self.alone else f"{compose.say(caption)} · {facts.title}"
        return (found, Slide(title=title, kind=SlideKind.CHART, chart=self._named(chart)))

    def figures(self) -> tuple[SlidePoint, ...]:
        """At least how many people voted, and on how many statements."""
        facts, compose = self.facts, self._compose()
        if facts.people is None:
            return ()
        home = self._named("size")
        return (
            SlidePoint(text=compose.say("slides.voters"), rests_on=home, figure=str(facts.people)),
            SlidePoint(
                text=compose.say("slides.statements"), rests_on=home, figure=str(len(facts.statements))
            ),
        )

    def _sure(self, compose: Composer) -> Section:
        """Margins, tests, method and limits."""
        facts = self.facts
        blocks: list[Block] = []
        if any(one.margin is not None for one in facts.statements):
            level = compose.fact("level")
            blocks.append(compose.counted("sure/margins", "opinions.margins_intro", level=level))
            blocks.append(margins_table(facts, compose))
        if facts.shown_evidence:
            blocks.append(compose.given_points("given:evidence", facts.shown_evidence))
        blocks += method_blocks(facts, compose)
        blocks.append(compose.counted("method/made", "opinions.made", day=facts.report_date))
        return Section(id="sure", title=compose.say("opinions.sure"), blocks=tuple(blocks))

    def _compose(self) -> Composer:
        return Composer(self.facts.language, self.contributions, known_of(self.facts), self.facts.k)

    def _named(self, name: str) -> str:
        return f"votes:{self.place}/{name}"

    def _placed(self, section: Section) -> Section:
        """The section with names of its own in the report."""
        return replace(
            section,
            id=self._named(section.id),
            blocks=tuple(self._placed_block(block) for block in section.blocks),
            sections=tuple(self._placed(inner) for inner in section.sections),
        )

    def _placed_block(self, block: Block) -> Block:
        if isinstance(block, Points):
            return Points(tuple(self._placed_one(point) for point in block.items))
        return self._placed_one(block)

    def _placed_one(self, one: _C) -> _C:
        return replace(
            one,
            id=self._named(one.id),
            figures=tuple(replace(figure, name=self._named(figure.name)) for figure in one.figures),
            sources=tuple(
                self._named(source) if source.startswith("given:") else source for source in one.sources
            ),
        )


def pollings_of(
    votes: tuple[OpinionFacts, ...], contributions: Mapping[str, Contribution]
) -> tuple[Polling, ...]:
    """The steps of votes of one report, in order."""
    return tuple(Polling(facts, place, len(votes) == 1, contributions) for place, facts in enumerate(votes))
