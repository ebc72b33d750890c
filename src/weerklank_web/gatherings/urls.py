"""The addresses of a gathering: public page, registering, a participant's own page, the organiser's set-up."""

from django.urls import path

from weerklank_web.gatherings.views import (
    account,
    by_hand,
    door,
    lists,
    logbook,
    own,
    presence,
    public,
    registration,
    reseating,
    rooms,
    seating,
    setup,
    steps,
    themes,
)

app_name = "gatherings"

_public = [
    path("b/<slug:slug>/", public.public, name="public"),
    path("b/<slug:slug>/agenda.ics", public.calendar, name="calendar"),
    path("b/<slug:slug>/qr.svg", public.qr, name="qr"),
    path("b/<slug:slug>/affiche/", public.poster, name="poster"),
    path("b/<slug:slug>/inschrijven/", registration.register, name="register"),
    path("b/<slug:slug>/inschrijven/mail/", registration.registered, name="registered"),
]

_own = [
    path("b/<slug:slug>/ik/", own.own, name="own"),
    path("b/<slug:slug>/ik/bevestigen/", own.confirm, name="confirm"),
    path("b/<slug:slug>/ik/afmelden/", own.cancel, name="cancel"),
    path("b/<slug:slug>/ik/gegevens/", own.details, name="own-details"),
    path("b/<slug:slug>/ik/themas/", own.wishes, name="own-wishes"),
    path("b/<slug:slug>/ik/brieven/", own.letters, name="own-letters"),
    path("b/<slug:slug>/ik/een-link/", own.one_link, name="one-link"),
    path("b/<slug:slug>/ik/gegevens.json", own.export, name="export"),
    path("b/<slug:slug>/ik/wissen/", own.erase, name="erase"),
    path("b/<slug:slug>/gewist/", own.erased, name="erased"),
    path("b/<slug:slug>/link/", own.new_link, name="new-link"),
    path("b/<slug:slug>/link/mail/", own.link_sent, name="link-sent"),
]

_setup = [
    path("nieuw/", setup.new, name="new"),
    path("b/<slug:slug>/beheer/", setup.manage, name="manage"),
    path("b/<slug:slug>/beheer/online/", setup.publish_now, name="publish"),
    path("b/<slug:slug>/beheer/basis/", setup.basics, name="setup-basics"),
    path("b/<slug:slug>/beheer/tijd-en-plaats/", setup.moment, name="setup-moment"),
    path("b/<slug:slug>/beheer/belofte/", setup.promise, name="setup-promise"),
    path("b/<slug:slug>/beheer/mandaat/", setup.mandate, name="setup-mandate"),
    path("b/<slug:slug>/beheer/stappen/", steps.steps, name="setup-steps"),
    path("b/<slug:slug>/beheer/stappen/<slug:step_id>/", steps.step, name="setup-step"),
    path("b/<slug:slug>/beheer/afsluiten/", steps.close, name="close"),
    path("b/<slug:slug>/beheer/inschrijvingen/", registration.registrations, name="registrations"),
    path("b/<slug:slug>/beheer/logboek/", logbook.logbook, name="logbook"),
    path("mijn/account/", account.account, name="account"),
]

_lists = [
    path("b/<slug:slug>/beheer/organisaties/", lists.organisations, name="setup-organisations"),
    path("b/<slug:slug>/beheer/organisaties/<int:number>/", lists.organisation, name="organisation"),
    path(
        "b/<slug:slug>/beheer/organisaties/<int:number>/plek/",
        lists.move_organisation,
        name="move-organisation",
    ),
    path(
        "b/<slug:slug>/beheer/organisaties/<int:number>/weg/",
        lists.remove_organisation,
        name="remove-organisation",
    ),
    path("b/<slug:slug>/beheer/programma/", lists.programme, name="setup-programme"),
    path("b/<slug:slug>/beheer/programma/<int:number>/", lists.programme_item, name="programme-item"),
    path("b/<slug:slug>/beheer/programma/<int:number>/plek/", lists.move_programme_item, name="move-item"),
    path("b/<slug:slug>/beheer/programma/<int:number>/weg/", lists.remove_programme_item, name="remove-item"),
    path("b/<slug:slug>/beheer/themas/", themes.themes, name="setup-themes"),
    path("b/<slug:slug>/beheer/themas/<int:number>/", themes.theme, name="theme"),
    path("b/<slug:slug>/beheer/themas/<int:number>/plek/", themes.move_theme, name="move-theme"),
    path("b/<slug:slug>/beheer/themas/<int:number>/weg/", themes.remove_theme, name="remove-theme"),
    path("b/<slug:slug>/beheer/themas/<int:number>/op-de-lijst/", themes.accept_theme, name="accept-theme"),
    path("b/<slug:slug>/beheer/themas/<int:number>/afwijzen/", themes.decline_theme, name="decline-theme"),
    path("b/<slug:slug>/beheer/themas/<int:number>/samen/", themes.merge_theme, name="merge-theme"),
    path("b/<slug:slug>/beheer/team/", lists.crew, name="setup-crew"),
    path("b/<slug:slug>/beheer/team/<int:number>/weg/", lists.leave_crew, name="leave-crew"),
]

