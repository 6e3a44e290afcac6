from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "banzi.web.accounts"
    label = "accounts"
