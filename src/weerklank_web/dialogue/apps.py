from django.apps import AppConfig


class DialogueConfig(AppConfig):
    name = "weerklank_web.dialogue"
    label = "dialogue"
