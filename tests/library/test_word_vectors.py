"""Own word vectors: the same bytes twice, two languages in one space, where they are from."""

from __future__ import annotations

import gzip
import hashlib
import json
import random
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weerklank.cli import main
from weerklank.errors import BadInput, TooLittleData
from weerklank.synthesis import Training, load_vectors, read_corpus, shipped_vectors, train_vectors
from weerklank.synthesis.duplicates import _all_pairs, _runs
from weerklank.synthesis.words import compounds_of, families_of, key_of, lexicon_for

FOOD = {"brood": "pain", "kaas": "fromage", "water": "eau", "melk": "lait"}
WAYS = {"fiets": "vélo", "trein": "train", "tram": "tramway"}
PAIRS = FOOD | WAYS
SMALL = Training(dimensions=4, window=4, least=2)


def _parallel(count: int) -> list[dict[str, str]]:
    chance = random.Random(1)
    found = []
    for _ in range(count):
        kind = chance.choice([list(FOOD), list(WAYS)])
        words = [chance.choice(kind) for _ in range(8)]
        found.append({"nl": " ".join(words), "fr": " ".join(PAIRS[word] for word in words)})
    return found


def test_the_same_texts_give_the_same_bytes_and_translations_meet(tmp_path: Path) -> None:
    documents = _parallel(200)
    made = train_vectors(documents, settings=SMALL)
    assert made == train_vectors(documents, settings=SMALL)
    file = tmp_path / "klein.npz"
    file.write_bytes(made)
    vectors = load_vectors(file)
    assert vectors.languages == ("fr", "nl")
    french = [key for key in vectors.place if key.startswith("fr:")]
    for kind in (FOOD, WAYS):
        own = {f"fr:{key_of(form, lexicon_for('fr'))}" for form in kind.values()}
        for dutch in kind:
            ((row, _),) = vectors.parts_of(dutch, "nl")
            likeness = {key: float(vectors.rows[row] @ vectors.rows[vectors.place[key]]) for key in french}
            assert max(likeness, key=likeness.__getitem__) in own


def test_the_shipped_vectors_are_the_ones_that_their_origin_tells_of() -> None:
    folder = resources.files("weerklank.synthesis").joinpath("data")
    data = folder.joinpath("vectors-nl-fr.npz").read_bytes()
    told = json.loads(folder.joinpath("vectors-nl-fr.json").read_text(encoding="utf-8"))
    assert hashlib.sha256(data).hexdigest() == told["sha256"] == shipped_vectors().sha256
    assert told["corpus"]["licence"] == "CC0-1.0"
    assert len(data) < 3_000_000
    vectors = shipped_vectors()

    def near(left: tuple[str, str], right: tuple[str, str]) -> float:
        ((one, _),), ((other, _),) = vectors.parts_of(*left), vectors.parts_of(*right)
        return float(vectors.rows[one] @ vectors.rows[other])

    assert near(("vertrouwen", "nl"), ("confiance", "fr")) > 0.5
    assert near(("vertrouwen", "nl"), ("trein", "nl")) < 0.2
    assert len(vectors.parts_of("treinverkeersplan", "nl")) == 2
    assert vectors.parts_of("qwrtzpsd", "nl") == ()


def test_the_command_writes_vectors_and_where_they_are_from(tmp_path: Path) -> None:
    corpus, out = tmp_path / "teksten.jsonl.gz", tmp_path / "v.npz"
    with gzip.open(corpus, "wt", encoding="utf-8") as file:
        for one in _parallel(60):
            file.write(json.dumps({f"text_{language}": text for language, text in one.items()}) + "\n")
    asked = ["vectors", "train", str(corpus), "--out", str(out), "--dimensions", "4", "--licence", "CC0-1.0"]
    assert main(asked) == 0
    told = json.loads(out.with_suffix(".json").read_text(encoding="utf-8"))
    assert told["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest() == load_vectors(out).sha256
    assert told["corpus"]["licence"] == "CC0-1.0"
    assert str(tmp_path) not in json.dumps(told)


def test_bad_input_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "fout.jsonl"
    broken.write_text('{"text_nl": "goed"}\n{"tekst": "fout"}\n', encoding="utf-8")
    with pytest.raises(BadInput, match="regel 2"):
        read_corpus(broken)
    with pytest.raises(BadInput, match="leesbare woordvectoren"):
        load_vectors(broken)
    with pytest.raises(TooLittleData, match="meer tekst"):
        train_vectors(_parallel(5))


def test_a_part_of_a_compound_counts_only_when_it_is_said_by_itself() -> None:
    lexicon = lexicon_for("nl")
    known = {"speel", "ruimte", "werking", "verbanden", "samenwerking", "matig", "regel"}
    forms = [
        "ruimte",
        "speelruimte",
        "samenwerking",
        "werking",
        "samenwerkingsverbanden",
        "regel",
        "regelmatig",
    ]
    family_of = families_of(forms, lexicon)
    parts = compounds_of(family_of, lexicon, known.__contains__)
    assert parts["speelruimte"] == {family_of["ruimte"]}
    assert family_of["samenwerking"] in parts["samenwerkingsverbanden"]
    assert "samenwerking" not in parts
    assert "regelmatig" not in parts


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("abe ", min_size=4, max_size=24), min_size=2, max_size=12))
def test_every_near_duplicate_is_found(texts: list[str]) -> None:
    rows = _runs(texts)
    left, right, _ = _all_pairs(rows, 0.8)
    dense = rows.toarray()
    dense /= np.sqrt(dense.sum(axis=1, keepdims=True))
    near = {(i, j) for i, j in np.argwhere(dense @ dense.T >= 0.8 - 1e-9).tolist() if i < j}
    assert set(zip(left.tolist(), right.tolist(), strict=True)) == near
