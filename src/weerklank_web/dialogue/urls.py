from django.urls import path

from weerklank_web.dialogue.views import harvest, room, words

app_name = "dialogue"

_room = "b/<slug:slug>/kamer/<uuid:room_id>/"

urlpatterns = [
    path(_room, room.room, name="room"),
    path(f"{_room}inbreng/", room.add, name="add"),
    path(f"{_room}kaarten/", words.type_in, name="type-in"),
    path(f"{_room}inbreng/<uuid:id>/wijzigen/", words.edit, name="edit"),
    path(f"{_room}inbreng/<uuid:id>/intrekken/", words.withdraw, name="withdraw"),
    path(f"{_room}inbreng/<uuid:id>/delen/", words.share, name="share"),
    path(f"{_room}inbreng/<uuid:id>/kern/", words.mark, name="mark"),
    path(f"{_room}inbreng/<uuid:id>/verbergen/", words.hide, name="hide"),
    path(f"{_room}inbreng/<uuid:id>/tonen/", words.show, name="show"),
    path(f"{_room}oogst/", harvest.write, name="write-harvest"),
    path(f"{_room}oogst/nalezen/", harvest.offer, name="offer-harvest"),
    path(f"{_room}oogst/klopt/", harvest.read, name="read-harvest"),
    path(f"{_room}oogst/opmerking/<int:reading_id>/", harvest.settle, name="settle-remark"),
    path(f"{_room}oogst/vaststellen/", harvest.sign, name="sign-harvest"),
    path("b/<slug:slug>/oogst/", room.all_harvests, name="harvests"),
    path("b/<slug:slug>/ik/inbreng/<uuid:id>/intrekken/", words.withdraw_own, name="withdraw-own"),
]
