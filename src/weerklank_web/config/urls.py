"""All addresses, app by app."""

from django.urls import include, path
from django.views.generic import RedirectView

from weerklank_web.accounts import views as accounts

urlpatterns = [
    path("", include("weerklank_web.accounts.urls")),
    path("", include("weerklank_web.formats.urls")),
    path("", include("weerklank_web.gatherings.urls")),
    path("", include("weerklank_web.dialogue.urls")),
    path("", include("weerklank_web.practices.urls")),
    path("", include("weerklank_web.answers.urls")),
    path("", include("weerklank_web.reports.urls")),
    path("", include("weerklank_web.home.urls")),
    # The second factor is allauth's; the names it looks for lead to our own doors.
    path("beveiliging/", include("allauth.mfa.urls")),
    path(
        "beveiliging/inloggen/", RedirectView.as_view(pattern_name="accounts:sign-in"), name="account_login"
    ),
    path("beveiliging/opnieuw/", accounts.sign_in_again, name="account_reauthenticate"),
    path("beveiliging/uitloggen/", accounts.sign_out, name="account_logout"),
]
