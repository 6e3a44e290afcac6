"""The application `imports` as Django knows it."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "banzi.web.imports"
    label = "imports"
