"""Notes of a session become contributions in the rooms (issue §5, W8–W12): read, looked over, taken in or refused."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from web.cast import Cast
from weerklank_web.dialogue.models import Contribution, ContributionSource
from weerklank_web.gatherings.models import Room, Theme
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork import clock
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.reports import tasks
from weerklank_web.reports.actions.notes import (
    correct_rows,
    drop_upload,
    forget_uploads_due,
    hand_in_notes,
    place_parts,
    read_notes,
    take_in,
)
from weerklank_web.reports.actions.report import ask_for_report, make_report
from weerklank_web.reports.collected import ReadRow
from weerklank_web.reports.models import NotesLine, NotesUpload, UploadState
from weerklank_web.reports.queries.uploads import PAGE, parts_in, rows_of, tally_of

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent.parent / "library" / "data"
UNEVEN = (DATA / "uneven-notes.md").read_bytes()


@pytest.fixture
def open_rooms(cast: Cast) -> Cast:
    """The cast after the talk, while notes can still be typed in."""
    cast.stand_at(Deed.SYNTHESISE)
    return cast


def read(cast: Cast, name: str, content: bytes) -> NotesUpload:
    upload = hand_in_notes(cast.gathering, name=name, content=content, by=cast.carla)
    read_notes(upload.id, language="nl")
    upload.refresh_from_db()
    return upload


def placed(upload: NotesUpload, room: Room) -> NotesUpload:
    everything = {part.number: str(room.id) for part in parts_in(rows_of(upload))}
    return place_parts(upload, everything)


@pytest.mark.slow
def test_uneven_notes_arrive_whole_each_with_level_key_words_and_line(open_rooms: Cast) -> None:
    upload = read(open_rooms, "uneven-notes.md", UNEVEN)
    assert (upload.state, bytes(upload.content)) == (UploadState.READY, b"")
    rows = rows_of(upload)
    assert len(parts_in(rows)) == 6
    take_in(placed(upload, open_rooms.rooms[0]), by=open_rooms.carla)

    stored = list(Contribution.objects.select_related("notes_line").order_by("position"))
    assert [row.text for row in stored] == [row.text for row in rows]
    assert {row.source for row in stored} == {ContributionSource.IMPORT}
    assert {row.author_key for row in stored} == {""}
    book = next(row for row in stored if row.text.startswith("Een boek is"))
    assert (book.level, book.key_words, book.notes_line.first_line) == ("micro", ["rust in mijn hoofd"], 11)
    assert any(row.unfinished for row in stored)
    assert "cross-reference" in {row.kind for row in stored}
    assert {row.level for row in stored} >= {"micro", "meso", "macro", ""}
    lead = next(row for row in stored if row.text.startswith("De meeste collega's"))
    assert NotesLine.objects.filter(context=lead).count() == 3

    upload.refresh_from_db()
    assert (upload.state, upload.taken, upload.rows, upload.questions) == ("accepted", len(rows), [], [])
    page = open_rooms.client_of("anna").get(open_rooms.path("kamer", open_rooms.rooms[0].id)).content.decode()
    assert "rust in mijn hoofd" in page
    open_rooms.stand_at(Deed.PUBLISH)
    report = make_report(ask_for_report(open_rooms.gathering, by=open_rooms.carla).id)
    told = bytes(report.files.get(name="verslag.html").content).decode()
    assert "(regel 11)" in told


def test_key_words_stand_where_the_file_marked_them(open_rooms: Cast) -> None:
    """The same word stands there twice; only the second was bold."""
    upload = read(open_rooms, "n.md", b"## Werk\n\n- mail na mail na **mail** is te veel\n")
    take_in(placed(upload, open_rooms.rooms[0]), by=open_rooms.carla)
    (row,) = Contribution.objects.all()
    start = row.text.rindex("mail")
    assert row.fragments == [[start, start + 4]]


def test_a_row_goes_to_a_room_by_itself_only_when_that_is_certain(open_rooms: Cast) -> None:
    shared, alone = open_rooms.themes
    lines = [
        "thema;kamer;niveau;tekst",
        f"{shared.title};;micro;Bij dit thema horen twee kamers",
        f"{shared.title};Kamer 2;micro;Deze kamer staat erbij",
        f"{alone.title};;;Hier is maar een kamer",
        "Iets heel anders;;;Dit thema kennen we niet",
        "Iets heel anders;kamer 1;;Maar deze kamer wel",
        f"{shared.title};Kamer 9;;En deze kamer niet",
    ]
    upload = read(open_rooms, "n.csv", "\n".join(lines).encode())
    first, second, third = (str(room.id) for room in open_rooms.rooms)
    assert [row.room for row in rows_of(upload)] == ["", second, third, "", first, ""]
    assert tally_of(rows_of(upload)).homeless == 3


def test_nothing_is_taken_in_while_a_row_has_no_room(open_rooms: Cast) -> None:
    upload = read(open_rooms, "uneven-notes.md", UNEVEN)
    rows = rows_of(placed(upload, open_rooms.rooms[0]))
    correct_rows(upload, {len(rows) - 1: {"room": ""}})
    with pytest.raises(NotNow, match=f"regel {rows[-1].first_line}") as refusal:
        take_in(upload, by=open_rooms.carla)
    assert refusal.value.code == "room-missing"
    assert Contribution.objects.count() == 0
    correct_rows(upload, {len(rows) - 1: {"keep": False}})
    assert take_in(upload, by=open_rooms.carla) == len(rows) - 1
    with pytest.raises(NotNow, match="al overgenomen"):
        take_in(upload, by=open_rooms.carla)
    assert Contribution.objects.count() == len(rows) - 1


def test_one_row_that_cannot_be_stored_keeps_all_others_out(open_rooms: Cast) -> None:
    long = "woord " * 2000
    upload = read(open_rooms, "n.md", f"## Werk\n\n- kort\n- {long}\n".encode())
    with pytest.raises(NotNow, match="Regel 4 is langer"):
        take_in(placed(upload, open_rooms.rooms[0]), by=open_rooms.carla)
    assert Contribution.objects.count() == 0


def test_corrections_are_kept_page_by_page_and_survive_a_reload(open_rooms: Cast) -> None:
    text = "## Werk\n\n" + "".join(f"- Zin nummer {number}.\n" for number in range(PAGE * 2 + 10))
    upload = read(open_rooms, "n.md", text.encode())
    room, carla = open_rooms.rooms[1], open_rooms.client_of("carla")
    page = open_rooms.path("beheer", "inlezen", upload.id)
    assert f"Zin nummer {PAGE}." not in carla.get(page).content.decode()
    there = f"{page}?p=2"
    given = {f"room-{place}": str(room.id) for place in range(PAGE, PAGE * 2)}
    given |= {f"level-{place}": "" for place in range(PAGE, PAGE * 2)}
    given |= {f"keep-{place}": "on" for place in range(PAGE + 1, PAGE * 2)}
    given[f"level-{PAGE + 3}"] = "macro"
    answer = carla.post(there, {**given, "next": "1"})
    assert (answer.status_code, answer["Location"]) == (303, f"{page}?p=3")

    rows = rows_of(NotesUpload.objects.get())
    assert (rows[PAGE].keep, rows[PAGE + 1].keep, rows[PAGE + 3].level) == (False, True, "macro")
    assert {row.room for row in rows[PAGE : PAGE * 2]} == {str(room.id)}
    assert {row.room for row in rows[:PAGE]} == {""}
    saved = carla.post(there, {**given, "room-65": ""}, headers={"HX-Request": "true"}).content.decode()
    assert "Bewaard." in saved
    assert f"{PAGE * 2 + 9} van {PAGE * 2 + 10} stukken gaan mee." in saved
    assert "<html" not in saved
    again = carla.get(there).content.decode()
    assert f'name="level-{PAGE + 3}"' in again
    assert again.count('value="macro" selected') == 1

    refused = carla.post(f"{page}?p=3", {"accept": "1", **_all_of(rows, 2 * PAGE, room)}, follow=True)
    assert "hebben nog geen kamer" in refused.content.decode()
    parts = carla.post(f"{page}delen/", {"deel-0": str(room.id)}, follow=True)
    assert "De delen staan nu bij hun kamer." in parts.content.decode()
    done = carla.post(f"{page}?p=3", {"accept": "1", **_all_of(rows, 2 * PAGE, room)}, follow=True)
    assert f"{PAGE * 2 + 9} stukken inbreng staan nu in de kamers." in done.content.decode()
    assert Contribution.objects.filter(room=room).count() == PAGE * 2 + 9


def _all_of(rows: list[ReadRow], start: int, room: Room) -> dict[str, str]:
    places = range(start, len(rows))
    kept = {f"keep-{place}": "on" for place in places} | {f"level-{place}": "" for place in places}
    return kept | {f"room-{place}": str(room.id) for place in places}


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("fout.csv", b"wie;wat\nik;iets\n", "fout.csv, regel 1: De tabel heeft geen kolom met de inbreng"),
        ("half.csv", b'thema;tekst\nWerk;"open\n', "half.csv, regel 2"),
        ("kapot.vtt", b"geen kop\n00:01 --> x\nhallo\n", "kapot.vtt, regel 1"),
        ("nep.docx", b"dit is geen Word", "nep.docx"),
        ("leeg.md", b"# Alleen een titel\n", "leeg.md, regel 1: Er staat geen inbreng in"),
        ("../../boven.csv", b"a;b\n", "boven.csv, regel 1"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_what_to_do(
    open_rooms: Cast, name: str, content: bytes, told: str
) -> None:
    upload = read(open_rooms, name, content)
    assert upload.state == UploadState.REFUSED
    assert told in upload.trouble
    assert bytes(upload.content) == b""
    page = open_rooms.client_of("carla").get(open_rooms.path("beheer", "inlezen", upload.id))
    assert "Dit bestand konden we niet lezen" in page.content.decode()
    with pytest.raises(NotNow):
        take_in(upload, by=open_rooms.carla)


def test_a_transcript_comes_in_without_who_said_it(open_rooms: Cast) -> None:
    upload = read(open_rooms, "transcript.vtt", (DATA / "transcript.vtt").read_bytes())
    rows = rows_of(upload)
    assert rows
    assert "Vandenberghe" not in str(upload.rows)
    assert any("bij naam genoemd" in doubt for row in rows for doubt in row.doubts)
    page = open_rooms.client_of("carla").get(open_rooms.path("beheer", "inlezen", upload.id))
    assert "bij naam genoemd" in page.content.decode()


def test_a_word_file_comes_in_by_its_headings(open_rooms: Cast) -> None:
    paper = docx.Document()
    paper.add_heading(open_rooms.themes[1].title, level=1)
    paper.add_heading("Micro", level=2)
    point = paper.add_paragraph("Ik wil ", style="List Bullet")
    point.add_run("korte brieven").bold = True
    kept = io.BytesIO()
    paper.save(kept)
    (row,) = rows_of(read(open_rooms, "verslag.docx", kept.getvalue()))
    assert (row.level, row.room) == ("micro", str(open_rooms.rooms[2].id))
    assert row.pieces == [("Ik wil ", False), ("korte brieven", True)]


def test_the_page_refuses_what_is_no_notes_before_anybody_waits(open_rooms: Cast) -> None:
    carla, page = open_rooms.client_of("carla"), open_rooms.path("beheer", "inlezen")
    for file, told in (
        (SimpleUploadedFile("foto.png", b"x"), "Dit soort bestand"),
        (SimpleUploadedFile("leeg.md", b""), "Dit bestand is leeg"),
        (SimpleUploadedFile("groot.md", b"x" * (10 * 1024 * 1024 + 1)), "Meer dan 10"),
    ):
        answer = carla.post(page, {"file": file})
        assert (answer.status_code, NotesUpload.objects.count()) == (422, 0)
        assert told in answer.content.decode(), file.name
    answer = carla.post(page, {"file": SimpleUploadedFile("n.md", UNEVEN)})
    upload = NotesUpload.objects.get()
    assert answer["Location"] == open_rooms.path("beheer", "inlezen", upload.id)
    NotesUpload.objects.update(done=35)
    waiting = carla.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert 'value="35"' in waiting
    assert "every 1s" in waiting
    read_notes(upload.id, language="nl")
    ready = carla.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "47 van 47 stukken gaan mee." in ready
    assert "every 1s" not in ready


def test_without_rooms_it_says_what_to_do_first(open_rooms: Cast) -> None:
    Room.objects.all().delete()
    carla, page = open_rooms.client_of("carla"), open_rooms.path("beheer", "inlezen")
    assert "Maak eerst kamers" in carla.get(page).content.decode()
    answer = carla.post(page, {"file": SimpleUploadedFile("n.md", UNEVEN)})
    assert answer.status_code == 422
    assert "Maak eerst kamers" in answer.content.decode()


@pytest.mark.parametrize(
    ("deed", "told"), [(Deed.REGISTER, "zodra de kamers open"), (Deed.ANSWER, "gesloten")]
)
def test_taking_in_waits_for_the_rooms_and_keeps_the_corrections(cast: Cast, deed: Deed, told: str) -> None:
    cast.stand_at(deed)
    upload = placed(read(cast, "n.md", b"## Werk\n\n- Een zin.\n"), cast.rooms[0])
    with pytest.raises(NotNow, match=told):
        take_in(upload, by=cast.carla)
    assert tally_of(rows_of(NotesUpload.objects.get())).homeless == 0
    page = cast.client_of("carla").get(cast.path("beheer", "inlezen", upload.id)).content.decode()
    assert "Neem alles over" not in page


def test_what_was_thrown_away_before_it_was_read_stays_away(open_rooms: Cast) -> None:
    upload = hand_in_notes(open_rooms.gathering, name="n.md", content=UNEVEN, by=open_rooms.carla)
    waiting = str(upload.id)
    drop_upload(upload, by=open_rooms.carla)
    tasks.read_notes.call(waiting, "nl")
    tasks.make_report.call(waiting)
    assert NotesUpload.objects.count() == 0


def test_what_nobody_took_in_goes_after_thirty_days(open_rooms: Cast) -> None:
    left = read(open_rooms, "blijft liggen.md", UNEVEN)
    taken = read(open_rooms, "overgenomen.md", b"## Werk\n\n- Een zin.\n")
    take_in(placed(taken, open_rooms.rooms[0]), by=open_rooms.carla)
    assert forget_uploads_due(clock.now() + timedelta(days=29)) == 0
    assert forget_uploads_due(clock.now() + timedelta(days=31)) == 1
    assert list(NotesUpload.objects.values_list("name", flat=True)) == ["overgenomen.md"]
    assert not NotesUpload.objects.filter(id=left.id).exists()
    with pytest.raises(NotNow, match="al overgenomen"):
        drop_upload(taken, by=open_rooms.carla)


def test_looking_over_asks_as_much_for_many_rows_as_for_few(open_rooms: Cast) -> None:
    carla, counts = open_rooms.client_of("carla"), []
    Theme.objects.create(gathering=open_rooms.gathering, title="Nog een")
    for many in (2, 150):
        text = "## Werk\n\n" + "".join(f"- Zin {number}.\n" for number in range(many))
        upload = read(open_rooms, f"{many}.md", text.encode())
        page = open_rooms.path("beheer", "inlezen", upload.id)
        carla.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert carla.get(page).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 15
