"""What the framework asks of this package."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "banzi.web.records"
    label = "records"
