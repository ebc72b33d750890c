"""The words people put between their points: levels, prompts, tones, rooms. Loaded from data, per language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources

from weerklank.errors import BadInput
from weerklank.notes.refusals import because

__all__ = ["LevelPhrases", "Phrasebook", "fold", "load_phrasebook", "sentence_for"]

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?", re.UNICODE)
LANGUAGES = ("nl", "en", "fr")


def fold(text: str) -> str:
    """The words of ``text`` in lower case, one space between them; punctuation and markup gone."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'")))


@dataclass(frozen=True, slots=True)
class LevelPhrases:
    """How a level is named and asked for: ``openings`` + ``cues`` make a question ("voor" … "team")."""

    names: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """All phrases the importer knows, folded (see :func:`fold`). Make one with :func:`load_phrasebook`."""

    levels: Mapping[str, LevelPhrases] = field(default_factory=dict)
    tones: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    level_prompts: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fillers: frozenset[str] = frozenset()
    theme_labels: tuple[str, ...] = ()
    room_labels: tuple[str, ...] = ()
    structure: frozenset[str] = frozenset()
    structure_openings: tuple[str, ...] = ()
    rest: frozenset[str] = frozenset()
    remark_openings: tuple[str, ...] = ()
    interrogatives: frozenset[str] = frozenset()
    finite_verbs: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    cross_references: tuple[str, ...] = ()
    meta: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    pages: tuple[str, ...] = ()
    dangling: frozenset[str] = frozenset()
    no_theme: str = ""

    def with_prompts(
        self, stems: Iterable[str] = (), *, levels: Mapping[str, Iterable[str]] | None = None
    ) -> Phrasebook:
        """This phrasebook plus the prompts of a format: questions as such, and questions that set a level."""
        asked = {fold(prompt): level for level, prompts in (levels or {}).items() for prompt in prompts}
        known = {**{level: LevelPhrases(names=(fold(level),)) for level in levels or {}}, **self.levels}
        return replace(
            self,
            stems=(*self.stems, *(fold(stem) for stem in stems)),
            level_prompts={**self.level_prompts, **asked},
            levels=known,
        )

    def level_named(self, text: str) -> str | None:
        """The key of the level that ``text`` names ("micro", "Macroniveau"), or None."""
        name = fold(text)
        return next(
            (key for key, phrases in self.levels.items() if name == key or name in phrases.names), None
        )

    def tone_named(self, text: str) -> str | None:
        """The key of the tone that ``text`` names, or None."""
        name = fold(text)
        return next((key for key, names in self.tones.items() if name == key or name in names), None)


def _read(name: str) -> Mapping[str, object]:
    return tomllib.loads(resources.files(__package__).joinpath(name).read_text(encoding="utf-8"))


def _strings(table: object, key: str) -> tuple[str, ...]:
    found = table.get(key, ()) if isinstance(table, Mapping) else ()
    return tuple(fold(str(item)) for item in found) if isinstance(found, list | tuple) else ()


def _table(parent: object, key: str) -> Mapping[str, object]:
    found = parent.get(key) if isinstance(parent, Mapping) else None
    return found if isinstance(found, Mapping) else {}


@lru_cache(maxsize=8)
def load_phrasebook(language: str = "nl") -> Phrasebook:
    """The phrases of every language together; ``language`` only decides the name of a missing theme.

    Notes mix languages (Belgium has three), so all are tried at once.

    :raises BadInput: there are no phrases in that language.
    """
    if language not in LANGUAGES:
        raise BadInput(
            because("language", language=language),
            remedy=because("language-remedy", known=", ".join(LANGUAGES)),
        )
    data = _read("phrases.toml")

    def every(key: str) -> tuple[str, ...]:
        return tuple(phrase for code in LANGUAGES for phrase in _strings(data[code], key))

    levels: dict[str, LevelPhrases] = {}
    tones: dict[str, tuple[str, ...]] = {}
    for code in LANGUAGES:
        for key, phrases in _table(data[code], "levels").items():
            old = levels.get(key, LevelPhrases())
            levels[key] = LevelPhrases(
                names=(*old.names, *_strings(phrases, "names")),
                openings=(*old.openings, *_strings(phrases, "openings")),
                cues=(*old.cues, *_strings(phrases, "cues")),
            )
        spoken = _table(data[code], "tones")
        tones.update({key: (*tones.get(key, ()), *_strings(spoken, key)) for key in spoken})
    return Phrasebook(
        levels=levels,
        tones=tones,
        columns={key: _strings(data["columns"], key) for key in _table(data, "columns")},
        fillers=frozenset(every("fillers")),
        theme_labels=every("theme_labels"),
        room_labels=every("room_labels"),
        structure=frozenset(every("structure")),
        structure_openings=every("structure_openings"),
        rest=frozenset(every("rest")),
        remark_openings=every("remark_openings"),
        interrogatives=frozenset(every("interrogatives")),
        finite_verbs=frozenset(every("finite_verbs")),
        stems=every("stems"),
        cross_references=every("cross_references"),
        meta=frozenset(every("meta")),
        people=frozenset(every("people")),
        pages=every("pages"),
        dangling=frozenset(every("dangling")),
        no_theme=str(_table(data, language)["no_theme"]),
    )


@lru_cache(maxsize=1)
def _sentences() -> Mapping[str, object]:
    return _read("sentences.toml")


def sentence_for(section: str, code: str, *, language: str, **words: object) -> str:
    """The sentence a person reads for ``code``; falls back to English for a language without it."""
    spoken = _table(_table(_sentences(), language if language in _sentences() else "en"), section)
    return str(spoken[code]).format(**words)
