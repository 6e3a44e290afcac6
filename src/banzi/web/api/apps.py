"""What the framework asks of this package."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "banzi.web.api"
    label = "api"
