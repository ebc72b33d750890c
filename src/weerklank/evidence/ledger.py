"""``evidence.json``: per published paragraph what it rests on, so that a third party can check it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from weerklank.evidence.records import Contribution
from weerklank.report.document import Document

__all__ = ["Finding", "Json", "evidence_of", "verify_evidence"]

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold: in which paragraph (``where``), a stable ``code``, and the sentence."""

    where: str
    code: str
    message: str


def evidence_of(document: Document, contributions: Iterable[Contribution]) -> dict[str, Json]:
    """The evidence of a document, JSON-serialisable, in reading order."""
    raise NotImplementedError


def verify_evidence(
    evidence: Mapping[str, Json], contributions: Iterable[Contribution]
) -> tuple[Finding, ...]:
    """Check evidence against the contributions; an empty tuple when everything holds."""
    raise NotImplementedError
