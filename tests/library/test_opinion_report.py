"""Votes as a report: what is said follows from the votes, and nobody can be counted out of it (issue of opinion, W8)."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from report_sample import FACTS as SAMPLE

from weerklank.chapters import (
    OpinionFacts,
    disclosed,
    exactly,
    opinion_evidence,
    opinion_report,
    report_evidence,
    report_of,
)
from weerklank.chapters.opinion_facts import (
    AnswerCounts,
    DivideFacts,
    EndFacts,
    Grid,
    PartFacts,
    StatementVotes,
    TypicalFacts,
    UniteFacts,
)
from weerklank.chapters.opinion_reading import opinion_facts
from weerklank.cli import main
from weerklank.errors import BadInput, Unfounded
from weerklank.evidence import verify_evidence
from weerklank.opinion import Convention, Honesty, Votes, analyse
from weerklank.report import Basis, Chart, Document, Language, plain
from weerklank.report.visible import main_text, side_texts

FACTS = OpinionFacts(
    title="Werksessie Rust op het spoor",
    report_date=dt.date(2026, 11, 22),
    people=41,
    votes=120,
    kind="spectrum",
    verdict="De meningen lopen in elkaar over.",
    statements=(
        StatementVotes("1", "In 2027 mag 1 op de 3 vergaderingen weg.", AnswerCounts(29, 4, 7)),
        StatementVotes("2", "Wie belt, krijgt een mens.", AnswerCounts(12, 20, 6)),
        StatementVotes("3", "Bijna niemand zag dit.", AnswerCounts(3, 1, 0)),
    ),
    evidence=("De toets is gedaan.",),
    tested="De toets gebruikte 118 stemmen van 38 mensen.",
    unites=(UniteFacts("1", 72, 57, 84), UniteFacts("3", 70, 51, 90)),
    united_over="Het deel van de mensen dat het ermee eens is.",
    divides=(DivideFacts("2", (20, 64), 15, 71),),
    parts=(
        PartFacts(58, 44, 74, (TypicalFacts("2", "agree", 54, 19, ((13, 24), (3, 16))),), counts=(24, 41)),
        PartFacts(42, 26, 56, counts=(17, 41)),
    ),
    cut=True,
    grid=Grid(((None, None, 5, 5, None),) * 3, (EndFacts(agree=("2",)), EndFacts(disagree=("2",)))),
    agree_style=12,
)


def charts(document: Document) -> dict[str, Chart]:
    return {block.id: block for block in document.citables() if isinstance(block, Chart)}


def sentences(document: Document) -> str:
    return " ".join(
        plain(block.text)
        for block in document.citables()
        if hasattr(block, "text") and not isinstance(block.text, str)
    )


def test_shares_leave_on_a_grid_of_k_people_and_a_statement_few_saw_keeps_only_its_text() -> None:
    document, _ = opinion_report(disclosed(FACTS))
    rows = {row.label: row.values for row in charts(document)["statements/0"].rows}
    assert rows["In 2027 mag 1 op de 3 vergaderingen weg."] == (
        80,
        20,
        20,
    )  # of 40, in steps of a fifth: eight people
    assert rows["Bijna niemand zag dit."] == (None, None, None)
    assert [row.label for row in charts(document)["unites/chart"].rows] == [
        "In 2027 mag 1 op de 3 vergaderingen weg."
    ]
    assert {cell for row in charts(document)["map/grid"].rows for cell in row.values} == {None, 5}


def test_nothing_of_it_is_an_exact_count_of_a_few_or_a_share_that_gives_one_away() -> None:
    """Estimates by fives, parts in steps of k, and of how many people there are at least so many."""
    shown = disclosed(FACTS)
    assert (shown.people, shown.votes, shown.shown_evidence) == (40, None, ("De toets is gedaan.",))
    assert [(line.agree, line.low, line.high) for line in shown.unites] == [(70, 55, 85)]
    assert [(line.ends, line.low, line.high) for line in shown.divides] == [((20, 65), 15, 75)]
    assert [(part.people, part.share, part.low, part.counts) for part in shown.parts] == [
        (20, 60, None, None),
        (15, 40, None, None),
    ]
    assert [(line.inside, line.outside, line.counts) for line in shown.parts[0].typical] == [(50, 0, ())]
    said = sentences(opinion_report(shown)[0])
    assert "minstens 40 mensen" in said
    assert "41" not in said
    assert "118" not in said
    small = replace(
        FACTS, parts=(replace(FACTS.parts[0], counts=(37, 41)), replace(FACTS.parts[1], counts=(4, 41)))
    )
    assert disclosed(small).parts == ()
    counted = disclosed(replace(FACTS, unites=(UniteFacts("1", 73, 58, 85, counted=True),)))
    assert [(line.agree, line.low, line.high) for line in counted.unites] == [
        (80, *counted.statements[0].margin)
    ]
    none = disclosed(replace(FACTS, people=4))
    assert (none.people, none.unites, none.parts, none.grid, none.evidence) == (None, (), (), None, ())


def test_counts_under_k_are_refused_when_nobody_made_them_fit_to_be_shown() -> None:
    with pytest.raises(Unfounded, match="minder dan 5 mensen"):
        opinion_report(replace(FACTS, people=4))


def test_a_part_of_a_spectrum_is_called_a_cut_and_a_group_a_group() -> None:
    cut, _ = opinion_report(disclosed(FACTS))
    groups, _ = opinion_report(disclosed(replace(FACTS, cut=False, kind="groups")))
    assert "Dat zijn geen groepen" in sentences(cut)
    assert "Dat zijn geen groepen" not in sentences(groups)
    assert "zijn 2 groepen te herkennen" in sentences(groups)


def test_the_evidence_holds_every_statement_literally_and_every_share_by_its_name() -> None:
    shown = disclosed(FACTS)
    document, _ = opinion_report(shown)
    evidence = opinion_evidence(document, shown)
    paragraphs = evidence["paragraphs"]
    assert isinstance(paragraphs, list)
    literal = [one for one in document.citables() if one.basis is Basis.LITERAL]
    assert {source for one in literal for source in one.sources} == {"1", "2"}
    table = next(one for one in paragraphs if isinstance(one, dict) and one["id"] == "statements/0")
    first = table["figures"][0]  # type: ignore[index]
    assert (first["name"], first["value"]) == ("share:agree:1", 80)  # type: ignore[index,call-overload]


def line_of(people: int, statements: int, seed: int) -> Votes:
    """People on a line who answer with chance: a spectrum."""
    rng = np.random.default_rng(seed)
    where, pull = rng.normal(size=people), rng.normal(size=statements)
    odds = 1 / (1 + np.exp(-1.8 * np.outer(where, pull) - rng.normal(0.3, 0.8, size=statements)))
    seen = rng.random((people, statements)) < 0.7
    answers = np.where(rng.random((people, statements)) < odds, 1, -1)
    answers[rng.random((people, statements)) < 0.1] = 0
    who, what = np.nonzero(seen)
    return Votes.from_long(who, what, answers[who, what], convention=Convention.AGREE_IS_POSITIVE)


def test_what_the_facts_say_is_what_the_votes_say() -> None:
    votes = line_of(120, 12, 3)
    opinion = analyse(votes, honesty=Honesty.QUICK, seed=1)
    texts = {statement: f"Stelling {statement}" for statement in votes.statements}
    facts = opinion_facts(opinion, texts=texts, title="Lijn", report_date=dt.date(2026, 11, 22), cut=3)
    assert (facts.people, facts.votes, len(facts.statements)) == (120, votes.n_votes, 12)
    assert sum(one.answers.agree for one in facts.statements if one.answers) == int((votes.values == 1).sum())
    assert sum(one.answers.disagree for one in facts.statements if one.answers) == int(
        (votes.values == -1).sum()
    )
    assert facts.grid is not None
    assert 20 <= sum(cell or 0 for row in facts.grid.rows for cell in row) <= 120
    assert all(cell is None or cell % 5 == 0 for row in facts.grid.rows for cell in row)
    assert facts.kind == "groups" or facts.cut
    assert all(line.low <= line.agree <= line.high for line in facts.unites)
    document, slides = opinion_report(disclosed(facts))
    assert len(slides.slides) <= 10
    english, _ = opinion_report(
        disclosed(
            opinion_facts(
                opinion, texts=texts, title="Line", report_date=dt.date(2026, 11, 22), language=Language.EN
            )
        )
    )
    assert [section.id for section in english.sections] == [
        s.id for s in document.sections if s.id != "parts"
    ]
    with pytest.raises(BadInput, match="ontbreekt de tekst"):
        opinion_facts(opinion, texts={}, title="Lijn", report_date=dt.date(2026, 11, 22))


def test_the_command_writes_a_whole_set_or_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    votes = line_of(60, 8, 5)
    source = tmp_path / "stemmen.csv"
    with source.open("w", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(["participant", "statement", "vote"])
        for row, person in enumerate(votes.participants):
            for at in range(votes.starts[row], votes.starts[row + 1]):
                table.writerow([person, votes.statements[votes.columns[at]], votes.values[at]])
    (tmp_path / "stellingen.csv").write_text("0,Nul is ook een stelling\n1,\n")
    out = tmp_path / "uit"
    command = [
        "opinion",
        str(source),
        "--out",
        str(out),
        "--formats",
        "md",
        "--quick",
        "--date",
        "2026-11-22",
    ]
    assert main(command) == 2
    assert "agree-is-positive" in capsys.readouterr().err
    command += ["--means", "agree-is-positive", "--statements", str(tmp_path / "stellingen.csv")]
    assert main(command) == 2
    assert "stellingen.csv" in capsys.readouterr().err
    assert not out.exists()
    (tmp_path / "stellingen.csv").write_text("0,Nul is ook een stelling\n")
    assert main(command) == 0
    names = {path.name for path in out.iterdir()}
    assert {"verslag.md", "opinion.json", "evidence.json"} < names
    figures = sorted(name for name in names if name.startswith("figuur-"))
    assert len(names) == 3 + len(figures)
    assert figures
    assert all((out / name).read_text().startswith("<svg") for name in figures)
    told = json.loads((out / "opinion.json").read_text())
    assert (told["people"], told["schema"]) == (60, "weerklank-opinion/1")
    assert "Nul is ook een stelling" in (out / "verslag.md").read_text()
    first = (out / "opinion.json").read_bytes()
    assert main(command) == 0
    assert (out / "opinion.json").read_bytes() == first
    assert main(["opinion", "--out", str(out)]) == 2


@pytest.mark.parametrize("language", list(Language))
def test_a_gathering_with_several_votes_has_a_chapter_for_each_and_its_evidence_holds(
    language: Language,
) -> None:
    """Statements worded for the gathering are given, what was said in it stays literal; groups have a letter (W8, W14)."""
    said = SAMPLE.contributions()[0]
    on_what_was_said = disclosed(
        OpinionFacts(
            title="Stemronde 2",
            report_date=FACTS.report_date,
            people=12,
            votes=12,
            kind="none",
            verdict="",
            few=50,
            statements=(StatementVotes(said.id, said.text, AnswerCounts(9, 1, 2)),),
            language=language,
        )
    )
    grouped = disclosed(replace(FACTS, cut=False, kind="groups", language=language))
    told = replace(SAMPLE, votes=(grouped, on_what_was_said), language=language)
    document, slides = report_of(told)
    assert [section.id for section in document.sections if section.id.startswith("votes:")] == [
        "votes:0/chapter",
        "votes:1/chapter",
    ]
    assert len(slides.slides) <= 10
    letters = [
        section.title for chapter in document.sections for section in chapter.walk() if "part:" in section.id
    ]
    assert [title.split()[-1] for title in letters] == ["A", "B"]
    bases = {one.id.partition("/")[0]: one.basis for one in document.citables() if "/brief/unites/" in one.id}
    assert bases == {"votes:0": Basis.GIVEN}
    evidence = json.loads(json.dumps(report_evidence(document, told)))
    assert verify_evidence(evidence, told.contributions()) == ()
    ours = [one for one in document.citables() if one.id.startswith("votes:") and one.basis is Basis.COUNTED]
    assert ours
    assert not [one.id for one in ours if "{" in " ".join((main_text(one), *side_texts(one)))]


def test_exact_shares_are_not_said_to_be_coarse() -> None:
    public = sentences(opinion_report(exactly(FACTS))[0])
    shown = sentences(opinion_report(disclosed(FACTS))[0])
    assert "precies" in public
    assert "grof" not in public
    assert "grof" in shown
    assert "precies" not in shown
