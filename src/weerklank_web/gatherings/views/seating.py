"""The seating: dividing, looking at it, steps back and forth, telling everybody (W6). By hand: ``by_hand``."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from weerklank_web.gatherings.actions import seating as deeds
from weerklank_web.gatherings.actions import seating_by_hand as hands
from weerklank_web.gatherings.actions import seating_choices as choices
from weerklank_web.gatherings.actions import seating_rules
from weerklank_web.gatherings.forms.seating import PolicyForm, RuleForm
from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.models import Gathering, SeatingRule, SeatingState
from weerklank_web.gatherings.queries.seating import (
    SeatingView,
    answers_of,
    board_of,
    rules_of,
    seated_with_rooms,
    seating_of,
)
from weerklank_web.gatherings.seating_bridge.lists import FILES, file_of, without_address
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.gatherings.views.saying import go_to, or_not_found, organiser_page, refusals_told
from weerklank_web.groundwork.language import language_now

__all__ = [
    "add_rule",
    "divide",
    "download",
    "drop_rule",
    "fill",
    "mend",
    "policy",
    "redo",
    "release",
    "seating",
    "undo",
]

_WAITING = "indeling-bezig"


@require_safe
def seating(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits where, how fair that is, and everything that can be done about it."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    view = seating_of(gathering, language=language_now())
    if request.headers.get("HX-Target") == _WAITING:
        return _waiting(request, gathering, view)
    return _page(request, gathering, view)


@require_POST
def divide(request: HttpRequest, slug: str) -> HttpResponse:
    """Divide the places: at once, or for very many people by the worker."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    by = signed_in(request)
    with refusals_told(request):
        seen = _number(request, "seen")
        if len(board_of(gathering).people) > deeds.IN_REQUEST:
            deeds.ask_division(gathering, by=by)
            messages.info(
                request, _("We verdelen de plaatsen. Dat duurt even; deze pagina laat het vanzelf zien.")
            )
        elif deeds.divide_seats(gathering, by=by, seen=seen).state == SeatingState.REFUSED:
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
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the last change back."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    with refusals_told(request):
        run = hands.undo_last_change(gathering, by=signed_in(request), seen=_number(request, "seen"))
        messages.success(request, _("Teruggedraaid: %(what)s.") % {"what": run.get_kind_display()})
    return go_to("seating", gathering)


@require_POST
def redo(request: HttpRequest, slug: str) -> HttpResponse:
    """Do again what was taken back last."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    with refusals_told(request):
        run = hands.redo_change(gathering, by=signed_in(request), seen=_number(request, "seen"))
        messages.success(request, _("Opnieuw gedaan: %(what)s.") % {"what": run.get_kind_display()})
    return go_to("seating", gathering)


@require_POST
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """What weighs more; it counts from the next division on."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    form = PolicyForm(request.POST, answers=answers_of(gathering))
    if not form.is_valid():
        view = seating_of(gathering, language=language_now())
        return _page(request, gathering, view, policy_form=form, status=422)
    with refusals_told(request, done=_("Bewaard. Verdeel de plaatsen om te zien wat het uitmaakt.")):
        choices.choose_policy(gathering, form.answers(), was=form.seen(), by=signed_in(request))
    return go_to("seating", gathering)


@require_POST
def mend(request: HttpRequest, slug: str) -> HttpResponse:
    """Carry out one way out of what clashed, and divide again."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    with refusals_told(request):
        choices.mend(
            gathering,
            run=_number(request, "run") or 0,
            number=_number(request, "number") or 0,
            by=signed_in(request),
        )
        messages.success(request, _("Dat is veranderd. We verdeelden daarna opnieuw."))
        return divide(request, slug)
    return go_to("seating", gathering)


@require_safe
def download(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    """Who sits where, as a file."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    made = or_not_found(file_of(file, seated_with_rooms(gathering), language=language_now()))
    response = HttpResponse(made.content, content_type=made.type)
    response["Content-Disposition"] = f'attachment; filename="{gathering.slug}-{file}"'
    return response


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
    view = seating_of(gathering, language=language_now())
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
    policy_form: PolicyForm | None = None,
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
            "policy_form": policy_form or PolicyForm(answers=answers_of(gathering)),
            "files": FILES,
            "without_address": without_address(one.registration for one in view.sitters),
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


def _number(request: HttpRequest, field: str) -> int | None:
    """A number that the page sent along; None when it sent none."""
    value = request.POST.get(field, "")
    return int(value) if value.isascii() and value.isdigit() else None
