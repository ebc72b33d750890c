"""`weerklank verify` finds whatever was changed after the report was made, and says where; votes may not change sides."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from report_sample import ALL, FACTS, NOTES, R1, said

from weerklank.chapters import report_of, report_of_notes
from weerklank.cli import main
from weerklank.errors import BadInput, Unfounded
from weerklank.evidence import (
    Contribution,
    Votes,
    admit,
    check_claims,
    evidence_of,
    ground_of,
    verify_evidence,
)
from weerklank.report import (
    Basis,
    Block,
    Document,
    Figure,
    FigureRule,
    Language,
    Paragraph,
    Run,
    Section,
    Slides,
    Table,
)

SAMPLE = Path(__file__).parent / "data" / "uneven-notes.md"

Evidence = dict[str, Any]


def by_id(evidence: Evidence, name: str) -> Evidence:
    found: Evidence = next(each for each in evidence["paragraphs"] if each["id"] == name)
    return found


def figure_in(evidence: Evidence, name: str) -> Evidence:
    return next(f for p in evidence["paragraphs"] for f in p["figures"] if f["name"] == name)


def digits_changed(text: str) -> str:
    at = next(place for place, char in enumerate(text) if char.isdigit())
    return text[:at] + str((int(text[at]) + 1) % 10) + text[at + 1 :]


def digit_in_sentence(evidence: Evidence) -> str:
    paragraph = next(p for p in evidence["paragraphs"] if p["basis"] == "counted" and p["figures"])
    paragraph["text"] = digits_changed(paragraph["text"])
    return str(paragraph["number"])


def digit_everywhere_but_one(evidence: Evidence) -> str:
    """Sentence, figure and hash alike: the same fact still stands elsewhere as it was."""
    from weerklank.evidence.ledger import digest

    places = [p for p in evidence["paragraphs"] if any(f["name"] == "contributions" for f in p["figures"])]
    paragraph = places[-1]
    figure = next(f for f in paragraph["figures"] if f["name"] == "contributions")
    paragraph["text"] = paragraph["text"].replace(str(figure["value"]), "48")
    figure["value"], paragraph["sha256"] = 48, digest(paragraph["text"])
    return str(paragraph["number"])


def word_in_quote(evidence: Evidence) -> str:
    paragraph = next(p for p in evidence["paragraphs"] if p["basis"] == "literal")
    first, _, rest = paragraph["text"].partition(" ")
    paragraph["text"] = f"{first} nooit {rest}"
    return str(paragraph["number"])


def word_in_source_too(evidence: Evidence) -> str:
    """Whoever also rewrites source and hash still meets the notes."""
    from weerklank.evidence.ledger import digest

    place = word_in_quote(evidence)
    paragraph = next(p for p in evidence["paragraphs"] if p["basis"] == "literal")
    paragraph["sources"][0]["text"] = paragraph["text"]
    paragraph["sha256"] = paragraph["sources"][0]["sha256"] = digest(paragraph["text"])
    return place


def other_id(evidence: Evidence) -> str:
    literal = [p for p in evidence["paragraphs"] if p["basis"] == "literal"]
    literal[0]["sources"][0]["id"] = literal[1]["sources"][0]["id"]
    return str(literal[0]["number"])


def id_of_nobody(evidence: Evidence) -> str:
    paragraph = next(p for p in evidence["paragraphs"] if p["basis"] == "worded")
    paragraph["sources"][0]["id"] = "c999"
    return str(paragraph["number"])


def one_source_more(evidence: Evidence) -> str:
    figure = figure_in(evidence, "sources")
    figure["value"] += 1
    paragraph = next(p for p in evidence["paragraphs"] if figure in p["figures"])
    return str(paragraph["number"])


def digit_in_table(evidence: Evidence) -> str:
    paragraph = next(p for p in evidence["paragraphs"] if p["table"])
    row = paragraph["table"]["rows"][0]
    row[1] = digits_changed(row[1])
    return str(paragraph["number"])


def figure_taken_away(evidence: Evidence) -> str:
    paragraph = next(p for p in evidence["paragraphs"] if p["basis"] == "counted" and p["figures"])
    paragraph["figures"] = []
    return str(paragraph["number"])


def other_room(evidence: Evidence) -> str:
    paragraph = next(p for p in evidence["paragraphs"] if p["basis"] == "literal")
    paragraph["sources"][0]["theme"] = "Elders"
    return str(paragraph["number"])


@pytest.mark.parametrize(
    "tamper",
    [
        digit_in_sentence,
        digit_everywhere_but_one,
        word_in_quote,
        word_in_source_too,
        other_id,
        id_of_nobody,
        one_source_more,
        digit_in_table,
        figure_taken_away,
        other_room,
    ],
)
def test_whatever_is_changed_is_found_and_its_place_named(
    tamper: Callable[[Evidence], str],
    made: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    evidence = json.loads(made.read_text(encoding="utf-8"))
    place = tamper(evidence)
    changed = tmp_path / "evidence.json"
    changed.write_text(json.dumps(evidence), encoding="utf-8")
    assert main(["--language", "en", "verify", str(changed), str(SAMPLE)]) == 1
    said = capsys.readouterr().out
    assert f"  {place} [" in said
    assert not any(dutch in said for dutch in ("staat niet", "luidt nu", "geteld", "veranderd"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("uit")
    assert main(["report", str(SAMPLE), "--out", str(out), "--formats", "md"]) == 0
    assert main(["verify", str(out / "evidence.json"), str(SAMPLE)]) == 0
    return out / "evidence.json"


def test_evidence_of_another_shape_is_refused_in_the_readers_language() -> None:
    with pytest.raises(BadInput) as refused:
        verify_evidence({"schema": "weerklank-evidence/1", "paragraphs": []}, ())
    assert "geen bewijsbestand" in str(refused.value)
    assert "not an evidence file" in refused.value.told("en")


@pytest.mark.parametrize("broken", [None, 7, "x", [], {"value": "drie"}, {"rule": "guess"}])
def test_broken_evidence_is_a_finding_never_a_crash(broken: object) -> None:
    document, _ = report_of(FACTS)
    for key in ("figures", "sources", "table", "text", "named", "sha256"):
        evidence = json.loads(json.dumps(evidence_of(document, ALL)))
        paragraph = next(p for p in evidence["paragraphs"] if p["figures"])
        paragraph[key] = [broken] if key in {"figures", "sources", "named"} else broken
        verify_evidence(evidence, ALL)


def test_a_withdrawn_contribution_leaves_an_honest_trace() -> None:
    """The report says how many were withdrawn and when; older evidence no longer holds, and says what is gone."""
    document, _ = report_of(FACTS)
    told = [block for block in document.citables() if "withdrawn" in block.id]
    assert told
    older = json.loads(json.dumps(evidence_of(document, ALL)))
    found = verify_evidence(older, [each for each in ALL if each.id != "t1"])
    assert {finding.code for finding in found if "t1" in finding.message} == {"unknown-source"}


# --- votes ---------------------------------------------------------------------------------------------

SAID = (Contribution("s1", "De bibliotheek moet op zondag open.", "Stellingen"),)
VOTED = {"agree:s1": 60, "disagree:s1": 30, "pass:s1": 10, "seen:s1": 100}
GROUND = ground_of(SAID, facts=VOTED)


def fact(name: str, *, people: bool = True) -> Figure:
    return Figure(name, VOTED[name], people=people)


def share(side: str) -> Figure:
    return Figure(f"share:{side}:s1", VOTED[f"{side}:s1"], FigureRule.PERCENT, of=(f"{side}:s1", "seen:s1"))


def published(*blocks: Block) -> Document:
    return Document(
        title="Proef",
        language=Language.NL,
        date=dt.date(2026, 4, 1),
        organisers=(),
        sections=(Section(id="s", title="Hoofdstuk", blocks=blocks),),
    )


def told(text: str, *figures: Figure) -> Paragraph:
    return Paragraph(id="p", text=(Run(text),), figures=figures, sources=("s1",))


def shares(*columns: str) -> Table:
    order = ("agree", "pass", "disagree")
    return Table(
        id="t",
        caption="Antwoorden",
        header=("Stelling", *columns),
        rows=(("Op zondag open", *(f"{VOTED[f'{side}:s1']} %" for side in order)),),
        numeric=(1, 2, 3),
        figures=tuple(share(side) for side in order),
    )


BOTH = (fact("agree:s1"), fact("disagree:s1"))
SWAPPED: dict[str, Block] = {
    "numbers before the labels": told("60 mensen zijn het oneens, 30 zijn het eens.", *BOTH),
    "numbers after the labels": told("Eens: 30, oneens: 60.", *BOTH),
    "percentages": told("60 % is het oneens.", share("agree"), share("disagree")),
    "columns of a table": shares("Oneens", "Weet niet", "Eens"),
    "a claim of more": told("Meer mensen zijn het oneens: er is vaker oneens dan eens gestemd."),
    "a claim of most": told("De meeste mensen zijn het oneens."),
    "a claim of all": told("Iedereen is het eens."),
    "most are not agreed": told("De meeste mensen zijn het er niet mee eens."),
}


@pytest.mark.parametrize("case", SWAPPED)
def test_agree_and_disagree_may_not_change_places(case: str) -> None:
    document = published(SWAPPED[case])
    with pytest.raises(Unfounded) as refused:
        admit(document, Slides(()), ground=GROUND)
    assert refused.value.phrase.key in {"side-swapped", "direction"}
    evidence = json.loads(json.dumps(evidence_of(document, SAID, facts=VOTED)))
    assert "wrong-direction" in {finding.code for finding in verify_evidence(evidence, SAID)}


def test_what_the_votes_say_may_be_said() -> None:
    sound: tuple[Block, ...] = (
        told("60 mensen zijn het eens, 30 oneens.", *BOTH),
        told("Eens: 60, oneens: 30.", *BOTH),
        told("Vaker eens dan oneens, en de meeste mensen zijn het eens."),
        shares("Eens", "Weet niet", "Oneens"),
    )
    for block in sound:
        admit(published(block), Slides(()), ground=GROUND)
    literal = Paragraph(id="l", basis=Basis.LITERAL, sources=("s1",), text=(Run(SAID[0].text),))
    document = published(sound[1], literal)
    evidence = json.loads(json.dumps(evidence_of(document, SAID, facts=VOTED)))
    assert verify_evidence(evidence, SAID) == ()
    evidence["paragraphs"][0]["figures"][0]["value"] = 3
    assert "under-k" in {finding.code for finding in verify_evidence(evidence, SAID)}


@pytest.mark.parametrize(
    ("sentence", "holds"),
    [
        ("More agree than disagree.", True),
        ("More disagree than agree.", False),
        ("Most people agree.", True),
        ("A large majority disagreed.", False),
        ("La plupart sont d'accord.", True),
        ("La plupart ne sont pas d'accord.", False),
        ("Een meerderheid is voor.", True),
        ("De meeste deelnemers zijn tegen.", False),
        ("Unaniem eens.", False),
        ("Hierover is gestemd.", True),
    ],
)
def test_claims_about_votes_in_three_languages(sentence: str, *, holds: bool) -> None:
    votes = Votes(agree=60, disagree=30, passed=10)
    if holds:
        check_claims(sentence, votes)
    else:
        with pytest.raises(Unfounded, match="60 eens, 30 oneens"):
            check_claims(sentence, votes)


def test_of_votes_that_may_not_be_shown_nothing_is_claimed() -> None:
    with pytest.raises(Unfounded, match="mogen we niet tonen"):
        check_claims("De meeste mensen zijn het eens.", Votes(agree=60, disagree=None))


def test_evidence_lets_a_third_party_check_again() -> None:
    document, _ = report_of(FACTS)
    evidence = json.loads(json.dumps(evidence_of(document, ALL)))
    assert verify_evidence(evidence, ALL) == ()
    assert evidence["not_printed"] == []
    paragraph = next(p for p in evidence["paragraphs"] if p["id"] == "said:t1")
    assert paragraph["number"] == document.numbering.of("said:t1")
    assert paragraph["sources"][0]["origin"] == {"source": "notities.md", "first_line": 12, "last_line": 13}
    assert len(paragraph["sources"][0]["sha256"]) == 64


def tampered(
    evidence: dict[str, list[dict[str, object]]], block: str, **changed: object
) -> dict[str, object]:
    """The evidence with one paragraph changed."""
    paragraphs = [p | changed if p["id"] == block else p for p in evidence["paragraphs"]]
    return {**evidence, "paragraphs": paragraphs}


def test_evidence_that_no_longer_holds_is_found() -> None:
    document, _ = report_of(FACTS)
    evidence = json.loads(json.dumps(evidence_of(document, ALL)))
    softened = tuple(dataclasses.replace(c, text=c.text.replace("niemand", "iemand")) for c in ALL)
    assert {"changed-source", "not-literal"} <= {f.code for f in verify_evidence(evidence, softened)}
    assert "unknown-source" in {f.code for f in verify_evidence(evidence, ALL[1:])}
    extra = said("nieuw", "Ook gezegd.", theme="Tijd", room=None)
    assert [f.code for f in verify_evidence(evidence, (*ALL, extra))] == ["not-printed"]
    more = [{"name": "sources", "value": 9, "rule": "sources", "of": None, "people": False}]
    for block, changed, code in (
        ("insight:tijd/rests", {"figures": more}, "wrong-count"),
        ("said:t2", {"text": "Niemand vertrekt."}, "not-literal"),
        ("insight:tijd", {"text": "Wel 80 mensen vertrekken."}, "unfounded"),
        ("insight:tijd", {"sources": []}, "unfounded"),
    ):
        found = verify_evidence(tampered(evidence, block, **changed), ALL)  # type: ignore[arg-type]
        assert code in {finding.code for finding in found}, block
        assert document.numbering.of(block) in {finding.where for finding in found}


def test_something_else_is_not_taken_for_evidence() -> None:
    with pytest.raises(BadInput, match="bewijsbestand"):
        verify_evidence({"paragraphs": []}, ALL)


def test_hostile_text_is_literal_evidence() -> None:
    document, _ = report_of_notes(NOTES)
    evidence = json.loads(json.dumps(evidence_of(document, ALL)))
    paragraph = next(p for p in evidence["paragraphs"] if p["id"] == "said:r1")
    assert paragraph["literal"] == [R1.text]
