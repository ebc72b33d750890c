"""Registering, dividing the rooms, and coming in."""

from __future__ import annotations

from weerklank_web.demo.records.gathering import Participant as Role
from weerklank_web.demo.story import Participant, Story
from weerklank_web.gatherings.actions.gathering import move_to_step
from weerklank_web.gatherings.actions.presence import check_in, freeze_attendance, release_absent, walk_in
from weerklank_web.gatherings.actions.registration import Details, confirm_registration, register
from weerklank_web.gatherings.actions.rooms import RoomWords, add_room, assign_crew
from weerklank_web.gatherings.actions.seating import divide_seats, release_seating
from weerklank_web.gatherings.actions.themes import accept_theme
from weerklank_web.gatherings.models import Registration, Theme
from weerklank_web.gatherings.models import Role as CrewRole

__all__ = ["come_in", "count_heads", "divide_rooms", "sign_up"]

_CROWD = 12  # registrations on one day of the story


def sign_up(story: Story) -> None:
    """99 people register over some weeks and confirm with the link in their letter."""
    proposals = {theme.proposed_by: theme for theme in story.content.gathering.themes if theme.proposed_by}
    ordered = sorted(story.content.registrations, key=lambda person: person.key not in proposals)
    first = story.content.gathering.timing.published_day + 2
    for start in range(0, len(ordered), _CROWD):
        with story.on(first + start // 3, 11):
            for person in ordered[start : start + _CROWD]:
                proposed = proposals.get(person.key)
                _register(story, person, proposes=proposed.title if proposed else "")
                if proposed is not None:
                    theme = Theme.objects.get(gathering=story.gathering, title=proposed.title)
                    story.themes[proposed.key] = accept_theme(theme, by=story.organiser)


def _register(story: Story, person: Role, *, proposes: str) -> None:
    wishes = [story.themes[key].pk for key in person.wishes if key in story.themes]
    register(
        story.gathering,
        email=person.mail,
        details=_details(story, person),
        wishes=wishes,
        proposes=proposes,
        language=story.gathering.language,
    )
    registration = Registration.objects.get(gathering=story.gathering, email=person.mail.lower())
    story.people[person.key] = Participant(registration.id, story.secret_from_letter(person.mail.lower()))
    confirm_registration(registration)


def divide_rooms(story: Story) -> None:
    """Rooms with their crew, and everybody in one."""
    by = story.organiser
    with story.on(story.content.gathering.timing.registration_closes_day, 14):
        move_to_step(story.gathering, "allocate", by=by)
        for script in story.content.rooms:
            room = add_room(
                story.gathering,
                RoomWords(
                    name=script.name,
                    theme=story.themes[script.theme],
                    places_min=script.places_min,
                    places_max=script.places_max,
                    place=script.place,
                    video_link=script.video_link,
                    languages=script.languages,
                    features=script.features,
                ),
                by=by,
            )
            story.rooms[script.key] = room
            assign_crew(room, role=CrewRole.FACILITATOR, person=story.crew[script.facilitator.mail], by=by)
            assign_crew(room, role=CrewRole.NOTE_TAKER, person=story.crew[script.note_taker.mail], by=by)
        divide_seats(story.gathering, by=by)
        release_seating(story.gathering, by=by)


def come_in(story: Story) -> None:
    """Ninety of the 99 come, fifteen others walk in: 105 of 99 (W4)."""
    by = story.organiser
    with story.on(0, 9):
        move_to_step(story.gathering, "welcome", by=by)
        for person in story.content.registrations:
            if person.attends:
                check_in(story.registration(person.key))
        release_absent(story.gathering, by=by)
        for person in story.content.walk_ins:
            wishes = [story.themes[key].pk for key in person.wishes]
            came = walk_in(
                story.gathering,
                details=_details(story, person),
                wishes=wishes,
                email=person.mail,
                language="nl",
            )
            story.people[person.key] = Participant(came.registration.id, came.secret)


def count_heads(story: Story) -> None:
    """The door closes and who came is counted, once."""
    with story.on(0, 12):
        freeze_attendance(story.gathering, by=str(story.organiser))


def _details(story: Story, person: Role) -> Details:
    return Details(
        name=person.name,
        layer=person.layer,
        organisation=story.content.organisation(person.organisation).name if person.organisation else "",
        languages=person.languages,
        needs=person.needs,
        needs_text=person.needs_text,
    )
