"""What is wrong with a format, and the error that carries it.

The sentences stand in ``findings.toml``, per language; here is only their shape.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from weerklank.errors import BadInput, located
from weerklank.formats.kinds import Severity
from weerklank.formats.texts import Text
from weerklank.formats.words import place_words

__all__ = ["Finding", "InvalidFormat", "Rule", "finding", "rules"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that can be wrong: its code, how bad it is, and the sentences with ``{gaps}``."""

    code: str
    severity: Severity
    what: Text
    remedy: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem in one format.

    :param code: stable name of the rule, for programs (``answer-without-return``).
    :param source: the file, as its reader knows it.
    :param line: line in that file, from 1, or None when it is not known (a frozen format has no lines).
    :param step: the id of the step, or None when the problem is not in a step.
    :param path: the key, as ``steps[3].minutes``.
    """

    code: str
    severity: Severity
    what: Text
    remedy: Text
    source: str
    line: int | None = None
    step: str | None = None
    path: str = ""

    def sentence(self, language: str = "nl") -> str:
        """File, line, step, what is wrong and what to do, on one line; English where the rule has no ``language``."""
        if language.partition("-")[0] not in self.what.languages:
            language = "en"
        line_word, step_word = place_words(language)
        where = self.source
        if self.line is not None:
            where += f", {line_word} {self.line}"
        if self.step is not None:
            where += f", {step_word} «{self.step}»"
        said = f"{self.what.in_language(language)} {self.remedy.in_language(language)}"
        return located(where, said, language=language)

    def __str__(self) -> str:
        return self.sentence()


class InvalidFormat(BadInput):
    """A format cannot be used. ``findings`` holds every problem at once; the message lists them all."""

    code = "invalid-format"

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        first = findings[0]
        super().__init__(str(first.what), source=first.source, line=first.line, remedy=str(first.remedy))

    def told(self, language: str) -> str:
        """Every problem on a line of its own, for a reader of ``language``."""
        return "\n".join(each.sentence(language) for each in self.findings)


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its code, in the order of ``findings.toml``."""
    tables = tomllib.loads(files(__package__).joinpath("findings.toml").read_text(encoding="utf-8"))
    return {
        code: Rule(
            code=code,
            severity=Severity(table["severity"]),
            what=Text(tuple(table["what"].items())),
            remedy=Text(tuple(table["remedy"].items())),
        )
        for code, table in tables.items()
    }


def finding(
    code: str,
    *,
    source: str,
    line: int | None = None,
    step: str | None = None,
    path: str = "",
    **gaps: object,
) -> Finding:
    """The finding for rule ``code``, its sentences filled with ``gaps``."""
    rule = rules()[code]
    return Finding(
        code=code,
        severity=rule.severity,
        what=rule.what.filled(**gaps),
        remedy=rule.remedy.filled(**gaps),
        source=source,
        line=line,
        step=step,
        path=path,
    )
