"""What an installation says about itself: name, theme, and whom to turn to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

__all__ = ["House", "house_of"]


class _Settings(Protocol):
    HOUSE_NAME: str
    THEME: str
    THEME_STYLESHEET: str
    CONTACT: str
    SOURCE_CODE: str
    LOCAL: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything the frame of a page needs that is the same for every reader."""

    name: str
    theme_class: str
    theme_stylesheet: str
    contact: str
    source_code: str
    local: bool

    @property
    def contact_words(self) -> str:
        """The address of a human without its scheme."""
        return self.contact.removeprefix("mailto:").removeprefix("tel:").removeprefix("https://")


def house_of(settings: _Settings) -> House:
    """The installation as its settings describe it."""
    return House(
        name=settings.HOUSE_NAME,
        theme_class=f"{settings.THEME}-theme",
        theme_stylesheet=settings.THEME_STYLESHEET,
        contact=settings.CONTACT,
        source_code=settings.SOURCE_CODE,
        local=settings.LOCAL,
    )
