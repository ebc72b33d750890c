"""Votes as a chapter of the gathering's own report: what the page shows, when the format shows it, and nothing beyond (W8, W15)."""

from __future__ import annotations

import io
import json
import random
import re
from typing import Any

import docx
import pptx
import pytest

from web.cast import Cast
from web.report_scene import files_of
from web.vote_scene import TEXTS, ballot, crowd_votes, other_format, round_of, stand_at
from weerklank.chapters import ReportFacts, report_evidence, report_of
from weerklank.evidence import verify_evidence
from weerklank.report import Format, render
from weerklank_web.dialogue.actions.proposition import take_out
from weerklank_web.dialogue.actions.snapshot import ask_for_snapshot, make_open_snapshots, make_snapshot
from weerklank_web.dialogue.actions.vote import cast_votes
from weerklank_web.dialogue.bridge.format import Audience
from weerklank_web.dialogue.models import Snapshot, SnapshotState
from weerklank_web.dialogue.queries.look import looks_for
from weerklank_web.gatherings.actions.gathering import move_to_step
from weerklank_web.reports.actions.report import ask_for_report, make_report
from weerklank_web.reports.bridge.facts import facts_of
from weerklank_web.reports.models import ReportState
from weerklank_web.reports.queries.collect import collect
from weerklank_web.reports.queries.editions import is_overtaken

pytestmark = pytest.mark.django_db

CHAPTER = "Hoe kijken we hiernaar?"


@pytest.fixture
def voting(cast: Cast) -> Cast:
    return round_of(cast)


def votes_twice(voting: Cast, people: int) -> None:
    """Before and after, along a line with chance; half of them move on the first proposition."""
    chance = random.Random(3)
    first = voting.gathering.propositions.first()
    secrets = crowd_votes(voting, people)
    cast_votes([ballot(voting, secret, (first.id, -1)) for secret in secrets])
    stand_at(voting, "after")
    items = list(voting.gathering.propositions.values_list("id", flat=True))
    again = []
    for number, secret in enumerate(secrets):
        stands = chance.gauss(0, 1)
        leans = [
            (item, stands * (1.5 if place % 2 else -1.5) + chance.gauss(0.4, 1))
            for place, item in enumerate(items)
        ]
        votes = [
            (item, 1 if lean > 0.3 else -1 if lean < -0.3 else 0) for item, lean in leans if item != first.id
        ]
        votes.append((first.id, 1 if number % 2 else -1))
        again.append(ballot(voting, secret, *votes, step="after"))
    assert cast_votes(again) == [None] * people
    for step in ("before", "after"):
        make_snapshot(ask_for_snapshot(voting.gathering, step=step).id, full=False)


def facts(voting: Cast, language: str = "nl") -> ReportFacts:
    make_open_snapshots(voting.gathering, audience=Audience.RECIPIENT)
    return facts_of(collect(voting.gathering, language=language, edition=1), voices=False)


def paper(voting: Cast, language: str = "nl") -> tuple[str, dict[str, Any]]:
    """What the report says, and its evidence, without every format of it."""
    told = facts(voting, language)
    document, slides = report_of(told)
    evidence = json.loads(json.dumps(report_evidence(document, told)))
    return render(document, slides, as_=Format.MARKDOWN).decode(), evidence


def test_votes_are_in_the_report_only_once_the_format_shows_them_to_whoever_reads_it(voting: Cast) -> None:
    votes_twice(voting, 12)
    stand_at(voting, "after")
    page, evidence = paper(voting)
    assert CHAPTER not in page
    assert "votes:" not in json.dumps(evidence)
    stand_at(voting, "look")
    assert CHAPTER in paper(voting)[0]
    release = 'release = {objects = ["vote"], to = "recipient"'
    other_format(voting, (release, release.replace("recipient", "plenary")))
    assert facts(voting).votes == ()


def test_moving_on_and_asking_at_once_waits_for_no_background(voting: Cast) -> None:
    """Whatever picture is not there yet, or failed, is made with the edition."""
    crowd_votes(voting, 12)
    gathering = move_to_step(voting.gathering, "talk", by=voting.carla)
    Snapshot.objects.update(state=SnapshotState.FAILED)
    gathering = move_to_step(gathering, "look", by=voting.carla)
    voting.gathering.refresh_from_db()
    assert CHAPTER in paper(voting)[0]
    assert set(Snapshot.objects.values_list("state", flat=True)) == {SnapshotState.READY}


@pytest.mark.parametrize("people", [4, 7, 12])
def test_under_k_nothing_and_under_fifty_no_map_and_no_groups(voting: Cast, people: int) -> None:
    crowd_votes(voting, people)
    make_snapshot(ask_for_snapshot(voting.gathering, step="before").id, full=False)
    stand_at(voting, "look")
    page, evidence = paper(voting)
    votes = facts(voting).votes
    assert [vote.title for vote in votes] == ["Eerst zelf wegen", "Nog eens wegen"], "nobody voted again"
    assert all((vote.grid, vote.parts) == (None, ()) for vote in votes)
    assert page.count("Er stemden minder dan 5 mensen") == (4 if people < 5 else 2), (
        "in brief, and in its chapter"
    )
    told = re.findall(r"\d+\s%", page)
    assert bool(told) == (people >= 10)
    if people >= 5:
        assert "minder dan 50 mensen" in page
        assert "minstens 5 mensen" in page or "minstens 10 mensen" in page
    counts = [
        figure["value"]
        for paragraph in evidence["paragraphs"]
        for figure in paragraph["figures"]
        if figure["name"].startswith("votes:") and figure["people"] and figure["value"] is not None
    ]
    assert all(count >= 5 and count % 5 == 0 for count in counts)


