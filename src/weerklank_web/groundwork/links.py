"""Private links: a secret that only its holder has.

A participant's link opens two doors that nobody can connect from the inside:

* ``fingerprint(secret)`` is stored with the registration, to find it;
* ``author_key(secret, gathering)`` is stored with what the participant says.

Both are one-way (HMAC-SHA-256 under different labels, of a secret of 256 random bits), so with the
whole database in hand neither leads to the other, while the link opens both. The secret itself is never
stored: it goes to the participant by mail, at once, and into a cookie on the participant's own device.
"""

from __future__ import annotations

import hmac
import secrets
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

__all__ = ["author_key", "cookie_of", "fingerprint", "forget", "new_secret", "remember", "remembered"]

_A_YEAR = 366 * 24 * 3600


def new_secret() -> str:
    """A fresh secret: 43 characters that are safe in an address."""
    return secrets.token_urlsafe(32)


def fingerprint(secret: str) -> str:
    """What the store keeps of a link, to recognise it."""
    return hmac.new(secret.encode(), b"weerklank:link", sha256).hexdigest()


def author_key(secret: str, gathering: UUID) -> str:
    """The key under which the holder of ``secret`` speaks in ``gathering``."""
    return hmac.new(secret.encode(), b"weerklank:author:" + gathering.bytes, sha256).hexdigest()


def cookie_of(purpose: str, thing: UUID) -> str:
    """The name of the cookie in which a device keeps a secret."""
    return f"weerklank-{purpose}-{thing.hex}"


def remember(
    response: HttpResponse, secret: str, *, purpose: str, thing: UUID, seconds: int = _A_YEAR
) -> None:
    """Keep the secret on this device: of its holder, or for a moment of whoever must pass it on."""
    response.set_cookie(
        cookie_of(purpose, thing),
        secret,
        max_age=seconds,
        httponly=True,
        samesite="Lax",
        secure=not settings.LOCAL,
    )


def remembered(request: HttpRequest, *, purpose: str, thing: UUID) -> str | None:
    """The secret that this device holds for ``thing``, if any."""
    return request.COOKIES.get(cookie_of(purpose, thing))


def forget(response: HttpResponse, *, purpose: str, thing: UUID) -> None:
    """Take the secret off this device."""
    response.delete_cookie(cookie_of(purpose, thing), samesite="Lax")
