"""The head of a format: where it comes from, for how many, by whom, under which gates.

Every field name here is the key in the TOML file; ``docs/formats.md`` explains each.
"""

from __future__ import annotations

from dataclasses import dataclass

from weerklank.formats.texts import Text

__all__ = ["NOBODY", "Decision", "Gates", "GroupSize", "Outcome", "Role", "Sizes", "SourceNote"]

NOBODY = "nobody"
"""``decision.by`` when a gathering ends, on purpose, without a decision (W22)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceNote:
    """Where the format comes from and under which licence its words may be used."""

    name: str
    licence: str
    url: str | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """From ``min`` to ``max`` people, both included."""

    min: int
    max: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupSize:
    """How many people the whole group may count, and each sub-group.

    :param people_per_facilitator: one facilitator can look after this many people.
    """

    min: int
    max: int
    sub: Sizes | None = None
    people_per_facilitator: int | None = None

    def rooms_for(self, people: int) -> tuple[int, int]:
        """Fewest and most sub-groups that ``people`` can be seated in; (1, 1) without sub-groups."""
        if self.sub is None:
            return 1, 1
        fewest = max(1, -(-people // self.sub.max))
        return fewest, max(fewest, people // self.sub.min)

    def facilitators_for(self, people: int) -> int | None:
        """How many facilitators the format counts on; None when it does not say."""
        if self.people_per_facilitator is None:
            return None
        return max(1, -(-people // self.people_per_facilitator))


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A part that people play; steps name it in ``who``."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Gates:
    """What must hold before and during: mandate, small numbers, retention, captions, ground rules.

    :param k: nothing is counted out loud for fewer people than this.
    :param retention_days: raw contributions are kept this long after the gathering.
    :param registration_days: registrations are kept this long after the gathering.
    """

    mandate: bool = False
    k: int | None = None
    retention_days: int | None = None
    registration_days: int | None = None
    captions: bool = True
    ground_rules: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decides in the end: a role, or :data:`NOBODY` as a plain statement (W22)."""

    by: str
    text: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What people go home with, and which objects it is made from."""

    id: str
    title: Text
    objects: tuple[str, ...] = ()
