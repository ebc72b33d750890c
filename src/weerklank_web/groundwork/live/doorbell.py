"""``ring(topic)`` after a commit, and signed tickets to listen.

A page shows what is live with a ticket: a signed list of topics. With SQLite there is one web process and the bell
goes straight to its hub; with PostgreSQL it goes by NOTIFY to every process.
"""

from __future__ import annotations

from django.core import signing
from django.db import connection, transaction

from weerklank_web.groundwork.live.hub import hub

__all__ = ["CHANNEL", "ring", "ticket_for", "topics_of"]

CHANNEL = "weerklank"

_SALT = "weerklank.live"
_HALF_A_DAY = 12 * 3600


def ring(topic: str) -> None:
    """Tell everyone who listens to ``topic`` that it changed, once this transaction has committed."""
    transaction.on_commit(lambda: _ring_now(topic))


def _ring_now(topic: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])
    else:
        hub.ring(topic)


def ticket_for(*topics: str) -> str:
    """A signed permission to listen to these topics; valid for half a day."""
    return signing.dumps(list(topics), salt=_SALT, compress=True)


def topics_of(ticket: str) -> tuple[str, ...]:
    """The topics that a ticket opens; raises ``signing.BadSignature`` for a false or old one."""
    return tuple(signing.loads(ticket, salt=_SALT, max_age=_HALF_A_DAY))
