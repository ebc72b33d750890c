"""Let a language model word what was already selected, and keep its sentence only when it can be verified.

The library knows no network: whoever has an endpoint gives a :class:`ChatClient`. The model chooses no contributions and
counts nothing; its numbers are slots that we fill. Contributions go as data, under ids made for this one request.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Protocol

from weerklank.evidence import Contribution
from weerklank.synthesis.wording.refusals import because
from weerklank.synthesis.wording.verdicts import Facts, Sentence, Similar, Verdict
from weerklank.synthesis.wording.verifying import Verifier

__all__ = [
    "Attempt",
    "ChatClient",
    "ChatFailed",
    "ChatMessage",
    "ChatRequest",
    "Selection",
    "Trouble",
    "Worded",
    "WordedBy",
    "word",
]

_TRIES = 2
_GIVE_UP_AFTER = 2
_LONGEST_ANSWER = 20_000
_SLOT = re.compile(r"\{(\w+)\}")
_FENCED = re.compile(r"\s*```(?:json)?\s*(\{.*\})\s*```\s*", re.DOTALL)


class ChatFailed(Exception):
    """The client got no answer: no connection, too slow, too long, or an error of the server."""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One turn: ``system``, ``user`` or ``assistant``."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """What is asked of a model. ``temperature`` is always 0.

    :param schema: JSON schema of the answer, for servers that can hold a model to it.
    """

    messages: tuple[ChatMessage, ...]
    schema: Mapping[str, object]
    temperature: float = 0.0


class ChatClient(Protocol):
    """Whatever can bring a request to a model and its answer back."""

    def complete(self, request: ChatRequest) -> str:
        """The text of the answer; raises :class:`ChatFailed` when there is none."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is to be worded: chosen by us, never by the model.

    :param contributions: ids, in the order in which they are shown to the model.
    :param extract: the literal sentence that stands when no worded one passes.
    :param counts: what may be stated, by the name of its slot (``contributions``, ``rooms``); None is withheld.
    """

    id: str
    contributions: tuple[str, ...]
    extract: Sentence
    counts: Mapping[str, int | None] = field(default_factory=dict)


class WordedBy(StrEnum):
    """Where the words came from."""

    MODEL = "model"
    EXTRACT = "extract"


class Trouble(StrEnum):
    """Why there was no sentence to judge."""

    NO_ANSWER = "no-answer"
    BROKEN = "broken"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What the model offered, and what came of it: a verdict, or trouble before that."""

    sentence: Sentence | None
    verdict: Verdict | None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Worded:
    """The sentence that stands for a selection, where it came from, and every attempt on the way."""

    selection: Selection
    sentence: Sentence
    by: WordedBy
    attempts: tuple[Attempt, ...]


@cache
def _prompts() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("prompts.toml").read_text(encoding="utf-8"))


def word(
    selections: Iterable[Selection],
    contributions: Iterable[Contribution],
    client: ChatClient,
    *,
    language: str = "nl",
    names: Iterable[str] = (),
    longest: int = 300,
    similar: Similar | None = None,
) -> tuple[Worded, ...]:
    """A sentence per selection, in their order.

    The model gets each selection once, and once more with the findings when its sentence does not pass; then the extract
    stands. When the client fails twice in a row the rest is not asked at all.

    :param names: names that a sentence may use besides those in its sources (title, themes, rooms).
    :param longest: characters that a sentence may have.
    :raises BadInput: there are no prompts in this language, or a selection holds an unknown contribution.
    """
    if language not in _prompts():
        raise because.bad_input("no-prompts", language=language, known=", ".join(sorted(_prompts())))
    said = {one.id: one for one in contributions}
    asker = _Asker(said, client, language, tuple(names), longest, similar)
    return tuple(asker.word(selection) for selection in selections)


