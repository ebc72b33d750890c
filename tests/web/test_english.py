"""The running application in English: whoever switches the language meets no Dutch but what people wrote themselves."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import messages
from web.cast import NAMES, Cast, new_registration
from weerklank_web.answers.actions.desk import release_answers, save_draft
from weerklank_web.answers.actions.statement import make_insight, make_message, set_ready
from weerklank_web.answers.models import Insight, Message
from weerklank_web.answers.rules import Drafted
from weerklank_web.dialogue.actions.contribution import Words, add_contribution
from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.models import ProgrammeItem
from weerklank_web.groundwork import clock

# Short words that no English sentence has and hardly any Dutch sentence can do without.
DUTCH = re.compile(
    r"\b(?:een|het|niet|je|jij|jouw|deze|geen|naar|zijn|wordt|voor|bij|nog|wie|wat|waar|zoals|of je)\b", re.I
)
# Pages with words of their own: a help page is a chapter of the Dutch handbook, the gallery shows samples.
OWN_WORDS = {"home:help-page", "home:gallery"}


class Texts(HTMLParser):
    """The pieces of text that a reader of an English page sees or hears; what says «lang=nl» is left out."""

    VOID = frozenset(
        ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
    )

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        silent = tag in ("script", "style", "textarea") or given.get("lang") == "nl"
        if not silent and not any(self.open):
            self.found += [
                given[name] or "" for name in ("title", "alt", "aria-label", "placeholder") if name in given
            ]
        if tag not in self.VOID:
            self.open.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag not in self.VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.open):
            self.found.append(data)


def texts_of(html: str) -> list[str]:
    reader = Texts()
    reader.feed(html)
    return [" ".join(text.split()) for text in reader.found if text.strip()]


@pytest.fixture
def in_english(settings, tmp_path: Path) -> None:
    """The catalogue as it stands now, whether or not somebody compiled it."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as target:
        write_mo(target, read_po(io.StringIO(messages.CATALOGUE.read_text(encoding="utf-8")), locale="en"))
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]


def english_client(cast: Cast, name: str) -> Client:
    """A browser of one of the cast, after pressing the language switch."""
    client = cast.client_of(name)
    assert client.post("/taal/", {"language": "en", "next": "/"}).status_code == 302
    assert client.cookies["weerklank-language"].value == "en"
    return client


def people_wrote() -> set[str]:
    """Every text that stands in the database, line by line: those words are somebody's own."""
    found = set()
    for model in apps.get_models():
        fields = [f.name for f in model._meta.fields if isinstance(f, models.CharField | models.TextField)]
        for row in model._default_manager.values_list(*fields):
            for value in row:
                found |= {
                    " ".join(line.split()) for line in str(value or "").splitlines() if len(line.strip()) > 3
                }
    return found


def pages(cast: Cast) -> Iterator[tuple[str, str]]:
    """Name and address of every page whose address we can make from the cast."""
    known = {
        "slug": cast.gathering.slug,
        "room_id": cast.rooms[0].pk,
        "step_id": "harvest",
        "number": cast.themes[0].pk,
        "id": Contribution.objects.get(author_key=cast.author_key).pk,
    }

    made = {thing._meta.model_name: thing.pk for model in (Insight, Message) for thing in model.objects.all()}

    def walk(
        patterns: list[URLPattern | URLResolver], trail: str, sofar: frozenset[str]
    ) -> Iterator[tuple[str, frozenset[str]]]:
        for one in patterns:
            needs = sofar | one.pattern.regex.groupindex.keys()
            if isinstance(one, URLResolver):
                space = f"{one.namespace}:" if one.namespace else ""
                yield from walk(one.url_patterns, trail + space, needs)
            elif one.name:
                yield f"{trail}{one.name}", needs

    for name, needs in walk(get_resolver().url_patterns, "", frozenset()):
        kind = name.removeprefix("answers:").partition("-")[0]
        things = {**known, "id": made[kind]} if kind in made else known
        if needs <= things.keys() and name not in OWN_WORDS:
            yield name, reverse(name, kwargs={need: things[need] for need in needs})


