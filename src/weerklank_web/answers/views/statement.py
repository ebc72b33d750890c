"""One insight or message on the bench: word it, choose its sources, quote, order, set ready, delete."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from weerklank_web.answers.actions import statement as deeds
from weerklank_web.answers.bridge.wording import Proposal, endpoint_or_none
from weerklank_web.answers.errors import NotLiteral, Overtaken
from weerklank_web.answers.forms.statement import InsightForm, MessageForm, PieceForm
from weerklank_web.answers.gates import StatementVisit, statement_for
from weerklank_web.answers.models import Insight, Message
from weerklank_web.answers.queries.statement import faults_of, statement_view
from weerklank_web.answers.views.saying import go_to
from weerklank_web.dialogue.bridge.format import values_of
from weerklank_web.gatherings.stage import INSIGHT, Deed, stage_of
from weerklank_web.gatherings.views.saying import refusals_told, tabs_of
from weerklank_web.groundwork.language import language_now

__all__ = ["delete", "edit", "form_of", "move", "page", "quote", "ready", "source"]


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, id: UUID, noun: str) -> HttpResponse:  # noqa: A002
    """Word it. When somebody else was first, both texts stand beside each other and nothing is lost."""
    visit = statement_for(request, slug, noun, id)
    if request.headers.get("HX-Request") and request.method == "GET":
        newer = request.GET.get("gezien", "") != str(visit.thing.version)
        return render(request, "answers/statement.html#news", {"newer": newer})
    if request.method != "POST":
        return page(request, visit, form_of(visit))
    form = form_of(visit, request.POST)
    if not form.is_valid():
        return page(request, visit, form, status=422)
    was_ready = visit.thing.published
    try:
        deeds.reword(
            visit.thing,
            form.words,
            seen=form.cleaned_data["version"],
            by=visit.by,
            insights=form.chosen if isinstance(form, MessageForm) else None,
        )
    except Overtaken as refusal:
        if refusal.code == "deleted":
            raise
        return _overtaken(request, slug, noun, id)
    messages.success(request, _("Bewaard."))
    _tell_no_longer_ready(request, visit.thing, was_ready=was_ready)
    return go_to(noun, visit.gathering, id)


@require_POST
def source(request: HttpRequest, slug: str, id: UUID, noun: str, source_id: UUID) -> HttpResponse:  # noqa: A002
    """One source: away, to the other sound, or back from it."""
    visit = statement_for(request, slug, noun, id)
    deed = {
        "weg": deeds.drop_source,
        "ander-geluid": deeds.object_with,
        "niet-anders": deeds.stop_objecting_with,
    }.get(request.POST.get("wat", ""))
    if deed is not None:
        was_ready = visit.thing.published
        with refusals_told(request, done=_("Bewaard.")):
            deed(visit.thing, source_id, by=visit.by)
        _tell_no_longer_ready(request, visit.thing, was_ready=was_ready)
    return go_to(noun, visit.gathering, id, at="bronnen")


@require_POST
def quote(request: HttpRequest, slug: str, id: UUID, noun: str, source_id: UUID) -> HttpResponse:  # noqa: A002
    """Quote a literal piece of a source. A piece that is not literal stays in its field."""
    visit = statement_for(request, slug, noun, id)
    form = PieceForm(request.POST, prefix=f"s-{source_id.hex}")
    if not form.is_valid():
        return page(request, visit, form_of(visit), piece=(source_id, form), status=422)
    try:
        deeds.quote_piece(visit.thing, source_id, form.cleaned_data["piece"], by=visit.by)
    except NotLiteral as refusal:
        form.add_error("piece", refusal.sentence)
        return page(request, visit, form_of(visit), piece=(source_id, form), status=422)
    messages.success(request, _("Citaat bewaard."))
    return go_to(noun, visit.gathering, id, at=f"s-{source_id.hex}")


@require_POST
def move(request: HttpRequest, slug: str, id: UUID, noun: str) -> HttpResponse:  # noqa: A002
    """One place up or down."""
    visit = statement_for(request, slug, noun, id)
    with refusals_told(request):
        deeds.move_statement(visit.thing, up=request.POST.get("way") == "up", by=visit.by)
    return go_to("bench", visit.gathering, at=f"u-{id.hex}")


@require_POST
def ready(request: HttpRequest, slug: str, id: UUID, noun: str) -> HttpResponse:  # noqa: A002
    """Set it ready to be read back, or take it back."""
    visit = statement_for(request, slug, noun, id)
    if request.POST.get("wat") == "terug":
        with refusals_told(request, done=_("Teruggehaald: dit gaat nu niet naar buiten.")):
            deeds.take_back(visit.thing, by=visit.by)
    else:
        with refusals_told(request, done=_("Klaar om na te laten lezen.")):
            deeds.set_ready(visit.thing, by=visit.by)
    return go_to(noun, visit.gathering, id)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, slug: str, id: UUID, noun: str) -> HttpResponse:  # noqa: A002
    """Throw it away, after asking once."""
    visit = statement_for(request, slug, noun, id)
    if request.method == "POST":
        with refusals_told(request, done=_("Weggegooid. De inbreng zelf blijft staan.")):
            deeds.delete_statement(visit.thing, by=visit.by)
        return go_to("bench", visit.gathering)
    context = {"gathering": visit.gathering, "thing": visit.thing, "noun": noun}
    return render(request, "answers/delete.html", context)


def form_of(visit: StatementVisit, data: object = None) -> InsightForm | MessageForm:
    """Its form, as it stands or with what was sent."""
    thing, stage = visit.thing, stage_of(visit.gathering)
    if isinstance(thing, Insight):
        columns = ("version", "sentence", "explanation", "dissent")
        return InsightForm(data, initial={name: getattr(thing, name) for name in columns}, stage=stage)
    names = ("version", "text", "addressee", "level", "dissent")
    return MessageForm(
        data,
        initial={
            **{name: getattr(thing, name) for name in names},
            "insights": [insight.pk for insight in thing.insights.all()],
        },
        stage=stage,
        levels=[(value.key, value.label) for value in values_of(stage, "level", language_now())],
        insights=Insight.objects.filter(gathering=visit.gathering),
    )


def _overtaken(request: HttpRequest, slug: str, noun: str, id: UUID) -> HttpResponse:  # noqa: A002
    """Both texts: mine stays in the form, theirs stands beside it; saving again is then a choice."""
    visit = statement_for(request, slug, noun, id)
    mine = request.POST.copy()
    mine["version"] = str(visit.thing.version)
    return page(request, visit, form_of(visit, mine), overtaken=True, status=409)


def page(
    request: HttpRequest,
    visit: StatementVisit,
    form: InsightForm | MessageForm,
    *,
    piece: tuple[UUID, PieceForm] | None = None,
    overtaken: bool = False,
    proposal: Proposal | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of one insight or message; ``proposal``: a sentence that a model offers."""
    view = statement_view(visit.thing, language=language_now())
    forms = {
        source.contribution.id: PieceForm(
            initial={"piece": source.quote}, prefix=f"s-{source.contribution.id.hex}"
        )
        for source in view.readable
    }
    if piece is not None:
        forms[piece[0]] = piece[1]
    stage = stage_of(visit.gathering)
    context = {
        "gathering": visit.gathering,
        "tabs": tabs_of(visit.gathering, current="answers:bench"),
        "view": view,
        "thing": view.thing,
        "noun": "insight" if view.noun == INSIGHT else "message",
        "form": form,
        "sources": [(source, forms.get(source.contribution.id)) for source in view.sources],
        "faults": faults_of(visit.gathering, [view])[view.id],
        "overtaken": overtaken,
        "may_word": stage.may(Deed.SYNTHESISE),
        "topic": deeds.bench_topic(visit.gathering),
        "news_address": f"{resolve_url(f'answers:{view.noun}', visit.gathering.slug, view.id)}?gezien={view.thing.version}",
        "newer": False,
        "endpoint": endpoint_or_none(),
        "proposal": proposal,
        "taken": None if proposal is None else _with_words(visit, proposal.words),
    }
    return render(request, "answers/statement.html", context, status=status)


def _with_words(visit: StatementVisit, words: str) -> InsightForm | MessageForm:
    """The form as it stands, with other words: hidden, for who takes a proposal over."""
    form = form_of(visit)
    form.auto_id = False
    form.initial["sentence" if isinstance(form, InsightForm) else "text"] = words
    return form


def _tell_no_longer_ready(request: HttpRequest, thing: Insight | Message, *, was_ready: bool) -> None:
    if was_ready and not thing.published:
        messages.warning(request, _("Dit is niet meer klaar om na te laten lezen: kijk wat er ontbreekt."))
