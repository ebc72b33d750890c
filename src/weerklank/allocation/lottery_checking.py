"""The independent checker of a lottery: counts and adds up from the published file, with whole numbers and fractions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from weerklank.allocation.lottery import MILLION, NUMBER, Certificate, Lottery
from weerklank.allocation.pool import Candidate, PanelRules, Quota, fingerprint
from weerklank.allocation.refusals import because
from weerklank.errors import Phrase, WeerklankError

__all__ = ["BrokenLottery", "bound_of", "check_lottery"]


class BrokenLottery(WeerklankError):
    """The lottery breaks a quota or says something about itself that is not so; ``faults`` names each."""

    code = "broken-lottery"

    def __init__(self, faults: tuple[Phrase, ...]) -> None:
        self.faults = faults
        super().__init__(self.told("nl"))

    def told(self, language: str) -> str:
        """All faults, in ``language``."""
        return " ".join(fault.text(language) for fault in self.faults)


def check_lottery(lottery: Lottery, pool: Sequence[Candidate], quotas: Sequence[Quota], k: int) -> None:
    """Refuse a lottery that is not one of this pool: panels, homes, counts, proof and question are looked at again.

    Needs nothing but the file and the pool, unless the proof rests on cuts: those are proven by an integer program, which is
    run again (``weerklank[exact]``).

    :raises BrokenLottery: ``faults`` names everything that does not hold.
    """
    people = {one.id for one in pool}
    rules = PanelRules(pool, quotas, k)
    faults = []
    if lottery.size != k or len(lottery.panels) != NUMBER:
        faults.append(because("lottery-size", panels=len(lottery.panels), size=lottery.size, asked=k))
    for number, panel in enumerate(lottery.panels):
        if unknown := [who for who in panel if who not in people]:
            faults.append(because("lottery-stranger", number=f"{number:03}", name=unknown[0]))
        elif (broken := rules.broken(panel)) is not None:
            faults.append(because("lottery-panel", number=f"{number:03}", rule=broken))
    counted = Counter(who for panel in lottery.panels for who in panel)
    if [chance.candidate for chance in lottery.chances] != sorted(people):
        faults.append(because("lottery-people"))
    faults.extend(
        because("lottery-count", name=chance.candidate, there=counted[chance.candidate], said=chance.panels)
        for chance in lottery.chances
        if counted[chance.candidate] != chance.panels
    )
    if lottery.audit.question != fingerprint(pool, quotas, k):
        faults.append(because("lottery-question"))
    else:
        faults.extend(_proof_faults(lottery, pool, quotas, k))
    if faults:
        raise BrokenLottery(tuple(faults))


def _proof_faults(
    lottery: Lottery, pool: Sequence[Candidate], quotas: Sequence[Quota], k: int
) -> list[Phrase]:
    certificate = lottery.certificate
    faults = []
    if any(price < 0 for _, price in certificate.homes) or any(cut.price < 0 for cut in certificate.cuts):
        faults.append(because("lottery-prices"))
    bound = ceil(bound_of(certificate, pool, quotas, k) * MILLION)
    if bound != certificate.bound:
        faults.append(because("lottery-bound", said=certificate.bound, there=bound))
    if certificate.cuts:
        from weerklank.allocation.panel_cuts import most_of

        faults.extend(
            because("lottery-cut", said=cut.most)
            for cut in certificate.cuts
            if most_of(dict(cut.weights), pool, quotas, k) > cut.most
        )
    return faults


def bound_of(
    certificate: Certificate, pool: Sequence[Candidate], quotas: Sequence[Quota], k: int
) -> Fraction:
    """The highest that the lowest chance can be, by the prices of ``certificate``: true for any prices whatever.

    With c the sum of somebody's prices and p their chance: the sum of c·p is at most the limits times their prices. Whoever has
    a negative c is left out at the cost of their whole c, because p is at most 1; the others each have at least the
    lowest chance.
    """
    price = {(one.feature, one.value): one.price for one in certificate.quotas}
    total = certificate.seat * k
    for quota in quotas:
        paid = price.get((quota.feature, quota.value), 0)
        total += paid * (quota.high if paid > 0 else quota.low)
    carries = {
        one.id: certificate.seat
        + sum(price.get((quota.feature, quota.value), 0) for quota in quotas if quota.holds(one))
        for one in pool
    }
    lives = {one.id: one.address for one in pool}
    for first, paid in certificate.homes:
        total += paid
        for who, address in lives.items():
            if who == first or (address is not None and address == lives[first]):
                carries[who] += paid
    for cut in certificate.cuts:
        total += cut.price * cut.most
        for who, weight in cut.weights:
            carries[who] += cut.price * weight
    total += sum(-carried for carried in carries.values() if carried < 0)
    shared = sum(carried for carried in carries.values() if carried > 0)
    return min(Fraction(1), Fraction(total, shared)) if shared else Fraction(1)
