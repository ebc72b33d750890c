"""How well clusters fit human labels, beside BERTopic and TF-IDF + LSA + k-means, in one run; and one real event.

    ./weerklank bench synthesis_quality --data FOLDER [--notes FILE]

V-measure and adjusted Rand index against the labels of three Dutch sets. BERTopic runs with its defaults on *our*
vectors (it has none of its own without a download); once as it is, once with its outliers given to the nearest topic. It
moves from run to run, so it runs ``--peer-runs`` times: the mean, and from lowest to highest.
k-means is told the true number of labels, which nobody knows at an event; ours and BERTopic are not.

``--notes`` takes the uneven report of one real event (not in this repository): which insights come first, and how often
they still do when a fifth of the contributions is taken away at random. ``--steady`` measures that on other gatherings:
our demonstration and made-up ones of the labelled sets. ``--first`` numbers the first draw: look at others than were
seen while tuning.
"""

from __future__ import annotations

import argparse
import random
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from _synthesis_events import draws, print_steadiness, suggestions
from _synthesis_sets import DUTCH, contributions_of, data_argument, labels_of, rows_of
from _translation_mates import print_mates
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score, v_measure_score
from sklearn.preprocessing import normalize

from weerklank.evidence import Contribution
from weerklank.evidence.claims import sentences_in
from weerklank.notes import read_notes
from weerklank.synthesis import Settings, evaluate, shipped_vectors, synthesise
from weerklank.synthesis.duplicates import copies_of
from weerklank.synthesis.grouping import places_of
from weerklank.synthesis.reading import read
from weerklank.synthesis.space import space_of

PARTNER = {"partner", "samenwerken", "samenwerking"}


def places(contributions: list, settings: Settings) -> np.ndarray:
    """Where our space puts the texts, in the order they were given."""
    reading = read(contributions, settings)
    space = space_of(reading.said_words, reading.words, reading.tongue, shipped_vectors())
    found = places_of(reading, space, None, np.arange(len(reading.said)))
    return found[[reading.place[one.id] for one in contributions]]


def lsa_kmeans(texts: list[str], count: int) -> np.ndarray:
    """TF-IDF, 100 latent dimensions, k-means with the true number of labels."""
    weighed = TfidfVectorizer(sublinear_tf=True, min_df=2).fit_transform(texts)
    latent = TruncatedSVD(min(100, weighed.shape[1] - 1), random_state=0).fit_transform(weighed)
    return KMeans(count, n_init=10, random_state=0).fit_predict(normalize(latent))


