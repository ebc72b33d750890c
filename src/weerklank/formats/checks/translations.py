"""Every text is there in every language that the format promises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from weerklank.formats.checks.place import in_format
from weerklank.formats.findings import Finding
from weerklank.formats.records import Format
from weerklank.formats.texts import Text

__all__ = ["check_translations"]


def check_translations(format_: Format) -> Iterator[Finding]:
    """One warning per text that misses a language."""
    for path, step, text in _texts(format_):
        missing = [language for language in format_.languages if language not in text.languages]
        if missing:
            yield in_format(format_, "untranslated", path=path, step=step, missing=", ".join(missing))


def _texts(format_: Format) -> Iterator[tuple[str, str | None, Text]]:
    """Every text with its path, and the step it belongs to."""
    for name, text in format_.texts:
        yield f"texts.{name}", None, text
    for each in fields(format_):
        if each.compare and each.name != "texts":
            for path, text in _below(getattr(format_, each.name), each.name):
                yield path, _step_at(format_, path), text


def _below(value: object, path: str) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield path, value
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from _below(item, f"{path}[{place}]")
    elif is_dataclass(value):
        for each in fields(value):
            yield from _below(getattr(value, each.name), f"{path}.{each.name}")


def _step_at(format_: Format, path: str) -> str | None:
    if not path.startswith("steps["):
        return None
    return format_.steps[int(path[len("steps[") : path.index("]")])].id
