"""What came back: the answer to a message, a word to everybody, what was committed to, or the silence (W16, W19)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from weerklank.chapters.composing import Composer
from weerklank.chapters.facts import AnswerFacts, CommitmentFacts, Promise, ReportFacts, WordFacts
from weerklank.report.citable import Run
from weerklank.report.document import Block, Paragraph, Section

__all__ = ["answer_to", "days_late", "given_with_answers", "named_with_answers", "word_section"]

_WORD = "word"


def answer_to(
    message: str, answer: AnswerFacts | None, *, promise: Promise | None, today: dt.date, compose: Composer
) -> list[Block]:
    """The answer to the message with this id; without one, how long it has been silent."""
    name, label = f"message:{message}/answer", compose.say("messages.answer")
    if answer is None:
        line = _silence(name, promise, today, compose)
        return [Paragraph(id=line.id, text=line.text, figures=line.figures, label=label)]
    blocks: list[Block] = [
        Paragraph(id=name, text=(Run(compose.say(f"answers.{answer.kind.value}")),), label=label),
        compose.given(f"{name}/reason", answer.reason, label=compose.say("messages.reason")),
    ]
    if answer.owner:
        blocks.append(compose.given(f"{name}/owner", answer.owner, label=compose.say("messages.owner")))
    if answer.due is not None:
        blocks.append(compose.counted(f"{name}/due", "messages.due", day=answer.due))
    if answer.answered_on is not None:
        blocks.append(compose.counted(f"{name}/on", "messages.answered_on", day=answer.answered_on))
    return blocks + _film_and_commitments(name, answer, compose)


def word_section(word: WordFacts, compose: Composer) -> Section:
    """What the decision-maker said to everybody."""
    blocks: list[Block] = [
        compose.given(f"{_WORD}/text", word.text),
        compose.counted(f"{_WORD}/on", "messages.answered_on", day=word.answered_on),
        *_film_and_commitments(_WORD, word, compose),
    ]
    return Section(id=_WORD, title=compose.say("answers.word"), blocks=tuple(blocks))


def _film_and_commitments(name: str, answer: AnswerFacts | WordFacts, compose: Composer) -> list[Block]:
    blocks: list[Block] = []
    for part, text in (("film", answer.film), ("transcript", answer.transcript)):
        if text:
            blocks.append(compose.given(f"{name}/{part}", text, label=compose.say(f"answers.{part}")))
    for place, commitment in enumerate(answer.commitments):
        here = f"{name}/commitment:{place}"
        blocks += [
            compose.given(f"{here}/text", commitment.text, label=compose.say("answers.commitment")),
            compose.given(f"{here}/owner", commitment.owner, label=compose.say("messages.owner")),
            compose.counted(f"{here}/due", f"commitments.{commitment.state.value}", day=commitment.due),
        ]
    return blocks


def days_late(promise: Promise | None, today: dt.date) -> int:
    """Days since the promised date; 0 when it has not passed or was never set."""
    return max(0, (today - promise.by).days) if promise is not None and promise.by is not None else 0


def _silence(name: str, promise: Promise | None, today: dt.date, compose: Composer) -> Paragraph:
    if promise is None:
        return compose.counted(name, "messages.unpromised")
    if days_late(promise, today):
        return compose.counted(name, "messages.late", days=compose.fact("days_late"))
    if promise.by is not None:
        return compose.counted(name, "messages.awaited", day=promise.by)
    return compose.counted(name, "messages.open")


# --- what the gate may believe of it -----------------------------------------------------------------


def given_with_answers(facts: ReportFacts) -> dict[str, str]:
    """Every text that was given with an answer, by its source id."""
    given: dict[str, str] = {}
    for answer in facts.answers:
        name = f"message:{answer.message}/answer"
        given[f"{name}/reason"] = answer.reason
        if answer.owner:
            given[f"{name}/owner"] = answer.owner
        given |= dict(_given(name, answer))
    if facts.word is not None:
        given[f"{_WORD}/text"] = facts.word.text
        given |= dict(_given(_WORD, facts.word))
    return given


def _given(name: str, answer: AnswerFacts | WordFacts) -> Iterator[tuple[str, str]]:
    for part, text in (("film", answer.film), ("transcript", answer.transcript)):
        if text:
            yield f"{name}/{part}", text
    for place, commitment in enumerate(answer.commitments):
        yield f"{name}/commitment:{place}/text", commitment.text
        yield f"{name}/commitment:{place}/owner", commitment.owner


def named_with_answers(facts: ReportFacts) -> list[dt.date]:
    """Every day that an answer names."""
    days = [day for answer in facts.answers for day in (answer.due, answer.answered_on) if day is not None]
    if facts.word is not None:
        days.append(facts.word.answered_on)
    return days + [commitment.due for commitment in _commitments(facts)]


def _commitments(facts: ReportFacts) -> Iterator[CommitmentFacts]:
    for answer in (*facts.answers, facts.word):
        if answer is not None:
            yield from answer.commitments
