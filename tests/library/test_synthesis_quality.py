"""How good a synthesis is: the gates, on an uneven report and on a gathering in two languages (W12, W13, W21)."""

from __future__ import annotations

import random
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from weerklank.evidence import Contribution
from weerklank.notes import read_notes
from weerklank.synthesis import Settings, Synthesis, VoiceReason, evaluate, synthesise
from weerklank.synthesis.evaluating import shared_information

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def said() -> tuple[Contribution, ...]:
    return read_notes(DATA / "uneven-notes.md").contributions


@pytest.fixture(scope="module")
def found(said: tuple[Contribution, ...]) -> Synthesis:
    return synthesise(said)


@pytest.fixture(scope="module")
def bilingual() -> Synthesis:
    subjects = tomllib.loads((DATA / "two-languages.toml").read_text(encoding="utf-8"))
    return synthesise(
        Contribution(id=f"{subject} {language} {number}", text=text, theme="Raad", room=f"Kamer {number % 3}")
        for subject, spoken in subjects.items()
        for language, texts in spoken.items()
        for number, text in enumerate(texts)
    )


def test_the_gates_hold_on_an_uneven_report(said: tuple[Contribution, ...], found: Synthesis) -> None:
    shuffled = list(said)
    random.Random(5).shuffle(shuffled)
    figures = evaluate(found, against=synthesise(shuffled))
    assert figures.traceability == figures.visibility == figures.counts == figures.lone_voices_kept == 1.0
    assert figures.order_invariance == 1.0
    assert figures.level_coverage >= 0.80
    assert figures.redundancy <= 0.20
    assert figures.cluster_coverage >= 0.45


def test_a_gathering_in_two_languages_is_grouped_by_subject(bilingual: Synthesis) -> None:
    spoken = Counter(one.language for one in bilingual.segments)
    assert spoken == {"nl": 35, "fr": 35}
    figures = evaluate(bilingual)
    assert figures.language_leakage <= 0.10
    assert figures.counts == figures.visibility == 1.0
    subjects = [
        (cluster.centre, member.split()[0], 1) for cluster in bilingual.clusters for member in cluster.members
    ]
    assert sum(often for *_, often in subjects) >= 65
    assert shared_information(subjects) >= 0.80


def test_what_is_said_in_the_other_language_is_related_and_not_counted(bilingual: Synthesis) -> None:
    train = next(one for one in bilingual.concepts if one.family == "trein")
    assert {name.split()[1] for name in train.coverage.contributions} == {"nl"}
    assert {name.split()[1] for name in train.coverage.related} == {"fr"}
    assert not set(train.coverage.related) & set(train.coverage.contributions)
    other = next(one for one in bilingual.concepts if one.family == "fr:train")
    assert {name.split()[1] for name in other.coverage.contributions} == {"fr"}


def test_the_judge_sees_what_is_wrong(found: Synthesis) -> None:
    assert evaluate(replace(found, voices=found.voices[1:])).visibility < 1
    first = found.summaries[0]
    changed = replace(first.sentences[0].quotes[0], text="Dit heeft niemand gezegd.")
    sentence = replace(first.sentences[0], quotes=(changed,))
    broken = replace(first, sentences=(sentence, *first.sentences[1:]))
    assert evaluate(replace(found, summaries=(broken, *found.summaries[1:]))).traceability < 1
    best = found.concepts[0]
    fewer = replace(best.coverage, contributions=best.coverage.contributions[1:])
    assert evaluate(replace(found, concepts=(replace(best, coverage=fewer), *found.concepts[1:]))).counts < 1
    half = Counter(one.language for one in found.segments).most_common(1)[0][0]
    leaking = tuple(
        replace(one, languages=((half if number % 2 else "fr", len(one.members)),))
        for number, one in enumerate(found.clusters)
    )
    assert evaluate(replace(found, clusters=leaking)).language_leakage > 0.10


def test_pictures_count_literally(said: tuple[Contribution, ...], found: Synthesis) -> None:
    heat = found.theme_levels
    assert sum(map(sum, heat.counts)) == len(said)
    assert heat.columns[-1] is None
    for row, theme in enumerate(heat.rows):
        for column, level in enumerate(heat.columns):
            counted = sum(one.theme == theme and one.level == level for one in said)
            assert heat.counts[row][column] == counted
    theme_of = {one.id: one.theme for one in said}
    by_family = {one.family: one for one in found.concepts}
    for column, family in enumerate(found.theme_concepts.columns):
        assert family is not None
        counted_in = Counter(theme_of[name] for name in by_family[family].coverage.contributions)
        column_of = [counts[column] for counts in found.theme_concepts.counts]
        assert column_of == [counted_in[theme] for theme in found.theme_concepts.rows]
    assert found.rooms.links
    for link in found.rooms.links:
        assert link.weight == len(link.concepts)
        assert {theme_of[name] for name in link.contributions} == {link.left, link.right}


def test_a_large_gathering_is_sampled_and_nothing_gets_lost() -> None:
    subjects = tomllib.loads((DATA / "two-languages.toml").read_text(encoding="utf-8"))
    texts = [text for spoken in subjects.values() for text in spoken["nl"]]
    extra = ["vandaag", "misschien", "volgens mij", "in onze stad", "al jaren", "helaas"]
    said = [
        Contribution(id=f"{place}-{number}", text=f"{text} Dat is {more} zo.", theme=f"Thema {number % 2}")
        for place, text in enumerate(texts)
        for number, more in enumerate(extra)
    ]
    chosen = Settings(full_graph=60, sample=60, seeds=3)
    found = synthesise(said, settings=chosen)
    figures = evaluate(found, against=synthesise(said[::-1], settings=chosen))
    assert figures.traceability == figures.visibility == figures.counts == figures.order_invariance == 1.0
    clustered = [name for one in found.clusters for name in one.members]
    assert len(clustered) == len(set(clustered)) >= 0.8 * len(said)
    names = [name for name, spoken in subjects.items() for _ in spoken["nl"]]
    fit = [(one.centre, names[int(name.split("-")[0])], 1) for one in found.clusters for name in one.members]
    assert shared_information(fit) >= 0.4
    unassigned = {one.contribution for one in found.voices if VoiceReason.UNASSIGNED in one.reasons}
    assert unassigned <= {one.id for one in said} - set(clustered)
    assert found.related == ()


def test_another_encoder_places_the_texts() -> None:
    class ByLength:
        name = "by length"

        def encode(self, texts: list[str], languages: list[str]) -> np.ndarray:
            assert set(languages) == {"nl"}
            return np.array(
                [[1.0, 0.0] if len(text) > 30 else [0.0, 1.0] for text in texts], dtype=np.float32
            )

    long = ["Een hele lange zin over de kassa van de winkel", "Nog een veel langere zin over iets anders"]
    said = [Contribution(id=text, text=text, theme="Werk") for text in [*long, "kort rooster", "kleine tuin"]]
    found = synthesise(said, encoder=ByLength())
    assert {frozenset(one.members) for one in found.clusters} == {
        frozenset(long),
        frozenset({"kort rooster", "kleine tuin"}),
    }
    assert found.run.vectors_hash == "by length"
