"""What a publication may stand on, looked up in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from weerklank.errors import BadInput, Unfounded
from weerklank.evidence.records import Contribution
from weerklank.evidence.refusals import because

__all__ = ["Ground", "ground_of"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a publication may stand on.

    :param contributions: by id.
    :param facts: known counts by name; None is "fewer than k".
    :param given: texts that somebody answerable gave (purpose, promise, answer), by source id.
    :param names: names that may be shown as they are (title, themes, rooms), digits and all.
    :param dates: days that may be named.
    :param k: the smallest number of people that is shown.
    """

    contributions: Mapping[str, Contribution]
    facts: Mapping[str, int | None] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    dates: frozenset[dt.date] = frozenset()
    k: int = 5

    def cited(self, sources: tuple[str, ...], *, sentence: str) -> tuple[Contribution, ...]:
        """The contributions behind ``sources``, each once; ``Unfounded`` when one does not exist."""
        missing = tuple(source for source in sources if source not in self.contributions)
        if missing:
            raise Unfounded(
                because("unknown-sources", ids=", ".join(missing)), sentence=sentence, sources=sources
            )
        return tuple(self.contributions[source] for source in dict.fromkeys(sources))

    def rooms(self, cited: tuple[Contribution, ...]) -> int:
        """In how many rooms these were said. Where the room is unknown, its theme stands for it: the cautious
        reading, since rooms that shared a theme then count once."""
        return len({(c.room is not None, c.room if c.room is not None else c.theme) for c in cited})


def ground_of(
    contributions: Iterable[Contribution],
    *,
    facts: Mapping[str, int | None] | None = None,
    given: Mapping[str, str] | None = None,
    names: Iterable[str] = (),
    dates: Iterable[dt.date] = (),
    k: int = 5,
) -> Ground:
    """A ground; raises :class:`BadInput` when two contributions share an id. Themes, rooms,
    prompts, levels and tones are added to ``names``."""
    by_id: dict[str, Contribution] = {}
    for contribution in contributions:
        if contribution.id in by_id:
            raise BadInput(because("same-id", id=contribution.id))
        by_id[contribution.id] = contribution
    known = set(names)
    for contribution in by_id.values():
        known.add(contribution.theme)
        named = (contribution.room, contribution.prompt, contribution.level, contribution.tone)
        known.update(name for name in named if name is not None)
    return Ground(by_id, dict(facts or {}), dict(given or {}), frozenset(known), frozenset(dates), k)
