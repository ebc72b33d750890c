"""How long a synthesis takes, and how much memory, for 1,000 to 1,000,000 texts.

    ./weerklank bench synthesis_scale --data FOLDER [--sizes 1000,10000] [--peer 1000,10000]

Texts are sentences of the Dutch labelled sets, drawn again and again and changed a little (a word left out, doubled,
swapped or mistyped), in ten themes. Each size runs in a process of its own, so that its peak memory is its own. The whole of
``synthesise()`` is timed: reading, concepts, insights, near-duplicates, clusters, summaries, other voices.

BERTopic is timed on the same texts with our vectors given to it, so that only its own work counts; TF-IDF + LSA +
k-means likewise. They do no more than group.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from _synthesis_sets import DUTCH, data_argument, rows_of

from weerklank.evidence import Contribution
from weerklank.evidence.claims import sentences_in

THEMES = 10
OURS, BERTOPIC, LSA = "weerklank", "BERTopic", "TF-IDF + LSA + k-means"


def changed(words: list[str], chance: random.Random) -> str:
    """A sentence as somebody else would have typed it."""
    kept = list(words)
    for _ in range(max(1, len(kept) // 6)):
        at = chance.randrange(len(kept))
        kind = chance.random()
        if kind < 0.4 and len(kept) > 3:
            del kept[at]
        elif kind < 0.6:
            kept.insert(at, chance.choice(kept))
        elif kind < 0.8:
            other = chance.randrange(len(kept))
            kept[at], kept[other] = kept[other], kept[at]
        else:
            word = kept[at]
            cut = chance.randrange(len(word))
            kept[at] = word[:cut] + word[cut + 1 :] if len(word) > 3 else word
    return " ".join(kept)


def texts_of(folder: Path, count: int) -> list[str]:
    sources = [
        sentence.split()
        for file in DUTCH.values()
        for row in rows_of(folder, file)
        for sentence in sentences_in(row["text"])
        if len(sentence.split()) >= 4
    ]
    chance = random.Random(7)
    return [changed(chance.choice(sources), chance) for _ in range(count)]


def one(method: str, folder: Path, count: int) -> None:
    """Run one method and print seconds, peak megabytes and groups."""
    warnings.filterwarnings("ignore")
    texts = texts_of(folder, count)
    said = [
        Contribution(
            id=f"{place:07}",
            text=text,
            theme=f"thema {place % THEMES}",
            level=("micro", "meso", "macro")[place % 3],
        )
        for place, text in enumerate(texts)
    ]
    if method == OURS:
        from weerklank.synthesis import synthesise

        synthesise(said[:50])  # word lists and vectors are read once per process
        began, worked = time.perf_counter(), time.process_time()
        found = synthesise(said)
        groups = len(found.clusters)
    elif method == BERTOPIC:
        from bertopic import BERTopic
        from bertopic.backend import BaseEmbedder
        from synthesis_quality import places

        from weerklank.synthesis import Settings

        vectors = places(said, Settings())
        np.random.seed(0)
        began, worked = time.perf_counter(), time.process_time()
        topics, _ = BERTopic(embedding_model=BaseEmbedder()).fit_transform(texts, embeddings=vectors)
        groups = len(set(topics) - {-1})
    else:
        from synthesis_quality import lsa_kmeans

        began, worked = time.perf_counter(), time.process_time()
        groups = len(set(lsa_kmeans(texts, 44).tolist()))
    took, busy = time.perf_counter() - began, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": took, "processor": busy, "megabytes": peak, "groups": groups}))


def table(folder: Path, sizes: list[int], peers: list[int]) -> None:
    print(
        "| texts | method | processor s | clock s | per 1,000 texts | peak memory | groups |\n|---|---|---|---|---|---|---|"
    )
    for size in sizes:
        for method in (OURS, BERTOPIC, LSA):
            if method != OURS and size not in peers:
                continue
            told = subprocess.run(
                [sys.executable, __file__, "--data", str(folder), "--one", method, "--sizes", str(size)],
                capture_output=True,
                text=True,
                check=True,
            )
            got = json.loads(told.stdout.splitlines()[-1])
            print(
                f"| {size:,} | {method} | {got['processor']:.1f} | {got['seconds']:.1f} "
                f"| {got['processor'] / size * 1e6:.0f} ms "
                f"| {got['megabytes'] / 1000:.2f} GB | {got['groups']} |",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    data_argument(parser)
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--peer", default="1000,10000", help="sizes at which the peers run too")
    parser.add_argument("--one", choices=[OURS, BERTOPIC, LSA], help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.data is None:
        parser.error("give --data")
    sizes = [int(size) for size in chosen.sizes.split(",")]
    if chosen.one:
        one(chosen.one, chosen.data, sizes[0])
    else:
        table(chosen.data, sizes, [int(size) for size in chosen.peer.split(",") if size])


if __name__ == "__main__":
    main()
