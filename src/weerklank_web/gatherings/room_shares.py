"""How many rooms each theme gets: pure reckoning, no rows.

Rooms go one at a time to the theme with the most first wishes per room it would then have, counted as Sainte-Laguë
counts seats (divisors 1, 3, 5, …): large and small themes get their share without a bonus for either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ThemeWishes", "room_count", "shared_out"]

# Six to eight people talk best; with more, everybody gets less than five minutes (DOMAIN, end of section 6).
_GOOD_SIZE = 8


@dataclass(frozen=True, slots=True)
class ThemeWishes:
    """What people want of one theme.

    :param first: how many put it first; ``any``: how many put it anywhere on their list.
    :param proposed: a participant thought of it.
    """

    first: int
    any: int
    proposed: bool = False


def room_count(people: int, *, bounds: tuple[int, int], facilitators: int) -> int:
    """A good number of rooms: small enough to talk, within what the format allows.

    As many as there are facilitators when those are too few for the good size, and never fewer than must be.
    """
    fewest, most = bounds
    wanted = min(max(-(-people // _GOOD_SIZE), fewest), most)
    return max(fewest, min(wanted, facilitators)) if facilitators else wanted


def shared_out(rooms: int, wishes: Mapping[int, ThemeWishes], *, enough: int) -> dict[int, int]:
    """Rooms per theme, ``rooms`` together (more only when proposed themes earn one each).

    A theme that somebody proposed gets a room when ``enough`` people pick it (W7); an other theme when the count
    gives it one. Without any wish the themes take turns in their order.
    """
    if not wishes:
        return {}
    earned = [theme for theme, each in wishes.items() if each.proposed and each.any >= enough]
    shares = {theme: int(theme in earned) for theme in wishes}
    open_to = {theme: each for theme, each in wishes.items() if not each.proposed or theme in earned}
    if not open_to:
        return shares
    weights = {theme: each.first for theme, each in open_to.items()}
    if not any(weights.values()):
        weights = dict.fromkeys(open_to, 1)
    places = {theme: place for place, theme in enumerate(wishes)}
    for _ in range(max(0, rooms - len(earned))):
        best = min(
            weights,
            key=lambda theme: (-weights[theme] / (2 * shares[theme] + 1), places[theme]),
        )
        shares[best] += 1
    return shares
