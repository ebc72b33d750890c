from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "weerklank_web.accounts"
    label = "accounts"
