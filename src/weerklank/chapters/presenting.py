"""The short presentation out of the same facts: at most ten slides, each point names its paragraph (W10, W14)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from weerklank.chapters.attendance import show_up_of
from weerklank.chapters.composing import Composer
from weerklank.chapters.facts import AttendanceFacts, InsightFacts, MessageFacts, Promise, ThemeHarvest, Voice
from weerklank.chapters.findings import sources_of
from weerklank.chapters.voting import Polling
from weerklank.evidence.records import Contribution, ContributionKind
from weerklank.report.document import Document
from weerklank.report.slides import MAX_SLIDES, Slide, SlideKind, SlidePoint, Slides

__all__ = ["Talk", "slide_heading", "slides_of"]

PER_SLIDE = 3
FRAGMENTS_PER_SLIDE = 4
LONGEST_FRAGMENT = 150
SENTENCE = re.compile(r"[^.!?…]+[.!?…]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """What the presentation is made of."""

    document: Document
    attendance: AttendanceFacts | None
    themes: tuple[ThemeHarvest, ...]
    insights: tuple[InsightFacts, ...]
    messages: tuple[MessageFacts, ...]
    voices: tuple[Voice, ...]
    polls: tuple[Polling, ...] = ()
    promise: Promise | None = None
    recipient: str | None = None


def slides_of(talk: Talk, compose: Composer) -> Slides:
    """Cover, figures, insights, messages, the rooms in their own words, other voices, what happens next.

    Votes and then the rooms get the slides that are left. What does not fit is pointed to, never dropped silently."""
    opening = [_cover(talk), *_figures(talk, compose)]
    insights = _listed(
        compose.say("slides.insights"),
        [SlidePoint(text=insight.sentence, rests_on=f"insight:{insight.id}") for insight in talk.insights],
        {f"insight:{insight.id}": sources_of(insight) for insight in talk.insights},
        talk,
        compose,
    )
    messages = _listed(
        compose.say("slides.messages"),
        [
            SlidePoint(text=message.text, rests_on=f"message:{message.id}", lead=message.addressee)
            for message in talk.messages
        ],
        {f"message:{message.id}": sources_of(message) for message in talk.messages},
        talk,
        compose,
    )
    closing = [*_dissent(talk, compose), *_closing(talk, compose)]
    left = MAX_SLIDES - sum(map(len, (opening, insights, messages, closing)))
    made = [slide for poll in talk.polls for slide in poll.slides()]
    votes = [_spoken(slide, talk, compose) for slide in made[: max(1, left - 1)]]
    rooms = _rooms(talk, compose, slides=left - len(votes))
    return Slides((*opening, *votes, *insights, *messages, *rooms, *closing))


def _spoken(slide: Slide, talk: Talk, compose: Composer) -> Slide:
    """A slide about votes, with where it rests on."""
    resting = [slide.chart] if slide.chart is not None else [point.rests_on for point in slide.points]
    return replace(slide, notes=_notes(dict.fromkeys(resting, ()), talk, compose))


def slide_heading(title: str, number: int, compose: Composer) -> str:
    """ "Inzichten", then "Inzichten (2)": no two slides have the same title."""
    if number == 0:
        return title
    return compose.sentences.say("slides.continued", {"title": title, "number": str(number + 1)})


def _cover(talk: Talk) -> Slide:
    document = talk.document
    under = " · ".join(part for part in (" + ".join(document.organisers), talk.recipient) if part)
    return Slide(title=document.title, subtitle=under or document.subtitle, kind=SlideKind.COVER)


def _figures(talk: Talk, compose: Composer) -> list[Slide]:
    """Who came, or else what there is; nothing where there is neither."""
    attendance = talk.attendance
    points: list[SlidePoint] = []
    if attendance is not None:
        for name in ("registered", "present"):
            figure = compose.shown(compose.fact(name, people=True))
            points.append(
                SlidePoint(text=compose.say(f"slides.{name}"), rests_on="attendance/came", figure=figure)
            )
        rate = show_up_of(attendance)
        if rate is not None:
            text = compose.say("slides.show_up")
            points.append(SlidePoint(text=text, rests_on="attendance/came", figure=f"{rate.value} %"))
        rooms = compose.shown(compose.fact("rooms"))
        points.append(SlidePoint(text=compose.say("slides.rooms"), rests_on="attendance/rooms", figure=rooms))
        title = compose.say("slides.attendance")
    else:
        notes = talk.recipient is None
        names = ("contributions", "themes") if notes else ("contributions",)
        for name in names if notes or compose.facts["contributions"] else ():
            home = "brief/notes" if notes else "method/printed"
            shown = compose.shown(compose.fact(name))
            points.append(SlidePoint(text=compose.say(f"slides.{name}"), rests_on=home, figure=shown))
        points += [point for poll in talk.polls[:2] for point in poll.figures()]
        title = compose.say("slides.notes")
    spoken = _notes({point.rests_on: () for point in points}, talk, compose)
    slide = Slide(title=title, points=tuple(points), kind=SlideKind.FIGURES, notes=spoken)
    return [slide] if points else []


def _listed(
    title: str,
    points: list[SlidePoint],
    sources: dict[str, tuple[str, ...]],
    talk: Talk,
    compose: Composer,
) -> list[Slide]:
    """Up to two slides of a kind; more points than that are referred to on the second."""
    pages = [points[start : start + PER_SLIDE] for start in range(0, len(points), PER_SLIDE)]
    rest = [point for page in pages[2:] for point in page]
    slides = []
    for number, page in enumerate(pages[:2]):
        heading = slide_heading(title, number, compose)
        here = [*page, *rest] if number == 1 else page
        notes = _notes({point.rests_on: sources[point.rests_on] for point in here}, talk, compose)
        more = (
            [SlidePoint(text=compose.say("slides.more"), rests_on=rest[0].rests_on)] if here != page else []
        )
        slides.append(Slide(title=heading, points=(*page, *more), notes=notes))
    return slides


def _notes(resting: Mapping[str, tuple[str, ...]], talk: Talk, compose: Composer) -> tuple[str, ...]:
    """Spoken notes: for each paragraph its number, and where its sources are printed."""
    numbering = talk.document.numbering
    lines = [compose.say("slides.spoken")]
    for block, sources in resting.items():
        line = compose.sentences.say("slides.rests", {"references": numbering.of(block)})
        homes = [numbering.where_printed(source) for source in sources]
        printed = ", ".join(numbering.of(home) for home in homes if home is not None and home != block)
        if printed:
            line = f"{line} {compose.sentences.say('slides.sources', {'references': printed})}"
        lines.append(line)
    return tuple(lines)


def _rooms(talk: Talk, compose: Composer, *, slides: int) -> list[Slide]:
    """Key fragments per theme, literally, spread over the slides that are left."""
    chosen = [(theme.theme, _fragments(theme)) for theme in talk.themes]
    chosen = [(theme, fragments) for theme, fragments in chosen if fragments]
    if slides < 1 or not chosen:
        return []
    per_slide = max(1, min(FRAGMENTS_PER_SLIDE, -(-len(chosen) // slides)))
    each = max(1, FRAGMENTS_PER_SLIDE // per_slide)
    title = compose.say("slides.harvest")
    made = []
    for number, start in enumerate(range(0, len(chosen), per_slide)):
        points, sources = [], {}
        for theme, fragments in chosen[start : start + per_slide]:
            for contribution, text in fragments[:each]:
                home = f"said:{contribution.id}"
                points.append(SlidePoint(text=compose.quoted(text), rests_on=home, lead=theme))
                sources[home] = (contribution.id,)
        heading = slide_heading(title, number, compose)
        made.append(
            Slide(
                title=heading,
                points=tuple(points),
                kind=SlideKind.QUOTE,
                notes=_notes(sources, talk, compose),
            )
        )
    return made[:slides]


def _fragments(theme: ThemeHarvest) -> list[tuple[Contribution, str]]:
    """The theme's marked sentences that fit a slide, one per room in turn, and within a room one per level in turn.

    Where nobody marked anything, short contributions stand in, so that no theme falls out of the presentation."""
    return _fitting(theme, _marked_fragment) or _fitting(theme, _short_text)


def _fitting(
    theme: ThemeHarvest, pick: Callable[[Contribution], str | None]
) -> list[tuple[Contribution, str]]:
    queues = []
    for room in theme.rooms:
        levels: dict[str | None, list[tuple[Contribution, str]]] = {}
        for contribution in room.all():
            text = None if _awkward(contribution) else pick(contribution)
            if text is not None:
                levels.setdefault(contribution.level, []).append((contribution, text))
        queues.append(_in_turn(list(levels.values())))
    return _in_turn(queues)


def _awkward(contribution: Contribution) -> bool:
    """Broken off, half of a sentence, or with quotation marks that would nest: no good on a slide by itself."""
    half = contribution.kind is ContributionKind.LEAD_IN or contribution.context is not None
    return half or contribution.unfinished or any(mark in contribution.text for mark in '“”„"«»')


def _short_text(contribution: Contribution) -> str | None:
    text = contribution.text.strip()
    return text if 0 < len(text) <= LONGEST_FRAGMENT else None


def _in_turn(queues: list[list[tuple[Contribution, str]]]) -> list[tuple[Contribution, str]]:
    longest = max(map(len, queues), default=0)
    return [queue[place] for place in range(longest) for queue in queues if place < len(queue)]


def _marked_fragment(contribution: Contribution) -> str | None:
    """The whole text, the marked sentence, or the marked words: the longest that fits. None without a mark."""
    if not contribution.emphasis:
        return None
    whole = _short_text(contribution)
    if whole is not None:
        return whole
    text, first = contribution.text, contribution.emphasis[0]
    for sentence in SENTENCE.finditer(text):
        fits = len(sentence.group().strip()) <= LONGEST_FRAGMENT
        if sentence.start() <= first.start < sentence.end() and fits:
            return sentence.group().strip()
    marked = text[first.start : first.end].strip()
    return marked if len(marked.split()) >= 3 and len(marked) <= LONGEST_FRAGMENT else None


def _dissent(talk: Talk, compose: Composer) -> list[Slide]:
    points: list[SlidePoint] = []
    sources: dict[str, tuple[str, ...]] = {}
    for place, voice in enumerate(talk.voices):
        contribution = compose.contributions.get(voice.contribution)
        if contribution is None or len(points) == PER_SLIDE:
            continue
        if len(contribution.text) <= 2 * LONGEST_FRAGMENT and not any(
            m in contribution.text for m in '“”„"«»'
        ):
            home = f"dissent/voice:{place}"
            lead = contribution.room or contribution.theme
            if contribution.unfinished:
                lead = f"{lead} · {compose.say('harvest.unfinished')}"
            points.append(
                SlidePoint(text=compose.quoted(contribution.text.strip()), rests_on=home, lead=lead)
            )
            sources[home] = (contribution.id,)
    if not points and talk.voices:
        points.append(SlidePoint(text=compose.say("slides.more"), rests_on="dissent/voice:0"))
        sources["dissent/voice:0"] = (talk.voices[0].contribution,)
    if not points:
        return []
    notes = _notes(sources, talk, compose)
    return [
        Slide(title=compose.say("slides.dissent"), points=tuple(points), kind=SlideKind.QUOTE, notes=notes)
    ]


def _closing(talk: Talk, compose: Composer) -> list[Slide]:
    if talk.recipient is None:
        return []
    if talk.promise is None:
        points = [SlidePoint(text=compose.say("brief.no_promise"), rests_on="given:promise")]
    else:
        points = [SlidePoint(text=talk.promise.form, rests_on="given:promise", lead=talk.recipient)]
        if talk.promise.by is not None:
            text = compose.sentences.say("brief.promise_by", {"day": compose.day(talk.promise.by)})
            points.append(SlidePoint(text=text, rests_on="brief/promise-by"))
    notes = _notes({point.rests_on: () for point in points}, talk, compose)
    return [Slide(title=compose.say("slides.closing"), points=tuple(points), notes=notes)]
