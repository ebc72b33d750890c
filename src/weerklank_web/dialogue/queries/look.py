"""What votes say, as somebody may see it: the frozen picture with the words as they stand now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase
from typing import Any
from uuid import UUID

from weerklank_web.dialogue.bridge.format import Audience, Step, step_words
from weerklank_web.dialogue.bridge.opinion import FEWEST_FOR_MAP, Density, Shares, place_of
from weerklank_web.dialogue.models import Snapshot, SnapshotState, Vote
from weerklank_web.dialogue.queries.poll import item_texts
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Stage, stage_of

__all__ = [
    "Ends",
    "Look",
    "Piece",
    "Seen",
    "TypicalOf",
    "VoteRow",
    "look_at",
    "looks_for",
    "own_field",
    "snapshot_of",
    "vote_rows",
    "votes_to_see",
]


@dataclass(frozen=True, slots=True)
class VoteRow:
    """A step of votes for the crew: ahead, open or closed, and whether its picture may be seen."""

    step_id: str
    title: str
    state: str
    may_look: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """One item with how it was answered (None: by too few), and what the list it stands in adds."""

    id: str
    text: str
    shares: Shares | None
    floor: int | None = None
    ends: tuple[int, ...] = ()
    moved: Shares | None = None
    before: Shares | None = None

    @property
    def disagree_width(self) -> int:
        """Per cent of the bar for disagreeing: rounded shares may add up to more than all of it."""
        if self.shares is None:
            return 0
        return min(self.shares.disagree.percent, 100 - self.shares.agree.percent)

    @property
    def disagree_from(self) -> int:
        """Where on the bar disagreeing begins: it ends at the right."""
        return 100 - self.disagree_width


@dataclass(frozen=True, slots=True)
class TypicalOf:
    """What a group answers more often than the others."""

    id: str
    text: str
    agrees: bool
    inside: int
    outside: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A group, or a piece of a cut; its letter is the one that it has in the report."""

    letter: str
    people: int
    percent: int | None
    typical: tuple[TypicalOf, ...]


@dataclass(frozen=True, slots=True)
class Ends:
    """What people at one end of the map agree with more often; or, where there is nothing, disagree with."""

    agree: tuple[Seen, ...]
    disagree: tuple[Seen, ...]

    @property
    def named(self) -> tuple[Seen, ...]:
        """Whichever of the two there is."""
        return self.agree or self.disagree


@dataclass(frozen=True, slots=True)
class Look:
    """Everything the page shows."""

    people: int | None
    kind: str
    sentence: str
    items: tuple[Seen, ...]
    unites: tuple[Seen, ...]
    divides: tuple[Seen, ...]
    groups: tuple[Piece, ...]
    cut: tuple[Piece, ...]
    density: Density | None
    ends: tuple[Ends, ...]
    agree_style: bool
    shifts: tuple[Seen, ...]
    made_at: datetime | None
    mark: str

    @property
    def many(self) -> bool:
        """Whether so many voted that something may be said about groups or a line."""
        return (self.people or 0) >= FEWEST_FOR_MAP


def vote_rows(gathering: Gathering, *, language: str) -> list[VoteRow]:
    """Every step of votes in order."""
    stage = stage_of(gathering)
    rows = []
    for step in stage.vote_steps:
        here = stage.format.steps.index(step)
        state = "open" if stage.place == here else "ahead" if stage.place < here else "closed"
        rows.append(
            VoteRow(
                step_id=step.id,
                title=step_words(step, language).title,
                state=state,
                may_look=stage.votes_are_open_to(Audience.FACILITATOR, step.id),
            )
        )
    return rows


def snapshot_of(gathering: Gathering, step: str) -> Snapshot | None:
    """The picture of this step, whatever its state."""
    return Snapshot.objects.filter(gathering=gathering, step=step).first()


def look_at(
    snapshot: Snapshot, *, language: str, cut: int | None = None, with_shift: bool = True
) -> Look | None:
    """The picture in words; None while there is none yet. ``cut``: in so many pieces, on request."""
    content: dict[str, Any] = snapshot.content
    if not content:
        return None
    texts = {
        str(id_): text for id_, text in item_texts(snapshot.gathering, map(UUID, content["items"])).items()
    }
    shares = _shares(content["items"])
    moved = content.get("shift", {}) if with_shift else {}
    density = content["density"]
    return Look(
        people=content["people"],
        kind=content["kind"],
        sentence=content["sentence"].get(language) or content["sentence"].get("nl", ""),
        items=tuple(sorted((Seen(i, texts[i], shares[i]) for i in shares if i in texts), key=_by_agreement)),
        unites=_listed(content["unites"], texts, shares),
        divides=_listed(content["divides"], texts, shares),
        groups=_pieces(content["groups"], texts),
        cut=_pieces(content["cuts"].get(str(cut), ()), texts) if cut else (),
        density=None if density is None else Density(tuple(tuple(row) for row in density["rows"])),
        ends=tuple(
            Ends(_named(end["agree"], texts, shares), _named(end["disagree"], texts, shares))
            for end in content["ends"]
        ),
        agree_style=content["agree_style"],
        shifts=_shifts(snapshot.gathering, moved, texts, shares),
        made_at=snapshot.made_at if snapshot.state == SnapshotState.READY else None,
        mark=snapshot.fingerprint[:12],
    )


