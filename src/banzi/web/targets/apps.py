from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "banzi.web.targets"
    label = "targets"
