"""``manage first_organiser``: a one-time link to become the first organiser of an empty installation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from weerklank_web.accounts.actions import bring_in, make_sign_in_link
from weerklank_web.accounts.models import Person


class Command(BaseCommand):
    help = "Prints a link, valid for a day, with which the first organiser signs in."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", default="organisator@localhost.localdomain")
        parser.add_argument("--name", default="Organisator")

    def handle(self, *_args: Any, **options: Any) -> None:
        organisers = Person.objects.filter(may_organise=True, last_login__isnull=False)
        if organisers.exists():
            self.stdout.write(
                "There is an organiser already: sign in with a link in the mail, at /inloggen/."
            )
            return
        person = bring_in(email=options["email"], name=options["name"], may_organise=True)
        address = make_sign_in_link(person, valid=timedelta(days=1))
        self.stdout.write(f"Become the first organiser (works once, for a day):\n{address}")
