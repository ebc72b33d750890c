"""Suggestions as they can be shown: only what may still be used, with literal counts (W13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.text import Truncator

from weerklank_web.answers.bridge.suggestions import Found, FoundGroup, fingerprint_of, read_found
from weerklank_web.answers.models import FrameWord, RunState, SuggestionRun
from weerklank_web.answers.queries.statement import Coverage, coverage_of
from weerklank_web.dialogue.bridge.format import values_of
from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.models import Gathering
from weerklank_web.gatherings.stage import stage_of

__all__ = [
    "Suggestion",
    "Suggestions",
    "VoiceView",
    "fingerprint_now",
    "found_now",
    "frame_words_of",
    "suggestions_of",
]

_SHOWN = 4
_LONG = 70


@dataclass(frozen=True)
class Suggestion:
    """Contributions that seem to belong together, with literal pieces; a person decides and words."""

    labels: tuple[str, ...]
    coverage: Coverage
    members: tuple[Contribution, ...]
    quotes: tuple[tuple[Contribution, str], ...]

    @property
    def heart(self) -> str:
        """The word that it hangs on; without one, what is most typical of it, literally."""
        if self.labels:
            return self.labels[0]
        return Truncator(self.members[0].text).chars(_LONG) if self.members else ""

    @property
    def along(self) -> tuple[str, ...]:
        """What is said along with it."""
        return self.labels[1:]


@dataclass(frozen=True)
class VoiceView:
    """A contribution that no suggestion shows, and why it stands apart («andere stemmen»)."""

    contribution: Contribution
    reason: str


@dataclass(frozen=True)
class Suggestions:
    """All suggestions, how fresh they are, and why there are none (``trouble``)."""

    insights: tuple[Suggestion, ...] = ()
    connections: tuple[Suggestion, ...] = ()
    clusters: tuple[Suggestion, ...] = ()
    voices: tuple[VoiceView, ...] = ()
    reckoning: bool = False
    trouble: str = ""

    @property
    def any(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.insights or self.connections or self.clusters or self.voices)


def fingerprint_now(gathering: Gathering, rows: Sequence[Contribution]) -> str:
    """The state of what may be used now."""
    frame = frame_words_of(gathering)
    return fingerprint_of(rows, title=gathering.title, language=gathering.language, frame=frame)


def frame_words_of(gathering: Gathering) -> list[str]:
    """The words that an organiser left out of the suggestions."""
    return list(FrameWord.objects.filter(gathering=gathering).values_list("word", flat=True))


def found_now(gathering: Gathering, rows: Sequence[Contribution]) -> Found | None:
    """What was found for exactly these contributions, else what was found last; None when there is nothing yet."""
    runs = list(
        SuggestionRun.objects.filter(gathering=gathering, state=RunState.READY).order_by("-asked_at", "-id")
    )
    mark = fingerprint_now(gathering, rows)
    run = next((each for each in runs if each.fingerprint == mark), runs[0] if runs else None)
    return None if run is None else read_found(run.found)


def suggestions_of(gathering: Gathering, rows: Sequence[Contribution], *, language: str) -> Suggestions:
    """The suggestions for ``rows`` (what may be used now); those of an earlier state while new ones are reckoned."""
    runs = list(SuggestionRun.objects.filter(gathering=gathering).order_by("-asked_at", "-id"))
    mark = fingerprint_now(gathering, rows)
    current = next((run for run in runs if run.fingerprint == mark), None)
    waiting = current is not None and current.state == RunState.WAITING
    if current is not None and current.state == RunState.REFUSED:
        return Suggestions(trouble=current.trouble)
    shown = current if current and not waiting else _newest_ready(runs)
    if shown is None:
        return Suggestions(reckoning=waiting)
    levels = {value.key: value.label for value in values_of(stage_of(gathering), "level", language)}
    return _shown(
        read_found(shown.found),
        {str(row.id): row for row in rows},
        levels=levels,
        language=language,
        stale=waiting,
    )


def _newest_ready(runs: Sequence[SuggestionRun]) -> SuggestionRun | None:
    return next((run for run in runs if run.state == RunState.READY), None)


def _shown(
    found: Found,
    rows: Mapping[str, Contribution],
    *,
    levels: Mapping[str, str],
    language: str,
    stale: bool,
) -> Suggestions:
    def groups(every: Sequence[FoundGroup]) -> tuple[Suggestion, ...]:
        made = (_suggestion(group, rows, levels, stale=stale) for group in every)
        return tuple(each for each in made if each.coverage.contributions > 1)

    return Suggestions(
        insights=groups(found.insights),
        connections=groups(found.connections),
        clusters=groups(found.clusters),
        voices=tuple(
            VoiceView(rows[voice.contribution], voice.sentence(language))
            for voice in found.voices
            if voice.contribution in rows
        ),
        reckoning=stale,
    )


def _suggestion(
    group: FoundGroup, rows: Mapping[str, Contribution], levels: Mapping[str, str], *, stale: bool
) -> Suggestion:
    members = tuple(rows[member] for member in group.members if member in rows)
    # In an earlier state the text may have been edited since: then the places no longer hold.
    evidence = () if stale else group.evidence
    pieces = [(rows[one], rows[one].text[start:end]) for one, start, end in evidence if one in rows]
    return Suggestion(
        labels=group.labels,
        coverage=coverage_of(members, levels=levels),
        members=members,
        quotes=tuple(pieces or [(member, member.text) for member in members[:_SHOWN]]),
    )
