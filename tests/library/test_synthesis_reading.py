"""Reading many texts at once gives what reading them one by one gives (W13)."""

from __future__ import annotations

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from weerklank.evidence import Contribution
from weerklank.synthesis.ordering import hash_of, in_order
from weerklank.synthesis.pieces import pieces_of
from weerklank.synthesis.whereabouts import Whereabouts, coverage_of
from weerklank.synthesis.words import families_of, forms_in, lexicon_for

TEXTS = st.lists(
    st.text(alphabet=st.sampled_from("aAéE\u0301\u2003 \n\t.-_'ﬁßİ1\x1fz"), max_size=12), max_size=6
)
PLACES = st.tuples(
    st.sampled_from(["Werk", "Buurt"]),
    st.sampled_from([None, "Werk", "Kamer 1"]),
    st.sampled_from([None, "micro", "macro"]),
)


@given(TEXTS)
@example(["e\u0301e\u0301n zelf-standig --\u2003a-  A1-b2", "", "\u0301 x_y"])
def test_the_words_of_a_text_are_those_of_its_pieces(texts: list[str]) -> None:
    found = pieces_of(texts).seen_by(forms_in)
    read_as = [
        [found.names[which] for which in found.which[found.ends[text] : found.ends[text + 1]]]
        for text in range(len(texts))
    ]
    assert read_as == [forms_in(text) for text in texts]
    for left, one in enumerate(texts):
        for right, other in enumerate(texts):
            assert (found.of(left) == found.of(right)) == (forms_in(one) == forms_in(other))


@given(st.permutations(range(6)))
def test_what_has_one_hash_is_put_in_the_order_of_its_id(order: list[int]) -> None:
    event = [Contribution(id=f"c{one}", text=("ja", "nee")[one % 2], theme="Werk") for one in range(6)]
    said, hashes = in_order(event[place] for place in order)
    assert list(said) == sorted(event, key=lambda one: (hash_of(one), one.id))
    assert list(hashes) == [hash_of(one) for one in said]


@given(st.lists(st.tuples(PLACES, st.booleans()), max_size=8))
def test_counting_by_number_is_counting_by_name(
    event: list[tuple[tuple[str, str | None, str | None], bool]],
) -> None:
    said = [
        Contribution(id=f"c{place}", text="ja", theme=theme, room=room, level=level)
        for place, ((theme, room, level), _) in enumerate(event)
    ]
    where = Whereabouts.of(said)
    rows = [place for place, (_, counts) in enumerate(event) if counts]
    assert where.coverage(np.array(rows, dtype=np.int64)) == coverage_of(said[row] for row in rows)
    names = [where.places[place] for place in where.at_place.tolist()]
    assert names == [(one.room is not None, one.room or one.theme) for one in said]


def test_words_that_only_point_are_no_findings() -> None:
    """Erbij, daarvan and anders stood among the suggestions of a gathering: they come back everywhere and say nothing."""
    found = families_of(["erbij", "daarvan", "waartegen", "anders", "telkens", "dossier"], lexicon_for("nl"))
    assert set(found) == {"dossier"}
