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
    SECURITY_CONTACT: str
    SOURCE_CODE: str
    LOCAL: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything the frame of a page needs that is the same for every reader."""

    name: str
    theme_class: str
    theme_stylesheet: str
    contact: str
    security_contact: str
    source_code: str
    local: bool

    @property
    def contact_words(self) -> str:
        """The address of a human without its scheme."""
        return _without_scheme(self.contact)

    @property
    def security_words(self) -> str:
        """Where a leak is reported, without its scheme."""
        return _without_scheme(self.security_contact)


def house_of(settings: _Settings) -> House:
    """The installation as its settings describe it."""
    return House(
        name=settings.HOUSE_NAME,
        theme_class=f"{settings.THEME}-theme",
        theme_stylesheet=settings.THEME_STYLESHEET,
        contact=settings.CONTACT,
        security_contact=settings.SECURITY_CONTACT,
        source_code=settings.SOURCE_CODE,
        local=settings.LOCAL,
    )


def _without_scheme(address: str) -> str:
    return address.removeprefix("mailto:").removeprefix("tel:").removeprefix("https://")
