"""Who registered and who came: two populations that overlap (W4)."""

from __future__ import annotations

from dataclasses import dataclass

from weerklank.disclosure.figures import Figure, exact, hidden, share, whole
from weerklank.disclosure.refusals import because

__all__ = ["Turnout", "turnout"]


@dataclass(frozen=True, slots=True)
class Turnout:
    """Registered and present apart; ``percent`` may pass 100.

    ``came``: registered and present. ``stayed_away``: registered, not present. ``walked_in``: present, not registered.
    """

    registered: Figure
    present: Figure
    percent: int | None
    came: Figure
    stayed_away: Figure
    walked_in: Figure


def turnout(*, registered: int, came: int, walked_in: int, k: int = 5) -> Turnout:
    """The turnout as it may be shown: 99 registered and 105 present read 106 percent.

    ``came``, ``stayed_away`` and ``walked_in`` hang together through the two totals, so any one of them would
    give the other two: they are shown all three or none.

    :raises BadInput: more came than registered, or a negative number.
    """
    stayed_away = registered - came
    if min(came, walked_in, stayed_away) < 0:
        raise because.bad_input("turnout", came=came, registered=registered, walked_in=walked_in)
    signed, there = whole(registered, k=k), whole(came + walked_in, k=k)
    parts = (came, stayed_away, walked_in)
    shown = [exact(part, k=k) for part in parts] if min(parts) >= k else [hidden(k=k)] * 3
    return Turnout(signed, there, share(there, signed), *shown)
