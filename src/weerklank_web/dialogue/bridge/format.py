"""What dialogue asks the format: prompts, levels, tones, lengths, and who may read what was written where."""

from __future__ import annotations

from dataclasses import dataclass

from weerklank.formats import Audience, Dimension, Format, Step, StepKind, Text, When
from weerklank_web.gatherings.stage import CONTRIBUTION, PROPOSITION, ROOM_REPORT, Deed, Stage

__all__ = [
    "Audience",
    "Step",
    "StepNow",
    "Value",
    "empty_words",
    "ever_open_to",
    "known_value",
    "leaving_steps",
    "longest_text",
    "plenary_steps",
    "prompts_now",
    "prompts_of",
    "room_reports_are_shared",
    "shared_by_step",
    "shared_with_everybody_by",
    "sharing_is_open",
    "step_now",
    "step_words",
    "values_of",
    "vote_step",
    "votes_on_propositions",
    "written_for_oneself",
]

_LONGEST = 600


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a dimension, in the reader's language."""

    key: str
    label: str
    question: str
    heading: str


@dataclass(frozen=True, slots=True)
class StepNow:
    """The step the gathering is at, in the reader's language."""

    title: str
    hint: str


def step_now(stage: Stage, language: str) -> StepNow | None:
    """What the format says about the step of this moment; nothing before the first one."""
    return None if stage.step is None else step_words(stage.step, language)


def step_words(step: Step, language: str) -> StepNow:
    """What the format says about this step."""
    return StepNow(step.title.in_language(language), _words(step.hint, language))


def values_of(stage: Stage, dimension: str, language: str) -> list[Value]:
    """The values of a dimension in the format's order; empty when the format has no such dimension."""
    found = _dimension(stage.format, dimension)
    return (
        []
        if found is None
        else [
            Value(
                key=value.key,
                label=value.label.in_language(language),
                question=_words(value.question, language),
                heading=_words(value.heading, language) or value.label.in_language(language),
            )
            for value in found.values
        ]
    )


def known_value(stage: Stage, dimension: str, given: str) -> str:
    """``given`` when the format knows it, else nothing: a level is never guessed."""
    found = _dimension(stage.format, dimension)
    return given if found is not None and given in found.keys else ""


def longest_text(stage: Stage) -> int:
    """The most characters of one contribution."""
    fields = {field.id: field for field in stage.format.object(CONTRIBUTION).fields}
    return (fields["text"].max if "text" in fields else None) or _LONGEST


def prompts_now(stage: Stage, language: str) -> list[str]:
    """The questions people see now."""
    return [] if stage.step is None else prompts_of(stage.step, language)


def prompts_of(step: Step, language: str) -> list[str]:
    """The questions people see in this step."""
    return [ask.in_language(language) for ask in step.ask]


def empty_words(stage: Stage, language: str) -> str:
    """What stands where nothing was said."""
    return stage.text("empty_level", language)


def written_for_oneself(stage: Stage) -> bool:
    """Whether what is written now is for its author alone, until they share it."""
    return stage.step is not None and stage.step.shown.who is Audience.SELF


def sharing_is_open(stage: Stage) -> bool:
    """Whether a step that releases contributions to the room has come."""
    return any(_releases_to_room(step) for step in stage.format.steps[: stage.place + 1])


def shared_by_step(stage: Stage) -> frozenset[str]:
    """The steps whose shared contributions the room may read now.

    What was written for oneself is readable when its author shared it; what waits for the end of its step is readable
    once that step is over.
    """
    readable = set()
    for index, step in enumerate(stage.format.steps):
        if CONTRIBUTION not in step.writes:
            continue
        shown = step.shown
        open_now = shown.when is When.DIRECT or stage.place > index
        if shown.who is Audience.SELF or open_now:
            readable.add(step.id)
    return frozenset(readable)


def plenary_steps(stage: Stage) -> frozenset[str]:
    """The steps whose contributions everyone in the gathering may read now."""
    return frozenset(
        step.id
        for index, step in enumerate(stage.format.steps)
        if CONTRIBUTION in step.writes
        and not Audience.PLENARY.wider_than(step.shown.who)
        and (step.shown.when is When.DIRECT or stage.place > index)
    )


def leaving_steps(format_: Format) -> frozenset[str]:
    """The steps after the rooms wrote their own report in which people write something for everybody (check-out).

    What is written there comes after the room's harvest and is no part of it. Empty where rooms write no report.
    """
    reports = [place for place, step in enumerate(format_.steps) if ROOM_REPORT in step.writes]
    if not reports:
        return frozenset()
    return frozenset(
        step.id
        for step in format_.steps[reports[-1] + 1 :]
        if CONTRIBUTION in step.writes and not Audience.PLENARY.wider_than(step.shown.who)
    )


def room_reports_are_shared(stage: Stage) -> bool:
    """Whether participants of other rooms may read a room's own harvest now."""
    return stage.past(Deed.HARVEST) or any(
        step.kind is StepKind.SPEAK and not Audience.PLENARY.wider_than(step.shown.who)
        for step in stage.format.steps[: stage.place + 1]
    )


def _releases_to_room(step: Step) -> bool:
    release = step.release
    return (
        release is not None and CONTRIBUTION in release.objects and not Audience.GROUP.wider_than(release.to)
    )


def _dimension(format_: Format, id: str) -> Dimension | None:  # noqa: A002 - the word of the file
    try:
        return format_.dimension(id)
    except KeyError:
        return None


def _words(text: Text | None, language: str) -> str:
    return "" if text is None else text.in_language(language)


def votes_on_propositions(step: Step) -> bool:
    """Whether people vote on propositions in this step; else on what was said."""
    return PROPOSITION in step.reads


def shared_with_everybody_by(format_: Format, step_id: str) -> frozenset[str]:
    """The steps whose contributions everybody who takes part may read once the gathering is at ``step_id``.

    What was written for fewer people is never put to everybody's vote, unless a release in between brought it there.
    """
    here = format_.steps.index(format_.step(step_id))
    shared = set()
    for index, step in enumerate(format_.steps[: here + 1]):
        if CONTRIBUTION not in step.writes:
            continue
        reached = [step.shown.who] if step.shown.when is When.DIRECT or index < here else []
        reached += [
            later.release.to
            for later in format_.steps[index : here + 1]
            if later.release is not None and CONTRIBUTION in later.release.objects
        ]
        if any(not Audience.PLENARY.wider_than(audience) for audience in reached):
            shared.add(step.id)
    return frozenset(shared)


def vote_step(stage: Stage, step_id: str) -> Step | None:
    """The step with this id, when people vote there."""
    return next((step for step in stage.vote_steps if step.id == step_id), None)


def ever_open_to(stage: Stage, audience: Audience, step_id: str) -> bool:
    """Whether the format ever shows this audience how people voted in this step."""
    return stage.at(stage.format.steps[-1].id).votes_are_open_to(audience, step_id)
