from django.apps import AppConfig


class PracticesConfig(AppConfig):
    name = "weerklank_web.practices"
    label = "practices"
