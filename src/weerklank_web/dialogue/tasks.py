"""Background work of this app. Safe to run twice: each looks first whether it is still to be done."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from django_tasks import task

from weerklank_web.dialogue.actions import snapshot
from weerklank_web.dialogue.models import Snapshot
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Stage

__all__ = ["look_again", "look_at_what_closed", "look_when_due", "make_snapshot"]


@task()
def make_snapshot(snapshot_id: str) -> None:
    """Make a picture of votes, unless it is gone."""
    with suppress(Snapshot.DoesNotExist):
        snapshot.make_snapshot(UUID(snapshot_id))


def look_at_what_closed(gathering: Gathering, before: Stage, after: Stage) -> None:
    """When a gathering moves on, ask for the picture of every vote that this ended."""
    for step in snapshot.steps_that_closed(before, after):
        asked = snapshot.ask_for_snapshot(gathering, step=step)
        _soon(asked)


def look_when_due(gathering: Gathering, *, step: str) -> None:
    """Ask for a picture that should be there, or that is old while people still vote."""
    asked = snapshot.ask_when_due(gathering, step=step)
    if asked is not None:
        _soon(asked)


def look_again(gathering: Gathering, *, step: str) -> None:
    """Ask once more for a picture whose making failed."""
    _soon(snapshot.ask_for_snapshot(gathering, step=step))


def _soon(asked: Snapshot) -> None:
    transaction.on_commit(lambda: make_snapshot.enqueue(str(asked.id)))
