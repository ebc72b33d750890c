"""The post room keeps working hours (T11, issue point 11). A real SMTP server on loopback receives."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from email.policy import default
from zoneinfo import ZoneInfo

import pytest
import time_machine
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from hypothesis import given
from hypothesis import strategies as st

from weerklank_web.groundwork.models import JournalLine
from weerklank_web.notifications import actions
from weerklank_web.notifications.models import Letter
from weerklank_web.notifications.rules import is_working_moment, next_working_moment

BRUSSELS, AMSTERDAM = ZoneInfo("Europe/Brussels"), ZoneInfo("Europe/Amsterdam")


def brussels(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=BRUSSELS)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("made", "leaves", "country"),
    [
        pytest.param(
            brussels(2026, 11, 21, 22), brussels(2026, 11, 23, 8), "BE", id="Saturday 22:00 → Monday 08:00"
        ),
        pytest.param(
            brussels(2026, 11, 24, 10, 30), brussels(2026, 11, 24, 10, 30), "BE", id="at work → at once"
        ),
        pytest.param(
            brussels(2026, 11, 24, 6), brussels(2026, 11, 24, 8), "BE", id="early → the same morning"
        ),
        pytest.param(
            brussels(2026, 11, 24, 18), brussels(2026, 11, 25, 8), "BE", id="closing time → tomorrow"
        ),
        pytest.param(
            brussels(2026, 7, 20, 19), brussels(2026, 7, 22, 8), "BE", id="21 July is a Belgian holiday"
        ),
        pytest.param(brussels(2026, 7, 20, 19), brussels(2026, 7, 21, 8), "NL", id="…and not a Dutch one"),
        pytest.param(brussels(2026, 4, 26, 12), brussels(2026, 4, 28, 8), "NL", id="King's Day"),
        pytest.param(
            brussels(2026, 3, 27, 20), brussels(2026, 3, 30, 8), "BE", id="over the change to summer time"
        ),
    ],
)
def test_a_letter_leaves_in_the_receivers_working_hours(
    made: datetime, leaves: datetime, country: str
) -> None:
    assert next_working_moment(made, zone="Europe/Brussels", country=country) == leaves


@given(
    moment=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    country=st.sampled_from(["NL", "BE"]),
)
def test_never_outside_working_hours_and_never_earlier_than_made(moment: datetime, country: str) -> None:
    leaves = next_working_moment(moment, zone="Europe/Amsterdam", country=country)
    assert leaves >= moment
    assert is_working_moment(leaves, zone="Europe/Amsterdam", country=country)


class Postbox:
    """A real mail server's handler: keeps what it was given, or refuses everything."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.refuses = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.refuses:
            return "451 try again later"
        content = envelope.content
        assert isinstance(content, bytes)
        self.letters.append(message_from_bytes(content, policy=default))
        return "250 taken"


@pytest.fixture
def postbox(settings) -> Iterator[Postbox]:
    box = Postbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield box
    server.stop()


def hand_in(**extra: str) -> Letter:
    return actions.post(
        to="anna@example.org", kind="milestone", subject="Er is antwoord", body="Lees maar.", **extra
    )


@pytest.mark.django_db
def test_a_quiet_letter_waits_over_the_weekend_and_leaves_once(postbox: Postbox) -> None:
    with time_machine.travel(brussels(2026, 11, 21, 22), tick=False):
        letter = hand_in(in_reply_to="<first@weerklank.example>")
        assert actions.deliver_due() == 0
        assert not actions.deliver(letter.id)
    with time_machine.travel(brussels(2026, 11, 23, 8), tick=False):
        assert actions.deliver_due() == 1
        assert actions.deliver_due() == 0
    (received,) = postbox.letters
    assert received["To"] == "anna@example.org"
    assert received["In-Reply-To"] == "<first@weerklank.example>"
    assert received["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
def test_a_letter_that_missed_its_hours_waits_for_the_next(postbox: Postbox) -> None:
    """The machine was off all Friday: Saturday morning is no moment either."""
    with time_machine.travel(brussels(2026, 11, 20, 9), tick=False):
        letter = hand_in()
    with time_machine.travel(brussels(2026, 11, 21, 9), tick=False):
        assert actions.deliver_due() == 0
    letter.refresh_from_db()
    assert letter.not_before == brussels(2026, 11, 23, 8)
    assert postbox.letters == []


@pytest.mark.django_db
def test_a_server_that_refuses_is_tried_again_later_and_nothing_is_lost(postbox: Postbox) -> None:
    with time_machine.travel(brussels(2026, 11, 24, 10), tick=False):
        letter = hand_in()
        postbox.refuses = True
        assert actions.deliver_due() == 0
    letter.refresh_from_db()
    assert letter.sent_at is None
    assert letter.trouble
    postbox.refuses = False
    with time_machine.travel(brussels(2026, 11, 24, 10, 6), tick=False):
        assert actions.deliver_due() == 1
    assert len(postbox.letters) == 1


@pytest.mark.django_db
def test_urgent_needs_a_reason_and_is_written_down(postbox: Postbox) -> None:
    with pytest.raises(ValueError, match="reason"):
        actions.post_urgent(to="a@example.org", kind="moved", subject="s", body="b", reason=" ", by="Carla")
    with time_machine.travel(brussels(2026, 11, 21, 22), tick=False):
        actions.post_urgent(
            to="a@example.org",
            kind="moved",
            subject="Andere zaal",
            body="b",
            reason="Brand in de zaal",
            by="Carla",
        )
        assert actions.deliver_due() == 1
    line = JournalLine.objects.get(verb="letter.urgent")
    assert (line.by, line.note) == ("Carla", "Brand in de zaal")


@pytest.mark.django_db
def test_a_requested_letter_goes_at_once_and_its_body_is_never_kept(postbox: Postbox) -> None:
    with time_machine.travel(brussels(2026, 11, 21, 23), tick=False):
        taken = actions.send_requested(
            to="anna@example.org",
            kind="private-link",
            subject="Je link",
            body="https://weerklank.example/l/very-secret/",
            message_id="<first@weerklank.example>",
        )
    assert taken
    assert postbox.letters[0]["Message-ID"] == "<first@weerklank.example>"
    assert Letter.objects.count() == 0


@pytest.mark.django_db
def test_without_a_mail_server_letters_land_in_the_outbox_only_on_a_local_installation(
    settings, tmp_path
) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from weerklank_web.notifications.queries import outbox

    settings.EMAIL_BACKEND = "weerklank_web.notifications.outbox.OutboxBackend"
    settings.OUTBOX = tmp_path / "outbox"
    actions.send_requested(to="anna@example.org", kind="x", subject="Hallo", body="Dag Anna, één regel.")
    (letter,) = outbox()
    assert (letter.to, letter.subject) == ("anna@example.org", "Hallo")
    assert "één regel" in letter.body
    settings.LOCAL = False
    with pytest.raises(ImproperlyConfigured, match="WEERKLANK_MAIL_URL"):
        actions.send_requested(to="anna@example.org", kind="x", subject="Hallo", body="…")
