"""Themes: the organiser's list, and what participants propose (W7)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.gatherings import letters
from weerklank_web.gatherings.actions.order import move_in_order
from weerklank_web.gatherings.models import Gathering, Theme, Wish
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring

__all__ = [
    "accept_theme",
    "add_theme",
    "change_theme",
    "decline_theme",
    "merge_theme",
    "move_theme",
    "propose_theme",
    "remove_theme",
]


@transaction.atomic
def add_theme(gathering: Gathering, *, title: str, text: str = "", by: Person) -> Theme:
    """A theme at the end of the list.

    :raises NotNow: when there is one with this title already.
    """
    if _same_title(gathering, title) is not None:
        raise NotNow(_("Er is al een thema met deze titel."), code="double")
    theme = Theme.objects.create(
        gathering=gathering, title=title.strip(), text=text.strip(), position=_next_position(gathering)
    )
    journal.write("theme.added", gathering=gathering.id, by=str(by), subject=theme.title)
    ring(f"gathering/{gathering.id}")
    return theme


@transaction.atomic
def change_theme(theme: Theme, *, title: str, text: str = "", by: Person) -> Theme:
    """Other words for the same theme; wishes stay."""
    twin = _same_title(theme.gathering, title)
    if twin is not None and twin.pk != theme.pk:
        raise NotNow(_("Er is al een thema met deze titel."), code="double")
    theme.title, theme.text = title.strip(), text.strip()
    theme.save(update_fields=["title", "text"])
    journal.write("theme.changed", gathering=theme.gathering_id, by=str(by), subject=theme.title)
    ring(f"gathering/{theme.gathering_id}")
    return theme


@transaction.atomic
def remove_theme(theme: Theme, *, by: Person) -> None:
    """Take a theme off the list, with the wishes for it.

    :raises NotNow: when rooms talk about it.
    """
    gathering, title = theme.gathering, theme.title
    wishers = _wishers(theme)
    try:
        with transaction.atomic():
            theme.delete()
    except ProtectedError:
        raise NotNow(_("Er zijn kamers met dit thema. Geef die eerst een ander thema.")) from None
    _close_ranks(wishers)
    journal.write("theme.removed", gathering=gathering.id, by=str(by), subject=title)
    ring(f"gathering/{gathering.id}")


def move_theme(theme: Theme, *, up: bool) -> None:
    """One place up or down."""
    move_in_order(theme, list(theme.gathering.themes.filter(accepted=True)), up=up)
    ring(f"gathering/{theme.gathering_id}")


def propose_theme(gathering: Gathering, *, title: str) -> Theme:
    """The theme that a participant proposes; one that is on the list already when the titles are alike.

    Nobody but the organisers reads it before they accept it.
    """
    twin = _same_title(gathering, title)
    if twin is not None:
        return twin
    theme = Theme.objects.create(
        gathering=gathering,
        title=" ".join(title.split())[:160],
        position=_next_position(gathering),
        proposed=True,
        accepted=False,
    )
    journal.write("theme.proposed", gathering=gathering.id, by=None)
    return theme


@transaction.atomic
def accept_theme(theme: Theme, *, by: Person) -> Theme:
    """From now on anybody may choose it."""
    theme.accepted = True
    theme.save(update_fields=["accepted"])
    journal.write("theme.accepted", gathering=theme.gathering_id, by=str(by), subject=theme.title)
    ring(f"gathering/{theme.gathering_id}")
    return theme


@transaction.atomic
def decline_theme(theme: Theme, *, reason: str, by: Person) -> None:
    """A proposed theme does not come: whoever wished for it hears why, in a quiet letter.

    :raises NotNow: without a reason, or for a theme that is on the list.
    """
    if theme.accepted:
        raise NotNow(_("Dit thema staat al op de lijst."))
    if not reason.strip():
        raise NotNow(_("Schrijf erbij waarom niet. Wie het voorstelde, krijgt jouw reden te lezen."))
    for wish in theme.wishes.select_related("registration__gathering"):
        letters.tell_theme_declined(wish.registration, theme=theme, reason=reason.strip())
    gathering_id, wishers = theme.gathering_id, _wishers(theme)
    theme.delete()
    _close_ranks(wishers)
    journal.write("theme.declined", gathering=gathering_id, by=str(by), note=reason.strip())
    ring(f"gathering/{gathering_id}")


@transaction.atomic
def merge_theme(theme: Theme, *, into: Theme, by: Person) -> Theme:
    """The same thing in other words: every wish for ``theme`` becomes a wish for ``into``."""
    if theme.pk == into.pk or theme.gathering_id != into.gathering_id:
        raise NotNow(_("Kies een ander thema van deze bijeenkomst."))
    if theme.rooms.exists():
        raise NotNow(_("Er zijn kamers met dit thema. Geef die eerst een ander thema."))
    wishers = _wishers(theme)
    has_both = Wish.objects.filter(theme=into).values_list("registration_id", flat=True)
    theme.wishes.exclude(registration_id__in=list(has_both)).update(theme=into)
    theme.delete()
    _close_ranks(wishers)
    journal.write("theme.merged", gathering=into.gathering_id, by=str(by), subject=into.title)
    ring(f"gathering/{into.gathering_id}")
    return into


def _same_title(gathering: Gathering, title: str) -> Theme | None:
    wanted = " ".join(title.split()).casefold()
    return next((theme for theme in gathering.themes.all() if theme.title.casefold() == wanted), None)


def _next_position(gathering: Gathering) -> int:
    highest = gathering.themes.aggregate(most=Max("position"))["most"]
    return 0 if highest is None else highest + 1


def _wishers(theme: Theme) -> list[UUID]:
    return list(theme.wishes.values_list("registration_id", flat=True))


def _close_ranks(wishers: list[UUID]) -> None:
    """After a wish fell away the others count from 1 again, in the same order."""
    place: dict[UUID, int] = {}
    for wish in Wish.objects.filter(registration_id__in=wishers).order_by("registration_id", "rank"):
        place[wish.registration_id] = rank = place.get(wish.registration_id, 0) + 1
        if wish.rank != rank:
            wish.rank = rank
            wish.save(update_fields=["rank"])
