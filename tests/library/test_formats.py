"""Formats as files: what ships is sound, says what the source says (W9, W11, W13, D5), and can be frozen."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import weerklank.formats
from weerklank.formats import (
    Audience,
    Consent,
    FieldType,
    Format,
    NameRule,
    StepKind,
    Text,
    When,
    check_format,
    content_hash,
    dump_format,
    kinds,
    label_of,
    load_format,
    parse_format,
    restore_format,
    shipped_format,
    shipped_formats,
)
from weerklank.formats.lines import lines_of_keys

SHIPPED = shipped_formats()
WORKINAR = shipped_format("workinar")


def toml_of(key: str) -> str:
    return files("weerklank.formats").joinpath("library", f"{key}.toml").read_text(encoding="utf-8")


def test_the_front_door_is_sorted_and_complete() -> None:
    names = weerklank.formats.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), name[0].islower(), name))
    assert all(hasattr(weerklank.formats, name) for name in names)


@pytest.mark.parametrize("key", SHIPPED)
def test_a_shipped_format_is_sound_bilingual_and_named_as_its_file(key: str) -> None:
    format_ = shipped_format(key)
    assert check_format(format_) == ()
    assert format_.id == key
    assert format_.languages == ("nl", "en")
    assert format_.live_minutes <= format_.duration


def test_an_unknown_shipped_format_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        shipped_format("../findings")


def test_loading_a_file_equals_parsing_its_text(tmp_path: Path) -> None:
    path = tmp_path / "eigen.toml"
    path.write_text("\ufeff" + toml_of("workinar"), encoding="utf-8")
    assert load_format(path) == WORKINAR
    assert load_format(str(path)).origin.source == str(path)


# --- what the workinar promises -----------------------------------------------------------------------


def test_the_workinar_asks_at_three_levels_with_help_questions_w9() -> None:
    level = WORKINAR.dimension("level")
    assert level.keys == ("micro", "meso", "macro")
    assert all(value.question and value.heading for value in level.values)
    assert level.value("micro").question.in_language("nl") == "Wat betekent dit voor jou persoonlijk?"  # type: ignore[union-attr]
    report = WORKINAR.object("room_report")
    assert [str(report.field(each).label) for each in ("why", "essence")] == [
        "Waarom dit thema?",
        "De essentie",
    ]


def test_a_room_may_switch_to_plus_and_min_w11() -> None:
    assert WORKINAR.dimension("tone").keys == ("plus", "min", "wish", "observation")
    assert WORKINAR.step("room").arrange == ("level", "tone")


def test_no_dimension_of_a_contribution_is_obligatory_w12() -> None:
    contribution = WORKINAR.object("contribution")
    assert {"level", "theme", "tone"} <= set(contribution.dimensions)
    assert [field.id for field in contribution.fields if field.required] == ["text"]


def test_key_words_can_be_marked_w10() -> None:
    assert WORKINAR.object("contribution").field("key").type is FieldType.FRAGMENT


def test_an_insight_needs_three_contributions_from_two_rooms_w13() -> None:
    evidence = WORKINAR.object("insight").evidence
    assert evidence is not None
    assert (evidence.sources, evidence.rooms) == (3, 2)


def test_the_thread_runs_from_contribution_to_commitment() -> None:
    made = {each.id: set(each.made_from) for each in WORKINAR.objects}
    thread = ("contribution", "insight", "message", "answer", "commitment")
    assert all(before in made[after] for before, after in pairwise(thread))


def test_the_workinar_runs_two_hours_and_ends_with_the_return_w17() -> None:
    assert WORKINAR.live_minutes == 120
    assert WORKINAR.steps[-1].kind is StepKind.RETURN
    assert WORKINAR.gates.mandate
    assert WORKINAR.decision.by == "recipient"  # W22


def test_who_reads_what_i_write_is_told_beforehand() -> None:
    reaches = [(each.step, each.audience, each.consent) for each in WORKINAR.reach_of("contribution")]
    assert reaches == [
        ("alone", Audience.SELF, None),
        ("room", Audience.GROUP, None),
        ("room", Audience.GROUP, Consent.AUTHOR),
        ("check-out", Audience.PLENARY, None),
        ("publish", Audience.RECIPIENT, Consent.NOTICE),
    ]
    assert WORKINAR.audience_of("contribution") is Audience.RECIPIENT
    assert WORKINAR.visibility_of("contribution").who is Audience.SELF
    in_room = WORKINAR.visibility_of("contribution", step="room")
    assert (in_room.who, in_room.when, in_room.name) == (Audience.GROUP, When.DIRECT, NameRule.CHOICE)


def test_a_lookup_of_what_is_not_there_is_a_key_error() -> None:
    for lookup in (
        WORKINAR.step,
        WORKINAR.role,
        WORKINAR.object,
        WORKINAR.dimension,
        WORKINAR.audience_of,
        WORKINAR.visibility_of,
        WORKINAR.dimension("level").value,
        WORKINAR.object("answer").field,
        WORKINAR.object("answer").field("decision").option,
    ):
        with pytest.raises(KeyError):
            lookup("nergens")
    with pytest.raises(KeyError):
        WORKINAR.visibility_of("insight", step="room")
    with pytest.raises(KeyError):
        WORKINAR.text("nergens", "nl")


@pytest.mark.parametrize(("people", "rooms"), [(20, (2, 4)), (105, (9, 21)), (250, (21, 50)), (4, (1, 1))])
def test_rooms_and_facilitators_follow_from_the_number_of_people(people: int, rooms: tuple[int, int]) -> None:
    assert WORKINAR.group.rooms_for(people) == rooms
    assert WORKINAR.group.facilitators_for(people) == rooms[0]


def test_five_relations_fit_in_45_minutes_d5() -> None:
    format_ = shipped_format("five-relations-45")
    assert format_.live_minutes == format_.duration == 45
    assert len(format_.dimension("relation").values) == 5
    assert format_.dimension("context").keys == ("individual", "team", "organisation")  # D3
    assert format_.object("case").field("question").max == 15
    assert format_.gates.retention_days == 30


# --- words ----------------------------------------------------------------------------------------------


def test_a_text_falls_back_to_its_base_language_and_then_to_its_first() -> None:
    text = Text((("nl", "ja"), ("en", "yes")))
    assert [text.in_language(each) for each in ("nl", "en", "nl-BE", "en-GB", "fr")] == [
        "ja",
        "yes",
        "ja",
        "yes",
        "ja",
    ]
    assert str(text) == "ja"
    assert WORKINAR.text("unfinished", "en") == "This sentence broke off."


def test_every_word_of_the_vocabularies_has_a_label_in_every_language() -> None:
    for name in kinds.__all__:
        for member in getattr(kinds, name):
            assert label_of(member).languages == ("nl", "en", "fr"), member


def test_audiences_grow_in_one_line() -> None:
    order = list(Audience)
    assert all(after.wider_than(before) for before, after in pairwise(order))
    assert not Audience.GROUP.wider_than(Audience.GROUP)


# --- freezing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", SHIPPED)
def test_a_frozen_format_comes_back_whole(key: str) -> None:
    format_ = shipped_format(key)
    frozen = dump_format(format_)
    assert restore_format(frozen) == format_
    assert dump_format(restore_format(frozen)) == frozen
    assert check_format(restore_format(frozen)) == ()


@pytest.mark.slow
@settings(deadline=None, max_examples=20)
@given(seed=st.randoms(use_true_random=False))
def test_a_database_that_shuffles_keys_changes_nothing(seed: Random) -> None:
    def shuffled(value: object) -> object:
        if isinstance(value, list):
            return [shuffled(each) for each in value]
        if isinstance(value, dict):
            return {key: shuffled(value[key]) for key in seed.sample(sorted(value), len(value))}
        return value

    frozen = dump_format(WORKINAR)
    restored = restore_format(json.dumps(shuffled(json.loads(frozen))))
    assert content_hash(restored) == content_hash(WORKINAR)


def test_the_fingerprint_follows_the_content_and_nothing_else() -> None:
    text = toml_of("workinar")
    assert content_hash(parse_format("# nog een regel\n" + text, source="elders.toml")) == content_hash(
        WORKINAR
    )
    reworded = parse_format(text.replace("minutes = 45", "minutes = 40"), source="workinar.toml")
    assert content_hash(reworded) != content_hash(WORKINAR)


def test_defaults_are_written_out_so_that_a_promise_cannot_change() -> None:
    frozen = json.loads(dump_format(WORKINAR))
    welcome = next(step for step in frozen["steps"] if step["id"] == "welcome")
    assert (welcome["done"], welcome["repeat"], welcome["asynchronous"]) == ("time", 1, False)


# --- lines ------------------------------------------------------------------------------------------------


def at(format_: Format, path: str) -> str:
    line = format_.origin.line(path)
    assert line is not None
    return toml_of(format_.id).split("\n")[line - 1]


@pytest.mark.parametrize("key", SHIPPED)
def test_every_key_is_found_on_its_line(key: str) -> None:
    text = toml_of(key).split("\n")
    for path, number in shipped_format(key).origin.lines.items():
        line = text[number - 1].strip()
        name = path.rpartition(".")[2].partition("[")[0]
        assert line.startswith((name, "[", "{")), (path, line)


def test_a_line_is_known_for_steps_lists_and_what_lies_inside_one_line() -> None:
    place = WORKINAR.steps.index(WORKINAR.step("room"))
    assert at(WORKINAR, f"steps[{place}].minutes") == "minutes = 45"
    assert "anders" in at(WORKINAR, f"steps[{place}].ask[2]")
    assert at(WORKINAR, f"steps[{place}].visibility.who").startswith("visibility = ")
    assert at(WORKINAR, "gates.ground_rules[1]").startswith('  {nl = "Luister')
    assert at(WORKINAR, "title.nl").startswith("nl = ")


def test_quotes_brackets_and_comments_do_not_mislead() -> None:
    lines = lines_of_keys(
        'a = "[not = a, table]"  # [nor]\n'
        "b = '''\n[no]\nkey = 1\n'''\n"
        'c = [\n  "x, \\" y", # one, two\n  {d = 1, e = [1, 2]},\n\n  "z",\n]\n'
        '"quoted key" = 1\n'
        "[t.u]\n"
        "v.w = 2\n"
        "[[l]]\n[[l.m]]\nn = 1\n[[l.m]]\nn = 2\n[[l]]\n[[l.m]]\nn = 3\n"
    )
    assert dict(lines) == {
        "a": 1,
        "b": 2,
        "c": 6,
        "c[0]": 7,
        "c[1]": 8,
        "c[2]": 10,
        "quoted key": 12,
        "t.u": 13,
        "t.u.v": 14,
        "t.u.v.w": 14,
        "l[0]": 15,
        "l[0].m[0]": 16,
        "l[0].m[0].n": 17,
        "l[0].m[1]": 18,
        "l[0].m[1].n": 19,
        "l[1]": 20,
        "l[1].m[0]": 21,
        "l[1].m[0].n": 22,
    }
