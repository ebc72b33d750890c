"""What the reading wants to ask or tell, gathered on the way."""

from __future__ import annotations

from weerklank.notes.phrasebook import sentence_for
from weerklank.notes.records import LogEntry, Question

__all__ = ["Findings"]


class Findings:
    """Collects questions and log lines in the reader's language; asks each thing once."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._questions: list[Question] = []
        self._log: list[LogEntry] = []

    def ask(self, code: str, *, line: int | None, subject: str = "", **words: object) -> None:
        """Something only a person can decide."""
        sentence = sentence_for("questions", code, language=self._language, subject=subject, **words)
        question = Question(code, line, subject, sentence)
        if question not in self._questions:
            self._questions.append(question)

    def part(self, name: str) -> str:
        """A part of a file that is not read, as it opens a sentence."""
        return sentence_for("parts", name, language=self._language)

    def tell(self, code: str, *, line: int | None = None, **words: object) -> None:
        """Something done that changed no words."""
        entry = LogEntry(code, line, sentence_for("log", code, language=self._language, **words))
        if entry not in self._log:
            self._log.append(entry)

    @property
    def questions(self) -> tuple[Question, ...]:
        """In the order of the source; those about the whole file last."""
        return tuple(sorted(self._questions, key=lambda one: (one.line is None, one.line or 0)))

    @property
    def log(self) -> tuple[LogEntry, ...]:
        """In the order of telling."""
        return tuple(self._log)
