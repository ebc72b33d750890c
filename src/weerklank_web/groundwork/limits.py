"""Rate limits on whatever can be guessed: door codes, links, sign-in mails."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from weerklank_web.groundwork.errors import TooMany

__all__ = ["count_attempt"]


def count_attempt(request: HttpRequest, *, what: str, allowed: int, minutes: int) -> None:
    """Count one attempt at ``what`` from this address; refuse with TooMany after ``allowed`` in ``minutes``.

    The address is only kept as a keyed hash, and only for that long.
    """
    address = request.META.get("REMOTE_ADDR", "")
    mark = sha256(f"{settings.SECRET_KEY}|{what}|{address}".encode()).hexdigest()
    key = f"attempts:{mark}"
    cache.add(key, 0, timeout=minutes * 60)
    try:
        attempts = cache.incr(key)
    except ValueError:  # it expired between the two calls
        cache.set(key, 1, timeout=minutes * 60)
        attempts = 1
    if attempts > allowed:
        raise TooMany(_("Dat waren veel pogingen. Wacht even en probeer het dan opnieuw."))
