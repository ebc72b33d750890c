"""Objects and dimensions: described, made before they are used, and used once made."""

from __future__ import annotations

from collections.abc import Iterator

from weerklank.formats.checks.place import in_format, in_step
from weerklank.formats.content import FormatObject, ObjectField
from weerklank.formats.findings import Finding
from weerklank.formats.kinds import FieldType
from weerklank.formats.records import Format
from weerklank.formats.steps import Step

__all__ = ["check_objects"]

_FEWEST_OPTIONS = 2


def check_objects(format_: Format) -> Iterator[Finding]:
    """Findings about what a gathering makes."""
    for place, object_ in enumerate(format_.objects):
        yield from _described(format_, object_, f"objects[{place}]")
        yield from _used(format_, object_, f"objects[{place}]")
    made: set[str] = set()
    for step in format_.steps:
        yield from _in_order(format_, step, made)
        made |= set(step.writes)
        yield from _arranged(format_, step)
    for place, outcome in enumerate(format_.outcome):
        yield from _known_objects(format_, outcome.objects, f"outcome[{place}].objects")
    for place, dimension in enumerate(format_.dimensions):
        if not dimension.values and not dimension.open:
            path = f"dimensions[{place}]"
            yield in_format(format_, "dimension-without-values", path=path, dimension=dimension.id)


def _described(format_: Format, object_: FormatObject, path: str) -> Iterator[Finding]:
    yield from _known_objects(format_, object_.made_from, f"{path}.made_from")
    yield from _known_dimensions(format_, object_.dimensions, f"{path}.dimensions")
    if object_.evidence is not None and not object_.made_from:
        yield in_format(format_, "evidence-without-sources", path=f"{path}.evidence", object=object_.id)
    for place, field in enumerate(object_.fields):
        yield from _field(format_, field, f"{path}.fields[{place}]")


def _field(format_: Format, field: ObjectField, path: str) -> Iterator[Finding]:
    if field.type in {FieldType.CHOICE, FieldType.STATUS} and len(field.options) < _FEWEST_OPTIONS:
        yield in_format(format_, "field-without-options", path=path, field=field.id)
    if field.type is FieldType.SCALE and field.max is None:
        yield in_format(format_, "field-without-max", path=path, field=field.id)
    if field.dimension is not None:
        yield from _known_dimensions(format_, (field.dimension,), f"{path}.dimension")
    elif field.type is FieldType.DIMENSION:
        known = ", ".join(each.id for each in format_.dimensions)
        yield in_format(format_, "field-without-dimension", path=path, field=field.id, known=known)


def _used(format_: Format, object_: FormatObject, path: str) -> Iterator[Finding]:
    if not format_.steps_writing(object_.id):
        yield in_format(format_, "never-made", path=path, object=object_.id)
    elif not (
        any(object_.id in step.reads for step in format_.steps)
        or any(object_.id in outcome.objects for outcome in format_.outcome)
    ):
        yield in_format(format_, "never-used", path=path, object=object_.id)


def _in_order(format_: Format, step: Step, made: set[str]) -> Iterator[Finding]:
    """Reading and releasing need what an earlier step made; a release may also hold what this step makes."""
    known = ", ".join(each.id for each in format_.objects)
    described = {each.id for each in format_.objects}
    released = step.release.objects if step.release else ()
    uses = [("reads", step.reads, made), ("writes", step.writes, described)]
    uses.append(("release.objects", released, made | set(step.writes)))
    for key, names, at_hand in uses:
        for name in names:
            if name not in described:
                yield in_step(format_, step, "unknown-object", key=key, object=name, known=known)
            elif name not in at_hand:
                yield in_step(format_, step, "read-before-made", key=key, object=name)


def _arranged(format_: Format, step: Step) -> Iterator[Finding]:
    path = f"steps[{format_.steps.index(step)}]"
    yield from _known_dimensions(format_, step.arrange, f"{path}.arrange", step=step.id)
    if step.grouping is not None:
        by = () if step.grouping.by is None else (step.grouping.by,)
        yield from _known_dimensions(format_, by, f"{path}.grouping.by", step=step.id)
        yield from _known_dimensions(format_, step.grouping.mix, f"{path}.grouping.mix", step=step.id)
    on_table = {*step.reads, *step.writes}
    carried = {name for each in format_.objects if each.id in on_table for name in each.dimensions}
    for dimension in step.arrange:
        if dimension not in carried and any(each.id == dimension for each in format_.dimensions):
            yield in_step(format_, step, "dimension-not-carried", key="arrange", dimension=dimension)


def _known_objects(format_: Format, names: tuple[str, ...], path: str) -> Iterator[Finding]:
    known = [each.id for each in format_.objects]
    for name in names:
        if name not in known:
            yield in_format(format_, "unknown-object", path=path, object=name, known=", ".join(known))


def _known_dimensions(
    format_: Format, names: tuple[str, ...], path: str, *, step: str | None = None
) -> Iterator[Finding]:
    known = [each.id for each in format_.dimensions]
    for name in names:
        if name not in known:
            yield in_format(
                format_, "unknown-dimension", path=path, step=step, dimension=name, known=", ".join(known)
            )
