from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "weerklank_web.reports"
    label = "reports"
