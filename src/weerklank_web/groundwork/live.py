"""The doorbell. ``ring(topic)`` after a commit; the event carries a name, never data.

A page shows what is live with ``data-live="{% live_ticket topic… %}"``: a signed list of topics. The browser
opens one stream and asks the same view again when its bell rings. Losing a bell costs nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core import signing
from django.db import transaction

__all__ = ["ring", "set_ringer", "ticket_for", "topics_of"]

_SALT = "weerklank.live"
_HALF_A_DAY = 12 * 3600

_ringer: Callable[[str], None] | None = None


def set_ringer(ringer: Callable[[str], None] | None) -> None:
    """The serving process says here how a bell reaches its streams; without one, a bell is silent."""
    global _ringer
    _ringer = ringer


def ring(topic: str) -> None:
    """Tell everyone who listens to ``topic`` that it changed, once this transaction has committed."""

    def now() -> None:
        if _ringer is not None:
            _ringer(topic)

    transaction.on_commit(now)


def ticket_for(*topics: str) -> str:
    """A signed permission to listen to these topics; valid for half a day."""
    return signing.dumps(list(topics), salt=_SALT, compress=True)


def topics_of(ticket: str) -> tuple[str, ...]:
    """The topics that a ticket opens; raises ``signing.BadSignature`` for a false or old one."""
    return tuple(signing.loads(ticket, salt=_SALT, max_age=_HALF_A_DAY))
