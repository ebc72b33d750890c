"""Licence, roles, sizes, facilitators, and what people are told beforehand."""

from __future__ import annotations

from collections.abc import Iterator

from weerklank.formats.checks.place import in_format, in_step
from weerklank.formats.findings import Finding
from weerklank.formats.kinds import Shape, StepKind, Turn
from weerklank.formats.records import Format
from weerklank.formats.steps import Step

__all__ = ["check_people"]

_LEAST_SECONDS = 60
_SUB_GROUPS = frozenset({Shape.ROOM, Shape.TABLE, Shape.RING})
_FIXED_SIZES = {Shape.ALONE: 1, Shape.PAIR: 2, Shape.FOUR: 4}


def check_people(format_: Format) -> Iterator[Finding]:
    """Findings about the people who take part and what they may count on."""
    if not format_.source.licence.strip():
        yield in_format(format_, "licence-missing", path="source.licence")
    yield from _sizes(format_)
    yield from _roles(format_)
    yield from _rooms(format_)
    if format_.objects and format_.gates.retention_days is None:
        yield in_format(format_, "retention-unsaid", path="gates")
    if not format_.gates.captions:
        yield in_format(format_, "no-captions", path="gates.captions")


def _sizes(format_: Format) -> Iterator[Finding]:
    group, sub = format_.group, format_.group.sub
    if group.min > group.max:
        yield in_format(format_, "sizes-reversed", path="group", min=group.min, max=group.max)
    if sub is None:
        return
    if sub.min > sub.max:
        yield in_format(format_, "sizes-reversed", path="group.sub", min=sub.min, max=sub.max)
    if sub.min > group.min:
        yield in_format(format_, "sub-larger-than-group", path="group.sub", sub=sub.min, min=group.min)


def _roles(format_: Format) -> Iterator[Finding]:
    known = [role.id for role in format_.roles]
    for step in format_.steps:
        for role in step.who:
            if role not in known:
                yield in_step(format_, step, "unknown-role", key="who", role=role, known=", ".join(known))


def _rooms(format_: Format) -> Iterator[Finding]:
    in_rooms = [step for step in format_.steps if step.grouping and step.grouping.shape is Shape.ROOM]
    if in_rooms:
        yield from _facilitators(format_, in_rooms)
    for step in format_.steps:
        yield from _group_size(format_, step)
        yield from _speaking_time(format_, step)
        if step.kind is StepKind.ALLOCATE and (step.grouping is None or step.grouping.by is None):
            yield in_step(format_, step, "allocate-without-by", key="grouping")


def _facilitators(format_: Format, in_rooms: list[Step]) -> Iterator[Finding]:
    people = format_.group.max
    rooms = max(_groups(format_, step) for step in in_rooms)
    facilitators = format_.group.facilitators_for(people)
    if facilitators is None:
        if rooms > 1:
            yield in_format(format_, "facilitators-unsaid", path="group", rooms=rooms, people=people)
    elif facilitators < rooms:
        yield in_format(
            format_,
            "too-few-facilitators",
            path="group.people_per_facilitator",
            rooms=rooms,
            people=people,
            facilitators=facilitators,
        )


def _group_size(format_: Format, step: Step) -> Iterator[Finding]:
    sub = format_.group.sub
    if step.grouping is None or step.grouping.groups is None or sub is None:
        return
    size = _largest_group(format_, step)
    if step.grouping.shape in _SUB_GROUPS and size > sub.max:
        yield in_step(
            format_,
            step,
            "groups-too-large",
            key="grouping.groups",
            people=format_.group.max,
            groups=step.grouping.groups,
            size=size,
            most=sub.max,
        )


def _speaking_time(format_: Format, step: Step) -> Iterator[Finding]:
    if step.grouping is None or step.grouping.turn is not Turn.ROUND or not step.minutes:
        return
    seconds = step.minutes * 60 // _largest_group(format_, step)
    if seconds < _LEAST_SECONDS:
        yield in_step(format_, step, "little-speaking-time", key="minutes", seconds=seconds)


def _groups(format_: Format, step: Step) -> int:
    """The number of groups in this step when the gathering is full."""
    if step.grouping is not None and step.grouping.groups is not None:
        return step.grouping.groups
    return format_.group.rooms_for(format_.group.max)[0]


def _largest_group(format_: Format, step: Step) -> int:
    """People in the largest group of this step when the gathering is full."""
    shape = step.grouping.shape if step.grouping else Shape.PLENARY
    if shape in _FIXED_SIZES:
        return _FIXED_SIZES[shape]
    if shape is Shape.PLENARY:
        return format_.group.max
    return -(-format_.group.max // _groups(format_, step))
