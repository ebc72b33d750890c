"""Bytes of a file → text, with errors that say what to do about it."""

from __future__ import annotations

from pathlib import Path

from weerklank.errors import BadInput
from weerklank.notes.findings import Findings
from weerklank.notes.refusals import because

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
        raise because.bad_input("unreadable", source=str(path), why=error.strerror or error) from error
    if not content.strip():
        raise because.bad_input("empty", source=path.name, line=1)
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
            because("no-text"),
            source=path.name,
            line=content.count(b"\n", 0, at) + 1,
            remedy=because("kinds"),
        )
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise because.bad_input(
                "damaged", source=path.name, line=content.count(b"\n", 0, error.start) + 1
            ) from error
        findings.tell("encoding", encoding="Windows-1252")
        return content.decode("cp1252", errors="replace")
