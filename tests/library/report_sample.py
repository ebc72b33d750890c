"""A small invented gathering with every irregularity that real notes have (W12), for the tests of the report."""

from __future__ import annotations

import datetime as dt

from weerklank.chapters import (
    AnswerFacts,
    AnswerKind,
    AttendanceFacts,
    Colophon,
    GatheringFacts,
    InsightFacts,
    MandateLine,
    Margin,
    MessageFacts,
    NotesFacts,
    Promise,
    ReportFacts,
    RoomHarvest,
    SignOff,
    Stances,
    ThemeHarvest,
    Voice,
    Withdrawal,
)
from weerklank.evidence import Contribution, ContributionKind, Origin, Quote, Span

HOSTILE = '<script>alert("x")</script> #read("/etc/passwd") #import "@preview/x:1" \\u{1F600} $x^2$ *ster* _lijn_ [a](b) | § {{ }}'


def said(
    name: str,
    text: str,
    *,
    theme: str,
    room: str | None,
    level: str | None = None,
    bold: str | None = None,
    kind: ContributionKind = ContributionKind.POINT,
    prompt: str | None = None,
    tone: str | None = None,
    unfinished: bool = False,
    context: str | None = None,
    line: int | None = None,
) -> Contribution:
    """A contribution; ``bold`` marks that piece of the text as key fragment."""
    start = -1 if bold is None else text.index(bold)
    return Contribution(
        id=name,
        text=text,
        theme=theme,
        room=room,
        level=level,
        tone=tone,
        prompt=prompt,
        kind=kind,
        emphasis=() if bold is None else (Span(start, start + len(bold)),),
        origin=None if line is None else Origin("notities.md", line, line + 1),
        unfinished=unfinished,
        context=context,
    )


def quote(contribution: Contribution, piece: str) -> Quote:
    """A literal slice of ``contribution``."""
    start = contribution.text.index(piece)
    return Quote(contribution.id, Span(start, start + len(piece)), piece)


TIME, COUNTER, RULES = "Tijd voor het vak", "Samen aan één loket", "Werken met regels"

T1 = said(
    "t1",
    "Een uur per week zonder agenda: dan komt het **echte** werk pas los.",
    theme=TIME,
    room="Groep 1",
    level="micro",
    bold="zonder agenda",
    line=12,
)
T2 = said(
    "t2",
    "Nieuwe collega's vertrekken omdat niemand tijd heeft om hen wegwijs te maken.",
    theme=TIME,
    room="Groep 1",
    level="meso",
    bold="vertrekken",
    line=14,
)
T3 = said(
    "t3",
    "We doen het met 3 mensen minder, en niemand zegt wat er dan blijft liggen.",
    theme=TIME,
    room="Groep 2",
    level="meso",
    bold="niemand zegt wat er dan blijft liggen",
    tone="min",
)
T4 = said(
    "t4",
    "Omdat iedereen het druk heeft en niemand daar iets over durft te zeggen.",
    theme=TIME,
    room="Groep 1",
    kind=ContributionKind.PROSE,
)
T5 = said(
    "t5",
    "Geef teams een vast deel van de week dat van henzelf is.",
    theme=TIME,
    room="Groep 2",
    level="macro",
    bold="een vast deel van de week",
    tone="wish",
)
L1 = said(
    "l1",
    "Eén gezicht voor de inwoner, ook als er drie diensten achter zitten.",
    theme=COUNTER,
    room="Groep 3",
    level="micro",
    bold="Eén gezicht voor de inwoner",
)
L2 = said(
    "l2", "Wat we nodig hebben:", theme=COUNTER, room="Groep 3", level="meso", kind=ContributionKind.LEAD_IN
)
L3 = said("l3", "een gezamenlijk dossier", theme=COUNTER, room="Groep 3", level="meso", context="l2")
L4 = said("l4", "dat de inwoner zelf kan inzien", theme=COUNTER, room="Groep 3", level="meso", context="l3")
L5 = said(
    "l5",
    "Zie ook wat groep 1 zei over tijd.",
    theme=COUNTER,
    room="Groep 3",
    kind=ContributionKind.CROSS_REFERENCE,
)
R1 = said("r1", HOSTILE, theme=RULES, room="Groep 4", prompt="Goed aan regels")
R2 = said(
    "r2",
    "Regels geven rust. Ik wil er juist niet minder 😉.",
    theme=RULES,
    room="Groep 4",
    prompt="Goed aan regels",
    tone="plus",
)
R3 = said(
    "r3",
    "En als het dan misgaat zouden we eigenlijk",
    theme=RULES,
    room="Groep 4",
    level="macro",
    unfinished=True,
)

