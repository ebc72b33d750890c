from django.urls import path

from weerklank_web.dialogue.views import harvest, looking, propositions, room, voting, words

app_name = "dialogue"

_step = "<slug:step_id>"
_proposition = "b/<slug:slug>/beheer/stellingen/<uuid:id>/"
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
    path(f"b/<slug:slug>/stemmen/{_step}/", voting.vote, name="vote"),
    path(f"b/<slug:slug>/stemmen/{_step}/intrekken/", voting.take_back, name="take-back-votes"),
    path(f"b/<slug:slug>/kijk/{_step}/", looking.look, name="look"),
    path(f"b/<slug:slug>/kijk/{_step}/opnieuw/", looking.again, name="look-again"),
    path(f"b/<slug:slug>/kijk/{_step}/stemmen.zip", looking.files, {"kind": "polis"}, name="votes-as-polis"),
    path(
        f"b/<slug:slug>/kijk/{_step}/stemmen.parquet",
        looking.files,
        {"kind": "parquet"},
        name="votes-as-parquet",
    ),
    path("b/<slug:slug>/beheer/stellingen/", propositions.propositions, name="propositions"),
    path(_proposition, propositions.proposition, name="proposition"),
    path(f"{_proposition}plaats/", propositions.move, name="move-proposition"),
    path(f"{_proposition}weg/", propositions.take_out, name="take-out-proposition"),
    path(f"{_proposition}terug/", propositions.put_back, name="put-back-proposition"),
    path("b/<slug:slug>/oogst/", room.all_harvests, name="harvests"),
    path("b/<slug:slug>/ik/inbreng/<uuid:id>/intrekken/", words.withdraw_own, name="withdraw-own"),
]
