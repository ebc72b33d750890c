"""What reaches a log never holds a private link."""

from __future__ import annotations

import logging
import re

__all__ = ["NoPrivateLinks"]

_SECRET = re.compile(r"[A-Za-z0-9_-]{40,}")


class NoPrivateLinks(logging.Filter):
    """Blanks anything that looks like a secret in a log record, and drops the request object."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRET.sub("…", str(record.getMessage()))
        record.args = ()
        record.__dict__.pop("request", None)
        return True
