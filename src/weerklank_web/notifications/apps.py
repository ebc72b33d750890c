from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "weerklank_web.notifications"
    label = "notifications"
