"""Other habits of writing notes: each is a short text and what must come out of it."""

from __future__ import annotations

import pytest

from weerklank.notes import load_phrasebook, parse_notes

CASES = {
    "a title, an introduction, plain themes with subheadings": (
        "# Verslag avond over mobiliteit\n\nWe begonnen om acht uur.\n\n## Fietsen\n\nOuders zijn bang.\n\n"
        "### Oversteken\n\n- Zebrapad\n\n## Parkeren\n\n- Te duur\n",
        [
            ("Zonder thema", None, None, "We begonnen om acht uur."),
            ("Fietsen", None, None, "Ouders zijn bang."),
            ("Fietsen", None, None, "Zebrapad"),
            ("Parkeren", None, None, "Te duur"),
        ],
    ),
    "a colon after every heading is a habit": (
        "# Fietsen:\n- bang\n# Parkeren:\n- duur\n# Bus:\n- laat\n",
        [("Fietsen", None, None, "bang"), ("Parkeren", None, None, "duur"), ("Bus", None, None, "laat")],
    ),
    "bold lines as headings": (
        "**Fietsen naar school**\nOuders zijn bang.\n\n**Micro**\n- ik ook\n\n**Parkeren**\n- te duur\n",
        [
            ("Fietsen naar school", None, None, "Ouders zijn bang."),
            ("Fietsen naar school", None, "micro", "ik ook"),
            ("Parkeren", None, None, "te duur"),
        ],
    ),
    "labels in plain lines": (
        "Thema 1: Fietsen\nMicro: ik durf niet\nMeso: school doet niet mee\nThema 2: Parkeren\nMacro: graag een besluit\n",
        [
            ("Fietsen", None, "micro", "ik durf niet"),
            ("Fietsen", None, "meso", "school doet niet mee"),
            ("Parkeren", None, "macro", "graag een besluit"),
        ],
    ),
    "themes that are questions": (
        "# Oogst\n## Hoe houden we de wijk schoon?\n- Meer bakken\n## Wie zorgt er voor ouderen?\n- De buren\n",
        [
            ("Hoe houden we de wijk schoon?", None, None, "Meer bakken"),
            ("Wie zorgt er voor ouderen?", None, None, "De buren"),
        ],
    ),
    "rooms, two on one theme": (
        "# Dag\n## Kamer 1: Werkdruk\n- te veel\n## Kamer 2: Werkdruk\n- te weinig\n## Kamer 3\n### Vertrouwen\n- ja\n",
        [
            ("Werkdruk", "Kamer 1", None, "te veel"),
            ("Werkdruk", "Kamer 2", None, "te weinig"),
            ("Vertrouwen", "Kamer 3", None, "ja"),
        ],
    ),
    "English": (
        "# Report of the day\n## Trust\n### What does this mean for you personally?\n- I need time\n"
        "### Message to the minister\n- Let us try\n## Also leave room for the quiet ones\nThey have ideas too.\n"
        "## Residents\n### For your team?\n- listen\n",
        [
            ("Trust", None, "micro", "I need time"),
            ("Trust", None, "macro", "Let us try"),
            ("Trust", None, None, "Also leave room for the quiet ones"),
            ("Trust", None, None, "They have ideas too."),
            ("Residents", None, "meso", "listen"),
        ],
    ),
    "a table with the levels in its first column": (
        "## Werkdruk\n\n| Niveau | Inbreng |\n|---|---|\n| Micro | Ik slaap slecht |\n| Macro | Minder regels |\n",
        [("Werkdruk", None, "micro", "Ik slaap slecht"), ("Werkdruk", None, "macro", "Minder regels")],
    ),
    "no headings at all": (
        "We weten het niet.\n\nNog een zin die af is.\n",
        [
            ("Zonder thema", None, None, "We weten het niet."),
            ("Zonder thema", None, None, "Nog een zin die af is."),
        ],
    ),
    "a statement that begins like a prompt stays a statement": (
        "## Rust\n\nDit thema betekent veel voor mij.\n\n- Voor mij is het klaar.\n",
        [
            ("Rust", None, None, "Dit thema betekent veel voor mij."),
            ("Rust", None, None, "Voor mij is het klaar."),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_habit(name: str) -> None:
    text, expected = CASES[name]
    notes = parse_notes(text)
    assert [(one.theme, one.room, one.level, one.text) for one in notes.contributions] == expected


def test_a_list_of_plus_and_minus_signs_sets_the_tone() -> None:
    notes = parse_notes("## Werk\n- druk\n+ fijne collega's\n- saai\n")
    assert [one.tone for one in notes.contributions] == ["min", "plus", "min"]


def test_names_of_people_are_kept_out_of_the_contributions() -> None:
    notes = parse_notes(
        "## Werk\nGespreksleider: Jo Maes\nAanwezig: Li Peters, Ana Wit\n\nDruk, druk, druk.\n"
    )
    assert [one.text for one in notes.contributions] == ["Druk, druk, druk."]
    assert [one.code for one in notes.questions] == ["people-named", "people-named"]


def test_a_format_brings_its_own_prompts() -> None:
    book = load_phrasebook().with_prompts(
        ["Wat hield je wakker?"], levels={"straat": ["Wat doet je straat?"], "micro": ["En jijzelf dan"]}
    )
    notes = parse_notes(
        "## Slaap\n### Wat hield je wakker?\n- De bus\n### Wat doet je straat?\n- Niets\n### En jijzelf dan\n- Lezen\n",
        prompts=book,
    )
    assert [(one.prompt, one.level) for one in notes.contributions] == [
        ("Wat hield je wakker?", None),
        ("Wat doet je straat?", "straat"),
        ("En jijzelf dan", "micro"),
    ]


def test_questions_come_in_the_readers_language() -> None:
    notes = parse_notes("## A\n- one of the\n", language="en")
    assert notes.questions[0].sentence == "This sentence breaks off: “one of the”. Is there more of it?"
