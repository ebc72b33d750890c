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
    """One language's words; ``locale`` is the full tag that word processors want, ``colon`` what stands right after a label."""

    contents: str
    sources: str
    see: str
    figure_head: tuple[str, ...]
    skip: str
    page: str
    organised_by: str
    report: str
    back_up: str
    colon: str
    quotes: tuple[str, str]
    first_day: str
    months: tuple[str, ...]
    locale: str
    report_file: str
    slides_file: str
    figure_file: str

    def quoted(self, text: str) -> str:
        """``text`` between the quotation marks of this language, whatever language it is in itself."""
        opening, closing = self.quotes
        return f"{opening}{text}{closing}"


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
        colon=raw["colon"],
        quotes=(raw["quotes"][0], raw["quotes"][1]),
        first_day=raw["first_day"],
        months=tuple(raw["months"]),
        locale=raw["locale"],
        report_file=raw["report_file"],
        slides_file=raw["slides_file"],
        figure_file=raw["figure_file"],
    )
