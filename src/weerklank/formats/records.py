"""A format: the whole werkvorm, frozen, with the ways to ask it things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from weerklank.formats.content import Dimension, FormatObject
from weerklank.formats.head import Decision, Gates, GroupSize, Outcome, Role, SourceNote
from weerklank.formats.kinds import Audience, Consent, NameRule, StepKind, When
from weerklank.formats.steps import Step, Visibility
from weerklank.formats.texts import Text

__all__ = ["Format", "FormatOrigin", "Reach"]

_Named = TypeVar("_Named", Role, Dimension, FormatObject, Step)


@dataclass(frozen=True, slots=True)
class FormatOrigin:
    """The file a format was read from, and the line of each key in it (``steps[3].minutes`` → 41)."""

    source: str
    lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def line(self, path: str) -> int | None:
        """The line of ``path``, else of the nearest thing around it."""
        while path:
            if path in self.lines:
                return self.lines[path]
            cut = max(path.rfind("."), path.rfind("["))
            path = path[: max(cut, 0)]
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """One moment in the life of an object: from this step on, this audience sees it.

    :param consent: who agreed, or None when it was written for this audience in the first place.
    """

    step: str
    audience: Audience
    when: When
    name: NameRule
    consent: Consent | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A working format. Equal formats have equal content, whichever file they came from.

    The lookups raise ``KeyError`` for an id that the format does not have.
    """

    format: int
    id: str
    version: str
    languages: tuple[str, ...]
    title: Text
    source: SourceNote
    group: GroupSize
    duration: int
    decision: Decision
    roles: tuple[Role, ...]
    objects: tuple[FormatObject, ...]
    steps: tuple[Step, ...]
    purpose: Text | None = None
    gates: Gates = field(default_factory=Gates)
    dimensions: tuple[Dimension, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    texts: tuple[tuple[str, Text], ...] = ()
    origin: FormatOrigin = field(default=FormatOrigin(""), compare=False, repr=False)

    def role(self, id: str) -> Role:  # noqa: A002 - the word of the file
        """The role with this id."""
        return _by_id(self.roles, id)

    def dimension(self, id: str) -> Dimension:  # noqa: A002
        """The dimension with this id."""
        return _by_id(self.dimensions, id)

    def object(self, id: str) -> FormatObject:  # noqa: A002
        """The object with this id."""
        return _by_id(self.objects, id)

    def step(self, id: str) -> Step:  # noqa: A002
        """The step with this id."""
        return _by_id(self.steps, id)

    def steps_from(self, kind: StepKind) -> tuple[Step, ...]:
        """Every step of this kind, in order."""
        return tuple(step for step in self.steps if step.kind is kind)

    def steps_writing(self, object_id: str) -> tuple[Step, ...]:
        """Every step in which this object is written, in order."""
        return tuple(step for step in self.steps if object_id in step.writes)

    @property
    def live_minutes(self) -> int:
        """Minutes that people are together, all steps."""
        return sum(step.live_minutes for step in self.steps)

    def text(self, key: str, language: str) -> str:
        """The words under ``key`` of ``[texts]``; ``KeyError`` when the format has none."""
        return dict(self.texts)[key].in_language(language)

    def visibility_of(self, object_id: str, *, step: str | None = None) -> Visibility:
        """Who sees the object as written in ``step``; without a step, the narrowest of all writing steps.

        What this says may only be passed by a release: see :meth:`reach_of`.
        """
        writing = [each for each in self.steps_writing(object_id) if step is None or each.id == step]
        if not writing:
            raise KeyError(object_id if step is None else (object_id, step))
        return min((each.shown for each in writing), key=lambda shown: shown.who.breadth)

    def reach_of(self, object_id: str) -> tuple[Reach, ...]:
        """Who comes to see the object, step by step: what the process card tells before anybody writes."""
        reaches = []
        for step in self.steps:
            shown = step.shown
            if object_id in step.writes:
                reaches.append(Reach(step=step.id, audience=shown.who, when=shown.when, name=shown.name))
            if step.release is not None and object_id in step.release.objects:
                reaches.append(
                    Reach(
                        step=step.id,
                        audience=step.release.to,
                        when=When.AFTER_RELEASE,
                        name=shown.name,
                        consent=step.release.consent,
                    )
                )
        return tuple(reaches)

    def audience_of(self, object_id: str) -> Audience:
        """The widest audience the object ever comes to."""
        reaches = self.reach_of(object_id)
        if not reaches:
            raise KeyError(object_id)
        return max((reach.audience for reach in reaches), key=lambda audience: audience.breadth)


def _by_id(things: tuple[_Named, ...], wanted: str) -> _Named:
    for thing in things:
        if thing.id == wanted:
            return thing
    raise KeyError(wanted)
