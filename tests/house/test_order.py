"""The order of the house, where import contracts cannot see it: in tables, in clocks and in who writes rows."""

from __future__ import annotations

import ast
import configparser
import re
from pathlib import Path

import pytest
from django.apps import apps

from house.repository import ROOT, python_files

WEB = ROOT / "src" / "weerklank_web"


def journey() -> dict[str, int]:
    """Each web app with the number of its layer; a lower number stands nearer the front page."""
    contracts = configparser.ConfigParser(inline_comment_prefixes=None)
    contracts.read(ROOT / ".importlinter")
    layers = contracts["importlinter:contract:web-journey"]["layers"].split("\n")
    return {app.strip(" ()"): depth for depth, layer in enumerate(layers) for app in layer.split("|")}


def test_tables_point_the_way_that_imports_go() -> None:
    depth = journey()
    wrong = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if target is None or not all(m.__module__.startswith("weerklank_web.") for m in (model, target)):
                continue
            here, there = model.__module__.split(".")[1], target.__module__.split(".")[1]
            if here != there and depth[here] >= depth[there]:
                wrong.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert wrong == []


def calls(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of every call in a file."""
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            found.append((node.lineno, ast.unparse(node.func)))
    return found


#: One clock per way in: the web's, and the command line's (a report made by hand bears the day it is made).
CLOCKS = (WEB / "groundwork" / "clock.py", ROOT / "src" / "weerklank" / "cli" / "clock.py")
READS_A_CLOCK = (
    r"time\.(time|monotonic|localtime|gmtime)|(\w+\.)?(datetime|date|timezone)\.(now|utcnow|today|local\w+)"
)


@pytest.mark.parametrize("folder", ["src/weerklank", "src/weerklank_web"])
def test_there_is_one_clock(folder: str) -> None:
    read = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in python_files(folder)
        if path not in CLOCKS
        for line, name in calls(path)
        if re.fullmatch(READS_A_CLOCK, name)
    ]
    assert read == []


WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}


def test_rows_change_only_in_actions() -> None:
    """STYLE: verbs write, nouns read. Views, forms, queries and rules never touch a row."""
    readers = ("views", "forms", "queries", "rules", "bridge", "gates", "templatetags")
    wrong = []
    for path in python_files("src/weerklank_web"):
        if not set(readers) & {part.removesuffix(".py") for part in path.relative_to(WEB).parts}:
            continue
        for line, name in calls(path):
            of, _, deed = name.rpartition(".")
            if (of and deed in WRITES and "session" not in of) or (deed == "update" and ".objects." in name):
                wrong.append(f"{path.relative_to(ROOT)}:{line} {name}")
    assert wrong == []
