"""The command line speaks to whoever sits there: progress, results, errors and explanation in one language, files in theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from weerklank.cli import main
from weerklank.cli.screen import language_of

NOTES = "# Dag\n## Vertrouwen\n- We hebben vertrouwen nodig\n## Bewoners\n- Vertrouw bewoners\n"


@pytest.mark.parametrize(
    ("machine", "language"),
    [
        ({}, "nl"),
        ({"LANG": "C.UTF-8"}, "nl"),
        ({"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, "nl"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "fr_BE.UTF-8"}, "fr"),
        ({"LANG": "nl_BE.UTF-8", "LC_MESSAGES": "fr_BE"}, "fr"),
        ({"LANG": "nl_BE.UTF-8", "LC_MESSAGES": "fr_BE", "LC_ALL": "en_IE"}, "en"),
        ({"LC_ALL": "", "LANG": "nl_NL@euro"}, "nl"),
        ({"LANG": "de_BE.UTF-8"}, "en"),
    ],
)
def test_the_screen_follows_the_machine(machine: dict[str, str], language: str) -> None:
    assert language_of(machine) == language


SAID = {
    "nl": (
        "Gelezen: 2 bijdragen en 2 thema's.",
        "Fout: ",
        "regel 1: Het bestand is leeg.",
        "wat erbij hoort:",
    ),
    "en": (
        "Read: 2 contributions and 2 themes.",
        "Error: ",
        "line 1: The file is empty.",
        "positional arguments:",
    ),
    "fr": (
        "Lu\u00a0: 2 contributions et 2 thèmes.",
        "Erreur\u00a0: ",
        "ligne 1\u00a0: Le fichier est vide.",
        "arguments\u00a0:",
    ),
}


@pytest.mark.parametrize("language", SAID)
def test_results_errors_and_help_are_in_one_language_and_files_stay_dutch(
    language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    done, wrong, why, heading = SAID[language]
    monkeypatch.setenv("LANG", f"{language}_BE.UTF-8")
    notes, empty, out = tmp_path / "notes.md", tmp_path / "leeg.md", tmp_path / "uit"
    notes.write_text(NOTES, encoding="utf-8")
    empty.write_text("\n", encoding="utf-8")
    assert main(["report", str(notes), "--formats", "md", "--no-suggestions", "--out", str(out)]) == 0
    assert done in capsys.readouterr().out
    # The same command makes the same files on every machine.
    assert sorted(path.name for path in out.iterdir()) == ["evidence.json", "verslag.md"]
    assert main(["report", str(empty), "--out", str(out)]) == 2
    error = capsys.readouterr().err
    assert error.startswith(wrong)
    assert why in error
    with pytest.raises(SystemExit) as stopped:
        main(["report", "--help"])
    assert stopped.value.code == 0
    assert heading in capsys.readouterr().out


def test_who_asks_for_a_language_gets_it_on_screen_and_in_the_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "fr_BE.UTF-8")
    notes, out = tmp_path / "notes.md", tmp_path / "out"
    notes.write_text(NOTES, encoding="utf-8")
    assert main(["--language", "en", "report", str(notes), "--formats", "md", "--out", str(out)]) == 0
    assert "Read: 2 contributions" in capsys.readouterr().out
    assert (out / "report.md").exists()


COMPLAINTS = {
    "nothing said": ([], "Hier ontbreekt nog opdracht."),
    "half said": (["report"], "Hier ontbreekt nog NOTES, --out."),
    "no such command": (["weg"], "Opdracht: 'weg' bestaat niet. Kies uit"),
    "no such option": (["verify", "a", "b", "--weg"], "--weg ken ik niet."),
    "no such choice": (
        ["draw", "a", "b", "-k", "3", "--out", "c", "--effort", "x"],
        "--effort: 'x' bestaat niet.",
    ),
    "no number": (["team", "a", "-k", "drie", "--out", "b"], "-k: 'drie' is geen heel getal."),
    "nothing behind it": (["verify", "a", "b", "--agenda"], "--agenda: hier hoort iets achter te staan."),
    "too little behind it": (
        ["team", "a", "-k", "3", "--out", "b", "--apart", "x"],
        "--apart: hier horen 2 dingen",
    ),
    "no file at all": (["formats", "check"], "Hier ontbreekt nog FILE."),
    "two that exclude": (
        ["draw", "a", "b", "-k", "3", "--out", "c", "--check", "d"],
        "--check: dit gaat niet samen met --out.",
    ),
    "neither of two": (["draw", "a", "b", "-k", "3"], "Geef een van deze: --out --check."),
    "two meanings": (["opinion", "a", "--out", "b", "--p"], "--p kan meer betekenen: --polis, --public."),
}


@pytest.mark.parametrize("name", COMPLAINTS)
def test_a_command_that_is_not_understood_is_told_so_in_dutch(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every complaint of the parser that our commands can raise; its English must be recognised on every Python."""
    arguments, said = COMPLAINTS[name]
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    error = capsys.readouterr().err
    assert error.startswith("gebruik: weerklank")
    complaint = error.splitlines()[-1]
    assert complaint.startswith("Fout: ")
    assert said in complaint
    assert not {"argument", "arguments", "invalid", "expected", "required"} & set(complaint.split())


