"""Documentation is held to the code, and to itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from house.repository import ROOT, files, texts

PAGES = [path for path in files() if path.suffix == ".md"]


def slug(heading: str) -> str:
    """The name by which a heading is linked: as the common code hosts make it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def headings(page: Path) -> set[str]:
    return {slug(heading) for heading in re.findall(r"^#+ (.+)$", page.read_text(), re.M)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_local_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(), flags=re.S)
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        there = (page.parent / name).resolve() if name else page
        if not there.exists() or (anchor and anchor not in headings(there)):
            broken.append(target)
    assert broken == []


def test_every_setting_is_described_and_nothing_else_is() -> None:
    described = set(re.findall(r"`(WEERKLANK_[A-Z_]+)`", (ROOT / "docs/settings.md").read_text()))
    read = {
        name
        for path, text in texts()
        if path.startswith(("src/", "tests/")) and path.endswith(".py")
        for name in re.findall(r"[\"'](WEERKLANK_[A-Z_]+)[\"']", text)
    }
    assert described == read


def test_the_index_of_decisions_is_complete() -> None:
    folder = ROOT / "docs/decisions"
    records = {path.name for path in folder.glob("[0-9]*.md")}
    assert set(re.findall(r"\]\((\d[^)]+)\)", (folder / "README.md").read_text())) == records
    assert len({name[:4] for name in records}) == len(records), "two decisions have the same number"
    assert [
        name for name in records if not re.match(rf"# 0*{int(name[:4])}\b", (folder / name).read_text())
    ] == []


def tables() -> list[type]:
    """Every table of the application and of what it stands on; links between tables left out."""
    from django.apps import apps

    return list(apps.get_models())


def test_every_table_stands_on_the_data_map_and_nothing_else_does() -> None:
    described = set(re.findall(r"`([a-z_]+\.[A-Z]\w+)`", (ROOT / "docs/data-map.md").read_text()))
    assert described == {table._meta.label for table in tables()}


def test_every_table_of_ours_is_a_word_of_the_glossary() -> None:
    glossary = (ROOT / "docs/glossary.md").read_text().partition("## Keys of a format")[0].replace("-", " ")
    words = {
        word.strip() for row in re.findall(r"^\| ([^|`]+) \|", glossary, re.M) for word in row.split(",")
    }
    ours = {
        re.sub(r"(?<=[a-z])(?=[A-Z])", " ", table.__name__).lower()
        for table in tables()
        if table.__module__.startswith("weerklank_web")
    }
    assert ours - words == set()


PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+\.png)\)")


def test_every_picture_can_be_taken_anew_is_shown_with_words_and_is_light() -> None:
    folders = (ROOT / "docs/handleiding/beeld", ROOT / "docs/images")
    there = {path.stem: path for folder in folders for path in folder.iterdir()}
    taken = re.findall(r'shoot\(\s*page, "([\w-]+)"', (ROOT / "tools/screenshots.py").read_text())
    shown = {Path(name).stem: words for page in PAGES for words, name in PICTURE.findall(page.read_text())}
    assert set(there) == set(taken) == set(shown)
    assert [name for name, words in shown.items() if len(words.split()) < 4] == []
    assert [name for name, path in there.items() if path.stat().st_size > 150_000] == []


def test_the_handbook_has_the_pages_that_the_front_page_leads_to() -> None:
    from weerklank_web.home.handbook import pages_in
    from weerklank_web.home.views.front import _ROLES

    written = {page.slug for page in pages_in(ROOT / "docs/handleiding")}
    assert {slug for slug, _title, _text in _ROLES} - written == set()
