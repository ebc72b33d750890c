"""Where allauth asks us: nobody signs up by themselves, and its mails go through our post room."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

__all__ = ["Adapter"]


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come from an organiser's invitation, never from an open form."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False
