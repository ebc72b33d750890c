"""Working formats (*werkvormen*) as TOML files.

``load_format`` reads a file into a frozen :class:`Format` or says, all at once, what is wrong with it;
``check_format`` says whether it makes sense. ``dump_format`` and ``restore_format`` keep the version that a
gathering was promised. Keys: ``docs/formats.md``.
"""

from weerklank.formats.catalogue import shipped_format, shipped_formats, shipped_text
from weerklank.formats.checks import check_format, require_sound
from weerklank.formats.content import Dimension, DimensionValue, Evidence, FormatObject, ObjectField, Option
from weerklank.formats.findings import Finding, InvalidFormat
from weerklank.formats.freeze import content_hash, dump_format, restore_format
from weerklank.formats.head import NOBODY, Decision, Gates, GroupSize, Outcome, Role, Sizes, SourceNote
from weerklank.formats.kinds import (
    Audience,
    Completion,
    Consent,
    FieldType,
    NameRule,
    RecordClass,
    Rotation,
    Severity,
    Shape,
    StepKind,
    Turn,
    VoteMethod,
    When,
)
from weerklank.formats.loader import load_format, parse_format
from weerklank.formats.records import Format, FormatOrigin, Reach
from weerklank.formats.steps import Grouping, Release, Step, Visibility, Vote
from weerklank.formats.texts import Text
from weerklank.formats.words import label_of

__all__ = [
    "NOBODY",
    "Audience",
    "Completion",
    "Consent",
    "Decision",
    "Dimension",
    "DimensionValue",
    "Evidence",
    "FieldType",
    "Finding",
    "Format",
    "FormatObject",
    "FormatOrigin",
    "Gates",
    "GroupSize",
    "Grouping",
    "InvalidFormat",
    "NameRule",
    "ObjectField",
    "Option",
    "Outcome",
    "Reach",
    "RecordClass",
    "Release",
    "Role",
    "Rotation",
    "Severity",
    "Shape",
    "Sizes",
    "SourceNote",
    "Step",
    "StepKind",
    "Text",
    "Turn",
    "Visibility",
    "Vote",
    "VoteMethod",
    "When",
    "check_format",
    "content_hash",
    "dump_format",
    "label_of",
    "load_format",
    "parse_format",
    "require_sound",
    "restore_format",
    "shipped_format",
    "shipped_formats",
    "shipped_text",
]
