"""Pages of the sign-in package stand in our own frame and keep to the strict policy."""

from __future__ import annotations

import pytest
from django.test import Client

from weerklank_web.accounts.models import Person


@pytest.mark.parametrize(
    "path", ["/beveiliging/", "/beveiliging/totp/activate/", "/beveiliging/webauthn/add/"]
)
def test_the_second_factor_wears_the_same_dress(db: None, path: str) -> None:
    person = Person.objects.create_user("bram@weerklank.example", name="Bram")
    client = Client()
    client.force_login(person)
    response = client.get(path, follow=True)
    html = response.content.decode()
    assert response.status_code == 200
    assert 'lang="nl"' in html
    assert "wk-top" in html
    assert "wk-button" in html
    assert "<style" not in html
    assert "Menu:" not in html
