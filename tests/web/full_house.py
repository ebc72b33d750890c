"""A full house for tests of rooms, seats and doors (W3–W6): 99 registrations, eight themes, ten rooms of at most 11.

``small_house`` is the same in small, for whatever does not hang on the size: 40 people, four rooms.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from web.cast import Cast
from weerklank_web.gatherings.models import Registration, RegistrationState, Room, Seat, Theme, Wish
from weerklank_web.groundwork import clock, links

__all__ = ["LAYERS", "FullHouse", "full_house", "small_house"]

LAYERS = ("federal", "regional", "provincial", "local")


@dataclass
class FullHouse:
    """The cast's gathering, filled; ``secrets`` by registration."""

    cast: Cast
    themes: list[Theme]
    rooms: list[Room]
    people: list[Registration]
    secrets: dict[str, str]


def small_house(cast: Cast) -> FullHouse:
    """Forty people, four rooms of eleven, each about a theme of its own."""
    return full_house(cast, people=40, rooms=4, themes=4)


def full_house(
    cast: Cast, *, people: int = 99, rooms: int = 10, themes: int = 8, places: int = 11, seed: int = 7
) -> FullHouse:
    """Fill the cast's gathering. Wishes lean to the first themes, as they do in life."""
    gathering, draw = cast.gathering, Random(seed)
    Registration.objects.filter(gathering=gathering).delete()
    Room.objects.filter(gathering=gathering).delete()
    topics = [*cast.themes]
    topics += [
        Theme.objects.create(gathering=gathering, title=f"Thema {number}", position=number)
        for number in range(2, themes)
    ]
    made = Room.objects.bulk_create(
        Room(
            gathering=gathering,
            theme=topics[place % len(topics)],
            name=f"Kamer {place + 1}",
            places_min=5,
            places_max=places,
            position=place,
            features=["step-free", "captions"] if place < 2 else [],
        )
        for place in range(rooms)
    )
    secrets = {}
    rows = []
    for number in range(people):
        secret = links.new_secret()
        row = Registration(
            gathering=gathering,
            name=f"Deelnemer {number + 1:03d}",
            email=f"deelnemer{number + 1}@voorbeeld.example",
            state=RegistrationState.CONFIRMED,
            queue_number=number + 1,
            layer=draw.choices((*LAYERS, ""), weights=(30, 25, 15, 25, 5))[0],
            organisation=f"Dienst {draw.randrange(30)}",
            needs=["step-free"] if number in (3, 44) else [],
            link_fingerprint=links.fingerprint(secret),
            registered_on=clock.today(),
            consent_on=clock.today(),
        )
        secrets[str(row.id)] = secret
        rows.append(row)
    Registration.objects.bulk_create(rows)
    Wish.objects.bulk_create(
        Wish(registration=row, theme=theme, rank=rank)
        for row in rows
        for rank, theme in enumerate(_wishes(draw, topics), start=1)
    )
    Seat.objects.filter(room__gathering=gathering).delete()
    return FullHouse(cast=cast, themes=topics, rooms=made, people=rows, secrets=secrets)


def _wishes(draw: Random, themes: list[Theme]) -> list[Theme]:
    left, weights = list(themes), [8, 7, 6, 5, 5, 4, 4, 3]
    chosen = []
    for _rank in range(3):
        place = draw.choices(range(len(left)), weights=weights[: len(left)])[0]
        chosen.append(left.pop(place))
    return chosen
