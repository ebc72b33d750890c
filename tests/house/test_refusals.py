"""What the library refuses, it refuses in the reader's language: sentences stand in ``refusals.toml``, never in the code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from house.repository import ROOT, files, python_files

LIBRARY = ROOT / "src" / "weerklank"
LANGUAGES = ["nl", "en", "fr"]
TABLES = [path for path in files() if path.name == "refusals.toml" and path.is_relative_to(LIBRARY)]
NAMING = {"because", "bad_input", "_frame"}
SPOKEN = {"remedy", "needed_for"}  # what is told to a reader, besides the first argument
GAP = re.compile(r"\{(\w+)\}")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def sources() -> list[Path]:
    return python_files("src/weerklank")


@cache
def family() -> frozenset[str]:
    """WeerklankError and every class below it."""
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
    }
    found = {"WeerklankError"}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return frozenset(found)


def called(node: ast.Call) -> str:
    match node.func:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
    return ""


def is_sentence(node: ast.AST) -> bool:
    """Whether words are put together here, or already told in one language."""
    if isinstance(node, ast.Call):
        return called(node) in ("text", "told", "say")
    parts = node.values if isinstance(node, ast.JoinedStr) else [node]
    return any(isinstance(one, ast.Constant) and " " in str(one.value).strip() for one in parts)


def words_in(node: ast.expr, named: dict[str, ast.expr]) -> Iterator[ast.AST]:
    """Sentences in an argument, also behind a name; what is filled into a sentence of the table is no sentence."""
    if isinstance(node, ast.Call) and called(node) == "because":
        return
    if isinstance(node, ast.Name) and node.id in named:
        yield from words_in(named[node.id], {})
    elif is_sentence(node):
        yield node
    else:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from words_in(child, named)


def literals(module: ast.Module, errors: frozenset[str]) -> list[int]:
    """The lines where an error gets a sentence of its own, instead of one from the table."""
    named = {
        target.id: node.value
        for node in ast.walk(module)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and called(node) in errors:
            told = [word.value for word in node.keywords if word.arg in SPOKEN]
            # The first argument of MissingExtra is the name of the extra.
            first = [] if called(node) == "MissingExtra" else node.args[:1]
            if any(True for part in (*first, *told) for _ in words_in(part, named)):
                found.append(node.lineno)
    return found


def test_no_refusal_is_written_in_the_code() -> None:
    assert {"BadInput", "NoSeating", "AlreadyReleased", "InvalidFormat"} < family()
    found = [
        f"{path.relative_to(ROOT)}:{line}" for path in sources() for line in literals(tree(path), family())
    ]
    assert found == [], "put the sentence in refusals.toml: because.bad_input('key', …)"


@pytest.mark.parametrize(
    "code",
    [
        'raise BadInput("Dit kan niet.")',
        'raise TooLittleData(f"Er zijn er {n}.")',
        'raise BadInput(because("a"), remedy="Doe iets anders.")',
        'remedy = "Doe iets anders."\nraise errors.BadInput(because("a"), remedy=remedy)',
        'raise NoSolution("Er zijn er " + str(n))',
        'raise MissingExtra("notes", needed_for="Een agenda lezen")',
        'raise BadInput("Er zijn er {}.".format(n))',
        'raise BadInput(screen.text("no-file"))',
    ],
)
def test_a_sentence_in_the_code_is_seen(code: str) -> None:
    assert literals(ast.parse(code), family())


@pytest.mark.parametrize(
    "code",
    [
        'raise because.bad_input("no-file", source=f"{name}, 2")',
        'raise BadInput(because("a", known=", ".join(all)), remedy=because("b"))',
        'raise MissingExtra("notes", needed_for=because("needs-agenda"))',
        'raise Unfounded(because("a"), sentence=f"{caption}: {cell}")',
        'raise ValueError("a word for programmers")',
    ],
)
def test_what_is_no_sentence_in_the_code_is_left_alone(code: str) -> None:
    assert literals(ast.parse(code), family()) == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_every_refusal_is_there_in_every_language_with_the_same_gaps(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert [key for key, said in table.items() if list(said) != LANGUAGES or not all(said.values())] == []
    gaps = {key: [set(GAP.findall(text)) for text in said.values()] for key, said in table.items()}
    assert [key for key, each in gaps.items() if any(one != each[0] for one in each)] == []


@pytest.mark.parametrize("path", TABLES, ids=lambda path: str(path.relative_to(LIBRARY)))
def test_the_code_and_the_table_name_the_same_refusals(path: Path) -> None:
    """A key that the table lacks would be a second error while a first is told; one that nobody names is a leftover."""
    known = tomllib.loads(path.read_text(encoding="utf-8")).keys()
    wanted, said, made = set(), set(), []
    for node in (
        each for source in sources() if source.parent == path.parent for each in ast.walk(tree(source))
    ):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            said |= {node.value, f"{node.value}-remedy"}
        elif isinstance(node, ast.Call) and node.args and called(node) in NAMING:
            key = node.args[0]
            if isinstance(key, ast.Constant):
                name = str(key.value)
                wanted |= {name, f"{name}-remedy"} if called(node) == "bad_input" else {name}
            elif isinstance(key, ast.JoinedStr):
                parts = (
                    ast.literal_eval(one) if isinstance(one, ast.Constant) else "*" for one in key.values
                )
                made.append("".join(parts))
    assert wanted - known == set()
    assert {key for key in known - said if not any(fnmatch(key, one) for one in made)} == set()
