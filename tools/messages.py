"""Gather the sentences of the web application that can be translated, and bring the English catalogue up to date.

    ./weerklank messages            take in new sentences, drop those that are gone, tell what awaits translation
    ./weerklank messages --check    change nothing; exit code 1 when something is missing, gone or untranslated

The source language is Dutch: what stands in the code is what a Dutch reader reads. Python is read through its own
syntax tree, so an alias is followed and a sentence that is not a plain literal is refused, with file and line.
Templates are read through Django's ``templatize``. Nothing is ever guessed: a changed sentence is a new one,
so the catalogue knows no fuzzy entries. It names files, not lines, so a change shows only what changed.
"""

from __future__ import annotations

import argparse
import ast
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

__all__ = [
    "CATALOGUE",
    "WEB",
    "NotALiteral",
    "Sentence",
    "forms",
    "main",
    "merged",
    "sentences",
    "untranslated",
    "written",
]

WEB = Path(__file__).resolve().parent.parent / "src" / "weerklank_web"
CATALOGUE = WEB / "locale" / "en" / "LC_MESSAGES" / "django.po"
HEADER = """\
# English texts of Weerklank; the source language is Dutch. Kept complete by `./weerklank messages`.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

# What the first arguments of Django's marking functions mean; "x_lazy" and "x_noop" take the same as "x".
ARGUMENTS = {
    "gettext": ("one",),
    "ngettext": ("one", "many"),
    "pgettext": ("context", "one"),
    "npgettext": ("context", "one", "many"),
}


class NotALiteral(Exception):
    """A sentence was put together by the program, so no catalogue can hold it."""


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """Something a reader may see: in which file, how it reads for one and for many, and in which context."""

    file: str
    one: str
    many: str = ""
    context: str = ""


def sentences(web: Path = WEB) -> list[Sentence]:
    """All marked sentences below ``web``. Raises NotALiteral when one cannot be read from the source."""
    found: list[Sentence] = []
    for path in sorted(web.rglob("*")):
        inside = path.relative_to(web)
        if path.suffix == ".py" and "migrations" not in inside.parts:
            found += in_python(path.read_text(encoding="utf-8"), file=inside.as_posix())
        elif "templates" in inside.parts and path.is_file():
            found += in_template(path.read_text(encoding="utf-8"), file=inside.as_posix())
    return found


def in_python(source: str, *, file: str) -> Iterator[Sentence]:
    """The sentences that this Python source marks, under whatever name it imported the marking function."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: ARGUMENTS[plain]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if (plain := alias.name.removesuffix("_lazy").removesuffix("_noop")) in ARGUMENTS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            meanings = names[node.func.id]
            given = [
                arg.value if isinstance(arg, ast.Constant) else None for arg in node.args[: len(meanings)]
            ]
            texts = [text for text in given if isinstance(text, str)]
            if len(texts) != len(meanings):
                raise NotALiteral(
                    f"{file}:{node.lineno}: {ast.unparse(node)} is no plain text; mark it where it is written"
                )
            yield Sentence(file=file, **dict(zip(meanings, texts, strict=True)))


def in_template(source: str, *, file: str) -> Iterator[Sentence]:
    """The sentences that this Django template marks."""
    # What templatize leaves has no indentation that Python's tokenizer would accept.
    flat = "\n".join(line.strip() for line in templatize(source, origin=file).splitlines())
    keywords = {**dict.fromkeys(ARGUMENTS, None), "_": None}
    for _, function, given, _ in extract_python(
        io.BytesIO(flat.encode()), keywords, (), {"encoding": "utf-8"}
    ):
        texts = [given] if isinstance(given, str) else list(given)
        meanings = ARGUMENTS["gettext" if function == "_" else str(function)]
        words = {meaning: str(text) for meaning, text in zip(meanings, texts, strict=False)}
        yield Sentence(file=file, **words)


def merged(found: Iterable[Sentence], kept: Catalog) -> Catalog:
    """A catalogue of exactly ``found``, with the translations that ``kept`` has for the very same sentences."""
    fresh = Catalog(locale="en")
    for sentence in found:
        name: str | tuple[str, str] = (sentence.one, sentence.many) if sentence.many else sentence.one
        fresh.add(name, locations=[(sentence.file, 0)], context=sentence.context or None)
    for message in fresh:
        old = kept.get(message.id, message.context) if message.id else None
        if old and old.string and not old.fuzzy and old.pluralizable == message.pluralizable:
            message.string = old.string
    return fresh


def untranslated(catalogue: Catalog) -> list[str]:
    """The sentences that an English reader would read in Dutch."""
    return [forms(message.id)[0] for message in catalogue if message.id and not all(forms(message.string))]


def forms(text: str | Sequence[str] | None) -> list[str]:
    """The one form, or the forms for one and for many, of a sentence or of its translation."""
    return [text] if isinstance(text, str) else list(text or [""])


def written(catalogue: Catalog) -> str:
    """The catalogue as the text of a .po file, the same for the same sentences wherever they stand."""
    target = io.BytesIO()
    write_po(target, catalogue, width=0, omit_header=True, include_lineno=False, sort_output=True)
    return HEADER + target.getvalue().decode().rstrip("\n") + "\n"


def main(words: list[str]) -> int:
    """Bring the catalogue up to date, or check that it is; returns the exit code."""
    parser = argparse.ArgumentParser(prog="./weerklank messages")
    parser.add_argument("--check", action="store_true", help="change nothing, tell whether all is translated")
    args = parser.parse_args(words)
    before = CATALOGUE.read_text(encoding="utf-8") if CATALOGUE.exists() else HEADER
    catalogue = merged(sentences(), read_po(io.StringIO(before), locale="en"))
    after, waiting = written(catalogue), untranslated(catalogue)
    if not args.check:
        CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
        CATALOGUE.write_text(after, encoding="utf-8")
    elif after != before:
        print("The catalogue is behind the code: run ./weerklank messages")
    for sentence in waiting:
        print(f"not translated: {sentence}")
    print(f"{len(catalogue)} sentences, {len(waiting)} not translated")
    return int(bool(waiting) or (args.check and after != before))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
