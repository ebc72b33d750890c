from django.apps import AppConfig


class FormatsConfig(AppConfig):
    name = "weerklank_web.formats"
    label = "formats"
