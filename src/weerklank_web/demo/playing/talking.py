"""In the rooms: what people said, changed, took back; and what the room made of it."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from weerklank_web.demo.records.room import Contribution as Said
from weerklank_web.demo.records.room import Prompt, Room, Step
from weerklank_web.demo.story import Story
from weerklank_web.dialogue.actions import contribution as deeds
from weerklank_web.dialogue.actions import harvest as harvests
from weerklank_web.dialogue.actions.contribution import Words
from weerklank_web.dialogue.models import Contribution, ContributionSource
from weerklank_web.formats.bridge import format_of
from weerklank_web.gatherings.actions.gathering import move_to_step
from weerklank_web.groundwork import links

__all__ = ["talk"]

_HOURS = {Step.ALONE: (9, 45), Step.ROOM: (10, 0), Step.HARVEST: (11, 0), Step.CHECK_OUT: (11, 45)}


def talk(story: Story) -> None:
    """Step by step, all rooms at once, as on the day itself."""
    for step, (hour, minute) in _HOURS.items():
        with story.on(0, hour, minute):
            move_to_step(story.gathering, step.value, by=story.organiser)
            for room in story.content.rooms:
                story.rooms[room.key].gathering.refresh_from_db()
                if step is Step.ROOM:
                    _share_what_was_written_alone(story, room)
                for said in room.contributions:
                    if said.step is step:
                        _say(story, room, said)
                if step is Step.HARVEST:
                    _harvest(story, room)
    with story.on(0, 12):
        for room in story.content.rooms:
            _have_second_thoughts(story, room)


def _say(story: Story, room: Room, said: Said) -> None:
    key = ""
    if said.by is not None:
        key = links.author_key(story.seat(room.key, said.by).secret, story.gathering.id)
    source = ContributionSource.PARTICIPANT if key else ContributionSource.NOTES
    added = deeds.add_contribution(
        story.rooms[room.key],
        _words(story, said, text=said.earlier or said.text),
        id=uuid5(NAMESPACE_URL, f"weerklank-demo:{story.gathering.slug}:{said.key}"),
        author_key=key,
        source=ContributionSource.CARD if said.paper else source,
    )
    story.contributions[said.key] = added.id
    if said.earlier:
        deeds.edit_contribution(
            added, _words(story, said, text=said.text), by=None if key else room.note_taker.name
        )


def _words(story: Story, said: Said, *, text: str) -> Words:
    return Words(
        text=text,
        level=said.level,
        tone=said.tone,
        prompt=_prompt(story, said),
        fragments=[fragment for fragment in said.fragments if fragment in text],
        kind="cross-reference" if said.refers_to else "point",
        unfinished=said.unfinished,
    )


def _prompt(story: Story, said: Said) -> str:
    if said.prompt is None:
        return ""
    asks = format_of(story.gathering.format_version).step("harvest").ask
    return asks[0 if said.prompt is Prompt.WHY else 1].in_language("nl")


def _share_what_was_written_alone(story: Story, room: Room) -> None:
    for said in room.contributions:
        if said.step is Step.ALONE:
            deeds.share_contribution(_row(story, said))


def _harvest(story: Story, room: Room) -> None:
    place, summary, by = story.rooms[room.key], room.summary, room.note_taker.name
    if summary.earlier_essence:
        harvests.write_harvest(place, why=summary.why, essence=summary.earlier_essence, by=by)
    harvests.write_harvest(place, why=summary.why, essence=summary.essence, by=by)
    harvests.offer_harvest(place, by=room.facilitator.name)
    for person in story.seated_in(room.key)[:6]:
        key = links.author_key(person.secret, story.gathering.id)
        harvests.read_harvest(place, author_key=key, agrees=True)
    if summary.signed_day is not None:
        harvests.sign_harvest(place, by=room.facilitator.name)


def _have_second_thoughts(story: Story, room: Room) -> None:
    for said in room.contributions:
        if said.withdrawn:
            deeds.withdraw_contribution(_row(story, said), by=None)
        elif said.hidden:
            deeds.hide_contribution(_row(story, said), reason=said.hidden, by=room.facilitator.name)


def _row(story: Story, said: Said) -> Contribution:
    return Contribution.objects.select_related("room__gathering", "gathering").get(
        id=story.contributions[said.key]
    )
