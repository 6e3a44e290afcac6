"""What the framework asks of this package."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "banzi.web.shared"
    label = "shared"
