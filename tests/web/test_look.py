"""The frame and the parts of every page: landmarks, strict policy, forms that explain themselves, plain errors."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import translation
from django.views.defaults import server_error

from weerklank_web.groundwork import widgets
from weerklank_web.groundwork.errors import Denied, NotFound, NotNow, TooMany, WebError
from weerklank_web.groundwork.middleware import PeopleErrors

TEMPLATES = Path(settings.PACKAGE)
PAGES = ("/", "/onderdelen/", "/uitleg/", "/privacy/", "/toegankelijkheid/", "/lek-melden/", "/bestaat-niet/")


class Page(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _tag, attributes in self.tags if attributes.get("id")]


def page_at(client: Client, path: str) -> Page:
    return Page(client.get(path).content.decode())


def rendered(source: str, **context: object) -> str:
    return Template("{% load weerklank %}" + source).render(Context(context))


# --- the frame -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_a_language_landmarks_one_heading_and_a_way_past_the_menu(
    client: Client, path: str
) -> None:
    page = page_at(client, path)
    assert page.all("html")[0]["lang"] == "nl"
    for landmark in ("main", "header", "footer", "h1"):
        assert len(page.all(landmark)) == 1, landmark
    assert all(nav.get("aria-label") or nav.get("aria-labelledby") for nav in page.all("nav"))
    assert len(page.ids) == len(set(page.ids)), "an id stands twice"
    skip = page.all("a")[0]
    assert skip["href"] == f"#{page.all('main')[0]['id']}"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_needs_more_than_the_strict_policy_gives(client: Client, path: str) -> None:
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    page = Page(response.content.decode())
    assert not page.all("style")
    assert all(script.get("src") for script in page.all("script"))
    for _tag, attributes in page.tags:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]


def test_every_page_offers_a_human_and_the_promises_of_the_house(client: Client) -> None:
    """A contact route to a human on every page (G17)."""
    html = client.get("/bestaat-niet/").content.decode()
    addresses = {link["href"] for link in Page(html).all("a")}
    assert {settings.CONTACT, "/privacy/", "/toegankelijkheid/", "/lek-melden/", "/uitleg/"} <= addresses


def test_the_language_changes_with_one_button_and_comes_back_to_the_same_page(client: Client) -> None:
    answer = client.post("/taal/", {"language": "en", "next": "/privacy/"})
    assert (answer.status_code, answer["Location"]) == (302, "/privacy/")
    assert page_at(client, "/privacy/").all("html")[0]["lang"] == "en"
    elsewhere = client.post("/taal/", {"language": "nl", "next": "https://elders.example/"})
    assert elsewhere["Location"] == "/"


def test_security_txt_says_whom_to_tell_and_is_still_valid(client: Client) -> None:
    """RFC 9116: Contact and Expires are obligatory, Expires at most a year ahead."""
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in response.content.decode().strip().splitlines())
    assert fields["Contact"].startswith(("mailto:", "https://"))
    expires = datetime.strptime(fields["Expires"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert 30 < (expires - datetime.now(UTC)).days < 366
    assert fields["Canonical"].endswith("/.well-known/security.txt")
    assert client.get(fields["Policy"].removeprefix(settings.ADDRESS)).status_code == 200


def test_a_crawler_is_kept_from_private_pages_and_a_home_screen_gets_a_mark(client: Client) -> None:
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /l/" in robots
    manifest = client.get("/manifest.webmanifest").json()
    assert manifest["icons"][0]["src"].endswith(".svg")
    assert '<meta name="robots" content="noindex">' in client.get("/onderdelen/").content.decode()
    assert "noindex" not in client.get("/").content.decode()


# --- errors in plain words -------------------------------------------------------------------------


def page_of(error: WebError, **headers: str) -> HttpResponse:
    from django_htmx.middleware import HtmxDetails

    request = RequestFactory().get("/ergens/", headers=headers)
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    request.user = type("Nobody", (), {"is_authenticated": False})()  # type: ignore[assignment]
    answer = PeopleErrors(lambda _request: HttpResponse()).process_exception(request, error)
    assert answer is not None
    return answer


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (Denied(), 403, "Hier kun je niet bij"),
        (NotFound(), 404, "Dit is er niet"),
        (NotNow("De ronde is al gesloten."), 409, "De ronde is al gesloten."),
        (TooMany(), 429, "Even wachten"),
    ],
)
def test_a_refusal_says_what_happened_and_what_you_can_do(error: WebError, status: int, words: str) -> None:
    answer = page_of(error)
    html = answer.content.decode()
    assert answer.status_code == status
    assert words in html
    assert "Wat kun je doen?" in html
    assert settings.CONTACT in html


def test_a_refusal_in_the_background_is_one_message_not_a_page() -> None:
    html = page_of(NotNow("De ronde is al gesloten."), HX_Request="true").content.decode()
    assert "De ronde is al gesloten." in html
    assert 'role="alert"' in html
    assert "<html" not in html


def test_our_own_fault_still_gives_a_page_without_request_or_database() -> None:
    """Django shows this page with an empty context: it may not lean on anything."""
    answer = server_error(RequestFactory().get("/"))
    assert "Het ligt niet aan jou" in answer.content.decode()


def test_a_form_without_its_token_is_explained(client: Client) -> None:
    answer = Client(enforce_csrf_checks=True).post("/taal/", {"language": "en"})
    assert answer.status_code == 403
    assert "Probeer het nog een keer" in answer.content.decode()


# --- the parts -------------------------------------------------------------------------------------


def test_the_gallery_shows_every_component(client: Client) -> None:
    used = {template.name for template in client.get("/onderdelen/").templates}
    parts = {
        f"components/{path.name}" for path in (TEMPLATES / "templates" / "components").glob("*.html")
    } - {"components/fields.html"}  # what {{ form }} alone shows; tested below
    assert parts <= used


def test_the_gallery_is_for_this_machine_only(client: Client, settings: object) -> None:
    settings.LOCAL = False  # type: ignore[attr-defined]
    assert client.get("/onderdelen/").status_code == 404


def test_every_icon_that_a_template_asks_for_exists() -> None:
    """A missing drawing would break the page that asks for it, and only that page."""
    asked: dict[str, str] = {}
    for path in TEMPLATES.rglob("templates/**/*.html"):
        for name in re.findall(r'(?:icon=|{% icon )"([a-z]+)"', path.read_text()):
            asked[name] = path.name
    drawn = {path.stem for path in (TEMPLATES / "templates" / "icons").glob("*.svg")}
    assert {name: asked[name] for name in asked if name not in drawn} == {}


def test_words_of_people_are_escaped_wherever_a_part_shows_them() -> None:
    bad = "<script>x</script>"
    html = rendered(
        "{% button bad data_x=bad %}{% badge bad %}{% figure 7 bad %}{% quote source=bad %}{{ bad }}{% endquote %}"
        "{% card title=bad %}{{ bad }}{% endcard %}{% knot bad %}{% endknot %}{% page_header bad lead=bad %}"
        "{% endpage_header %}{% alert 'info' title=bad %}{% endalert %}{% details bad %}{% enddetails %}",
        bad=bad,
    )
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") >= 11


def test_a_withheld_figure_shows_no_number_and_says_so() -> None:
    html = rendered('{% figure None "inwoners" %}')
    assert "te klein om te tonen" in html
    assert not re.search(r"\d", html)
    assert ">0<" in rendered('{% figure 0 "inwoners" %}')


def test_moments_are_told_on_the_clock_of_the_place() -> None:
    winter, summer = datetime(2026, 11, 21, 13, 5, tzinfo=UTC), datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    assert ">zaterdag 21 november 2026, 14.05 uur<" in rendered("{% when m %}", m=winter)
    assert ">dinsdag 2 juni 2026, 0.30 uur<" in rendered("{% when m 'Europe/Amsterdam' %}", m=summer)
    assert ">2 juni 2026<" in rendered("{% when m 'Europe/Amsterdam' 'date' %}", m=summer)
    assert ">dinsdag 1 december 2026<" in rendered("{% when d form='day' %}", d=date(2026, 12, 1))
    both = rendered("{% from_to a b %}", a=winter, b=winter.replace(hour=16))
    assert ">zaterdag 21 november 2026, van 14.05 uur tot 17.05 uur<" in both
    assert rendered("{% when nothing %}", nothing=None) == ""


def test_a_live_region_carries_a_signed_ticket_for_its_topics() -> None:
    from weerklank_web.groundwork.live import topics_of

    html = rendered(
        '{% live_region "bord" address="/x/" topics=topic %}…{% endlive_region %}', topic="room/7"
    )
    (region,) = Page(html).all("div")
    assert topics_of(str(region["data-live"])) == ("room/7",)
    assert region["hx-get"] == "/x/"


# --- forms -----------------------------------------------------------------------------------------


class Wishes(forms.Form):
    """A form with each kind of widget that groups others."""

    name = forms.CharField(label="Naam", help_text="Zo noemen we je.")
    wishes = widgets.RankedChoiceField(label="Wensen", choices=[(1, "Rust"), (2, "Ruimte"), (3, "Regels")])
    promise = forms.ChoiceField(
        label="Belofte", choices=[("a", "A")], widget=widgets.RadioCards(notes={"a": "uitleg"})
    )
    needs = forms.MultipleChoiceField(label="Nodig", choices=[("x", "X")], widget=widgets.CheckboxGroup())
    day = forms.DateField(label="Dag", widget=widgets.DayInput())
    agreed = forms.BooleanField(label="Akkoord")


def test_every_line_of_the_error_summary_leads_to_its_field() -> None:
    page = Page(rendered('{% form form submit="Ja" %}{% endform %}', form=Wishes({})))
    targets = [str(link["href"]).removeprefix("#") for link in page.all("a")]
    assert len(targets) == 6
    assert set(targets) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_descriptions_and_errors_are_tied_to_their_widgets() -> None:
    page = Page(rendered("{% form form %}{% endform %}", form=Wishes({})))
    described = [a["aria-describedby"] for _tag, a in page.tags if a.get("aria-describedby")]
    assert {name for value in described for name in str(value).split()} <= set(page.ids)
    (name,) = [field for field in page.all("input") if field.get("name") == "name"]
    assert name["aria-invalid"] == "true"
    assert str(name["aria-describedby"]).split() == ["id_name_helptext", "id_name_error"]
    labelled = {label["for"] for label in page.all("label")}
    for tag in ("input", "select", "textarea"):
        for field in page.all(tag):
            assert field.get("type") == "hidden" or field["id"] in labelled


def test_a_form_of_another_package_gets_the_same_dress() -> None:
    html = str(Wishes())
    assert 'class="utrecht-textbox utrecht-textbox--html-input"' in html
    assert "wk-option--card" in html


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        ({"wishes_1": "2", "wishes_2": "1"}, ["2", "1"]),
        ({"wishes_1": "", "wishes_2": "3", "wishes_3": "1"}, ["3", "1"]),  # a gap closes
        ({"wishes_1": "2", "wishes_2": "2"}, None),
        ({"wishes_1": "9"}, None),
        ({}, None),
    ],
)
def test_ranked_wishes_come_in_order_without_doubles(sent: dict[str, str], wanted: list[str] | None) -> None:
    """One select per rank (W4): works without a script."""
    form = Wishes(
        {"name": "Anna", "promise": "a", "needs": ["x"], "day": "2026-11-21", "agreed": "on", **sent}
    )
    assert form.is_valid() is (wanted is not None)
    if wanted is not None:
        assert form.cleaned_data["wishes"] == wanted
    chosen = re.findall(r'<option value="(\w)" selected', str(form["wishes"]))
    assert chosen == [value for value in sent.values() if value in {"1", "2", "3"}], "a choice is shown again"


def test_choices_of_one_form_do_not_leak_into_the_next_and_follow_the_language() -> None:
    first, second = Wishes(), Wishes()
    first.fields["wishes"].choices = [(7, "Alleen hier")]
    assert "Alleen hier" in str(first["wishes"])
    assert str(first["wishes"]).count("<select") == 1
    assert "Alleen hier" not in str(second["wishes"])
    assert str(second["wishes"]).count("<select") == 3
    with translation.override("en"):
        assert "<select" in str(second["wishes"])


# --- the handbook ----------------------------------------------------------------------------------


@pytest.fixture
def handbook(tmp_path: Path, settings: object) -> Path:
    settings.HANDBOOK = tmp_path  # type: ignore[attr-defined]
    (tmp_path / "20-organisator.md").write_text(
        "# Ik organiseer\n\nVan *uitnodiging* tot `verslag`.\n\nMeer.\n"
    )
    (tmp_path / "10-deelnemer.md").write_text(
        "# Ik doe mee\n\nLees dit.\n\n## Eerst\n\nZie [organisator](20-organisator.md#eerst), [elders](../geheim.md) en "
        "[los](https://weerklank.example/).\n\n![De zaal](beeld/zaal.png)\n\n<script>alert(1)</script>\n\n"
        "[klik](javascript:alert(1))\n"
    )
    (tmp_path / "README.md").write_text("# Voor schrijvers\n")
    (tmp_path / "zaal.png").write_bytes(b"\x89PNG")
    return tmp_path


def test_the_handbook_has_a_page_per_file_in_order(client: Client, handbook: Path) -> None:
    html = client.get("/uitleg/").content.decode()
    assert html.index("/uitleg/deelnemer/") < html.index("/uitleg/organisator/")
    assert "Voor schrijvers" not in html
    assert "Van uitnodiging tot verslag." in client.get("/uitleg/organisator/").content.decode()
    assert client.get("/uitleg/bestaat-niet/").status_code == 404


def test_a_page_of_the_handbook_is_safe_and_its_links_lead_somewhere(client: Client, handbook: Path) -> None:
    html = client.get("/uitleg/deelnemer/").content.decode()
    body = html[html.index("wk-prose") : html.index("wk-side")]
    assert "<script" not in body
    assert "javascript:" not in re.sub(r">[^<]*<", "><", body)
    addresses = [link.get("href") for link in Page(f"<{body}").all("a")]
    assert [a for a in addresses if a] == ["/uitleg/organisator/#eerst", "https://weerklank.example/"]
    picture = client.get("/uitleg/beeld/zaal.png")
    assert b"".join(picture.streaming_content) == b"\x89PNG"  # type: ignore[attr-defined]
    for name in ("10-deelnemer.md", "..%2Fgeheim.png", "weg.png"):
        assert client.get(f"/uitleg/beeld/{name}").status_code == 404


def test_messages_of_a_deed_are_shown_once_with_their_kind(client: Client) -> None:
    from django.contrib import messages
    from django.contrib.messages.storage.cookie import CookieStorage

    request = HttpRequest()
    request.META.update(SERVER_NAME="testserver", SERVER_PORT="80")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    messages.success(request, "Bewaard.")
    messages.error(request, "Dat ging mis.")
    html = Template("{% include 'components/messages.html' %}").render(
        Context({"messages": get_messages(request)})
    )
    assert html.index("utrecht-alert--ok") < html.index("Bewaard.") < html.index("utrecht-alert--error")
