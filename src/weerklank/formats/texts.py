"""A text in one or more languages."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people, per language.

    :param translations: pairs of language code and words; the first pair is the text's own language.
    """

    translations: tuple[tuple[str, str], ...]

    def in_language(self, language: str) -> str:
        """The words in ``language``; else in its base language (``nl-BE`` → ``nl``); else in the first."""
        words = dict(self.translations)
        base, _, _ = language.partition("-")
        return words.get(language) or words.get(base) or self.translations[0][1]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have words, in order."""
        return tuple(language for language, _ in self.translations)

    def filled(self, **gaps: object) -> Text:
        """The same text with each ``{gap}`` filled, in every language; a gap may be a :class:`Text` itself."""
        return Text(
            tuple(
                (
                    language,
                    words.format(
                        **{
                            gap: filling.in_language(language) if isinstance(filling, Text) else filling
                            for gap, filling in gaps.items()
                        }
                    ),
                )
                for language, words in self.translations
            )
        )

    def __str__(self) -> str:
        return self.translations[0][1]
