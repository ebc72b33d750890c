"""The handbook: Markdown files in one folder, a page per role, shown as help.

A page's title is its first heading, its lead the first paragraph. Files come in order of their names, so
``10-deelnemer.md`` stands before ``20-gespreksleider.md``; the number is no part of the address.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

__all__ = ["HelpPage", "pages_in", "picture_in"]

_NUMBER = re.compile(r"^\d+-")
_NAME = re.compile(r"^[\w.-]+\.(png|svg|webp|jpg)$")
_TAGS = {
    *("h2", "h3", "h4", "p", "ul", "ol", "li", "a", "strong", "em", "code", "pre", "blockquote", "hr"),
    *("table", "thead", "tbody", "tr", "th", "td", "img", "br"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """One page of the handbook; ``html`` is safe to show."""

    slug: str
    title: str
    lead: str
    html: str


def pages_in(folder: Path) -> list[HelpPage]:
    """All pages, in order; README.md is for readers of the folder and left out."""
    files = [path for path in sorted(folder.glob("*.md")) if path.stem.lower() != "readme"]
    slugs = frozenset(_slug(path) for path in files)
    return [_read(path, path.stat().st_mtime_ns, slugs) for path in files]


def picture_in(folder: Path, name: str) -> Path | None:
    """The file of a picture that pages show; None for anything that is no picture in the folder itself."""
    if not _NAME.match(name):
        return None
    for place in (folder / name, folder / "beeld" / name):
        if place.is_file():
            return place
    return None


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int, slugs: frozenset[str]) -> HelpPage:
    """One file as a page; read again when it, or the list of pages it may link to, changed."""
    text = path.read_text(encoding="utf-8")
    parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    tokens = parser.parse(text)
    slug = _slug(path)
    title, lead = slug.replace("-", " ").capitalize(), ""
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title = _plain(tokens[1])
        tokens = tokens[3:]
    if tokens and tokens[0].type == "paragraph_open" and "![" not in tokens[1].content:
        lead = _plain(tokens[1])
        tokens = tokens[3:]
    _turn_links(tokens, slugs)
    html = parser.renderer.render(tokens, parser.options, {})
    return HelpPage(slug=slug, title=title, lead=lead, html=nh3.clean(html, tags=_TAGS, link_rel="noopener"))


def _plain(inline: Token) -> str:
    """The words of an inline token without their marks."""
    return "".join(" " if child.type == "softbreak" else child.content for child in inline.children or [])


def _slug(path: Path) -> str:
    return _NUMBER.sub("", path.stem)


def _turn_links(tokens: list[Token], slugs: frozenset[str]) -> None:
    """Links between files become links between pages; pictures come from the help's own address.

    A link to a file outside the handbook keeps its words and loses its address: there is nothing to open here.
    """
    for token in tokens:
        for child in token.children or []:
            if child.type == "link_open":
                address = _address(str(child.attrGet("href") or ""), slugs)
                child.attrs = {"href": address} if address else {}
            elif child.type == "image":
                name = Path(str(child.attrGet("src") or "")).name
                child.attrSet("src", f"/uitleg/beeld/{name}")


def _address(target: str, slugs: frozenset[str]) -> str:
    file, hash_, part = target.partition("#")
    if not file or "://" in file or file.startswith(("/", "mailto:")):
        return target
    slug = _slug(Path(file))
    return f"/uitleg/{slug}/{hash_}{part}" if file.endswith(".md") and slug in slugs else ""
