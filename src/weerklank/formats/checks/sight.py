"""Who sees what: audiences widen only by release, promises about names hold, small numbers stay unseen."""

from __future__ import annotations

from collections.abc import Iterator

from weerklank.formats.checks.place import in_step
from weerklank.formats.findings import Finding
from weerklank.formats.kinds import Audience, NameRule, Shape, StepKind, When
from weerklank.formats.records import Format
from weerklank.formats.steps import Step
from weerklank.formats.words import label_of

__all__ = ["check_sight"]

_LARGE_GROUP = 10
_SEATS = {
    Shape.PAIR: Audience.GROUP,
    Shape.FOUR: Audience.GROUP,
    Shape.TABLE: Audience.GROUP,
    Shape.ROOM: Audience.GROUP,
    Shape.RING: Audience.GROUP,
    Shape.PLENARY: Audience.PLENARY,
}


def check_sight(format_: Format) -> Iterator[Finding]:
    """Findings about sight, names and votes (DOMAIN 7.3 and 7.4)."""
    for place, step in enumerate(format_.steps):
        on_table = tuple(dict.fromkeys((*step.reads, *step.writes)))
        if on_table and step.visibility is None:
            yield in_step(format_, step, "visibility-unsaid", objects=", ".join(on_table))
        elif step.visibility is not None:
            yield from _widened(format_, step, place)
            yield from _named(format_, step, place)
        yield from _released(format_, step, place)
        yield from _voted(format_, step)


def _widened(format_: Format, step: Step, place: int) -> Iterator[Finding]:
    """The audience of this step may hold nobody who was not to see what lies on its table."""
    sees = _present(step)
    for name in step.reads:
        for at, written in enumerate(format_.steps[:place]):
            if name not in written.writes:
                continue
            reached = _reached(name, written, steps=format_.steps[at : place + 1])
            if sees.wider_than(reached):
                yield in_step(
                    format_,
                    step,
                    "audience-widened",
                    key="visibility.who",
                    object=name,
                    written=written.id,
                    before=label_of(reached),
                    after=label_of(sees),
                )
                break


def _present(step: Step) -> Audience:
    """The widest audience in this step: by its visibility, or by how people sit.

    In an asynchronous step nobody sits: there, a grouping says what the step makes.
    """
    if step.grouping is None or step.asynchronous:
        return step.shown.who
    seats = _SEATS.get(step.grouping.shape, Audience.SELF)
    return seats if seats.wider_than(step.shown.who) else step.shown.who


def _reached(name: str, written: Step, *, steps: tuple[Step, ...]) -> Audience:
    """The widest audience of what ``written`` made, by its own visibility or by releases in ``steps``."""
    releases = (each.release for each in steps if each.release and name in each.release.objects)
    audiences = [written.shown.who, *(release.to for release in releases)]
    return max(audiences, key=lambda audience: audience.breadth)


def _named(format_: Format, step: Step, place: int) -> Iterator[Finding]:
    """Names may come by the author's own choice, never by rule, and never after a secret vote.

    The name rule of a step is about what it writes; where it writes nothing, about what it reads.
    """
    if step.writes and not set(step.writes) & set(step.reads):
        return
    rules = list(NameRule)
    for name in step.reads:
        for written in format_.steps[:place]:
            if name not in written.writes:
                continue
            before, after = written.shown.name, step.shown.name
            if written.vote and written.vote.secret and after is not NameRule.NEVER:
                yield in_step(
                    format_,
                    step,
                    "name-after-secret-vote",
                    key="visibility.name",
                    object=name,
                    written=written.id,
                )
                break
            if after is NameRule.ALWAYS and rules.index(before) < rules.index(after):
                yield in_step(
                    format_,
                    step,
                    "name-promise-broken",
                    key="visibility.name",
                    object=name,
                    written=written.id,
                    before=label_of(before),
                    after=label_of(after),
                )
                break


def _released(format_: Format, step: Step, place: int) -> Iterator[Finding]:
    if step.kind is StepKind.PUBLISH and step.release is None:
        yield in_step(format_, step, "publish-without-release")
    if step.release is not None and not step.release.objects:
        yield in_step(format_, step, "release-of-nothing", key="release")
    if step.shown.when is not When.AFTER_RELEASE:
        return
    released = {
        name for each in format_.steps[place:] if each.release is not None for name in each.release.objects
    }
    for name in step.writes:
        if name not in released:
            yield in_step(format_, step, "never-released", key="visibility.when", object=name)


def _voted(format_: Format, step: Step) -> Iterator[Finding]:
    if step.vote is None:
        return
    shown = step.shown
    if step.vote.secret and shown.name is not NameRule.NEVER:
        yield in_step(format_, step, "secret-vote-with-name", key="visibility.name")
    large = format_.group.max >= _LARGE_GROUP
    wide = not Audience.PLENARY.wider_than(shown.who)
    if large and wide and shown.name is NameRule.NEVER and format_.gates.k is None:
        yield in_step(format_, step, "small-numbers", key="vote")
