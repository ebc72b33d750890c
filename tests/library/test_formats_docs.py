"""What is written about formats is complete and true: every key, every word, every rule, and the guide's example."""

from __future__ import annotations

import re
from dataclasses import MISSING, fields
from enum import StrEnum
from pathlib import Path

import pytest

from weerklank.formats import (
    Audience,
    Completion,
    Consent,
    Decision,
    Dimension,
    DimensionValue,
    Evidence,
    FieldType,
    Format,
    FormatObject,
    Gates,
    Grouping,
    GroupSize,
    NameRule,
    ObjectField,
    Option,
    Outcome,
    RecordClass,
    Release,
    Role,
    Rotation,
    Shape,
    Sizes,
    SourceNote,
    Step,
    StepKind,
    Turn,
    Visibility,
    Vote,
    VoteMethod,
    When,
    check_format,
    parse_format,
)
from weerklank.formats.findings import rules
from weerklank.formats.words import dutch_keys

DOCS = Path(__file__).parents[2] / "docs"
SECTIONS: dict[str, type] = {
    "The file": Format,
    "`source`": SourceNote,
    "`group`": GroupSize,
    "`group.sub`": Sizes,
    "`decision`": Decision,
    "`roles`": Role,
    "`gates`": Gates,
    "`dimensions`": Dimension,
    "`dimensions.values`": DimensionValue,
    "`objects`": FormatObject,
    "`objects.fields`": ObjectField,
    "`objects.fields.options`": Option,
    "`objects.evidence`": Evidence,
    "`steps`": Step,
    "`steps.grouping`": Grouping,
    "`steps.visibility`": Visibility,
    "`steps.vote`": Vote,
    "`steps.release`": Release,
    "`outcome`": Outcome,
}
WORDS: dict[str, type[StrEnum]] = {
    "`kind`": StepKind,
    "`shape`": Shape,
    "`rotation`": Rotation,
    "`turn`": Turn,
    "`who`": Audience,
    "`when`": When,
    "`name`": NameRule,
    "`consent`": Consent,
    "`method`": VoteMethod,
    "`done`": Completion,
    "`type`": FieldType,
    "`record`": RecordClass,
}


def section(page: str, heading: str) -> str:
    """The text below one heading, up to the next."""
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#|\Z)", (DOCS / page).read_text(), re.M | re.S)
    assert found, heading
    return found[1]


def first_cells(text: str) -> list[str]:
    """The code words in the first column of the table in this text."""
    return re.findall(r"^\| \**`([^`]+)`\** \|", text, re.M)


def keys_of(record: type) -> dict[str, bool]:
    """Each key of a record, and whether the file must have it."""
    found = {
        each.name: each.default is MISSING and each.default_factory is MISSING
        for each in fields(record)
        if each.compare
    }
    if record is Format:
        found |= {"version": False, "languages": False, "roles": False}
    return found


@pytest.mark.parametrize(("heading", "record"), SECTIONS.items(), ids=list(SECTIONS))
def test_the_reference_lists_every_key_and_which_are_obligatory(heading: str, record: type) -> None:
    text = section("formats.md", heading)
    keys = keys_of(record)
    assert sorted(first_cells(text)) == sorted(keys)
    assert set(re.findall(r"^\| \*\*`([^`]+)`\*\* \|", text, re.M)) == {key for key in keys if keys[key]}


@pytest.mark.parametrize(("heading", "words"), WORDS.items(), ids=list(WORDS))
def test_the_reference_lists_every_word(heading: str, words: type[StrEnum]) -> None:
    assert first_cells(section("formats.md", heading)) == [str(word) for word in words]


def test_the_reference_lists_every_rule_with_its_severity() -> None:
    text = section("formats.md", "What the checker looks for")
    listed = re.findall(r"^\| `([^`]+)` \| (\w+) \|", text, re.M)
    assert listed == [(rule.code, str(rule.severity)) for rule in rules().values()]


def test_the_example_of_the_guide_is_a_sound_format() -> None:
    guide = (DOCS / "handleiding" / "werkvorm-schrijven.md").read_text()
    example = "".join(re.findall(r"```toml\n(.*?)```", guide, re.S))
    assert check_format(parse_format(example, source="guide")) == ()


def test_the_glossary_has_the_dutch_word_of_every_key() -> None:
    text = section("glossary.md", "Keys of a format")
    listed = re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", text, re.M)
    assert dict(listed) == dutch_keys()
    assert set(dutch_keys()) == {key for record in SECTIONS.values() for key in keys_of(record)}
