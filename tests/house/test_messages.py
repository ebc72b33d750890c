"""Every sentence in English, and no Dutch that escaped the translators."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.template.base import Lexer, Token, TokenType
from django.utils.translation.template import inline_re

import messages
from house.repository import ROOT, files

# What is the same in every language: names, formats of files, codes.
SAME_EVERYWHERE = {"Weerklank", "JavaScript", "security.txt", "evidence.json", "min", "k", "EUPL"}
ATTRIBUTES_READ_ALOUD = {"title", "alt", "aria-label", "aria-description", "placeholder"}
# Every part of the house style once, with sentences that a person could have typed; only on a local installation.
SHOWS_SAMPLES = "home/templates/home/gallery.html"
# Keywords of our tags whose value is an address, an id or a word of the machine, not a sentence.
MACHINE_WORDS = re.compile(
    r"^(hx_\w+|data_\w+|kind|icon|tone|id|name|form|href|target|class_?|type|autocomplete|as)$"
)
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|%%|\{\w*\}")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    return read_po(io.StringIO(messages.CATALOGUE.read_text(encoding="utf-8")), locale="en")


def entries(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


# --- the catalogue ---------------------------------------------------------------------------------


def test_the_catalogue_holds_exactly_what_the_code_says(catalogue: Catalog) -> None:
    after = messages.written(messages.merged(messages.sentences(), catalogue))
    assert messages.CATALOGUE.read_text(encoding="utf-8") == after, "run ./weerklank messages"


def test_every_sentence_has_all_its_english_forms(catalogue: Catalog) -> None:
    assert messages.untranslated(catalogue) == []
    assert [m.id for m in entries(catalogue) if m.fuzzy] == []
    assert [
        m.id for m in entries(catalogue) if len(messages.forms(m.id)) != len(messages.forms(m.string))
    ] == []


def test_what_is_filled_in_is_filled_in_on_both_sides(catalogue: Catalog) -> None:
    wrong = []
    for message in entries(catalogue):
        dutch = [sorted(PLACEHOLDER.findall(text)) for text in messages.forms(message.id)]
        for place, text in enumerate(messages.forms(message.string)):
            found = sorted(PLACEHOLDER.findall(text))
            # The form for one may say «one» in words where the form for many needs the figure.
            if found != dutch[place] and not (place == 0 and found in dutch):
                wrong.append((message.id, text))
    assert wrong == []


def test_line_ends_and_links_survive_translation(catalogue: Catalog) -> None:
    mark = re.compile(r"^\n|\n$|<[^>]+>")
    wrong = [
        message.id
        for message in entries(catalogue)
        for dutch, english in zip(messages.forms(message.id), messages.forms(message.string), strict=True)
        if mark.findall(dutch) != mark.findall(english)
    ]
    assert wrong == []


# --- the extraction itself -------------------------------------------------------------------------


def test_python_is_read_under_any_name() -> None:
    source = """
from django.utils.translation import gettext as say, ngettext_lazy, pgettext_lazy as p
say("een " "twee")
ngettext_lazy("%(n)d dag", "%(n)d dagen", 2)
p("tijd", "nu")
other("niets")
"""
    found = [(s.context, s.one, s.many) for s in messages.in_python(source, file="x.py")]
    assert found == [("", "een twee", ""), ("", "%(n)d dag", "%(n)d dagen"), ("tijd", "nu", "")]


@pytest.mark.parametrize("call", ['_(f"dag {name}")', '_("dag " + name)', "_(name)"])
def test_a_sentence_that_the_program_puts_together_is_refused(call: str) -> None:
    source = f"from django.utils.translation import gettext as _\n{call}"
    with pytest.raises(messages.NotALiteral, match=r"x\.py:2: "):
        list(messages.in_python(source, file="x.py"))


def test_templates_are_read_with_all_their_ways_of_marking() -> None:
    source = """
    <p {% if a %}class="x"{% endif %}>it's {% translate "een" context "getal" %} {% translate 'twee' as two %}
      {{ x|default:_("drie") }}</p>
  {% blocktranslate asvar four with a=b trimmed %}
      vier {{ a }}
      en 100% meer
  {% endblocktranslate %}
    {% blocktranslate count n=list|length trimmed %}
      {{ n }} ding
    {% plural %}
      {{ n }} dingen
    {% endblocktranslate %}{% comment %}{% translate "nooit" %}{% endcomment %}
    """
    found = {(s.context, s.one, s.many) for s in messages.in_template(source, file="x.html")}
    assert found == {
        ("getal", "een", ""),
        ("", "twee", ""),
        ("", "drie", ""),
        ("", "vier %(a)s en 100%% meer", ""),
        ("", "%(n)s ding", "%(n)s dingen"),
    }


def test_a_changed_sentence_loses_its_translation_and_a_kept_one_does_not(tmp_path: Path) -> None:
    before = Catalog(locale="en")
    before.add("blijft", "stays")
    before.add("gaat", "goes")
    found = [messages.Sentence(file="a.py", one="blijft"), messages.Sentence(file="b.py", one="gaat weg")]
    after = messages.merged(found, before)
    assert {m.id: m.string or "" for m in entries(after)} == {"blijft": "stays", "gaat weg": ""}
    assert messages.untranslated(after) == ["gaat weg"]
    assert "#: a.py\n" in messages.written(after)


# --- Dutch outside of the catalogue ----------------------------------------------------------------


class Reader(HTMLParser):
    """Collects what a reader sees or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        if tag == "meta" and ("name", "description") in attrs:
            self.found += [value for name, value in attrs if value and name == "content"]
        self.found += [value for name, value in attrs if value and name in ATTRIBUTES_READ_ALOUD]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data)


