"""``manage worker``: background tasks and the periodic rounds, in one process."""

from __future__ import annotations

import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from weerklank_web.home.rounds import make_rounds


class Command(BaseCommand):
    help = "Makes reports, carries letters in working hours, forgets what is due. Ctrl-C stops it."

    def handle(self, *_args: Any, **_options: Any) -> None:
        stop = threading.Event()
        rounds = threading.Thread(target=make_rounds, args=(stop,), name="rounds", daemon=True)
        rounds.start()
        try:
            call_command("db_worker", queue_name="*", interval=1, verbosity=0, reload=False)
        finally:
            stop.set()
            rounds.join(timeout=10)
