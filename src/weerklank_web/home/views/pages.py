"""Pages about the house itself: privacy, accessibility, reporting a leak."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from weerklank_web.gatherings.actions.retention import UNCONFIRMED_DAYS

__all__ = ["accessibility", "leak", "privacy"]

# When the accessibility of the whole application was last gone through.
_LOOKED_AT = date(2026, 11, 21)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep, how long, and who can see what (DOMAIN §7.5)."""
    return render(request, "home/privacy.html", {"unconfirmed_days": UNCONFIRMED_DAYS})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How usable it is for everybody, and whom to tell when it is not."""
    return render(request, "home/accessibility.html", {"looked_at": _LOOKED_AT})


@require_safe
def leak(request: HttpRequest) -> HttpResponse:
    """How to report a weakness, and what we promise to who does."""
    return render(request, "home/leak.html")
