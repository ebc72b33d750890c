"""The picture of what votes say: asked for when a step of votes closes, made in the background, kept as it is.

As long as a step is open nothing is reckoned, so that there is nothing to leak; unless the format shows it at once.
"""

from __future__ import annotations

import hashlib
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from weerklank_web.dialogue.bridge.format import Audience, vote_step, votes_on_propositions
from weerklank_web.dialogue.bridge.opinion import Cast, fingerprint_of, picture_of, shift_of
from weerklank_web.dialogue.models import Snapshot, SnapshotState
from weerklank_web.dialogue.queries.poll import votes_in
from weerklank_web.gatherings.bridge import small_number
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Stage, stage_of
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.live import ring

__all__ = ["ask_for_snapshot", "ask_when_due", "make_open_snapshots", "make_snapshot", "steps_that_closed"]

_REFRESH = timedelta(minutes=10)
_STUCK = timedelta(minutes=15)


def steps_that_closed(before: Stage, after: Stage) -> list[str]:
    """The steps of votes that this move left behind."""
    return [
        step.id for step in after.vote_steps if before.place <= after.format.steps.index(step) < after.place
    ]


@transaction.atomic
def ask_for_snapshot(gathering: Gathering, *, step: str) -> Snapshot:
    """Ask for the picture of this step; the background makes it (``dialogue.tasks``). What stood there stays until then."""
    snapshot, _made = Snapshot.objects.get_or_create(
        gathering=gathering,
        step=step,
        defaults={"asked_at": clock.now(), "seed": _seed(gathering, step)},
    )
    snapshot.state, snapshot.asked_at = SnapshotState.WAITING, clock.now()
    snapshot.save(update_fields=["state", "asked_at"])
    journal.write("snapshot.asked", gathering=gathering.id, by="Weerklank", subject=step)
    return snapshot


def ask_when_due(gathering: Gathering, *, step: str) -> Snapshot | None:
    """Ask for it when there is none, when its making got stuck, or when it may be seen while people still vote and is old.

    :returns: what must be made now; None when all is well.
    """
    now = clock.now()
    snapshot = Snapshot.objects.filter(gathering=gathering, step=step).first()
    voting = stage_of(gathering).votes_are_cast_at(step)
    if snapshot is not None:
        if snapshot.state == SnapshotState.FAILED:
            return None
        waiting = snapshot.state == SnapshotState.WAITING
        last = snapshot.asked_at if waiting else snapshot.made_at or snapshot.asked_at
        if now - last < (_STUCK if waiting else _REFRESH) or not (waiting or voting):
            return None
    return ask_for_snapshot(gathering, step=step)


def make_snapshot(snapshot_id: UUID, *, full: bool = True) -> Snapshot:
    """Reckon it and keep it. Safe to run twice.

    :param full: also reckon how surely groups would have been seen; takes some seconds.
    """
    snapshot = Snapshot.objects.select_related("gathering__format_version").get(id=snapshot_id)
    if snapshot.state != SnapshotState.WAITING:
        return snapshot
    gathering, step = snapshot.gathering, snapshot.step
    cast = votes_in(gathering, step)
    k = small_number(stage_of(gathering).format)
    try:
        picture, model = picture_of(cast, k=k, seed=snapshot.seed, full=full)
        content = {**picture.as_dict(), "shift": _shift(gathering, step, cast, k=k)}
    except Exception:
        Snapshot.objects.filter(id=snapshot.id).update(state=SnapshotState.FAILED, made_at=clock.now())
        ring(f"gathering/{gathering.id}")
        raise
    if not _is_new_enough(snapshot, content):
        content, model = snapshot.content, snapshot.model
    with transaction.atomic():
        snapshot.state, snapshot.made_at = SnapshotState.READY, clock.now()
        snapshot.content, snapshot.model, snapshot.fingerprint = content, model, fingerprint_of(cast)
        snapshot.save()
        journal.write("snapshot.made", gathering=gathering.id, by="Weerklank", subject=step)
        ring(f"gathering/{gathering.id}")
    return snapshot


def make_open_snapshots(gathering: Gathering, *, audience: Audience) -> None:
    """Make every picture of a finished vote that this audience may see and that is not there yet, also one that failed."""
    stage = stage_of(gathering)
    for step in stage.vote_steps:
        if stage.votes_are_cast_at(step.id) or not stage.votes_are_open_to(audience, step.id):
            continue
        made = Snapshot.objects.filter(gathering=gathering, step=step.id, state=SnapshotState.READY)
        if not made.exists():
            make_snapshot(ask_for_snapshot(gathering, step=step.id).id)


def _shift(gathering: Gathering, step: str, cast: Cast, *, k: int) -> dict[str, object]:
    """What a conversation in between did: beside the nearest earlier vote on the same propositions (W8)."""
    stage = stage_of(gathering)
    here = vote_step(stage, step)
    if here is None or not votes_on_propositions(here):
        return {}
    earlier = [each for each in stage.vote_steps if votes_on_propositions(each)]
    place = earlier.index(here)
    if place == 0:
        return {}
    before = earlier[place - 1].id
    moved = shift_of(votes_in(gathering, before), cast, k=k)
    return {
        "before": before,
        "items": {item: None if each is None else each.as_dict() for item, each in moved.items()},
    }


def _is_new_enough(snapshot: Snapshot, content: dict[str, object]) -> bool:
    """While people vote, two pictures in a row differ by k people or more, so that nobody can watch one vote arrive."""
    if not snapshot.content or not stage_of(snapshot.gathering).votes_are_cast_at(snapshot.step):
        return True
    return bool(content["people"] != snapshot.content.get("people"))


def _seed(gathering: Gathering, step: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{gathering.id}|{step}".encode()).digest()[:6])
