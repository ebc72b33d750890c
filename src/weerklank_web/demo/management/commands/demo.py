"""``manage demo``: play the demonstration gathering once, and print a door for every role."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from weerklank_web.demo.playing.whole import doors, play


class Command(BaseCommand):
    help = "Plays the invented gathering through the application's own actions. Safe to repeat. Local trials only."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.LOCAL:
            raise CommandError("The demonstration is for a local trial (WEERKLANK_LOCAL). Nothing was made.")
        play()
        for who, address in doors():
            self.stdout.write(f"{who:<24}{address}")
