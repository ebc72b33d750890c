"""From the untyped tables of a file to a format, section by section."""

from __future__ import annotations

from collections.abc import Mapping

from weerklank.formats.content import Dimension, DimensionValue, Evidence, FormatObject, ObjectField, Option
from weerklank.formats.findings import InvalidFormat
from weerklank.formats.head import Decision, Gates, GroupSize, Outcome, Role, Sizes, SourceNote
from weerklank.formats.kinds import (
    Audience,
    Completion,
    Consent,
    FieldType,
    NameRule,
    RecordClass,
    Rotation,
    Shape,
    StepKind,
    Turn,
    VoteMethod,
    When,
)
from weerklank.formats.reader import Cursor, Faults
from weerklank.formats.records import Format, FormatOrigin
from weerklank.formats.steps import Grouping, Release, Step, Visibility, Vote

__all__ = ["SCHEMA", "build_format"]

SCHEMA = 1
"""The version of the schema that this library reads."""


def build_format(table: Mapping[str, object], *, origin: FormatOrigin) -> Format:
    """The format in ``table``.

    :raises InvalidFormat: with every fault of shape.
    """
    faults = Faults(origin)
    top = Cursor(table, faults=faults)
    top.languages = top.language_codes("languages")
    result = Format(
        format=top.whole("format", least=SCHEMA, most=SCHEMA),
        id=top.id(),
        version=top.words("version", default="1"),
        languages=top.languages,
        title=top.text("title"),
        purpose=top.text_or_none("purpose"),
        source=_source(top.table("source", obligatory=True)),
        group=_group(top.table("group", obligatory=True)),
        duration=top.whole("duration", least=1),
        decision=_decision(top.table("decision", obligatory=True)),
        roles=tuple(_role(each) for each in top.tables("roles")),
        gates=_gates(top.table("gates")),
        dimensions=tuple(_dimension(each) for each in top.tables("dimensions")),
        objects=tuple(_object(each) for each in top.tables("objects", obligatory=True)),
        steps=tuple(_step(each) for each in top.tables("steps", obligatory=True)),
        outcome=tuple(_outcome(each) for each in top.tables("outcome")),
        texts=top.named_texts("texts"),
        origin=origin,
    )
    top.finish()
    if faults.findings:
        raise InvalidFormat(tuple(sorted(faults.findings, key=lambda each: each.line or 0)))
    return result


def _source(at: Cursor | None) -> SourceNote:
    if at is None:
        return SourceNote(name="", licence="")
    result = SourceNote(
        name=at.words("name"),
        licence=at.words("licence", default=""),
        url=at.words_or_none("url"),
        note=at.text_or_none("note"),
    )
    at.finish()
    return result


def _sizes(at: Cursor | None) -> Sizes | None:
    if at is None:
        return None
    result = Sizes(min=at.whole("min", least=1), max=at.whole("max", least=1))
    at.finish()
    return result


def _group(at: Cursor | None) -> GroupSize:
    if at is None:
        return GroupSize(min=1, max=1)
    result = GroupSize(
        min=at.whole("min", least=1),
        max=at.whole("max", least=1),
        sub=_sizes(at.table("sub")),
        people_per_facilitator=at.whole_or_none("people_per_facilitator", least=1),
    )
    at.finish()
    return result


def _decision(at: Cursor | None) -> Decision:
    if at is None:
        return Decision(by="")
    result = Decision(by=at.words("by"), text=at.text_or_none("text"))
    at.finish()
    return result


def _role(at: Cursor) -> Role:
    result = Role(id=at.id(), title=at.text("title"))
    at.finish()
    return result


def _gates(at: Cursor | None) -> Gates:
    if at is None:
        return Gates()
    result = Gates(
        mandate=at.flag("mandate", default=False),
        k=at.whole_or_none("k", least=3),
        retention_days=at.whole_or_none("retention_days", least=1),
        registration_days=at.whole_or_none("registration_days", least=1),
        captions=at.flag("captions", default=True),
        ground_rules=at.texts("ground_rules"),
    )
    at.finish()
    return result


def _dimension(at: Cursor) -> Dimension:
    result = Dimension(
        id=at.id(),
        title=at.text("title"),
        question=at.text_or_none("question"),
        open=at.flag("open", default=False),
        multiple=at.flag("multiple", default=False),
        values=tuple(_value(each) for each in at.tables("values", name="key")),
    )
    at.finish()
    return result


