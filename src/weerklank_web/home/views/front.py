"""The front page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from weerklank_web.home import handbook

__all__ = ["front_page"]

# Slug of the help page, what the role is called, and what it comes down to.
_ROLES = (
    (
        "deelnemer",
        _("Ik doe mee"),
        _("Je kiest een thema, praat mee en volgt wat er met je woorden gebeurt."),
    ),
    (
        "gespreksleider",
        _("Ik leid een gesprek"),
        _("Je begeleidt een groep: de vragen, de tijd en de oogst staan klaar."),
    ),
    (
        "organisator",
        _("Ik organiseer"),
        _("Je zet een bijeenkomst op, van uitnodiging tot verslag, en spreekt vooraf af wie antwoordt."),
    ),
    ("beslisser", _("Ik beslis"), _("Je leest één bladzijde en antwoordt per boodschap. Zonder account.")),
)


@require_safe
def front_page(request: HttpRequest) -> HttpResponse:
    """What this is, for whom, and where to begin."""
    written = {page.slug for page in handbook.pages_in(settings.HANDBOOK)}
    roles = [
        {
            "title": title,
            "text": text,
            "href": reverse("home:help-page", args=[slug]) if slug in written else reverse("home:help"),
        }
        for slug, title, text in _ROLES
    ]
    return render(request, "home/front.html", {"roles": roles})
