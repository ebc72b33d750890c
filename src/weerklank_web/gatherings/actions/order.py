"""Changing the order of a short list, one place at a time: no dragging needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import transaction

__all__ = ["move_in_order"]


class _Placed(Protocol):
    pk: int
    position: int

    def save(self, *, update_fields: list[str]) -> None: ...


@transaction.atomic
def move_in_order(thing: _Placed, things: Sequence[_Placed], *, up: bool) -> None:
    """Swap ``thing`` with its neighbour in ``things`` (in their order) and number all of them from 0.

    At the end of the list nothing moves.
    """
    order = list(things)
    here = next(place for place, each in enumerate(order) if each.pk == thing.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
    for place, each in enumerate(order):
        if each.position != place:
            each.position = place
            each.save(update_fields=["position"])
