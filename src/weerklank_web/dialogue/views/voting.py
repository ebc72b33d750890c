"""Voting, one card at a time: with a thumb, with a keyboard, and without JavaScript."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from weerklank_web.dialogue.actions.vote import ballot_of, cast_votes, take_back_votes
from weerklank_web.dialogue.bridge.format import Audience, prompts_of, step_words
from weerklank_web.dialogue.forms import VoteForm
from weerklank_web.dialogue.gates import VoteVisit, voting_for
from weerklank_web.dialogue.models import VoteValue
from weerklank_web.dialogue.queries.poll import Card, Poll, poll_of
from weerklank_web.gatherings.models import RegistrationState
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.gatherings.views.saying import SeeOther, refusals_told
from weerklank_web.groundwork import links
from weerklank_web.groundwork.language import language_now

__all__ = ["take_back", "vote"]

_DONE = "klaar"


@require_http_methods(["GET", "POST"])
def vote(request: HttpRequest, slug: str, step_id: str) -> HttpResponse:
    """The card that comes next, or the one asked for; a vote leads to the next open one."""
    visit = voting_for(request, slug, step_id)
    if request.method == "POST":
        return _cast(request, visit)
    poll = poll_of(visit.gathering, step_id, author_key=visit.participant.author_key)
    return render(request, "dialogue/vote.html", _context(request, visit, poll))


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, slug: str, step_id: str) -> HttpResponse:
    """Take all own votes in this step back, after asking once."""
    visit = voting_for(request, slug, step_id)
    if request.method == "POST":
        with refusals_told(request, done=_("Je stemmen zijn weg.")):
            take_back_votes(visit.participant, step=step_id)
        return _to(visit)
    context = {
        "gathering": visit.gathering,
        "step": step_words(visit.step, language_now()),
        "step_id": step_id,
    }
    return render(request, "dialogue/take_back_votes.html", context)


def _cast(request: HttpRequest, visit: VoteVisit) -> HttpResponse:
    form = VoteForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Kies eens, oneens of weet ik niet."))
        return _to(visit)
    given = form.cleaned_data
    ballot = ballot_of(
        visit.participant.secret,
        gathering=visit.gathering.id,
        step=visit.step.id,
        votes=[(given["item"], given["value"])],
    )
    (refusal,) = cast_votes([ballot])
    if refusal is not None:
        raise refusal
    poll = poll_of(visit.gathering, visit.step.id, author_key=visit.participant.author_key)
    later = (card for card in poll.cards if card.value is None and card.number > given["nr"])
    following = next(later, poll.first_open)
    return _to(visit, f"?nr={following.number}" if following else f"?nr={_DONE}")


def _context(request: HttpRequest, visit: VoteVisit, poll: Poll) -> dict[str, object]:
    stage = stage_of(visit.gathering)
    open_now = stage.votes_are_cast_at(visit.step.id) and visit.gathering.closed_at is None
    registration = visit.participant.registration
    newest = links.fingerprint(visit.participant.secret) == registration.link_fingerprint
    card = _card(request.GET.get("nr", ""), poll)
    language = language_now()
    here = stage.format.steps.index(visit.step)
    return {
        "gathering": visit.gathering,
        "step": step_words(visit.step, language),
        "step_id": visit.step.id,
        "prompts": prompts_of(visit.step, language),
        "poll": poll,
        "card": card,
        "first": poll.card(1),
        "words": {value: str(VoteValue(value).label) for value in (1, -1, 0)},
        "answers": [(int(value), str(value.label), key) for key, value in enumerate(VoteValue, start=1)],
        "open": open_now,
        "ahead": stage.place < here,
        "newest": newest,
        "confirmed": registration.state == RegistrationState.CONFIRMED,
        "may_look": stage.votes_are_open_to(Audience.PLENARY, visit.step.id),
        "thanks": stage.text("thanks", language),
        "topics": [f"gathering/{visit.gathering.id}"],
    }


def _card(asked: str, poll: Poll) -> Card | None:
    if asked == _DONE:
        return None
    chosen = poll.card(int(asked)) if asked.isdecimal() and len(asked) < 6 else None
    return chosen or poll.first_open


def _to(visit: VoteVisit, query: str = "") -> SeeOther:
    return SeeOther(reverse("dialogue:vote", args=[visit.gathering.slug, visit.step.id]) + query)
