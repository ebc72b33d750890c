from django.urls import path

from weerklank_web.answers.views import (
    bench,
    bench_deeds,
    desk,
    desk_links,
    pictures,
    public,
    receipt,
    review,
    statement,
    wording,
)
from weerklank_web.gatherings.stage import INSIGHT, MESSAGE

app_name = "answers"

_bench = "b/<slug:slug>/duiden/"
_desk = "b/<slug:slug>/bureau/"
_read = "b/<slug:slug>/nalezen/"

urlpatterns = [
    path(_bench, bench.bench, name="bench"),
    path(f"{_bench}beeld/", pictures.pictures, name="pictures"),
    path(f"{_bench}inbreng/<uuid:id>/", pictures.reading, name="reading"),
    path(f"{_bench}samenvoegen/", bench_deeds.merge, name="merge"),
    path(f"{_bench}woord/", bench_deeds.word, name="frame-word"),
    path(f"{_bench}stap/<int:step>/terug/", bench_deeds.undo, name="undo"),
    path(f"{_bench}inzicht/<uuid:id>/splitsen/", bench_deeds.split, name="split"),
    path(f"{_bench}kiezen/", bench.choose, name="choose"),
    path(f"{_bench}inzicht/<uuid:id>/boodschap/", bench.message_from_insight, name="message-from-insight"),
    path(_read, review.review, name="review"),
    path(f"{_read}terugnemen/", review.take_back, name="take-back-stances"),
    path(f"{_read}inzicht/<uuid:id>/", review.react, {"noun": INSIGHT}, name="react-insight"),
    path(f"{_read}boodschap/<uuid:id>/", review.react, {"noun": MESSAGE}, name="react-message"),
    path(_desk, desk.desk, name="desk"),
    path(f"{_desk}ontvangen/", desk.receive, name="receive"),
    path(f"{_desk}vrijgeven/", desk.release, name="release"),
    path(f"{_desk}antwoord/iedereen/", desk.draft_to_everybody, name="draft-to-everybody"),
    path(f"{_desk}antwoord/<uuid:id>/", desk.draft, name="draft"),
    path(f"{_desk}toezegging/<uuid:id>/", desk.progress, name="progress"),
    path("b/<slug:slug>/beheer/bureau/", desk_links.desk_links, name="desk-links"),
    path("b/<slug:slug>/beheer/bureau/<uuid:id>/intrekken/", desk_links.revoke, name="revoke-desk-link"),
    path("b/<slug:slug>/antwoorden/", public.answers, name="public"),
    path("b/<slug:slug>/ik/terug/", receipt.receipt, name="receipt"),
]

for _word, _noun in (("inzicht", INSIGHT), ("boodschap", MESSAGE)):
    _one = f"{_bench}{_word}/<uuid:id>/"
    _more = {"noun": _noun}
    urlpatterns += [
        path(_one, statement.edit, _more, name=_noun),
        path(f"{_one}klaar/", statement.ready, _more, name=f"{_noun}-ready"),
        path(f"{_one}voorstel/", wording.propose, _more, name=f"{_noun}-propose"),
        path(f"{_one}plek/", statement.move, _more, name=f"{_noun}-move"),
        path(f"{_one}weg/", statement.delete, _more, name=f"{_noun}-delete"),
        path(f"{_one}bron/<uuid:source_id>/", statement.source, _more, name=f"{_noun}-source"),
        path(f"{_one}bron/<uuid:source_id>/citaat/", statement.quote, _more, name=f"{_noun}-quote"),
    ]
