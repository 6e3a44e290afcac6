"""What the framework asks of this package."""

from django.apps import AppConfig


class BoardConfig(AppConfig):
    name = "banzi.web.board"
    label = "board"
