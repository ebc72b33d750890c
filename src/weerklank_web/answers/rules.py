"""Pure judgements: days late, what an answer lacks, where a literal piece stands, how far a message is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import TypedDict
from urllib.parse import urlsplit
from uuid import UUID

from django.utils.translation import gettext as _

from weerklank_web.answers.models import AnswerKind

__all__ = [
    "CommitmentRow",
    "Drafted",
    "Milestone",
    "Reached",
    "days_late",
    "gaps_in_draft",
    "is_web_address",
    "literal_place",
    "mark_of",
    "milestones_of",
    "read_day",
]


class CommitmentRow(TypedDict):
    """A commitment as it was typed; any part may still be empty."""

    text: str
    owner: str
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What a draft says. ``to_everybody``: it answers no message in particular."""

    to_everybody: bool
    kind: str = ""
    reason: str = ""
    owner: str = ""
    due: date | None = None
    film_link: str = ""
    transcript: str = ""
    commitments: Sequence[CommitmentRow] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written at all."""
        words = (self.kind, self.reason, self.owner, self.film_link, self.transcript)
        return not any(words) and self.due is None and not self.commitments


class Milestone(StrEnum):
    """What happens to a message (W19)."""

    OFFERED = "offered"
    RECEIVED = "received"
    ANSWERED = "answered"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone of a message: whether it was reached, and on which day if that is known."""

    milestone: Milestone
    reached: bool
    on: date | None


def days_late(promised_on: date | None, *, today: date) -> int:
    """Whole days after the promised day; 0 on that day, before it, or without a promise."""
    return 0 if promised_on is None else max(0, (today - promised_on).days)


def read_day(typed: str) -> date | None:
    """The day in ``2027-03-01``, or None."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def is_web_address(link: str) -> bool:
    """Whether a film can stand there: an address that starts with https:// or http://, and names a place."""
    parts = urlsplit(link)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def gaps_in_draft(draft: Drafted) -> list[str]:
    """What must be there before this can be released, in sentences."""
    gaps = []
    if not draft.to_everybody and not draft.kind:
        gaps.append(_("Kies wat jullie met deze boodschap doen."))
    if not draft.reason.strip():
        gaps.append(
            _("Schrijf wat je de deelnemers wilt zeggen.")
            if draft.to_everybody
            else _("Schrijf waarom. Zonder reden is het geen antwoord.")
        )
    if draft.kind in (AnswerKind.ADOPT, AnswerKind.PARTLY, AnswerKind.STUDY):
        if not draft.owner.strip():
            gaps.append(_("Zeg wie het doet."))
        if draft.due is None:
            gaps.append(_("Zeg wanneer."))
    if draft.kind == AnswerKind.REFERRED and not draft.owner.strip():
        gaps.append(_("Zeg naar wie je doorverwijst."))
    if draft.film_link and not draft.transcript.strip():
        gaps.append(
            _("Een filmpje heeft een uitgeschreven tekst nodig, voor wie het niet kan horen of zien.")
        )
    gaps.extend(_gaps_in_commitment(row) for row in draft.commitments if not _is_complete(row))
    return gaps


def _is_complete(row: CommitmentRow) -> bool:
    return bool(row["text"].strip() and row["owner"].strip() and read_day(row["due"]))


def _gaps_in_commitment(row: CommitmentRow) -> str:
    name = row["text"].strip() or _("zonder tekst")
    return _("De toezegging «%(text)s» mist nog iets: wat, wie en wanneer horen er alle drie bij.") % {
        "text": name[:80]
    }


def literal_place(text: str, piece: str) -> tuple[int, int] | None:
    """Where ``piece`` stands in ``text``, literally; None when it does not."""
    piece = piece.replace("\r\n", "\n").strip()
    start = text.find(piece) if piece else -1
    return None if start < 0 else (start, start + len(piece))


def mark_of(contribution: UUID, piece: str) -> str:
    """A fingerprint of a quoted piece, to see later whether it still stands there."""
    return sha256(f"{contribution}|{piece}".encode()).hexdigest()


def milestones_of(
    *,
    offered: bool,
    offered_on: date | None,
    received_on: date | None,
    answered_on: date | None,
    done_on: Sequence[date | None],
) -> list[Reached]:
    """Which milestones a message reached, in order (W19).

    :param done_on: for each commitment the day on which it was done, None while it is not. A message is carried out when
        there are commitments and all of them are done. An answer says that it was received, too.
    """
    received = received_on or answered_on
    carried_out = bool(done_on) and all(done_on)
    last = max((day for day in done_on if day), default=None)
    return [
        Reached(Milestone.OFFERED, offered, offered_on),
        Reached(Milestone.RECEIVED, received is not None, received),
        Reached(Milestone.ANSWERED, answered_on is not None, answered_on),
        Reached(Milestone.DONE, carried_out, last if carried_out else None),
    ]
