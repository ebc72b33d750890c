from django.apps import AppConfig


class GroundworkConfig(AppConfig):
    name = "weerklank_web.groundwork"
    label = "groundwork"
