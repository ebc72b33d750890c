"""At the door, for participants: «Ik ben er», or walking in with the code (W4)."""

from __future__ import annotations

from hmac import compare_digest

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from weerklank_web.gatherings.actions.presence import check_in, walk_in
from weerklank_web.gatherings.forms.presence import WalkInForm
from weerklank_web.gatherings.gates import (
    Participant,
    Right,
    gathering_for,
    participant_for,
    participant_or_none,
)
from weerklank_web.gatherings.letters import private_address
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.qr import qr_svg
from weerklank_web.gatherings.queries.presence import attendance_facts, room_company
from weerklank_web.gatherings.queries.seating import is_divided, seat_for
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.gatherings.views.saying import go_to, refusals_told
from weerklank_web.groundwork import links
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.language import language_now
from weerklank_web.groundwork.limits import count_attempt

__all__ = ["arrive", "entrance", "keep_link", "somebody_else", "walk_through"]

# Many people may come in behind one address (the building's wifi); a code of six digits stands that.
_TRIES, _MINUTES = 60, 10

# To htmx this status means: here it is, and there is no need to ask again.
_STOP_ASKING = 286


@require_safe
def entrance(request: HttpRequest, slug: str) -> HttpResponse:
    """The page behind the code on the door."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    if request.headers.get("HX-Target") == "mijn-plek":
        return _page(request, gathering, part="#mine")
    return _page(request, gathering)


@require_POST
def arrive(request: HttpRequest, slug: str) -> HttpResponse:
    """«Ik ben er», with the link on this device."""
    participant = participant_for(request, slug)
    with refusals_told(request, done=_("Fijn dat je er bent.")):
        check_in(participant.registration)
    return go_to("entrance", participant.gathering)


@require_POST
def walk_through(request: HttpRequest, slug: str) -> HttpResponse:
    """Walk in with the code at the door; the link goes to this device, and by mail when there is an address."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    form = WalkInForm(request.POST, gathering=gathering)
    if form.is_valid():
        count_attempt(request, what=f"door:{gathering.id}", allowed=_TRIES, minutes=_MINUTES)
        if not _is_code(gathering, form.cleaned_data["code"]):
            form.add_error("code", _("Deze code klopt niet. Kijk nog eens bij de ingang."))
    if not form.is_valid():
        return _page(request, gathering, form=form, status=422)
    try:
        made = walk_in(
            gathering,
            details=form.details(),
            wishes=form.themes(),
            email=form.cleaned_data["email"],
            language=language_now(),
            form=form.mark(),
        )
    except NotNow as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, gathering, form=form, status=409)
    messages.success(request, _("Fijn dat je er bent."))
    if made.mailed:
        messages.info(request, _("We mailden je eigen link ook naar je."))
    elif made.registration.email:
        messages.warning(
            request, _("De mail met je eigen link wilde niet weg. Bewaar de link hieronder zelf.")
        )
    response = go_to("keep-link", gathering)
    links.remember(response, made.secret, purpose="participant", thing=gathering.id)
    return response


@require_safe
def keep_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Right after walking in: where to go, and the link to keep. Only this device holds it."""
    participant = participant_for(request, slug)
    address = private_address(participant.secret)
    return render(
        request,
        "gatherings/keep_link.html",
        {
            **_place(participant.gathering, participant),
            "address": address,
            "qr": qr_svg(address, title=_("Je eigen link")),
        },
    )


@require_POST
def somebody_else(request: HttpRequest, slug: str) -> HttpResponse:
    """This device is shared: take the link off it, for the next one."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    response = go_to("entrance", gathering)
    links.forget(response, purpose="participant", thing=gathering.id)
    return response


def _page(
    request: HttpRequest,
    gathering: Gathering,
    *,
    form: WalkInForm | None = None,
    part: str = "",
    status: int = 200,
) -> HttpResponse:
    participant = participant_or_none(request, gathering)
    stage = stage_of(gathering)
    facts = attendance_facts(gathering)
    place = _place(gathering, participant)
    if part and place["seat"]:
        status = _STOP_ASKING
    return render(
        request,
        f"gatherings/entrance.html{part}",
        {
            **place,
            "form": form or WalkInForm(gathering=gathering),
            "facts": facts,
            "open": stage.may(Deed.CHECK_IN) and facts is None,
            "ahead": stage.step is None or stage.ahead(Deed.CHECK_IN),
        },
        status=status,
    )


def _place(gathering: Gathering, participant: Participant | None) -> dict[str, object]:
    registration = None if participant is None else participant.registration
    seat = None if registration is None else seat_for(registration)
    return {
        "gathering": gathering,
        "registration": registration,
        "seat": seat,
        "company": None if seat is None else room_company(seat, gathering),
        "divided": is_divided(gathering),
    }


def _is_code(gathering: Gathering, typed: str) -> bool:
    """Compared in constant time; spaces between the digits are how people write them down."""
    wanted = gathering.door_code
    return bool(wanted) and compare_digest("".join(typed.split()).encode(), wanted.encode())
