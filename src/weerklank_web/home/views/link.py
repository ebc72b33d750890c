"""``/l/<secret>/``: one door for every private link without an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from weerklank_web.answers.models import DeskLink
from weerklank_web.gatherings.queries.registration import registration_of_link
from weerklank_web.groundwork import links
from weerklank_web.groundwork.errors import NotFound
from weerklank_web.groundwork.limits import count_attempt

__all__ = ["open_link"]


@never_cache
@require_safe
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Put the secret in a cookie and go to the page it opens, so that no address bar or log keeps it.

    Opening changes nothing: mail programs follow links by themselves.
    """
    mark = links.fingerprint(secret)
    registration = registration_of_link(secret)
    if registration is not None:
        response = redirect("gatherings:own", slug=registration.gathering.slug)
        links.remember(response, secret, purpose="participant", thing=registration.gathering_id)
        return response
    desk = DeskLink.objects.select_related("gathering").filter(fingerprint=mark, revoked=False).first()
    if desk is not None:
        response = redirect("answers:desk", slug=desk.gathering.slug)
        links.remember(response, secret, purpose="desk", thing=desk.gathering_id)
        return response
    count_attempt(request, what="private-link", allowed=20, minutes=15)
    raise NotFound(
        _("Deze link werkt niet (meer). Kijk of je hem helemaal hebt gekopieerd, of vraag een nieuwe.")
    )
