"""Texts cut at white space, and each distinct piece looked at once: a million texts have few different words.

No word and no letter crosses white space, so that the words of a text are those of its pieces one after another.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Numbers = npt.NDArray[np.int64]
    Places = npt.NDArray[np.int32]

__all__ = ["Strings", "pieces_of"]


class _Numbered(dict[str, int]):
    """Each string its number, in the order in which they were first asked for."""

    def __missing__(self, asked: str) -> int:
        number = self[asked] = len(self)
        return number


@dataclass(frozen=True, eq=False)
class Strings:
    """What stands in each text, in order, as numbers.

    :param names: distinct strings, in the order in which they first occur.
    :param which: of all texts one after another, the index in ``names``.
    :param ends: where each text begins and ends in ``which``: one more than there are texts.
    """

    names: tuple[str, ...]
    which: Places
    ends: Numbers

    def of(self, text: int) -> bytes:
        """The strings of a text: equal when and only when its strings are."""
        return self.which[self.ends[text] : self.ends[text + 1]].tobytes()

    def seen_by(self, look: Callable[[str], Iterable[str]]) -> Strings:
        """What ``look`` finds in each of these, in their place; it is asked once for each distinct one."""
        import numpy as np

        number = _Numbered()
        found: list[int] = []
        starts = [0]
        for name in self.names:
            found += map(number.__getitem__, look(name))
            starts.append(len(found))
        columns, begins = np.array(found, dtype=np.int32), np.array(starts, dtype=np.int64)
        sizes = np.diff(begins)[self.which]
        ends = np.concatenate(([0], np.cumsum(sizes)))
        # Where the findings of each begin, less where they come to stand: with the place added it points at one.
        at = np.repeat(begins[self.which] - ends[:-1], sizes)
        at += np.arange(len(at))
        return Strings(tuple(number), columns[at], ends[self.ends])


def pieces_of(texts: Iterable[str]) -> Strings:
    """What stands between white space in each text."""
    import numpy as np

    number = _Numbered()
    which, ends = array("i"), array("q", [0])
    for text in texts:
        which.extend(map(number.__getitem__, text.split()))
        ends.append(len(which))
    return Strings(tuple(number), np.array(which, dtype=np.int32), np.array(ends, dtype=np.int64))
