"""The command line: read → front door → write, all or nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from weerklank.cli import main

DATA = Path(__file__).parent / "data"
SAMPLE = DATA / "uneven-notes.md"


def _run(*arguments: object, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def _left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.slow
def test_report_writes_every_format_and_evidence_that_holds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "uit"
    code, said, _ = _run(
        "report", SAMPLE, "--out", out, "--title", "De leeszaal", "--date", "2026-03-01", capsys=capsys
    )
    assert code == 0
    assert _left_behind(out) == [
        "evidence.json",
        "presentatie.pptx",
        "verslag.docx",
        "verslag.html",
        "verslag.md",
        "verslag.odt",
        "verslag.pdf",
    ]
    assert _left_behind(tmp_path) == ["uit"]
    assert "Gelezen: 47 bijdragen en 6 thema's." in said
    evidence = json.loads((out / "evidence.json").read_text(encoding="utf-8"))
    assert (evidence["contributions"], evidence["not_printed"], evidence["date"]) == (47, [], "2026-03-01")
    text = (out / "verslag.md").read_text(encoding="utf-8")
    assert "# De leeszaal" in text
    assert "‘vertrouwen’ komt terug in 3 bijdragen uit 3 thema's" in text
    assert "Voorstel; nog door niemand verwoord." in text
    assert _run("verify", out / "evidence.json", SAMPLE, capsys=capsys)[:2] == (
        0,
        f"Alles klopt: {len(evidence['paragraphs'])} alinea's nagelopen tegen 47 bijdragen.\n",
    )


def test_verify_names_what_changed_since(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "uit"
    assert main(["report", str(SAMPLE), "--out", str(out), "--formats", "md"]) == 0
    changed = tmp_path / "uneven-notes.md"
    changed.write_text(
        SAMPLE.read_text(encoding="utf-8").replace("maar vier", "maar veertig"), encoding="utf-8"
    )
    capsys.readouterr()
    code, said, _ = _run("verify", out / "evidence.json", changed, capsys=capsys)
    assert code == 1
    assert "[changed-source]" in said
    assert "[not-literal]" in said


def test_report_in_english_without_suggestions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(
        "# Day\n## Trust\n- We need trust\n- Give us trust\n## Residents\n- Trust residents\n",
        encoding="utf-8",
    )
    base = ["report", notes, "--language", "en", "--formats", "md,html"]
    code, said, _ = _run(*base, "--out", tmp_path / "a", capsys=capsys)
    assert code == 0
    assert "Read: 3 contributions and 2 themes." in said
    assert _left_behind(tmp_path / "a") == ["evidence.json", "report.html", "report.md"]
    assert "‘trust’ comes back in 3 contributions" in (tmp_path / "a" / "report.md").read_text(
        encoding="utf-8"
    )
    assert _run(*base, "--no-suggestions", "--out", tmp_path / "b", capsys=capsys)[0] == 0
    assert "comes back" not in (tmp_path / "b" / "report.md").read_text(encoding="utf-8")


BROKEN = {
    "notes that are not there": ("weg.md", [], "weg.md: Het bestand kan niet gelezen worden"),
    "notes without words": ("leeg.md", [], "leeg.md, regel 1: Het bestand is leeg."),
    "a format that does not exist": ("goed.md", ["--formats", "rtf"], "Vorm „rtf” bestaat niet."),
    "a day that is none": ("goed.md", ["--date", "31 maart"], "„31 maart” is geen dag."),
}


@pytest.mark.parametrize("name", BROKEN)
def test_an_error_is_one_sentence_and_leaves_nothing_behind(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, more, sentence = BROKEN[name]
    (tmp_path / "leeg.md").write_text("\n", encoding="utf-8")
    (tmp_path / "goed.md").write_text("# A\n- b\n", encoding="utf-8")
    before = _left_behind(tmp_path)
    code, said, error = _run("report", tmp_path / file, "--out", tmp_path / "uit", *more, capsys=capsys)
    assert (code, said) == (2, "")
    assert sentence in error
    assert error.startswith("Fout: ")
    assert error.count("\n") == 1
    assert _left_behind(tmp_path) == before


def test_an_earlier_report_survives_a_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "uit"
    assert main(["report", str(SAMPLE), "--out", str(out), "--formats", "md"]) == 0
    earlier = (out / "verslag.md").read_bytes()
    broken = tmp_path / "kapot.vtt"
    broken.write_text("WEBVTT\n\n00:01 --> 00:02\nhallo\n", encoding="utf-8")
    code, _, error = _run("report", broken, "--out", out, capsys=capsys)
    assert code == 2
    assert "kapot.vtt, regel 3" in error
    assert (out / "verslag.md").read_bytes() == earlier
    assert main(["report", str(SAMPLE), "--out", str(broken)]) == 2
    assert broken.read_text(encoding="utf-8").startswith("WEBVTT")


def test_formats_check_tells_sound_from_faulty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound = DATA / "small-format.toml"
    assert _run("formats", "check", sound, capsys=capsys) == (0, f"{sound}: in orde.\n", "")
    faulty = tmp_path / "fout.toml"
    faulty.write_text(sound.read_text(encoding="utf-8").replace("format = 1\n", "", 1), encoding="utf-8")
    code, said, _ = _run("formats", "check", sound, faulty, tmp_path / "weg.toml", capsys=capsys)
    assert code == 1
    assert f"{sound}: in orde." in said
    assert str(faulty) in said
    assert "weg.toml" in said


def test_evidence_that_is_no_evidence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fake = tmp_path / "evidence.json"
    fake.write_text("{", encoding="utf-8")
    code, _, error = _run("verify", fake, SAMPLE, capsys=capsys)
    assert code == 2
    assert "geen leesbaar evidence.json" in error
    shutil.copy(DATA / "contributions.csv", fake)
    assert _run("verify", fake, SAMPLE, capsys=capsys)[0] == 2
