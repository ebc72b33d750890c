"""Reading a PDF back: its text through the fonts' own maps, and its tags. Enough for files of our own making."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf

HEX = re.compile(rb"<([0-9a-fA-F]+)>")


def opened(content: bytes) -> pikepdf.Pdf:
    """The PDF in ``content``."""
    return pikepdf.open(io.BytesIO(content))


def text_of(pdf: pikepdf.Pdf) -> str:
    """All text in the order it was set, pages parted by line breaks."""
    return "\n".join(_page_text(page) for page in pdf.pages)


def _page_text(page: pikepdf.Page) -> str:
    fonts = {name: _unicode_map(font) for name, font in page.resources.get("/Font", {}).items()}
    current: dict[bytes, str] = {}
    parts: list[str] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "Tf":
                current = fonts[str(operands[0])]
            case "Tj":
                parts.append(_decoded(bytes(operands[0]), current))
            case "TJ":
                parts += [_decoded(bytes(o), current) for o in operands[0] if isinstance(o, pikepdf.String)]
    return "".join(parts)


def _decoded(codes: bytes, known: dict[bytes, str]) -> str:
    return "".join(known.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))


def _unicode_map(font: pikepdf.Object) -> dict[bytes, str]:
    """What each glyph stands for, from the font's ToUnicode map (two-byte codes, as Typst writes them)."""
    known: dict[bytes, str] = {}
    mode = ""
    for line in font.ToUnicode.read_bytes().splitlines():
        if line.endswith((b"beginbfchar", b"beginbfrange")):
            mode = line.split()[-1].decode()
        elif line.startswith(b"end"):
            mode = ""
        elif mode == "beginbfchar":
            code, char = (bytes.fromhex(found.decode()) for found in HEX.findall(line))
            known[code] = char.decode("utf-16-be")
        elif mode == "beginbfrange":
            first, last, start = (bytes.fromhex(found.decode()) for found in HEX.findall(line)[:3])
            begin = int.from_bytes(first, "big")
            for step in range(int.from_bytes(last, "big") - begin + 1):
                shifted = int.from_bytes(start, "big") + step
                known[(begin + step).to_bytes(2, "big")] = shifted.to_bytes(len(start), "big").decode(
                    "utf-16-be"
                )
    return known


def languages_of(pdf: pikepdf.Pdf) -> set[str]:
    """Languages marked in the text itself, for passages that differ from the page around them."""
    found: set[str] = set()
    for page in pdf.pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            if (
                str(operator) == "BDC"
                and isinstance(operands[1], pikepdf.Dictionary)
                and "/Lang" in operands[1]
            ):
                found.add(str(operands[1].Lang))
    return found


def tags_of(pdf: pikepdf.Pdf) -> list[tuple[str, str]]:
    """(parent, tag) for every structure element, in reading order."""
    return list(_walk(pdf.Root.StructTreeRoot.K, ""))


def _walk(node: pikepdf.Object, parent: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _walk(child, parent)
    elif isinstance(node, pikepdf.Dictionary):
        tag = str(node.get("/S", ""))[1:]
        if tag:
            yield parent, tag
        if "/K" in node:
            yield from _walk(node.K, tag or parent)
