"""The closed vocabularies of a format. Their labels for people are in ``words.toml``."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Audience",
    "Completion",
    "Consent",
    "FieldType",
    "NameRule",
    "RecordClass",
    "Rotation",
    "Severity",
    "Shape",
    "StepKind",
    "Turn",
    "VoteMethod",
    "When",
]


class StepKind(StrEnum):
    """What people do in a step."""

    TELL = "tell"
    WRITE = "write"
    SPEAK = "speak"
    HARVEST = "harvest"
    CLUSTER = "cluster"
    CHOOSE = "choose"
    WEIGH = "weigh"
    REVIEW = "review"
    SYNTHESISE = "synthesise"
    PUBLISH = "publish"
    ANSWER = "answer"
    RETURN = "return"
    ALLOCATE = "allocate"
    PAUSE = "pause"


class Shape(StrEnum):
    """How people sit during a step."""

    ALONE = "alone"
    PAIR = "pair"
    FOUR = "four"
    TABLE = "table"
    ROOM = "room"
    RING = "ring"
    PLENARY = "plenary"


class Rotation(StrEnum):
    """Whether groups change between rounds."""

    FIXED = "fixed"
    ROTATE = "rotate"
    FREE = "free"
    MERGE = "merge"


class Turn(StrEnum):
    """How the floor passes from one to the next."""

    FREE = "free"
    ROUND = "round"
    JUMP_IN = "jump_in"


class Audience(StrEnum):
    """Who sees something. Each audience holds the ones before it.

    ``group`` includes the facilitation team and ``recipient`` includes everybody who took part:
    a recipient never reads what participants cannot (W15).
    """

    SELF = "self"
    FACILITATOR = "facilitator"
    GROUP = "group"
    PLENARY = "plenary"
    RECIPIENT = "recipient"
    PUBLIC = "public"

    @property
    def breadth(self) -> int:
        """Rank from narrow (0) to wide; use it to compare two audiences."""
        return list(Audience).index(self)

    def wider_than(self, other: Audience) -> bool:
        """Whether this audience holds people that ``other`` does not."""
        return self.breadth > other.breadth


class When(StrEnum):
    """From which moment the audience sees what was written."""

    DIRECT = "direct"
    AFTER_STEP = "after_step"
    AFTER_RELEASE = "after_release"


class NameRule(StrEnum):
    """Whether a name stands beside what was written."""

    NEVER = "never"
    CHOICE = "choice"
    ALWAYS = "always"


class Consent(StrEnum):
    """Who has to agree before something reaches more people."""

    AUTHOR = "author"
    GROUP = "group"
    NOTICE = "notice"


class VoteMethod(StrEnum):
    """How people weigh or choose."""

    DOTS = "dots"
    APPROVAL = "approval"
    RANK = "rank"
    TRIAD = "triad"
    SCALE = "scale"
    STANCE = "stance"
    CONSENT = "consent"
    MAJORITY = "majority"


class Completion(StrEnum):
    """What ends a step."""

    TIME = "time"
    EVERYONE = "everyone"
    FACILITATOR = "facilitator"
    QUORUM = "quorum"
    NO_OBJECTION = "no_objection"
    RECIPIENT = "recipient"


class FieldType(StrEnum):
    """What a field of an object holds."""

    TEXT = "text"
    QUESTION = "question"
    FRAGMENT = "fragment"
    IMAGE = "image"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"
    SCALE = "scale"
    DIMENSION = "dimension"
    STATUS = "status"


class RecordClass(StrEnum):
    """What an object is in the eyes of archive and openness law (DOMAIN 7.5)."""

    PERSONAL = "personal"
    WORKING = "working"
    DECISION = "decision"


class Severity(StrEnum):
    """``error``: the format may not be used; ``warning``: think again."""

    ERROR = "error"
    WARNING = "warning"
