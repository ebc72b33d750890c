"""What every web test may ask for: the cast, and a browser for each of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.db import connections
from django.test import Client

from web.cast import Cast, cast_in


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """On SQLite a file, as in real life: only there do two connections meet each other's locks."""
    store = connections["default"]
    if store.vendor == "sqlite":
        store.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("store") / "web.sqlite3")
    elif "PYTEST_XDIST_WORKER" in os.environ:
        worker = os.environ["PYTEST_XDIST_WORKER"]
        store.settings_dict["TEST"]["NAME"] = f"test_{store.settings_dict['NAME']}_{worker}"


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
