"""What the library would not do, on its way to a page."""

from __future__ import annotations

__all__ = ["Refused"]


class Refused(Exception):
    """The library said no: ``what``, in a sentence; ``about``, the sentence that it is about, if any."""

    def __init__(self, what: str, *, about: str = "") -> None:
        self.what, self.about = what, about
        super().__init__(what)
