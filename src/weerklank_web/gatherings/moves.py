"""What others want to do when a gathering goes to another step.

An app to the left of this one says so once, from its ``AppConfig.ready``::

    when_moved("stemmen", look_at_what_closed)

The call runs inside the transaction of the move; whatever takes long belongs on commit.
"""

from __future__ import annotations

from collections.abc import Callable

from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import Stage

__all__ = ["move_calls", "when_moved"]

Moved = Callable[[Gathering, Stage, Stage], None]

_calls: dict[str, Moved] = {}


def when_moved(name: str, call: Moved) -> None:
    """Have ``call(gathering, before, after)`` run at every move; the same name again replaces the first."""
    _calls[name] = call


def move_calls() -> list[Moved]:
    """Every such call, by name."""
    return [_calls[name] for name in sorted(_calls)]