def test_french_sheets_are_read_and_their_faults_told_in_french(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "fr_BE.UTF-8")
    people, rooms, out = tmp_path / "gens.csv", tmp_path / "salles.csv", tmp_path / "sortie"
    rooms.write_text("Salle;Thème;Places\nNord;Logement;3\nSud;Soins;3\n", encoding="utf-8-sig")
    people.write_text(
        "Nom;Choix;Organisation;Pas avec\nAnne;Soins;X;Bruno\nBruno;Soins, Logement;X;\nClaire;aucun;Y;\n",
        encoding="utf-8-sig",
    )
    assert main(["rooms", str(people), str(rooms), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "3 personnes dans 2 salles" in said
    assert "premier choix\u00a0: 1, deuxième choix\u00a0: 1, pas de préférence\u00a0: 1" in said
    people.write_text("Nom;Choix\nAnne;Sport\n", encoding="utf-8-sig")
    assert main(["rooms", str(people), str(rooms), "--out", str(out)]) == 2
    assert (
        "ligne 2, colonne «\u00a0Choix\u00a0»\u00a0: «\u00a0Sport\u00a0» n’est ni un thème ni une salle."
        in capsys.readouterr().err
    )
    rooms.write_text("Salle;Thème;Places\nNord;Logement;1\n", encoding="utf-8-sig")
    people.write_text("Nom;Choix\nAnne;\nBruno;\n", encoding="utf-8-sig")
    assert main(["rooms", str(people), str(rooms), "--out", str(out)]) == 2
    assert "Il y a 2 personnes et 1 places." in capsys.readouterr().err


def test_a_french_report_is_french_also_where_a_name_comes_back(tmp_path: Path) -> None:
    """A name that returns is a word in a suggestion, no quotation: forms are counted without capitals."""
    notes, out = tmp_path / "notes.md", tmp_path / "sortie"
    notes.write_text(FRENCH_NOTES, encoding="utf-8")
    assert main(["--language", "fr", "report", str(notes), "--date", "2026-03-01", "--out", str(out)]) == 0
    said = (out / "rapport.md").read_text(encoding="utf-8")
    assert "‘bruxelles’ revient dans 4 contributions de 3 thèmes." in said
    assert "> **§ 6.3** «\u00a0" in said
    assert "*Sources\u00a0: § 3." in said
    assert "Rapport établi le 1er mars 2026." in said
    assert "| Thème | Contributions | Micro | Méso | Macro | sans niveau |" in said
    assert not {"Samenvatting", "Bronnen", "Zie", "Sources:", "See", "Insights"} & set(said.split())
    assert main(["--language", "fr", "verify", str(out / "evidence.json"), str(notes)]) == 0


FRENCH_NOTES = """# Journée des équipes
## Mobilité
### Micro
- À Bruxelles, le vélo manque de place.
### Macro
- Ministre, donnez à Bruxelles un plan clair.
## Accueil
- Bruxelles accueille mal les nouveaux.
## Numérique
- Le site de Bruxelles est lent.
- Les formulaires existent en deux langues
"""


def test_places_are_explained_in_french(tmp_path: Path) -> None:
    pool, quotas, out = tmp_path / "liste.csv", tmp_path / "quotas.csv", tmp_path / "sortie"
    rows = [f"P{one};{'femme' if one % 2 else 'homme'}" for one in range(12)]
    pool.write_text("\n".join(["nom;genre", *rows]), encoding="utf-8-sig")
    quotas.write_text(
        "caractéristique;valeur;minimum;maximum\ngenre;femme;2;2\ngenre;homme;2;2\n", encoding="utf-8-sig"
    )
    assert main(["draw", str(pool), str(quotas), "-k", "4", "--language", "fr", "--out", str(out)]) == 0
    said = (out / "resume.md").read_text(encoding="utf-8")
    assert "| genre\u00a0: femme | 2–2 | 6 | 2,0 |" in said
    assert "| Chance la plus basse que quelqu’un ait | 33,33\u00a0% |" in said
    assert (out / "tirage.json").exists()