def _value(at: Cursor) -> DimensionValue:
    result = DimensionValue(
        key=at.id("key"),
        label=at.text("label"),
        question=at.text_or_none("question"),
        heading=at.text_or_none("heading"),
    )
    at.finish()
    return result


def _object(at: Cursor) -> FormatObject:
    result = FormatObject(
        id=at.id(),
        title=at.text("title"),
        hint=at.text_or_none("hint"),
        fields=tuple(_field(each) for each in at.tables("fields", obligatory=True)),
        dimensions=at.names("dimensions"),
        made_from=at.names("made_from"),
        per_person=at.whole_or_none("per_person", least=1),
        evidence=_evidence(at.table("evidence")),
        record=at.member("record", RecordClass, default=RecordClass.WORKING),
        retention_days=at.whole_or_none("retention_days", least=1),
    )
    at.finish()
    return result


def _field(at: Cursor) -> ObjectField:
    result = ObjectField(
        id=at.id(),
        type=at.member("type", FieldType),
        label=at.text("label"),
        hint=at.text_or_none("hint"),
        required=at.flag("required", default=False),
        max=at.whole_or_none("max", least=1),
        dimension=at.words_or_none("dimension"),
        options=tuple(_option(each) for each in at.tables("options", name="key")),
    )
    at.finish()
    return result


def _option(at: Cursor) -> Option:
    result = Option(key=at.id("key"), label=at.text("label"))
    at.finish()
    return result


def _evidence(at: Cursor | None) -> Evidence | None:
    if at is None:
        return None
    result = Evidence(
        sources=at.whole("sources", least=1, default=1), rooms=at.whole("rooms", least=1, default=1)
    )
    at.finish()
    return result


def _step(at: Cursor) -> Step:
    result = Step(
        id=at.id(),
        kind=at.member("kind", StepKind),
        title=at.text("title"),
        hint=at.text_or_none("hint"),
        ask=at.texts("ask"),
        minutes=at.whole_or_none("minutes", least=1),
        asynchronous=at.flag("asynchronous", default=False),
        days=at.whole_or_none("days", least=1),
        who=at.names("who"),
        grouping=_grouping(at.table("grouping")),
        reads=at.names("reads"),
        writes=at.names("writes"),
        visibility=_visibility(at.table("visibility")),
        vote=_vote(at.table("vote")),
        release=_release(at.table("release")),
        arrange=at.names("arrange"),
        done=at.member("done", Completion, default=Completion.TIME),
        repeat=at.whole("repeat", least=1, default=1),
        go_back_to=at.words_or_none("go_back_to"),
    )
    at.finish()
    return result


def _grouping(at: Cursor | None) -> Grouping | None:
    if at is None:
        return None
    result = Grouping(
        shape=at.member("shape", Shape),
        groups=at.whole_or_none("groups", least=1),
        rotation=at.member("rotation", Rotation, default=Rotation.FIXED),
        turn=at.member("turn", Turn, default=Turn.FREE),
        by=at.words_or_none("by"),
        mix=at.names("mix"),
        host=at.flag("host", default=False),
    )
    at.finish()
    return result


def _visibility(at: Cursor | None) -> Visibility | None:
    if at is None:
        return None
    result = Visibility(
        who=at.member("who", Audience),
        when=at.member("when", When, default=When.DIRECT),
        name=at.member("name", NameRule, default=NameRule.NEVER),
    )
    at.finish()
    return result


def _vote(at: Cursor | None) -> Vote | None:
    if at is None:
        return None
    result = Vote(
        method=at.member("method", VoteMethod),
        budget=at.whole_or_none("budget", least=1),
        secret=at.flag("secret", default=False),
        threshold=at.whole_or_none("threshold", least=1, most=100),
        minority=at.text_or_none("minority"),
    )
    at.finish()
    return result


def _release(at: Cursor | None) -> Release | None:
    if at is None:
        return None
    result = Release(
        objects=at.names("objects"), to=at.member("to", Audience), consent=at.member("consent", Consent)
    )
    at.finish()
    return result


def _outcome(at: Cursor) -> Outcome:
    result = Outcome(id=at.id(), title=at.text("title"), objects=at.names("objects"))
    at.finish()
    return result
