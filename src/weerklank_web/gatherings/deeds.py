"""What a line of the journal says to an organiser: one sentence per deed.

``%(subject)s`` and ``%(note)s`` are as the line has them, ``%(room)s`` and ``%(step)s`` are looked up by the subject. A test holds
this list to the deeds that the code writes down.
"""

from __future__ import annotations

from django.utils.functional import Promise as StrPromise
from django.utils.translation import gettext_lazy as _

__all__ = ["LEFT_OUT", "SENTENCES", "WITH_REASON"]

SENTENCES: dict[str, StrPromise] = {
    # setting up
    "gathering.made": _("maakte de bijeenkomst"),
    "gathering.described": _("wijzigde de gegevens van de bijeenkomst"),
    "gathering.published": _("zette de bijeenkomst online"),
    "gathering.step": _("ging naar de stap «%(step)s»"),
    "gathering.closed": _("sloot de bijeenkomst af"),
    "mandate.worded": _("wijzigde het mandaat of de belofte"),
    "organisation.added": _("voegde de organisatie «%(subject)s» toe"),
    "organisation.changed": _("wijzigde de organisatie «%(subject)s»"),
    "organisation.removed": _("haalde de organisatie «%(subject)s» weg"),
    "programme.added": _("zette «%(subject)s» in het programma"),
    "programme.changed": _("wijzigde «%(subject)s» in het programma"),
    "programme.removed": _("haalde «%(subject)s» uit het programma"),
    "crew.invited": _("vroeg %(subject)s voor het team"),
    "crew.left": _("haalde %(subject)s van het team"),
    "letter.urgent": _("stuurde een bericht dat niet kon wachten"),
    # themes and rooms
    "theme.added": _("voegde het thema «%(subject)s» toe"),
    "theme.changed": _("wijzigde het thema «%(subject)s»"),
    "theme.removed": _("haalde het thema «%(subject)s» weg"),
    "theme.accepted": _("zette het voorgestelde thema «%(subject)s» op de lijst"),
    "theme.declined": _("wees een voorgesteld thema af"),
    "theme.merged": _("voegde een thema samen met «%(subject)s»"),
    "room.added": _("voegde de kamer «%(subject)s» toe"),
    "room.changed": _("wijzigde de kamer «%(subject)s»"),
    "room.removed": _("haalde de kamer «%(subject)s» weg"),
    "room.made": _("maakte %(subject)s kamers volgens het voorstel"),
    "room.crew": _("koos wie een kamer begeleidt: %(subject)s"),
    # places
    "seating.divided": _("verdeelde de plaatsen (%(subject)s)"),
    "seating.refused": _("vroeg om een verdeling die niet kon"),
    "seating.filled": _("vulde de indeling aan, voor %(subject)s mensen"),
    "seating.released": _("maakte de indeling bekend"),
    "seating.moved": _("zette iemand in de kamer «%(subject)s»"),
    "seating.swapped": _("liet twee mensen van plaats ruilen"),
    "seating.pinned": _("zette een plaats vast"),
    "seating.unpinned": _("maakte een plaats los"),
    "seating.undone": _("draaide een stap van de indeling terug"),
    "seating.redone": _("deed een stap van de indeling opnieuw"),
    "seating.policy-chosen": _("koos wat zwaarder weegt in de indeling"),
    "seating.mended": _("loste een knelpunt in de indeling op"),
    "seating.rule-added": _("maakte een afspraak over wie bij elkaar of uit elkaar zit"),
    "seating.rule-dropped": _("haalde zo’n afspraak weg"),
    "seating.absent-released": _("gaf %(subject)s plaatsen vrij van mensen die er niet waren"),
    "seating.reseated": _("verdeelde opnieuw: %(subject)s mensen kregen een andere kamer"),
    "door.code-renewed": _("maakte een nieuwe code voor de deur"),
    "attendance.counted": _("sloot de telling van de deur"),
    # talking
    "contribution.typed-in": _("typte inbreng over in de kamer «%(room)s»"),
    "contribution.edited": _("wijzigde opgetekende inbreng"),
    "contribution.marked": _("koos kernwoorden in een inbreng"),
    "contribution.withdrawn": _("trok opgetekende inbreng in"),
    "contribution.hidden": _("verborg een inbreng"),
    "contribution.shown": _("maakte een inbreng weer zichtbaar"),
    "harvest.written": _("schreef aan de oogst van de kamer «%(room)s»"),
    "harvest.offered": _("liet de kamer «%(room)s» de oogst nalezen"),
    "harvest.remark-settled": _("besprak een opmerking bij de oogst van de kamer «%(room)s»"),
    "harvest.signed": _("stelde de oogst van de kamer «%(room)s» vast"),
    "proposition.added": _("voegde stellingen toe: %(note)s"),
    "proposition.worded": _("wijzigde een stelling"),
    "proposition.taken-out": _("haalde een stelling uit de stemming"),
    "proposition.put-back": _("zette een stelling terug"),
    "snapshot.asked": _("vroeg een beeld van de stemmen in de stap «%(step)s»"),
    "snapshot.made": _("maakte het beeld van de stemmen in de stap «%(step)s»"),
    "notes.handed-in": _("las een bestand met notities in"),
    "notes.taken-in": _("nam %(note)s stukken uit notities over"),
    "notes.dropped": _("gooide ingelezen notities weg"),
    # making sense
    "insight.made": _("maakte een inzicht"),
    "insight.reworded": _("schreef aan een inzicht"),
    "insight.sources": _("koos waar een inzicht op steunt"),
    "insight.quoted": _("koos een citaat bij een inzicht"),
    "insight.moved": _("gaf een inzicht een andere plek"),
    "insight.ready": _("verklaarde een inzicht klaar"),
    "insight.taken-back": _("nam een inzicht terug"),
    "insight.deleted": _("gooide een inzicht weg"),
    "insight.merged": _("voegde inzichten samen"),
    "insight.split": _("splitste een inzicht"),
    "insight.wording-asked": _("vroeg een taalmodel om een voorstel voor een inzicht (%(note)s bronnen)"),
    "message.made": _("maakte een boodschap"),
    "message.reworded": _("schreef aan een boodschap"),
    "message.sources": _("koos waar een boodschap op steunt"),
    "message.quoted": _("koos een citaat bij een boodschap"),
    "message.moved": _("gaf een boodschap een andere plek"),
    "message.ready": _("verklaarde een boodschap klaar"),
    "message.taken-back": _("nam een boodschap terug"),
    "message.deleted": _("gooide een boodschap weg"),
    "message.wording-asked": _("vroeg een taalmodel om een voorstel voor een boodschap (%(note)s bronnen)"),
    "bench.frame-word": _("zette «%(note)s» bij de woorden die hier niets zeggen"),
    "bench.frame-word-back": _("haalde «%(note)s» weg bij de woorden die hier niets zeggen"),
    "bench.undone": _("deed een stap terug bij het duiden"),
    "read-back.frozen": _("legde de uitkomst van het nalezen vast"),
    # report and answer
    "report.asked": _("liet uitgave %(subject)s van het verslag maken"),
    "report.shared": _("bood uitgave %(subject)s van het verslag aan"),
    "desk.link-made": _("maakte een link naar het bureau voor %(subject)s"),
    "desk.link-revoked": _("trok de link naar het bureau van %(subject)s in"),
    "messages.received": _("bevestigde dat de boodschappen zijn aangekomen"),
    "answers.released": _("gaf antwoorden vrij: %(note)s"),
    "commitment.reported": _("meldde hoe het staat met een toezegging"),
    # in its own time
    "registrations.thinned": _("wiste namen en wensen van mensen die zich inschreven"),
    "registrations.forgotten": _("wiste de laatste gegevens van inschrijvingen"),
    "contributions.forgotten": _("wiste losse inbreng waarvan de bewaartijd om is"),
    "votes.forgotten": _("wiste losse stemmen waarvan de bewaartijd om is"),
}

# The note of these is a reason that somebody wrote down to be read.
WITH_REASON = frozenset(
    {
        "gathering.described",
        "gathering.step",
        "mandate.worded",
        "theme.declined",
        "contribution.hidden",
        "letter.urgent",
    }
)

# Deeds of participants are nobody's business; what the desk prepares is the desk's until it is released; what happens outside of
# a gathering has no place in its logbook.
LEFT_OUT = frozenset(
    {
        "account.closed",
        "answer.drafted",
        "contribution.added",
        "contribution.shared",
        "format.read-in",
        "format.removed",
        "harvest.read",
        "mandate.frozen",
        "participant.erased",
        "presence.arrived",
        "presence.corrected",
        "presence.walked-in",
        "registration.cancelled",
        "registration.confirmed",
        "registration.made",
        "registration.moved-up",
        "registration.new-link",
        "registration.one-link",
        "stance.given",
        "stance.taken-back",
        "theme.proposed",
    }
)
