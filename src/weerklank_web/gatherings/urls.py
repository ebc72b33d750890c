"""The addresses of a gathering: public page, registering, a participant's own page, the organiser's set-up."""

from django.urls import path

from weerklank_web.gatherings.views import lists, own, public, registration, setup, steps, themes

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

urlpatterns = _public + _own + _setup + _lists
