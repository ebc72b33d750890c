"""Reading people."""

from __future__ import annotations

from weerklank_web.accounts.models import Person

__all__ = ["first_organiser"]


def first_organiser() -> Person | None:
    """Who became an organiser first, if anybody did."""
    return Person.objects.filter(may_organise=True, is_active=True).order_by("joined_on", "pk").first()
