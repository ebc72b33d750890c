from django.apps import AppConfig


class GatheringsConfig(AppConfig):
    name = "weerklank_web.gatherings"
    label = "gatherings"