def bertopic(texts: list[str], vectors: np.ndarray, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Its topics with defaults, and the same after ``reduce_outliers``."""
    from bertopic import BERTopic
    from bertopic.backend import BaseEmbedder

    np.random.seed(seed)
    model = BERTopic(embedding_model=BaseEmbedder())
    topics, _ = model.fit_transform(texts, embeddings=vectors)
    if len(set(topics)) < 2 or -1 not in topics:
        return np.array(topics), np.array(topics)
    given = model.reduce_outliers(texts, topics, strategy="embeddings", embeddings=vectors)
    return np.array(topics), np.array(given)


def quality(folder: Path, peer_runs: int) -> None:
    print("| set | method | V | ARI | groups | in no group |\n|---|---|---|---|---|---|")
    for name, file in DUTCH.items():
        rows = rows_of(folder, file)
        said, texts = contributions_of(rows), [row["text"] for row in rows]
        truth = [row["label"] for row in rows]
        ours = synthesise(said, settings=Settings())
        vectors = places(said, Settings())
        peer = [bertopic(texts, vectors, seed=seed) for seed in range(peer_runs)]
        methods = {
            "weerklank": [labels_of(ours, len(said))],
            "BERTopic, our vectors": [topics for topics, _ in peer],
            "BERTopic, outliers given away": [given for _, given in peer],
            "TF-IDF + LSA + k-means, K known": [lsa_kmeans(texts, len(set(truth)))],
        }
        for method, runs in methods.items():
            shown = (
                _over([v_measure_score(truth, labels) for labels in runs], "{:.3f}"),
                _over([adjusted_rand_score(truth, labels) for labels in runs], "{:.3f}"),
                _over([len(set(labels.tolist()) - {-1}) for labels in runs], "{:.0f}"),
                _over([float(np.mean(labels == -1)) for labels in runs], "{:.0%}"),
            )
            print(f"| {name} | {method} | {' | '.join(shown)} |", flush=True)


def _over(values: Sequence[float], form: str) -> str:
    """The mean, and where it moves from run to run from lowest to highest."""
    low, mean, high = (form.format(value) for value in (min(values), np.mean(values), max(values)))
    return mean if low == high else f"{mean} ({low}–{high})"


def languages(folder: Path) -> None:
    dutch, french = rows_of(folder, "sib200_nl.dev.jsonl"), rows_of(folder, "sib200_fr.dev.jsonl")
    mixed = [
        one if place % 2 else other for place, (one, other) in enumerate(zip(dutch, french, strict=True))
    ]
    found = synthesise(contributions_of(mixed))
    labels = labels_of(found, len(mixed))
    lexical = lsa_kmeans([row["text"] for row in mixed], len({row["label"] for row in mixed}))
    print("\n| Dutch and French mixed (SIB-200) | V with topic | NMI with language |\n|---|---|---|")
    for method, groups in {"weerklank": labels, "TF-IDF + LSA + k-means": lexical}.items():
        topic = v_measure_score([row["label"] for row in mixed], groups)
        leak = normalized_mutual_info_score([row["lang"] for row in mixed], groups)
        print(f"| {method} | {topic:.3f} | {leak:.3f} |")


def typed_again(sentence: str, chance: random.Random) -> str:
    """The same sentence with a slip: two letters swapped, a word left out or added, halves swapped, capitals."""
    words = sentence.split()
    at = chance.randrange(len(words))
    kind = chance.randrange(5)
    if kind == 0:
        cut = chance.randrange(max(1, len(words[at]) - 1))
        words[at] = words[at][:cut] + words[at][cut : cut + 2][::-1] + words[at][cut + 2 :]
    elif kind == 1:
        del words[at]
    elif kind == 2:
        words.insert(at, chance.choice(["ook", "dus", "vooral", "echt"]))
    elif kind == 3:
        half = len(words) // 2
        words = words[half:] + words[:half]
    else:
        words = " ".join(words).upper().split()
    return " ".join(words)


def near_duplicates(folder: Path) -> None:
    """How many slips are linked with their source, and how many links are one of those or a near-copy of the source."""
    chance = random.Random(11)
    sources = sorted(
        {
            sentence.rstrip(".?! ")
            for row in rows_of(folder, DUTCH["dekamer (21 themes)"])
            for sentence in sentences_in(row["text"])
            if len(sentence.split()) >= 8
        }
    )
    chance.shuffle(sources)
    sources = sources[:3000]
    slips = {place: typed_again(sources[place], chance) for place in range(600)}
    said = [Contribution(id=f"s{place}", text=text, theme="t") for place, text in enumerate(sources)]
    said += [Contribution(id=f"c{place}", text=text, theme="t") for place, text in slips.items()]
    reading = read(said, Settings())
    before = copies_of(read(said[: len(sources)], Settings()), Settings())
    links = copies_of(reading, Settings())
    named = [one.quote.contribution for one in reading.segments]
    pairs = {
        frozenset((named[a], named[b]))
        for a, b in zip(links.left.tolist(), links.right.tolist(), strict=True)
    }
    pairs |= {
        frozenset((named[row], named[head])) for row, head in enumerate(links.head.tolist()) if row != head
    }
    wanted = {frozenset((f"s{place}", f"c{place}")) for place in slips}
    mine = {pair for pair in pairs if any(name.startswith("c") for name in pair) and len(pair) == 2}
    print(
        f"\nNear-duplicates: {len(wanted & pairs) / len(wanted):.3f} of {len(wanted)} slips are linked with their source; "
        f"{len(wanted & mine) / max(1, len(mine)):.3f} of their links lead there "
        f"({len(before.left)} links among the {len(sources)} sources themselves)"
    )


def one_event(notes: Path, runs: int, first: int) -> None:
    read_in = read_notes(notes)
    settings = Settings(title=read_in.title)
    found = synthesise(read_in.contributions, settings=settings)
    figures = evaluate(found, against=synthesise(read_in.contributions[::-1], settings=settings))
    print(f"\n{len(read_in.contributions)} contributions, {len(read_in.themes)} themes;", end=" ")
    print("insights:", ", ".join(one.anchor for one in found.insights))
    print("\n| criterion | value |\n|---|---|")
    for name in type(figures).__dataclass_fields__:
        print(f"| {name.replace('_', ' ')} | {getattr(figures, name):.2f} |")
    tops = [
        {family for one in suggestions(kept, settings)[:3] for family in one.families}
        for kept in draws(read_in.contributions, runs, first)
    ]
    trust = ["vertrouwen" in top for top in tops]
    partner = [bool(PARTNER & top) for top in tops]
    print(
        f"\nA fifth taken away, {runs} times from draw {first}: vertrouwen in the first three {sum(trust)}, partner or "
        f"samenwerking {sum(partner)}; in the first twenty of those {sum(trust[:20])} and {sum(partner[:20])}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    data_argument(parser)
    parser.add_argument("--notes", type=Path, help="notes of the real event")
    parser.add_argument("--runs", type=int, default=100, help="how often a fifth is taken away")
    parser.add_argument("--first", type=int, default=0, help="number of the first draw")
    parser.add_argument("--peer-runs", type=int, default=5, help="how often BERTopic runs")
    parser.add_argument("--steady", action="store_true", help="only how steady suggestions are; needs --data")
    chosen = parser.parse_args()
    warnings.filterwarnings("ignore")
    began = time.perf_counter()
    if chosen.data is not None and chosen.steady:
        print_steadiness(chosen.data, chosen.first)
    elif chosen.data is not None:
        quality(chosen.data, chosen.peer_runs)
        languages(chosen.data)
        print_mates(chosen.data)
        near_duplicates(chosen.data)
    if chosen.notes is not None:
        one_event(chosen.notes, chosen.runs, chosen.first)
    if chosen.data is None and chosen.notes is None:
        parser.error("give --data or --notes")
    print(f"\n{time.perf_counter() - began:.0f} s in all")


if __name__ == "__main__":
    main()
