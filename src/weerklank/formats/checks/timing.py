"""Minutes, days and loops."""

from __future__ import annotations

from collections.abc import Iterator

from weerklank.formats.checks.place import in_step
from weerklank.formats.findings import Finding
from weerklank.formats.kinds import Completion
from weerklank.formats.records import Format
from weerklank.formats.steps import Step

__all__ = ["check_timing"]


def check_timing(format_: Format) -> Iterator[Finding]:
    """Live minutes fit; every step says how long it takes; a loop can be walked and ends."""
    passed = 0
    for place, step in enumerate(format_.steps):
        fitted = passed <= format_.duration
        passed += step.live_minutes
        if fitted and passed > format_.duration:
            yield in_step(format_, step, "too-long", key="minutes", minutes=passed, duration=format_.duration)
        yield from _length(format_, step)
        yield from _loop(format_, step, earlier=[each.id for each in format_.steps[:place]])


def _length(format_: Format, step: Step) -> Iterator[Finding]:
    if step.asynchronous:
        if step.days is None:
            yield in_step(format_, step, "asynchronous-without-days")
        if step.minutes is not None:
            yield in_step(format_, step, "asynchronous-with-minutes", key="minutes")
    else:
        if step.minutes is None:
            yield in_step(format_, step, "live-without-minutes")
        if step.days is not None:
            yield in_step(format_, step, "live-with-days", key="days")


def _loop(format_: Format, step: Step, *, earlier: list[str]) -> Iterator[Finding]:
    target = step.go_back_to
    if target is None:
        return
    if target not in earlier:
        known = any(each.id == target for each in format_.steps)
        yield in_step(
            format_,
            step,
            "loop-target-later" if known else "loop-target-unknown",
            key="go_back_to",
            target=target,
            earlier=", ".join(earlier),
        )
    if step.done is Completion.TIME:
        yield in_step(format_, step, "loop-without-condition", key="go_back_to", target=target)
