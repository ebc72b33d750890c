"""A team that complements itself: who is asked, and what the team covers together (P7, P13).

Nothing in here says what one person is worth, on purpose: there is no order of people, only of whole teams.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256

from weerklank.allocation.lots_wording import lots_in_words
from weerklank.allocation.refusals import because
from weerklank.errors import BadInput, NoSolution, Phrase

__all__ = [
    "ENOUGH",
    "EVEN",
    "SHOWN_FROM",
    "Colleague",
    "NoTeam",
    "Role",
    "Shares",
    "Team",
    "TeamAudit",
    "TeamCover",
    "TeamPolicy",
    "TeamTerm",
    "Want",
    "question_print",
]

#: Nine tenths of what is asked of a role is enough.
ENOUGH = (9, 10)
#: A team of fewer people is composed, but what it covers is not shown: that would be about somebody (P7).
SHOWN_FROM = 5


class Role(StrEnum):
    """The three roles that everybody has a share of."""

    BUREAUCRAT = "bureaucrat"
    ENTREPRENEUR = "entrepreneur"
    CONNECTOR = "connector"


@dataclass(frozen=True, slots=True)
class Shares:
    """A mix of the three roles, in thousandths that sum to a thousand."""

    bureaucrat: int
    entrepreneur: int
    connector: int

    def __post_init__(self) -> None:
        if min(self.all) < 0 or sum(self.all) != 1000:
            raise because.bad_input("shares", shares=" / ".join(map(str, self.all)))

    @property
    def all(self) -> tuple[int, int, int]:
        """The shares in the order of :class:`Role`."""
        return (self.bureaucrat, self.entrepreneur, self.connector)


EVEN = Shares(333, 333, 334)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who can be asked. None for an organisation or layer means unknown, and equals nobody else's."""

    id: str
    shares: Shares
    organisation: str | None = None
    layer: str | None = None


@dataclass(frozen=True, slots=True)
class TeamPolicy:
    """What weighs how much, as whole numbers.

    :param cover: per thousandth of a person that the team has of a role, up to nine tenths of what the task asks: more
        is not better, and the last bit is not worth a less varied team.
    :param difference: per thousandth by which the mixes of two members differ, for every two.
    :param organisation: per two members of different organisations; ``layer``: of different layers of government.
    """

    cover: int = 3
    difference: int = 1
    organisation: int = 200
    layer: int = 100

    def __post_init__(self) -> None:
        if min(self.cover, self.difference, self.organisation, self.layer) < 0:
            raise BadInput(because("team-weights"))


class Want(StrEnum):
    """How a team stands to what the task asks of a role."""

    ENOUGH = "enough"
    THIN = "thin"
    SCARCE = "scarce"


@dataclass(frozen=True, slots=True)
class TeamCover:
    """What the team together has of a role beside what the task asks, in thousandths of the team."""

    role: Role
    asked: int
    there: int

    @property
    def want(self) -> Want:
        """Enough: nine tenths of what is asked or more; thin: half or more; else scarce."""
        if ENOUGH[1] * self.there >= ENOUGH[0] * self.asked:
            return Want.ENOUGH
        return Want.THIN if 2 * self.there >= self.asked else Want.SCARCE


@dataclass(frozen=True, slots=True)
class TeamTerm:
    """One good of the team: ``amount``, more is better, times ``weight``; ``most`` is what a team of this size can
    have at the very most."""

    name: str
    amount: int
    most: int
    weight: int


@dataclass(frozen=True, slots=True)
class TeamAudit:
    """Enough to compose the team again."""

    question: str
    seed: int
    effort: str
    version: str


@dataclass(frozen=True, slots=True)
class Team:
    """People who complement each other; ``members`` in the order of ids, which means nothing.

    :param covers: per role; ``covers`` and ``terms`` are () for a team of fewer than five: they would be about somebody.
    :param organisations: different organisations among the members; ``layers``: layers of government.
    :param score: the weighted sum of all terms, about the whole team; more is better.
    :param bound: no team that keeps the rules scores more.
    """

    members: tuple[str, ...]
    covers: tuple[TeamCover, ...]
    organisations: int
    layers: int
    terms: tuple[TeamTerm, ...]
    score: int
    bound: int
    audit: TeamAudit

    @property
    def gap(self) -> float:
        """How much better a team could be at most, as a part of ``bound``."""
        return (self.bound - self.score) / self.bound if self.bound else 0.0

    @property
    def proven(self) -> bool:
        """No team that keeps the rules is better."""
        return self.score >= self.bound

    def text(self, language: str = "nl") -> str:
        """What the team covers, in a few sentences."""

        def say(key: str, **values: object) -> str:
            return lots_in_words("team", key, language=language, **values)

        def about(cover: TeamCover) -> str:
            there, asked = round(cover.there / 10), round(cover.asked / 10)
            sentence = say(cover.want, role=say(cover.role), there=there, asked=asked)
            return sentence[0].upper() + sentence[1:]

        said = [say("mix", people=len(self.members), organisations=self.organisations, layers=self.layers)]
        if self.covers:
            said.extend(map(about, self.covers))
        else:
            said.append(say("small", least=SHOWN_FROM))
        # Rounded up: never less than it may be.
        percent = -(-1000 * (self.bound - self.score) // max(self.bound, 1)) / 10
        shown = f"{percent:.1f}".replace(".", say("decimal"))
        said.append(say("proven") if self.proven else say("gap", percent=shown))
        return " ".join(said)

    def as_json(self) -> str:
        """Canonical JSON: equal teams give equal bytes."""
        return json.dumps(
            {**asdict(self), "proven": self.proven},
            ensure_ascii=False,
            sort_keys=True,
            separators=(",", ":"),
        )


class NoTeam(NoSolution):
    """There is no team within the rules; ``why`` says which rule stands in the way."""

    def __init__(self, why: Phrase) -> None:
        self.why = why
        super().__init__(why)


def question_print(people: Sequence[Colleague], settings: Mapping[str, object]) -> str:
    """SHA-256 of the question in one canonical order."""
    rows = sorted([one.id, list(one.shares.all), one.organisation or "", one.layer or ""] for one in people)
    text = json.dumps([rows, settings], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
