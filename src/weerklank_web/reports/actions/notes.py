"""Notes of a session: hand in, read in the background, look over, take in (issue §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import TypedDict
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from weerklank_web.accounts.models import Person
from weerklank_web.dialogue.actions.contribution import Words, add_contribution
from weerklank_web.dialogue.models import Contribution, ContributionSource
from weerklank_web.gatherings.models import Gathering, Room
from weerklank_web.gatherings.stage import Deed, stage_of
from weerklank_web.groundwork import clock, journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring
from weerklank_web.reports.bridge.notes import read_upload
from weerklank_web.reports.bridge.refusal import Refused
from weerklank_web.reports.collected import ReadNotes, ReadRow
from weerklank_web.reports.models import NotesLine, NotesUpload, UploadState
from weerklank_web.reports.queries.uploads import parts_in, rooms_of, rows_of, tally_of

__all__ = [
    "UPLOAD_DAYS",
    "Correction",
    "correct_rows",
    "drop_upload",
    "forget_uploads_due",
    "hand_in_notes",
    "place_parts",
    "read_notes",
    "take_in",
]

UPLOAD_DAYS = 30
_LONGEST = 10_000  # what one contribution can hold


class Correction(TypedDict, total=False):
    """What a person changed in a row; the words themselves stay as they were written down."""

    room: str
    level: str
    keep: bool


@transaction.atomic
def hand_in_notes(gathering: Gathering, *, name: str, content: bytes, by: Person) -> NotesUpload:
    """Keep the file until the background has read it.

    :raises NotNow: there is no room yet to put anything in.
    """
    if not Room.objects.filter(gathering=gathering).exists():
        raise NotNow(
            _("Maak eerst kamers. De inbreng uit een bestand komt in een kamer te staan."), code="no-rooms"
        )
    upload = NotesUpload.objects.create(
        gathering=gathering, name=name[-120:], content=content, handed_in_at=clock.now()
    )
    journal.write("notes.handed-in", gathering=gathering.id, by=str(by), subject=str(upload.id))
    return upload


def read_notes(upload_id: UUID, *, language: str) -> NotesUpload:
    """Read the file into rows; the file itself is not kept after that. Safe to run twice."""
    upload = NotesUpload.objects.select_related("gathering__format_version").get(id=upload_id)
    if upload.state != UploadState.READING:
        return upload

    def progress(done: int, total: int) -> None:
        per_cent = min(99, 100 * done // max(total, 1))
        if per_cent >= upload.done + 5:
            upload.done = per_cent
            NotesUpload.objects.filter(id=upload.id).update(done=per_cent)

    gathering = upload.gathering
    with override(language):
        try:
            found = read_upload(
                upload.name,
                bytes(upload.content),
                stage=stage_of(gathering),
                agenda=list(gathering.themes.filter(accepted=True).values_list("title", flat=True)),
                rooms=rooms_of(gathering),
                language=language,
                spoken=gathering.language,
                progress=progress,
            )
        except Refused as refusal:
            return _settle(upload, trouble=refusal.what)
        except Exception:
            _settle(
                upload, trouble=_("Dit bestand konden we niet lezen. Bewaar het anders en probeer opnieuw.")
            )
            raise
    return _settle(upload, found=found)


@transaction.atomic
def correct_rows(upload: NotesUpload, corrections: Mapping[int, Correction]) -> NotesUpload:
    """Keep what a person corrected, by place in the file."""
    upload = _to_look_over(upload.id)
    for place, changes in corrections.items():
        if 0 <= place < len(upload.rows):
            upload.rows[place].update(changes)
    upload.save(update_fields=["rows"])
    return upload


@transaction.atomic
def place_parts(upload: NotesUpload, rooms: Mapping[int, str]) -> NotesUpload:
    """Put everything under a heading of the file in one room; ``rooms`` by the number of the part."""
    upload = _to_look_over(upload.id)
    chosen = {part.title: rooms[part.number] for part in parts_in(rows_of(upload)) if part.number in rooms}
    for row in upload.rows:
        row["room"] = chosen.get(row["part"], row["room"])
    upload.save(update_fields=["rows"])
    return upload


@transaction.atomic
def take_in(upload: NotesUpload, *, by: Person) -> int:
    """Put every kept row in its room, all or nothing; returns how many.

    :raises NotNow: when the rooms take nothing now, or a kept row has no room or is too long: names its line.
    """
    upload = _to_look_over(upload.id)
    gathering = Gathering.objects.select_related("format_version").get(id=upload.gathering_id)
    _must_be_time(gathering)
    rooms = {str(room.id): room for room in rooms_of(gathering)}
    for room in rooms.values():
        room.gathering = gathering
    kept = [row for row in rows_of(upload) if row.keep]
    _must_fit(kept, rooms)
    made: dict[str, Contribution] = {}
    for row in kept:
        made[row.key] = add_contribution(
            rooms[row.room], _words(row), author_key="", source=ContributionSource.IMPORT, id=uuid4()
        )
    NotesLine.objects.bulk_create(_lines(upload, kept, made))
    upload.state = UploadState.ACCEPTED
    upload.taken = len(kept)
    upload.rows, upload.questions = [], []
    upload.save()
    journal.write("notes.taken-in", gathering=gathering.id, by=str(by), note=str(len(kept)))
    return len(kept)


@transaction.atomic
def drop_upload(upload: NotesUpload, *, by: Person) -> None:
    """Throw an upload away without taking it in."""
    upload = NotesUpload.objects.select_for_update().defer("content", "rows").get(id=upload.id)
    if upload.state == UploadState.ACCEPTED:
        raise NotNow(
            _("Dit bestand is al overgenomen. Trek de inbreng zelf in als die er niet had moeten komen."),
            code="already-taken-in",
        )
    journal.write("notes.dropped", gathering=upload.gathering_id, by=str(by), subject=str(upload.id))
    upload.delete()


def forget_uploads_due(now: datetime | None = None) -> int:
    """Forget uploads that nobody took in within thirty days; returns how many went."""
    oldest = (now or clock.now()) - timedelta(days=UPLOAD_DAYS)
    left = NotesUpload.objects.filter(handed_in_at__lt=oldest).exclude(state=UploadState.ACCEPTED)
    return left.delete()[1].get("reports.NotesUpload", 0)


def _settle(upload: NotesUpload, *, found: ReadNotes | None = None, trouble: str = "") -> NotesUpload:
    """Reading is over: keep what was found or why not, never the file. Thrown away meanwhile: it stays away."""
    upload.content, upload.done = b"", 100
    if found is None:
        upload.state, upload.trouble = UploadState.REFUSED, trouble
    else:
        upload.state = UploadState.READY
        upload.rows = [asdict(row) for row in found.rows]
        upload.questions = [list(question) for question in found.questions]
    kept = {
        name: getattr(upload, name) for name in ("content", "done", "state", "trouble", "rows", "questions")
    }
    NotesUpload.objects.filter(id=upload.id, state=UploadState.READING).update(**kept)
    ring(f"notes-{upload.id.hex}")
    return upload


def _to_look_over(upload_id: UUID) -> NotesUpload:
    upload = NotesUpload.objects.select_for_update().defer("content").get(id=upload_id)
    if upload.state != UploadState.READY:
        raise NotNow(_("Dit bestand is al overgenomen of nog niet gelezen."), code="not-ready")
    return upload


def _must_be_time(gathering: Gathering) -> None:
    stage = stage_of(gathering)
    if stage.may(Deed.TYPE_UP):
        return
    if stage.ahead(Deed.TYPE_UP):
        sentence = _("Overnemen kan zodra de kamers open zijn. Wat je hier koos blijft bewaard.")
    else:
        sentence = _("De kamers zijn gesloten: er kan niets meer bij. Ga eerst terug naar een eerdere stap.")
    raise NotNow(sentence, code="not-open")


def _must_fit(kept: list[ReadRow], rooms: Mapping[str, Room]) -> None:
    if not kept:
        raise NotNow(_("Er gaat niets mee. Vink aan wat je wilt overnemen."), code="nothing-kept")
    lost = [row for row in kept if row.room not in rooms]
    if lost:
        count = tally_of(kept).homeless or len(lost)
        sentence = ngettext(
            "%(count)d stuk heeft nog geen kamer: «%(text)s» (regel %(line)d).",
            "%(count)d stukken hebben nog geen kamer. Het eerste: «%(text)s» (regel %(line)d).",
            count,
        ) % {"count": count, "text": lost[0].text[:80], "line": lost[0].first_line}
        raise NotNow(sentence, code="room-missing")
    for row in kept:
        if len(row.text) > _LONGEST:
            sentence = _(
                "Regel %(line)d is langer dan %(most)d tekens. Knip die in het bestand in stukken en lees het opnieuw in."
            )
            raise NotNow(sentence % {"line": row.first_line, "most": _LONGEST}, code="too-long")


def _words(row: ReadRow) -> Words:
    return Words(
        text=row.text,
        level=row.level,
        tone=row.tone,
        prompt=row.prompt,
        spans=row.spans,
        kind=row.kind,
        unfinished=row.unfinished,
    )


def _lines(upload: NotesUpload, kept: list[ReadRow], made: Mapping[str, Contribution]) -> list[NotesLine]:
    return [
        NotesLine(
            contribution=made[row.key],
            upload=upload,
            first_line=row.first_line,
            last_line=row.last_line,
            context=made.get(row.context),
        )
        for row in kept
    ]
