from django.urls import path

from weerklank_web.practices import views

app_name = "practices"

urlpatterns = [
    path("b/<slug:slug>/ik/stappen/", views.steps, name="steps"),
    path("b/<slug:slug>/ik/stappen/<uuid:id>/gedaan/", views.tick, name="tick"),
    path("b/<slug:slug>/ik/stappen/<uuid:id>/weg/", views.drop, name="drop"),
]
