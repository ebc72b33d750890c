"""A sentence-transformers model on this machine as another way to place texts; never needed, never downloaded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from weerklank.errors import MissingExtra
from weerklank.synthesis.refusals import because
from weerklank.synthesis.space import Encoder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Matrix = npt.NDArray[np.float32]

__all__ = ["sentence_encoder"]


class _Model(Protocol):
    def encode(self, texts: list[str], *, normalize_embeddings: bool, show_progress_bar: bool) -> Matrix: ...


@dataclass(frozen=True, slots=True)
class _SentenceEncoder:
    name: str
    model: _Model

    def encode(self, texts: Sequence[str], languages: Sequence[str]) -> Matrix:
        """A multilingual model needs no languages."""
        assert len(texts) == len(languages)
        return self.model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)


def sentence_encoder(path: str | Path) -> Encoder:
    """The model in a folder on this machine, for ``synthesise(…, encoder=…)``.

    Take a multilingual one: an English model sorts Dutch and French texts by language.

    :raises BadInput: there is no such folder; nothing is looked for on the network.
    :raises MissingExtra: sentence-transformers is not installed.
    """
    folder = Path(path)
    if not (folder / "modules.json").is_file():
        raise because.bad_input("no-model", source=folder.name)
    try:
        made = import_module("sentence_transformers").SentenceTransformer
    except ImportError as error:
        raise MissingExtra("encoder", needed_for=because("needs-encoder")) from error
    told = hashlib.sha256((folder / "modules.json").read_bytes())
    for file in sorted(folder.glob("config*.json")):
        told.update(file.read_bytes())
    return _SentenceEncoder(
        f"{folder.name}:{told.hexdigest()[:16]}", made(str(folder), local_files_only=True)
    )
