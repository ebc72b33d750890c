"""Formats of one's own (DESIGN §1.9): read in whole or not at all, on one's own list, frozen with the gathering that took it."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from web.cast import Cast
from weerklank.formats import shipped_text
from weerklank_web.accounts.models import Person
from weerklank_web.formats.bridge import format_of
from weerklank_web.formats.models import FormatVersion, OwnFormat
from weerklank_web.gatherings.models import Gathering
from weerklank_web.groundwork.models import JournalLine

pytestmark = pytest.mark.django_db

LIST = "/mijn/werkvormen/"
MINE = shipped_text("one-two-four-all").replace('id = "one-two-four-all"', 'id = "mijn-vorm"', 1)
TITLE = re.compile(r'\[title\]\nnl = "[^"]+"')


def titled(words: str) -> str:
    """My format, under another title."""
    return TITLE.sub(f'[title]\nnl = "{words}"', MINE, count=1)


def read_in(browser: Client, text: str | bytes, *, name: str = "mijn-vorm.toml") -> HttpResponse:
    content = text.encode() if isinstance(text, str) else text
    return browser.post(LIST, {"file": SimpleUploadedFile(name, content)})


def test_a_sound_format_can_be_chosen_by_its_writer_and_is_on_nobody_elses_list(cast: Cast) -> None:
    carla = cast.client_of("carla")
    assert read_in(carla, titled("Mijn eigen vorm")).status_code == 303
    assert "Mijn eigen vorm" in carla.get(LIST).content.decode()
    other = Client()
    other.force_login(Person.objects.create_user("otto@voorbeeld.example", "Otto", may_organise=True))
    for page in (LIST, "/nieuw/"):
        assert "Mijn eigen vorm" not in other.get(page).content.decode()
    own = OwnFormat.objects.get()
    assert other.post(f"{LIST}{own.pk}/weg/").status_code == 404
    page = carla.get("/nieuw/").content.decode()
    assert "Mijn eigen vorm" in page
    assert "Eigen werkvorm, ingelezen op" in page
    chosen = {"title": "Proef", "format": f"eigen-{own.pk}", "language": "nl"}
    assert other.post("/nieuw/", chosen).status_code == 422
    assert carla.post("/nieuw/", chosen).status_code == 303
    assert Gathering.objects.get(title="Proef").format_version == own.version


def test_a_version_that_a_gathering_took_stays_as_it_was(cast: Cast) -> None:
    carla = cast.client_of("carla")
    read_in(carla, titled("Eerste versie"))
    read_in(carla, titled("Tweede versie"))
    assert not FormatVersion.objects.filter(title="Eerste versie"), "nobody took it"
    own = OwnFormat.objects.get()
    carla.post("/nieuw/", {"title": "Proef", "format": f"eigen-{own.pk}", "language": "nl"})
    read_in(carla, titled("Derde versie"))
    taken = Gathering.objects.get(title="Proef").format_version
    assert str(format_of(taken).title) == "Tweede versie"
    assert OwnFormat.objects.get().version.title == "Derde versie"
    page = carla.post(f"{LIST}{own.pk}/weg/", follow=True).content.decode()
    assert "«Derde versie» is weg." in page
    assert set(FormatVersion.objects.filter(key="mijn-vorm")) == {taken}
    read_in(carla, titled("Tweede versie"))
    page = carla.post(f"{LIST}{OwnFormat.objects.get().pk}/weg/", follow=True).content.decode()
    assert "Bijeenkomsten die hem gebruiken, houden hem." in page
    assert FormatVersion.objects.filter(pk=taken.pk).exists()
    assert set(JournalLine.objects.filter(gathering=None).values_list("verb", "by")) == {
        ("format.read-in", "Carla Peeters"),
        ("format.removed", "Carla Peeters"),
    }


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "De sleutel «duur» bestaat niet."), ("en", "There is no key “duur”.")],
)
def test_a_faulty_file_is_told_by_line_in_the_readers_language_and_leaves_nothing(
    cast: Cast, language: str, said: str
) -> None:
    carla = cast.client_of("carla")
    carla.cookies["weerklank-language"] = language
    faulty = MINE.replace("duration =", "duur =", 1)
    line = 1 + faulty[: faulty.index("duur =")].count("\n")
    answer = read_in(carla, faulty)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert re.search(rf"(?:regel|line) {line}\b", page)
    assert (OwnFormat.objects.count(), FormatVersion.objects.filter(key="mijn-vorm").count()) == (0, 0)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"format = [\xff", "a.toml", "UTF-8"),
        (b"format = " + b"[\n" * 40_000, "a.toml", "TOML"),
        (b"x\n" * 150_000, "a.toml", "hoogstens"),
        (b"a." * 9_000 + b"b = 1", "a.toml", "Verdeel hem over meer regels"),
        (b"".join(b"a%d = 1\n" % n for n in range(500)), "a.toml", "Hier staan de eerste 100 punten"),
        (b"", "a.toml", "leeg"),
        (MINE.encode(), "a.docx", ".toml"),
    ],
)
def test_what_is_no_format_is_refused_kindly(cast: Cast, content: bytes, name: str, said: str) -> None:
    answer = read_in(cast.client_of("carla"), content, name=name)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not OwnFormat.objects.exists()


def test_a_doubt_is_told_and_does_not_stop(cast: Cast) -> None:
    """A file as a Windows editor saves it: with a mark in front and other line ends."""
    doubtful = MINE.replace("[gates]", "[gates]\ncaptions = false", 1).replace("captions = true", "", 1)
    page = cast.client_of("carla").post(
        LIST,
        {"file": SimpleUploadedFile("v.toml", b"\xef\xbb\xbf" + doubtful.replace("\n", "\r\n").encode())},
        follow=True,
    )
    assert "Let op: regel" in page.content.decode()
    assert OwnFormat.objects.get().key == "mijn-vorm"


def test_a_format_that_comes_along_can_be_taken_as_a_beginning(cast: Cast) -> None:
    carla = cast.client_of("carla")
    assert carla.get(f"{LIST}workinar.toml").content.decode() == shipped_text("workinar")
    assert carla.get(f"{LIST}geheim.toml").status_code == 404
    assert cast.client_of("bram").get(f"{LIST}workinar.toml").status_code == 403
