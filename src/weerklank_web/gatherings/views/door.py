"""The desk at the door, for the crew: who is there, who walks in without a phone, lists, and closing (W4)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from weerklank_web.gatherings.actions import presence as deeds
from weerklank_web.gatherings.door_file import door_file, door_file_name
from weerklank_web.gatherings.forms.presence import DeskWalkInForm
from weerklank_web.gatherings.gates import Right, gathering_for, memberships_of, signed_in
from weerklank_web.gatherings.letters import address_of, private_address
from weerklank_web.gatherings.models import Gathering, Registration, Role
from weerklank_web.gatherings.qr import qr_svg
from weerklank_web.gatherings.queries.presence import (
    attendance_facts,
    door_counts,
    door_list,
    room_sizes_now,
    standing_without_room,
)
from weerklank_web.gatherings.queries.seating import seat_for
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.gatherings.views.saying import go_to, or_not_found, refusals_told, tabs_of
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.language import language_now

__all__ = [
    "close_door",
    "desk_walk_in",
    "door",
    "door_csv",
    "door_lists",
    "door_poster",
    "make_room",
    "mark",
    "renew_code",
]

# The parts that renew themselves: id on the page, and the partial that answers.
_COUNTS, _PEOPLE = "aan-de-deur", "wie-er-komt"
_PARTS = {_COUNTS: "#counts", _PEOPLE: "#people"}


@require_safe
def door(request: HttpRequest, slug: str) -> HttpResponse:
    """The list with its two buttons, the counts of this moment, and whoever stands without a room."""
    gathering = gathering_for(request, slug, to=Right.FACILITATE)
    part = _PARTS.get(request.headers.get("HX-Target", ""), "")
    search, which = request.GET.get("zoek", ""), request.GET.get("wie", "")
    stage = stage_of(gathering)
    facts = attendance_facts(gathering)
    return _crew_page(
        request,
        gathering,
        f"gatherings/door.html{part}",
        {
            "counts": door_counts(gathering),
            "people": door_list(gathering, search=search, which=which),
            "standing": standing_without_room(gathering, language=language_now()),
            "rooms": room_sizes_now(gathering),
            "facts": facts,
            "open": facts is None and (stage.may(Deed.CHECK_IN) or stage.past(Deed.CHECK_IN)),
            "past": stage.past(Deed.CHECK_IN),
            "search": search,
            "which": which,
            "counts_part": _COUNTS,
            "people_part": _PEOPLE,
            "topic": f"door/{gathering.id}",
        },
    )


@require_POST
def mark(request: HttpRequest, slug: str, person_id: UUID) -> HttpResponse:
    """«Is er», or not after all."""
    gathering = gathering_for(request, slug, to=Right.FACILITATE)
    person = _person(gathering, person_id)
    with refusals_told(request):
        if request.POST.get("is") == "yes":
            deeds.check_in(person, by=signed_in(request))
        else:
            deeds.undo_check_in(person, by=signed_in(request))
    response = go_to("door", gathering)
    query = request.POST.get("terug", "")
    response["Location"] += f"?{query}" if query else ""
    return response


@require_http_methods(["GET", "POST"])
def desk_walk_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Write somebody down who has no phone, and print their link. It is shown this once and kept nowhere."""
    gathering = gathering_for(request, slug, to=Right.FACILITATE)
    form = DeskWalkInForm(request.POST if request.method == "POST" else None, gathering=gathering)
    if request.method == "POST" and form.is_valid():
        try:
            made = deeds.walk_in(
                gathering,
                details=form.details(),
                wishes=form.themes(),
                email=form.cleaned_data["email"],
                language=gathering.language,
                form=form.mark(),
                by=signed_in(request),
            )
        except NotNow as refusal:
            form.add_error(None, refusal.sentence)
        else:
            address = private_address(made.secret)
            return _crew_page(
                request,
                gathering,
                "gatherings/door_ticket.html",
                {
                    "registration": made.registration,
                    "seat": seat_for(made.registration),
                    "address": address,
                    "qr": qr_svg(address, title=_("Je eigen link")),
                    "mailed": made.mailed,
                },
            )
    return _crew_page(
        request,
        gathering,
        "gatherings/door_walk_in.html",
        {"form": form},
        status=422 if form.errors else 200,
    )


