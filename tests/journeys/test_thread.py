"""The whole thread of one gathering in a browser, from invitation to receipt (issue 2, §7; W1–W19).

Each chapter is a test; a chapter after a broken one fails at once and names it. Every page on the way is looked at
on a phone and at a desk, with axe, and its picture is kept.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from journeys.browser import Devices, Eyes
from journeys.installation import Installation
from journeys.thread import answering, arriving, making, making_sense, registering, reporting, talking
from journeys.thread.story import Story

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def story(chromium: Browser, house: Installation, look: Eyes) -> Iterator[Story]:
    """One story for all chapters."""
    devices = Devices(chromium, house.address)
    yield Story(house=house, devices=devices, look=look)
    devices.close()


@pytest.fixture(autouse=True)
def _chapter(story: Story, request: pytest.FixtureRequest) -> Iterator[None]:
    """The thread is one: after a broken chapter there is nothing to walk on. What pages complain about counts."""
    assert not story.broken, f"the thread broke earlier, in «{story.broken}»"
    story.broken, failed = request.node.name, request.session.testsfailed
    yield
    assert story.devices.complaints == []
    if request.session.testsfailed == failed:
        story.broken = ""


def test_the_organiser_makes_a_gathering_and_puts_it_online(story: Story) -> None:
    making.come_in(story)
    making.make(story)
    making.describe(story)
    making.publish(story)


def test_twelve_people_register_for_eleven_places(story: Story) -> None:
    registering.register_with_a_phone(story)
    registering.register_at_a_desk(story)
    registering.register_the_others(story)
    registering.wait_and_move_up(story)
    registering.ask_for_a_new_link(story)
    registering.the_organiser_sees_them(story)


def test_everybody_gets_a_seat_in_a_room_with_a_facilitator(story: Story) -> None:
    arriving.make_rooms(story)
    arriving.divide_seats(story)
    arriving.the_crew_signs_in(story)


def test_people_arrive_and_somebody_walks_in(story: Story) -> None:
    arriving.open_the_doors(story)
    arriving.arrive(story)
    arriving.walk_in(story)
    arriving.close_the_door(story)


def test_rooms_talk_and_two_browsers_see_each_other_live(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    talking.find_rooms(story)
    talking.think_alone(story)
    talking.share_what_was_private(story)
    talking.talk_at_once(story)
    talking.the_others_write(story)
    talking.change_words(story)
    talking.hide_what_harms(story)
    with capsys.disabled():
        sys.stdout.write(f"\n  measured, not asserted: {'; '.join(story.measured)}\n")


def test_rooms_read_their_harvest_back_and_sign_it(story: Story) -> None:
    talking.harvest(story)
    talking.together_again(story)


def test_insights_and_messages_need_sources(story: Story) -> None:
    making_sense.word_an_insight(story)
    making_sense.word_messages(story)


def test_participants_read_back_before_it_goes_out(story: Story) -> None:
    making_sense.read_back(story)


def test_the_report_says_the_same_in_every_file(story: Story) -> None:
    reporting.make_a_report(story)
    reporting.open_every_file(story)
    reporting.offer_it(story)


def test_the_desk_answers(story: Story) -> None:
    answering.hand_over_the_desk(story)
    answering.prepare(story)
    answering.release(story)


def test_the_receipt_shows_where_words_went(story: Story) -> None:
    answering.show_where_words_went(story)
    answering.keep_the_promise(story)
    answering.take_my_leave(story)
