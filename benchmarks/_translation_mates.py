"""How often a Dutch text finds its French translation first, by vectors that saw neither.

Written questions of parliament have both versions, but the shipped vectors were made of all of them. So vectors are made anew, with
the same settings, of all but 559; of those 559 no other question begins with the same words, since one question is often put to
several ministers. Besides: the encyclopaedic sentences of SIB-200, which are in no training text, joined to longer ones.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
from _synthesis_sets import rows_of

from weerklank.evidence import Contribution
from weerklank.synthesis import Settings, load_vectors, shipped_vectors
from weerklank.synthesis.grouping import places_of
from weerklank.synthesis.reading import read
from weerklank.synthesis.space import space_of
from weerklank.synthesis.vectors import WordVectors
from weerklank.synthesis.vectors_training import read_corpus, train_vectors

CORPUS = "be_parliament_2020_nl_fr.jsonl.gz"
HELD_OUT, WORDS = 559, 40
Pairs = list[tuple[str, str]]


def first_words(text: str, count: int) -> str:
    return " ".join(text.split()[:count])


def found_first(pairs: Pairs, vectors: WordVectors) -> tuple[float, float]:
    """Share of the first texts whose nearest second text is their own, and the other way round."""
    said = [
        Contribution(id=f"{language}{place:05}", text=text, theme="t")
        for language, side in enumerate(zip(*pairs, strict=True))
        for place, text in enumerate(side)
    ]
    reading = read(said, Settings())
    space = space_of(reading.said_words, reading.words, reading.tongue, vectors)
    where = places_of(reading, space, None, np.array([reading.place[one.id] for one in said]))
    likeness = where[: len(pairs)] @ where[len(pairs) :].T
    own = np.arange(len(pairs))
    return float(np.mean(likeness.argmax(axis=1) == own)), float(np.mean(likeness.argmax(axis=0) == own))


def held_out(folder: Path) -> tuple[list[dict[str, str]], WordVectors]:
    """Questions, and vectors made of the others."""
    file = folder / CORPUS if (folder / CORPUS).exists() else folder / "synthesis" / CORPUS
    documents = read_corpus(file)
    begins = [[(key, first_words(text, WORDS)) for key, text in one.items()] for one in documents]
    often = Counter(begin for each in begins for begin in each)
    alone = [place for place, each in enumerate(begins) if all(often[begin] == 1 for begin in each)]
    chosen = set(random.Random(0).sample(alone, HELD_OUT))
    with tempfile.TemporaryDirectory() as made:
        vectors = Path(made) / "vectors.npz"
        vectors.write_bytes(train_vectors(one for place, one in enumerate(documents) if place not in chosen))
        return [documents[place] for place in sorted(chosen)], load_vectors(vectors)


def print_mates(folder: Path) -> None:
    """The table, for texts of growing length."""
    print(
        "\n| texts | words | pairs | Dutch finds French first | French finds Dutch first |\n|---|---|---|---|---|"
    )
    questions, vectors = held_out(Path(folder))
    for count in (15, 20, WORDS):
        pairs = [(first_words(one["nl"], count), first_words(one["fr"], count)) for one in questions]
        there, back = found_first(pairs, vectors)
        print(f"| parliament, held out | {count} | {len(pairs)} | {there:.3f} | {back:.3f} |", flush=True)
    sides = [[row["text"] for row in rows_of(folder, f"sib200_{one}.dev.jsonl")] for one in ("nl", "fr")]
    for joined in (1, 2, 3):
        starts = range(0, len(sides[0]) - joined + 1, joined)
        pairs = [
            (" ".join(sides[0][at : at + joined]), " ".join(sides[1][at : at + joined])) for at in starts
        ]
        length = round(float(np.mean([len(dutch.split()) for dutch, _ in pairs])))
        there, back = found_first(pairs, shipped_vectors())
        print(
            f"| SIB-200, {joined} joined | {length} | {len(pairs)} | {there:.3f} | {back:.3f} |", flush=True
        )
