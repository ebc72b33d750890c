"""Nobody's words outlive their withdrawal, not even quoted inside a sentence that was published (DOMAIN 7.3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from web.answers_scene import CARLA, stand_at, talk
from web.cast import Cast
from weerklank_web.answers.actions import statement as bench
from weerklank_web.answers.actions.desk import release_answers, save_draft
from weerklank_web.answers.models import Insight, Message
from weerklank_web.answers.queries.statement import faults_of, insights_of, statement_view
from weerklank_web.answers.rules import Drafted
from weerklank_web.dialogue.actions.contribution import withdraw_contribution
from weerklank_web.dialogue.models import Contribution
from weerklank_web.gatherings.stage import Deed
from weerklank_web.groundwork import clock

pytestmark = pytest.mark.django_db
QUOTED = "scheelt weken wachten"
GONE = "Deze tekst tonen we niet meer"
PAGES = (("dirk", "bureau"), ("anna", "antwoorden"), ("anna", "nalezen"), ("anna", "ik/terug"))


def quoting(cast: Cast) -> tuple[list[Contribution], Insight, Message]:
    """An insight that quotes the second contribution, and a message on it that does not."""
    said = talk(cast)
    stand_at(cast, Deed.SYNTHESISE)
    insight = bench.make_insight(
        cast.gathering,
        [row.id for row in said[:3]],
        by=CARLA,
        sentence=f"Teams willen een budget, want dat “{QUOTED}”.",
    )
    message = bench.make_message(
        cast.gathering, by=CARLA, insights=[insight], text="Geef elk team een eigen budget."
    )
    for thing in (insight, message):
        bench.set_ready(thing, by=CARLA)
    return said, insight, message


def test_a_quote_in_a_published_sentence_goes_with_whoever_said_it(cast: Cast) -> None:
    said, _insight, message = quoting(cast)
    stand_at(cast, Deed.ANSWER)
    answer = Drafted(
        to_everybody=False, kind="adopt", reason="Ja.", owner="Lucas", due=clock.today() + timedelta(9)
    )
    save_draft(cast.gathering, message, answer, seen=0, by=cast.desk_link)
    release_answers(cast.gathering, by=cast.desk_link)

    def pages() -> dict[str, str]:
        return {
            path: cast.client_of(name).get(cast.path(*path.split("/"))).content.decode()
            for name, path in PAGES
        }

    before = pages()
    assert all(QUOTED in page for path, page in before.items() if path != "antwoorden")
    assert not any(GONE in page for page in before.values())
    withdraw_contribution(said[1], by=None)
    after = pages()
    assert not any(QUOTED in page for page in after.values())
    assert all(GONE in page for path, page in after.items() if path != "antwoorden")
    assert all(message.text in page for path, page in after.items())


def test_whoever_words_still_sees_what_is_wrong_in_their_own_language(cast: Cast) -> None:
    said, insight, _message = quoting(cast)
    withdraw_contribution(said[1], by=None)
    (view,) = insights_of(cast.gathering, language="nl")
    assert QUOTED in view.words
    for language, why in (("nl", "staat in geen van de bronnen"), ("en", "is in none of the sources")):
        with override(language):
            faults = faults_of(cast.gathering, [statement_view(insight, language=language)])[insight.id]
        assert any(why in fault.what for fault in faults), language
