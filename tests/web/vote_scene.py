"""A round of propositions with its cast: Anna and others may vote, Bram facilitates, Carla organises, Dirk decides, Esra looks on."""

from __future__ import annotations

import random
from importlib.resources import files
from uuid import UUID

from web.cast import Cast, _gathering, new_registration
from weerklank.formats import parse_format, shipped_format
from weerklank_web.dialogue.actions.vote import Ballot, ballot_of, cast_votes
from weerklank_web.dialogue.models import Proposition
from weerklank_web.formats.actions import take_format
from weerklank_web.gatherings.models import Gathering

__all__ = [
    "TEXTS",
    "ballot",
    "crowd_votes",
    "crowd_votes_in",
    "round_in",
    "round_of",
    "stand_at",
    "voters_in",
]

TEXTS = (
    "Elk loket kent het hele verhaal van een inwoner.",
    "Teams maken zelf hun rooster.",
    "Vergaderen kan in de helft van de tijd.",
    "Iedere brief past op één bladzijde.",
    "Leidinggevenden werken een dag per maand mee aan het loket.",
    "Thuiswerken is de gewone manier van werken.",
)


def round_of(cast: Cast) -> Cast:
    """The cast's gathering on «propositions-round», at its first vote, with six propositions."""
    gathering = cast.gathering
    gathering.format_version = take_format(shipped_format("propositions-round"))
    gathering.step = "before"
    gathering.save(update_fields=["format_version", "step"])
    Proposition.objects.bulk_create(
        Proposition(gathering=gathering, text=text, position=place) for place, text in enumerate(TEXTS)
    )
    return cast


def other_format(cast: Cast, *changes: tuple[str, str]) -> Cast:
    """The same round on a format that differs in these places; every change must fit exactly where it is meant."""
    source = (
        files("weerklank.formats").joinpath("library/propositions-round.toml").read_text(encoding="utf-8")
    )
    for before, after in changes:
        assert before in source, before
        source = source.replace(before, after)
    cast.gathering.format_version = take_format(parse_format(source, source="test"))
    cast.gathering.save(update_fields=["format_version"])
    return cast


def stand_at(cast: Cast, step: str) -> Gathering:
    """Put the gathering at this step, without the letters and hooks of a real move."""
    cast.gathering.step = step
    cast.gathering.save(update_fields=["step"])
    return cast.gathering


def ballot(cast: Cast, secret: str, *votes: tuple[UUID, int], step: str = "before") -> Ballot:
    """What the holder of this link would send."""
    return ballot_of(secret, gathering=cast.gathering.id, step=step, votes=votes)


def crowd_votes(cast: Cast, people: int, *, step: str = "before", seed: int = 1) -> list[str]:
    """So many new people vote along one line, with some noise; returns their secrets."""
    return crowd_votes_in(cast.gathering, people, step=step, seed=seed)


def crowd_votes_in(gathering: Gathering, people: int, *, step: str = "before", seed: int = 1) -> list[str]:
    """The same, in any gathering."""
    chance = random.Random(seed)
    items = list(gathering.propositions.values_list("id", flat=True))
    secrets, ballots = [], []
    for number in range(people):
        _person, secret = new_registration(gathering, f"Mens{number}s{seed}")
        stands = chance.gauss(0, 1)
        votes = []
        for place, item in enumerate(items):
            drawn = stands * (1.5 if place % 2 else -1.5) + chance.gauss(0.4, 1)
            votes.append((item, 1 if drawn > 0.3 else -1 if drawn < -0.3 else 0))
        secrets.append(secret)
        ballots.append(ballot_of(secret, gathering=gathering.id, step=step, votes=votes))
    assert cast_votes(ballots) == [None] * people
    return secrets


def round_in(slug: str, *, step: str = "prepare") -> Gathering:
    """A round without a cast, beside whatever else is in the store; for journeys."""
    gathering = _gathering(slug)
    gathering.title = "Wat vinden we ervan?"
    gathering.format_version = take_format(shipped_format("propositions-round"))
    gathering.step = step
    gathering.save()
    Proposition.objects.bulk_create(
        Proposition(gathering=gathering, text=text, position=place) for place, text in enumerate(TEXTS)
    )
    return gathering


def voters_in(gathering: Gathering, people: int) -> list[str]:
    """So many new people; their secrets."""
    return [new_registration(gathering, f"Kiezer{number}")[1] for number in range(people)]
