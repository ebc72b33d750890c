"""The error family of the web half.

::

    WebError
    ├── Denied      this person may not (403)
    ├── NotFound    there is nothing here for this person (404)
    ├── NotNow      allowed, but not in this state (409): says what to do instead
    └── TooMany     a limit on codes and links was reached (429)

The sentence is for the reader, in the reader's language; ``code`` is for programs and tests.
"""

from __future__ import annotations

__all__ = ["Denied", "NotFound", "NotNow", "TooMany", "WebError"]


class WebError(Exception):
    """Base of all errors that a person sees as a page."""

    status = 500
    code = "error"

    def __init__(self, sentence: str = "", *, code: str | None = None) -> None:
        self.sentence = str(sentence)
        if code is not None:
            self.code = code
        super().__init__(self.sentence)


class Denied(WebError):
    """This person may not do this."""

    status = 403
    code = "denied"


class NotFound(WebError):
    """There is nothing here for this person; says no more than that."""

    status = 404
    code = "not-found"


class NotNow(WebError):
    """It is allowed, but not in this state."""

    status = 409
    code = "not-now"


class TooMany(WebError):
    """Too many attempts; try again later."""

    status = 429
    code = "too-many"
