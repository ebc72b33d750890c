from django.urls import path

from weerklank_web.reports.views import manage, notes, shared

app_name = "reports"

urlpatterns = [
    path("b/<slug:slug>/verslag/", shared.report, name="shared"),
    path("b/<slug:slug>/verslag/<str:name>", shared.file, name="file"),
    path("b/<slug:slug>/beheer/verslag/", manage.manage, name="manage"),
    path("b/<slug:slug>/beheer/verslag/maken/", manage.ask, name="ask"),
    path("b/<slug:slug>/beheer/verslag/<uuid:report_id>/aanbieden/", manage.share, name="share"),
    path("b/<slug:slug>/beheer/verslag/<uuid:report_id>/<str:name>", manage.download, name="download"),
    path("b/<slug:slug>/beheer/inlezen/", notes.uploads, name="uploads"),
    path("b/<slug:slug>/beheer/inlezen/<uuid:upload_id>/", notes.look_over, name="look-over"),
    path("b/<slug:slug>/beheer/inlezen/<uuid:upload_id>/overnemen/", notes.accept, name="accept"),
    path("b/<slug:slug>/beheer/inlezen/<uuid:upload_id>/weggooien/", notes.drop, name="drop"),
]
