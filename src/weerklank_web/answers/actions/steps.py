"""Steps at the bench: each deed is kept with what was before and after it, and can be taken back.

Whoever takes a step back can never overwrite somebody else's work: a step goes back only while everything it touched is
still as that step left it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.answers.models import (
    BenchStep,
    Insight,
    InsightSource,
    Message,
    MessageSource,
    Stance,
    Statement,
)
from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import INSIGHT, MESSAGE
from weerklank_web.groundwork.errors import NotNow

__all__ = ["State", "keep_step", "key_of", "noun_of", "restore", "state_of", "undoable"]

State: TypeAlias = dict[str, Any]
Thing = Insight | Message
Given = ParamSpec("Given")
Made = TypeVar("Made")
Subject = TypeVar("Subject", Insight, Message, Insight | Message)

_KEPT = 30


@dataclass(frozen=True, slots=True)
class _Kind:
    """What tells insights and messages apart here: their rows, their own columns, and what they are tied to."""

    model: type[Thing]
    source: type[InsightSource | MessageSource]
    fields: tuple[str, ...]
    tied: str
    tied_to: type[Thing]


_KINDS = {
    INSIGHT: _Kind(
        Insight, InsightSource, ("sentence", "explanation", "dissent", "published"), "messages", Message
    ),
    MESSAGE: _Kind(
        Message, MessageSource, ("text", "addressee", "level", "dissent", "published"), "insights", Insight
    ),
}


def noun_of(thing: Statement) -> str:
    """``insight`` or ``message``."""
    return INSIGHT if isinstance(thing, Insight) else MESSAGE


def key_of(thing: Statement) -> tuple[str, str]:
    """What tells one statement from all others."""
    return noun_of(thing), str(thing.pk)


def state_of(noun: str, id_: str) -> State | None:
    """Everything about an insight or message that a step can change; None when it is not there."""
    kind = _KINDS[noun]
    thing = kind.model._default_manager.filter(pk=id_).first()
    if thing is None:
        return None
    state: State = {name: getattr(thing, name) for name in kind.fields}
    state["place"] = thing.position
    state["sources"] = [
        [str(one.contribution_id), one.start, one.end, one.mark]
        for one in thing.sources.order_by("contribution_id")
    ]
    for name in ("against", kind.tied):
        state[name] = sorted(str(one) for one in getattr(thing, name).values_list("id", flat=True))
    return state


def undoable(
    verb: str,
) -> Callable[[Callable[Concatenate[Subject, Given], Made]], Callable[Concatenate[Subject, Given], Made]]:
    """Keep what this deed on one statement changes. The deed takes ``by=`` and the statement first."""

    def around(
        deed: Callable[Concatenate[Subject, Given], Made],
    ) -> Callable[Concatenate[Subject, Given], Made]:
        @wraps(deed)
        def kept(thing: Subject, /, *given: Given.args, **named: Given.kwargs) -> Made:
            with transaction.atomic():
                noun, id_ = key_of(thing)
                gathering, before = thing.gathering, state_of(noun, id_)
                made = deed(thing, *given, **named)
                keep_step(gathering, f"{noun}.{verb}", {(noun, id_): before}, by=str(named["by"]))
            return made

        return kept

    return around


def keep_step(
    gathering: Gathering, verb: str, before: Mapping[tuple[str, str], State | None], *, by: str
) -> BenchStep | None:
    """Keep a step: what these statements were, and what they are now. None when nothing changed."""
    changes = []
    for (noun, id_), was in before.items():
        now = state_of(noun, id_)
        if was != now:
            changes.append({"noun": noun, "id": id_, "before": was, "after": now})
    if not changes:
        return None
    step = BenchStep.objects.create(gathering=gathering, verb=verb, by=by, changes=changes)
    old = BenchStep.objects.filter(gathering=gathering).order_by("-id").values_list("id", flat=True)[_KEPT:]
    BenchStep.objects.filter(id__in=list(old)).delete()
    return step


def restore(gathering: Gathering, changes: Sequence[Mapping[str, Any]]) -> None:
    """Put everything back as it was before these changes.

    :raises NotNow: somebody changed one of them since, a source is gone, or participants reacted to what would go.
    """
    for change in changes:
        if not _same(state_of(change["noun"], change["id"]), change["after"]):
            raise NotNow(
                _(
                    "Dit is daarna nog gewijzigd, door jou of door iemand anders. Terugzetten zou dat overschrijven."
                ),
                code="overtaken",
            )
    # Insights first: a message may rest on one that comes back.
    for change in sorted(changes, key=lambda each: str(each["noun"])):
        if change["before"] is None:
            _remove(change["noun"], change["id"])
        else:
            _put_back(gathering, change["noun"], change["id"], change["before"])


def _same(now: State | None, then: State | None) -> bool:
    """Whether nothing changed but the place in the list, which others move by what they do elsewhere."""
    if now is None or then is None:
        return now is then
    return {**now, "place": 0} == {**then, "place": 0}


def _remove(noun: str, id_: str) -> None:
    if Stance.objects.filter(**{f"{noun}_id": id_}).exists():
        raise NotNow(_("Deelnemers hebben hier al op gereageerd. Het blijft staan."), code="reacted")
    _KINDS[noun].model._default_manager.filter(pk=id_).delete()


def _put_back(gathering: Gathering, noun: str, id_: str, state: State) -> None:
    kind = _KINDS[noun]
    wanted = {one[0] for one in state["sources"]} | set(state["against"])
    there = {str(id_) for id_ in Contribution.objects.filter(id__in=wanted).values_list("id", flat=True)}
    fields = {name: state[name] for name in kind.fields}
    thing, _made = kind.model._default_manager.update_or_create(
        pk=id_, defaults={"gathering": gathering, "position": state["place"], **fields}
    )
    thing.sources.all().delete()
    sources: list[Any] = [
        kind.source(**{noun: thing}, contribution_id=UUID(one), start=start, end=end, mark=mark)
        for one, start, end, mark in state["sources"]
        if one in there
    ]
    kind.source._default_manager.bulk_create(sources)
    tied = kind.tied_to._default_manager.filter(gathering=gathering, id__in=state[kind.tied])
    getattr(thing, kind.tied).set(tied)
    thing.against.set(Contribution.objects.filter(id__in=there & set(state["against"])))
    # Whoever has the old words open must not save over what came back.
    kind.model._default_manager.filter(pk=thing.pk).update(version=thing.version + 1)
