"""Background work of this app. Safe to run twice: it looks first whether it is still to be done."""

from __future__ import annotations

from django_tasks import task

from weerklank_web.gatherings.actions.seating import make_division

__all__ = ["divide_places"]


@task()
def divide_places(run_id: int, by: str) -> None:
    """Divide the places of a large gathering."""
    make_division(run_id, by=by)
