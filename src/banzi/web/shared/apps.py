from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "banzi.web.shared"
    label = "shared"
