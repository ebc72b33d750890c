"""The room's own harvest: write, offer, read back, settle, sign."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from weerklank_web.dialogue.actions import harvest as deeds
from weerklank_web.dialogue.forms import HarvestForm, ReadingForm
from weerklank_web.dialogue.models import HarvestReading
from weerklank_web.gatherings.gates import RoomRight, room_for
from weerklank_web.gatherings.views.saying import refusals_told
from weerklank_web.groundwork.errors import Denied

__all__ = ["offer", "read", "settle", "sign", "write"]


@require_POST
def write(request: HttpRequest, slug: str, room_id: UUID) -> HttpResponse:
    """Keep the room's words about its theme."""
    visit = room_for(request, slug, room_id, to=RoomRight.LEAD)
    form = HarvestForm(request.POST)
    if form.is_valid():
        with refusals_told(request, done=_("De oogst is bewaard.")):
            deeds.write_harvest(visit.room, **form.cleaned_data, by=str(visit.member))
    else:
        messages.error(request, _("Dat is te lang. Houd elk antwoord onder de 1000 tekens."))
    return _back(slug, room_id)


@require_POST
def offer(request: HttpRequest, slug: str, room_id: UUID) -> HttpResponse:
    """Ask the room to read it back."""
    visit = room_for(request, slug, room_id, to=RoomRight.LEAD)
    with refusals_told(request, done=_("De kamer kan de oogst nu nalezen.")):
        deeds.offer_harvest(visit.room, by=str(visit.member))
    return _back(slug, room_id)


@require_POST
def read(request: HttpRequest, slug: str, room_id: UUID) -> HttpResponse:
    """A participant says whether it is right."""
    visit = room_for(request, slug, room_id, to=RoomRight.READ)
    if visit.participant is None:
        raise Denied(_("Nalezen is voor wie in de kamer zat."))
    form = ReadingForm(request.POST)
    if form.is_valid():
        with refusals_told(request, done=_("Dank je wel, dat is bewaard.")):
            deeds.read_harvest(
                visit.room,
                author_key=visit.participant.author_key,
                agrees=form.cleaned_data["agrees"] == "yes",
                remark=form.cleaned_data["remark"],
            )
    else:
        for errors in form.errors.values():
            messages.error(request, str(errors[0]))
    return _back(slug, room_id)


@require_POST
def settle(request: HttpRequest, slug: str, room_id: UUID, reading_id: int) -> HttpResponse:
    """The room dealt with a remark."""
    visit = room_for(request, slug, room_id, to=RoomRight.LEAD)
    reading = get_object_or_404(HarvestReading, id=reading_id, harvest__room=visit.room)
    deeds.settle_remark(reading, by=str(visit.member))
    return _back(slug, room_id)


@require_POST
def sign(request: HttpRequest, slug: str, room_id: UUID) -> HttpResponse:
    """Sign the harvest off."""
    visit = room_for(request, slug, room_id, to=RoomRight.LEAD)
    with refusals_told(request, done=_("De oogst is vastgesteld. Wat daarna verandert, blijft zichtbaar.")):
        deeds.sign_harvest(visit.room, by=str(visit.member))
    return _back(slug, room_id)


def _back(slug: str, room_id: UUID) -> HttpResponse:
    return redirect("dialogue:room", slug=slug, room_id=room_id)
