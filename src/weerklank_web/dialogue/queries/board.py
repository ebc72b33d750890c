"""The board of a room: what may be read by whoever looks, laid out by level or by tone (W9, W11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q, QuerySet

from weerklank_web.dialogue.bridge.format import Value, empty_words, shared_by_step, values_of
from weerklank_web.dialogue.models import Contribution, ContributionSource, ContributionState
from weerklank_web.dialogue.rules import pieces
from weerklank_web.gatherings.gates import RoomVisit
from weerklank_web.gatherings.models import Gathering, Room
from weerklank_web.gatherings.stage import Stage, stage_of

__all__ = ["Board", "Column", "Item", "board_of", "contributions_to_use", "own_words", "readable_in"]


@dataclass(frozen=True)
class Item:
    """One contribution as this reader sees it."""

    contribution: Contribution
    mine: bool
    may_change: bool
    leads: bool
    level: str
    tone: str

    @cached_property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text cut along its key fragments."""
        return pieces(self.contribution.text, self.contribution.fragments)

    @property
    def readable(self) -> bool:
        """Whether this reader may see the words: hidden words stay readable for their author and the crew."""
        state = self.contribution.state
        return state == ContributionState.SHOWN or (
            state == ContributionState.HIDDEN and (self.mine or self.leads)
        )


@dataclass(frozen=True)
class Column:
    """One level or tone, with what was said there; empty is shown as empty."""

    value: Value
    items: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """Everything a reader sees in a room, in columns."""

    columns: list[Column]
    unsorted: list[Item]
    private: list[Item]
    arranged_by: str
    nothing: str

    @property
    def count(self) -> int:
        """How many contributions stand on the board."""
        return len(self.unsorted) + sum(len(column.items) for column in self.columns)


def readable_in(room: Room, stage: Stage) -> QuerySet[Contribution]:
    """What the whole room may read now (withdrawn and hidden ones included, without their words).

    What the crew typed in or read from notes is what the room said aloud: it is there whatever the step was.
    """
    by_now = Q(step__in=shared_by_step(stage)) | ~Q(source=ContributionSource.PARTICIPANT)
    return Contribution.objects.filter(by_now, room=room, shared=True).order_by("position")


def board_of(visit: RoomVisit, *, language: str, arrange: str = "level") -> Board:
    """The board for whoever visits, in columns by ``level`` or ``tone``."""
    stage = stage_of(visit.gathering)
    arrange = arrange if arrange in ("level", "tone") else "level"
    key = visit.participant.author_key if visit.participant else ""
    rows = readable_in(visit.room, stage)
    if key:
        rows = (
            (rows | Contribution.objects.filter(room=visit.room, author_key=key))
            .distinct()
            .order_by("position")
        )
    levels = {value.key: value for value in values_of(stage, "level", language)}
    tones = {value.key: value for value in values_of(stage, "tone", language)}
    items = [_item(row, visit, key, levels, tones) for row in rows]
    values = levels if arrange == "level" else tones
    columns = {name: Column(value) for name, value in values.items()}
    board = Board(list(columns.values()), [], [], arrange, empty_words(stage, language))
    for item in items:
        place = item.contribution.level if arrange == "level" else item.contribution.tone
        if not item.contribution.shared:
            board.private.append(item)
        elif place in columns:
            columns[place].items.append(item)
        else:
            board.unsorted.append(item)
    return board


def contributions_to_use(gathering: Gathering) -> QuerySet[Contribution]:
    """What may be used for insights, messages and the report: shared, shown, with its words."""
    return (
        Contribution.objects.filter(gathering=gathering, shared=True, state=ContributionState.SHOWN)
        .exclude(text="")
        .select_related("room", "theme")
        .order_by("room__position", "room__name", "position")
    )


def own_words(gathering: Gathering, author_key: str) -> QuerySet[Contribution]:
    """What the holder of this key said, in order."""
    return (
        Contribution.objects.filter(~Q(author_key=""), gathering=gathering, author_key=author_key)
        .select_related("room", "theme")
        .order_by("position")
    )


def _item(
    row: Contribution, visit: RoomVisit, key: str, levels: dict[str, Value], tones: dict[str, Value]
) -> Item:
    mine = bool(key) and row.author_key == key
    typed_by_crew = row.source != ContributionSource.PARTICIPANT
    shown = row.state == ContributionState.SHOWN
    return Item(
        contribution=row,
        mine=mine,
        may_change=shown and (mine or (visit.leads and typed_by_crew)),
        leads=visit.leads,
        level=levels[row.level].label if row.level in levels else "",
        tone=tones[row.tone].label if row.tone in tones else "",
    )
