"""Standing words of the layout, read once from ``words.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from weerklank.report.document import Language

__all__ = ["Words", "words_for"]


@dataclass(frozen=True, slots=True)
class Words:
    """One language's words; ``locale`` is the full tag that word processors want."""

    contents: str
    sources: str
    see: str
    figure_head: tuple[str, ...]
    skip: str
    page: str
    organised_by: str
    report: str
    back_up: str
    months: tuple[str, ...]
    locale: str
    report_file: str
    slides_file: str


@cache
def words_for(language: Language) -> Words:
    """The words of ``language``."""
    raw = tomllib.loads(files("weerklank.report").joinpath("words.toml").read_text(encoding="utf-8"))[
        language
    ]
    return Words(
        contents=raw["contents"],
        sources=raw["sources"],
        see=raw["see"],
        figure_head=tuple(raw["figure_head"]),
        skip=raw["skip"],
        page=raw["page"],
        organised_by=raw["organised_by"],
        report=raw["report"],
        back_up=raw["back_up"],
        months=tuple(raw["months"]),
        locale=raw["locale"],
        report_file=raw["report_file"],
        slides_file=raw["slides_file"],
    )
