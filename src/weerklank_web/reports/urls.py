from django.urls import path

from weerklank_web.reports.views import manage, notes, shared

app_name = "reports"

_report = "b/<slug:slug>/verslag/"
_manage = "b/<slug:slug>/beheer/verslag/"
_notes = "b/<slug:slug>/beheer/inlezen/"

urlpatterns = [
    path(_report, shared.report, name="shared"),
    path(f"{_report}<str:name>", shared.file, name="file"),
    path(_manage, manage.manage, name="manage"),
    path(f"{_manage}maken/", manage.ask, name="ask"),
    path(f"{_manage}<uuid:report_id>/aanbieden/", manage.share, name="share"),
    path(f"{_manage}<uuid:report_id>/<str:name>", manage.download, name="download"),
    path(_notes, notes.uploads, name="uploads"),
    path(f"{_notes}<uuid:upload_id>/", notes.look_over, name="look-over"),
    path(f"{_notes}<uuid:upload_id>/delen/", notes.parts, name="parts"),
    path(f"{_notes}<uuid:upload_id>/weggooien/", notes.drop, name="drop"),
]
