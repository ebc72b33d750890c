"""What a sentence claims, found by rule: its numbers, sweeping words, names, clauses, negations and directions.

The same sentence always gives the same claims. The lists stand in ``claims.toml``, per language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib import resources

from weerklank.evidence.claims import nouns_of_rooms, numbers_in
from weerklank.synthesis.wording.refusals import because
from weerklank.synthesis.words import Lexicon, Token, key_of, lexicon_for, tokens_of

__all__ = ["Clause", "Listener", "Sweep", "listener_for"]

_STOP = re.compile(r"[,;:.!?…()\n]+|\s[–—-]+\s")
_SENTENCE_START = re.compile(r"(?:^|[.!?…:]\s*|[“„\"«‘]\s*)$")
_OPPOSITE = {"for": "against", "against": "for"}
_SHORTEST_NAME = 2


@cache
def _data() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(resources.files(__package__).joinpath("claims.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Sweep:
    """A sweeping word and how far it sweeps: ``all``, ``most`` or ``few``."""

    how: str
    words: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of a sentence that says one thing.

    :param keys: what it is about: the key of each of its content words.
    :param negated: whether an odd number of negations turns it around.
    :param stands: ``for``, ``against``, or both, where somebody takes a stand.
    :param signs: per pair of opposites, which ends it names: ``(pair, end)``.
    :param lacks: keys of what there is said not to be ("zonder lift", "onveilig").
    :param wished: it is asked for rather than told.
    :param forms: all its words but negations, with verbs put together again ("werkt samen" → "samenwerkt").
    """

    text: str
    keys: frozenset[str]
    lacks: frozenset[str]
    wished: bool
    forms: frozenset[str]
    negated: bool
    stands: frozenset[str]
    signs: frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Listener:
    """Hears claims in one language."""

    language: str
    lexicon: Lexicon
    numbers: Mapping[str, str]
    counted: re.Pattern[str]
    sweeping: Mapping[str, tuple[str, ...]]
    negations: frozenset[str]
    prefix: str
    unless: frozenset[str]
    lacking: re.Pattern[str]
    wishes: frozenset[str]
    orders: frozenset[str]
    particles: frozenset[str]
    plain: frozenset[str]
    breaks: frozenset[str]
    stand: Mapping[str, re.Pattern[str]]
    signs: Mapping[str, tuple[tuple[int, int], ...]]
    comparisons: int
    no_longer: frozenset[str]

    def numbers_of(self, text: str) -> dict[str, str]:
        """Every number, in figures or words, in one canonical form, with how it was written."""
        found = {number: number for number in numbers_in(text)}
        for token in tokens_of(text):
            if (amount := self.numbers.get(token.form)) or (
                (match := self.counted.fullmatch(token.form)) and (amount := self.numbers.get(match[1]))
            ):
                found.setdefault(amount, token.form)
        if "%" in text:
            found.setdefault("%", "%")
        return found

    def sweeps_in(self, text: str) -> tuple[Sweep, ...]:
        """Sweeping words, the longest phrase first."""
        rest = f" {' '.join(token.form for token in tokens_of(text))} "
        found = []
        phrases = ((len(phrase), how, phrase) for how, every in self.sweeping.items() for phrase in every)
        for _, how, phrase in sorted(phrases, reverse=True):
            if f" {phrase} " in rest:
                found.append(Sweep(how, phrase))
                rest = rest.replace(f" {phrase} ", " · ")
        return tuple(found)

    def about_rooms(self, text: str, sweep: str) -> bool:
        """Whether this sweeping word is said of rooms ("alle groepen") and not of people or things."""
        said = " ".join(token.form for token in tokens_of(text))
        return bool(re.search(rf"\b{re.escape(sweep)}\s+(?:{'|'.join(nouns_of_rooms())})\b", said))

    def names_in(self, text: str) -> tuple[str, ...]:
        """Words with a capital where the grammar asks for none, and unknown ones at the start of a sentence."""
        found = []
        for token in tokens_of(text):
            written = text[token.start : token.end]
            if not written[0].isupper() or len(written) < _SHORTEST_NAME:
                continue
            if (
                not _SENTENCE_START.search(text[: token.start].rstrip(" "))
                or written[1:] != written[1:].lower()
                or not _known(token.form, self.language)
            ):
                found.append(written)
        return tuple(found)

    def keys_of(self, text: str) -> dict[str, str]:
        """What the text is about: the key of each content word, with the form it had."""
        return {
            key: token.form
            for token in tokens_of(text)
            if token.form not in self.particles and (key := self._key(token.form))
        }

    def framing(self, text: str) -> frozenset[str]:
        """Keys of words that every gathering uses ("groep", "deelnemer") or that only tell: they need no support."""
        return frozenset(key for key in self.keys_of(text) if key in self._frame)

    def clauses_of(self, text: str) -> tuple[Clause, ...]:
        """The clauses of a text, cut at punctuation and at words that begin another."""
        pieces: list[str] = []
        for piece in self._pieces(text):
            if not tokens_of(piece):
                continue
            # A lone "niet" behind a quote or a comma belongs to what stands before it.
            if pieces and all(token.form in self.negations for token in tokens_of(piece)):
                pieces[-1] += f" {piece}"
            else:
                pieces.append(piece)
        return tuple(self._clause(piece) for piece in pieces)

    def joined_in(self, text: str) -> frozenset[str]:
        """Keys of verbs that fell apart: "werkt … samen" is said of samenwerken."""
        forms = [token.form for token in tokens_of(text)]
        parts = self.particles.intersection(forms)
        return frozenset(
            key_of(part + form, self.lexicon)
            for part in parts
            for form in forms
            if form not in self.particles
        )

    @cached_property
    def _frame(self) -> frozenset[str]:
        return frozenset(key_of(form, self.lexicon) for form in (*self.lexicon.frame, *self.plain))

    def _pieces(self, text: str) -> Iterator[str]:
        for part in _STOP.split(text):
            at = 0
            for token in tokens_of(part):
                if token.form in self.breaks and token.start > at:
                    yield part[at : token.start]
                    at = token.end
            yield part[at:]

    def _clause(self, text: str) -> Clause:
        rest, lacks = self._lacks(text)
        tokens = tokens_of(text)
        turns = sum(token.form in self.negations for token in tokens_of(rest))
        stands = frozenset(side for side, pattern in self.stand.items() if pattern.search(text.casefold()))
        # "oneens" and "niet eens" hold "eens": the stand against is the longer one.
        if stands == {"for", "against"} and not re.search(
            self.stand["for"], _without(text, self.stand["against"])
        ):
            stands = frozenset({"against"})
        return Clause(
            text=text.strip(),
            keys=frozenset(key for token in tokens if (key := self._key(token.form))),
            lacks=lacks | self._denied(tokens),
            wished=tokens[0].form in self.orders or any(token.form in self.wishes for token in tokens),
            forms=frozenset(token.form for token in tokens if token.form not in self.negations)
            | self.joined_in(text),
            negated=turns % 2 == 1,
            stands=stands,
            signs=frozenset(sign for form in self._compared(tokens) for sign in self.signs.get(form, ())),
        )

    def _lacks(self, text: str) -> tuple[str, frozenset[str]]:
        """The text without its phrases of lack, and the keys of what is lacking."""
        found = []
        for match in self.lacking.finditer(text):
            after = (self._key(token.form) for token in tokens_of(text[match.end() :]))
            found.append(next((key for key in after if key and key not in self._frame), None))
        return self.lacking.sub(" ", text), frozenset(key for key in found if key)

    def _compared(self, tokens: tuple[Token, ...]) -> list[str]:
        """The forms, without the "meer" of "niet meer": that is no comparison."""
        forms = [token.form for token in tokens]
        denied = any(form in self.negations for form in forms)
        return [form for form in forms if not (denied and form in self.no_longer)]

    def _denied(self, tokens: tuple[Token, ...]) -> frozenset[str]:
        forms = (token.form for token in tokens)
        return frozenset(key for form in forms if self._positive(form) != form and (key := self._key(form)))

    def _positive(self, form: str) -> str:
        """A word without its negating prefix: veilig for onveilig."""
        rest = form.removeprefix(self.prefix)
        turned = len(rest) > 3 and form not in self.unless and _known(rest, self.language)
        return rest if turned else form

    def _key(self, form: str) -> str | None:
        lexicon = self.lexicon
        if len(form) < 3 or form in lexicon.stop or form in lexicon.light or form in self.numbers:
            return None
        key = key_of(self._positive(form), lexicon)
        return None if key in self._light else key

    @cached_property
    def _light(self) -> frozenset[str]:
        forms = (*self.lexicon.light, *self.lexicon.stop)
        return frozenset(key_of(form, self.lexicon) for form in forms) - {""}