_rooms = [
    path("b/<slug:slug>/beheer/kamers/", rooms.rooms, name="rooms"),
    path("b/<slug:slug>/beheer/kamers/voorstel/", rooms.make_rooms, name="rooms-make"),
    path("b/<slug:slug>/beheer/kamers/nieuw/", rooms.add_room, name="room-new"),
    path("b/<slug:slug>/beheer/kamers/<uuid:room_id>/", rooms.room, name="room-setup"),
    path("b/<slug:slug>/beheer/kamers/<uuid:room_id>/team/", rooms.room_crew, name="room-crew"),
    path("b/<slug:slug>/beheer/kamers/<uuid:room_id>/weg/", rooms.remove_room, name="room-remove"),
]

_seating = [
    path("b/<slug:slug>/beheer/indeling/", seating.seating, name="seating"),
    path("b/<slug:slug>/beheer/indeling/verdelen/", seating.divide, name="seat-divide"),
    path("b/<slug:slug>/beheer/indeling/aanvullen/", seating.fill, name="seat-fill"),
    path("b/<slug:slug>/beheer/indeling/terugdraaien/", seating.undo, name="seat-undo"),
    path("b/<slug:slug>/beheer/indeling/opnieuw-doen/", seating.redo, name="seat-redo"),
    path("b/<slug:slug>/beheer/indeling/wat-weegt/", seating.policy, name="seat-policy"),
    path("b/<slug:slug>/beheer/indeling/oplossen/", seating.mend, name="seat-mend"),
    path("b/<slug:slug>/beheer/indeling/bestand/<str:file>", seating.download, name="seat-file"),
    path("b/<slug:slug>/beheer/indeling/bekend/", seating.release, name="seat-release"),
    path("b/<slug:slug>/beheer/indeling/regels/", seating.add_rule, name="seat-rule"),
    path("b/<slug:slug>/beheer/indeling/regels/<int:number>/weg/", seating.drop_rule, name="seat-rule-drop"),
    path("b/<slug:slug>/beheer/indeling/<uuid:person_id>/", by_hand.person, name="seat-person"),
    path("b/<slug:slug>/beheer/indeling/<uuid:person_id>/kamer/", by_hand.move, name="seat-move"),
    path("b/<slug:slug>/beheer/indeling/<uuid:person_id>/ruil/", by_hand.swap, name="seat-swap"),
    path("b/<slug:slug>/beheer/indeling/<uuid:person_id>/vast/", by_hand.pin, name="seat-pin"),
]

_door = [
    path("b/<slug:slug>/deur/", presence.entrance, name="entrance"),
    path("b/<slug:slug>/deur/ik-ben-er/", presence.arrive, name="arrive"),
    path("b/<slug:slug>/deur/binnen/", presence.walk_through, name="walk-in"),
    path("b/<slug:slug>/deur/bewaar/", presence.keep_link, name="keep-link"),
    path("b/<slug:slug>/deur/iemand-anders/", presence.somebody_else, name="somebody-else"),
    path("b/<slug:slug>/beheer/deur/", door.door, name="door"),
    path("b/<slug:slug>/beheer/deur/inloper/", door.desk_walk_in, name="door-walk-in"),
    path("b/<slug:slug>/beheer/deur/code/", door.renew_code, name="door-code"),
    path("b/<slug:slug>/beheer/deur/plaats-maken/", door.make_room, name="door-make-room"),
    path("b/<slug:slug>/beheer/deur/opnieuw-indelen/", reseating.ways_on, name="door-reseat"),
    path("b/<slug:slug>/beheer/deur/sluiten/", door.close_door, name="door-close"),
    path("b/<slug:slug>/beheer/deur/affiche/", door.door_poster, name="door-poster"),
    path("b/<slug:slug>/beheer/deur/lijsten/", door.door_lists, name="door-lists"),
    path("b/<slug:slug>/beheer/deur/lijsten/deurlijst.csv", door.door_csv, name="door-csv"),
    path("b/<slug:slug>/beheer/deur/<uuid:person_id>/", door.mark, name="door-mark"),
]

urlpatterns = _public + _own + _setup + _lists + _rooms + _seating + _door
