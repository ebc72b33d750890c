"""What every page of this app does the same way: its tabs, saying that something was refused, going on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weerklank_web.gatherings.models import Gathering
from weerklank_web.groundwork.errors import NotFound, NotNow

__all__ = [
    "SECTIONS",
    "SeeOther",
    "Tab",
    "change_page",
    "go_to",
    "goes_up",
    "list_page",
    "or_not_found",
    "refusals_told",
    "tabs_of",
]

Row = TypeVar("Row")

# The set-up pages in order: url name and label. A page that must be complete before publishing comes first.
SECTIONS = (
    ("manage", gettext_lazy("Overzicht")),
    ("setup-basics", gettext_lazy("Basis")),
    ("setup-moment", gettext_lazy("Tijd en plaats")),
    ("setup-organisations", gettext_lazy("Organisaties")),
    ("setup-promise", gettext_lazy("Ontvanger en belofte")),
    ("setup-mandate", gettext_lazy("Mandaat")),
    ("setup-programme", gettext_lazy("Programma")),
    ("setup-themes", gettext_lazy("Thema's")),
    ("setup-crew", gettext_lazy("Team")),
    ("setup-steps", gettext_lazy("Stappen")),
    ("registrations", gettext_lazy("Inschrijvingen")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages beside each other."""

    label: str
    href: str
    current: bool
    count: int | None = None


class SeeOther(HttpResponseRedirect):
    """After a deed: look there, with a new GET."""

    status_code = 303


def go_to(name: str, gathering: Gathering, *more: object) -> SeeOther:
    """Go on to a page of this gathering."""
    return SeeOther(resolve_url(f"gatherings:{name}", gathering.slug, *more))


def tabs_of(gathering: Gathering, *, current: str) -> list[Tab]:
    """The set-up pages."""
    return [
        Tab(label=str(label), href=resolve_url(f"gatherings:{name}", gathering.slug), current=name == current)
        for name, label in SECTIONS
    ]


@contextmanager
def refusals_told(request: HttpRequest, *, done: str = "") -> Iterator[None]:
    """Say ``done`` when the deed inside succeeded, or why it was refused."""
    try:
        yield
    except NotNow as refusal:
        messages.error(request, refusal.sentence or _("Dat kan nu niet."))
    else:
        if done:
            messages.success(request, done)


def or_not_found(row: Row | None) -> Row:
    """The row, if this gathering has it."""
    if row is None:
        raise NotFound(_("Dit bestaat niet (meer)."))
    return row


def goes_up(request: HttpRequest) -> bool:
    """Which of the two order buttons was pressed."""
    return request.POST.get("way") == "up"


def list_page(
    request: HttpRequest, gathering: Gathering, form: forms.BaseForm, name: str, more: Mapping[str, object]
) -> HttpResponse:
    """A set-up page that is a short list with a form for one more."""
    return render(
        request,
        f"gatherings/{name}.html",
        {"gathering": gathering, "tabs": tabs_of(gathering, current=f"setup-{name}"), "form": form, **more},
        status=422 if form.errors else 200,
    )


def change_page(
    request: HttpRequest,
    gathering: Gathering,
    form: forms.BaseForm,
    *,
    title: str,
    back: str,
    deed: str = "change",
) -> HttpResponse:
    """One thing of such a list. ``back`` is the list's url name; ``deed``: change, decline or merge."""
    return render(
        request,
        "gatherings/change.html",
        {
            "gathering": gathering,
            "tabs": tabs_of(gathering, current=back),
            "form": form,
            "title": title,
            "back": back,
            "deed": deed,
        },
        status=422 if form.errors else 200,
    )
