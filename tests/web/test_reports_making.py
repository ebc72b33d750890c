"""Making an edition (W14, W15): one set of facts in every format, refused by name, overtaken by what changes, shared once."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import zipfile

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt

from library.pdf_reading import opened, tags_of, text_of
from web.cast import Cast, new_registration
from web.report_scene import CARLA, HIDDEN, PRIVATE, WITHDRAWN, Scene, files_of, filled
from weerklank.evidence import verify_evidence
from weerklank_web.answers.actions import statement as bench
from weerklank_web.dialogue.actions.contribution import (
    Words,
    edit_contribution,
    type_in,
    withdraw_contribution,
)
from weerklank_web.dialogue.models import ContributionSource
from weerklank_web.gatherings.models import Registration
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork.errors import NotNow
from weerklank_web.notifications.models import Letter
from weerklank_web.reports.actions.report import ask_for_report, make_report, share_report
from weerklank_web.reports.bridge.facts import facts_of
from weerklank_web.reports.models import Delivery, ReportState
from weerklank_web.reports.queries.collect import collect
from weerklank_web.reports.queries.editions import is_overtaken

pytestmark = pytest.mark.django_db

TAGS = re.compile(r"<style.*?</style>|<svg.*?</svg>|<[^>]+>", re.DOTALL)  # a picture says what its table says
NUMBER = re.compile(r"§ (\d+\.\d+)")


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """A gathering that is ready to be reported on."""
    return filled(cast)


def words_in(page: bytes) -> str:
    return re.sub(r"\s+", " ", html.unescape(TAGS.sub(" ", page.decode())))


def texts_of(files: dict[str, bytes]) -> dict[str, str]:
    """What a reader of each format reads."""
    document = docx.Document(io.BytesIO(files["docx"]))
    paragraphs = (
        "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )
    return {
        "html": words_in(files["html"]),
        "md": words_in(MarkdownIt().enable("table").render(files["md"].decode()).encode()),
        "docx": "\n".join(paragraphs),
        "pdf": text_of(opened(files["pdf"])),
    }


def squeezed(text: str) -> str:
    return re.sub(r"\s|\ufffd|\xad", "", text)


def test_every_format_can_be_opened_and_says_the_same(scene: Scene) -> None:
    report = scene.make()
    assert (report.state, report.trouble) == (ReportState.READY, "")
    files = files_of(report)
    assert set(files) == {"html", "pdf", "docx", "odt", "pptx", "md", "json"}

    pdf = opened(files["pdf"])
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["pdfaid:part"] == "2"
        assert about["dc:title"] == scene.cast.gathering.title
    assert str(pdf.Root.Lang).startswith("nl")
    assert bool(pdf.Root.MarkInfo.Marked)
    assert {"H1", "H2", "Table", "L", "P"} <= {tag for _parent, tag in tags_of(pdf)}
    assert docx.Document(io.BytesIO(files["docx"])).core_properties.title == scene.cast.gathering.title
    deck = pptx.Presentation(io.BytesIO(files["pptx"]))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert {"Wie er was", "Inzichten", "Boodschappen"} <= set(titles)

    evidence = json.loads(files["json"])
    texts = {name: squeezed(text) for name, text in texts_of(files).items()}
    for paragraph in evidence["paragraphs"]:
        for name, text in texts.items():
            assert squeezed(paragraph["number"]) in text, (name, paragraph["number"])
            assert squeezed(paragraph["text"]) in text, (name, paragraph["text"])
        for figure in paragraph["figures"]:
            if figure["value"] is not None:
                label = figure["name"].rpartition(":")[2] if figure["name"].startswith("margin:") else ""
                told = squeezed(f"{label}{figure['value']}")
                assert all(told in text for text in texts.values()), told


def test_every_number_is_the_same_in_every_format(scene: Scene) -> None:
    files = files_of(scene.make())
    told = {
        name: ["".join(re.findall(r"\d", part)) for part in re.split(r"(?=§)", text)[1:-1]]
        for name, text in texts_of(files).items()
        if name != "pdf"  # its pages add their own numbers
    }
    assert told["html"] == told["md"] == told["docx"]
    report = texts_of(files)["html"]
    paragraphs, numbers = set(NUMBER.findall(report)), set(re.findall(r"\d+", report))
    for slide in pptx.Presentation(io.BytesIO(files["pptx"])).slides:
        said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert set(NUMBER.findall(said)) <= paragraphs
        assert set(re.findall(r"\d+", said)) <= numbers


def test_who_came_is_told_as_it_was_released_and_never_counted_again(scene: Scene) -> None:
    before = texts_of(files_of(scene.make()))["html"]
    assert "Ingeschreven: 12. Aanwezig: 12. Dat is een opkomst van 100 %." in before
    assert "regio of gemeenschap (bijvoorbeeld Vlaams) 6" in before
    for number in range(20, 30):
        new_registration(scene.cast.gathering, f"Later{number}", present=True)
    Registration.objects.filter(name="Deelnemer3").delete()
    facts = facts_of(collect(scene.cast.gathering, language="nl", edition=2), voices=False)
    assert facts.attendance is not None
    assert (facts.attendance.registered, facts.attendance.present) == (12, 12)


def test_whoever_stands_behind_a_message_is_told_without_giving_a_few_away(scene: Scene) -> None:
    """Five agreed, four did not, one passed and two were silent: no shown group is smaller than five."""
    page = texts_of(files_of(scene.make()))["html"]
    told = re.findall(r"Bij het teruglezen: ([^.]+)\.", page)
    assert told == ["eens 5, oneens, weet niet en niet gereageerd samen 7"] * 2
    assert "Bij ons kan dat niet in 2027." in page
    assert "Een ander wil regels, geen los budget." in page
    assert "ziet inzicht 1 anders" in page


def test_what_was_taken_back_leaves_a_trace_and_no_words_in_any_file(scene: Scene) -> None:
    files = files_of(scene.make())
    page = texts_of(files)["html"]
    assert re.search(r"1 inbreng ingetrokken op \d+ \w+ \d{4}\.", page)
    assert "De gespreksleiding heeft 1 inbreng verborgen" in page
    inside = [page.encode() for page in texts_of(files).values()] + [files["json"]]
    for name in ("docx", "pptx"):
        with zipfile.ZipFile(io.BytesIO(files[name])) as bag:
            inside += [bag.read(part) for part in bag.namelist()]
    for words in (WITHDRAWN, HIDDEN, PRIVATE):
        rare = words.split()[-1].strip(".").encode()
        assert not [content[:40] for content in inside if rare in content]


def test_rooms_arrive_whole_with_empty_levels_left_empty(scene: Scene) -> None:
    page = texts_of(files_of(scene.make()))["html"]
    assert "Geef ruimte aan wie het werk doet." in page
    assert "De groep las deze oogst terug en tekende af" in page
    assert "Na het aftekenen is 1 wijziging aangebracht." in page
    assert "Niets genoteerd op dit niveau." in page
    assert "zin breekt af" in page
    assert "Verwijst naar andere groepen" in page
    assert page.index("Waarom dit thema") < page.index("Omdat we elkaar zelden spreken.")


def test_what_people_write_on_leaving_stands_apart_and_leaves_the_signed_harvest_alone(scene: Scene) -> None:
    scene.cast.gathering.step = "check-out"
    scene.cast.gathering.save(update_fields=["step"])
    scene.say("bye", 0, 0, Words("Ik bel morgen mijn collega.", level="micro"))
    scene.say("asked", 1, 1, Words("De inwoner zelf.", prompt="Wat is nog niet gezegd?"))
    edit_contribution(scene.said["bye"], Words("Ik bel vandaag nog."), by=None)
    card = Words("Een kaart uit de kamer.", level="meso")
    type_in(scene.room(0), [card], source=ContributionSource.CARD, by="Bram")
    scene.stand_at(Deed.PUBLISH)
    pages = texts_of(files_of(scene.make()))
    for page in pages.values():
        assert squeezed("Ik bel vandaag nog.") in squeezed(page)
    page = pages["html"]
    assert (
        "Na het aftekenen zijn 2 wijzigingen aangebracht." in page
    )  # the late word and the card, both of the room
    rooms, _, leaving = page.rpartition("schreef wie dat wilde nog één gedachte op")
    assert "Een kaart uit de kamer." in rooms
    assert "Ik bel vandaag nog." not in rooms
    said = ("Ik bel vandaag nog.", "Wat is nog niet gezegd?", "De inwoner zelf.", "Met een eigen budget")
    assert sorted(leaving.index(words) for words in said) == [leaving.index(words) for words in said]


def test_the_evidence_holds_against_what_was_said_and_breaks_when_that_is_tampered_with(scene: Scene) -> None:
    report = scene.make()
    evidence = json.loads(files_of(report)["json"])
    facts = facts_of(collect(scene.cast.gathering, language="nl", edition=1))
    assert verify_evidence(evidence, facts.contributions()) == ()
    first = next(p for p in evidence["paragraphs"] if p["sources"] and not p["sources"][0].get("given"))
    first["sources"][0]["text"] += " Echt."
    assert {finding.code for finding in verify_evidence(evidence, facts.contributions())} == {
        "changed-source"
    }


def test_a_sentence_without_ground_refuses_the_edition_and_says_where_to_mend_it(scene: Scene) -> None:
    """W13: two sources are not enough; the same number is made again once it is mended."""
    withdraw_contribution(scene.said["weeks"], by=None)
    report = scene.make()
    assert scene.insight is not None
    assert report.state == ReportState.REFUSED
    assert report.trouble_sentence == scene.insight.sentence
    assert (report.trouble_at, report.trouble_subject) == ("insight", str(scene.insight.id))
    page = scene.cast.client_of("carla").get(scene.cast.path("beheer", "verslag")).content.decode()
    assert scene.insight.sentence in page
    assert f"/duiden/inzicht/{scene.insight.id}/" in page
    assert "Ga daar zo nodig eerst naar terug" in page
    assert not report.files.exists()

    scene.stand_at(Deed.SYNTHESISE)
    scene.insight.refresh_from_db()
    scene.insight.gathering = scene.cast.gathering
    bench.take_back(scene.insight, by=CARLA)
    again = scene.make()
    assert (again.id, again.edition, again.state, again.trouble) == (report.id, 1, ReportState.READY, "")


@pytest.mark.slow
def test_an_edition_that_was_overtaken_is_not_shared(scene: Scene) -> None:
    report = scene.make()
    assert not is_overtaken(report)
    withdraw_contribution(scene.said["broken"], by=None)
    assert is_overtaken(report)
    with pytest.raises(NotNow, match="Maak het opnieuw") as refusal:
        share_report(report, by=scene.cast.carla)
    assert refusal.value.code == "overtaken"
    page = scene.cast.client_of("carla").get(scene.cast.path("beheer", "verslag")).content.decode()
    assert "Niet meer bij de tijd" in page
    newer = scene.make()
    assert (report.files.count(), newer.files.count()) == (0, 7), (
        "a draft that was replaced keeps words taken back"
    )
    with pytest.raises(NotNow, match="nieuwere"):
        share_report(report, by=scene.cast.carla)
    assert share_report(newer, by=scene.cast.carla).shared_at is not None


@pytest.mark.slow
def test_words_can_be_taken_back_after_offering_as_everybody_reads_beforehand(scene: Scene) -> None:
    """The promise and what happens are one: always, gone from pages and the next edition, not from what people have."""
    first = share_report(scene.make(), by=scene.cast.carla)
    anna, said = scene.cast.client_of("anna"), scene.said["late"]
    promised = "in een uitgave die mensen al hebben, blijven ze staan"
    asking = scene.cast.path("ik", "inbreng", said.id, "intrekken")
    for client, address in ((anna, asking), (scene.cast.client_of("esra"), scene.cast.path())):
        assert promised in client.get(address).content.decode()
    words = "zeg het op tijd"
    assert words in anna.get(scene.cast.path("ik", "terug")).content.decode()
    assert anna.post(asking).status_code == 302
    pages = (scene.cast.path("ik", "terug"), scene.cast.path("kamer", said.room_id))
    assert not [page for page in pages if words in anna.get(page).content.decode()]
    newest = scene.cast.path("verslag", "verslag.html")[:-1]
    assert words in anna.get(newest).content.decode()
    second = share_report(scene.make(), by=scene.cast.carla)
    assert words not in anna.get(newest).content.decode()
    assert "2 inbrengen ingetrokken" in texts_of(files_of(second))["html"]
    assert first.files.exists()


def test_sharing_reaches_recipient_and_participants_at_one_moment_and_only_once(scene: Scene) -> None:
    """W15: the same files, the same moment, and a log that shows it."""
    report = scene.make()
    anna, dirk = scene.cast.client_of("anna"), scene.cast.client_of("dirk")
    address = f"/b/{scene.cast.gathering.slug}/verslag/verslag.pdf"
    assert [client.get(address).status_code for client in (anna, dirk)] == [404, 404]
    Letter.objects.all().delete()

    carla = scene.cast.client_of("carla")
    share = scene.cast.path("beheer", "verslag", report.id, "aanbieden")
    for _press in range(2):
        assert carla.post(share).status_code == 303
    report.refresh_from_db()
    log = {delivery.to: (delivery.letters, delivery.at) for delivery in Delivery.objects.all()}
    assert log == {"recipient": (1, report.shared_at), "participants": (12, report.shared_at)}
    assert Letter.objects.filter(kind="milestone-offered").count() == 13
    scene.cast.gathering.refresh_from_db()
    assert scene.cast.gathering.offered_at == report.shared_at
    handed = [hashlib.sha256(client.get(address).content).hexdigest() for client in (anna, dirk)]
    assert handed == [report.files.get(name="verslag.pdf").sha256] * 2
    page = carla.get(scene.cast.path("beheer", "verslag")).content.decode()
    assert re.search(r"de deelnemers</th>.*?>12<", page, re.DOTALL)


def test_nothing_is_shared_before_it_was_read_back_or_while_it_is_made(scene: Scene) -> None:
    waiting = ask_for_report(scene.cast.gathering, by=scene.cast.carla)
    with pytest.raises(NotNow, match="nog niet klaar"):
        share_report(waiting, by=scene.cast.carla)
    assert ask_for_report(scene.cast.gathering, by=scene.cast.carla).id == waiting.id
    made = make_report(waiting.id)
    assert make_report(waiting.id).made_at == made.made_at
    scene.stand_at(Deed.REVIEW)
    with pytest.raises(NotNow, match="na het nalezen"):
        share_report(made, by=scene.cast.carla)


@pytest.mark.slow
def test_answers_stand_in_a_later_edition_that_replaces_the_first(scene: Scene) -> None:
    first = share_report(scene.make(), by=scene.cast.carla)
    assert "Een antwoord is beloofd uiterlijk op" in texts_of(files_of(first))["html"]
    scene.answer()
    assert is_overtaken(first)
    second = share_report(scene.make(), by=scene.cast.carla)
    assert (second.edition, first.files.count()) == (2, 7)
    page = texts_of(files_of(second))["html"]
    for words in (
        "Vanaf januari ligt er 250 euro per team.",
        "Drie teams beginnen.",
        "Tegen 1 maart 2027. Dit loopt nog.",
        "Dank jullie wel.",
        "Ik heb alles gelezen.",
    ):
        assert words in page
    anna = scene.cast.client_of("anna").get(f"/b/{scene.cast.gathering.slug}/verslag/verslag.html")
    assert anna.content == files_of(second)["html"]
    assert "Eerdere uitgaven" in scene.cast.client_of("anna").get(scene.cast.path("verslag")).content.decode()


def test_an_english_edition_keeps_what_people_said(scene: Scene) -> None:
    report = scene.make(language="en")
    files = files_of(report)
    page = texts_of(files)["html"]
    assert "Registered: 12. Present: 12." in page
    assert "Zonder budget wachten we 6 weken op een handtekening." in page
    assert str(opened(files["pdf"]).Root.Lang).startswith("en")
    assert {file.name for file in report.files.all()} >= {"report.pdf", "slides.pptx"}


def test_a_report_without_any_count_or_harvest_can_be_made(cast: Cast) -> None:
    cast.stand_at(Deed.PUBLISH)
    report = make_report(ask_for_report(cast.gathering, by=cast.carla).id)
    assert (report.state, report.trouble) == (ReportState.READY, "")
    assert "Opkomst is niet geregistreerd." in texts_of(files_of(report))["html"]
    cast.stand_at(Deed.REGISTER)
    with pytest.raises(NotNow, match="in de kamers is gesproken"):
        ask_for_report(cast.gathering, by=cast.carla)
