from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "weerklank_web.home"
    label = "home"