@pytest.fixture
def lived_in(cast: Cast) -> Cast:
    """The cast's gathering, where something has been said and somebody else registered."""
    cast.gathering.step = "room"
    cast.gathering.save(update_fields=["step"])
    cast.rooms[0].gathering.refresh_from_db()
    ProgrammeItem.objects.create(gathering=cast.gathering, title="Inloop met koffie", minutes=15, position=1)
    new_registration(cast.gathering, "Zeger", layer="federal")
    add_contribution(
        cast.rooms[0], Words("Laat ons het formulier samen invullen."), author_key=cast.author_key
    )
    return cast


@cache
def dutch_sentences() -> frozenset[str]:
    """What the code says in Dutch, without what is filled in; pieces of three words and more."""
    pieces = {
        " ".join(piece.split())
        for sentence in messages.sentences()
        for text in (sentence.one, sentence.many)
        for piece in re.split(r"%(?:\(\w+\))?[sd]|<[^>]+>|\n", text.replace("%%", "%"))
    }
    return frozenset(piece for piece in pieces if len(piece.split()) > 2)


def dutch_on(cast: Cast, *, names: Iterable[str]) -> tuple[set[str], list[str]]:
    """Walk every page as each of ``names``: which pages opened, and where an English reader met Dutch."""
    own = sorted(people_wrote(), key=len, reverse=True)
    seen, faults = set(), set()
    for person in names:
        client = english_client(cast, person)
        for name, address in pages(cast):
            answer = client.get(address)
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            if answer.status_code == 200:
                seen.add(name)
            for text in texts_of(answer.content.decode()):
                said = text
                for words in own:
                    said = said.replace(words, " ")
                if DUTCH.search(said) or any(piece in said for piece in dutch_sentences()):
                    faults.add(f"{name}: {text}")
    return seen, sorted(faults)


@pytest.mark.slow
def test_no_page_speaks_dutch_to_an_english_reader(lived_in: Cast, in_english: None) -> None:
    seen, faults = dutch_on(lived_in, names=NAMES)

    assert not faults, "\n".join(faults)
    # What the journey shows to people, at least; a page that is refused to all would prove nothing.
    assert {
        "home:front",
        "home:privacy",
        "home:mine",
        "gatherings:public",
        "gatherings:register",
        "gatherings:own",
        "gatherings:manage",
        "gatherings:setup-mandate",
        "gatherings:registrations",
        "dialogue:room",
        "answers:bench",
        "answers:desk",
        "answers:receipt",
        "practices:steps",
    } <= seen
    assert len(seen) > 45


@pytest.mark.slow
def test_no_page_speaks_dutch_further_down_the_thread(lived_in: Cast, in_english: None) -> None:
    """At reading back, at the desk and after the answer (W13–W16), with one insight and one message."""
    gathering = lived_in.gathering

    def stand(step: str) -> None:
        gathering.step = step
        gathering.save(update_fields=["step"])

    for place, words in enumerate(("Het formulier is te lang.", "Maak dat formulier korter.")):
        add_contribution(lived_in.rooms[place * 2], Words(words), author_key="")
    stand("synthesise")
    said = list(Contribution.objects.values_list("id", flat=True))
    insight = make_insight(gathering, said, by="Carla", sentence="Het formulier kan korter.")
    set_ready(insight, by="Carla")
    message = make_message(
        gathering, by="Carla", insights=[insight], text="Maak het formulier korter.", addressee="de minister"
    )
    set_ready(message, by="Carla")

    faults: list[str] = []
    for step in ("synthesise", "review", "publish", "answer", "return"):
        stand(step)
        if step == "answer":
            words = Drafted(
                to_everybody=False,
                kind="adopt",
                reason="Een kort formulier helpt.",
                owner="Dienst Klanten",
                due=clock.today(),
            )
            save_draft(gathering, message, words, seen=0, by=lived_in.desk_link)
        if step == "return":
            stand("answer")
            release_answers(gathering, by=lived_in.desk_link)
            stand("return")
        faults += [f"{step}: {fault}" for fault in dutch_on(lived_in, names=("anna", "carla", "dirk"))[1]]
    assert not faults, "\n".join(faults)


def test_the_switch_leads_back_to_the_same_page_and_lasts(cast: Cast, in_english: None) -> None:
    client = cast.client_of("esra")
    before = client.get(cast.path()).content.decode()
    after = client.post("/taal/", {"language": "en", "next": cast.path()}, follow=True)
    assert '<html lang="nl"' in before
    assert after.redirect_chain[-1][0] == cast.path()
    assert '<html lang="en"' in after.content.decode()
    assert '<html lang="en"' in client.get("/privacy/").content.decode()
