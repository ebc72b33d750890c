"""What may and must stand in the repository."""

from __future__ import annotations

import re
import tomllib

import pytest
import yaml

from house.repository import ROOT, files, python_files, texts

REQUIRED = [
    *(
        "README.md",
        "LICENSE",
        "CONTRIBUTING.md",
        "GOVERNANCE.md",
        "CODE_OF_CONDUCT.md",
        "SECURITY.md",
        "CHANGELOG.md",
    ),
    *("publiccode.yml", ".ci/run", "docs/tour.md", "docs/glossary.md", "docs/deploy.md", "docs/settings.md"),
    *("docs/decisions/README.md", "docs/handleiding/README.md"),
]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_what_a_public_code_base_must_have_is_there() -> None:
    assert [name for name in REQUIRED if not (ROOT / name).is_file()] == []


def test_the_two_commands_can_be_started() -> None:
    for name in ("weerklank", ".ci/run"):
        assert (ROOT / name).stat().st_mode & 0o111, f"{name} is not executable"


def test_no_file_names_a_package_registry() -> None:
    # The names are put together here, so that this file does not name them either.
    hosts = [
        ".".join(parts)
        for parts in (("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("npmjs", "com"))
    ]
    assert [(name, host) for name, text in texts() for host in hosts if host in text] == []


def test_locks_hold_hashes_and_no_addresses() -> None:
    for lock in sorted((ROOT / "requirements").glob("*.txt")):
        text = lock.read_text()
        assert not re.search(r"://|--(extra-)?index", text), lock.name
        pins = re.findall(r"^[A-Za-z0-9].*?(?=^\S|\Z)", text, re.M | re.S)
        assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text()


def test_what_runs_is_what_was_tested() -> None:
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^(\S+==[^\s;]+)", (ROOT / "requirements" / name).read_text(), re.M))

    assert pins("run.txt") - pins("test.txt") == set()


def test_no_path_of_one_machine_stands_in_a_file() -> None:
    a_machine = re.compile(r"(?<![\w.:/~<>$}-])/(?:work|farm|root|tmp|home|Users)/\w")
    assert [(name, hit.group()) for name, text in texts() for hit in a_machine.finditer(text)] == []


def test_no_source_file_is_longer_than_a_person_can_hold() -> None:
    long = {
        p.name: n
        for p in [*python_files("src"), ROOT / "weerklank"]
        if (n := len(p.read_text().splitlines())) > 400
    }
    assert long == {}


def test_no_folder_or_file_is_a_junk_drawer() -> None:
    drawers = {"utils", "helpers", "common", "misc", "manager", "service", "services", "util", "helper"}
    assert [
        str(p.relative_to(ROOT)) for p in python_files("src", "tests") if drawers & {p.stem, p.parent.name}
    ] == []


def test_publiccode_says_what_the_project_says() -> None:
    said = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    mandatory = "publiccodeYmlVersion name url platforms developmentStatus softwareType description legal maintenance localisation"
    assert set(mandatory.split()) <= set(said)
    assert (said["softwareVersion"], said["legal"]["license"]) == (PROJECT["version"], PROJECT["license"])
    for description in said["description"].values():
        assert len(description["shortDescription"]) <= 150 <= len(description["longDescription"]) <= 10_000
    from django.conf import settings

    assert said["localisation"]["availableLanguages"] == [code for code, _ in settings.LANGUAGES]


def test_one_version() -> None:
    import json

    import weerklank

    assert (
        weerklank.__version__
        == PROJECT["version"]
        == json.loads((ROOT / "package.json").read_text())["version"]
    )
    assert f"## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("source", ["requirements/run.in", "package.json"])
def test_every_dependency_has_a_reason(source: str) -> None:
    reasons = (ROOT / "docs/decisions/0001-dependencies.md").read_text().lower()
    text = (ROOT / source).read_text()
    if source.endswith(".in"):
        names = re.findall(r"^([A-Za-z0-9.-]+)", text, re.M)
    else:
        names = re.findall(
            r'"([^"]+)": "\d', text.partition('"dependencies"')[2].partition('"devDependencies"')[0]
        )
    assert names
    # The second theme and the tokens are named together, as "two open themes".
    assert [
        n for n in names if n.removesuffix(".org") not in reasons and not n.endswith("design-tokens")
    ] == []


def test_nothing_large_is_carried_along() -> None:
    # Word vectors that work without a network; beside them stands where they come from and how to make them again.
    vectors = ROOT / "src/weerklank/synthesis/data/vectors-nl-fr.npz"
    assert [
        (str(p.relative_to(ROOT)), p.stat().st_size)
        for p in files()
        if p.stat().st_size > (3_000_000 if p == vectors else 1_500_000)
    ] == []
    assert vectors.with_suffix(".json").exists()