def test_page_and_paper_say_the_same_figure_by_figure(voting: Cast) -> None:
    """Every share, step, margin, field and shift is that of the page; there is no other number of people or per cent."""
    votes_twice(voting, 60)
    stand_at(voting, "look")
    ((_title, look),) = looks_for(voting.gathering, Audience.RECIPIENT, language="nl")
    _page, evidence = paper(voting)
    told = {name.partition("/")[2]: value for name, value in evidence["facts"].items()}
    assert told["people"] == look.people == 60
    for seen in look.items:
        assert seen.shares is not None
        for side, share in (
            ("agree", seen.shares.agree),
            ("disagree", seen.shares.disagree),
            ("pass", seen.shares.passed),
        ):
            assert told[f"share:{side}:{seen.id}"] == share.percent
        assert (told[f"margin:{seen.id}:low"], told[f"margin:{seen.id}:high"]) == (
            seen.shares.agree.low,
            seen.shares.agree.high,
        )
    for seen in look.shifts:
        assert seen.moved is not None
        assert told[f"shift:{seen.id}:people"] == seen.moved.people
        assert told[f"shift:{seen.id}:agree"] == seen.moved.agree.percent
    first = voting.gathering.propositions.first()
    assert told[f"shift:{first.id}:agree"] == 50
    allowed = {
        share
        for seen in look.items
        if seen.shares
        for share in (seen.shares.agree, seen.shares.disagree, seen.shares.passed)
    }
    on_page = {number for share in allowed for number in (share.percent, share.low, share.high)}
    on_page |= {each for seen in (*look.unites, *look.divides) for each in (*seen.ends, seen.floor)}
    on_page |= {
        n
        for seen in look.shifts
        if seen.moved
        for n in (
            seen.moved.people,
            seen.moved.agree.percent,
            seen.moved.disagree.percent,
            seen.moved.passed.percent,
        )
    }
    on_page |= {seen.before.agree.percent for seen in look.shifts if seen.before}
    on_page |= {cell for row in (look.density.rows if look.density else ()) for cell in row}
    ours = {"k", "level", "statements", "parts", "dropped", "few", "people"}
    assert {value for name, value in told.items() if name not in ours} <= on_page


def test_the_evidence_holds_and_a_changed_count_of_votes_does_not(voting: Cast) -> None:
    votes_twice(voting, 60)
    stand_at(voting, "look")
    _page, evidence = paper(voting)
    said = facts(voting).contributions()
    assert verify_evidence(evidence, said) == ()
    table = next(one for one in evidence["paragraphs"] if one["id"] == "votes:0/statements/0")
    share = table["figures"][0]
    before = share["value"]
    share["value"] = before + 5
    table["table"]["rows"][0][1] = f"{before + 5} %"
    assert {finding.code for finding in verify_evidence(evidence, said)} == {"wrong-count"}
    share["value"] = before
    assert {finding.code for finding in verify_evidence(evidence, said)} >= {"wrong-count"}
    table["table"]["rows"][0][1] = f"{before} %"
    assert verify_evidence(evidence, said) == ()
    verdict = next(one for one in evidence["paragraphs"] if one["id"] == "votes:0/given:verdict")
    verdict["text"] += " Er zijn twee kampen."
    assert {finding.code for finding in verify_evidence(evidence, said)} == {"changed-text"}


@pytest.mark.slow
def test_every_format_has_the_chapter_and_words_that_were_taken_out_overtake_it(voting: Cast) -> None:
    votes_twice(voting, 60)
    stand_at(voting, "look")
    report = make_report(ask_for_report(voting.gathering, by=voting.carla, language="en").id)
    assert (report.state, report.trouble, report.trouble_sentence) == (ReportState.READY, "", "")
    files = files_of(report)
    assert set(files) == {"html", "pdf", "docx", "odt", "pptx", "md", "json"}
    for name in ("html", "md"):
        text = files[name].decode()
        assert "How do we look at this?" in text
        assert "Before and after the conversation" in text
        assert "Messages" not in text, "a way of working without messages misses none"
    headings = [
        paragraph.text
        for paragraph in docx.Document(io.BytesIO(files["docx"])).paragraphs
        if paragraph.style is not None and paragraph.style.name.startswith("Heading")
    ]
    assert any("How do we look at this?" in heading for heading in headings)
    deck = pptx.Presentation(io.BytesIO(files["pptx"]))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert len(titles) <= 10
    assert "How do we look at this?" in titles
    assert not is_overtaken(report)
    take_out(voting.gathering.propositions.first(), by=voting.carla)
    assert is_overtaken(report)
    assert TEXTS[0] not in paper(voting)[0]


@pytest.mark.parametrize(
    ("language", "told"), [("nl", "Wat verbindt"), ("en", "What unites"), ("fr", "Ce qui unit")]
)
def test_the_chapter_is_worded_in_every_language_of_a_report(voting: Cast, language: str, told: str) -> None:
    votes_twice(voting, 12)
    stand_at(voting, "look")
    page, _evidence = paper(voting, language)
    assert f"### {told}" in page
    assert "{" not in page
