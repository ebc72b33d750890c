from django.urls import path

from weerklank_web.accounts import views

app_name = "accounts"

urlpatterns = [
    path("inloggen/", views.sign_in, name="sign-in"),
    path("inloggen/verstuurd/", views.link_sent, name="link-sent"),
    path("inloggen/<str:secret>/", views.open_link, name="open-link"),
    path("uitloggen/", views.sign_out, name="sign-out"),
]