def votes_to_see(gathering: Gathering, audience: Audience, *, language: str) -> list[tuple[str, str]]:
    """Every vote of which this audience may see the picture by now: its step, and the title of that."""
    return [
        (step.id, step_words(step, language).title) for step in _open_votes(stage_of(gathering), audience)
    ]


def _open_votes(stage: Stage, audience: Audience) -> list[Step]:
    return [step for step in stage.vote_steps if stage.votes_are_open_to(audience, step.id)]


def looks_for(gathering: Gathering, audience: Audience, *, language: str) -> list[tuple[str, Look]]:
    """Every finished vote of which this audience may see the picture by now: title of its step, and the picture in words.

    An earlier vote on the same things stands in the later one, as what it was before (W8).
    """
    stage = stage_of(gathering)
    found: dict[str, tuple[str, Look]] = {}
    for step in _open_votes(stage, audience):
        if stage.votes_are_cast_at(step.id):
            continue
        snapshot = snapshot_of(gathering, step.id)
        if snapshot is None or snapshot.state != SnapshotState.READY:
            continue
        snapshot.gathering = gathering
        before = snapshot.content.get("shift", {}).get("before", "")
        seen_before = bool(before) and stage.votes_are_open_to(audience, before)
        look = look_at(snapshot, language=language, with_shift=seen_before)
        if look is not None:
            if look.people is not None:
                found.pop(before, None)
            found[step.id] = (step_words(step, language).title, look)
    return list(found.values())


def own_field(snapshot: Snapshot, look: Look, participant: Participant) -> tuple[int, int] | None:
    """Row and column of the field where the holder of this link stands; only for their own page."""
    if look.density is None or not snapshot.model:
        return None
    rows = Vote.objects.filter(
        gathering=snapshot.gathering, step=snapshot.step, author_key=participant.author_key
    )
    at = place_of({str(item): value for item, value in rows.values_list("item", "value")}, snapshot.model)
    return None if at is None else look.density.field_of(at)


def _shares(kept: Mapping[str, Any]) -> dict[str, Shares | None]:
    return {item: None if each is None else Shares.from_dict(each) for item, each in kept.items()}


def _by_agreement(seen: Seen) -> tuple[int, str]:
    return 1 if seen.shares is None else -seen.shares.agree.percent, seen.text


def _listed(
    kept: list[dict[str, Any]], texts: Mapping[str, str], shares: Mapping[str, Shares | None]
) -> tuple[Seen, ...]:
    return tuple(
        Seen(
            one["item"],
            texts[one["item"]],
            shares[one["item"]],
            floor=one.get("floor"),
            ends=tuple(one.get("ends", ())),
        )
        for one in kept
        if one["item"] in texts
    )


def _pieces(kept: list[dict[str, Any]], texts: Mapping[str, str]) -> tuple[Piece, ...]:
    return tuple(
        Piece(
            letter=letter,
            people=part["people"],
            percent=part["percent"],
            typical=tuple(
                TypicalOf(
                    one["item"], texts[one["item"]], one["answer"] == "agree", one["inside"], one["outside"]
                )
                for one in part["typical"]
                if one["item"] in texts
            ),
        )
        for letter, part in zip(ascii_uppercase, kept, strict=False)
    )


def _named(ids: list[str], texts: Mapping[str, str], shares: Mapping[str, Shares | None]) -> tuple[Seen, ...]:
    return tuple(Seen(id_, texts[id_], shares[id_]) for id_ in ids if id_ in texts)


def _shifts(
    gathering: Gathering,
    kept: Mapping[str, Any],
    texts: Mapping[str, str],
    shares: Mapping[str, Shares | None],
) -> tuple[Seen, ...]:
    if not kept:
        return ()
    earlier = snapshot_of(gathering, kept["before"])
    before = _shares(earlier.content["items"]) if earlier is not None and earlier.content else {}
    moved = _shares(kept["items"])
    found = [
        Seen(item, texts[item], shares.get(item), moved=each, before=before.get(item))
        for item, each in moved.items()
        if item in texts and each is not None
    ]
    return tuple(sorted(found, key=lambda seen: (seen.moved.passed.percent if seen.moved else 0, seen.text)))
