"""What the pages of this app do the same way: going on after a deed."""

from __future__ import annotations

from django.shortcuts import resolve_url

from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.views.saying import SeeOther

__all__ = ["go_to"]


def go_to(name: str, gathering: Gathering, *more: object, at: str = "") -> SeeOther:
    """Go on to a page of this app; ``at`` is the part of the page to look at."""
    address = resolve_url(f"answers:{name}", gathering.slug, *more)
    return SeeOther(f"{address}#{at}" if at else address)
