"""Deliberate faults in a sound format: each is caught at its line and step, with what to do (W17, DOMAIN 6.2)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from weerklank.errors import BadInput
from weerklank.formats import (
    Finding,
    InvalidFormat,
    Severity,
    check_format,
    load_format,
    parse_format,
    require_sound,
    restore_format,
)
from weerklank.formats.findings import rules

DATA = Path(__file__).parent / "data"
SOUND = (DATA / "small-format.toml").read_text(encoding="utf-8")
FAULTS = tomllib.loads((DATA / "format-faults.toml").read_text(encoding="utf-8"))
NOT_A_FILE = {"unreadable", "not-utf8", "not-frozen"}


def with_fault(fault: dict[str, str]) -> str:
    """The sound format with this one thing changed."""
    start = SOUND.index(f'id = "{fault["step"]}"\nkind') if "step" in fault else 0
    before, after = SOUND[:start], SOUND[start:]
    assert fault["old"] in after
    return before + after.replace(fault["old"], fault["new"], 1)


def caught(findings: tuple[Finding, ...], fault: dict[str, str], text: str) -> Finding:
    """The finding that this fault must give, looked at closely."""
    step = fault.get("found_in", fault.get("step")) or None
    matching = [each for each in findings if each.code == fault["code"] and each.step == step]
    assert matching, [(each.code, each.step) for each in findings]
    lines = text.splitlines()
    pointed = [each for each in matching if fault["line"] in (lines[each.line - 1] if each.line else "")]
    assert pointed, [each.line and lines[each.line - 1] for each in matching]
    assert fault["remedy"] in str(pointed[0].remedy)
    assert pointed[0].source == "mijn-werkvorm.toml"
    return pointed[0]


def name(fault: dict[str, str]) -> str:
    return fault["code"]


def test_the_format_without_faults_is_sound() -> None:
    assert check_format(parse_format(SOUND, source="small.toml")) == ()


@pytest.mark.parametrize("fault", FAULTS["shape"], ids=name)
def test_a_fault_of_shape_is_refused(fault: dict[str, str]) -> None:
    text = with_fault(fault)
    with pytest.raises(InvalidFormat) as refusal:
        parse_format(text, source="mijn-werkvorm.toml")
    assert isinstance(refusal.value, BadInput)
    found = caught(refusal.value.findings, fault, text)
    assert found.severity is Severity.ERROR
    assert str(found) in str(refusal.value)


@pytest.mark.parametrize("fault", FAULTS["sense"], ids=name)
def test_a_fault_of_sense_is_found(fault: dict[str, str]) -> None:
    text = with_fault(fault)
    format_ = parse_format(text, source="mijn-werkvorm.toml")
    found = caught(check_format(format_), fault, text)
    if found.severity is Severity.WARNING:
        return
    with pytest.raises(InvalidFormat) as refusal:
        require_sound(format_)
    assert found in refusal.value.findings


def test_every_rule_has_its_fault_and_speaks_every_language() -> None:
    assert {fault["code"] for each in FAULTS.values() for fault in each} == set(rules()) - NOT_A_FILE
    for rule in rules().values():
        assert rule.what.languages == rule.remedy.languages == ("nl", "en", "fr"), rule.code


def test_all_faults_come_at_once() -> None:
    text = SOUND.replace("minutes = 40", 'minutes = "veel"').replace("days = 30", "dagen = 30")
    with pytest.raises(InvalidFormat) as refusal:
        parse_format(text, source="small.toml")
    assert [(each.code, each.step) for each in refusal.value.findings] == [
        ("not-a-number", "talk"),
        ("unknown-key-likely", "reply"),
    ]
    assert str(refusal.value).count("small.toml, regel ") == 2
    assert refusal.value.line == refusal.value.findings[0].line


def test_a_warning_does_not_stop_a_format() -> None:
    format_ = parse_format(SOUND.replace("captions = true", "captions = false"), source="small.toml")
    assert [each.severity for each in check_format(format_)] == [Severity.WARNING]
    assert require_sound(format_) is format_


def test_a_finding_speaks_the_language_of_its_reader() -> None:
    format_ = parse_format(SOUND.replace('by = "board"', 'by = "mayor"'), source="small.toml")
    (found,) = check_format(format_)
    assert found.sentence("nl-BE").startswith("small.toml, regel ")
    assert found.sentence("en").startswith("small.toml, line ")
    assert "decides" in found.sentence("en")


def test_files_that_are_no_text_are_refused_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "photo.toml").write_bytes(b"\xff\xd8\xff")
    for path, code in ((tmp_path / "photo.toml", "not-utf8"), (tmp_path / "absent.toml", "unreadable")):
        with pytest.raises(InvalidFormat) as refusal:
            load_format(path)
        assert [each.code for each in refusal.value.findings] == [code]
        assert path.name in str(refusal.value)
    with pytest.raises(InvalidFormat) as refusal:
        parse_format("x = " + "[" * 100_000, source="deep.toml")
    assert refusal.value.findings[0].code == "not-toml"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 1}'])
def test_what_was_never_frozen_is_refused(text: str) -> None:
    with pytest.raises(InvalidFormat):
        restore_format(text, source="database")


SOUND_LINES = SOUND.splitlines()


@settings(deadline=None, max_examples=60)
@given(
    gone=st.sets(st.integers(0, len(SOUND_LINES) - 1), max_size=6),
    swap=st.tuples(st.integers(0, len(SOUND_LINES) - 1), st.integers(0, len(SOUND_LINES) - 1)),
)
def test_a_damaged_file_is_a_format_or_a_refusal_never_a_crash(gone: set[int], swap: tuple[int, int]) -> None:
    lines = list(SOUND_LINES)
    lines[swap[0]], lines[swap[1]] = lines[swap[1]], lines[swap[0]]
    text = "\n".join(line for place, line in enumerate(lines) if place not in gone)
    try:
        findings = check_format(parse_format(text, source="damaged.toml"))
    except InvalidFormat as refusal:
        findings = refusal.findings
        assert findings
    for each in findings:
        assert each.line is None or 1 <= each.line <= len(lines)
        assert each.sentence("nl")
        assert each.sentence("en")
