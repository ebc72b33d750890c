"""Where each contribution was said: theme, room and level as numbers, so that a million are counted at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from weerklank.evidence import Contribution
from weerklank.synthesis.records import Coverage

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]

__all__ = ["Labels", "Whereabouts", "coverage_of"]


@dataclass(frozen=True, eq=False)
class Labels:
    """A label per contribution.

    :param names: the labels that occur, sorted.
    :param at: per contribution the index of its label, -1 when it has none.
    """

    names: tuple[str, ...]
    at: Numbers

    def among(self, rows: Numbers) -> tuple[str, ...]:
        """Labels of some contributions, sorted."""
        import numpy as np

        often = np.bincount(self.at[rows] + 1, minlength=1)
        return tuple(self.names[label] for label in np.flatnonzero(often[1:]).tolist())


def _labels(found: Sequence[str | None]) -> Labels:
    import numpy as np

    names = tuple(sorted({name for name in set(found) if name is not None}))
    index: dict[str | None, int] = {name: number for number, name in enumerate(names)}
    index[None] = -1
    return Labels(names, np.fromiter(map(index.__getitem__, found), dtype=np.int64, count=len(found)))


@dataclass(frozen=True, eq=False)
class Whereabouts:
    """Where contributions were said.

    :param ids: their ids.
    """

    ids: tuple[str, ...]
    themes: Labels
    rooms: Labels
    levels: Labels

    @staticmethod
    def of(said: Sequence[Contribution]) -> Whereabouts:
        """Those of contributions, in their order."""
        return Whereabouts(
            tuple(one.id for one in said),
            _labels([one.theme for one in said]),
            _labels([one.room for one in said]),
            _labels([one.level for one in said]),
        )

    @cached_property
    def places(self) -> tuple[tuple[bool, str], ...]:
        """Themes that stand for a room (False), then rooms, each sorted."""
        unknown = self.themes.among((self.rooms.at < 0).nonzero()[0])
        return (*((False, theme) for theme in unknown), *((True, room) for room in self.rooms.names))

    @cached_property
    def at_place(self) -> Numbers:
        """Per contribution the index of its place."""
        import numpy as np

        index = {place: number for number, place in enumerate(self.places)}
        of_theme = np.array([index.get((False, theme), -1) for theme in self.themes.names], dtype=np.int64)
        found: Numbers = len(self.places) - len(self.rooms.names) + self.rooms.at
        unknown = self.rooms.at < 0
        found[unknown] = of_theme[self.themes.at[unknown]]
        return found

    @cached_property
    def id_order(self) -> Numbers:
        """Per contribution the rank of its id."""
        import numpy as np

        ranks = np.empty(len(self.ids), dtype=np.int64)
        ranks[self._by_id] = np.arange(len(self.ids))
        return ranks

    @cached_property
    def _by_id(self) -> Numbers:
        import numpy as np

        return np.array(sorted(range(len(self.ids)), key=self.ids.__getitem__), dtype=np.int64)

    def ids_of(self, rows: Numbers) -> tuple[str, ...]:
        """Ids of some contributions, sorted."""
        import numpy as np

        ordered = self._by_id[np.sort(self.id_order[rows])]
        return tuple(map(self.ids.__getitem__, ordered.tolist()))

    def coverage(self, rows: Numbers) -> Coverage:
        """:func:`coverage_of` some contributions, each named once."""
        import numpy as np

        return Coverage(
            contributions=self.ids_of(rows),
            themes=self.themes.among(rows),
            rooms=self.rooms.among(rows),
            levels=self.levels.among(rows),
            places=int(np.count_nonzero(np.bincount(self.at_place[rows], minlength=1))),
        )


def coverage_of(contributions: Iterable[Contribution], related: tuple[str, ...] = ()) -> Coverage:
    """Where these were said, literally counted. Room unknown: its theme stands for it."""
    said = list(contributions)
    return Coverage(
        contributions=tuple(sorted(one.id for one in said)),
        themes=tuple(sorted({one.theme for one in said})),
        rooms=tuple(sorted({one.room for one in said if one.room is not None})),
        levels=tuple(sorted({one.level for one in said if one.level is not None})),
        places=len({(one.room is not None, one.room or one.theme) for one in said}),
        related=related,
    )
