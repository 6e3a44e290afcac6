from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "banzi.web.rulebook"
    label = "rulebook"
