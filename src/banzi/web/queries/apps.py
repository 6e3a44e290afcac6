"""What the framework asks of this package."""

from django.apps import AppConfig


class QueriesConfig(AppConfig):
    name = "banzi.web.queries"
    label = "queries"
