"""What contributions say together, as the library suggests it.

Kept as ids and places, and the single words that several contributions share: never a sentence of anybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from weerklank.errors import WeerklankError
from weerklank.synthesis import Coverage, Settings, Voice, VoiceReason, synthesise, voice_sentence
from weerklank_web.answers.bridge.evidence import as_evidence
from weerklank_web.dialogue.models import Contribution as Row

__all__ = [
    "Found",
    "FoundGroup",
    "FoundLink",
    "FoundVoice",
    "NothingFound",
    "fingerprint_of",
    "found_in",
    "read_found",
]

_EDITION = "5"
_CONNECTIONS = 8
_WORDS = 5


class NothingFound(Exception):
    """The library said why it cannot suggest anything, in a sentence."""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Contributions that belong together: an insight, a connection between rooms, or a cluster.

    ``labels``: the words they share, the first is the heart of it. ``evidence``: one literal piece per room or theme, as
    (contribution, start, end). ``members``: every contribution in it.
    """

    labels: tuple[str, ...]
    members: tuple[str, ...]
    evidence: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundVoice:
    """A contribution that no suggestion shows, and why it stands apart."""

    contribution: str
    reasons: tuple[str, ...]

    def sentence(self, language: str) -> str:
        """Why it stands apart, in words."""
        reasons = tuple(VoiceReason(reason) for reason in self.reasons)
        return voice_sentence(Voice(self.contribution, reasons), language=language)


@dataclass(frozen=True, slots=True)
class FoundLink:
    """Two places (rooms; a theme where the room is not known) that spoke of the same: the words, and what holds them."""

    left: str
    right: str
    words: tuple[str, ...]
    members: tuple[str, ...]
    weight: int


@dataclass(frozen=True, slots=True)
class Found:
    """All suggestions of one run.

    ``related``: per contribution what is nearest to it, nearest first: to read along, never counted.
    """

    insights: tuple[FoundGroup, ...]
    connections: tuple[FoundGroup, ...]
    clusters: tuple[FoundGroup, ...]
    voices: tuple[FoundVoice, ...]
    places: tuple[str, ...] = ()
    links: tuple[FoundLink, ...] = ()
    related: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def fingerprint_of(rows: Iterable[Row], *, title: str, language: str, frame: Sequence[str] = ()) -> str:
    """Tells one state of the contributions from another; the order does not matter."""
    said = sorted(
        [str(row.id), row.text, str(row.room_id), str(row.theme_id), row.level, row.fragments, row.kind]
        for row in rows
    )
    return sha256(json.dumps([_EDITION, title, language, sorted(frame), said]).encode()).hexdigest()


def found_in(
    rows: Iterable[Row], *, title: str, language: str, frame: Sequence[str] = ()
) -> dict[str, object]:
    """Ask the library; plain data without anybody's sentences.

    :raises NothingFound: it refused, with its sentence.
    """
    try:
        result = synthesise(
            [as_evidence(row) for row in rows],
            settings=Settings(language=language, title=title, extra_frame=tuple(sorted(frame))),
        )
    except WeerklankError as refusal:
        raise NothingFound(refusal.told(language)) from refusal
    labels = {one.family: one.label for one in result.concepts}
    return {
        "insights": [
            {
                "labels": [one.anchor, *one.associates],
                "members": list(_members(one.coverage, (quote.contribution for quote in one.evidence))),
                "evidence": [
                    [quote.contribution, quote.span.start, quote.span.end] for quote in one.evidence
                ],
            }
            for one in result.insights
        ],
        "connections": [
            {"labels": [one.label], "members": list(one.coverage.contributions)}
            for one in result.connections[:_CONNECTIONS]
        ],
        "clusters": [
            {
                "labels": list(one.labels) if result.labels_steady else [],
                "members": [one.centre, *(member for member in one.members if member != one.centre)],
            }
            for one in result.clusters
        ],
        "voices": [
            {"contribution": one.contribution, "reasons": [str(reason) for reason in one.reasons]}
            for one in result.voices
        ],
        "places": list(result.rooms.places),
        "links": [
            {
                "left": one.left,
                "right": one.right,
                "words": [labels[concept] for concept in one.concepts if concept in labels][:_WORDS],
                "members": list(one.contributions),
                "weight": one.weight,
            }
            for one in result.rooms.links
        ],
        "related": [
            {"contribution": said.id, "near": [each.contribution for each in near]}
            for said, near in zip(result.contributions, result.related, strict=True)
            if near
        ],
    }


def read_found(kept: Mapping[str, Sequence[Mapping[str, object]]]) -> Found:
    """What ``found_in`` wrote."""
    return Found(
        insights=tuple(_group(each) for each in kept.get("insights", ())),
        connections=tuple(_group(each) for each in kept.get("connections", ())),
        clusters=tuple(_group(each) for each in kept.get("clusters", ())),
        voices=tuple(
            FoundVoice(str(each["contribution"]), _texts(each["reasons"])) for each in kept.get("voices", ())
        ),
        places=tuple(str(each) for each in kept.get("places", ())),
        links=tuple(
            FoundLink(
                str(each["left"]),
                str(each["right"]),
                _texts(each["words"]),
                _texts(each["members"]),
                int(str(each["weight"])),
            )
            for each in kept.get("links", ())
        ),
        related={str(each["contribution"]): _texts(each["near"]) for each in kept.get("related", ())},
    )


def _members(coverage: Coverage, evidence: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*coverage.contributions, *evidence)))


def _group(kept: Mapping[str, object]) -> FoundGroup:
    pieces = kept.get("evidence", [])
    assert isinstance(pieces, list)
    return FoundGroup(
        labels=_texts(kept["labels"]),
        members=_texts(kept["members"]),
        evidence=tuple((str(one), int(start), int(end)) for one, start, end in pieces),
    )


def _texts(kept: object) -> tuple[str, ...]:
    assert isinstance(kept, list)
    return tuple(str(each) for each in kept)
