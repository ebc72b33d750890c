"""What anybody may see: the process card, the calendar file, the QR code, the poster (T21)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from weerklank_web.gatherings.bridge import ground_rules, readers_of
from weerklank_web.gatherings.calendar_file import calendar_name, calendar_of
from weerklank_web.gatherings.gates import Right, gathering_for, memberships_of, participant_or_none
from weerklank_web.gatherings.letters import address_of
from weerklank_web.gatherings.models import Gathering, Promise, Role
from weerklank_web.gatherings.qr import qr_svg
from weerklank_web.gatherings.queries.gathering import changes_of, mandate_of, programme_of, steps_of
from weerklank_web.gatherings.queries.registration import free_places
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork.language import language_now

__all__ = ["calendar", "poster", "process_card", "public", "qr"]


def process_card(gathering: Gathering) -> dict[str, object]:
    """What, when, who organises, who decides, who reads what I write, what is promised and by when (T21)."""
    stage = stage_of(gathering)
    language = language_now()
    decision = stage.format.decision.text
    return {
        "gathering": gathering,
        "organisations": list(gathering.organisations.all()),
        "mandate": mandate_of(gathering),
        "readers": readers_of(stage.format, language=language),
        "withdraw_words": stage.text("withdraw", language),
        "decision": "" if decision is None else decision.in_language(language),
        "no_promise": gathering.promise == Promise.NONE,
        "rules": ground_rules(stage.format, language=language),
    }


def public(request: HttpRequest, slug: str) -> HttpResponse:
    """The page that an invitation leads to."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    roles = memberships_of(request, gathering)
    stage = stage_of(gathering)
    may_register = stage.may(Deed.REGISTER)
    return render(
        request,
        "gatherings/public.html",
        {
            **process_card(gathering),
            "changes": changes_of(gathering),
            "themes": gathering.themes.filter(accepted=True),
            "programme": programme_of(gathering),
            "steps": steps_of(gathering),
            "may_register": may_register,
            "answers_open": not stage.ahead(Deed.ANSWER) and stage.step is not None,
            "full": may_register and free_places(gathering) == 0,
            "participant": participant_or_none(request, gathering),
            "organises": any(role.role == Role.ORGANISER for role in roles),
        },
    )


def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The gathering for anybody's calendar."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    response = HttpResponse(
        calendar_of(gathering, page=address_of(gathering)), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{calendar_name(gathering)}"'
    return response


def qr(request: HttpRequest, slug: str) -> HttpResponse:
    """The public address as a QR code."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    drawing = qr_svg(address_of(gathering), title=_("Link naar %(title)s") % {"title": gathering.title})
    return HttpResponse(drawing, content_type="image/svg+xml")


def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """One sheet of paper for the wall of the canteen."""
    gathering = gathering_for(request, slug, to=Right.SEE)
    page = address_of(gathering)
    return render(
        request,
        "gatherings/poster.html",
        {
            **process_card(gathering),
            "themes": gathering.themes.filter(accepted=True),
            "page": page,
            "qr": qr_svg(page, title=_("Link naar %(title)s") % {"title": gathering.title}),
        },
    )
