"""What every web test may ask for: the cast, and a browser for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from web.cast import Cast, cast_in


@pytest.fixture(autouse=True)
def _no_attempts_counted_yet() -> Iterator[None]:
    """Rate limits count in the cache; each test starts from nothing."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast around one published gathering; see ``web.cast``."""
    return cast_in()


@pytest.fixture
def client_of(cast: Cast) -> Callable[[str], Client]:
    """``client_of("anna")``: a browser on the device of one of the cast."""
    return cast.client_of
