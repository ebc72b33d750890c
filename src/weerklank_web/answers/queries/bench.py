"""The bench: what was said by theme and level, filtered, with where each contribution is used."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from weerklank_web.answers.queries.statement import StatementView
from weerklank_web.dialogue.bridge.format import Value, empty_words, values_of
from weerklank_web.dialogue.models import Contribution
from weerklank_web.dialogue.rules import pieces
from weerklank_web.gatherings.models import Gathering, Theme
from weerklank_web.gatherings.stage import stage_of

__all__ = ["NO_LEVEL", "Bench", "Card", "Filters", "LevelRow", "ThemeRow", "bench_of"]

NO_LEVEL = "geen"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the organiser looks for. ``unused``: only what stands behind nothing yet."""

    theme: str = ""
    level: str = ""
    search: str = ""
    unused: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is filtered at all."""
        return bool(self.theme or self.level or self.search or self.unused)


@dataclass(frozen=True)
class Card:
    """One contribution on the bench."""

    contribution: Contribution
    tone: str
    used_in: tuple[str, ...]

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text cut along its key fragments."""
        return pieces(self.contribution.text, self.contribution.fragments)


@dataclass(frozen=True)
class LevelRow:
    """One level of a theme; empty stays empty (W12)."""

    label: str
    cards: list[Card] = field(default_factory=list)


@dataclass(frozen=True)
class ThemeRow:
    """One theme with its levels."""

    title: str
    key: str
    rooms: int
    levels: list[LevelRow]

    @property
    def count(self) -> int:
        """How many contributions are shown."""
        return sum(len(level.cards) for level in self.levels)


@dataclass(frozen=True)
class Bench:
    """The contributions as the organiser sees them."""

    themes: list[ThemeRow]
    total: int
    nothing: str
    theme_choices: list[tuple[str, str]]
    level_choices: list[tuple[str, str]]

    @property
    def count(self) -> int:
        """How many contributions pass the filters."""
        return sum(theme.count for theme in self.themes)


def bench_of(
    gathering: Gathering,
    rows: Sequence[Contribution],
    *,
    filters: Filters,
    statements: Sequence[StatementView],
    labels: Mapping[str, str],
    language: str,
) -> Bench:
    """Lay out ``rows`` (what may be used) by theme and level.

    :param statements: insights and messages, to say where a contribution stands behind; ``labels`` names their nouns.
    """
    stage = stage_of(gathering)
    levels = values_of(stage, "level", language)
    tones = {value.key: value.label for value in values_of(stage, "tone", language)}
    used = _uses(statements, labels)
    themes = {
        str(theme.pk): theme for theme in Theme.objects.filter(gathering=gathering).order_by("position", "id")
    }
    by_theme: dict[str, list[Card]] = defaultdict(list)
    for row in rows:
        uses = used.get(row.id, ())
        if _passes(row, filters, unused=not uses):
            card = Card(row, tone=tones.get(row.tone, ""), used_in=uses)
            by_theme[str(row.theme_id or "")].append(card)
    order = [key for key in (*themes, "") if by_theme.get(key)]
    return Bench(
        themes=[_theme(key, themes.get(key), by_theme[key], levels) for key in order],
        total=len(rows),
        nothing=empty_words(stage, language),
        theme_choices=[(key, theme.title) for key, theme in themes.items()],
        level_choices=[(value.key, value.label) for value in levels],
    )


def _uses(statements: Sequence[StatementView], labels: Mapping[str, str]) -> dict[UUID, tuple[str, ...]]:
    uses: dict[UUID, list[str]] = defaultdict(list)
    for view in statements:
        for source in view.sources:
            uses[source.contribution.id].append(f"{labels[view.noun]} {view.number}")
    return {id_: tuple(names) for id_, names in uses.items()}


def _passes(row: Contribution, filters: Filters, *, unused: bool) -> bool:
    if filters.unused and not unused:
        return False
    if filters.theme and str(row.theme_id) != filters.theme:
        return False
    if filters.level and row.level != ("" if filters.level == NO_LEVEL else filters.level):
        return False
    return filters.search.casefold() in row.text.casefold()


def _theme(key: str, theme: Theme | None, cards: Sequence[Card], levels: Sequence[Value]) -> ThemeRow:
    rows = {value.key: LevelRow(value.label) for value in levels}
    rest = LevelRow("")
    for card in cards:
        rows.get(card.contribution.level, rest).cards.append(card)
    rooms = {card.contribution.room_id for card in cards if card.contribution.room_id}
    shown = [*rows.values(), *([rest] if rest.cards else [])]
    return ThemeRow(
        title="" if theme is None else theme.title, key=key or NO_LEVEL, rooms=len(rooms), levels=shown
    )
