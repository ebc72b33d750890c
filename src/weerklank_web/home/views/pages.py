"""Pages about the house itself: privacy, accessibility, reporting a leak."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

__all__ = ["accessibility", "leak", "privacy"]


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What we keep, how long, and who can see what (DOMAIN §7.5)."""
    return render(request, "home/privacy.html")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How usable it is for everybody, and whom to tell when it is not."""
    return render(request, "home/accessibility.html")


@require_safe
def leak(request: HttpRequest) -> HttpResponse:
    """How to report a weakness, and what we promise to who does."""
    return render(request, "home/leak.html")
