"""A participant's own page: everything about me, opened by my private link, without an account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.gatherings.actions import registration as deeds
from weerklank_web.gatherings.actions.rights import erase_own_data, export_own_data
from weerklank_web.gatherings.bridge import Audience, registration_days
from weerklank_web.gatherings.forms.registration import (
    DetailsForm,
    EraseForm,
    LettersForm,
    NewLinkForm,
    WishesForm,
)
from weerklank_web.gatherings.gates import (
    Participant,
    Right,
    gathering_for,
    participant_for,
    participant_or_none,
)
from weerklank_web.gatherings.letters import private_address
from weerklank_web.gatherings.models import Gathering, RegistrationState
from weerklank_web.gatherings.qr import qr_svg
from weerklank_web.gatherings.queries.gathering import steps_of
from weerklank_web.gatherings.queries.registration import place_in_queue
from weerklank_web.gatherings.queries.seating import reason_for, seat_for
from weerklank_web.gatherings.stage import Deed, Stage, stage_of
from weerklank_web.gatherings.views.saying import go_to, refusals_told
from weerklank_web.groundwork import links
from weerklank_web.groundwork.language import language_now
from weerklank_web.groundwork.limits import count_attempt

__all__ = [
    "cancel",
    "confirm",
    "details",
    "erase",
    "erased",
    "export",
    "letters",
    "link_sent",
    "new_link",
    "one_link",
    "own",
    "wishes",
]

_ROOM = "mijn-kamer"


def own(request: HttpRequest, slug: str) -> HttpResponse:
    """Where I stand, my room and why, my wishes, my link. Without a link on this device: how to get in."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    participant = participant_or_none(request, gathering)
    if participant is None:
        return _link_needed(request, gathering, NewLinkForm(), status=403)
    registration = participant.registration
    stage = stage_of(gathering)
    address = private_address(participant.secret)
    waiting = registration.state == RegistrationState.WAITING
    part = "#room" if request.headers.get("HX-Target") == _ROOM else ""
    return render(
        request,
        f"gatherings/own.html{part}",
        {
            "room_part": _ROOM,
            "room_topics": [f"seat/{registration.id}", f"seats/{gathering.id}"],
            "gathering": gathering,
            "registration": registration,
            "seat": seat_for(registration),
            "reason": reason_for(registration, language=language_now()),
            "wishes": registration.wishes.select_related("theme"),
            "place_in_queue": place_in_queue(registration) if waiting else None,
            "queue_over": waiting and not (stage.may(Deed.REGISTER) or stage.may(Deed.CHECK_IN)),
            "steps": steps_of(gathering),
            "may_confirm": registration.state == RegistrationState.UNCONFIRMED and stage.may(Deed.REGISTER),
            "may_wish": _may_wish(participant, stage),
            "may_arrive": _may_arrive(participant, stage),
            "may_review": stage.may(Deed.REVIEW),
            "votes": _votes(stage),
            "speaks": registration.state == RegistrationState.CONFIRMED and not stage.ahead(Deed.SPEAK),
            "may_cancel": _may_cancel(participant),
            "letters_form": LettersForm(initial={"letters": "yes" if registration.letters_wanted else "no"}),
            "address": address,
            "qr": qr_svg(address, title=_("Je eigen link")),
            "earlier_links": registration.earlier_links.exists(),
        },
    )


@require_POST
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Confirm. A POST: mail programs that follow links must not confirm anything."""
    participant = participant_for(request, slug)
    with refusals_told(request):
        registration = deeds.confirm_registration(participant.registration)
        if registration.state == RegistrationState.WAITING:
            messages.info(request, _("Alle plaatsen zijn bezet. Je staat op de wachtlijst."))
        else:
            messages.success(request, _("Je inschrijving is bevestigd. Tot dan."))
    return go_to("own", participant.gathering)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, slug: str) -> HttpResponse:
    """Withdraw: first say what it means, then do it."""
    participant = participant_for(request, slug)
    if request.method == "POST":
        with refusals_told(request, done=_("Je bent afgemeld. Dank dat je het liet weten.")):
            deeds.cancel_registration(participant.registration)
        return go_to("own", participant.gathering)
    return render(request, "gatherings/cancel.html", {"gathering": participant.gathering})


@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct what I told."""
    participant = participant_for(request, slug)
    gathering, registration = participant.gathering, participant.registration
    form = DetailsForm(
        request.POST if request.method == "POST" else None,
        gathering=gathering,
        initial=DetailsForm.told_by(registration),
    )
    if request.method == "POST" and form.is_valid():
        with refusals_told(request, done=_("Bewaard.")):
            deeds.change_details(registration, form.details())
        return go_to("own", gathering)
    return _form(request, participant, form, title=_("Je gegevens"))


