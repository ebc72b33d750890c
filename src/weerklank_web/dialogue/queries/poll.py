"""What is voted on in a step, and where one voter is in it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from django.db.models import QuerySet

from weerklank_web.dialogue.bridge.format import shared_with_everybody_by, votes_on_propositions
from weerklank_web.dialogue.bridge.opinion import Cast, chances_of
from weerklank_web.dialogue.models import Contribution, ContributionState, Proposition, Vote
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import stage_of

__all__ = ["Card", "Poll", "item_texts", "items_of", "poll_of", "votable_ids", "votes_in"]

_READ_BY_ALL = 20
_COUNTED = 200_000


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to vote on, with what its voter said of it (None: nothing yet)."""

    id: UUID
    text: str
    value: int | None
    number: int


@dataclass(frozen=True, slots=True)
class Poll:
    """Everything that one voter votes on in a step, in their own order."""

    step: str
    cards: tuple[Card, ...]

    @property
    def voted(self) -> int:
        """How many cards have an answer."""
        return sum(card.value is not None for card in self.cards)

    @property
    def first_open(self) -> Card | None:
        """The first card without an answer."""
        return next((card for card in self.cards if card.value is None), None)

    def card(self, number: int) -> Card | None:
        """The card with this number, from 1."""
        return self.cards[number - 1] if 1 <= number <= len(self.cards) else None


def items_of(gathering: Gathering, step: str) -> dict[UUID, str]:
    """What is voted on in this step, id and words, in the organiser's order."""
    rows: QuerySet[Proposition] | QuerySet[Contribution]
    if votes_on_propositions(stage_of(gathering).format.step(step)):
        rows = Proposition.objects.filter(gathering=gathering, taken_out=False)
    else:
        rows = _released(gathering, step)
    return dict(rows.values_list("id", "text"))


def votable_ids(gathering: Gathering, step: str) -> frozenset[UUID]:
    """The ids of what can be voted on in this step."""
    return frozenset(items_of(gathering, step))


def item_texts(gathering: Gathering, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The words as they stand now; what was withdrawn, hidden or taken out has none."""
    wanted = set(ids)
    propositions = Proposition.objects.filter(gathering=gathering, id__in=wanted, taken_out=False)
    said = Contribution.objects.filter(gathering=gathering, id__in=wanted, state=ContributionState.SHOWN)
    return {**dict(propositions.values_list("id", "text")), **dict(said.values_list("id", "text"))}


def poll_of(gathering: Gathering, step: str, *, author_key: str) -> Poll:
    """The cards of whoever holds this key, in their own order."""
    items = items_of(gathering, step)
    given = dict(
        Vote.objects.filter(gathering=gathering, step=step, author_key=author_key).values_list(
            "item", "value"
        )
    )
    chances = _chances(gathering, step, items)
    order = sorted(items, key=lambda item: _turn(_lot(author_key, step, item), chances.get(item, 1.0)))
    return Poll(
        step=step,
        cards=tuple(
            Card(id=item, text=items[item], value=given.get(item), number=place)
            for place, item in enumerate(order, start=1)
        ),
    )


def votes_in(gathering: Gathering, step: str) -> Cast:
    """The votes of a step that count: on what is still there to vote on."""
    items = votable_ids(gathering, step)
    rows = Vote.objects.filter(gathering=gathering, step=step).values_list("author_key", "item", "value")
    return _cast_of([row for row in rows.iterator(chunk_size=20_000) if row[1] in items])


def _cast_of(rows: Sequence[tuple[str, UUID, int]]) -> Cast:
    return Cast(
        voters=[who for who, _item, _value in rows],
        items=[item for _who, item, _value in rows],
        values=[value for _who, _item, value in rows],
    )


def _released(gathering: Gathering, step: str) -> QuerySet[Contribution]:
    """What was said in rooms and may be read by everybody who takes part, up to this step."""
    written = shared_with_everybody_by(stage_of(gathering).format, step)
    return (
        Contribution.objects.filter(
            gathering=gathering, step__in=written, shared=True, state=ContributionState.SHOWN
        )
        .exclude(text="")
        .order_by("room__position", "position")
    )


def _chances(gathering: Gathering, step: str, items: dict[UUID, str]) -> dict[UUID, float]:
    """How much sooner than others each item should come, when there are more than one person is likely to read.

    Reckoned anew every ten minutes; on more votes than that is cheap for, every item has the same chance.
    """
    if len(items) <= _READ_BY_ALL:
        return {}
    name = f"vote-chances:{gathering.id}:{step}"
    kept: dict[UUID, float] | None = cache.get(name)
    if kept is None:
        rows = Vote.objects.filter(gathering=gathering, step=step, item__in=items)
        given = list(rows.values_list("author_key", "item", "value")[:_COUNTED])
        cast = _cast_of(given)
        kept = chances_of(cast, items) if len(given) < _COUNTED else {}
        cache.set(name, kept, timeout=600)
    return kept


def _lot(author_key: str, step: str, item: UUID) -> float:
    """A number above 0 and up to 1: another one for every voter and item, always the same one."""
    drawn = hashlib.sha256(f"{author_key}|{step}|".encode() + item.bytes).digest()
    return (int.from_bytes(drawn[:7]) + 1) / 2**56


def _turn(lot: float, chance: float) -> float:
    """When its turn comes: drawing without putting back, each with its own chance (Efraimidis and Spirakis 2006)."""
    return -math.log(lot) / chance
