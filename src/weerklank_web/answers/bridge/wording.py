"""A proposal for the sentence of an insight or message, worded by a model and judged by the library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from weerklank.evidence.claims import sentences_in
from weerklank.synthesis.wording import (
    ChatClient,
    Selection,
    Sentence,
    Trouble,
    Worded,
    WordedBy,
    word,
)
from weerklank_web.answers.bridge.chat import Endpoint, HttpChat, endpoint_or_none
from weerklank_web.answers.bridge.evidence import as_evidence
from weerklank_web.dialogue.models import Contribution as Row

__all__ = ["LANGUAGES", "Endpoint", "HttpChat", "Proposal", "Refusal", "endpoint_or_none", "proposal_for"]

LANGUAGES = ("nl", "en", "fr")
_MOST = 40


@dataclass(frozen=True, slots=True)
class Refusal:
    """A sentence that the model offered and that does not follow, with why."""

    words: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A worded sentence beside the literal one; a person chooses.

    :param words: what the model worded and the check let through; empty when nothing passed.
    :param sources: the contributions that it says it rests on.
    :param extract: the literal sentence.
    :param refused: what the model offered and the check refused.
    :param trouble: ``no-answer`` or ``broken`` when there was nothing to judge, else empty.
    """

    words: str
    sources: tuple[str, ...]
    extract: str
    refused: tuple[Refusal, ...]
    trouble: str


def proposal_for(
    sources: Sequence[Row],
    rows: Iterable[Row],
    client: ChatClient,
    *,
    extract: str,
    names: Iterable[str],
    longest: int,
    language: str,
    reader: str,
) -> Proposal:
    """Ask for a sentence on these sources.

    :param rows: every contribution that can be used: a better source among them is a finding.
    :param extract: a quote that somebody chose; when empty, the first sentence of the first source.
    :param reader: the language in which refusals are told.
    """
    chosen = list(sources)[:_MOST]
    ids = tuple(str(row.id) for row in chosen)
    literal = extract or sentences_in(chosen[0].text)[0]
    counts = {
        "contributions": len(ids),
        "rooms": len({row.room_id for row in chosen if row.room_id}),
        "themes": len({row.theme_id for row in chosen if row.theme_id}),
    }
    selection = Selection("one", ids, Sentence(literal, ids[:1]), counts)
    (worded,) = word(
        [selection],
        [as_evidence(row) for row in rows],
        client,
        language=language if language in LANGUAGES else LANGUAGES[0],
        names=names,
        longest=longest,
    )
    return _proposal(worded, reader)


def _proposal(worded: Worded, reader: str) -> Proposal:
    by_model = worded.by is WordedBy.MODEL
    refused = tuple(
        Refusal(attempt.sentence.text, tuple(finding.told(reader) for finding in attempt.verdict.findings))
        for attempt in worded.attempts
        if attempt.sentence is not None and attempt.verdict is not None and not attempt.verdict.ok
    )
    last = worded.attempts[-1].trouble
    return Proposal(
        words=worded.sentence.text if by_model else "",
        sources=worded.sentence.sources if by_model else (),
        extract=worded.selection.extract.text,
        refused=refused,
        trouble="" if last in {None, Trouble.NOT_ASKED} else str(last),
    )
