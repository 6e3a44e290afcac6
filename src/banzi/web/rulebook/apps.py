"""The application: the law browsed; targets and post profiles edited."""

from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "banzi.web.rulebook"
    label = "rulebook"
