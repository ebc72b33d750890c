"""Ask the library what rooms have in common, in the background; the page never waits for it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.db import transaction
from django_tasks import task

from weerklank_web.answers.actions.statement import bench_topic
from weerklank_web.answers.bridge.suggestions import NothingFound, found_in
from weerklank_web.answers.models import RunState, SuggestionRun
from weerklank_web.answers.queries.suggestions import fingerprint_now, frame_words_of
from weerklank_web.dialogue.queries.board import contributions_to_use
from weerklank_web.gatherings.models import Gathering
from weerklank_web.groundwork import clock
from weerklank_web.groundwork.live import ring

__all__ = ["ask_suggestions", "reckon", "reckon_suggestions"]

# A worker that was stopped halfway leaves a run waiting; after this long it is asked again.
_LOST_AFTER = timedelta(minutes=5)


def ask_suggestions(gathering: Gathering) -> SuggestionRun:
    """The run for the contributions as they are now; asked for in the background when there is none yet."""
    mark = fingerprint_now(gathering, list(contributions_to_use(gathering)))
    run = SuggestionRun.objects.filter(gathering=gathering, fingerprint=mark).first()
    if run is not None and not _is_lost(run):
        return run
    return _ask(gathering, mark)


@transaction.atomic
def _ask(gathering: Gathering, mark: str) -> SuggestionRun:
    now = clock.now()
    run, made = SuggestionRun.objects.get_or_create(
        gathering=gathering, fingerprint=mark, defaults={"asked_at": now}
    )
    if made or _is_lost(run):
        SuggestionRun.objects.filter(pk=run.pk).update(asked_at=now)
        transaction.on_commit(partial(reckon.enqueue, run.pk))
    return run


def _is_lost(run: SuggestionRun) -> bool:
    return run.state == RunState.WAITING and run.asked_at < clock.now() - _LOST_AFTER


@task()
def reckon(run_id: int) -> None:
    """Background work: safe to run twice."""
    reckon_suggestions(run_id)


def reckon_suggestions(run_id: int) -> None:
    """Reckon one run. When the contributions changed meanwhile it is dropped: the page asks again."""
    run = SuggestionRun.objects.select_related("gathering__format_version").filter(pk=run_id).first()
    if run is None or run.state != RunState.WAITING:
        return
    gathering = run.gathering
    rows = list(contributions_to_use(gathering))
    if fingerprint_now(gathering, rows) != run.fingerprint:
        run.delete()
        ring(bench_topic(gathering))
        return
    try:
        frame = frame_words_of(gathering)
        run.found = found_in(rows, title=gathering.title, language=gathering.language, frame=frame)
        run.state = RunState.READY
    except NothingFound as refusal:
        run.trouble = str(refusal)
        run.state = RunState.REFUSED
    with transaction.atomic():
        run.save(update_fields=["found", "state", "trouble"])
        earlier = SuggestionRun.objects.filter(gathering=gathering, asked_at__lte=run.asked_at)
        earlier.exclude(pk=run.pk).delete()
        ring(bench_topic(gathering))
