"""Where in a format a finding belongs."""

from __future__ import annotations

from weerklank.formats.findings import Finding, finding
from weerklank.formats.records import Format
from weerklank.formats.steps import Step

__all__ = ["in_format", "in_step"]


def in_step(format_: Format, step: Step, code: str, *, key: str = "", **gaps: object) -> Finding:
    """A finding about ``key`` of a step."""
    path = f"steps[{format_.steps.index(step)}]"
    return in_format(format_, code, path=f"{path}.{key}" if key else path, step=step.id, **gaps)


def in_format(format_: Format, code: str, *, path: str, step: str | None = None, **gaps: object) -> Finding:
    """A finding about the key at ``path``."""
    origin = format_.origin
    return finding(code, source=origin.source, line=origin.line(path), step=step, path=path, key=path, **gaps)
