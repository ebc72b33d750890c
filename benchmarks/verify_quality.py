"""How many planted falsehoods `verify` catches, and how many true sentences it refuses, beside two simpler checks.

Peers in the same run, on the same sentences:

* share of words: at least 70 % of the words of a sentence occur in what it cites (how Talk to the City scores a quote, offline)
* containment: the whole sentence stands literally in what it cites

The gathering, its true sentences and the planting are those of the tests (`tests/library/falsehoods.py`): invented and hand-written.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "library"))

from falsehoods import Kind, Planted, contributions, planted_in, sentences

from weerklank.synthesis.wording import Sentence, Verifier

SAID = {one.id: one for one in contributions()}
WORDS = re.compile(r"\w+")
_ENOUGH_WORDS = 0.7


def cited(sentence: Sentence, allowed: frozenset[str]) -> str | None:
    """What a sentence cites, or None when it cites nothing or what is not there."""
    if not sentence.sources or any(id_ not in allowed for id_ in sentence.sources):
        return None
    return " ".join(SAID[id_].text.lower() for id_ in sentence.sources)


def share_of_words(sentence: Sentence, allowed: frozenset[str]) -> bool:
    """At least seven in ten words occur in the cited text."""
    text = cited(sentence, allowed)
    words = WORDS.findall(sentence.text.lower())
    return text is not None and sum(word in WORDS.findall(text) for word in words) >= _ENOUGH_WORDS * len(
        words
    )


def containment(sentence: Sentence, allowed: frozenset[str]) -> bool:
    """The sentence stands there, but for case and its end mark."""
    text = cited(sentence, allowed)
    return text is not None and sentence.text.lower().rstrip(".") in text


def main() -> None:
    """Print two tables: true sentences refused, and falsehoods caught."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5, help="how often to plant, each with its own seed")
    runs: int = parser.parse_args().runs
    verifier = Verifier(SAID.values())
    checks: dict[str, Callable[[Sentence, frozenset[str]], bool]] = {
        "verify": lambda sentence, allowed: verifier.judge(sentence, allowed).ok,
        "70 % of words": share_of_words,
        "containment": containment,
    }
    everything = frozenset(SAID)
    written = sentences()
    print(f"| true sentences refused | number | {' | '.join(checks)} |\n|---|---:|{'---:|' * len(checks)}")
    for kind in dict.fromkeys(one.kind for one in written):
        those = [one.sentence for one in written if one.kind == kind]
        shares = (sum(not check(one, everything) for one in those) / len(those) for check in checks.values())
        print(f"| {kind} | {len(those)} | {' | '.join(f'{share:.1%}' for share in shares)} |")
    # Planted only in what verify lets through: a false alarm is no catch.
    sound = [one for one in written if checks["verify"](one.sentence, everything)]
    planted: list[Planted] = []
    for seed in range(runs):
        rng = random.Random(seed)
        planted += [false for one in sound for false in planted_in(one, SAID, rng)]
    total = Counter(false.kind for false in planted)
    caught = {
        name: Counter(false.kind for false in planted if not check(false.sentence, false.allowed))
        for name, check in checks.items()
    }
    print(f"\n| falsehoods caught | number | {' | '.join(checks)} |\n|---|---:|{'---:|' * len(checks)}")
    for kind in Kind:
        print(
            f"| {kind} | {total[kind]} | {' | '.join(f'{caught[name][kind] / total[kind]:.1%}' for name in checks)} |"
        )
    shares = (caught[name].total() / total.total() for name in checks)
    print(f"| **all** | {total.total()} | {' | '.join(f'**{share:.1%}**' for share in shares)} |")


if __name__ == "__main__":
    main()
