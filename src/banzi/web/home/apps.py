"""The application: the first page, what falls due, doubts about the data."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "banzi.web.home"
    label = "home"

    def ready(self) -> None:
        from banzi.web.shared.waiting import discover

        discover()
