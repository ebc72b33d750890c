"""The themes on the set-up pages: the organiser's list, and what participants propose (W7)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.gatherings.actions import themes as deeds
from weerklank_web.gatherings.bridge import small_number
from weerklank_web.gatherings.forms.lists import MergeForm, ThemeForm
from weerklank_web.gatherings.forms.setup import ReasonForm
from weerklank_web.gatherings.gates import Right, gathering_for, signed_in
from weerklank_web.gatherings.models import Gathering, Theme
from weerklank_web.gatherings.queries.registration import theme_rows
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.gatherings.views.saying import (
    change_page,
    go_to,
    goes_up,
    list_page,
    or_not_found,
    refusals_told,
)
from weerklank_web.groundwork.errors import NotNow

__all__ = [
    "accept_theme",
    "decline_theme",
    "merge_theme",
    "move_theme",
    "remove_theme",
    "theme",
    "themes",
]


@require_http_methods(["GET", "POST"])
def themes(request: HttpRequest, slug: str) -> HttpResponse:
    """The list, what participants propose, and a form for one more (W7)."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    form = ThemeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            deeds.add_theme(gathering, by=signed_in(request), **form.cleaned_data)
        except NotNow as refusal:
            form.add_error("title", refusal.sentence)
        else:
            return go_to("setup-themes", gathering)
    rows = theme_rows(gathering)
    parts = {
        "listed": [row for row in rows if row.theme.accepted],
        "proposed": [row for row in rows if not row.theme.accepted],
        "enough": small_number(stage_of(gathering).format),
    }
    return list_page(request, gathering, form, "themes", parts)


@require_http_methods(["GET", "POST"])
def theme(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Change one."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = _theme(gathering, number)
    form = ThemeForm(
        request.POST if request.method == "POST" else None, initial={"title": one.title, "text": one.text}
    )
    if request.method == "POST" and form.is_valid():
        try:
            deeds.change_theme(one, by=signed_in(request), **form.cleaned_data)
        except NotNow as refusal:
            form.add_error("title", refusal.sentence)
        else:
            return go_to("setup-themes", gathering)
    return change_page(request, gathering, form, title=one.title, back="setup-themes")


@require_POST
def move_theme(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Up or down."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    deeds.move_theme(_theme(gathering, number), up=goes_up(request))
    return go_to("setup-themes", gathering)


@require_POST
def remove_theme(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Take it off, with the wishes for it."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    with refusals_told(request, done=_("Weggehaald.")):
        deeds.remove_theme(_theme(gathering, number), by=signed_in(request))
    return go_to("setup-themes", gathering)


@require_POST
def accept_theme(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Put a proposed theme on the list."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    with refusals_told(request, done=_("Het thema staat op de lijst. Iedereen kan het nu kiezen.")):
        deeds.accept_theme(_theme(gathering, number), by=signed_in(request))
    return go_to("setup-themes", gathering)


@require_http_methods(["GET", "POST"])
def decline_theme(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say no to a proposed theme, with the reason that its proposer reads."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = _theme(gathering, number)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request, done=_("Afgewezen. Wie het voorstelde, krijgt jouw reden per mail.")):
            deeds.decline_theme(one, reason=form.cleaned_data["reason"], by=signed_in(request))
        return go_to("setup-themes", gathering)
    return change_page(request, gathering, form, title=one.title, back="setup-themes", deed="decline")


@require_http_methods(["GET", "POST"])
def merge_theme(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Two themes that say the same become one; wishes go along."""
    gathering = gathering_for(request, slug, to=Right.MANAGE)
    one = _theme(gathering, number)
    form = MergeForm(request.POST if request.method == "POST" else None, theme=one)
    if request.method == "POST" and form.is_valid():
        with refusals_told(request, done=_("Samengevoegd. De wensen gingen mee.")):
            deeds.merge_theme(one, into=form.cleaned_data["into"], by=signed_in(request))
        return go_to("setup-themes", gathering)
    return change_page(request, gathering, form, title=one.title, back="setup-themes", deed="merge")


def _theme(gathering: Gathering, number: int) -> Theme:
    return or_not_found(Theme.objects.filter(gathering=gathering, pk=number).first())
