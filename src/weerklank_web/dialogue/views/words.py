"""Changing words: edit, withdraw, share, mark, hide, show again, type in cards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.dialogue.actions import contribution as deeds
from weerklank_web.dialogue.forms import CardForm, ContributionForm, FragmentsForm, HideForm, cards_of
from weerklank_web.dialogue.gates import Hand, contribution_to_change, contribution_to_hide, own_contribution
from weerklank_web.dialogue.models import Contribution, ContributionSource
from weerklank_web.dialogue.rules import pieces
from weerklank_web.gatherings.gates import RoomRight, room_for
from weerklank_web.gatherings.stage import stage_of
from weerklank_web.gatherings.views.saying import refusals_told
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.language import language_now

__all__ = ["edit", "hide", "mark", "share", "show", "type_in", "withdraw", "withdraw_own"]


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, room_id: UUID, id: UUID) -> HttpResponse:  # noqa: A002
    """Change words."""
    hand = contribution_to_change(request, slug, room_id, id)
    row = hand.contribution
    given = {"id": row.id, "text": row.text, "level": row.level, "tone": row.tone}
    form = ContributionForm(
        request.POST or None, initial=given, stage=stage_of(hand.visit.gathering), language=language_now()
    )
    if request.method == "POST" and form.is_valid():
        kept = [
            piece
            for piece, key in pieces(row.text, row.fragments)
            if key and piece in form.cleaned_data["text"]
        ]
        words = deeds.Words(form.words.text, form.words.level, form.words.tone, fragments=kept)
        with _refusals_on(form):
            deeds.edit_contribution(row, words, by=hand.by)
            messages.success(request, _("Gewijzigd."))
            return _back(hand)
    return _page(request, hand, form, title=_("Inbreng wijzigen"), submit=_("Bewaren"))


@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, slug: str, room_id: UUID, id: UUID) -> HttpResponse:  # noqa: A002
    """Take words back, after asking once."""
    hand = contribution_to_change(request, slug, room_id, id)
    if request.method == "POST":
        with refusals_told(
            request, done=_("Ingetrokken. De woorden zijn weg; alleen dat er iets stond blijft zichtbaar.")
        ):
            deeds.withdraw_contribution(hand.contribution, by=hand.by)
        return _back(hand)
    return _taking_back(
        request, {"gathering": hand.visit.gathering, "room": hand.visit.room}, hand.contribution
    )


@require_http_methods(["GET", "POST"])
def withdraw_own(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Take one's own words back from the receipt, also after leaving the room."""
    contribution = own_contribution(request, slug, id)
    if request.method == "POST":
        with refusals_told(
            request, done=_("Ingetrokken. De woorden zijn weg; alleen dat er iets stond blijft zichtbaar.")
        ):
            deeds.withdraw_contribution(contribution, by=None)
        return redirect("answers:receipt", slug=slug)
    return _taking_back(request, {"gathering": contribution.gathering}, contribution)


@require_POST
def share(request: HttpRequest, slug: str, room_id: UUID, id: UUID) -> HttpResponse:  # noqa: A002
    """Share with the room what one wrote for oneself."""
    hand = contribution_to_change(request, slug, room_id, id)
    with refusals_told(request, done=_("Gedeeld met de kamer.")):
        deeds.share_contribution(hand.contribution)
    return _back(hand)


@require_http_methods(["GET", "POST"])
def mark(request: HttpRequest, slug: str, room_id: UUID, id: UUID) -> HttpResponse:  # noqa: A002
    """Mark the key words of a contribution (W10)."""
    visit = room_for(request, slug, room_id, to=RoomRight.READ)
    gate = contribution_to_hide if visit.leads else contribution_to_change
    hand = gate(request, slug, room_id, id)
    row = hand.contribution
    now = "\n".join(piece for piece, key in pieces(row.text, row.fragments) if key)
    form = FragmentsForm(request.POST or None, initial={"fragments": now})
    if request.method == "POST" and form.is_valid():
        with _refusals_on(form):
            deeds.mark_fragments(row, form.lines, by=hand.by)
            messages.success(request, _("Kernwoorden bewaard."))
            return _back(hand)
    return _page(request, hand, form, title=_("Kernwoorden markeren"), submit=_("Bewaren"))


@require_http_methods(["GET", "POST"])
def hide(request: HttpRequest, slug: str, room_id: UUID, id: UUID) -> HttpResponse:  # noqa: A002
    """Hide words that harm somebody, with a reason."""
    hand = contribution_to_hide(request, slug, room_id, id)
    form = HideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with _refusals_on(form):
            deeds.hide_contribution(hand.contribution, reason=form.cleaned_data["reason"], by=hand.by or "")
            messages.success(request, _("Verborgen. De schrijver leest je reden."))
            return _back(hand)
    return _page(request, hand, form, title=_("Inbreng verbergen"), submit=_("Verbergen"), kind="danger")


@require_POST
def show(request: HttpRequest, slug: str, room_id: UUID, id: UUID) -> HttpResponse:  # noqa: A002
    """Undo the hiding."""
    hand = contribution_to_hide(request, slug, room_id, id)
    with refusals_told(request, done=_("Weer zichtbaar.")):
        deeds.show_contribution(hand.contribution, by=hand.by or "")
    return _back(hand)


@require_http_methods(["GET", "POST"])
def type_in(request: HttpRequest, slug: str, room_id: UUID) -> HttpResponse:
    """Type in paper cards, all or nothing."""
    visit = room_for(request, slug, room_id, to=RoomRight.LEAD)
    form = CardForm(request.POST or None, stage=stage_of(visit.gathering), language=language_now())
    if request.method == "POST" and form.is_valid():
        with _refusals_on(form):
            count = deeds.type_in(
                visit.room, cards_of(form), source=ContributionSource.CARD, by=str(visit.member)
            )
            told = ngettext("%(count)s kaart bewaard.", "%(count)s kaarten bewaard.", count)
            messages.success(request, told % {"count": count})
            return redirect("dialogue:room", slug=slug, room_id=room_id)
    context = {"gathering": visit.gathering, "room": visit.room, "form": form}
    return render(request, "dialogue/cards.html", context, status=400 if form.errors else 200)


def _taking_back(request: HttpRequest, where: dict[str, object], contribution: Contribution) -> HttpResponse:
    """Asks once, and says what withdrawing can and cannot do."""
    context = {
        **where,
        "contribution": contribution,
        "title": _("Inbreng intrekken"),
        "submit": _("Ja, trek in"),
        "kind": "danger",
        "taking_back": True,
        "withdraw_words": stage_of(contribution.gathering).text("withdraw", language_now()),
    }
    return render(request, "dialogue/words.html", context)


@contextmanager
def _refusals_on(form: forms.BaseForm) -> Iterator[None]:
    """What is refused is said above the form, and what was typed stays in it."""
    try:
        yield
    except NotNow as refusal:
        form.add_error(None, refusal.sentence)


def _back(hand: Hand) -> HttpResponse:
    return redirect("dialogue:room", slug=hand.visit.gathering.slug, room_id=hand.visit.room.id)


def _page(
    request: HttpRequest, hand: Hand, form: object, *, title: str, submit: str, kind: str = "primary"
) -> HttpResponse:
    context = {
        "gathering": hand.visit.gathering,
        "room": hand.visit.room,
        "contribution": hand.contribution,
        "form": form,
        "title": title,
        "submit": submit,
        "kind": kind,
    }
    return render(
        request, "dialogue/words.html", context, status=400 if getattr(form, "errors", None) else 200
    )
