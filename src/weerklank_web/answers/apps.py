from django.apps import AppConfig


class AnswersConfig(AppConfig):
    name = "weerklank_web.answers"
    label = "answers"
