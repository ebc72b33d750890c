"""Walks through the running application in a real browser."""

import pytest

pytest.register_assert_rewrite("journeys.scene", "journeys.thread", "journeys.walking")
