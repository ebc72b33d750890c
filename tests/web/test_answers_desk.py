"""The desk (W15–W19, G16): aides draft, the recipient releases all at once, and nothing changes unseen afterwards."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from web.answers_scene import ADOPTED, CARLA, DAY, Scene, answered, stand_at, worded
from web.cast import NAMES, Cast, cookie_name
from weerklank_web.answers.actions.desk import (
    confirm_reception,
    release_answers,
    report_commitment,
    save_draft,
)
from weerklank_web.answers.actions.desk_link import make_desk_link, revoke_desk_link
from weerklank_web.answers.actions.statement import make_message, set_ready
from weerklank_web.answers.errors import Overtaken
from weerklank_web.answers.models import (
    Answer,
    Commitment,
    CommitmentState,
    DeskLink,
    Draft,
    EarlierAnswer,
)
from weerklank_web.answers.queries.answer import threads_of
from weerklank_web.answers.rules import CommitmentRow, Drafted, gaps_in_draft
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork import clock, links
from weerklank_web.groundwork.errors import Denied, NotNow
from weerklank_web.notifications.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(cast: Cast) -> Scene:
    """The messages lie on the desk."""
    made = worded(cast)
    stand_at(cast, Deed.ANSWER)
    made.message.gathering = cast.gathering
    return made


@pytest.fixture
def aide(scene: Scene) -> DeskLink:
    return make_desk_link(scene.cast.gathering, holder="Samira", may_release=False, by=CARLA).link


def typed(scene: Scene, words: dict[str, str]) -> dict[str, str]:
    """The fields of the form of the one message."""
    return {f"{scene.message.id.hex}-{name}": value for name, value in words.items()}


COMPLETE = {
    "version": "0",
    "rows": "2",
    "kind": "partly",
    "reason": "We beginnen bij drie teams.",
    "owner": "Lucas",
    "due": DAY,
    "c0_text": "Drie teams starten.",
    "c0_owner": "Lucas",
    "c0_due": DAY,
}


def test_a_draft_may_be_half_finished_and_only_the_desk_sees_it(scene: Scene, aide: DeskLink) -> None:
    cast = scene.cast
    half = Drafted(to_everybody=False, reason="Hier denken we nog over na.")
    save_draft(cast.gathering, scene.message, half, seen=0, by=aide)
    assert "denken we nog" in cast.client_of("dirk").get(cast.path("bureau")).content.decode()
    for name in ("anna", "bram", "carla", "esra"):
        for page in ("bureau", "antwoorden", "nalezen"):
            assert "denken we nog" not in cast.client_of(name).get(cast.path(page)).content.decode()
    assert not Answer.objects.exists()


def test_an_aide_prepares_and_does_not_release(scene: Scene, aide: DeskLink) -> None:
    cast = scene.cast
    save_draft(cast.gathering, scene.message, ADOPTED, seen=0, by=aide)
    with pytest.raises(Denied, match="de ontvanger zelf"):
        release_answers(cast.gathering, by=aide)
    made = make_desk_link(cast.gathering, holder="Jorrit", may_release=False, by=CARLA)
    device = Client()
    device.cookies[cookie_name("desk", cast.gathering.id)] = made.secret
    page = device.get(cast.path("bureau")).content.decode()
    assert "Geef alle antwoorden vrij" not in page
    assert device.post(cast.path("bureau", "vrijgeven")).status_code == 403
    assert not Answer.objects.exists()
    assert cast.client_of("dirk").post(cast.path("bureau", "vrijgeven")).status_code == 303
    answer = Answer.objects.get()
    assert (answer.drafted_by, answer.released_by) == ("Samira", cast.desk_link.holder)


def test_all_drafts_go_out_at_once_or_none(scene: Scene) -> None:
    cast = scene.cast
    stand_at(cast, Deed.SYNTHESISE)
    second = make_message(cast.gathering, [scene.hers.id], by=CARLA, text="Geef een budget.")
    set_ready(second, by=CARLA)
    stand_at(cast, Deed.ANSWER)
    save_draft(cast.gathering, scene.message, ADOPTED, seen=0, by=cast.desk_link)
    unfinished = Drafted(to_everybody=False, kind="no")
    save_draft(cast.gathering, second, unfinished, seen=0, by=cast.desk_link)
    with pytest.raises(NotNow, match=r"nog niets vrijgegeven.*«Geef een budget.».*Zonder reden"):
        release_answers(cast.gathering, by=cast.desk_link)
    assert not Answer.objects.exists()
    save_draft(
        cast.gathering,
        second,
        replace(unfinished, reason="Dat kan wettelijk niet."),
        seen=1,
        by=cast.desk_link,
    )
    assert release_answers(cast.gathering, by=cast.desk_link) == 2
    assert not Draft.objects.exists()
    assert Commitment.objects.get().text == "Drie teams krijgen een budget."
    with pytest.raises(NotNow, match="niets klaar"):
        release_answers(cast.gathering, by=cast.desk_link)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": ""}, "Kies wat"),
        ({"reason": "  "}, "Zonder reden"),
        ({"owner": ""}, "wie het doet"),
        ({"due": None}, "Zeg wanneer"),
        ({"film_link": "https://video.example/a"}, "uitgeschreven tekst"),
        ({"kind": "referred", "owner": ""}, "naar wie"),
        ({"commitments": [CommitmentRow(text="Iets.", owner="", due=DAY)]}, "«Iets.» mist"),
        ({"commitments": [CommitmentRow(text="Iets.", owner="Lucas", due="ooit")]}, "«Iets.» mist"),
    ],
)
def test_what_a_draft_lacks_is_said_in_words(change: dict[str, object], said: str) -> None:
    assert gaps_in_draft(ADOPTED) == []
    assert any(said in gap for gap in gaps_in_draft(replace(ADOPTED, **change)))


def test_a_no_with_a_reason_is_an_answer_and_a_film_with_its_words_is_one_to_everybody() -> None:
    assert gaps_in_draft(Drafted(to_everybody=False, kind="no", reason="Het mag niet van de wet.")) == []
    film = Drafted(
        to_everybody=True, reason="Kijk.", film_link="https://v.example/a", transcript="Dag allemaal."
    )
    assert gaps_in_draft(film) == []


def test_a_released_answer_changes_only_in_sight(cast: Cast) -> None:
    scene, answer = answered(cast)
    Answer.objects.update(released_on=clock.today() - timedelta(days=9))
    later = replace(ADOPTED, kind="partly", reason="Toch maar twee teams.", commitments=[])
    save_draft(cast.gathering, scene.message, later, seen=0, by=cast.desk_link)
    page = cast.client_of("anna").get(cast.path("antwoorden")).content.decode()
    assert "Jullie hebben gelijk." in page
    assert "Toch maar twee teams." not in page
    release_answers(cast.gathering, by=cast.desk_link)
    answer.refresh_from_db()
    assert (answer.kind, answer.released_on) == ("partly", clock.today())
    before = EarlierAnswer.objects.get()
    assert (before.reason, before.replaced_on) == ("Jullie hebben gelijk.", clock.today())
    assert Commitment.objects.count() == 1, "what was promised stays promised"
    page = cast.client_of("anna").get(cast.path("antwoorden")).content.decode()
    assert "Wat hier eerder stond" in page
    assert "Jullie hebben gelijk." in page
    (thread,) = threads_of(cast.gathering, language="nl")
    assert thread.milestones[2].on == before.released_on, "answering anew does not make it late"


def test_two_at_the_desk_never_overwrite_each_other(scene: Scene) -> None:
    dirk = scene.cast.client_of("dirk")
    address = scene.cast.path("bureau", "antwoord", scene.message.id)
    assert dirk.post(address, typed(scene, COMPLETE)).status_code == 303
    answer = dirk.post(address, typed(scene, {**COMPLETE, "reason": "Wat de ander schreef."}))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "heeft dit net gewijzigd" in page
    assert "We beginnen bij drie teams." in page
    assert "Wat de ander schreef." in page
    assert Draft.objects.get().reason == "We beginnen bij drie teams."
    with pytest.raises(Overtaken):
        save_draft(scene.cast.gathering, scene.message, ADOPTED, seen=7, by=scene.cast.desk_link)


def test_unfinished_typing_survives_a_mistake(scene: Scene) -> None:
    dirk = scene.cast.client_of("dirk")
    wrong = {**COMPLETE, "due": "volgende week", "film_link": "geen adres", "c1_text": "Nog iets."}
    answer = dirk.post(scene.cast.path("bureau", "antwoord", scene.message.id), typed(scene, wrong))
    page = answer.content.decode()
    assert answer.status_code == 422
    for kept in ("We beginnen bij drie teams.", "volgende week", "geen adres", "Nog iets."):
        assert kept in page, kept
    assert not Draft.objects.exists()


def test_a_draft_is_saved_with_a_press_and_emptied_with_a_press(scene: Scene) -> None:
    dirk = scene.cast.client_of("dirk")
    address = scene.cast.path("bureau", "antwoord", scene.message.id)
    dirk.post(address, typed(scene, COMPLETE))
    draft = Draft.objects.get()
    assert draft.commitments == [{"text": "Drie teams starten.", "owner": "Lucas", "due": DAY}]
    page = dirk.get(scene.cast.path("bureau")).content.decode()
    assert "af, nog niet vrijgegeven" in page
    assert page.count('name="' + scene.message.id.hex + "-c1_text") == 1, "one row more than there are"
    dirk.post(address, typed(scene, {"version": "1", "rows": "0", "reason": ""}))
    assert not Draft.objects.exists()


def test_before_it_is_offered_the_desk_shows_no_more_than_the_participants_have(cast: Cast) -> None:
    scene = worded(cast)
    for deed in (Deed.SYNTHESISE, Deed.REVIEW):
        stand_at(cast, deed)
        page = cast.client_of("dirk").get(cast.path("bureau")).content.decode()
        assert scene.message.text not in page
        assert "nog niets op je bureau" in page
        with pytest.raises(NotNow, match="nog niet aangeboden"):
            save_draft(cast.gathering, scene.message, ADOPTED, seen=0, by=cast.desk_link)
        with pytest.raises(NotNow):
            confirm_reception(cast.gathering, by=cast.desk_link)


def test_the_desk_reads_nothing_that_participants_cannot_read(scene: Scene) -> None:
    """W15: every quote and every sentence of what people said, on both pages or on none."""
    cast = scene.cast
    dirk = cast.client_of("dirk").get(cast.path("bureau")).content.decode()
    anna = cast.client_of("anna").get(cast.path("antwoorden")).content.decode()
    for row in scene.said:
        assert (row.text in dirk) == (row.text in anna), row.text
    assert scene.said[0].text in dirk
    assert scene.unused.text not in dirk
    assert not any(secret in dirk for secret in (cast.anna.name, cast.author_key, cast.anna.email))


def test_reception_is_said_once_and_an_answer_says_it_too(scene: Scene) -> None:
    cast = scene.cast
    first = confirm_reception(cast.gathering, by=cast.desk_link)
    assert confirm_reception(cast.gathering, by=cast.desk_link) == first
    assert "Ontvangen op" in cast.client_of("dirk").get(cast.path("bureau")).content.decode()


def test_a_commitment_is_reported_on_and_shows_when_it_is_late(cast: Cast) -> None:
    _scene, answer = answered(cast)
    commitment = answer.commitments.get()
    Commitment.objects.update(due=clock.today() - timedelta(days=12))
    assert "12 dagen te laat" in cast.client_of("anna").get(cast.path("antwoorden")).content.decode()
    dirk = cast.client_of("dirk")
    prefix = f"v-{commitment.id.hex}"
    address = cast.path("bureau", "toezegging", commitment.id)
    assert dirk.post(address, {f"{prefix}-state": "done"}).status_code == 422
    dirk.post(address, {f"{prefix}-state": "done", f"{prefix}-text": "Drie teams zijn gestart."})
    page = cast.client_of("anna").get(cast.path("antwoorden")).content.decode()
    assert "Drie teams zijn gestart." in page
    assert "te laat" not in page
    (thread,) = threads_of(cast.gathering, language="nl")
    assert [each.reached for each in thread.milestones] == [True, True, True, True]


def test_an_aide_does_not_report_on_commitments(cast: Cast) -> None:
    _scene, answer = answered(cast)
    aide = make_desk_link(cast.gathering, holder="Samira", may_release=False, by=CARLA).link
    with pytest.raises(Denied):
        report_commitment(answer.commitments.get(), text="Klaar.", state=CommitmentState.DONE, by=aide)


def test_a_link_is_shown_once_mailed_at_once_and_never_kept(scene: Scene) -> None:
    cast = scene.cast
    carla = cast.client_of("carla")
    address = cast.path("beheer", "bureau")
    typed_in = {"holder": "Samira Belhadj", "email": "samira@voorbeeld.example", "role": "aide"}
    sent = carla.post(address, typed_in)
    assert (sent.status_code, sent["Location"]) == (303, address), (
        "loading the page again makes no second link"
    )
    assert not sent.content
    shown = carla.get(address)
    assert "no-store" in shown["Cache-Control"]
    page = shown.content.decode()
    assert "samira@voorbeeld.example." in page
    found = re.search(r"/l/([A-Za-z0-9_-]{40,})/", page)
    assert found is not None
    secret = found.group(1)
    assert secret in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["samira@voorbeeld.example"]
    assert secret not in carla.get(address).content.decode()
    assert DeskLink.objects.filter(holder="Samira Belhadj").count() == 1
    link = DeskLink.objects.get(holder="Samira Belhadj")
    assert (link.fingerprint, link.may_release) == (links.fingerprint(secret), False)
    assert not Letter.objects.filter(body__contains=secret).exists()
    device = Client()
    landed = device.get(f"/l/{secret}/", follow=True)
    assert scene.message.text in landed.content.decode()
    carla.post(cast.path("beheer", "bureau", link.id, "intrekken"))
    assert device.get(cast.path("bureau")).status_code == 403
    assert device.get(f"/l/{secret}/").status_code == 404


def test_a_revoked_link_leaves_its_drafts(scene: Scene, aide: DeskLink) -> None:
    save_draft(scene.cast.gathering, scene.message, ADOPTED, seen=0, by=aide)
    revoke_desk_link(aide, by=CARLA)
    assert release_answers(scene.cast.gathering, by=scene.cast.desk_link) == 1


def test_a_link_to_one_desk_opens_no_other(scene: Scene) -> None:
    cast = scene.cast
    device = Client()
    device.cookies[cookie_name("desk", cast.gathering.id)] = links.new_secret()
    assert device.get(cast.path("bureau")).status_code == 403
    device.cookies[cookie_name("desk", cast.gathering.id)] = (
        cast.secret
    )  # a participant's link is no desk link
    assert device.get(cast.path("bureau")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_as_much_of_the_database_however_many_messages_there_are(
    scene: Scene, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    stand_at(scene.cast, Deed.SYNTHESISE)
    for number in range(count - 1):
        more = make_message(
            scene.cast.gathering, [scene.hers.id], by=CARLA, text=f"Een budget, deel {'x' * number}."
        )
        set_ready(more, by=CARLA)
    stand_at(scene.cast, Deed.ANSWER)
    dirk = scene.cast.client_of("dirk")
    dirk.get(scene.cast.path("bureau"))
    with django_assert_max_num_queries(32):
        dirk.get(scene.cast.path("bureau"))


def test_who_may_at_the_desk(scene: Scene) -> None:
    cast = scene.cast
    _answered = save_draft(cast.gathering, scene.message, ADOPTED, seen=0, by=cast.desk_link)
    release_answers(cast.gathering, by=cast.desk_link)
    commitment = Commitment.objects.get()
    posts = ["ontvangen", "vrijgeven", "antwoord/iedereen", f"antwoord/{scene.message.id}"]
    posts.append(f"toezegging/{commitment.id}")
    for name in NAMES:
        client = cast.client_of(name)
        answer = client.get(cast.path("bureau"))
        assert (answer.status_code == 200) == (name == "dirk"), (name, answer.status_code)
        assert (scene.message.text in answer.content.decode()) == (name == "dirk")
        for post in posts:
            status = client.post(cast.path("bureau", post), {}).status_code
            assert (status in (303, 422)) == (name == "dirk"), (name, post, status)
