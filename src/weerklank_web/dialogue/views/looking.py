"""«Hoe kijken we hiernaar?»: what votes say, for whoever the format shows it to, and from when it does."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from weerklank_web.dialogue.bridge.format import step_words
from weerklank_web.dialogue.bridge.opinion import FEWEST_FOR_MAP
from weerklank_web.dialogue.bridge.votes_file import parquet_of, polis_folder_of
from weerklank_web.dialogue.drawing import plan_of
from weerklank_web.dialogue.gates import Onlooker, onlooker_for
from weerklank_web.dialogue.models import SnapshotState
from weerklank_web.dialogue.queries.look import look_at, own_field, snapshot_of
from weerklank_web.dialogue.queries.poll import items_of, votes_in
from weerklank_web.dialogue.tasks import look_again, look_when_due
from weerklank_web.gatherings.bridge import small_number
from weerklank_web.gatherings.gates import Right, gathering_for
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.gatherings.views.saying import tabs_of
from weerklank_web.groundwork.errors import NotFound, NotNow
from weerklank_web.groundwork.language import language_now

__all__ = ["again", "files", "look"]

_CUTS = (2, 3)


@require_safe
def look(request: HttpRequest, slug: str, step_id: str) -> HttpResponse:
    """The picture; before its time a sentence that says when, and nothing else."""
    visit = onlooker_for(request, slug, step_id)
    if not _is_open(visit):
        return render(request, "dialogue/look.html", {**_head(visit), "waiting": True}, status=409)
    look_when_due(visit.gathering, step=step_id)
    part = "#picture" if request.headers.get("HX-Request") else ""
    return render(request, f"dialogue/look.html{part}", _context(request, visit))


@require_POST
def again(request: HttpRequest, slug: str, step_id: str) -> HttpResponse:
    """Make a picture that failed once more."""
    visit = _organiser(request, slug, step_id)
    look_again(visit.gathering, step=step_id)
    messages.success(request, _("We maken het beeld opnieuw. Het verschijnt hier vanzelf."))
    return redirect("dialogue:look", slug=slug, step_id=step_id)


@require_safe
def files(request: HttpRequest, slug: str, step_id: str, kind: str) -> HttpResponse:
    """The votes without a voter, for the organiser: a Polis folder or a parquet file."""
    visit = _organiser(request, slug, step_id)
    if not _is_open(visit) or stage_of(visit.gathering).votes_are_cast_at(step_id):
        raise NotNow(_("Stemmen meenemen kan pas als het stemmen voorbij is en de uitslag te zien is."))
    cast = votes_in(visit.gathering, step_id)
    if len(set(cast.voters)) < FEWEST_FOR_MAP:
        raise NotNow(
            _(
                "Er stemden minder dan vijftig mensen. Dan is iemand te makkelijk te herkennen aan een rij stemmen."
            )
        )
    texts = items_of(visit.gathering, step_id)
    secret = hmac.new(
        settings.SECRET_KEY.encode(), f"votes|{visit.gathering.id}|{step_id}".encode(), hashlib.sha256
    ).hexdigest()
    name = f"{slug}-{step_id}"
    if kind == "polis":
        content = polis_folder_of(cast, texts, secret=secret, topic=visit.gathering.title)
        return _saved(content, f"{name}-polis.zip", "application/zip")
    return _saved(parquet_of(cast, texts, secret=secret), f"{name}.parquet", "application/vnd.apache.parquet")


def _is_open(visit: Onlooker) -> bool:
    return stage_of(visit.gathering).votes_are_open_to(visit.audience, visit.step.id)


def _organiser(request: HttpRequest, slug: str, step_id: str) -> Onlooker:
    gathering_for(request, slug, to=Right.MANAGE)
    visit = onlooker_for(request, slug, step_id)
    if not visit.organises:
        raise NotFound(_("Dit bestaat niet (meer)."))
    return visit


def _head(visit: Onlooker) -> dict[str, object]:
    tabs = tabs_of(visit.gathering, current="dialogue:propositions") if visit.organises else []
    return {
        "gathering": visit.gathering,
        "step": step_words(visit.step, language_now()),
        "step_id": visit.step.id,
        "visit": visit,
        "tabs": tabs,
        "topics": [f"gathering/{visit.gathering.id}"],
    }


def _context(request: HttpRequest, visit: Onlooker) -> dict[str, object]:
    stage = stage_of(visit.gathering)
    snapshot = snapshot_of(visit.gathering, visit.step.id)
    asked = request.GET.get("knip", "")
    cut = int(asked) if visit.organises and asked in {str(each) for each in _CUTS} else None
    found = None
    if snapshot is not None:
        snapshot.gathering = visit.gathering
        found = look_at(
            snapshot, language=language_now(), cut=cut, with_shift=_shift_is_open(snapshot.content, visit)
        )
    own = None
    if found is not None and snapshot is not None and visit.participant is not None:
        own = own_field(snapshot, found, visit.participant)
    return {
        **_head(visit),
        "look": found,
        "plan": None if found is None or found.density is None else plan_of(found.density, own),
        "failed": snapshot is not None and snapshot.state == SnapshotState.FAILED,
        "cut": cut,
        "cuts": _CUTS,
        "voting": stage.votes_are_cast_at(visit.step.id),
        "k": small_number(stage.format),
        "fewest": FEWEST_FOR_MAP,
        "many": found is not None and found.many,
    }


def _shift_is_open(content: dict[str, object], visit: Onlooker) -> bool:
    """The vote before the conversation must be open to this reader as well."""
    shift = content.get("shift")
    before = shift.get("before") if isinstance(shift, dict) else None
    return bool(before) and stage_of(visit.gathering).votes_are_open_to(visit.audience, str(before))


def _saved(content: bytes, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
