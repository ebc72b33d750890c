"""Votes as files, for whoever wants to reckon again: a folder in the format of Polis, and a parquet file.

Row numbers instead of keys, shuffled anew for every step by a secret of the installation: nobody is the same number twice, and
no order tells who came first. No moments.
"""

from __future__ import annotations

import hmac
import tempfile
import zipfile
from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import UUID

from weerklank.opinion import Convention, Export, Statement, Votes, write_parquet, write_polis_export
from weerklank_web.dialogue.bridge.opinion import Cast

__all__ = ["parquet_of", "polis_folder_of"]


def polis_folder_of(cast: Cast, texts: Mapping[UUID, str], *, secret: str, topic: str) -> bytes:
    """A zip with summary, comments, participants-votes and votes."""
    number = {item: place for place, item in enumerate(texts)}
    export = Export(
        cast=_numbered(cast, number, secret),
        statements=tuple(Statement(id=number[item], text=text) for item, text in texts.items()),
        convention=Convention.AGREE_IS_POSITIVE,
        about={"topic": topic},
    )
    kept = BytesIO()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        write_polis_export(export, folder)
        for path in sorted(Path(folder).iterdir()):
            archive.writestr(zipfile.ZipInfo(path.name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def parquet_of(cast: Cast, texts: Mapping[UUID, str], *, secret: str) -> bytes:
    """Participant, statement, vote."""
    number = {item: place for place, item in enumerate(texts)}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.parquet"
        write_parquet(_numbered(cast, number, secret), path)
        return path.read_bytes()


def _numbered(cast: Cast, number: Mapping[UUID, int], secret: str) -> Votes:
    lots = {who: hmac.new(secret.encode(), who.encode(), sha256).digest() for who in set(cast.voters)}
    person = {who: place for place, who in enumerate(sorted(lots, key=lambda who: lots[who]))}
    rows = sorted(
        (person[who], number[item], value)
        for who, item, value in zip(cast.voters, cast.items, cast.values, strict=True)
        if item in number
    )
    return Votes.from_long(
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
        convention=Convention.AGREE_IS_POSITIVE,
    )
