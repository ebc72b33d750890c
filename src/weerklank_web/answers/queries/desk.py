"""The desk: what the recipient reads, and what is prepared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from weerklank_web.answers.models import DeskLink, Draft
from weerklank_web.answers.queries.answer import AnswerView, MessageThread, threads_of, word_to_everybody
from weerklank_web.answers.rules import Drafted, gaps_in_draft
from weerklank_web.gatherings.models import Gathering
from weerklank_web.groundwork import links

__all__ = [
    "DeskMessage",
    "DraftView",
    "desk_link_of_secret",
    "desk_links_of",
    "desk_messages",
    "drafted",
    "drafts_of",
]


@dataclass(frozen=True)
class DraftView:
    """A draft with what it still lacks."""

    draft: Draft
    gaps: list[str]

    @property
    def ready(self) -> bool:
        """Whether it can be released."""
        return not self.gaps


@dataclass(frozen=True)
class DeskMessage:
    """One message at the desk. None instead of a thread: the word to everybody."""

    thread: MessageThread | None
    answer: AnswerView | None
    draft: DraftView | None

    @property
    def key(self) -> str:
        """Names its form on the page."""
        return "allen" if self.thread is None else self.thread.view.id.hex

    @property
    def sure(self) -> bool:
        """Whether there is an answer and nothing newer being prepared."""
        return self.answer is not None and self.draft is None


def drafted(draft: Draft) -> Drafted:
    """What a draft says, for judging it."""
    return Drafted(
        to_everybody=draft.message_id is None,
        kind=draft.kind,
        reason=draft.reason,
        owner=draft.owner,
        due=draft.due,
        film_link=draft.film_link,
        transcript=draft.transcript,
        commitments=draft.commitments,
    )


def drafts_of(gathering: Gathering) -> Mapping[UUID | None, DraftView]:
    """Every draft by message; under None the word to everybody."""
    return {
        draft.message_id: DraftView(draft, gaps_in_draft(drafted(draft)))
        for draft in Draft.objects.filter(gathering=gathering)
    }


def desk_messages(gathering: Gathering, *, language: str) -> list[DeskMessage]:
    """Every message with its answer and draft; the word to everybody comes last."""
    drafts = drafts_of(gathering)
    messages = [
        DeskMessage(thread, thread.answer, drafts.get(thread.view.id))
        for thread in threads_of(gathering, language=language)
    ]
    return [*messages, DeskMessage(None, word_to_everybody(gathering), drafts.get(None))]


def desk_link_of_secret(gathering: Gathering, secret: str) -> DeskLink | None:
    """The link to this desk that opens with ``secret``, unless it was revoked."""
    mark = links.fingerprint(secret)
    return DeskLink.objects.filter(gathering=gathering, fingerprint=mark, revoked=False).first()


def desk_links_of(gathering: Gathering) -> list[DeskLink]:
    """The links to the desk, oldest first; what was revoked too."""
    return list(DeskLink.objects.filter(gathering=gathering))
