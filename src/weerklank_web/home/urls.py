from django.urls import path
from django.views.i18n import set_language

from weerklank_web.home.views import front, gallery, handbook, link, mine, pages, post_room, wellknown

app_name = "home"

urlpatterns = [
    path("", front.front_page, name="front"),
    path("l/<str:secret>/", link.open_link, name="open-link"),
    path("mijn/", mine.mine, name="mine"),
    path("post/", post_room.post_room, name="post-room"),
    path("uitleg/", handbook.help_index, name="help"),
    path("uitleg/beeld/<str:name>", handbook.help_picture, name="help-picture"),
    path("uitleg/<slug:slug>/", handbook.help_page, name="help-page"),
    path("privacy/", pages.privacy, name="privacy"),
    path("toegankelijkheid/", pages.accessibility, name="accessibility"),
    path("lek-melden/", pages.leak, name="leak"),
    path("taal/", set_language, name="language"),
    path("onderdelen/", gallery.gallery, name="gallery"),
    path(".well-known/security.txt", wellknown.security, name="security"),
    path("robots.txt", wellknown.robots, name="robots"),
    path("manifest.webmanifest", wellknown.manifest, name="manifest"),
    path("favicon.ico", wellknown.favicon, name="favicon"),
]
