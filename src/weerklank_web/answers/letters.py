"""The letters of this app: their words (``templates/answers/letters/``) and which way they leave.

A letter with a link to the desk leaves at once and is never kept; every other waits for working hours and carries no
secret (docs/decisions/0003).
"""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from weerklank_web.answers.models import DeskLink
from weerklank_web.gatherings.letters import address_of, private_address
from weerklank_web.gatherings.models import Gathering, Registration
from weerklank_web.notifications.actions import post, send_requested

__all__ = ["post_to_desk", "post_to_participant", "send_desk_link"]


def send_desk_link(link: DeskLink, *, secret: str) -> bool:
    """The link itself, to whoever it was made for. Says whether it left."""
    subject, body = _words(
        "desk_link", link.gathering, link.gathering.language, link=link, address=private_address(secret)
    )
    return send_requested(
        to=link.email, kind="desk-link", subject=subject, body=body, gathering=link.gathering.id
    )


def post_to_participant(registration: Registration, template: str, *, kind: str, **more: object) -> None:
    """A quiet letter to a participant, under their first one."""
    gathering = registration.gathering
    subject, body = _words(template, gathering, registration.language, registration=registration, **more)
    post(
        to=registration.email,
        kind=kind,
        subject=subject,
        body=body,
        gathering=gathering.id,
        zone=gathering.zone,
        country=gathering.country,
        in_reply_to=registration.thread_id,
    )


def post_to_desk(link: DeskLink, template: str, *, kind: str, **more: object) -> None:
    """A quiet letter to the recipient or an aide."""
    gathering = link.gathering
    subject, body = _words(template, gathering, gathering.language, link=link, **more)
    post(
        to=link.email,
        kind=kind,
        subject=subject,
        body=body,
        gathering=gathering.id,
        zone=gathering.zone,
        country=gathering.country,
    )


def _words(template: str, gathering: Gathering, language: str, **more: object) -> tuple[str, str]:
    """Subject and body; the file's first line is the subject."""
    with translation.override(language):
        text = render_to_string(
            f"answers/letters/{template}.txt",
            {
                "gathering": gathering,
                "own_page": address_of(gathering, "own"),
                "desk_page": settings.ADDRESS + reverse("answers:desk", args=[gathering.slug]),
                **more,
            },
        )
    subject, _, body = text.strip().partition("\n")
    return subject.strip()[:200], body.strip() + "\n"
