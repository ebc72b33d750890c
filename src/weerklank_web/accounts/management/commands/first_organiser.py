"""``manage first_organiser``: a way in for the first organiser, when nobody can send a link by mail yet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from weerklank_web.accounts.actions import bring_in, make_sign_in_link
from weerklank_web.accounts.queries import first_organiser

_VALID = timedelta(days=1)
_ON_THIS_MACHINE = "organisator@localhost"


class Command(BaseCommand):
    help = "Prints a link that works once, for a day, and lets somebody make gatherings."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--email", help="whose link it is; obligatory on an installation that is not local"
        )
        parser.add_argument("--name", default="")

    def handle(self, *_args: Any, **options: Any) -> None:
        known = first_organiser()
        email = options["email"]
        if email is None:
            if not settings.LOCAL:
                raise CommandError("Say whose link it must be: first_organiser --email somebody@organisation")
            email = known.email if known else _ON_THIS_MACHINE
        organiser = bring_in(email=email, name=options["name"], may_organise=True)
        self.stdout.write(_("Hiermee kom je binnen als organisator. De link werkt één keer, een dag lang:"))
        self.stdout.write(f"  {make_sign_in_link(organiser, valid=_VALID)}")
