"""An edition in French: every word of ours is French, every figure is that of the Dutch edition, what people said stays theirs."""

from __future__ import annotations

import io
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import messages
from library.pdf_reading import opened
from web.cast import Cast
from web.report_scene import Scene, files_of, filled
from web.test_english import dutch_sentences, people_wrote, texts_of
from web.vote_scene import crowd_votes, round_of, stand_at
from weerklank.chapters import report_of
from weerklank.report import Format, render
from weerklank_web.dialogue.actions.snapshot import ask_for_snapshot, make_open_snapshots, make_snapshot
from weerklank_web.dialogue.bridge.format import Audience
from weerklank_web.gatherings.actions.mandate import keep_changes
from weerklank_web.reports.actions.report import share_report
from weerklank_web.reports.bridge.facts import facts_of
from weerklank_web.reports.models import ReportState
from weerklank_web.reports.queries.collect import collect

pytestmark = pytest.mark.django_db

TABLES = (
    ("weerklank.chapters", "texts/{}.toml"),
    ("weerklank.report", "words.toml"),
    ("weerklank.disclosure", "wording.toml"),
)


@pytest.fixture
def in_french(settings, tmp_path: Path) -> None:
    """The catalogue as it stands now, whether or not somebody compiled it."""
    source = messages.WEB / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as target:
        write_mo(target, read_po(io.StringIO(source.read_text(encoding="utf-8")), locale="fr"))
    settings.LOCALE_PATHS = [tmp_path, *settings.LOCALE_PATHS]


@pytest.fixture
def scene(cast: Cast, in_french: None) -> Scene:
    """A whole gathering with its answers, and a promise that was changed along the way."""
    scene = filled(cast)
    scene.answer()
    changed = {
        "promise": ("letter", "per-message"),
        "means": ("Er is niets.", "Er is geld voor twee proeven."),
    }
    keep_changes(cast.gathering, changed, reason="De begroting kwam later.")
    return scene


def strings_in(thing: object) -> Iterator[str]:
    """Every text in these facts, however deep."""
    if isinstance(thing, str) and not isinstance(thing, Enum):
        yield " ".join(thing.split())
    elif isinstance(thing, tuple):
        for each in thing:
            yield from strings_in(each)
    elif is_dataclass(thing):
        for each in fields(thing):
            yield from strings_in(getattr(thing, each.name))


def standing(language: str) -> set[str]:
    """Every sentence, heading and label that the library itself puts in a report in this language."""

    def below(table: object) -> Iterator[str]:
        if isinstance(table, str):
            yield " ".join(table.split())
        elif isinstance(table, dict | list):
            for each in table.values() if isinstance(table, dict) else table:
                yield from below(each)

    found: set[str] = set()
    for package, name in TABLES:
        text = files(package).joinpath(name.format(language)).read_text(encoding="utf-8")
        table = tomllib.loads(text)
        found |= set(below(table.get(language, table)))
    return found


def pieces(language: str) -> set[str]:
    """The same without what is filled in, as far as they are long enough to be told apart."""
    parts = (part.strip(" .:;,()") for said in standing(language) for part in re.split(r"\{\w+\}", said))
    return {part for part in parts if len(part.split()) > 2}


def foreign_in(markdown: str, page: str) -> list[str]:
    """Dutch or English of ours in a French edition: pieces of sentences anywhere, short headings and labels as a whole."""
    own = people_wrote()
    french = standing("fr") | own
    wrong = (pieces("nl") | pieces("en") | dutch_sentences()) - pieces("fr") - own
    short = {
        said for said in (standing("nl") | standing("en")) - french if len(said) > 3 and not said[0].isdigit()
    }
    said = " ".join(re.sub(r"[*\\_]", "", markdown).split())
    words = {text.strip(" .:\u00a0") for text in texts_of(page)}
    return sorted({piece for piece in wrong if piece in said or piece in " ".join(words)} | (words & short))


