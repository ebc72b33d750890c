"""Whether whoever asks is the recipient of a gathering, or prepares for the recipient.

Desks are kept further on in the journey; whoever keeps them says here, once, how to recognise one.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest

from weerklank_web.gatherings.models import Gathering

__all__ = ["is_recipient", "recognise_recipient"]

Recognise = Callable[[HttpRequest, Gathering], bool]

_known: list[Recognise] = []


def recognise_recipient(how: Recognise) -> None:
    """From now on ``how(request, gathering)`` tells; a later call takes its place."""
    _known[:] = [how]


def is_recipient(request: HttpRequest, gathering: Gathering) -> bool:
    """Whether this device holds a link of the recipient's desk."""
    return any(how(request, gathering) for how in _known)
