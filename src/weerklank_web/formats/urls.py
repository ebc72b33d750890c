from django.urls import path

from weerklank_web.formats import views

app_name = "formats"

urlpatterns = [
    path("mijn/werkvormen/", views.own_formats, name="own"),
    path("mijn/werkvormen/<uuid:id>/weg/", views.remove, name="remove"),
    path("mijn/werkvormen/<slug:key>.toml", views.shipped, name="shipped"),
]
