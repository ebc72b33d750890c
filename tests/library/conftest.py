"""The library is tested on a machine that is set to no language, whatever this one is set to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def no_locale() -> Iterator[None]:
    """What the machine is set to decides in which language the command line speaks; a test that wants another says so."""
    with pytest.MonkeyPatch.context() as machine:
        for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
            machine.delenv(name, raising=False)
        yield
