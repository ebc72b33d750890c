from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "weerklank_web.demo"
    label = "demo"
