"""Reads of the seating: for organisers the whole of it, for a participant their own place and why.

Nothing here is for others: reasons tell of needs, rules tell of relations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.models import (
    Gathering,
    Membership,
    Registration,
    RegistrationState,
    Role,
    Room,
    Seat,
    SeatingKind,
    SeatingRule,
    SeatingRun,
    SeatingState,
)
from weerklank_web.gatherings.seating_bridge import Board, seat_faults, speaking_minutes
from weerklank_web.gatherings.seating_bridge.conflicts import Told, told
from weerklank_web.gatherings.seating_bridge.policies import clean_answers
from weerklank_web.gatherings.stage import stage_of

__all__ = [
    "Choices",
    "Distance",
    "RoomView",
    "SeatingView",
    "Sitter",
    "answers_of",
    "board_of",
    "crew_by_room",
    "is_divided",
    "last_change",
    "next_again",
    "reason_for",
    "rules_of",
    "seat_for",
    "seated_with_rooms",
    "seating_of",
    "seats_are_shown",
]


@dataclass(frozen=True, slots=True)
class Choices:
    """How many people got which wish."""

    by_rank: tuple[int, ...]
    unwished: int
    no_wish: int
    unseated: int


@dataclass(frozen=True, slots=True)
class Distance:
    """How far a division is at most from the best mix there is: points of its own sum, and as pairs of colleagues."""

    score: int
    at_most: int
    pairs: int | None

    @property
    def percent(self) -> int:
        """Rounded up: never flattering."""
        return -(-100 * self.at_most // max(1, self.score))


@dataclass(frozen=True, slots=True)
class Sitter:
    """One person on the organiser's page."""

    registration: Registration
    seat: Seat | None
    wished: bool

    @property
    def unlucky(self) -> bool:
        """Third choice or worse, or none of their wishes."""
        return self.wished and self.seat is not None and (self.seat.rank is None or self.seat.rank >= 3)


@dataclass(frozen=True, slots=True)
class RoomView:
    """One room: who sits there and how mixed it is."""

    room: Room
    sitters: tuple[Sitter, ...]
    crew: tuple[Membership, ...]
    minutes: float | None

    @property
    def layers(self) -> int:
        """Layers of government that sit there."""
        return len({sitter.registration.layer for sitter in self.sitters} - {""})

    @property
    def colleagues(self) -> int:
        """People who sit with somebody of their own organisation."""
        counted = Counter(
            " ".join(sitter.registration.organisation.split()).casefold() for sitter in self.sitters
        )
        return sum(count for name, count in counted.items() if name and count > 1)

    @property
    def has_facilitator(self) -> bool:
        return any(member.role == Role.FACILITATOR for member in self.crew)


