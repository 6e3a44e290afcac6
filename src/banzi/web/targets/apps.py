"""The application: structure targets and post profiles as an office keeps them."""

from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "banzi.web.targets"
    label = "targets"
