"""Does a worded sentence follow from the contributions it names? Decided by rule, the same every time.

Checks in the order of the research (§5.5): citation, quotes, numbers, sweeping words, names, support, a better source,
negation, direction. There is no entailment check: reversed roles ("A trusts B" for "B trusts A") pass.
See ``docs/methods/evidence.md``.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import copy

from weerklank.evidence import Contribution
from weerklank.evidence.claims import loosely, quoted_in
from weerklank.synthesis.wording.claiming import Clause, Sweep, listener_for
from weerklank.synthesis.wording.opposing import (
    opposed_by,
    reversed_by,
    share_a_part,
    speaks_of,
    turns_in,
)
from weerklank.synthesis.wording.refusals import because
from weerklank.synthesis.wording.verdicts import Doubt, Facts, Finding, Sentence, Similar, Verdict
from weerklank.synthesis.words import tokens_of

__all__ = ["Verifier", "verify"]

_LEAST_SUPPORT = 0.5
_LEAST_OF_CLAUSE = 1 / 3
_CLAUSE_TO_JUDGE = 3
_CLEARLY_BETTER = 0.25
_NEAREST = 0.65
_PART = 4
_PART_COUNTS = 0.8
_FORM_COUNTS = 0.5
_SYNONYM = 0.5
_SYNONYM_COUNTS = 0.6
_ELIDED = re.compile(r"\[\s*(?:\.\.\.|…)\s*\]|\(\s*(?:\.\.\.|…)\s*\)")
_MARKS = re.compile(r"[“”„\"«»]")


class Verifier:
    """Reads the contributions once and judges any number of sentences about them.

    :param similar: likeness of two words in [0, 1]; from 0.5 a word counts for 0.6 as support. None: no synonyms.
    """

    def __init__(
        self,
        contributions: Iterable[Contribution],
        *,
        facts: Facts | None = None,
        language: str = "nl",
        similar: Similar | None = None,
    ) -> None:
        self._listener = listener_for(language)
        self._said = {one.id: one for one in contributions}
        self._facts = facts or Facts()
        self._similar = similar
        self._keys = {one.id: frozenset(self._listener.keys_of(one.text)) for one in self._said.values()}
        self._holding: dict[str, set[str]] = defaultdict(set)
        for id_, keys in self._keys.items():
            for key in keys:
                self._holding[key].add(id_)
        known = Counter({key: len(ids) for key, ids in self._holding.items()})
        self._weight = {key: math.log(1 + len(self._said) / count) for key, count in known.items()}
        often = Counter(
            form for one in self._said.values() for form in {token.form for token in tokens_of(one.text)}
        )
        self._form_weight = {form: math.log(1 + len(self._said) / count) for form, count in often.items()}
        self._clauses: dict[str, tuple[Clause, ...]] = {}

    def with_facts(self, facts: Facts) -> Verifier:
        """The same reading of the contributions, with other counts and names."""
        other = copy(self)
        other._facts = facts
        return other

    def judge(self, sentence: Sentence, allowed: Collection[str] | None = None) -> Verdict:
        """The verdict on one sentence; ``allowed`` is the scope it may cite from (None: everything)."""
        found = list(self._citation(sentence, allowed))
        if found:
            return Verdict(tuple(found))
        cited = self._with_context(sentence.sources)
        return Verdict(tuple(self._findings(sentence, cited)))

    def numbers_unsaid(self, sentence: Sentence) -> tuple[Finding, ...]:
        """Numbers of a sentence that are not in what it cites, whatever was counted."""
        cited = self._with_context(id_ for id_ in sentence.sources if id_ in self._said)
        known = {number for one in cited for number in self._listener.numbers_of(one.text)}
        return tuple(
            self._finding(Doubt.NUMBER, sentence, words=written)
            for number, written in self._listener.numbers_of(sentence.text).items()
            if number not in known
        )

    def _finding(self, doubt: Doubt, sentence: Sentence, /, **values: object) -> Finding:
        why = because(doubt.value, **values)
        return Finding(doubt, sentence.text, why)

    def _citation(self, sentence: Sentence, allowed: Collection[str] | None) -> Iterator[Finding]:
        if not sentence.text.strip():
            yield self._finding(Doubt.EMPTY, sentence)
        elif not sentence.sources:
            yield self._finding(Doubt.NO_CITATION, sentence)
        scope = self._said if allowed is None else allowed
        strange = [id_ for id_ in sentence.sources if id_ not in self._said or id_ not in scope]
        if strange:
            yield self._finding(Doubt.UNKNOWN_CITATION, sentence, ids=", ".join(strange))

    def _with_context(self, sources: Iterable[str]) -> list[Contribution]:
        """The cited contributions, each with the lead-in that it completes."""
        cited = [self._said[id_] for id_ in dict.fromkeys(sources)]
        leads = (one.context for one in cited if one.context in self._said)
        return [*cited, *(self._said[id_] for id_ in dict.fromkeys(leads) if id_ is not None)]

    def _findings(self, sentence: Sentence, cited: list[Contribution]) -> Iterator[Finding]:
        yield from self._quotes(sentence, cited)
        yield from self._numbers(sentence, cited)
        yield from self._sweeping(sentence, cited)
        yield from self._names(sentence, cited)
        yield from self._support(sentence, cited)
        yield from self._meaning(sentence, cited)

    def _quotes(self, sentence: Sentence, cited: list[Contribution]) -> Iterator[Finding]:
        if len(_MARKS.findall(sentence.text)) % 2:
            yield self._finding(Doubt.QUOTE_OPEN, sentence)
        said = [_bare(one.text) for one in cited]
        for span in quoted_in(sentence.text):
            if _ELIDED.search(span):
                yield self._finding(Doubt.QUOTE_ELIDED, sentence, words=span)
            elif not any(f" {_bare(span)} " in f" {text} " for text in said):
                yield self._finding(Doubt.QUOTE_INVENTED, sentence, words=span)

    def _numbers(self, sentence: Sentence, cited: list[Contribution]) -> Iterator[Finding]:
        known = {number for one in cited for number in self._listener.numbers_of(one.text)}
        known |= {str(count) for count in self._facts.counts.values() if count is not None}
        for number, written in self._listener.numbers_of(sentence.text).items():
            if number not in known:
                yield self._finding(Doubt.NUMBER, sentence, words=written)

    def _sweeping(self, sentence: Sentence, cited: list[Contribution]) -> Iterator[Finding]:
        said = {sweep.words for one in cited for sweep in self._listener.sweeps_in(one.text)}
        for sweep in self._listener.sweeps_in(sentence.text):
            if sweep.words not in said and not self._carried(sweep, sentence, cited):
                yield self._finding(Doubt.SWEEPING, sentence, words=sweep.words)

    def _carried(self, sweep: Sweep, sentence: Sentence, cited: list[Contribution]) -> bool:
        """Of rooms it can be counted; of people never: nobody was asked one by one."""
        rooms = self._listener.about_rooms(sentence.text, sweep.words)
        here, everywhere = _places(cited), _places(self._said.values())
        match sweep.how:
            case "all":
                return rooms and here == everywhere
            case "most":
                return rooms and 2 * len(here) > len(everywhere)
            case _:
                return False

    def _names(self, sentence: Sentence, cited: list[Contribution]) -> Iterator[Finding]:
        known = {token.form for one in cited for token in tokens_of(one.text)}
        known |= {token.form for name in self._facts.names for token in tokens_of(name)}
        keys = self._keys_of(cited)
        for name in self._listener.names_in(sentence.text):
            parts = {form for form in re.split(r"-", name.casefold()) if form}
            if (
                name.casefold() not in known
                and not parts <= known
                and not self._compound(name.casefold(), keys)
            ):
                yield self._finding(Doubt.NAME, sentence, words=name)

    def _compound(self, form: str, keys: frozenset[str]) -> bool:
        return any(len(key) >= _PART and (form.startswith(key) or form.endswith(key)) for key in keys)

    def _keys_of(self, cited: Iterable[Contribution]) -> frozenset[str]:
        return frozenset().union(*(self._keys[one.id] for one in cited))

    def _support(self, sentence: Sentence, cited: list[Contribution]) -> Iterator[Finding]:
        said, forms = self._keys_of(cited), self._listener.keys_of(sentence.text)
        said |= frozenset().union(*(clause.forms for one in cited for clause in self._clauses_of(one)))
        framing = self._listener.framing(sentence.text)
        support = {
            key: self._supported(key, forms[key], said) for key in forms if key in said or key not in framing
        }
        missing = [forms[key] for key, share in support.items() if share == 0]
        thin = support and sum(support.values()) < _LEAST_SUPPORT * len(support)
        if thin or any(self._adrift(clause, support) for clause in self._listener.clauses_of(sentence.text)):
            yield self._finding(Doubt.UNSUPPORTED, sentence, words=", ".join(missing))
            return
        here = self._share(forms, said)
        better = self._better(forms, {one.id for one in cited}, here)
        if better is not None:
            yield self._finding(Doubt.BETTER_SOURCE, sentence, ids=better)

    def _adrift(self, clause: Clause, support: Mapping[str, float]) -> bool:
        """A clause with something to say, of which hardly anything was said."""
        judged = [support[key] for key in clause.keys if key in support]
        return len(judged) >= _CLAUSE_TO_JUDGE and sum(judged) < _LEAST_OF_CLAUSE * len(judged)

    def _supported(self, key: str, form: str, said: frozenset[str]) -> float:
        if key in said:
            return 1.0
        if any(share_a_part(key, other) for other in said):
            return _PART_COUNTS
        if self._similar is not None and any(self._similar(form, other) >= _SYNONYM for other in said):
            return _SYNONYM_COUNTS
        return 0.0

    def _share(self, keys: Iterable[str], said: Collection[str]) -> float:
        """How much of what a sentence is about was said there; rare words weigh more."""
        weights = {key: self._weight.get(key, math.log(1 + len(self._said))) for key in keys}
        return sum(weights[key] for key in weights if key in said) / (sum(weights.values()) or 1.0)

    def _better(self, keys: Iterable[str], cited: Collection[str], here: float) -> str | None:
        every = list(keys)
        others = {id_ for key in every for id_ in self._holding.get(key, ())} - set(cited)
        ranked = sorted(((self._share(every, self._keys[id_]), id_) for id_ in others), reverse=True)
        if ranked and ranked[0][0] >= max(here + _CLEARLY_BETTER, _LEAST_SUPPORT):
            return ranked[0][1]
        return None

    def _meaning(self, sentence: Sentence, cited: list[Contribution]) -> Iterator[Finding]:
        there = tuple(clause for one in cited for clause in self._clauses_of(one))
        here = self._listener.clauses_of(sentence.text)
        pairs = [(clause, self._nearest(clause, there)) for clause in here]
        reversals = [
            (clause, other)
            for clause, near in pairs
            if (other := reversed_by(clause, near, self._covering(clause, near, there), here, there))
        ]
        # People move a "not" from one clause to another; that nothing was put in or left out then shows in the sum.
        if reversals and not self._adds_up(here, there):
            clause, other = reversals[0]
            yield self._finding(Doubt.NEGATION, sentence, words=clause.text, source=other.text)
        for clause, near in pairs:
            if near and (against := opposed_by(clause, near, there)):
                yield self._finding(Doubt.DIRECTION, sentence, words=clause.text, source=against.text)
            elif near and self._brought_in(clause, there):
                yield self._finding(Doubt.COMPARISON, sentence, words=clause.text)

    def _brought_in(self, clause: Clause, there: tuple[Clause, ...]) -> bool:
        """It compares ("meer", "beter", "stijgt") where the sources compare nothing of the kind."""
        named = {pair for other in there for pair, _ in other.signs}
        return any(pair < self._listener.comparisons and pair not in named for pair, _ in clause.signs)

    def _adds_up(self, here: tuple[Clause, ...], there: tuple[Clause, ...]) -> bool:
        """As many turns in the sentence as in the clauses of the sources that it touches, but for pairs."""
        spoken = tuple(other for other in there if self._touched(other, here))
        sides = (
            {side for clause in spoken for side in clause.stands},
            {s for clause in here for s in clause.stands},
        )
        ours, theirs = turns_in(here, alone=not sides[0]), turns_in(spoken, alone=not sides[1])
        return ours % 2 == theirs % 2

    def _touched(self, other: Clause, here: tuple[Clause, ...]) -> bool:
        """The sentence speaks of it: of half of what it is about, or in its own words."""
        if other.keys:
            spoken = sum(any(speaks_of(key, clause) for clause in here) for key in other.keys)
            return 2 * spoken >= len(other.keys)
        shared = other.forms & frozenset().union(*(clause.forms | clause.keys for clause in here))
        return any(self._form_weight.get(form, 1.0) > 0 for form in shared)

    def _clauses_of(self, one: Contribution) -> tuple[Clause, ...]:
        if one.id not in self._clauses:
            self._clauses[one.id] = self._listener.clauses_of(one.text)
        return self._clauses[one.id]

    def _nearest(self, clause: Clause, there: tuple[Clause, ...]) -> list[Clause]:
        """The clauses that speak of the same, nearest first."""
        near = [(self._overlap(clause, other), place) for place, other in enumerate(there)]
        best = max((overlap for overlap, _ in near), default=0.0)
        if best == 0:
            return []
        near.sort(key=lambda each: (-each[0], each[1]))
        return [there[place] for overlap, place in near if overlap >= _NEAREST * best]

    def _covering(
        self, clause: Clause, nearest: list[Clause], there: tuple[Clause, ...]
    ) -> tuple[Clause, ...]:
        """The nearest clause and those that hold what it lacks of this one: people make one clause of two."""
        covering = list(nearest[:1])
        left = {key for key in clause.keys if not any(speaks_of(key, other) for other in covering)}
        for other in sorted(there, key=lambda each: -self._overlap(clause, each)):
            held = {key for key in left if speaks_of(key, other)}
            if held and other not in covering:
                covering.append(other)
                left -= held
        return tuple(covering)

    def _overlap(self, clause: Clause, other: Clause) -> float:
        return math.fsum(
            self._weight.get(key, 1.0) * (1.0 if key in other.keys else _PART_COUNTS)
            for key in clause.keys
            if key in other.keys or key in other.forms or any(share_a_part(key, each) for each in other.keys)
        ) + _FORM_COUNTS * math.fsum(self._form_weight.get(form, 0.0) for form in clause.forms & other.forms)


def _places(said: Iterable[Contribution]) -> set[tuple[bool, str]]:
    return {(one.room is not None, one.room if one.room is not None else one.theme) for one in said}


def _bare(text: str) -> str:
    """The words in small letters, without punctuation: what a quote is compared by."""
    return " ".join(re.findall(r"\w+", loosely(text).casefold()))


def verify(
    sentence: Sentence,
    allowed_ids: Collection[str],
    contributions: Iterable[Contribution],
    facts: Facts | None = None,
    *,
    language: str = "nl",
    similar: Similar | None = None,
) -> Verdict:
    """Whether one sentence follows from what it cites. For many sentences make a :class:`Verifier` once."""
    return Verifier(contributions, facts=facts, language=language, similar=similar).judge(
        sentence, allowed_ids
    )
