"""Notes of a session: hand in, read in the background, look over, take in (issue §5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from weerklank_web.accounts.models import Person
from weerklank_web.dialogue.actions.contribution import Words, type_in
from weerklank_web.dialogue.models import ContributionSource
from weerklank_web.gatherings.models import Gathering, Room
from weerklank_web.groundwork import journal
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.groundwork.live import ring
from weerklank_web.reports.bridge.making import Refused
from weerklank_web.reports.bridge.notes import read_upload
from weerklank_web.reports.collected import ReadRow
from weerklank_web.reports.models import NotesUpload, UploadState

__all__ = ["correct_rows", "drop_upload", "hand_in_notes", "read_notes", "rows_of", "take_in"]


@transaction.atomic
def hand_in_notes(gathering: Gathering, *, name: str, content: bytes, by: Person) -> NotesUpload:
    """Keep the file until the background has read it."""
    upload = NotesUpload.objects.create(gathering=gathering, name=name[:200], content=content)
    journal.write("notes.handed-in", gathering=gathering.id, by=str(by), subject=str(upload.id))
    return upload


def read_notes(upload_id: UUID, *, language: str) -> NotesUpload:
    """Read the file into rows; the file itself is not kept after that."""
    upload = NotesUpload.objects.select_related("gathering").get(id=upload_id)
    if upload.state != UploadState.READING:
        return upload

    def progress(done: int, total: int) -> None:
        per_cent = min(99, 100 * done // max(total, 1))
        if per_cent >= upload.done + 5:
            upload.done = per_cent
            upload.save(update_fields=["done"])

    agenda = list(upload.gathering.themes.filter(accepted=True).values_list("title", flat=True))
    try:
        found = read_upload(
            upload.name, bytes(upload.content), agenda=agenda, language=language, progress=progress
        )
    except Refused as refusal:
        upload.state, upload.trouble = UploadState.REFUSED, str(refusal)
    else:
        rooms = _rooms_by_theme(upload.gathering)
        upload.state = UploadState.READY
        upload.questions = found.questions
        upload.rows = [{**asdict(row), "room": rooms.get(row.theme, "")} for row in found.rows]
    upload.content = b""
    upload.done = 100
    upload.save()
    ring(f"notes-{upload.id.hex}")
    return upload


@transaction.atomic
def correct_rows(upload: NotesUpload, corrections: dict[int, dict[str, object]]) -> NotesUpload:
    """Keep what a person corrected, row by row; the words themselves stay as they were written down."""
    upload = _open_upload(upload.id)
    for place, changes in corrections.items():
        if 0 <= place < len(upload.rows):
            upload.rows[place].update(
                {key: changes[key] for key in ("room", "level", "keep") if key in changes}
            )
    upload.save(update_fields=["rows"])
    return upload


@transaction.atomic
def take_in(upload: NotesUpload, *, by: Person) -> int:
    """Put every kept row in its room, all or nothing; returns how many.

    :raises NotNow: when a kept row has no room yet, naming its line.
    """
    upload = _open_upload(upload.id)
    kept = [row for row in rows_of(upload) if row.keep]
    homeless = [row for row in kept if not row.room]
    if homeless:
        raise NotNow(
            _("%(count)s regels hebben nog geen kamer. De eerste: «%(text)s» (regel %(line)s).")
            % {"count": len(homeless), "text": homeless[0].text[:80], "line": homeless[0].line},
            code="room-missing",
        )
    rooms = {
        str(room.id): room for room in Room.objects.filter(gathering=upload.gathering).select_related("theme")
    }
    taken = 0
    for room_id, room in rooms.items():
        words = [_words(row) for row in kept if row.room == room_id]
        if words:
            taken += type_in(room, words, source=ContributionSource.IMPORT, by=str(by))
    upload.state = UploadState.ACCEPTED
    upload.rows = []
    upload.questions = []
    upload.save()
    journal.write("notes.taken-in", gathering=upload.gathering_id, by=str(by), note=str(taken))
    return taken


@transaction.atomic
def drop_upload(upload: NotesUpload, *, by: Person) -> None:
    """Throw an upload away without taking it in."""
    journal.write("notes.dropped", gathering=upload.gathering_id, by=str(by), subject=str(upload.id))
    upload.delete()


def rows_of(upload: NotesUpload) -> list[ReadRow]:
    """The rows with their corrections."""
    return [
        ReadRow(**{**row, "fragments": tuple(row["fragments"]), "doubts": tuple(row["doubts"])})
        for row in upload.rows
    ]


def _open_upload(upload_id: UUID) -> NotesUpload:
    upload = NotesUpload.objects.select_for_update().get(id=upload_id)
    if upload.state != UploadState.READY:
        raise NotNow(_("Dit bestand is al overgenomen of nog niet gelezen."), code="not-ready")
    return upload


def _words(row: ReadRow) -> Words:
    return Words(
        text=row.text,
        level=row.level,
        tone=row.tone,
        prompt=row.prompt,
        fragments=row.fragments,
        kind=row.kind,
        unfinished=row.unfinished,
    )


def _rooms_by_theme(gathering: Gathering) -> dict[str, str]:
    rooms: Sequence[Room] = list(Room.objects.filter(gathering=gathering).select_related("theme"))
    return {room.theme.title: str(room.id) for room in reversed(rooms)}
