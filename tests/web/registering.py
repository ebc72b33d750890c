"""Registering through the page, as everybody does it, and the private link in the letter."""

from __future__ import annotations

import re

from django.core import mail
from django.test import Client

from web.cast import Cast

__all__ = ["TYPED", "register_on_page", "secret_in"]

TYPED = {
    "name": "Noor",
    "email": "noor@voorbeeld.example",
    "letters": "yes",
    "consent": "on",
    "layer": "federal",
    "languages": ["nl", "fr"],
    "needs": ["captions"],
}


def secret_in(letter: mail.EmailMessage) -> str:
    found = re.search(r"/l/([A-Za-z0-9_-]{40,})/", str(letter.body))
    assert found is not None
    return found.group(1)


def register_on_page(cast: Cast, client: Client, **more: object) -> str:
    """Register through the page; returns the secret of the letter."""
    response = client.post(cast.path("inschrijven"), {**TYPED, **more})
    assert response.status_code == 303, response.content.decode()
    return secret_in(mail.outbox[-1])
