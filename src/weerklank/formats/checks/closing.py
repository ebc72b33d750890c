"""The loop is closed: who decides, the answer, and its way back (W17, W22)."""

from __future__ import annotations

from collections.abc import Iterator

from weerklank.formats.checks.place import in_format, in_step
from weerklank.formats.findings import Finding
from weerklank.formats.head import NOBODY
from weerklank.formats.kinds import Audience, StepKind
from weerklank.formats.records import Format
from weerklank.formats.steps import Step
from weerklank.formats.words import label_of

__all__ = ["check_closing"]

_DECIDING = frozenset({StepKind.ANSWER, StepKind.CHOOSE, StepKind.WEIGH, StepKind.HARVEST})


def check_closing(format_: Format) -> Iterator[Finding]:
    """Findings about the end of the thread."""
    yield from _decision(format_)
    answers = format_.steps_from(StepKind.ANSWER)
    if answers and not format_.gates.mandate:
        yield in_step(format_, answers[0], "answer-without-mandate")
    for step in answers:
        if not step.writes:
            yield in_step(format_, step, "answer-without-object")
        elif not _returned(format_, step):
            yield in_step(format_, step, "answer-without-return")
    for step in format_.steps_from(StepKind.RETURN):
        if step.visibility is not None and Audience.PLENARY.wider_than(step.visibility.who):
            after = label_of(step.visibility.who)
            yield in_step(format_, step, "return-too-narrow", key="visibility.who", after=after)


def _returned(format_: Format, answer: Step) -> bool:
    """Whether a later return step reads everything that the answer step wrote."""
    later = format_.steps[format_.steps.index(answer) + 1 :]
    read = {name for step in later if step.kind is StepKind.RETURN for name in step.reads}
    return set(answer.writes) <= read


def _decision(format_: Format) -> Iterator[Finding]:
    by, known = format_.decision.by, [role.id for role in format_.roles]
    if by == NOBODY:
        return
    if by not in known:
        yield in_format(format_, "decision-by-unknown", path="decision.by", by=by, known=", ".join(known))
    elif not any(by in step.who or (not step.who and step.kind in _DECIDING) for step in format_.steps):
        yield in_format(format_, "decision-without-step", path="decision.by", by=by)
