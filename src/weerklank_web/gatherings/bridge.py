"""What this app asks the format: themes per person, layers to mix, small numbers, who reads what.

With ``stage.py`` (what may happen now) the only place of this app that knows the library.
"""

from __future__ import annotations

from dataclasses import dataclass

from weerklank.formats import Audience, Format, Step, StepKind, label_of
from weerklank_web.gatherings.stage import CONTRIBUTION, THEME_CHOICE

__all__ = [
    "Audience",
    "Format",
    "Reader",
    "Step",
    "StepKind",
    "dimension_to_mix",
    "ground_rules",
    "layers_of",
    "live_steps",
    "readers_of",
    "registration_days",
    "retention_days",
    "small_number",
    "wishes_allowed",
]

_K = 5
_REGISTRATION_DAYS = 30
_RETENTION_DAYS = 365


@dataclass(frozen=True, slots=True)
class Reader:
    """Who comes to see what a participant writes, at which step, and how. All in words."""

    step: str
    audience: str
    moment: str
    name: str
    consent: str


def small_number(format_: Format) -> int:
    """Nothing is counted out loud for fewer people than this (DOMAIN 7.4)."""
    return format_.gates.k or _K


def registration_days(format_: Format) -> int:
    """Days after the gathering that names and wishes are kept (DOMAIN 7.5)."""
    return format_.gates.registration_days or _REGISTRATION_DAYS


def retention_days(format_: Format) -> int:
    """Days after the gathering that raw contributions are kept, unless the organiser says otherwise."""
    return format_.gates.retention_days or _RETENTION_DAYS


def wishes_allowed(format_: Format) -> int:
    """How many themes one person may ask for; 0 when the format has no choice of themes."""
    if not format_.steps_writing(THEME_CHOICE):
        return 0
    return format_.object(THEME_CHOICE).per_person or 3


def dimension_to_mix(format_: Format) -> str | None:
    """The dimension of people by which rooms are mixed (W5), or None."""
    for step in format_.steps_from(StepKind.ALLOCATE):
        if step.grouping is not None and step.grouping.mix:
            return step.grouping.mix[0]
    return None


def layers_of(format_: Format, *, language: str) -> list[tuple[str, str]]:
    """Keys and labels of the layers of government that people may state; empty when nothing is mixed."""
    key = dimension_to_mix(format_)
    if key is None:
        return []
    return [(value.key, value.label.in_language(language)) for value in format_.dimension(key).values]


def live_steps(format_: Format, *, language: str) -> list[tuple[str, int]]:
    """Title and minutes of every step that people spend together: a first programme."""
    return [
        (step.title.in_language(language), step.live_minutes) for step in format_.steps if step.live_minutes
    ]


def ground_rules(format_: Format, *, language: str) -> list[str]:
    """The ground rules of the format."""
    return [rule.in_language(language) for rule in format_.gates.ground_rules]


def readers_of(format_: Format, *, language: str) -> list[Reader]:
    """Who reads what I write, from first to last: the heart of the process card (T21)."""
    if not format_.steps_writing(CONTRIBUTION):
        return []
    readers = [
        Reader(
            step=format_.step(reach.step).title.in_language(language),
            audience=label_of(reach.audience).in_language(language),
            moment=label_of(reach.when).in_language(language),
            name=label_of(reach.name).in_language(language),
            consent="" if reach.consent is None else label_of(reach.consent).in_language(language),
        )
        for reach in format_.reach_of(CONTRIBUTION)
    ]
    return [reader for place, reader in enumerate(readers) if reader not in readers[:place]]
