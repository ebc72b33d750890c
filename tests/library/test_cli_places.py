"""Rooms, teams and lots from the spreadsheets that people keep: all or nothing, and every bad cell by row and column."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from weerklank.allocation import Plan, check_plan
from weerklank.allocation.people_sheet import read_event
from weerklank.cli import main

ROOMS = "Zaal;Thema;Plaatsen;Min\nAtrium;Wonen;4;2\nBibliotheek;Zorg;4;2\nCafé;Werk;4;2\n"
NAMES = [f"Persoon {letter}" for letter in "ABCDEFGHI"]


@pytest.fixture
def rooms(tmp_path: Path) -> Path:
    """Three rooms of four, as Dutch Excel writes them."""
    path = tmp_path / "zalen.csv"
    path.write_bytes(ROOMS.encode("cp1252"))
    return path


def people_csv(path: Path, *rows: str) -> Path:
    """A list with a title above its header, and an empty row in between."""
    path.write_text("\n".join(["Deelnemers 12 maart;;;", "", *rows]) + "\n", encoding="utf-8-sig")
    return path


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_rooms_from_the_lists_that_people_keep(
    tmp_path: Path, rooms: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wishes = ["1,3,2", '"wonen; zorg"', "Zorg", "2", "3.1.2", "", "geen", "Café, Atrium", "1 > 2"]
    people = people_csv(
        tmp_path / "mensen.csv",
        "Naam;E-mailadres;Organisatie;Bestuurslaag;Keuzes (max. 3);Niet bij",
        *(
            f" {name}  ;{name[-1]}@voorbeeld.nl;Org {place % 3};Gemeente;{wish};{'persoon b' if name[-1] == 'A' else ''}"
            for place, (name, wish) in enumerate(zip(NAMES, wishes, strict=True))
        ),
    )
    out = tmp_path / "uit"
    assert run("rooms", people, rooms, "--out", out, "--seed", "7") == 0
    said = capsys.readouterr().out
    assert "9 mensen in 3 kamers" in said
    assert sorted(path.name for path in out.iterdir()) == [
        "bigbluebutton.json",
        "deurlijst.csv",
        "indeling.json",
        "kamers.csv",
        "lijsten.xlsx",
        "redenen.csv",
        "samenvatting.html",
        "samenvatting.md",
        "samenvatting.pdf",
        "teams.csv",
        "zoom.csv",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mensen.csv", "uit", "zalen.csv"]
    roster = read_event(people, rooms)
    assert {person.id: person.wishes for person in roster.event.people}["Persoon A"] == (
        "Wonen",
        "Werk",
        "Zorg",
    )
    assert {person.id: person.wishes for person in roster.event.people}["Persoon H"] == ("Werk", "Wonen")
    plan = Plan.from_json((out / "indeling.json").read_text(encoding="utf-8"))
    check_plan(roster.event, plan)
    assert plan.audit.seed == 7
    where = {row["Naam"]: row["Kamer"] for row in rows_of(out / "deurlijst.csv")}
    assert sorted(where) == NAMES
    assert where["Persoon A"] != where["Persoon B"]
    assert where == {seat.person: seat.room for seat in plan.seats}
    assert Counter(row["Kamer"] for row in rows_of(out / "kamers.csv")) == Counter(where.values())
    reasons = {row["Naam"]: row["Waarom"] for row in rows_of(out / "redenen.csv")}
    assert all(where[name] in reasons[name] for name in NAMES)
    assert (out / "zoom.csv").read_bytes().startswith(b"Pre-assign Room Name,Email Address")
    groups = json.loads((out / "bigbluebutton.json").read_text(encoding="utf-8"))
    assert {who: group["name"] for group in groups for who in group["roster"]} == where
    assert "Wie kreeg welke keuze" in (out / "samenvatting.md").read_text(encoding="utf-8")
    assert load_workbook(out / "lijsten.xlsx").sheetnames[1:] == ["Atrium", "Bibliotheek", "Café"]


def test_an_excel_list_with_ranks_under_the_themes_gives_the_same_rooms(tmp_path: Path, rooms: Path) -> None:
    book = Workbook()
    book.active.title = "Uitleg"
    book.active.append(["Vul het tweede tabblad in"])
    tab = book.create_sheet("Lijst")
    tab.append(["Voornaam", "Achternaam", "Wonen", "Zorg", "Werk", "Samen met"])
    ranks = [(1, 2, 3), (None, 1, None), (2, 1, 3), (1, None, None), (3, 2, 1)]
    for place, row in enumerate(ranks):
        tab.append(["Jo", f"van {'ABCDE'[place]}\u00a0", *row, "Jo van B" if place == 0 else None])
    book.save(tmp_path / "mensen.xlsx")
    (tmp_path / "een.csv").write_text("Kamer,Plaatsen,Thema\nX,3,Wonen\nY,3,Zorg\n", encoding="utf-8")
    roster = read_event(tmp_path / "mensen.xlsx", tmp_path / "een.csv", lenient=True)
    assert [person.wishes for person in roster.event.people] == [
        ("Wonen", "Zorg"),
        ("Zorg",),
        ("Zorg", "Wonen"),
        ("Wonen",),
        ("Zorg", "Wonen"),
    ]
    assert roster.event.together == (("Jo van A", "Jo van B"),)
    columns = people_csv(
        tmp_path / "kolommen.csv",
        "Nr;Naam;Eerste keuze;2e keuze;Voorkeur 3",
        *(
            f"{place};Jo;{a};{b};{c}"
            for place, (a, b, c) in enumerate([("Werk", "1", ""), ("Zorg", "", "Wonen")])
        ),
    )
    assert [person.wishes for person in read_event(columns, rooms).event.people] == [
        ("Werk", "Wonen"),
        ("Zorg", "Wonen"),
    ]


def test_every_bad_cell_is_named_and_nothing_is_written(
    tmp_path: Path, rooms: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = people_csv(
        tmp_path / "mensen.csv",
        "Naam;Keuzes;Niet bij;Vaste kamer",
        "Anna;Wonen, Vrede;;",
        "Bram;1,9;;",
        "Carla;;Zeno;",
        "Dirk;;;Kelder",
    )
    out = tmp_path / "uit"
    assert run("rooms", people, rooms, "--out", out) == 2
    wrong = capsys.readouterr().err
    for place in (
        "mensen.csv, rij 4, kolom «Keuzes»: «Vrede» is geen thema of kamer. Kies uit: Wonen, Zorg, Werk.",
        "mensen.csv, rij 5, kolom «Keuzes»: «9»",
        "mensen.csv, rij 6, kolom «Niet bij»: «Zeno» staat niet in de lijst.",
        "mensen.csv, rij 7, kolom «Vaste kamer»: De kamer «Kelder» is er niet.",
    ):
        assert place in wrong
    assert not out.exists()
    assert run("rooms", people, rooms, "--out", out, "--language", "en") == 2
    assert "mensen.csv, row 4, column “Keuzes”: “Vrede” is not a theme" in capsys.readouterr().err
    (tmp_path / "klein.csv").write_text("Kamer,Plaatsen,Thema\nX,9,Wonen\n", encoding="utf-8")
    assert run("rooms", people, tmp_path / "klein.csv", "--out", out, "--lenient") == 0
    assert "Weggelaten omdat het niet te begrijpen was (4)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("people", "places", "says"),
    [
        ("Naam;Keuzes\nAnna;\n;1\n", ROOMS, "rij 3, kolom «Naam»: Er staat geen naam"),
        ("Naam;Keuzes\nAnna;\nanna ;1\n", ROOMS, "rij 3, kolom «Naam»: «anna» staat ook op rij 2"),
        ("Naam;Naam\nAnna;B\n", ROOMS, "De kop «Naam» staat er twee keer"),
        ("Naam;Keuzes\nAnna;1;2\n", ROOMS, "rij 2: Deze rij heeft meer cellen dan"),
        ("Aap;Noot\n1;2\n", ROOMS, "Er is geen rij met kolomkoppen"),
        ("Naam\nAnna\n", "Kamer;Plaatsen\nX;veel\n", "rij 2, kolom «Plaatsen»: «veel» is geen heel getal"),
        ("Naam\nAnna\n", "Kamer;Plaatsen;Min\nX;2;5\n", "Het minimum (5) is hoger"),
        ("Naam\nAnna\n", "Kamer;Thema\nX;Y\n", "De kolom «plaatsen» ontbreekt"),
        ("Naam\nAnna\nBram\n", "Kamer;Plaatsen\nX;1\n", "2 mensen en 1 plaatsen"),
    ],
)
def test_what_cannot_be_done_says_where_and_why(
    tmp_path: Path, people: str, places: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "p.csv").write_text(people, encoding="utf-8")
    (tmp_path / "r.csv").write_text(places, encoding="utf-8")
    assert run("rooms", tmp_path / "p.csv", tmp_path / "r.csv", "--out", tmp_path / "uit") == 2
    dutch = capsys.readouterr().err
    assert says in dutch
    command = ("rooms", tmp_path / "p.csv", tmp_path / "r.csv", "--out", tmp_path / "uit")
    assert run(*command, "--language", "en") == 2
    assert capsys.readouterr().err.partition(":")[2] not in dutch
    assert not (tmp_path / "uit").exists()


def test_two_rounds_are_two_sets_of_lists(tmp_path: Path, rooms: Path) -> None:
    people = people_csv(tmp_path / "mensen.csv", "Naam;Keuzes", *(f"{name};1,2,3" for name in NAMES))
    out = tmp_path / "uit"
    assert (
        run("rooms", people, rooms, "--out", out, "--rounds", "2", "--language", "en", "--effort", "quick")
        == 0
    )
    first, second = (
        {row["Name"]: row["Room"] for row in rows_of(out / f"door-list-round-{n}.csv")} for n in (1, 2)
    )
    assert sorted(first) == sorted(second) == NAMES
    assert all(first[name] != second[name] for name in NAMES)


def test_a_team_is_a_list_of_names_without_an_order(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "collega's.csv"
    rows = [
        f"C{n},{b},{o},{v},Org {n % 4},{'Rijk' if n % 2 else 'Gemeente'}"
        for n, (b, o, v) in enumerate(
            [
                ("60%", "20%", "20%"),
                (20, 60, 20),
                (20, 20, 60),
                (34, 33, 33),
                (80, 10, 10),
                (10, 80, 10),
                (10, 10, 80),
            ]
        )
    ]
    people.write_text(
        "Naam,Bureaucraat,Ondernemer,Verbinder,Organisatie,Laag\n" + "\n".join(rows), encoding="utf-8"
    )
    out = tmp_path / "uit"
    assert run("team", people, "-k", "5", "--out", out, "--must", "C3", "--apart", "C4", "C5") == 0
    said = capsys.readouterr().out
    assert "Bewezen" in said
    team = json.loads((out / "team.json").read_text(encoding="utf-8"))
    assert "C3" in team["members"]
    assert not {"C4", "C5"} <= set(team["members"])
    assert team["proven"] is True
    assert run("team", people, "-k", "5", "--out", tmp_path / "x", "--profile", "90,90,1") == 2
    assert run("team", people, "-k", "5", "--out", tmp_path / "x", "--must", "Zeno") == 2
    people.write_text("Naam,Bureaucraat,Ondernemer,Verbinder\nA,50,20,20\nB,veel,0,0\n", encoding="utf-8")
    capsys.readouterr()
    assert run("team", people, "-k", "2", "--out", tmp_path / "x") == 2
    wrong = capsys.readouterr().err
    assert "rij 2, kolom «Bureaucraat»: Er staan geen drie delen: 50 / 20 / 20." in wrong
    assert "rij 3" in wrong
    assert not (tmp_path / "x").exists()


@pytest.fixture
def pool(tmp_path: Path) -> tuple[Path, Path]:
    """Thirty people, some at one address, and quotas."""
    rows = [
        f"K{n:02},Straat,{n // 2 if n < 8 else n},{'Noord' if n % 3 else 'zuid '},{('jong', 'oud')[n % 2]}"
        for n in range(30)
    ]
    people, quotas = tmp_path / "lijst.csv", tmp_path / "quota.csv"
    people.write_text("Nummer,Straat,Huisnummer,Regio,Leeftijd\n" + "\n".join(rows), encoding="utf-8")
    quotas.write_text(
        "Kenmerk,Waarde,Minstens,Hoogstens\nRegio,noord,3,4\nRegio,zuid,2,3\nLeeftijd,Jong,3,3\nLeeftijd,Oud,3,3\n",
        encoding="utf-8",
    )
    return people, quotas


def test_a_lottery_is_drawn_published_and_checked(
    tmp_path: Path, pool: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "uit"
    assert run("draw", *pool, "-k", "6", "--out", out, "--seed", "3") == 0
    assert "Hoger kan niet: dat is bewezen." in capsys.readouterr().out
    panels = rows_of(out / "panels.csv")
    assert [row["Panel"] for row in panels] == [f"{number:03}" for number in range(1000)]
    in_panels = Counter(name for row in panels for place, name in row.items() if place != "Panel")
    chances = {row["Naam"]: int(row["In zoveel van de 1000 panels"]) for row in rows_of(out / "kansen.csv")}
    assert {name: many for name, many in chances.items() if many} == in_panels
    assert "Trek daarna in het openbaar drie cijfers" in (out / "samenvatting.md").read_text(encoding="utf-8")
    assert "Straat" not in (out / "loting.json").read_text(encoding="utf-8")
    check = ("draw", *pool, "-k", "6", "--check", out / "loting.json")
    assert run(*check, "--number", "417") == 0
    said = capsys.readouterr().out
    assert "Alles klopt." in said
    assert all(name in said for place, name in panels[417].items() if place != "Panel")
    lottery = (out / "loting.json").read_text(encoding="utf-8")
    (out / "loting.json").write_text(lottery.replace('"K00"', '"K01"', 1), encoding="utf-8")
    assert run(*check) == 1
    assert run("draw", *pool, "-k", "6", "--out", tmp_path / "x", "--number", "417") == 2


def test_quotas_that_cannot_be_met_name_the_nearest(
    tmp_path: Path, pool: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    people, quotas = pool
    quotas.write_text(
        quotas.read_text(encoding="utf-8").replace("jong,3,3", "Jong,4,4").replace("Jong,3,3", "Jong,4,4"),
        encoding="utf-8",
    )
    assert run("draw", people, quotas, "-k", "6", "--out", tmp_path / "uit") == 2
    wrong = capsys.readouterr().err
    assert "De ondergrenzen vragen samen 7 mensen, en het panel telt 6 plaatsen" in wrong
    assert "Het dichtst bij wat je vroeg en wel mogelijk" in wrong
    assert not (tmp_path / "uit").exists()
    people.write_text(
        people.read_text(encoding="utf-8").replace("K05,Straat,2,Noord", "K05,Straat,2,west"),
        encoding="utf-8",
    )
    assert run("draw", people, quotas, "-k", "6", "--out", tmp_path / "uit") == 2
    assert "lijst.csv, rij 7, kolom «Regio»: Voor Regio «west» is er geen quotum." in capsys.readouterr().err
