"""Synthesis: literal, visible, the same in any order (W13, W21)."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weerklank.errors import BadInput
from weerklank.evidence import Contribution, ContributionKind, check_insight, check_quote, ground_of
from weerklank.notes import read_notes
from weerklank.synthesis import (
    DuplicateTier,
    Settings,
    Synthesis,
    VoiceReason,
    suggestion_sentence,
    synthesise,
    voice_sentence,
)

SAMPLE = Path(__file__).parent / "data" / "uneven-notes.md"
TOPICS = [
    "vertrouwen",
    "partners",
    "rooster",
    "kassa",
    "vergadering",
    "vergaderen",
    "begeleiding",
    "sleutel",
    "budget",
    "regels",
]
SAID = st.builds(
    lambda words, room, theme, level: (" ".join(words), room, theme, level),
    st.lists(st.sampled_from([*TOPICS, "ik", "maar", "niet", "de", "drie", "geen"]), min_size=1, max_size=9),
    st.sampled_from([None, "Kamer 1", "Kamer 2"]),
    st.sampled_from(["Werk", "Buurt", "School"]),
    st.sampled_from([None, "micro", "macro"]),
)
EVENT = st.lists(SAID, max_size=14).map(
    lambda said: [
        Contribution(id=f"c{i}", text=text, room=room, theme=theme, level=level)
        for i, (text, room, theme, level) in enumerate(said)
    ]
)


def _say(*texts: str, theme: str = "Werk", room: str | None = None) -> list[Contribution]:
    return [
        Contribution(id=f"{theme} {text} {i}", text=text, theme=theme, room=room)
        for i, text in enumerate(texts)
    ]


@pytest.fixture(scope="module")
def sample() -> tuple[Contribution, ...]:
    return read_notes(SAMPLE).contributions


@pytest.fixture(scope="module")
def found(sample: tuple[Contribution, ...]) -> Synthesis:
    return synthesise(sample)


def test_what_returns_in_most_themes_comes_first(found: Synthesis) -> None:
    assert found.concepts[0].label == "vertrouwen"
    assert found.insights[0].anchor == "vertrouwen"
    assert found.insights[0].coverage.places == 3
    assert "partner" in {form for one in found.concepts[:6] for form, _ in one.forms} | {
        one.family for one in found.concepts[:6]
    }


def test_every_count_is_literal(sample: tuple[Contribution, ...], found: Synthesis) -> None:
    for concept in (*found.concepts, *found.frame):
        forms = "|".join(re.escape(form) for form, _ in concept.forms)
        holders = [one for one in sample if re.search(rf"(?<!\w)(?:{forms})(?!\w)", one.text.casefold())]
        assert concept.coverage.contributions == tuple(sorted(one.id for one in holders))
        assert concept.coverage.themes == tuple(sorted({one.theme for one in holders}))
        assert concept.coverage.levels == tuple(sorted({one.level for one in holders if one.level}))


def test_suggestions_pass_the_evidence_gate(sample: tuple[Contribution, ...], found: Synthesis) -> None:
    ground = ground_of(sample)
    assert found.insights
    for insight in found.insights:
        for quote in insight.evidence:
            check_quote(quote, ground=ground)
        places = {
            next(one.theme for one in sample if one.id == quote.contribution) for quote in insight.evidence
        }
        assert len(places) == len(insight.evidence) >= 2
        check_insight(
            suggestion_sentence(insight),
            sources=insight.coverage.contributions,
            quotes=insight.evidence,
            ground=ground,
        )


def test_a_remark_about_other_rooms_is_a_connection_of_its_own(
    found: Synthesis, sample: tuple[Contribution, ...]
) -> None:
    crossing = next(one.id for one in sample if one.text.startswith("Zie ook"))
    assert found.cross_references == (crossing,)
    assert all(one.coverage.places >= 2 for one in found.connections)


@settings(max_examples=20, deadline=None)
@given(EVENT, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(event: list[Contribution], chance: random.Random) -> None:
    shuffled = list(event)
    chance.shuffle(shuffled)
    quick = Settings(seeds=2)
    assert synthesise(shuffled, settings=quick) == synthesise(event, settings=quick)


@settings(max_examples=30, deadline=None)
@given(EVENT)
def test_everything_said_is_visible_somewhere(event: list[Contribution]) -> None:
    before = list(event)
    result = synthesise(event, settings=Settings(seeds=2))
    assert event == before
    heard = {name for one in result.summaries for sentence in one.sentences for name in sentence.evidence}
    apart = {one.contribution for one in result.voices}
    assert heard | apart == {one.id for one in event}
    assert not heard & apart
    clustered = [identity for one in result.clusters for identity in one.members]
    assert len(clustered) == len(set(clustered))
    assert all(voice.reasons and voice_sentence(voice) for voice in result.voices)


@pytest.mark.slow
def test_another_process_finds_the_same() -> None:
    program = (
        "from weerklank.notes import read_notes; from weerklank.synthesis import synthesise;"
        f"print(repr(synthesise(read_notes({str(SAMPLE)!r}).contributions)))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_words_of_the_title_and_of_most_themes_are_frame() -> None:
    event = _say("Vertrouwen in de kassa", "Kassa stuk", theme="Leeszaal en buurt") + _say(
        "Vertrouwen in de buurt", "De kassa en de leeszaal", theme="Leeszaal en school"
    )
    result = synthesise(event, settings=Settings(title="Avond over vertrouwen"))
    assert {one.label for one in result.frame} >= {"vertrouwen"}
    assert [one.label for one in result.concepts] == ["kassa"]
    assert "vertrouwen" not in {one.anchor for one in result.insights}


def test_copying_a_point_within_a_room_buys_no_spread() -> None:
    spread = (
        _say("Het rooster knelt", theme="Werk")
        + _say("Ons rooster", theme="Buurt")
        + _say("Een ander rooster", theme="School")
    )
    loud = _say(*["De kassa hapert"] * 6, theme="Werk")
    assert synthesise(spread + loud).concepts[0].label == "rooster"


def test_near_duplicates_are_linked_and_a_number_or_a_not_makes_a_variant() -> None:
    event = [
        Contribution(id="a", text="Geef elk team drie jaar zekerheid over het budget.", theme="Werk"),
        Contribution(id="b", text="Geef elk team vijf jaar zekerheid over het budget.", theme="Buurt"),
        Contribution(id="c", text="geef elk team drie jaar zekerheid over het budget", theme="School"),
        Contribution(id="d", text="Geef elk team geen drie jaar zekerheid over het budget.", theme="School"),
        Contribution(id="e", text="Wij willen vaker naar buiten met de kinderen.", theme="School"),
    ]
    tiers = {
        (one.left.contribution, one.right.contribution): one.tier for one in synthesise(event).duplicates
    }
    assert tiers[("a", "c")] is DuplicateTier.EXACT
    assert tiers[("a", "b")] is DuplicateTier.VARIANT
    assert tiers[("a", "d")] is DuplicateTier.VARIANT
    assert not [pair for pair in tiers if "e" in pair]


def test_a_lone_voice_says_why_it_stands_apart() -> None:
    event = [
        *_say(
            "Het rooster van de kassa",
            "De kassa en het rooster",
            "Een rooster en de kassa",
            "Kassa en rooster",
        ),
        Contribution(id="x", text="Maar ik zie dat anders", theme="Werk", kind=ContributionKind.LEAD_IN),
        Contribution(
            id="y", text="Voor een slechthorende collega", theme="Werk", kind=ContributionKind.LEAD_IN
        ),
    ]
    voices = {voice.contribution: set(voice.reasons) for voice in synthesise(event).voices}
    assert voices["x"] >= {VoiceReason.FIRST_PERSON, VoiceReason.CONTRAST}
    assert VoiceReason.INCLUSION in voices["y"] - voices["x"]
    assert len(voices) == 2


def test_a_level_is_never_left_out_of_a_summary() -> None:
    event = [
        *_say("Het rooster van de kassa", "De kassa en het rooster", "Een rooster en de kassa"),
        Contribution(id="x", text="De minister kent ons niet", theme="Werk", level="macro"),
    ]
    (summary,) = synthesise(event).summaries
    assert "x" in {quote.contribution for sentence in summary.sentences for quote in sentence.quotes}


def test_nothing_said_gives_nothing_and_a_strange_language_is_refused() -> None:
    assert synthesise([]).concepts == ()
    with pytest.raises(BadInput, match="woordenlijsten"):
        synthesise([], settings=Settings(language="tlh"))
    with pytest.raises(BadInput, match="hetzelfde id"):
        synthesise(_say("twee keer") + _say("twee keer"))