@dataclass(frozen=True)
class SeatingView:
    """Everything on the organiser's page."""

    rooms: tuple[RoomView, ...]
    unseated: tuple[Sitter, ...]
    faults: tuple[str, ...]
    conflicts: tuple[Told, ...]
    refused: SeatingRun | None
    last: SeatingRun | None
    again: SeatingRun | None
    steps: tuple[SeatingRun, ...]
    division: SeatingRun | None
    asked: bool
    untold: int
    opened: bool

    @cached_property
    def sitters(self) -> tuple[Sitter, ...]:
        """Everybody who sits."""
        return tuple(sitter for room in self.rooms for sitter in room.sitters)

    @cached_property
    def everybody(self) -> tuple[Sitter, ...]:
        """Who sits and who does not yet, by name."""
        people = (*self.unseated, *self.sitters)
        return tuple(sorted(people, key=lambda one: one.registration.name.casefold()))

    @cached_property
    def unlucky(self) -> tuple[Sitter, ...]:
        """Who got their third choice or none, to look at one by one."""
        return tuple(sitter for sitter in self.sitters if sitter.unlucky)

    @cached_property
    def choices(self) -> Choices:
        """The histogram, as people sit now."""
        ranks = Counter(sitter.seat.rank for sitter in self.sitters if sitter.wished and sitter.seat)
        longest = max((rank for rank in ranks if rank is not None), default=1)
        return Choices(
            by_rank=tuple(ranks[rank] for rank in range(1, longest + 1)),
            unwished=ranks[None],
            no_wish=sum(not sitter.wished for sitter in self.sitters),
            unseated=len(self.unseated),
        )

    @property
    def bars(self) -> list[tuple[str, int, int]]:
        """The histogram: words, people, and how long its bar is in per cents."""
        counted = self.choices
        bars = [
            (_("%(rank)de keuze") % {"rank": rank}, count)
            for rank, count in enumerate(counted.by_rank, start=1)
        ]
        bars.append((_("geen van de keuzes"), counted.unwished))
        more = ((_("gaf geen voorkeur"), counted.no_wish), (_("nog geen plek"), counted.unseated))
        bars += [(label, count) for label, count in more if count]
        return [(label, count, 100 * count // max(1, len(self.everybody))) for label, count in bars]

    @property
    def proven(self) -> bool | None:
        """Whether the last division was proven best for the worst-off.

        None when that says nothing (any more): there was none, it guarded nothing, or people sit otherwise by now.
        """
        plan = self._plan
        floor = {} if plan is None else plan.get("floor", {})
        return bool(floor.get("proven")) if floor.get("limits") else None

    @property
    def distance(self) -> Distance | None:
        """How far the last division is at most from the best; None when people sit otherwise by now, or nobody knows."""
        plan = self._plan
        if plan is None or "bound" not in plan:
            return None
        terms = {term["name"]: term["amount"] * term["weight"] for term in plan.get("terms", ())}
        score = sum(terms.values())
        at_most = score - int(plan["bound"])
        weight = next((t["weight"] for t in plan.get("terms", ()) if t["name"] == "organisation"), 0)
        return Distance(score, at_most, at_most // weight if weight else None)

    @cached_property
    def _plan(self) -> dict[str, Any] | None:
        """The plan of the last division while everybody sits as it says."""
        if self.division is None or not self.division.plan:
            return None
        plan: dict[str, Any] = self.division.plan
        divided = {seat["person"]: seat["room"] for seat in plan.get("seats", ())}
        now = {str(one.registration.pk): str(one.seat.room_id) for one in self.sitters if one.seat}
        return plan if divided == now else None


def board_of(gathering: Gathering) -> Board:
    """Who is to be seated, where, and under which rules, as it stands in the store."""
    people = (
        Registration.objects.filter(gathering=gathering, state=RegistrationState.CONFIRMED)
        .select_related("seat")
        .prefetch_related("wishes__theme")
        .order_by("queue_number", "id")
    )
    if gathering.absent_give_way:
        people = people.filter(present=True)
    everybody = tuple(people)
    return Board(
        people=everybody,
        rooms=tuple(gathering.rooms.select_related("theme")),
        rules=tuple(SeatingRule.objects.filter(gathering=gathering)),
        opened=gathering.absent_give_way or any(one.present for one in everybody),
        answers=answers_of(gathering),
    )


def answers_of(gathering: Gathering) -> dict[str, str]:
    """What the organiser said weighs more: an answer to every question."""
    return clean_answers(gathering.seating_policy)


def seating_of(gathering: Gathering, *, language: str) -> SeatingView:
    """The seating as the organiser sees it."""
    board = board_of(gathering)
    sitters = [_sitter(one) for one in board.people]
    minutes = speaking_minutes(format_of(gathering.format_version))
    crew = crew_by_room(gathering)
    every = list(SeatingRun.objects.filter(gathering=gathering))
    runs = [run for run in every if run.state != SeatingState.UNDONE]
    done = [run for run in runs if run.state == SeatingState.DONE]
    divisions = [run for run in done if run.kind == SeatingKind.DIVIDE]
    newest = runs[-1] if runs else None
    names = {str(one.id): one.name for one in board.people}
    refused = newest if newest is not None and newest.state == SeatingState.REFUSED else None
    return SeatingView(
        rooms=tuple(_room_view(room, sitters, crew, minutes) for room in board.rooms),
        unseated=tuple(sitter for sitter in sitters if sitter.seat is None),
        faults=tuple(seat_faults(board, language=language)),
        conflicts=() if refused is None else told(refused.conflicts, names, language=language),
        refused=refused,
        last=done[-1] if done else None,
        again=_next_again(every),
        steps=tuple(run for run in reversed(every) if run.state in (SeatingState.DONE, SeatingState.UNDONE)),
        division=divisions[-1] if divisions else None,
        asked=newest is not None and newest.state == SeatingState.ASKED,
        untold=sum(sitter.seat is not None and not sitter.seat.told for sitter in sitters),
        opened=board.opened,
    )


def seated_with_rooms(gathering: Gathering) -> list[Registration]:
    """Who sits somewhere, with room and theme loaded; for organisers."""
    people = Registration.objects.filter(gathering=gathering, seat__isnull=False)
    return list(people.select_related("seat__room__theme"))


def rules_of(gathering: Gathering) -> list[SeatingRule]:
    """Who must sit together or apart."""
    return list(SeatingRule.objects.filter(gathering=gathering).select_related("one", "other"))


def is_divided(gathering: Gathering) -> bool:
    """Whether anybody has a place: before that nobody at the door gets one either."""
    return (
        Seat.objects.filter(room__gathering=gathering).exists()
        or SeatingRun.objects.filter(gathering=gathering, state=SeatingState.DONE).exists()
    )


def last_change(gathering: Gathering) -> SeatingRun | None:
    """The change that «undo» would take back."""
    return SeatingRun.objects.filter(gathering=gathering, state=SeatingState.DONE).order_by("-id").first()


def next_again(gathering: Gathering) -> SeatingRun | None:
    """The change that «do again» would do: the oldest that was taken back since the last one that stands."""
    return _next_again(SeatingRun.objects.filter(gathering=gathering))


def _next_again(runs: Iterable[SeatingRun]) -> SeatingRun | None:
    found: SeatingRun | None = None
    for run in runs:
        if run.state == SeatingState.DONE:
            found = None
        elif run.state == SeatingState.UNDONE and found is None and run.after:
            found = run
    return found


def crew_by_room(gathering: Gathering) -> dict[UUID, list[Membership]]:
    """Who helps in which room; facilitators first."""
    found: dict[UUID, list[Membership]] = {}
    members = gathering.memberships.filter(room__isnull=False).select_related("person")
    for member in members.order_by("role", "person__name", "person__email"):
        if member.room_id is not None:
            found.setdefault(member.room_id, []).append(member)
    return found


def seats_are_shown(gathering: Gathering) -> bool:
    """Whether participants see where they sit: once the organiser says so, or once people are together."""
    if gathering.seats_shown_on is not None:
        return True
    step = stage_of(gathering).step
    return step is not None and not step.asynchronous


def seat_for(registration: Registration) -> Seat | None:
    """The seat as its holder may see it: when all seats are shown, or as soon as they are inside themselves."""
    seat = getattr(registration, "seat", None)
    if seat is None or registration.state != RegistrationState.CONFIRMED:
        return None
    return seat if registration.present or seats_are_shown(registration.gathering) else None


def reason_for(registration: Registration, *, language: str) -> str:
    """Why this person sits where they sit, for their own eyes; empty while there is nothing to say."""
    seat = seat_for(registration)
    if seat is None:
        return ""
    reason = seat.reason
    return str(reason.get(language.split("-", maxsplit=1)[0]) or reason.get("nl") or "")


def _sitter(one: Registration) -> Sitter:
    return Sitter(registration=one, seat=getattr(one, "seat", None), wished=bool(one.wishes.all()))


def _room_view(
    room: Room, sitters: Iterable[Sitter], crew: dict[UUID, list[Membership]], minutes: int
) -> RoomView:
    here = [sitter for sitter in sitters if sitter.seat is not None and sitter.seat.room_id == room.id]
    here.sort(key=lambda sitter: sitter.registration.name.casefold())
    return RoomView(
        room=room,
        sitters=tuple(here),
        crew=tuple(crew.get(room.id, ())),
        minutes=minutes / len(here) if here and minutes else None,
    )
