"""The command line's only clock; everything below it is told what day it is."""

from __future__ import annotations

import datetime as dt

__all__ = ["today"]


def today() -> dt.date:
    """The day it is where the machine stands."""
    return dt.datetime.now().astimezone().date()
