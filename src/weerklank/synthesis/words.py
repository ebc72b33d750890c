"""Text → word families: partner, partners and partnerschap are one (research: lemma, then kin by ending)."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import cast

from weerklank.errors import MissingExtra
from weerklank.synthesis.refusals import because

__all__ = [
    "Lexicon",
    "Token",
    "compounds_of",
    "families_of",
    "forms_in",
    "key_of",
    "languages",
    "lexicon_for",
    "most_common",
    "sentences_for",
    "tokens_of",
]

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*", re.UNICODE)
_SHORTEST_WORD = 3
_SHORTEST_STEM = 4
# French endings are longer and its stems part later: "confiance" is not "confidentiel".
_LINKS = ("", "s", "en", "e", "n")
_COMPOUNDING = frozenset({"nl", "de"})
_SHORTEST_KEY = {"fr": 6}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, in lower case, and where it stands."""

    form: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists of one language; see ``words.toml``."""

    language: str
    stop: frozenset[str]
    light: frozenset[str]
    frame: frozenset[str]
    endings: tuple[str, ...]
    first_person: frozenset[str]
    contrast: frozenset[str]
    negations: frozenset[str]
    numbers: frozenset[str]
    inclusion: frozenset[str]
    no_parts: frozenset[str]
    lemmas: Mapping[str, str]


@lru_cache(maxsize=1)
def _data() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads(resources.files(__package__).joinpath("words.toml").read_text(encoding="utf-8"))


def _list(table: Mapping[str, object], key: str) -> tuple[str, ...]:
    found = table[key]
    assert isinstance(found, list)
    return tuple(str(word) for word in found)


def _joined(table: Mapping[str, object]) -> frozenset[str]:
    """Light words of two halves: each first with each second."""
    first, second = cast("list[list[str]]", table.get("joined", [[], []]))
    return frozenset(one + other for one in first for other in second)


def languages() -> tuple[str, ...]:
    """The languages that have word lists, sorted."""
    return tuple(sorted(set(_data()) - {"sentences"}))


@lru_cache(maxsize=4)
def lexicon_for(language: str) -> Lexicon:
    """The lists of ``language``.

    :raises BadInput: there are none.
    """
    data = _data()
    if language not in languages():
        known = ", ".join(languages())
        raise because.bad_input("no-language", language=language, known=known)
    table = data[language]
    lemmas = table["lemmas"]
    assert isinstance(lemmas, Mapping)
    return Lexicon(
        language=language,
        stop=frozenset(_list(table, "stop")),
        light=frozenset(_list(table, "light")) | _joined(table),
        frame=frozenset(_list(table, "frame")),
        endings=tuple(sorted(_list(table, "endings"), key=lambda ending: (-len(ending), ending))),
        first_person=frozenset(_list(table, "first_person")),
        contrast=frozenset(_list(table, "contrast")),
        negations=frozenset(_list(table, "negations")),
        numbers=frozenset(_list(table, "numbers")),
        inclusion=frozenset(_list(table, "inclusion")),
        no_parts=frozenset(_list(table, "no_parts")),
        lemmas={str(key): str(value) for key, value in lemmas.items()},
    )


def sentences_for(language: str) -> Mapping[str, str]:
    """The sentences a person reads; English for a language without its own."""
    spoken = _data()["sentences"]
    chosen = spoken.get(language, spoken["en"])
    assert isinstance(chosen, Mapping)
    return {str(key): str(value) for key, value in chosen.items()}


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of ``text`` with their place; accents kept, case dropped."""
    return tuple(
        Token(unicodedata.normalize("NFC", match.group()).casefold(), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    )


def forms_in(text: str) -> list[str]:
    """The forms of :func:`tokens_of` without their places: quicker, for many texts."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", text)
    return _TOKEN.findall(plain.casefold())


@lru_cache(maxsize=200_000)
def _dictionary_form(form: str, language: str) -> str:
    try:
        import simplemma
    except ImportError as error:
        raise MissingExtra("synthesis", needed_for=because("needs-families")) from error
    return str(simplemma.lemmatize(form, lang=language)).casefold()


def _lemma(form: str, lexicon: Lexicon) -> str:
    lemma = _dictionary_form(form, lexicon.language)
    return lexicon.lemmas.get(lemma, lemma).replace("_", "")


def key_of(form: str, lexicon: Lexicon) -> str:
    """What is left of a form's lemma when endings are cut until four letters are in danger; depends on nothing else.

    Coarser than a family of :func:`families_of`, and the same in every collection: the key of word vectors.
    """
    return _key(form, lexicon.language)


@lru_cache(maxsize=200_000)
def _key(form: str, language: str) -> str:
    lexicon = lexicon_for(language)
    rest = _lemma(form, lexicon)
    least = _SHORTEST_KEY.get(language, _SHORTEST_STEM)
    while rest.endswith(lexicon.endings):
        cut = next(
            (
                rest[: -len(ending)].rstrip("-")
                for ending in lexicon.endings
                if rest.endswith(ending) and len(rest) - len(ending) >= least
            ),
            rest,
        )
        if cut == rest:
            break
        rest = cut
    return rest


def _stems(lemma: str, lexicon: Lexicon) -> frozenset[str]:
    """The lemma and every rest of it that keeps four letters after an ending is cut."""
    cut = {lemma[: -len(ending)] for ending in lexicon.endings if lemma.endswith(ending)}
    stems = {lemma, *cut, *(stem.rstrip("-") for stem in cut)}
    # "beslissen" and "beslissing" share "besliss"; "regel" and "regels" share "regel".
    return frozenset(stem for stem in stems if len(stem) >= _SHORTEST_STEM) or frozenset({lemma})


def families_of(forms: Iterable[str], lexicon: Lexicon) -> dict[str, str]:
    """For each form that can be a concept, the key of its family; forms that cannot are left out.

    Two lemmas are kin when they share a stem; the key is the shortest lemma of the family, so it does not
    depend on the order of the forms.
    """
    lemmas: dict[str, str] = {}
    for form in sorted(set(forms)):
        if len(form) < _SHORTEST_WORD or form in lexicon.stop:
            continue
        lemma = _lemma(form, lexicon)
        if lemma in lexicon.stop or lemma in lexicon.light or form in lexicon.light:
            continue
        lemmas[form] = lemma
    head = _kin(sorted(set(lemmas.values())), lexicon)
    return {form: head[lemma] for form, lemma in lemmas.items()}


def compounds_of(
    family_of: Mapping[str, str], lexicon: Lexicon, is_word: Callable[[str], bool]
) -> dict[str, frozenset[str]]:
    """For compounds the families of their parts that are said by themselves too: speelruimte counts for ruimte.

    A part counts only when it is a word of this collection and the other part is a word of the language; otherwise
    "ambtenaar" would hold "ambt".
    """
    if lexicon.language not in _COMPOUNDING:
        return {}
    found: dict[str, set[str]] = {}
    for form in family_of:
        for at in range(_SHORTEST_STEM, len(form) - _SHORTEST_STEM + 1):
            tail = form[at:]
            if tail in lexicon.no_parts or {tail, form[:at]} & lexicon.stop:
                continue
            for link in _LINKS:
                head = form[: at - len(link)]
                if not form[:at].endswith(link) or len(head) < _SHORTEST_STEM or head in lexicon.stop:
                    continue
                held = {
                    family_of.get(head) if is_word(tail) else None,
                    family_of.get(tail) if is_word(head) else None,
                }
                found.setdefault(form, set()).update(
                    part for part in held - {family_of[form]} if part is not None
                )
    return {form: frozenset(parts) for form, parts in found.items() if parts}


def _kin(lemmas: Sequence[str], lexicon: Lexicon) -> dict[str, str]:
    """Each lemma's family head, by union of lemmas that share a stem."""
    head = {lemma: lemma for lemma in lemmas}

    def top(lemma: str) -> str:
        while head[lemma] != lemma:
            lemma = head[lemma]
        return lemma

    owner: dict[str, str] = {}
    for lemma in lemmas:
        for stem in sorted(_stems(lemma, lexicon)):
            other = owner.setdefault(stem, lemma)
            left, right = sorted((top(other), top(lemma)), key=lambda word: (len(word), word))
            head[right] = left
    return {lemma: top(lemma) for lemma in lemmas}


def most_common(forms: Counter[str]) -> str:
    """The most frequent form; of equals the shortest, then the first of the alphabet."""
    return min(forms, key=lambda form: (-forms[form], len(form), form))
