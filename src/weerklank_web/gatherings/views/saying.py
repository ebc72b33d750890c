"""What every page of this app does the same way: its tabs, saying that something was refused, going on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise as StrPromise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.groundwork.errors import NotFound
from weerklank_web.groundwork.replies import SeeOther, refusals_told

__all__ = [
    "PAGES",
    "PARTS",
    "SeeOther",
    "Tab",
    "change_page",
    "go_to",
    "goes_up",
    "list_page",
    "or_not_found",
    "organiser_page",
    "parts_of",
    "refusals_told",
    "tabs_of",
]

Row = TypeVar("Row")

# The organiser's pages, in the order of the journey: url name and label. A page of an app further on in the journey
# is named here too, and left out as long as it is not there.
PAGES = (
    ("gatherings:manage", gettext_lazy("Overzicht")),
    ("gatherings:setup-basics", gettext_lazy("Instellen")),
    ("gatherings:registrations", gettext_lazy("Inschrijvingen")),
    ("gatherings:rooms", gettext_lazy("Kamers")),
    ("gatherings:seating", gettext_lazy("Indeling")),
    ("gatherings:door", gettext_lazy("Deur")),
    ("gatherings:setup-steps", gettext_lazy("Stappen")),
    ("dialogue:harvests", gettext_lazy("Oogst")),
    ("dialogue:propositions", gettext_lazy("Stemmen")),
    ("reports:uploads", gettext_lazy("Inlezen")),
    ("answers:bench", gettext_lazy("Duiden")),
    ("reports:manage", gettext_lazy("Verslag")),
    ("answers:desk-links", gettext_lazy("Ontvanger")),
)

# Left out when nothing in the format asks for it.
_ONLY_WITH_VOTES = "dialogue:propositions"

# The parts of «Instellen».
PARTS = (
    ("gatherings:setup-basics", gettext_lazy("Basis")),
    ("gatherings:setup-moment", gettext_lazy("Tijd en plaats")),
    ("gatherings:setup-organisations", gettext_lazy("Organisaties")),
    ("gatherings:setup-promise", gettext_lazy("Ontvanger en belofte")),
    ("gatherings:setup-mandate", gettext_lazy("Mandaat")),
    ("gatherings:setup-programme", gettext_lazy("Programma")),
    ("gatherings:setup-themes", gettext_lazy("Thema's")),
    ("gatherings:setup-crew", gettext_lazy("Team")),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages beside each other."""

    label: str
    href: str
    current: bool
    count: int | None = None


def go_to(name: str, gathering: Gathering, *more: object) -> SeeOther:
    """Go on to a page of this gathering."""
    return SeeOther(resolve_url(f"gatherings:{name}", gathering.slug, *more))


def tabs_of(gathering: Gathering, *, current: str) -> list[Tab]:
    """The organiser's pages. ``current`` is a url name; in this app it may go without «gatherings:»."""
    here = _full(current)
    parts = {name for name, _label in PARTS}
    return _tabs(PAGES, gathering, current="gatherings:setup-basics" if here in parts else here)


def parts_of(gathering: Gathering, *, current: str) -> list[Tab]:
    """The parts of «Instellen», or nothing on another page."""
    here = _full(current)
    return _tabs(PARTS, gathering, current=here) if here in {name for name, _label in PARTS} else []


def _full(name: str) -> str:
    return name if ":" in name else f"gatherings:{name}"


def _tabs(pages: tuple[tuple[str, StrPromise], ...], gathering: Gathering, *, current: str) -> list[Tab]:
    tabs = []
    for name, label in pages:
        if name == _ONLY_WITH_VOTES and not stage_of(gathering).vote_steps:
            continue
        try:
            address = reverse(name, args=[gathering.slug])
        except NoReverseMatch:
            continue
        tabs.append(Tab(label=str(label), href=address, current=name == current))
    return tabs


def or_not_found(row: Row | None) -> Row:
    """The row, if this gathering has it."""
    if row is None:
        raise NotFound(_("Dit bestaat niet (meer)."))
    return row


def goes_up(request: HttpRequest) -> bool:
    """Which of the two order buttons was pressed."""
    return request.POST.get("way") == "up"


def organiser_page(
    request: HttpRequest,
    gathering: Gathering,
    template: str,
    more: Mapping[str, object],
    *,
    current: str,
    status: int = 200,
) -> HttpResponse:
    """A page that extends ``gatherings/setup_base.html``: the gathering's head, the organiser's tabs, the page itself."""
    context = {
        "gathering": gathering,
        "tabs": tabs_of(gathering, current=current),
        "parts": parts_of(gathering, current=current),
        **more,
    }
    return render(request, template, context, status=status)


def list_page(
    request: HttpRequest, gathering: Gathering, form: forms.BaseForm, name: str, more: Mapping[str, object]
) -> HttpResponse:
    """A set-up page that is a short list with a form for one more."""
    return organiser_page(
        request,
        gathering,
        f"gatherings/{name}.html",
        {"form": form, **more},
        current=f"setup-{name}",
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
    return organiser_page(
        request,
        gathering,
        "gatherings/change.html",
        {"form": form, "title": title, "back": back, "deed": deed},
        current=back,
        status=422 if form.errors else 200,
    )