@require_POST
def renew_code(request: HttpRequest, slug: str) -> HttpResponse:
    """A new code; whoever has the old one cannot come in with it."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    deeds.renew_door_code(gathering, by=signed_in(request))
    messages.success(request, _("Er is een nieuwe code. Vervang het blad aan de deur."))
    return go_to("door", gathering)


@require_POST
def make_room(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is not here makes room for who is."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    with refusals_told(request):
        freed = deeds.release_absent(gathering, by=signed_in(request))
        words = ngettext(
            "%(count)d plek kwam vrij voor wie er is.", "%(count)d plekken kwamen vrij voor wie er is.", freed
        )
        messages.success(request, words % {"count": freed})
    return go_to("door", gathering)


@require_http_methods(["GET", "POST"])
def close_door(request: HttpRequest, slug: str) -> HttpResponse:
    """Count who came, once: first say what it means."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    if request.method == "POST":
        with refusals_told(request, done=_("De opkomst is geteld en staat vast.")):
            deeds.freeze_attendance(gathering, by=str(signed_in(request)))
        return go_to("door", gathering)
    return _crew_page(
        request,
        gathering,
        "gatherings/door_close.html",
        {
            "counts": door_counts(gathering),
            "standing": standing_without_room(gathering, language=language_now()),
        },
    )


@require_safe
def door_lists(request: HttpRequest, slug: str) -> HttpResponse:
    """On paper: per room, or by name. A helper who is no organiser sees the people of their own rooms."""
    gathering = gathering_for(request, slug, to=Right.FACILITATE)
    people = _people_for(request, gathering)
    per_name = request.GET.get("per") == "naam"
    rooms: dict[str, list[Registration]] = {}
    for person in people:
        seat = getattr(person, "seat", None)
        rooms.setdefault("" if seat is None else str(seat.room_id), []).append(person)
    return _crew_page(
        request,
        gathering,
        "gatherings/door_lists.html",
        {
            "people": people,
            "per_name": per_name,
            "rooms": [
                (room, rooms[str(room.pk)]) for room in room_sizes_now(gathering) if str(room.pk) in rooms
            ],
            "without": rooms.get("", []),
        },
    )


@require_safe
def door_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The same list for a spreadsheet."""
    gathering = gathering_for(request, slug, to=Right.FACILITATE)
    response = HttpResponse(
        door_file(_people_for(request, gathering)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{door_file_name(gathering)}"'
    return response


@require_safe
def door_poster(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet for the door: scan this, or type the code."""
    gathering = gathering_for(request, slug, to=Right.FACILITATE)
    page = address_of(gathering, "entrance")
    return render(
        request,
        "gatherings/door_poster.html",
        {"gathering": gathering, "page": page, "qr": qr_svg(page, title=_("Link naar de deur"))},
    )


def _people_for(request: HttpRequest, gathering: Gathering) -> list[Registration]:
    people = door_list(gathering)
    roles = memberships_of(request, gathering)
    if any(role.role == Role.ORGANISER for role in roles):
        return people
    own = {role.room_id for role in roles if role.room_id is not None}
    return [one for one in people if (seat := getattr(one, "seat", None)) is not None and seat.room_id in own]


def _person(gathering: Gathering, person_id: UUID) -> Registration:
    return or_not_found(Registration.objects.filter(gathering=gathering, pk=person_id).first())


def _crew_page(
    request: HttpRequest, gathering: Gathering, template: str, more: dict[str, object], *, status: int = 200
) -> HttpResponse:
    """A page for the whole crew; organisers see it among their own pages."""
    organises = any(role.role == Role.ORGANISER for role in memberships_of(request, gathering))
    context = {
        "gathering": gathering,
        "frame": "gatherings/setup_base.html" if organises else "gatherings/crew_base.html",
        "tabs": tabs_of(gathering, current="door") if organises else [],
        "organises": organises,
        **more,
    }
    return render(request, template, context, status=status)
