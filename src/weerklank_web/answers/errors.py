"""The refusals of this app that a page answers in a way of its own."""

from __future__ import annotations

from weerklank_web.groundwork.errors import NotNow

__all__ = ["NotLiteral", "Overtaken"]


class Overtaken(NotNow):
    """Somebody else changed this first. Nothing was overwritten: ask again with both texts beside each other."""

    code = "overtaken"


class NotLiteral(NotNow):
    """A piece that should be a quote does not stand in the contribution."""

    code = "not-literal"
