"""Between processes: PostgreSQL's LISTEN brings the bells of all processes to this one's hub."""

from __future__ import annotations

import asyncio
import logging

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

from weerklank_web.groundwork.live.doorbell import CHANNEL
from weerklank_web.groundwork.live.hub import Hub

__all__ = ["relay"]

log = logging.getLogger(__name__)


async def relay(hub: Hub) -> None:
    """Carry notifications to ``hub`` until cancelled; one connection for the whole process.

    When the connection breaks it comes back by itself; bells rung meanwhile are lost, and every page asks again
    when its own stream reconnects.
    """
    wait = 1.0
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(_address(), autocommit=True) as link:
                await link.execute(f"LISTEN {CHANNEL}")
                wait = 1.0
                async for notification in link.notifies():
                    hub.ring(notification.payload)
        except psycopg.Error as trouble:
            log.warning(
                "the live relay lost its connection (%s); again in %.0f s", type(trouble).__name__, wait
            )
            await asyncio.sleep(wait)
            wait = min(wait * 2, 30.0)


def _address() -> str:
    given = connection.get_connection_params()
    return make_conninfo(
        **{key: given[key] for key in ("dbname", "user", "password", "host", "port") if given.get(key)}
    )