class _Asker:
    def __init__(
        self,
        said: Mapping[str, Contribution],
        client: ChatClient,
        language: str,
        names: tuple[str, ...],
        longest: int,
        similar: Similar | None,
    ) -> None:
        self._said, self._client, self._language = said, client, language
        self._names, self._longest = names, longest
        self._verifier = Verifier(said.values(), language=language, similar=similar)
        self._failed = 0

    def word(self, selection: Selection) -> Worded:
        unknown = [id_ for id_ in selection.contributions if id_ not in self._said]
        if unknown:
            raise because.bad_input("stranger", id=unknown[0])
        if self._failed >= _GIVE_UP_AFTER:
            return Worded(
                selection, selection.extract, WordedBy.EXTRACT, (Attempt(None, None, Trouble.NOT_ASKED),)
            )
        attempts: list[Attempt] = []
        verifier = self._verifier.with_facts(Facts(counts=selection.counts, names=self._names))
        messages = self._messages(selection)
        for _ in range(_TRIES):
            try:
                answer = self._client.complete(ChatRequest(tuple(messages), _schema(selection)))
            except ChatFailed:
                self._failed += 1
                attempts.append(Attempt(None, None, Trouble.NO_ANSWER))
                break
            self._failed = 0
            attempt = self._judge(answer, selection, verifier)
            attempts.append(attempt)
            if attempt.sentence is not None and attempt.verdict is not None and attempt.verdict.ok:
                return Worded(selection, attempt.sentence, WordedBy.MODEL, tuple(attempts))
            messages += [ChatMessage("assistant", answer[:_LONGEST_ANSWER]), self._again(attempt)]
        return Worded(selection, selection.extract, WordedBy.EXTRACT, tuple(attempts))

    def _messages(self, selection: Selection) -> list[ChatMessage]:
        slots = (
            ", ".join(f"{{{name}}}" for name, count in selection.counts.items() if count is not None) or "–"
        )
        task = _prompts()[self._language]["task"].format(longest=self._longest, slots=slots)
        data = [
            {"id": _name(n), "text": self._said[id_].text} for n, id_ in enumerate(selection.contributions)
        ]
        return [
            ChatMessage("system", task.strip()),
            ChatMessage("user", json.dumps({"contributions": data}, ensure_ascii=False)),
        ]

    def _again(self, attempt: Attempt) -> ChatMessage:
        prompts = _prompts()[self._language]
        if attempt.verdict is None:
            return ChatMessage("user", prompts["broken"])
        told = " ".join(finding.told(self._language) for finding in attempt.verdict.findings)
        return ChatMessage("user", prompts["retry"].format(findings=told))

    def _judge(self, answer: str, selection: Selection, verifier: Verifier) -> Attempt:
        read = _read(answer, self._longest)
        counts = {name: str(count) for name, count in selection.counts.items() if count is not None}
        if read is None or not {match[1] for match in _SLOT.finditer(read[0])} <= counts.keys():
            return Attempt(None, None, Trouble.BROKEN)
        text, cited = read
        ids = {_name(place): id_ for place, id_ in enumerate(selection.contributions)}
        sources = tuple(dict.fromkeys(ids.get(name, name) for name in cited))
        filled = Sentence(_SLOT.sub(lambda match: counts[match[1]], text), sources)
        # A count that the model wrote itself may be right by chance; only the slots and the sources hold numbers.
        bare = verifier.numbers_unsaid(Sentence(_SLOT.sub(" ", text), sources))
        own = (replace(finding, sentence=filled.text) for finding in bare)
        found = (*own, *verifier.judge(filled, selection.contributions).findings)
        return Attempt(filled, Verdict(tuple(dict.fromkeys(found))))


def _name(place: int) -> str:
    """The id of a contribution in this request: nothing that leads back to anybody leaves."""
    return f"b{place + 1}"


def _schema(selection: Selection) -> dict[str, object]:
    names = [_name(place) for place in range(len(selection.contributions))]
    sources = {"type": "array", "minItems": 1, "items": {"type": "string", "enum": names}}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["sentence", "sources"],
        "properties": {"sentence": {"type": "string"}, "sources": sources},
    }


def _read(answer: str, longest: int) -> tuple[str, tuple[str, ...]] | None:
    """Sentence and sources of an answer; None when it is not what was asked for."""
    if len(answer) > _LONGEST_ANSWER:
        return None
    fenced = _FENCED.fullmatch(answer)
    try:
        found = json.loads(fenced[1] if fenced else answer)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.keys() != {"sentence", "sources"}:
        return None
    sentence, sources = found["sentence"], found["sources"]
    if not isinstance(sentence, str) or not isinstance(sources, list):
        return None
    if not all(isinstance(source, str) for source in sources):
        return None
    text = " ".join(sentence.split())
    return (text, tuple(sources)) if 0 < len(text) <= longest and text.isprintable() else None
