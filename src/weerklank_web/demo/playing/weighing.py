"""At the bench, and reading back: insights and messages on what was said, and what people think of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from uuid import UUID

from weerklank_web.answers.actions import milestone, statement
from weerklank_web.answers.actions.stance import freeze_read_back, give_stance
from weerklank_web.answers.models import Insight, Message
from weerklank_web.demo.records.answer import Message as Script
from weerklank_web.demo.records.answer import Objection, Quote, Stance, Stances
from weerklank_web.demo.story import Story
from weerklank_web.gatherings.actions.gathering import move_to_step
from weerklank_web.gatherings.gates import Participant

__all__ = ["make_sense", "read_back"]


def make_sense(story: Story) -> None:
    """The organiser words five insights and eight messages, each on its sources, with what was said against it."""
    by = str(story.organiser)
    with story.on(8, 10):
        move_to_step(story.gathering, "synthesise", by=story.organiser)
        story.gathering.refresh_from_db()
        for script in story.content.insights:
            insight = statement.make_insight(
                story.gathering,
                _ids(story, script.sources),
                by=by,
                sentence=script.sentence,
                explanation=script.explanation,
            )
            _quote(story, insight, script.sources, by=by)
            statement.set_ready(insight, by=by)
            story.insights[script.key] = insight
        for wanted in story.content.messages:
            _make_message(story, wanted, by=by)


def _make_message(story: Story, script: Script, *, by: str) -> None:
    message = statement.make_message(
        story.gathering,
        _ids(story, script.sources),
        by=by,
        insights=[story.insights[each] for each in script.insights],
        text=script.text,
        addressee=script.addressee,
        level=script.level,
    )
    _quote(story, message, script.sources, by=by)
    for against in _ids(story, script.dissent_sources):
        statement.object_with(message, against, by=by)
    message.refresh_from_db()
    if script.dissent:
        statement.reword(message, {"dissent": script.dissent}, seen=message.version, by=by)
    statement.set_ready(message, by=by)
    story.messages[script.key] = message


def _ids(story: Story, quotes: Sequence[Quote]) -> list[UUID]:
    return [story.contributions[quote.contribution] for quote in quotes]


def _quote(story: Story, thing: Insight | Message, quotes: Sequence[Quote], *, by: str) -> None:
    for quote in quotes:
        statement.quote_piece(thing, story.contributions[quote.contribution], quote.quote, by=by)


def read_back(story: Story) -> None:
    """A good part of the room reads back and says what it thinks; after a week the counts are frozen."""
    timing = story.content.gathering.timing
    with story.on(timing.read_back_from_day, 9):
        move_to_step(story.gathering, "review", by=story.organiser)
        story.gathering.refresh_from_db()
        milestone.tell_reading_back_is_open(story.gathering)
    with story.on(timing.read_back_from_day + 2, 13):
        crowd = [_visitor(story, key) for key in story.people if story.registration(key).present]
        for key, insight in story.insights.items():
            insight.refresh_from_db()
            _weigh(story, insight, story.content.read_back.insights[key], crowd, objections=())
        for key, message in story.messages.items():
            message.refresh_from_db()
            said = [each for each in story.content.read_back.objections if each.message == key]
            _weigh(story, message, story.content.read_back.messages[key], crowd, objections=said)
    with story.on(timing.read_back_until_day, 17):
        move_to_step(story.gathering, "publish", by=story.organiser)
        story.gathering.refresh_from_db()
        freeze_read_back(story.gathering)


def _weigh(
    story: Story,
    thing: Insight | Message,
    stances: Stances,
    crowd: Sequence[Participant],
    *,
    objections: Sequence[Objection],
) -> None:
    left = {Stance.AGREE: stances.agree, Stance.DISAGREE: stances.disagree, Stance.PASS: stances.passed}
    spoken = set()
    for objection in objections:
        person = story.seat(objection.room, objection.by)
        visitor = next(each for each in crowd if each.registration.id == person.registration)
        if visitor.registration.id in spoken:
            continue
        give_stance(
            thing, participant=visitor, kind=objection.stance, objection=objection.text, seen=thing.version
        )
        spoken.add(visitor.registration.id)
        left[objection.stance] -= 1
    silent = [each for each in crowd if each.registration.id not in spoken]
    Random(str(thing.position)).shuffle(silent)
    for visitor, kind in zip(silent, _spread(left), strict=False):
        give_stance(thing, participant=visitor, kind=kind, seen=thing.version)


def _spread(left: dict[Stance, int]) -> Iterator[Stance]:
    for kind, count in left.items():
        yield from [kind] * max(0, count)


def _visitor(story: Story, key: str) -> Participant:
    return Participant(registration=story.registration(key), secret=story.people[key].secret)
