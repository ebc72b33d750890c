"""The content of the demo gathering holds together, and the application will accept it. No database."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from weerklank.formats import shipped_format
from weerklank_web.answers import models as answering
from weerklank_web.demo.content import CONTENT, Content, load_content
from weerklank_web.demo.records.answer import AnswerKind, Quote, Stance
from weerklank_web.demo.records.room import Prompt, Step
from weerklank_web.demo.tables import BrokenContent
from weerklank_web.dialogue.rules import fragments_of, tidy
from weerklank_web.gatherings import choices
from weerklank_web.gatherings import models as gathering_models

DEMO = load_content()
SAID = list(DEMO.contributions.values())
FORMAT = shipped_format(DEMO.gathering.format)
LONG_TERM = DEMO.gathering.timing.held_days_ago


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _every_quote(demo: Content) -> Iterator[Quote]:
    for insight in demo.insights:
        yield from insight.sources
    for message in demo.messages:
        yield from (*message.sources, *message.dissent_sources)


def _longest(object_id: str, field: str) -> int:
    return next(found.max or 0 for found in FORMAT.object(object_id).fields if found.id == field)


# --- who comes (W3-W7) ---------------------------------------------------------------------------------


def test_99_register_9_stay_away_and_15_walk_in() -> None:
    assert len(DEMO.registrations) == 99
    assert sum(not person.attends for person in DEMO.registrations) == 9
    assert len(DEMO.walk_ins) == 15
    assert len(DEMO.present) == 105
    assert len(DEMO.registrations) + len(DEMO.walk_ins) <= DEMO.gathering.timing.capacity


def test_everybody_is_somebody_else_and_nobody_can_get_mail() -> None:
    people = [*DEMO.registrations, *DEMO.walk_ins]
    crew = [person for room in DEMO.rooms for person in (room.facilitator, room.note_taker)]
    recipient = DEMO.gathering.recipient
    office = [recipient.mail, *(person.mail for person in (*recipient.aides, DEMO.gathering.contact))]
    mails = [mail for mail in (*(p.mail for p in people), *(p.mail for p in crew), *office) if mail]
    assert len({p.key for p in people}) == len({p.name for p in people}) == len(people)
    assert len(set(mails)) == len(mails)
    assert [mail for mail in mails if not re.fullmatch(r"[a-z0-9.\-]+@[a-z\-]+\.example", mail)] == []
    assert all(person.mail for person in DEMO.registrations)


def test_the_registration_form_offers_what_people_choose() -> None:
    themes = {theme.key for theme in DEMO.gathering.themes}
    organisations = {organisation.key for organisation in DEMO.organisations}
    layers = set(FORMAT.dimension("layer").keys)
    vote = FORMAT.step("register").vote
    assert vote is not None
    for person in (*DEMO.registrations, *DEMO.walk_ins):
        assert len(set(person.wishes)) == len(person.wishes) <= (vote.budget or 0), person
        assert set(person.wishes) <= themes, person
        assert {person.organisation} <= organisations | {""}, person
        assert {person.layer} <= layers | {""}, person
        assert set(person.languages) <= dict(choices.LANGUAGES).keys(), person
        assert set(person.needs) <= dict(choices.NEEDS).keys(), person


def test_four_layers_and_uneven_popularity() -> None:
    present = DEMO.present
    by_layer = Counter(person.layer for person in present if person.layer)
    first = Counter(person.wishes[0] for person in present if person.wishes)
    assert set(by_layer) == {layer.key for layer in DEMO.gathering.layers}
    assert min(by_layer.values()) >= 10
    assert len(first) == 8
    assert max(first.values()) >= 4 * min(first.values())


def test_every_need_can_be_met_in_a_room_with_a_wished_theme() -> None:
    for person in DEMO.present:
        fitting = {room.theme for room in DEMO.rooms if set(person.needs) <= set(room.features)}
        assert set(person.wishes) & fitting or not (person.wishes and person.needs), person
        assert fitting, person


# --- the gathering and its rooms (W1, W2, W6, G8) ------------------------------------------------------


def test_it_can_be_published() -> None:
    gathering = DEMO.gathering
    mandate = gathering.mandate
    assert len(gathering.organisers) == 2
    assert all(DEMO.organisation(key).about for key in gathering.organisers)
    assert gathering.promise.kind in gathering_models.Promise.values
    assert mandate.rung in gathering_models.Rung.values
    assert all(
        (mandate.open_matters, mandate.fixed_matters, mandate.pledge, mandate.decider, mandate.contact)
    )
    assert len(gathering.title) <= 160
    assert {item.step for item in gathering.programme if item.step} <= {step.id for step in FORMAT.steps}
    proposer = next(theme.proposed_by for theme in gathering.themes if theme.proposed_by)
    assert proposer in {person.key for person in DEMO.registrations}


def test_eight_themes_fill_ten_rooms_with_places_for_all() -> None:
    rooms = DEMO.rooms
    per_theme = Counter(room.theme for room in rooms)
    assert per_theme.keys() == {theme.key for theme in DEMO.gathering.themes}
    assert sorted(per_theme.values()) == [1, 1, 1, 1, 1, 1, 2, 2]
    assert sum(room.places_min for room in rooms) <= 105 <= sum(room.places_max for room in rooms)
    assert all(room.places_min <= 105 // 10 for room in rooms)
    assert {feature for room in rooms for feature in room.features} <= dict(choices.NEEDS).keys()


def test_nine_rooms_signed_their_harvest_and_one_did_not() -> None:
    last = DEMO.gathering.timing.sign_off_until_day
    signed = [room.summary.signed_day for room in DEMO.rooms if room.summary.signed_day is not None]
    assert len(signed) == 9
    assert all(0 <= day <= last for day in signed)
    assert all(room.summary.why and room.summary.essence for room in DEMO.rooms)
    assert any(room.summary.earlier_essence for room in DEMO.rooms)


@given(st.dates(min_value=date(2020, 1, 1), max_value=date(2100, 1, 1)))
def test_the_gathering_was_on_its_weekday_and_long_enough_ago(today: date) -> None:
    timing = DEMO.gathering.timing
    held = timing.held_on(today)
    assert held.isoweekday() == timing.iso_weekday
    assert timedelta(days=LONG_TERM) <= today - held < timedelta(days=LONG_TERM + 7)


# --- what was said (W9-W12) ----------------------------------------------------------------------------


def test_many_things_were_said_in_every_room() -> None:
    assert len(SAID) == sum(len(room.contributions) for room in DEMO.rooms) >= 420
    assert [room.key for room in DEMO.rooms if not 35 <= len(room.contributions) <= 50] == []
    for room in DEMO.rooms:
        expected = [f"{room.key}-{number:02d}" for number in range(1, len(room.contributions) + 1)]
        assert [said.key for said in room.contributions] == expected
        steps = [list(Step).index(said.step) for said in room.contributions]
        assert steps == sorted(steps), "a room can be played from top to bottom"


def test_the_application_will_take_it() -> None:
    levels = {"", *FORMAT.dimension("level").keys}
    tones = {"", *FORMAT.dimension("tone").keys}
    longest = _longest("contribution", "text")
    for said in SAID:
        assert 3 <= len(said.text.split()) <= 40, said
        assert tidy(said.text, most=longest) == said.text, said
        assert len(fragments_of(said.text, said.fragments)) == len(said.fragments), said
        assert said.level in levels, said
        assert said.tone in tones, said
        assert said.by is None or 1 <= said.by <= 10, said
        assert not (said.prompt and said.level), "a question of the room is not a level"
        # In the step that writes the room's report only the crew still types in.
        assert "contribution" in FORMAT.step(said.step).writes or said.by is None, said
        assert not said.paper or said.by is None, said


def test_nothing_was_said_twice() -> None:
    bags = [(said.key, frozenset(_words(said.text))) for said in SAID]
    alike = [
        (one, other)
        for (one, a), (other, b) in combinations(bags, 2)
        if len(a & b) / len(a | b) >= (0.6 if min(len(a), len(b)) > 4 else 0.99)
    ]
    assert alike == []
    openings = Counter(" ".join(_words(said.text)[:4]) for said in SAID)
    assert [opening for opening, times in openings.items() if times > 2] == []


def test_it_is_as_uneven_as_people_are() -> None:
    def cell(room: str, level: str) -> int:
        return sum(DEMO.room_of[said.key].key == room and said.level == level for said in SAID)

    empty = [(r.key, lv) for r in DEMO.rooms for lv in ("micro", "meso", "macro") if not cell(r.key, lv)]
    assert empty == [("beuk", "micro"), ("eik", "micro"), ("olm", "macro"), ("vlier", "meso")]
    assert sum(not said.level and not said.prompt for said in SAID) >= 30
    assert {said.prompt for said in SAID} == {None, *Prompt}
    assert min(Counter(said.tone for said in SAID).values()) >= 30
    assert 120 <= sum(bool(said.fragments) for said in SAID) < len(SAID)
    assert sum(said.lang == "fr" for said in SAID) >= 5
    assert sum(said.paper for said in SAID) >= 4
    assert sum(said.by is None for said in SAID) >= 20
    assert sum(said.unfinished for said in SAID) == 1
    lengths = [len(said.text.split()) for said in SAID]
    assert sum(length <= 8 for length in lengths) >= 40
    assert sum(length >= 25 for length in lengths) >= 15


def test_some_was_edited_withdrawn_or_hidden_and_rooms_point_at_each_other() -> None:
    edited = [said for said in SAID if said.earlier]
    hidden = [said for said in SAID if said.hidden]
    assert len(edited) >= 4
    assert all(said.earlier != said.text for said in edited)
    assert 2 <= sum(said.withdrawn for said in SAID) <= 8
    assert len(hidden) == 1
    assert len(_words(hidden[0].hidden)) >= 10, "the author reads why"
    rooms = {room.key for room in DEMO.rooms}
    assert {said.refers_to for said in SAID} - {""} <= rooms
    assert sum(bool(said.refers_to) for said in SAID) >= 2


# --- what was made of it (W13, W19) --------------------------------------------------------------------


def test_five_insights_stand_on_three_contributions_from_two_rooms() -> None:
    assert len(DEMO.insights) == 5
    for insight in DEMO.insights:
        sources = {source.contribution for source in insight.sources}
        rooms = {DEMO.room_of[key].key for key in sources}
        themes = {DEMO.room_of[key].theme for key in sources}
        assert len(sources) == len(insight.sources) >= 3, insight.key
        assert len(rooms) >= 2, insight.key
        assert set(insight.themes) == themes, insight.key
        assert len(insight.sentence) <= _longest("insight", "sentence"), insight.key


def test_eight_messages_keep_who_said_otherwise() -> None:
    assert len(DEMO.messages) == 8
    insights = {insight.key for insight in DEMO.insights}
    for message in DEMO.messages:
        sources = [source.contribution for source in message.sources]
        assert len(set(sources)) == len(sources) >= 3, message.key
        assert set(message.insights) <= insights, message.key
        assert len(message.text) <= _longest("message", "text"), message.key
        assert len(message.addressee) <= _longest("message", "addressee"), message.key
        assert message.level in FORMAT.dimension("level").keys, message.key
        assert message.dissent, message.key
        assert message.dissent_sources, message.key


def test_every_quote_is_literal_and_was_left_standing() -> None:
    quotes = list(_every_quote(DEMO))
    assert [quote for quote in quotes if quote.quote not in DEMO.contributions[quote.contribution].text] == []
    assert [quote for quote in quotes if not DEMO.contributions[quote.contribution].readable] == []


def test_reading_back_shows_a_real_minority() -> None:
    back = DEMO.read_back
    assert back.messages.keys() == {message.key for message in DEMO.messages}
    assert back.insights.keys() == {insight.key for insight in DEMO.insights}
    for stances in (*back.messages.values(), *back.insights.values()):
        assert 50 <= stances.people <= 105
    assert sum(stances.disagree / stances.people >= 0.2 for stances in back.messages.values()) >= 3
    small = {n for s in back.messages.values() for n in (s.agree, s.disagree, s.passed) if n < 5}
    assert small, "the disclosure gate has something to do"


def test_objections_come_from_seats_and_fit_the_counts() -> None:
    objections = DEMO.read_back.objections
    assert len(objections) >= 12
    assert len({(o.message, o.room, o.by) for o in objections}) == len(objections)
    assert {o.room for o in objections} <= {room.key for room in DEMO.rooms}
    for key, stances in DEMO.read_back.messages.items():
        against = Counter(o.stance for o in objections if o.message == key)
        assert against[Stance.DISAGREE] <= stances.disagree
        assert against[Stance.AGREE] <= stances.agree
        assert against[Stance.PASS] <= stances.passed


# --- what came back (W16-W19, T9) ----------------------------------------------------------------------


def test_six_answers_and_two_silences() -> None:
    answers = DEMO.answers
    kinds = Counter(answer.kind for answer in answers.answers)
    assert kinds[AnswerKind.ADOPT] + kinds[AnswerKind.PARTLY] == 3
    assert (kinds[AnswerKind.NO], kinds[AnswerKind.REFERRED], kinds[AnswerKind.STUDY]) == (1, 1, 1)
    answered = [answer.message for answer in answers.answers]
    assert sorted([*answered, *answers.unanswered]) == sorted(message.key for message in DEMO.messages)
    assert answers.released_day <= DEMO.gathering.promise.answer_day < LONG_TERM, "silence is overdue by now"
    aides = {aide.name for aide in DEMO.gathering.recipient.aides}
    for answer in answers.answers:
        assert len(_words(answer.reason)) >= 15, answer.message
        assert answer.owner, answer.message
        assert answer.drafted_by in aides, answer.message
        assert (answer.due_day is None) == (answer.kind is AnswerKind.NO), answer.message
        assert bool(answer.referred_to) == (answer.kind is AnswerKind.REFERRED), answer.message


def test_one_commitment_is_done_and_one_overdue() -> None:
    commitments = DEMO.answers.commitments
    answered = {answer.message for answer in DEMO.answers.answers}
    done = [c for c in commitments if c.done_day is not None]
    open_ = [c for c in commitments if c.done_day is None]
    assert len(done) == 1
    assert len(_words(done[0].report)) >= 15
    assert len([c for c in open_ if c.due_day < LONG_TERM]) == 1
    assert [c.key for c in open_ if LONG_TERM <= c.due_day < LONG_TERM + 7] == [], "overdue by chance"
    assert {c.message for c in commitments} <= answered
    assert all(len(c.text) <= 300 and c.owner for c in commitments)


def test_the_film_has_its_words_on_paper() -> None:
    film = DEMO.answers.film
    assert film.captions
    assert 120 <= len(_words(film.transcript)) <= 400
    assert re.match(r"https://[a-z.]*example\.org/", film.link)


def test_four_next_steps_at_most() -> None:
    plan = DEMO.next_steps
    assert 1 <= len(plan.steps) <= 4
    assert plan.participant in {person.key for person in DEMO.present}


# --- the words of the file are the words of the application ----------------------------------------------


def test_answers_and_stances_are_called_as_the_application_calls_them() -> None:
    assert set(AnswerKind) == set(answering.AnswerKind.values)
    assert set(Stance) == set(answering.StanceKind.values)


@pytest.mark.parametrize(
    ("file", "before", "after", "complaint"),
    [
        ("gathering.toml", 'slug = "', 'slak = "', "slak is onbekend"),
        ("gathering.toml", "country =", "# country =", "country ontbreekt"),
        ("people.toml", 'key = "p001"', "key = 1", r"registrations\[0\].key is 1"),
        ("rooms/01-wilg.toml", 'prompt = "why"', 'prompt = "how"', "prompt is 'how'"),
        ("answers.toml", "seconds = 164", "seconds = true", "film.seconds is True"),
        ("messages.toml", "[[messages]]", "[[messages]", "geen geldige TOML"),
    ],
)
def test_a_slip_in_a_file_is_named(
    tmp_path: Path, file: str, before: str, after: str, complaint: str
) -> None:
    folder = shutil.copytree(CONTENT, tmp_path / "content")
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(BrokenContent, match=complaint) as caught:
        load_content(folder)
    assert caught.value.source == path.name
