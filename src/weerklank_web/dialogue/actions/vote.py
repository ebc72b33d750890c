"""Voting: agree, disagree or pass; changed or taken back as long as the step is open (W8, issue §5).

One way in for one vote and for thousands: ``cast_votes`` takes the ballots of many links, stores them in one
transaction and says for each what became of it. The same vote twice is one row; a later one takes its place.

No journal line is written: it would be a second row about the same moment. Only somebody's newest link votes, for the
reason and at the price that docs/decisions/0005 tells.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from weerklank_web.dialogue.models import Vote, VoteValue
from weerklank_web.dialogue.queries.poll import item_texts, votable_ids
from weerklank_web.gatherings.actions.mandate import freeze_mandate
from weerklank_web.gatherings.gates import Participant
from weerklank_web.gatherings.models import EarlierLink, Gathering, Registration, RegistrationState
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, links
from weerklank_web.groundwork.errors import Denied, NotFound, NotNow, WebError

__all__ = [
    "Ballot",
    "ballot_of",
    "cast_votes",
    "erase_votes",
    "export_votes",
    "take_back_votes",
]

_VALUES = frozenset(VoteValue.values)
_KEY = ("gathering", "step", "author_key", "item")


@dataclass(frozen=True, slots=True)
class Ballot:
    """What the holder of one link thinks of some things in one step: (item, value), the last of an item counts."""

    gathering: UUID
    step: str
    fingerprint: str
    author_key: str
    votes: tuple[tuple[UUID, int], ...]


@dataclass(frozen=True, slots=True)
class _Poll:
    """A step in which people vote, as it stands within one transaction."""

    gathering: Gathering | None
    items: frozenset[UUID]
    refusal: WebError | None


def ballot_of(secret: str, *, gathering: UUID, step: str, votes: Iterable[tuple[UUID, int]]) -> Ballot:
    """The ballot of whoever holds this link; the secret itself goes no further."""
    return Ballot(
        gathering=gathering,
        step=step,
        fingerprint=links.fingerprint(secret),
        author_key=links.author_key(secret, gathering),
        votes=tuple(votes),
    )


def cast_votes(ballots: Sequence[Ballot]) -> list[WebError | None]:
    """Store these ballots in one transaction; for each the refusal, or None when all of it is kept.

    A refused ballot is refused as a whole and keeps no other one back. When this returns, what was not refused is
    committed.
    """
    with transaction.atomic():
        polls = _polls_of({(each.gathering, each.step) for each in ballots})
        speakers = _speakers({each.fingerprint for each in ballots})
        answers = [_refusal(each, polls[each.gathering, each.step], speakers) for each in ballots]
        kept = [each for each, refusal in zip(ballots, answers, strict=True) if refusal is None]
        _store(kept, polls)
    return answers


@transaction.atomic
def take_back_votes(participant: Participant, *, step: str) -> int:
    """Take back everything voted under this link in this step, also after it closed; returns how many.

    What was shown by then was shown of many together and stays; nothing made later counts these votes.
    """
    return Vote.objects.filter(
        gathering=participant.gathering, step=step, author_key=participant.author_key
    ).delete()[0]


def export_votes(participant: Participant) -> object:
    """What the holder of this link voted; ready for JSON."""
    mine = list(Vote.objects.filter(gathering=participant.gathering, author_key=participant.author_key))
    texts = item_texts(participant.gathering, (vote.item for vote in mine))
    return [
        {
            "stap": vote.step,
            "over": texts.get(vote.item, ""),
            "stem": VoteValue(vote.value).name.lower(),
            "op": vote.on.isoformat(),
        }
        for vote in mine
    ]


def erase_votes(participant: Participant, withdraw: bool) -> None:
    """Take the votes away, or leave them under keys that nobody holds: another one for each step."""
    mine = Vote.objects.filter(gathering=participant.gathering, author_key=participant.author_key)
    if withdraw:
        mine.delete()
        return
    for step in set(mine.values_list("step", flat=True)):
        mine.filter(step=step).update(author_key=secrets.token_hex(32))


# --- the rules, once for a whole batch ----------------------------------------------------------------


def _polls_of(wanted: set[tuple[UUID, str]]) -> dict[tuple[UUID, str], _Poll]:
    _hold_still({gathering for gathering, _step in wanted})
    found = Gathering.objects.select_related("format_version").in_bulk({id_ for id_, _step in wanted})
    return {(id_, step): _poll(found.get(id_), step) for id_, step in wanted}


def _poll(gathering: Gathering | None, step: str) -> _Poll:
    if gathering is None or gathering.published_at is None:
        return _Poll(None, frozenset(), NotFound(_("Deze bijeenkomst bestaat niet (meer).")))
    stage = stage_of(gathering)
    if stage.votes_are_cast_at(step) and gathering.closed_at is None:
        return _Poll(gathering, votable_ids(gathering, step), None)
    if not any(each.id == step for each in stage.vote_steps):
        return _Poll(gathering, frozenset(), NotFound(_("Hier valt niets te stemmen.")))
    if stage.place < stage.format.steps.index(stage.format.step(step)) or stage.ahead(Deed.VOTE):
        refusal = NotNow(
            _("Stemmen kan nog niet. Je leest het hier zodra het zover is."), code="not-open-yet"
        )
    else:
        refusal = NotNow(_("Stemmen is voorbij. Wat je stemde, telt mee."), code="closed")
    return _Poll(gathering, frozenset(), refusal)


def _hold_still(gatherings: set[UUID]) -> None:
    """Nobody moves these gatherings to another step until this transaction is over; other voters are not kept waiting.

    On SQLite a transaction that writes is alone anyway.
    """
    if connection.vendor == "postgresql":
        table = Gathering._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table} WHERE id = ANY(%s) FOR SHARE", [sorted(gatherings)])  # noqa: S608


def _speakers(fingerprints: set[str]) -> dict[str, tuple[UUID, str]]:
    """Gathering and state of every registration whose newest link this is; an earlier link has the state «earlier»."""
    newest = Registration.objects.filter(link_fingerprint__in=fingerprints)
    found = {
        mark: (id_, state)
        for mark, id_, state in newest.values_list("link_fingerprint", "gathering_id", "state")
    }
    if missing := fingerprints - found.keys():
        earlier = EarlierLink.objects.filter(fingerprint__in=missing)
        for mark, id_ in earlier.values_list("fingerprint", "registration__gathering_id"):
            found[mark] = (id_, "earlier")
    return found


def _refusal(ballot: Ballot, poll: _Poll, speakers: dict[str, tuple[UUID, str]]) -> WebError | None:
    gathering, state = speakers.get(ballot.fingerprint, (None, ""))
    if poll.gathering is None:
        return poll.refusal
    if gathering != ballot.gathering:
        return Denied(_("Open deze pagina met je eigen link uit je mail."), code="link-needed")
    if state == "earlier":
        return Denied(
            _("Je kreeg een nieuwere link. Stem daarmee: zo telt iedereen één keer."), code="earlier-link"
        )
    if state != RegistrationState.CONFIRMED:
        return Denied(
            _("Stemmen is voor wie meedoet. Bevestig eerst je inschrijving op je eigen pagina."),
            code="not-confirmed",
        )
    if poll.refusal is not None:
        return poll.refusal
    if any(item not in poll.items or value not in _VALUES for item, value in ballot.votes):
        return NotNow(_("Dit staat niet (meer) op de lijst. Laad de pagina opnieuw."), code="unknown-item")
    return None


def _store(ballots: Sequence[Ballot], polls: dict[tuple[UUID, str], _Poll]) -> None:
    rows: dict[tuple[UUID, str, str, UUID], Vote] = {}
    voted_in: dict[UUID, Gathering] = {}
    for ballot in ballots:
        gathering = polls[ballot.gathering, ballot.step].gathering
        if gathering is None or not ballot.votes:
            continue
        voted_in[gathering.id] = gathering
        day = clock.today(gathering.zone)
        for item, value in ballot.votes:
            key = (ballot.gathering, ballot.step, ballot.author_key, item)
            rows[key] = Vote(
                gathering_id=gathering.id,
                step=ballot.step,
                author_key=ballot.author_key,
                item=item,
                value=value,
                on=day,
            )
    # In one order, so that two processes that store the same rows never wait for each other in a circle.
    Vote.objects.bulk_create(
        [rows[key] for key in sorted(rows)],
        update_conflicts=True,
        update_fields=["value", "on"],
        unique_fields=list(_KEY),
    )
    for gathering in voted_in.values():
        freeze_mandate(gathering)
