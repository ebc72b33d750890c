"""Insights and messages with everything behind them, and whether they may go out (W13, W19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from weerklank_web.answers.bridge.evidence import (
    Fault,
    Wording,
    claims_words,
    faults_in,
    ground_for,
    still_said,
)
from weerklank_web.answers.bridge.format import evidence_needed
from weerklank_web.answers.models import Insight, InsightSource, Message, MessageSource
from weerklank_web.answers.rules import mark_of
from weerklank_web.dialogue.bridge.format import values_of
from weerklank_web.dialogue.models import Contribution, ContributionState
from weerklank_web.dialogue.queries.board import contributions_to_use
from weerklank_web.dialogue.rules import pieces
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import INSIGHT, MESSAGE, stage_of

__all__ = [
    "Coverage",
    "SourceView",
    "StatementView",
    "coverage_of",
    "faults_of",
    "insights_of",
    "messages_of",
    "statement_view",
    "usable",
]


def usable(contribution: Contribution) -> bool:
    """Whether it can still stand behind something: shared, shown, with its words."""
    shown = contribution.state == ContributionState.SHOWN
    return shown and contribution.shared and bool(contribution.text)


@dataclass(frozen=True)
class SourceView:
    """A contribution behind a statement, as any reader of the statement sees it. Never a name."""

    contribution: Contribution
    level: str
    number: int = 0
    start: int | None = None
    end: int | None = None
    mark: str = ""

    @property
    def gone(self) -> str:
        """``withdrawn`` or ``hidden`` when the words can no longer be read, else empty."""
        return "" if usable(self.contribution) else str(self.contribution.state)

    @cached_property
    def quote(self) -> str:
        """The quoted piece, if it still stands there literally."""
        if self.gone or self.start is None or self.end is None:
            return ""
        piece = self.contribution.text[self.start : self.end]
        return piece if piece and mark_of(self.contribution.id, piece) == self.mark else ""

    @property
    def lost(self) -> bool:
        """Whether a piece was quoted that no longer stands there."""
        return bool(self.mark) and not self.gone and not self.quote

    @cached_property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text cut along the quote, or along its key fragments when nothing is quoted."""
        if self.quote and self.start is not None and self.end is not None:
            return pieces(self.contribution.text, [[self.start, self.end]])
        return pieces(self.contribution.text, self.contribution.fragments)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Literal counts of what can be read behind something: contributions, rooms, themes, levels."""

    contributions: int
    rooms: int
    themes: tuple[str, ...]
    levels: tuple[str, ...]
    gone: int = 0


@dataclass(frozen=True)
class StatementView:
    """An insight or message with what stands behind it."""

    thing: Insight | Message
    noun: str
    number: int
    sources: list[SourceView]
    against: list[SourceView]
    coverage: Coverage
    level: str = ""
    insights: tuple[Insight, ...] = ()
    unsaid: frozenset[str] = frozenset()

    @property
    def id(self) -> UUID:
        return self.thing.id

    @property
    def words(self) -> str:
        """The sentence, for whoever only reads it."""
        return self._told(self.thing.words)

    @property
    def explanation(self) -> str:
        """Why, for whoever only reads it."""
        return self._told(getattr(self.thing, "explanation", ""))

    @property
    def dissent(self) -> str:
        """The other sound, for whoever only reads it."""
        return self._told(self.thing.dissent)

    @property
    def insights_told(self) -> list[tuple[str, str]]:
        """The published insights it rests on: sentence and other sound."""
        return [
            (self._told(each.sentence), self._told(each.dissent)) for each in self.insights if each.published
        ]

    @property
    def texts(self) -> frozenset[str]:
        """Everything that is worded in it."""
        own = (self.thing.words, getattr(self.thing, "explanation", ""), self.thing.dissent)
        under = (text for each in self.insights for text in (each.sentence, each.dissent))
        return frozenset(text for text in (*own, *under) if text)

    def _told(self, text: str) -> str:
        """The text; when it holds words that were taken back, that it does."""
        if text not in self.unsaid:
            return text
        return _("Deze tekst tonen we niet meer: er stonden woorden in die zijn ingetrokken of verborgen.")

    @property
    def quotes(self) -> list[SourceView]:
        """The sources of which a piece is quoted."""
        return [source for source in self.sources if source.quote]

    @property
    def behind(self) -> frozenset[UUID]:
        """Ids of everything it rests on, for and against."""
        return frozenset(source.contribution.id for source in (*self.sources, *self.against))

    @property
    def dissenting(self) -> frozenset[UUID]:
        """Ids of what was said against it."""
        return frozenset(source.contribution.id for source in self.against)

    @property
    def readable(self) -> list[SourceView]:
        """The sources whose words can be read."""
        return [source for source in self.sources if not source.gone]


def coverage_of(rows: Iterable[Contribution], *, levels: Mapping[str, str]) -> Coverage:
    """Count what can be read among these; what cannot is counted apart."""
    every = list(rows)
    kept = [row for row in every if usable(row)]
    return Coverage(
        contributions=len(kept),
        rooms=len({row.room_id for row in kept if row.room_id}),
        themes=tuple(dict.fromkeys(row.theme.title for row in kept if row.theme)),
        levels=tuple(label for key, label in levels.items() if any(row.level == key for row in kept)),
        gone=len(every) - len(kept),
    )


def insights_of(gathering: Gathering, *, language: str, only_published: bool = False) -> list[StatementView]:
    """The insights in order, in five questions to the database however many there are."""
    found = _insights().filter(gathering=gathering)
    if only_published:
        found = found.filter(published=True)
    levels = _levels(gathering, language)
    views = [_view(thing, INSIGHT, number, levels) for number, thing in enumerate(found, start=1)]
    return _still_said(gathering, views) if only_published else views


def messages_of(gathering: Gathering, *, language: str, only_published: bool = False) -> list[StatementView]:
    """The messages in order, with their insights."""
    found = _messages().filter(gathering=gathering)
    if only_published:
        found = found.filter(published=True)
    levels = _levels(gathering, language)
    views = [_view(thing, MESSAGE, number, levels) for number, thing in enumerate(found, start=1)]
    return _still_said(gathering, views) if only_published else views


def _still_said(gathering: Gathering, views: list[StatementView]) -> list[StatementView]:
    """The same, each knowing which of its texts hold words that were taken back since it was published."""
    doubtful = {text for view in views for text in view.texts if claims_words(text)}
    if not doubtful:
        return views
    ground = ground_for(gathering, contributions_to_use(gathering))
    unsaid = frozenset(text for text in doubtful if not still_said(text, ground=ground))
    return [replace(view, unsaid=unsaid & view.texts) for view in views] if unsaid else views


def statement_view(thing: Insight | Message, *, language: str) -> StatementView:
    """One of them, read anew."""
    levels = _levels(thing.gathering, language)
    if isinstance(thing, Insight):
        return _view(_insights().get(pk=thing.pk), INSIGHT, 0, levels)
    return _view(_messages().get(pk=thing.pk), MESSAGE, 0, levels)


def faults_of(gathering: Gathering, views: Sequence[StatementView]) -> dict[UUID, list[Fault]]:
    """Why each of these cannot go out yet; an empty list where nothing is in the way."""
    stage = stage_of(gathering)
    ground = ground_for(gathering, contributions_to_use(gathering))
    return {
        view.id: faults_in(_wording(view), ground=ground, needed=evidence_needed(stage, view.noun))
        for view in views
    }


def _wording(view: StatementView) -> Wording:
    return Wording(
        noun=view.noun,
        words=view.thing.words,
        explanation=getattr(view.thing, "explanation", ""),
        dissent=view.thing.dissent,
        sources=[source.contribution for source in view.readable],
        against=[source.contribution for source in view.against if not source.gone],
        quotes=[
            (source.contribution, source.start, source.end)
            for source in view.quotes
            if source.start is not None and source.end is not None
        ],
        lost=sum(source.lost for source in view.sources),
    )


def _insights() -> QuerySet[Insight]:
    return Insight.objects.select_related("gathering__format_version").prefetch_related(
        _sources(InsightSource), _against()
    )


def _messages() -> QuerySet[Message]:
    return Message.objects.select_related("gathering__format_version").prefetch_related(
        _sources(MessageSource), _against(), "insights"
    )


def _sources(model: type[InsightSource] | type[MessageSource]) -> Prefetch[str]:
    rows = model._default_manager.select_related("contribution__room", "contribution__theme").order_by("id")
    return Prefetch("sources", queryset=rows)


def _against() -> Prefetch[str]:
    rows = Contribution.objects.select_related("room", "theme").order_by("room__position", "position")
    return Prefetch("against", queryset=rows)


def _levels(gathering: Gathering, language: str) -> dict[str, str]:
    return {value.key: value.label for value in values_of(stage_of(gathering), "level", language)}


def _view(thing: Insight | Message, noun: str, number: int, levels: Mapping[str, str]) -> StatementView:
    sources = [
        SourceView(
            source.contribution,
            level=levels.get(source.contribution.level, ""),
            number=source.pk,
            start=source.start,
            end=source.end,
            mark=source.mark,
        )
        for source in thing.sources.all()
    ]
    return StatementView(
        thing=thing,
        noun=noun,
        number=number,
        sources=sources,
        against=[SourceView(row, level=levels.get(row.level, "")) for row in thing.against.all()],
        coverage=coverage_of((source.contribution for source in sources), levels=levels),
        level=levels.get(getattr(thing, "level", ""), ""),
        insights=tuple(thing.insights.all()) if isinstance(thing, Message) else (),
    )