def outside_of_tags(tokens: list[Token]) -> str:
    """The template without its tags, its comments and what is translated or a class."""
    out, inside = [], ""
    for token in tokens:
        words = token.split_contents() if token.token_type == TokenType.BLOCK and token.contents else [""]
        if inside:
            inside = "" if words[0] == inside else inside
        elif words[0] in ("blocktranslate", "blocktrans", "comment") or words[:2] == ["block", "main_class"]:
            inside = f"end{words[0]}"
        elif token.token_type == TokenType.TEXT:
            out.append(token.contents)
    return "".join(out)


def literals_in(tokens: list[Token]) -> Iterator[str]:
    """Sentences given to a tag or a filter: «button "Bewaar"», «default:"niets"»."""
    for token in tokens:
        if token.token_type not in (TokenType.BLOCK, TokenType.VAR) or not token.contents:
            continue
        if token.token_type == TokenType.BLOCK and (
            inline_re.match(token.contents) or re.match(r"(load|extends|if|elif|block)\b", token.contents)
        ):
            continue
        for before, _, text in re.findall(
            r"""(?:(\w+)=|\|\w+:|(?<=\s))(_\()?["']([^"']*)["']""", token.contents
        ):
            if not MACHINE_WORDS.match(before) and (" " in text.strip() or text[:1].isupper()):
                yield text


def letters(text: str) -> str:
    """What remains of a text when markup of characters and words that are the same everywhere are gone."""
    text = re.sub(r"&\w+;", " ", text)
    for word in SAME_EVERYWHERE:
        text = text.replace(word, " ")
    return " ".join(re.findall(r"[^\W\d_]{2,}", text))


def templates() -> list[Path]:
    return [path for path in files() if "templates" in path.parts and path.suffix in (".html", ".txt")]


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(messages.WEB)))
def test_a_template_says_nothing_that_cannot_be_translated(path: Path) -> None:
    if path.relative_to(messages.WEB).as_posix() == SHOWS_SAMPLES:
        return
    tokens = Lexer(path.read_text(encoding="utf-8")).tokenize()
    reader = Reader()
    reader.feed(outside_of_tags(tokens))
    reader.close()
    assert [text.strip() for text in [*reader.found, *literals_in(tokens)] if letters(text)] == []


# --- the library -----------------------------------------------------------------------------------

TOMLS = [path for path in files() if path.suffix == ".toml" and ROOT / "src" / "weerklank" in path.parents]
# Words by which notes are read and texts are counted: each language has its own, and as many as it needs.
READING = {"notes/phrases.toml", "synthesis/words.toml", "synthesis/wording/claims.toml"}
# The Dutch words for the English keys of a format, and words that are recognised in any language.
ONE_LANGUAGE = (".key.", "evidence/claims.toml", "opinion/columns.toml")


def halves(table: dict[str, object], trail: str = "") -> Iterator[tuple[str, object, object]]:
    """Each place where a table says something per language: where, in Dutch, in English (and again with French, where there is)."""
    if "nl" in table or "en" in table:
        yield trail, table.get("nl"), table.get("en")
        if "fr" in table:
            yield f"{trail}.fr", table.get("nl"), table["fr"]
        return
    for key, value in table.items():
        rows = value if isinstance(value, list) else [value]
        for row in rows:
            if isinstance(row, dict):
                yield from halves(row, f"{trail}.{key}")


def differences(dutch: object, english: object, trail: str) -> Iterator[str]:
    """Where the English half lacks something that the Dutch half says, or fills in something else."""
    if isinstance(dutch, dict) and isinstance(english, dict):
        for key in dutch.keys() | english.keys():
            yield from differences(dutch.get(key), english.get(key), f"{trail}.{key}")
    elif type(dutch) is not type(english) or bool(dutch) != bool(english):
        yield trail
    elif filled_in(dutch) != filled_in(english):
        yield f"{trail} (what is filled in)"


def filled_in(text: object) -> set[str]:
    return set(re.findall(r"\{(\w+)", text.replace("{{", ""))) if isinstance(text, str) else set()


@pytest.mark.parametrize("path", TOMLS, ids=lambda path: str(path.relative_to(ROOT / "src" / "weerklank")))
def test_the_library_says_everything_in_dutch_and_in_english(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    if path.stem in ("nl", "en", "fr"):
        other = tomllib.loads(path.with_stem("en" if path.stem == "nl" else "nl").read_text(encoding="utf-8"))
        pairs = [(path.stem, table, other)]
    else:
        pairs = [pair for pair in halves(table) if not pair[0].startswith(ONE_LANGUAGE)]
    name = path.relative_to(ROOT / "src" / "weerklank").as_posix()
    assert pairs or name in ONE_LANGUAGE, "no text per language in this file"
    if name in READING:
        assert all(dutch and english for _, dutch, english in pairs)
        return
    assert sorted(gap for where, dutch, english in pairs for gap in differences(dutch, english, where)) == []
