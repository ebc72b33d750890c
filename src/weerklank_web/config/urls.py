"""All addresses, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("weerklank_web.accounts.urls")),
    path("", include("weerklank_web.gatherings.urls")),
    path("", include("weerklank_web.dialogue.urls")),
    path("", include("weerklank_web.home.urls")),
    path("beveiliging/", include("allauth.mfa.urls")),
]
