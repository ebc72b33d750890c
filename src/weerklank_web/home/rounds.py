"""What happens by itself: letters that are due, and what its time has come to be forgotten.

Each round is safe to run twice and on several machines at once: rows are claimed by whoever changes them first.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.db import close_old_connections

from weerklank_web.accounts.actions import purge_sign_in_links
from weerklank_web.answers.actions.milestone import settle_due
from weerklank_web.dialogue.actions.retention import forget_contributions_due, forget_votes_due
from weerklank_web.gatherings.actions.presence import freeze_due
from weerklank_web.gatherings.actions.retention import purge_due
from weerklank_web.groundwork.journal import purge_journal
from weerklank_web.notifications.actions import deliver_due, purge_letters
from weerklank_web.reports.actions.notes import forget_uploads_due

__all__ = ["ROUNDS", "Round", "make_rounds"]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Round:
    """A deed and how often."""

    name: str
    deed: Callable[[], object]
    every: timedelta


def _forget_finished_tasks() -> None:
    """What a task was asked, and by whom, is of no use once it is done."""
    call_command("prune_db_task_results", queue_name="*", min_age_days=14, verbosity=0)


ROUNDS = (
    Round("letters", deliver_due, timedelta(seconds=10)),
    Round("milestones", settle_due, timedelta(minutes=1)),
    Round("attendance", freeze_due, timedelta(minutes=10)),
    Round("registrations", purge_due, timedelta(hours=1)),
    Round("contributions", forget_contributions_due, timedelta(hours=1)),
    Round("votes", forget_votes_due, timedelta(hours=1)),
    Round("uploads", forget_uploads_due, timedelta(hours=6)),
    Round("sign-in links", purge_sign_in_links, timedelta(hours=1)),
    Round("old letters", purge_letters, timedelta(hours=6)),
    Round("sessions", SessionStore.clear_expired, timedelta(hours=6)),
    Round("finished tasks", _forget_finished_tasks, timedelta(hours=6)),
    Round("journal", lambda: purge_journal(older_than_days=730), timedelta(hours=6)),
)


def make_rounds(stop: threading.Event) -> None:
    """Make every round when it is due, until told to stop. One that fails does not stop the others."""
    waited = {each.name: each.every for each in ROUNDS}
    beat = timedelta(seconds=5)
    while not stop.is_set():
        for each in ROUNDS:
            if waited[each.name] >= each.every:
                waited[each.name] = timedelta(0)
                _make(each)
            waited[each.name] += beat
        stop.wait(beat.total_seconds())


def _make(each: Round) -> None:
    close_old_connections()
    try:
        each.deed()
    except Exception:
        log.exception("the round «%s» failed; it will be tried again", each.name)
    finally:
        close_old_connections()
