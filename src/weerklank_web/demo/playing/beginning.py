"""Making the gathering and putting it online."""

from __future__ import annotations

from datetime import timedelta

from weerklank_web.demo.story import Story
from weerklank_web.formats.actions import take_format
from weerklank_web.formats.bridge import catalogue
from weerklank_web.gatherings.actions.gathering import (
    Basics,
    Moment,
    PromiseWords,
    describe,
    make_gathering,
    publish,
)
from weerklank_web.gatherings.actions.mandate import MandateWords, word_mandate
from weerklank_web.gatherings.actions.setup import (
    add_organisation,
    add_programme_item,
    invite_to_crew,
    remove_programme_item,
)
from weerklank_web.gatherings.actions.themes import add_theme
from weerklank_web.gatherings.models import Role

__all__ = ["begin"]


def begin(story: Story) -> None:
    """From a draft to a page that is online, eight weeks before the day."""
    script, by = story.content.gathering, story.organiser
    with story.on(script.timing.published_day, 9):
        format_ = next(each for each in catalogue() if each.id == script.format)
        gathering = make_gathering(take_format(format_), title=script.title, by=by, language=script.language)
        describe(
            gathering,
            Basics(
                title=script.title,
                slug=script.slug,
                summary=script.summary,
                purposes="\n".join(script.purposes),
                language=script.language,
                retention_days=script.retention.contributions_days,
            ),
            by=by,
        )
        describe(gathering, _moment(story), by=by)
        describe(gathering, _promise(story), by=by)
        word_mandate(gathering, _mandate(story), by=by)
        for key in script.organisers:
            add_organisation(gathering, name=story.content.organisation(key).name, by=by)
        for item in gathering.programme.all():
            remove_programme_item(item, by=by)
        for line in script.programme:
            add_programme_item(gathering, title=line.title, text=line.text, minutes=line.minutes, by=by)
        for theme in script.themes:
            if theme.proposed_by is None:
                story.themes[theme.key] = add_theme(gathering, title=theme.title, text=theme.question, by=by)
        for room in story.content.rooms:
            for person, role in ((room.facilitator, Role.FACILITATOR), (room.note_taker, Role.NOTE_TAKER)):
                member = invite_to_crew(gathering, email=person.mail, name=person.name, role=role, by=by)
                story.crew[person.mail] = member.person
        gathering.refresh_from_db()
        story.gathering = publish(gathering, by=by)


def _moment(story: Story) -> Moment:
    script = story.content.gathering
    starts = story.moment(0, script.timing.starts_at.hour, script.timing.starts_at.minute)
    return Moment(
        zone=script.zone,
        country=script.country,
        starts_at=starts,
        ends_at=starts + timedelta(minutes=script.minutes),
        place=script.venue.place,
        video_link=script.venue.video_link,
        accessibility=script.venue.accessibility,
        capacity=script.timing.capacity,
    )


def _promise(story: Story) -> PromiseWords:
    script = story.content.gathering
    return PromiseWords(
        recipient_name=script.recipient.name,
        recipient_office=script.recipient.office,
        promise=script.promise.kind,
        promise_text=script.promise.statement,
        promised_on=story.moment(script.promise.answer_day).date(),
    )


def _mandate(story: Story) -> MandateWords:
    mandate = story.content.gathering.mandate
    return MandateWords(
        rung=mandate.rung,
        open_matters=mandate.open_matters,
        fixed_matters=mandate.fixed_matters,
        pledge=mandate.pledge,
        deviates_with_reason=mandate.deviates_with_reason,
        decider=mandate.decider,
        information=mandate.information,
        means=mandate.means,
        hear_from_us=mandate.hear_from_us,
        contact=mandate.contact,
        adopted_by=mandate.adopted_by,
    )
