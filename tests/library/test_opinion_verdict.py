"""None, a spectrum, groups or too little to tell: seen where it is there, never where it is not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from opinion_shapes import groups, noisy, spectrum

from weerklank.errors import BadInput
from weerklank.opinion import BridgeMethod, Honesty, Reason, Verdict, VerdictKind, Votes, analyse
from weerklank.opinion.contest import Contest
from weerklank.opinion.judging import decided, kind_of
from weerklank.opinion.simulating import Spread
from weerklank.opinion.verdicts import Power

QUICK = Honesty.QUICK

CLEAR = Contest(
    gain_groups=0.2,
    gain_map=0.1,
    z_groups=9.0,
    z_map=6.0,
    z_difference=5.0,
    threshold=1.65,
    k=2,
    dimensions=1,
    capped=False,
    votes=5000,
)


@pytest.mark.parametrize("seed", range(3))
def test_noise_is_never_called_structure(seed: int) -> None:
    opinion = analyse(noisy(80, 30, seed=seed).votes, honesty=QUICK, seed=seed)
    assert opinion.verdict.kind is VerdictKind.NONE, opinion.verdict.evidence
    assert opinion.groups is None
    assert opinion.representative(0) == ()


@pytest.mark.parametrize("spread", Spread)
def test_one_hump_is_a_spectrum_whatever_its_form(spread: Spread) -> None:
    opinion = analyse(spectrum(110, 40, spread=spread).votes, honesty=QUICK)
    assert opinion.verdict.kind is VerdictKind.SPECTRUM
    assert opinion.groups is None


@pytest.mark.parametrize(("sizes", "k"), [((0.5, 0.5), 2), ((0.8, 0.2), 2), ((1.0, 1.0, 1.0), 3)])
def test_clear_groups_are_found_with_who_is_in_them(sizes: tuple[float, ...], k: int) -> None:
    made = groups(140, 40, sizes, seed=1, apart=1.5)
    opinion = analyse(made.votes, honesty=QUICK)
    assert opinion.verdict.kind is VerdictKind.GROUPS
    parts = opinion.groups
    assert parts is not None
    assert parts.k == k
    together = parts.label[:, None] == parts.label
    truly = made.group[:, None] == made.group
    assert (together == truly).mean() > 0.95
    assert {bridge.method for bridge in opinion.bridging()} == {BridgeMethod.GROUPS}
    assert opinion.representative(0)
    assert opinion.divisive()
    assert [size.value for size in parts.sizes] == sorted((size.value for size in parts.sizes), reverse=True)
    assert np.allclose(parts.probability.sum(axis=1), 1, atol=1e-5)
    for size, true in zip(parts.sizes, sorted(sizes, reverse=True), strict=True):
        assert size.low < true / sum(sizes) < size.high


def test_fewer_than_fifty_people_are_never_groups() -> None:
    opinion = analyse(groups(40, 80, (0.5, 0.5), apart=3.0).votes, honesty=QUICK)
    assert opinion.verdict.kind is not VerdictKind.GROUPS
    assert Reason.FEW_PEOPLE in opinion.verdict.reasons
    assert "minder dan vijftig" in opinion.verdict.sentence("nl")


def test_the_guards_hold_whatever_the_contest_says() -> None:
    assert kind_of(CLEAR, 0.025, people=200)[0] is VerdictKind.GROUPS
    capped = kind_of(replace(CLEAR, capped=True), 0.025, people=200)
    assert capped[0] is VerdictKind.UNDETERMINED
    assert Reason.MOST_GROUPS_ALLOWED in capped[1]
    assert kind_of(CLEAR, 0.2, people=200) == (VerdictKind.UNDETERMINED, (Reason.NOT_CONFIRMED,))
    assert kind_of(CLEAR, 0.025, people=49)[0] is VerdictKind.UNDETERMINED
    assert kind_of(replace(CLEAR, z_difference=1.0), 0.025, people=200)[0] is VerdictKind.UNDETERMINED
    nothing = replace(CLEAR, z_groups=1.0, z_map=1.0)
    assert kind_of(nothing, 0.3, people=200) == (VerdictKind.NONE, (Reason.NOTHING_PREDICTS,))
    assert kind_of(nothing, 0.025, people=200) == (VerdictKind.UNDETERMINED, (Reason.HANGS_TOGETHER,))


def test_none_needs_the_power_to_have_seen_something() -> None:
    blind = Power(equal=0.1, uneven=0.0, any_structure=0.5, repetitions=10, at_least=False)
    seeing = replace(blind, equal=0.8, any_structure=0.9)
    found = (VerdictKind.NONE, (Reason.NOTHING_PREDICTS,))
    assert decided(*found, blind, people=100)[0] is VerdictKind.UNDETERMINED
    assert decided(*found, seeing, people=100)[0] is VerdictKind.NONE
    assert decided(*found, None, people=40)[0] is VerdictKind.UNDETERMINED


def test_power_is_simulated_and_said() -> None:
    verdict = analyse(noisy(54, 12).votes, honesty=Honesty.FULL).verdict
    assert verdict.power is not None
    assert 0 <= verdict.power.uneven <= verdict.power.any_structure <= 1
    assert "van de 10 gevallen" in verdict.sentence(
        "nl"
    ) or "met deze gegevens niet gezien" in verdict.sentence("nl")
    power = Power(equal=0.8, uneven=0.3, any_structure=1.0, repetitions=10, at_least=False)
    none = Verdict(VerdictKind.NONE, (Reason.NOTHING_PREDICTS,), None, power)
    assert "hadden we in 8 van de 10 gevallen gezien" in none.sentence("nl")
    assert "in 8 out of 10 cases" in none.sentence("en")


def test_without_tests_nothing_is_claimed() -> None:
    opinion = analyse(groups(100, 30, (0.5, 0.5)).votes, honesty=Honesty.OFF)
    assert opinion.verdict == Verdict(VerdictKind.UNDETERMINED, (Reason.NOT_TESTED,))
    assert opinion.groups is None
    assert opinion.map is not None


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", VerdictKind)
@pytest.mark.parametrize("reason", Reason)
def test_every_verdict_has_a_sentence(language: str, kind: VerdictKind, reason: Reason) -> None:
    said = Verdict(kind, (reason,)).sentence(language)
    assert said.endswith(".")
    assert "{" not in said


def test_another_language_is_a_named_error() -> None:
    with pytest.raises(BadInput, match="taal"):
        Verdict(VerdictKind.NONE, ()).sentence("xx")


@pytest.mark.parametrize(
    "made", [spectrum(70, 24), groups(90, 24, (0.6, 0.4), apart=1.6)], ids=["spectrum", "groups"]
)
def test_order_and_ids_change_nothing(made: object) -> None:
    votes: Votes = made.votes  # type: ignore[attr-defined]
    rng = np.random.default_rng(5)
    moved = votes.reordered(rng.permutation(votes.shape[0]), rng.permutation(votes.shape[1]))
    renamed = replace(
        moved,
        participants=tuple(f"p{one}" for one in moved.participants),
        statements=tuple((one, "s") for one in moved.statements),
    )
    one, other = (analyse(each, honesty=QUICK, seed=3) for each in (votes, renamed))
    assert one.verdict == other.verdict
    if one.groups is not None and other.groups is not None:
        label = dict(zip(renamed.participants, other.groups.label.tolist(), strict=True))
        assert [label[f"p{person}"] for person in votes.participants] == one.groups.label.tolist()


def test_turning_agree_and_disagree_round_keeps_the_verdict() -> None:
    votes = spectrum(80, 30, seed=2).votes
    turned = Votes(votes.participants, votes.statements, votes.starts, votes.columns, -votes.values)
    assert analyse(turned, honesty=QUICK).verdict.kind is analyse(votes, honesty=QUICK).verdict.kind
