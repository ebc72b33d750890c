"""The propositions of a gathering, and where its votes stand: for organisers and facilitators."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.dialogue.actions import proposition as deeds
from weerklank_web.dialogue.bridge.format import votes_on_propositions
from weerklank_web.dialogue.forms import PropositionForm, PropositionsForm
from weerklank_web.dialogue.gates import Editor, editor_for, proposition_for
from weerklank_web.dialogue.queries.look import vote_rows
from weerklank_web.dialogue.rules import doubts_about
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.gatherings.views.saying import goes_up, refusals_told, tabs_of
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.language import language_now

__all__ = ["move", "proposition", "propositions", "put_back", "take_out"]


@require_http_methods(["GET", "POST"])
def propositions(request: HttpRequest, slug: str) -> HttpResponse:
    """The list with friendly questions, a form for more, and every step of votes with the way to its picture."""
    editor = editor_for(request, slug)
    form = PropositionsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = deeds.add_propositions(editor.gathering, form.cleaned_data["texts"], by=editor.person)
        except NotNow as refusal:
            form.add_error("texts", refusal.sentence)
        else:
            told = ngettext("%(count)d stelling erbij.", "%(count)d stellingen erbij.", len(made))
            messages.success(request, told % {"count": len(made)})
            return redirect("dialogue:propositions", slug=slug)
    stage = stage_of(editor.gathering)
    listed = list(editor.gathering.propositions.all())
    context = {
        "rows": [(each, doubts_about(each.text)) for each in listed if not each.taken_out],
        "out": [each for each in listed if each.taken_out],
        "form": form,
        "votes": vote_rows(editor.gathering, language=language_now()),
        "may_add": not stage.past(Deed.VOTE),
        "has_propositions": any(votes_on_propositions(step) for step in stage.vote_steps),
    }
    return _page(request, editor, "dialogue/propositions.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def proposition(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Word one otherwise, as long as nobody voted on it."""
    editor, row = proposition_for(request, slug, id)
    form = PropositionForm(request.POST or None, initial={"text": row.text})
    if request.method == "POST" and form.is_valid():
        try:
            deeds.word_proposition(row, text=form.cleaned_data["text"], by=editor.person)
        except NotNow as refusal:
            form.add_error("text", refusal.sentence)
        else:
            messages.success(request, _("Bewaard."))
            return redirect("dialogue:propositions", slug=slug)
    context = {"form": form, "proposition": row, "doubts": doubts_about(row.text)}
    return _page(request, editor, "dialogue/proposition.html", context, status=422 if form.errors else 200)


@require_POST
def move(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """One place up or down."""
    _editor, row = proposition_for(request, slug, id)
    deeds.move_proposition(row, up=goes_up(request))
    return redirect("dialogue:propositions", slug=slug)


@require_POST
def take_out(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Out of the vote."""
    editor, row = proposition_for(request, slug, id)
    with refusals_told(request, done=_("Uit de ronde gehaald. Wat erop gestemd was, telt nergens meer mee.")):
        deeds.take_out(row, by=editor.person)
    return redirect("dialogue:propositions", slug=slug)


@require_POST
def put_back(request: HttpRequest, slug: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Back in the vote."""
    editor, row = proposition_for(request, slug, id)
    with refusals_told(request, done=_("De stelling doet weer mee.")):
        deeds.put_back(row, by=editor.person)
    return redirect("dialogue:propositions", slug=slug)


def _page(
    request: HttpRequest, editor: Editor, template: str, more: dict[str, object], *, status: int
) -> HttpResponse:
    tabs = tabs_of(editor.gathering, current="dialogue:propositions") if editor.organises else []
    context = {"gathering": editor.gathering, "tabs": tabs, **more}
    return render(request, template, context, status=status)