@require_http_methods(["GET", "POST"])
def wishes(request: HttpRequest, slug: str) -> HttpResponse:
    """Other wishes, until I have a seat."""
    participant = participant_for(request, slug)
    gathering, registration = participant.gathering, participant.registration
    chosen = list(registration.wishes.values_list("theme_id", flat=True))
    form = WishesForm(
        request.POST if request.method == "POST" else None, gathering=gathering, initial={"wishes": chosen}
    )
    if request.method == "POST" and form.is_valid():
        with refusals_told(request, done=_("Je wensen zijn bewaard.")):
            deeds.change_wishes(registration, form.themes(), proposes=form.proposal())
        return go_to("own", gathering)
    return _form(request, participant, form, title=_("Je thema's"))


@require_POST
def letters(request: HttpRequest, slug: str) -> HttpResponse:
    """Letters on or off."""
    participant = participant_for(request, slug)
    form = LettersForm(request.POST)
    if form.is_valid():
        wanted = form.cleaned_data["letters"] == "yes"
        deeds.choose_letters(participant.registration, wanted=wanted)
        messages.success(
            request, _("Je krijgt bericht bij elke stap.") if wanted else _("Je krijgt geen berichten meer.")
        )
    return go_to("own", participant.gathering)


@require_POST
def one_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Let every other link of mine lapse."""
    participant = participant_for(request, slug)
    deeds.forget_earlier_links(participant.registration, secret=participant.secret)
    messages.success(request, _("Alleen deze link werkt nu nog."))
    return go_to("own", participant.gathering)


def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is kept about me, as one file."""
    participant = participant_for(request, slug)
    response = JsonResponse(
        export_own_data(participant), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = (
        f'attachment; filename="{participant.gathering.slug}-mijn-gegevens.json"'
    )
    return response


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget me; my words stay without a trace to me, or go."""
    participant = participant_for(request, slug)
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erase_own_data(participant, withdraw=form.cleaned_data["words"] == "withdraw")
        response = go_to("erased", participant.gathering)
        links.forget(response, purpose="participant", thing=participant.gathering.id)
        return response
    return render(
        request,
        "gatherings/erase.html",
        {"gathering": participant.gathering, "form": form},
        status=422 if form.errors else 200,
    )


def erased(request: HttpRequest, slug: str) -> HttpResponse:
    """«You are forgotten.»"""
    gathering = gathering_for(request, slug, to=Right.SEE)
    return render(request, "gatherings/erased.html", {"gathering": gathering})


@require_http_methods(["GET", "POST"])
def new_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a new link. The same page follows for a known and an unknown address."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    form = NewLinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        count_attempt(request, what=f"new-link:{gathering.id}", allowed=10, minutes=15)
        deeds.renew_link(gathering, email=form.cleaned_data["email"])
        return go_to("link-sent", gathering)
    return _link_needed(request, gathering, form, status=422 if form.errors else 200)


def link_sent(request: HttpRequest, slug: str) -> HttpResponse:
    """«If this address is registered, a new link is on its way.»"""
    gathering = gathering_for(request, slug, to=Right.SEE)
    return render(request, "gatherings/link_sent.html", {"gathering": gathering})


def _votes(stage: Stage) -> list[tuple[str, str, bool]]:
    """Every vote that is open, or whose picture may be seen: step, its title, and whether it is open."""
    language = language_now()
    return [
        (step.id, step.title.in_language(language), open_now)
        for step in stage.vote_steps
        if (open_now := stage.votes_are_cast_at(step.id))
        or stage.votes_are_open_to(Audience.PLENARY, step.id)
    ]


def _may_wish(participant: Participant, stage: Stage) -> bool:
    seated = getattr(participant.registration, "seat", None) is not None
    return stage.may(Deed.REGISTER) and not seated and _may_cancel(participant)


def _may_arrive(participant: Participant, stage: Stage) -> bool:
    registration = participant.registration
    confirmed = registration.state == RegistrationState.CONFIRMED
    return confirmed and not registration.present and stage.may(Deed.CHECK_IN)


def _may_cancel(participant: Participant) -> bool:
    registration = participant.registration
    return registration.state != RegistrationState.CANCELLED and not registration.present


def _link_needed(
    request: HttpRequest, gathering: Gathering, form: NewLinkForm, *, status: int
) -> HttpResponse:
    context = {"gathering": gathering, "form": form}
    return render(request, "gatherings/link_needed.html", context, status=status)


def _form(
    request: HttpRequest, participant: Participant, form: DetailsForm | WishesForm, *, title: str
) -> HttpResponse:
    gathering = participant.gathering
    return render(
        request,
        "gatherings/own_form.html",
        {
            "gathering": gathering,
            "form": form,
            "title": title,
            "registration_days": registration_days(stage_of(gathering).format),
        },
        status=422 if form.errors else 200,
    )
