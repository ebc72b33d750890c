"""A lottery as it is published: a thousand numbered panels, everybody's chance, and why it cannot be fairer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from weerklank.allocation.refusals import because

__all__ = ["MILLION", "NUMBER", "Certificate", "Chance", "CutPrice", "Lottery", "LotteryAudit", "QuotaPrice"]

#: Panels in a lottery: three digits, 000 to 999.
NUMBER = 1000
#: Chances are whole millionths.
MILLION = 10**6


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely somebody is to be drawn. ``fair``: in millionths, before rounding; ``panels``: the panels they are in,
    so that in the published list the chance is exactly ``panels`` in a thousand."""

    candidate: str
    fair: int
    panels: int


@dataclass(frozen=True, slots=True)
class QuotaPrice:
    """The price of a quota: positive for its upper limit, negative for its lower."""

    feature: str
    value: str
    price: int


@dataclass(frozen=True, slots=True)
class CutPrice:
    """A rule that follows from people being whole: no panel's ``weights``, summed, come above ``most``."""

    weights: tuple[tuple[str, int], ...]
    most: int
    price: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """Why nobody's lowest chance could be higher, as prices: adding them up is all that a doubter has to do.

    Everybody carries the sum of the price of a seat, of their quotas and of their home. A whole panel can never carry more
    than the limits times their prices; so the person with the lowest chance has at most that, divided by what everybody
    carries together (weak duality of linear programs). Prices are whole numbers; their unit does not matter.

    :param homes: per home with a price the first id that lives there; the address itself is not published.
    :param bound: the highest lowest chance that any lottery can have, in millionths, rounded up.
    """

    bound: int
    seat: int
    quotas: tuple[QuotaPrice, ...]
    homes: tuple[tuple[str, int], ...]
    cuts: tuple[CutPrice, ...]


@dataclass(frozen=True, slots=True)
class LotteryAudit:
    """Enough to repeat the lottery: the question, the seed, how long was searched, and by which version."""

    question: str
    seed: int
    effort: str
    rounds: int
    version: str


@dataclass(frozen=True, slots=True)
class Lottery:
    """A thousand panels that each keep every quota. Publish it before three digits are drawn in public.

    ``panels[417]`` sits when 4, 1 and 7 are drawn. ``chances`` stand in the order of ids.
    """

    size: int
    panels: tuple[tuple[str, ...], ...]
    chances: tuple[Chance, ...]
    certificate: Certificate
    audit: LotteryAudit

    @property
    def lowest(self) -> int:
        """The lowest chance before rounding, in millionths."""
        return min(chance.fair for chance in self.chances)

    @property
    def proven(self) -> bool:
        """No lottery within the quotas gives the person with the lowest chance more (but for two millionths)."""
        return self.lowest + 2 >= self.certificate.bound

    @property
    def rounding(self) -> int:
        """How far anybody's published chance is from the fair one, at most, in millionths."""
        return max(abs(chance.panels * MILLION // NUMBER - chance.fair) for chance in self.chances)

    def drawn(self, number: int) -> tuple[str, ...]:
        """Who sits when ``number`` (0 to 999) is drawn."""
        if not 0 <= number < len(self.panels):
            raise because.bad_input("panel-number", number=number)
        return self.panels[number]

    def as_json(self) -> str:
        """Canonical JSON: equal lotteries give equal bytes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Lottery:
        """The lottery that :meth:`as_json` wrote; ``BadInput`` for anything else. Use ``check_lottery`` after reading."""
        try:
            return _read(json.loads(text))
        except (ValueError, KeyError, TypeError) as error:
            raise because.bad_input("no-lottery") from error


def _read(data: Mapping[str, Any]) -> Lottery:
    prices = data["certificate"]
    return Lottery(
        size=data["size"],
        panels=tuple(tuple(panel) for panel in data["panels"]),
        chances=tuple(Chance(**chance) for chance in data["chances"]),
        certificate=Certificate(
            bound=prices["bound"],
            seat=prices["seat"],
            quotas=tuple(QuotaPrice(**price) for price in prices["quotas"]),
            homes=tuple((first, price) for first, price in prices["homes"]),
            cuts=tuple(
                CutPrice(tuple((who, weight) for who, weight in cut["weights"]), cut["most"], cut["price"])
                for cut in prices["cuts"]
            ),
        ),
        audit=LotteryAudit(**data["audit"]),
    )
