"""Bytes of a file → text, with errors that say what to do about it."""

from __future__ import annotations

from pathlib import Path

from weerklank.errors import BadInput
from weerklank.notes.findings import Findings

__all__ = ["read_bytes", "read_text"]

_CONTROL = bytes(range(9)) + bytes(range(14, 27)) + bytes(range(28, 32))
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_bytes(path: Path) -> bytes:
    """The bytes of the file.

    :raises BadInput: it is not there, cannot be read, or is empty.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInput(
            f"Het bestand kan niet gelezen worden ({error.strerror or error}).",
            source=str(path),
            remedy="Controleer de naam en of je het mag lezen.",
        ) from error
    if not content.strip():
        raise BadInput("Het bestand is leeg.", source=path.name, line=1, remedy="Kies een bestand met tekst.")
    return content


def read_text(path: Path, findings: Findings) -> str:
    """The file as text: UTF-8, UTF-16 with its mark, or else Windows-1252 (said in the log).

    :raises BadInput: it is not text.
    """
    content = read_bytes(path)
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    if (
        encoding != "utf-16"
        and (at := next((i for i, byte in enumerate(content) if byte in _CONTROL), None)) is not None
    ):
        raise BadInput(
            "Dit is geen tekstbestand.",
            source=path.name,
            line=content.count(b"\n", 0, at) + 1,
            remedy="Bewaar het verslag als Markdown (.md), Word (.docx), CSV of WebVTT (.vtt).",
        )
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise BadInput(
                "De tekens in dit bestand zijn beschadigd.",
                source=path.name,
                line=content.count(b"\n", 0, error.start) + 1,
                remedy="Bewaar het opnieuw als UTF-8.",
            ) from error
        findings.tell("encoding", encoding="Windows-1252")
        return content.decode("cp1252", errors="replace")
