"""The application `guide` as Django knows it."""

from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "banzi.web.guide"
    label = "guide"
