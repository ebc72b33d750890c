"""A room: read what is there, add to it."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from weerklank_web.dialogue.actions.contribution import add_contribution
from weerklank_web.dialogue.bridge.format import (
    prompts_now,
    sharing_is_open,
    step_now,
    values_of,
    written_for_oneself,
)
from weerklank_web.dialogue.forms import ContributionForm, HarvestForm, ReadingForm
from weerklank_web.dialogue.models import ContributionSource
from weerklank_web.dialogue.queries.board import board_of
from weerklank_web.dialogue.queries.harvest import RoomHarvest, closing_words, harvests_of, room_harvest
from weerklank_web.gatherings.gates import (
    Right,
    RoomRight,
    RoomVisit,
    gathering_for,
    memberships_of,
    participant_or_none,
    room_for,
)
from weerklank_web.gatherings.models import Role
from weerklank_web.gatherings.stage import Deed, Stage, stage_of
from weerklank_web.gatherings.views.saying import tabs_of
from weerklank_web.groundwork.errors import Denied, NotNow
from weerklank_web.groundwork.language import language_now

__all__ = ["add", "all_harvests", "room"]


def room(request: HttpRequest, slug: str, room_id: UUID) -> HttpResponse:
    """The room as whoever asks may see it; for a doorbell, only the part that is live."""
    visit = room_for(request, slug, room_id, to=RoomRight.READ)
    part = (
        "#live" if request.headers.get("HX-Request") else ""
    )  # tells the rest of the page when it is overtaken
    return render(request, f"dialogue/room.html{part}", _context(request, visit))


@require_http_methods(["POST"])
def add(request: HttpRequest, slug: str, room_id: UUID) -> HttpResponse:
    """Add a contribution. Answers only after it is stored; the same id again is answered the same."""
    visit = room_for(request, slug, room_id, to=RoomRight.SPEAK)
    form = ContributionForm(request.POST, stage=stage_of(visit.gathering), language=language_now())
    if not form.is_valid():
        return render(request, "dialogue/room.html", _context(request, visit, form=form), status=400)
    try:
        add_contribution(
            visit.room,
            form.words,
            id=form.cleaned_data["id"],
            author_key=visit.participant.author_key if visit.participant else "",
            source=ContributionSource.PARTICIPANT if visit.participant else ContributionSource.NOTES,
        )
    except NotNow as refusal:
        if refusal.code != "too-long":
            raise
        form.add_error(None, refusal.sentence)
        return render(
            request, "dialogue/room.html", _context(request, visit, form=form), status=refusal.status
        )
    if request.headers.get("X-Outbox"):  # the browser's outbox only wants to know that it is safe
        return HttpResponse(status=204)
    messages.success(request, _("Bewaard. Dank je wel."))
    return redirect("dialogue:room", slug=slug, room_id=room_id)


def all_harvests(request: HttpRequest, slug: str) -> HttpResponse:
    """What every room harvested, once rooms tell each other; for participants and crew."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    participant, roles = participant_or_none(request, gathering), memberships_of(request, gathering)
    if participant is None and not roles:
        raise Denied(_("Open deze pagina met je eigen link uit je mail."), code="link-needed")
    organises = any(role.role == Role.ORGANISER for role in roles)
    return render(
        request,
        "dialogue/harvests.html",
        {
            "gathering": gathering,
            "rooms": harvests_of(gathering),
            "closing": closing_words(gathering),
            "tabs": tabs_of(gathering, current="dialogue:harvests") if organises else [],
            "participant": participant,
        },
    )


def _context(
    request: HttpRequest, visit: RoomVisit, form: ContributionForm | None = None
) -> dict[str, object]:
    stage = stage_of(visit.gathering)
    language = language_now()
    harvest = room_harvest(visit)
    arrange = request.GET.get("indeling", "level")
    moment = _moment(stage, harvest)
    return {
        "visit": visit,
        "gathering": visit.gathering,
        "room": visit.room,
        "stage": stage,
        "step": step_now(stage, language),
        "language": language,
        "prompts": prompts_now(stage, language),
        "levels": values_of(stage, "level", language),
        "board": board_of(visit, language=language, arrange=arrange),
        "harvest": harvest,
        "may_speak": stage.may(Deed.SPEAK) if visit.participant else stage.may(Deed.TYPE_UP),
        "may_harvest": stage.may(Deed.HARVEST) or stage.may(Deed.SPEAK),
        "may_share": sharing_is_open(stage),
        "alone": written_for_oneself(stage),
        "form": form or ContributionForm(stage=stage, language=language),
        "harvest_form": HarvestForm(
            initial={"why": harvest.harvest.why, "essence": harvest.harvest.essence}
            if harvest.harvest
            else None
        ),
        "reading_form": ReadingForm(),
        "topics": [visit.topic, f"gathering/{visit.gathering.id}"],
        "live_query": urlencode({"indeling": arrange, "toen": moment}),
        "overtaken": request.GET.get("toen", moment) != moment,
    }


def _moment(stage: Stage, harvest: RoomHarvest) -> str:
    """What a page that stays open may have missed: another step, or a harvest to read back."""
    step = stage.step.id if stage.step else ""
    offered = harvest.harvest is not None and harvest.harvest.read_back and not harvest.signed
    return f"{step}.{'nalezen' if offered else ''}"