def _without(text: str, pattern: re.Pattern[str]) -> str:
    return pattern.sub(" ", text.casefold())


@lru_cache(maxsize=50_000)
def _known(form: str, language: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(form, lang=language))


@cache
def listener_for(language: str) -> Listener:
    """The listener of ``language``; :class:`~weerklank.errors.BadInput` where there are no lists."""
    data = _data()
    if language not in data:
        raise because.bad_input("no-listener", language=language, known=", ".join(sorted(data)))
    table = data[language]
    numbers = _number_words(table)
    longest = sorted(numbers, key=lambda word: (-len(word), word))
    endings = "|".join(_words(table, "endings"))
    return Listener(
        language=language,
        lexicon=lexicon_for(language),
        numbers=numbers,
        counted=re.compile(rf"({'|'.join(map(re.escape, longest))})(?:{endings})" if endings else r"(?!)"),
        sweeping={how: _words(table, how) for how in ("all", "most", "few")},
        negations=frozenset(_words(table, "negations")),
        prefix=str(table["prefix"]),
        unless=frozenset(_words(table, "unless")),
        lacking=_phrases(_words(table, "lacking")),
        wishes=frozenset(_words(table, "wishes")),
        orders=frozenset(_words(table, "orders")),
        particles=frozenset(_words(table, "particles")),
        plain=frozenset(_words(table, "plain")),
        breaks=frozenset(_words(table, "breaks")),
        stand={side: re.compile(str(table[side])) for side in _OPPOSITE},
        signs=_signs([*_pairs(table, "comparisons"), *_pairs(table, "directions")]),
        no_longer=frozenset(_words(table, "no_longer")),
        comparisons=len(_pairs(table, "comparisons")),
    )


