"""The seating: dividing, looking at it, changing it by hand with the keyboard, telling everybody (W6)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from weerklank_web.gatherings.actions import seating as deeds
from weerklank_web.gatherings.actions import seating_rules
from weerklank_web.gatherings.forms.seating import RuleForm
from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.models import Gathering, Registration, Room, SeatingRule, SeatingState
from weerklank_web.gatherings.queries.seating import SeatingView, board_of, rules_of, seating_of
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.gatherings.templatetags.seating import choice_word
from weerklank_web.gatherings.views.saying import SeeOther, go_to, or_not_found, organiser_page, refusals_told

__all__ = ["add_rule", "divide", "drop_rule", "fill", "move", "pin", "release", "seating", "undo"]

_WAITING = "indeling-bezig"


@require_safe
def seating(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits where, how fair that is, and everything that can be done about it."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    view = seating_of(gathering, language=_language())
    if request.headers.get("HX-Target") == _WAITING:
        return _waiting(request, gathering, view)
    return _page(request, gathering, view)


@require_POST
def divide(request: HttpRequest, slug: str) -> HttpResponse:
    """Divide the places: at once, or for very many people by the worker."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    by = signed_in(request)
    with refusals_told(request):
        if len(board_of(gathering).people) > deeds.IN_REQUEST:
            deeds.ask_division(gathering, by=by)
            messages.info(
                request, _("We verdelen de plaatsen. Dat duurt even; deze pagina laat het vanzelf zien.")
            )
        elif deeds.divide_seats(gathering, by=by).state == SeatingState.REFUSED:
            messages.error(
                request, _("Verdelen lukt zo niet. Hieronder staat wat er botst, en wat je kunt doen.")
            )
        else:
            messages.success(request, _("De plaatsen zijn verdeeld."))
    return go_to("seating", gathering)


@require_POST
def fill(request: HttpRequest, slug: str) -> HttpResponse:
    """A seat for whoever has none; nobody moves."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    with refusals_told(request):
        count = deeds.fill_seats(gathering, by=signed_in(request))
        words = ngettext("%(count)d mens kreeg een plek.", "%(count)d mensen kregen een plek.", count)
        messages.success(request, words % {"count": count})
    return go_to("seating", gathering)


@require_POST
def move(request: HttpRequest, slug: str, person_id: UUID) -> HttpResponse:
    """Another room for one person; says what it costs them."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    person = _person(gathering, person_id)
    room = _room(gathering, request.POST.get("room", ""))
    if room is None:
        messages.error(request, _("Kies eerst een kamer."))
        return go_to("seating", gathering)
    with refusals_told(request):
        price = deeds.move_person(person, room, by=signed_in(request))
        names = {"name": person.name, "room": room.name, "after": choice_word(price.after)}
        if price.had_seat:
            words = _("%(name)s zit nu in %(room)s: was %(before)s, wordt %(after)s. De plek staat vast.")
            messages.success(request, words % {**names, "before": choice_word(price.before)})
        else:
            words = _("%(name)s zit nu in %(room)s: %(after)s. De plek staat vast.")
            messages.success(request, words % names)
    return _at_room(gathering, room)


@require_POST
def pin(request: HttpRequest, slug: str, person_id: UUID) -> HttpResponse:
    """Keep somebody where they are, or let go."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    person = _person(gathering, person_id)
    pinned = request.POST.get("pin") == "yes"
    words = _("%(name)s blijft zitten bij een nieuwe verdeling.") if pinned else _("%(name)s is losgelaten.")
    with refusals_told(request, done=words % {"name": person.name}):
        deeds.pin_person(person, pinned=pinned, by=signed_in(request))
    seat = getattr(person, "seat", None)
    return go_to("seating", gathering) if seat is None else _at_room(gathering, seat.room)


@require_POST
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the last change back."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    with refusals_told(request):
        run = deeds.undo_last_change(gathering, by=signed_in(request))
        messages.success(request, _("Teruggedraaid: %(what)s.") % {"what": run.get_kind_display()})
    return go_to("seating", gathering)


@require_POST
def release(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody see their own seat, and write to whoever has not been told."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    with refusals_told(request):
        sent = deeds.release_seating(gathering, by=signed_in(request))
        letters = ngettext(
            "Er ligt %(count)d brief klaar; hij vertrekt binnen werktijd.",
            "Er liggen %(count)d brieven klaar; ze vertrekken binnen werktijd.",
            sent,
        )
        messages.success(request, _("Iedereen ziet nu de eigen kamer.") + " " + letters % {"count": sent})
    return go_to("seating", gathering)


@require_POST
def add_rule(request: HttpRequest, slug: str) -> HttpResponse:
    """Two people together, or apart."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    view = seating_of(gathering, language=_language())
    form = RuleForm(request.POST, people=[one.registration for one in view.everybody])
    if not form.is_valid():
        return _page(request, gathering, view, rule_form=form, status=422)
    with refusals_told(request, done=_("Bewaard. Het telt mee bij de volgende verdeling.")):
        seating_rules.add_rule(gathering, by=signed_in(request), **form.rule())
    return go_to("seating", gathering)


@require_POST
def drop_rule(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Let go of a rule."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    rule = or_not_found(SeatingRule.objects.filter(gathering=gathering, pk=number).first())
    seating_rules.drop_rule(rule, by=signed_in(request))
    messages.success(request, _("Weggehaald."))
    return go_to("seating", gathering)


def _page(
    request: HttpRequest,
    gathering: Gathering,
    view: SeatingView,
    *,
    rule_form: RuleForm | None = None,
    status: int = 200,
) -> HttpResponse:
    search = request.GET.get("zoek", "").strip()
    people = [one.registration for one in view.everybody]
    return organiser_page(
        request,
        gathering,
        "gatherings/seating.html",
        {
            "view": view,
            "may": stage_of(gathering).may(Deed.SEAT),
            "search": search,
            "found": [one for one in view.everybody if search.casefold() in one.registration.name.casefold()]
            if search
            else [],
            "opened": request.GET.get("kamer", ""),
            "rules": rules_of(gathering),
            "rule_form": rule_form or RuleForm(people=people),
            "waiting": _WAITING,
            "topic": f"gathering/{gathering.id}",
        },
        current="seating",
        status=status,
    )


def _waiting(request: HttpRequest, gathering: Gathering, view: SeatingView) -> HttpResponse:
    """What the waiting part asks when the bell rings: wait on, or look at the whole page."""
    if view.asked:
        return render(request, "gatherings/seating.html#waiting", {"gathering": gathering})
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response


def _at_room(gathering: Gathering, room: Room) -> SeeOther:
    address = go_to("seating", gathering).url
    return SeeOther(f"{address}?kamer={room.pk}#kamer-{room.pk}")


def _person(gathering: Gathering, person_id: UUID) -> Registration:
    people = Registration.objects.select_related("gathering__format_version", "seat__room")
    return or_not_found(people.filter(gathering=gathering, pk=person_id).first())


def _room(gathering: Gathering, number: str) -> Room | None:
    try:
        return gathering.rooms.filter(pk=UUID(number)).first()
    except ValueError:
        return None


def _language() -> str:
    return get_language() or "nl"