def test_everything_that_we_add_to_the_facts_is_in_french(scene: Scene) -> None:
    told = {
        language: set(strings_in(facts_of(collect(scene.cast.gathering, language=language, edition=2))))
        for language in ("nl", "en", "fr")
    }
    own = people_wrote() | {"Dirk Korenaar, minister van Publieke Dienst", "wachten we 6 weken"}
    keys = {"micro", "meso", "macro", "evidence", "Weerklank (CC0-1.0)"}
    same = (told["fr"] & (told["nl"] | told["en"])) - own - keys
    assert {text for text in same if not re.fullmatch(r"[0-9a-f-]{36}(-\w+)?", text)} == set()
    assert not [text for text in told["fr"] | told["nl"] if "per-message" in text], "a code is no word"
    assert {"Rapport, édition 2", "Niveau de pouvoir", "Une réponse par message"} <= told["fr"]


@pytest.mark.slow
def test_a_french_edition_speaks_french_and_counts_the_same(scene: Scene) -> None:
    dutch = files_of(scene.make())
    report = scene.make(language="fr")
    assert (report.state, report.trouble) == (ReportState.READY, "")
    made = files_of(report)
    assert set(made) == set(dutch)
    markdown, page = made["md"].decode(), made["html"].decode()

    assert foreign_in(markdown, page) == []
    assert foreign_in(dutch["md"].decode(), dutch["html"].decode()), "the search would find it"
    assert '<html lang="fr"' in page
    assert str(opened(made["pdf"]).Root.Lang).startswith("fr")
    for theirs in (
        "Elkaar leren kennen",
        "wachten we 6 weken",
        "Geef elk team een eigen budget.",
        "Vanaf januari ligt er 250 euro per team.",
        "Hoe diensten samenwerken.",
    ):
        assert f'<span lang="nl">{theirs}</span>' in page, "read aloud as it was said"
    for ours in ("Une réponse par message", "conseiller", "Workinar"):
        assert f'<span lang="nl">{ours}' not in page
    assert "<span lang=" not in dutch["html"].decode()

    there, here = (json.loads(each["json"])["paragraphs"] for each in (dutch, made))
    figures = [[[f["value"] for f in p["figures"]] for p in paragraphs] for paragraphs in (there, here)]
    assert figures[0] == figures[1]
    digits = [[re.findall(r"\d+", p["text"]) for p in paragraphs] for paragraphs in (there, here)]
    assert digits[0] == digits[1]
    assert "Pour le 1er mars 2027" in markdown
    assert "Zonder budget wachten we 6 weken op een handtekening." in markdown


def test_votes_in_a_french_edition(cast: Cast, in_french: None) -> None:
    voting = round_of(cast)
    crowd_votes(voting, 60)
    make_snapshot(ask_for_snapshot(voting.gathering, step="before").id, full=False)
    stand_at(voting, "look")
    make_open_snapshots(voting.gathering, audience=Audience.RECIPIENT)
    facts = facts_of(collect(voting.gathering, language="fr", edition=1), voices=False)
    markdown, page = (
        render(*report_of(facts), as_=format_).decode() for format_ in (Format.MARKDOWN, Format.HTML)
    )
    assert "D’abord juger soi-même" in markdown
    assert foreign_in(markdown, page) == []


def test_whoever_reads_an_edition_is_told_its_language(scene: Scene) -> None:
    report = share_report(scene.make(language="fr"), by=scene.cast.carla)
    assert report.shared_at is not None
    for name, address in (
        ("carla", scene.cast.path("beheer", "verslag")),
        ("anna", scene.cast.path("verslag")),
        ("dirk", scene.cast.path("verslag")),
    ):
        page = " ".join(scene.cast.client_of(name).get(address).content.decode().split())
        assert "Taal van het verslag: Frans" in page, name
        assert 'hreflang="fr"' in page
        assert '<html lang="nl"' in page
    asked = scene.cast.client_of("carla").get(scene.cast.path("beheer", "verslag")).content.decode()
    assert '<option value="fr"' in asked