def _words(table: Mapping[str, object], name: str) -> tuple[str, ...]:
    found = table[name]
    assert isinstance(found, list)
    return tuple(str(word) for word in found)


def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


def _number_words(table: Mapping[str, object]) -> dict[str, str]:
    """Number words below a hundred, and the amounts."""
    units, tens, joints = _words(table, "units"), _words(table, "tens"), _words(table, "joint")
    words = {word: str(value) for value, word in enumerate(units) if word}
    ones = {
        1: ("één", "een") if table["units_first"] else ("one", "et-un"),
        **{n: (units[n],) for n in range(2, 10)},
    }
    for place, ten in enumerate(tens, start=2):
        words[ten] = str(10 * place)
        for unit, forms in ones.items():
            for form, joint in ((form, joint) for form in forms for joint in joints):
                word = f"{form}{joint}{ten}" if table["units_first"] else f"{ten}{joint}{form}"
                words[word] = str(10 * place + unit)
    amounts = table["amounts"]
    assert isinstance(amounts, Mapping)
    return words | {str(word): str(value) for word, value in amounts.items()}


def _pairs(table: Mapping[str, object], name: str) -> list[list[list[str]]]:
    found = table[name]
    assert isinstance(found, list)
    return found


def _signs(pairs: list[list[list[str]]]) -> dict[str, tuple[tuple[int, int], ...]]:
    found: dict[str, tuple[tuple[int, int], ...]] = {}
    for number, ends in enumerate(pairs):
        for end, forms in enumerate(ends):
            for form in forms:
                found[form] = (*found.get(form, ()), (number, end))
    return found
