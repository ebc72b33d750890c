"""The gathering of the demo: who asks, who answers, how far it goes, who comes.

Days count from the day of the gathering: 0 is that day, -56 is eight weeks before it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

__all__ = [
    "Gathering",
    "Layer",
    "Mandate",
    "Organisation",
    "Participant",
    "Person",
    "ProgrammeItem",
    "Promise",
    "Recipient",
    "Retention",
    "Theme",
    "Timing",
    "Venue",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a task: facilitator, note-taker, aide, contact."""

    name: str
    mail: str
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom the messages go, and who prepares the answers."""

    name: str
    office: str
    mail: str
    aides: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """``kind`` is a key of the application; ``statement`` are the recipient's own words."""

    kind: str
    form: str
    statement: str
    answer_day: int


@dataclass(frozen=True, slots=True)
class Mandate:
    """How far taking part goes (DOMAIN 5.3)."""

    open_matters: str
    fixed_matters: str
    rung: str
    pledge: str
    deviates_with_reason: bool
    decider: str
    information: str
    means: str
    hear_from_us: str
    contact: str
    adopted_by: str
    adopted_day: int


@dataclass(frozen=True, slots=True)
class Venue:
    """Where it is held, and how one gets in without legs, ears or a journey."""

    place: str
    accessibility: str
    video_link: str
    video_note: str


@dataclass(frozen=True, slots=True)
class Timing:
    """When what happens, in days from the gathering."""

    held_days_ago: int
    iso_weekday: int
    starts_at: time
    published_day: int
    registration_closes_day: int
    capacity: int
    sign_off_until_day: int
    read_back_from_day: int
    read_back_until_day: int
    report_offered_day: int

    def held_on(self, today: date) -> date:
        """The day of the gathering: the last such weekday that is at least ``held_days_ago`` days before ``today``."""
        latest = today - timedelta(days=self.held_days_ago)
        return latest - timedelta(days=(latest.isoweekday() - self.iso_weekday) % 7)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what is kept, and how we say so."""

    registrations_days: int
    contributions_days: int
    report: str
    explanation: str


@dataclass(frozen=True, slots=True)
class ProgrammeItem:
    """A line of the programme; ``step`` is the format's step it belongs to, if any."""

    title: str
    minutes: int
    text: str
    step: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme to choose; ``proposed_by`` is the participant who proposed it (W7)."""

    key: str
    title: str
    question: str
    proposed_by: str | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer of government: the format's key, and what this gathering calls it."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Gathering:
    """The gathering itself. ``organisers`` are keys of organisations."""

    slug: str
    title: str
    subtitle: str
    summary: str
    purposes: tuple[str, ...]
    public_value: str
    language: str
    format: str
    zone: str
    country: str
    organisers: tuple[str, ...]
    ground_rules: tuple[str, ...]
    contact: Person
    recipient: Recipient
    promise: Promise
    mandate: Mandate
    venue: Venue
    timing: Timing
    retention: Retention
    programme: tuple[ProgrammeItem, ...]
    themes: tuple[Theme, ...]
    layers: tuple[Layer, ...]

    @property
    def minutes(self) -> int:
        """How long it takes, breaks included."""
        return sum(item.minutes for item in self.programme)


@dataclass(frozen=True, slots=True)
class Organisation:
    """Where people work. Without a layer it is nobody's government."""

    key: str
    name: str
    layer: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who registered, or walked in. ``wishes`` are keys of themes, best first; ``name`` may be an alias."""

    key: str
    name: str
    languages: tuple[str, ...]
    wishes: tuple[str, ...]
    mail: str = ""
    layer: str = ""
    organisation: str = ""
    needs: tuple[str, ...] = ()
    needs_text: str = ""
    attends: bool = True