ALL = (T4, T1, T2, T3, T5, L5, L1, L2, L3, L4, R1, R2, R3)

THEMES = (
    ThemeHarvest(
        TIME,
        (
            RoomHarvest(
                room="Groep 1", why=(T4,), contributions=(T1, T2), sign_off=SignOff(dt.date(2026, 3, 12), 2)
            ),
            RoomHarvest(room="Groep 2", contributions=(T3, T5), sign_off=SignOff()),
        ),
    ),
    ThemeHarvest(COUNTER, (RoomHarvest(room="Groep 3", contributions=(L5, L1, L2, L3, L4)),)),
    ThemeHarvest(
        RULES, (RoomHarvest(room="Groep 4", contributions=(R1, R2, R3)), RoomHarvest(room="Groep 5"))
    ),
)

INSIGHT = InsightFacts(
    id="tijd",
    sentence="Wie geen tijd krijgt om het vak te leren, vertrekt of verzwijgt wat blijft liggen.",
    explanation="Drie groepen kwamen hier uit zichzelf op uit. Een van hen werkt met 3 mensen minder.",
    sources=("t1", "t2", "t3", "l1"),
    quotes=(
        quote(T2, "niemand tijd heeft om hen wegwijs te maken"),
        quote(T3, "niemand zegt wat er dan blijft liggen"),
    ),
)

FACTS = ReportFacts(
    gathering=GatheringFacts(
        title="Vakmensen aan het woord",
        date=dt.date(2026, 3, 10),
        organisers=("Gemeente Waterkant", "Provincie Laagland"),
        recipient="Wethouder Dienstverlening",
        purposes=("Horen wat vakmensen nodig hebben.", "Elkaar leren kennen over de grenzen van 4 diensten."),
        promise=Promise("Schriftelijk antwoord per boodschap.", dt.date(2026, 4, 1)),
        mandate=(
            MandateLine("Wat ligt open?", "De inrichting van de werkweek."),
            MandateLine("Wat ligt vast, en waarom?", "Het budget van 2026."),
        ),
        place="Stadhuis, zaal 2",
    ),
    attendance=AttendanceFacts(
        registered=99,
        present=105,
        rooms=10,
        walk_ins=None,
        margins=(
            Margin("Bestuurslaag", (("Gemeente", 61), ("Provincie", 32), ("Rijk", None), ("Waterschap", 7))),
        ),
    ),
    themes=THEMES,
    report_date=dt.date(2026, 4, 13),
    insights=(INSIGHT,),
    messages=(
        MessageFacts(
            id="m1",
            text="Geef elk team een vast deel van de week om te leren.",
            addressee="De wethouder",
            sources=("t5", "t1"),
            level="macro",
            insights=("tijd",),
            stances=Stances((("eens", 71), ("oneens", 12), ("geen oordeel", None))),
            objections=("Bij ons aan de balie kan dat 0 uur per week. Wie staat er dan?",),
        ),
        MessageFacts(
            id="m2",
            text="Maak één dossier dat de inwoner kan inzien.",
            addressee="De directie",
            sources=("l3", "l4"),
        ),
    ),
    answers=(
        AnswerFacts(
            message="m2",
            kind=AnswerKind.PARTLY,
            reason="We beginnen met 2 diensten.",
            owner="Afdeling Burgerzaken",
            due=dt.date(2026, 9, 1),
            answered_on=dt.date(2026, 3, 30),
        ),
    ),
    voices=(Voice("r2", "gaat tegen de stroom in"), Voice("r3", "enige op dit niveau")),
    withdrawn=(Withdrawal(1, dt.date(2026, 3, 20)),),
    hidden=1,
    colophon=Colophon(
        contact="Team Participatie, 14 020", retention="Tot 1 jaar na het verslag.", format_name="Workinar"
    ),
)

NOTES = NotesFacts(
    title="Notities van een middag", contributions=ALL, report_date=dt.date(2026, 4, 13), source="notities.md"
)
